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

const USUAL_FONT_PIXELS = 14;

/**
 * Readies a canvas for drawing at the resolution of the screen. A unit is a CSS pixel at the usual size of text, and grows
 * with it, so that what is drawn stays as readable as the page.
 *
 * @param {HTMLCanvasElement} canvas is cleared
 * @param {number} [heightOverWidth] sets its height; else the page does
 * @returns {{context: CanvasRenderingContext2D, width: number, height: number, unit: number} | null} width and height in
 *   units; unit in CSS pixels; null while it is not shown
 */
export function sharp(canvas, heightOverWidth) {
  const cssWidth = canvas.clientWidth;
  if (heightOverWidth !== undefined) {
    canvas.style.height = `${Math.round(cssWidth * heightOverWidth)}px`;
  }
  const cssHeight = canvas.clientHeight;
  const context = canvas.getContext("2d");
  if (!context || cssWidth === 0 || cssHeight === 0) {
    return null;
  }
  const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_FONT_PIXELS;
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(cssWidth * ratio);
  canvas.height = Math.round(cssHeight * ratio);
  context.scale(ratio * unit, ratio * unit);
  return { context, width: cssWidth / unit, height: cssHeight / unit, unit };
}

/** @returns {{text: string, quiet: string, grid: string}} colours of the theme, for drawing */
export function themeColors() {
  const style = getComputedStyle(document.documentElement);
  const [text, quiet, grid] = ["--text", "--quiet", "--line"].map(name => style.getPropertyValue(name).trim());
  return { text, quiet, grid };
}
