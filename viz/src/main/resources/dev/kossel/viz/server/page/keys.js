// The keys: what each does, and the help that lists them, so that the two cannot differ.

import { byId, element } from "./dom.js";

/**
 * @typedef {{keys: string[], names: string[], does: string, action: (key: string) => void}} Shortcut
 *   keys: as KeyboardEvent.key, letters in lower case, named ones after Shift+ where it is held; names: as the help shows them
 */

export class Keys {
  constructor() {
    /** @type {Shortcut[]} */
    this.shortcuts = [];
    document.addEventListener("keydown", event => this.press(event));
  }

  /**
   * @param {string[]} keys
   * @param {string[]} names
   * @param {string} does
   * @param {(key: string) => void} action
   */
  add(keys, names, does, action) {
    this.shortcuts.push({ keys, names, does, action });
    byId("keys").append(
      element("dt", "", ...names.flatMap(name => [element("kbd", "", name), " "])), element("dd", "", does));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const at = /** @type {HTMLElement} */ (event.target);
    const typing = at.tagName === "SELECT" || (at instanceof HTMLInputElement && at.type !== "range" && at.type !== "checkbox");
    if (event.ctrlKey || event.metaKey || event.altKey || typing || document.querySelector("dialog[open]")
      || ((event.key === " " || event.key === "Enter") && at.tagName === "BUTTON")) {
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : `${event.shiftKey ? "Shift+" : ""}${event.key}`;
    const shortcut = this.shortcuts.find(({ keys }) => keys.includes(key));
    if (shortcut) {
      event.preventDefault();
      shortcut.action(key);
    }
  }
}
