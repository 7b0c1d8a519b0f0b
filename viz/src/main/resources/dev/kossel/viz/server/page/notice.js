// What the page has to say of itself, over the stage.

import { byId } from "./dom.js";

/** @param {string} text */
export function notify(text) {
  byId("notice").textContent = text;
  byId("notice").hidden = false;
}

/** @param {string} text that may be said no longer */
export function withdraw(text) {
  if (byId("notice").textContent === text) {
    byId("notice").hidden = true;
  }
}
