// The panels beside the stage, one of which is open; only that one asks for anything.

import { byId } from "./dom.js";

/**
 * @typedef {{run: import("./api.js").Listing, number: number, timeSeconds: number,
 *   statistics: import("./api.js").Table | null, events: import("./api.js").Table | null}} Shown a run and its frame on the screen
 * @typedef {{show: (shown: Shown[]) => Promise<void>}} Panel
 */

export const PANELS = ["charts", "topography", "section", "depth", "speeds"];

export class Panels {
  /** @param {(failure: unknown) => void} fail */
  constructor(fail) {
    this.fail = fail;
    /** @type {Map<string, Panel>} */
    this.panels = new Map();
    /** @type {Shown[]} */
    this.shown = [];
    this.stale = true;
    this.busy = false;
    this.open = PANELS[0];
    PANELS.forEach(name => {
      const tab = byId(`tab-${name}`);
      tab.addEventListener("click", () => this.choose(name));
      tab.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (by) {
          event.preventDefault();
          event.stopPropagation();
          this.next(by);
          byId(`tab-${this.open}`).focus();
        }
      });
    });
  }

  /**
   * @param {string} name
   * @param {Panel} panel
   */
  add(name, panel) {
    this.panels.set(name, panel);
  }

  /** @param {string} name */
  choose(name) {
    if (!PANELS.includes(name)) {
      return;
    }
    this.open = name;
    PANELS.forEach(each => {
      const chosen = each === name;
      byId(each).hidden = !chosen;
      byId(`tab-${each}`).setAttribute("aria-selected", String(chosen));
      byId(`tab-${each}`).tabIndex = chosen ? 0 : -1;
    });
    this.refresh();
  }

  /** @param {number} by */
  next(by) {
    this.choose(PANELS[(PANELS.indexOf(this.open) + by + PANELS.length) % PANELS.length]);
  }

  /** @param {Shown[]} shown */
  show(shown) {
    this.shown = shown;
    this.refresh();
  }

  /** Shows the open panel anew; what comes while it is busy is shown, the latest only, when it is done. */
  async refresh() {
    this.stale = true;
    if (this.busy) {
      return;
    }
    this.busy = true;
    while (this.stale) {
      this.stale = false;
      try {
        await this.panels.get(this.open)?.show(this.shown);
        byId("panel-notice").hidden = true;
      } catch (failure) {
        this.fail(failure);
        byId("panel-notice").textContent = failure instanceof Error ? failure.message : String(failure);
        byId("panel-notice").hidden = false;
      }
    }
    this.busy = false;
    document.body.dataset.panel = this.open;
  }
}
