// Finding and making elements.

/**
 * @param {string} id of an element that index.html has
 * @returns {any} it, as whatever kind of element it is
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`index.html has no #${id}`);
  }
  return found;
}

/**
 * @param {string} tag
 * @param {string} className
 * @param {...(Node | string)} content text is inserted as text, never as markup
 * @returns {any}
 */
export function element(tag, className, ...content) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...content);
  return made;
}
