// The view as a link: each part of the page says in a few characters how it stands, and takes that up again.

/**
 * @typedef {{read: () => string | null, restore: (text: string) => void}} Part null or "": as it is at first
 */

export class ViewLink {
  constructor() {
    /** @type {Map<string, Part>} */
    this.parts = new Map();
  }

  /**
   * @param {string} key short, unique
   * @param {Part} part
   */
  add(key, part) {
    this.parts.set(key, part);
  }

  /** @returns {string} the address of this view */
  address() {
    const view = new URLSearchParams();
    this.parts.forEach((part, key) => {
      const text = part.read();
      if (text) {
        view.set(key, text);
      }
    });
    // Spaces as %20: a plus is one in a query only.
    return `${location.origin}${location.pathname}#${view.toString().replaceAll("+", "%20")}`;
  }

  /** Takes up what the address of the page says; what it does not say stays. */
  restore() {
    const view = new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B"));
    this.parts.forEach((part, key) => {
      const text = view.get(key);
      if (text !== null) {
        part.restore(text);
      }
    });
  }
}

/**
 * @param {string} text numbers, separated by commas
 * @param {number} count how many there must be
 * @returns {number[] | null} null if it says anything else
 */
export function numbersOf(text, count) {
  const numbers = text.split(",").map(Number);
  return numbers.length === count && text !== "" && numbers.every(Number.isFinite) ? numbers : null;
}
