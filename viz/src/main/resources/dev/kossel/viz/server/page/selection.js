// The site that was clicked, of one run: asked for again in every frame, so that its fate can be followed.

import { siteReport } from "./api.js";
import { byId, element } from "./dom.js";
import { closing, describeSite } from "./site-panel.js";

/** @typedef {import("./marks.js").Mark} Mark */

const CHOSEN = [1, 0, 0.85];
const NEIGHBOR = [0.1, 0.75, 0.95];
const POINTED_AT = [1, 1, 1];

export class Selection {
  /**
   * @param {import("./scene.js").Stage} stage
   * @param {(pane: number) => {run: import("./api.js").Description, frame: import("./frames.js").Frame} | null} shown
   */
  constructor(stage, shown) {
    this.stage = stage;
    this.shown = shown;
    /** @type {{pane: number, place: number} | null} */
    this.chosen = null;
    this.turn = 0;
  }

  /**
   * @param {number} pane
   * @param {number} place of a site, or −1 for none
   */
  choose(pane, place) {
    if (this.chosen) {
      this.stage.mark(this.chosen.pane, []);
    }
    this.chosen = place < 0 ? null : { pane, place };
    this.refresh();
  }

  /** Describes the site as it is in the frame that is shown. */
  async refresh() {
    const turn = ++this.turn;
    const panel = byId("site");
    if (!this.chosen) {
      panel.hidden = true;
      return;
    }
    const { pane, place } = this.chosen;
    const shown = this.shown(pane);
    const close = () => this.choose(pane, -1);
    if (!shown) {
      panel.hidden = true;
      this.stage.mark(pane, []);
      return;
    }
    try {
      const report = await siteReport(shown.frame.run, shown.frame.number, place);
      if (turn !== this.turn) {
        return;
      }
      panel.hidden = false;
      const mark = (/** @type {number | null} */ pointed) => {
        if (turn === this.turn) { // A panel that is closed loses the focus last.
          this.stage.mark(pane, marks(report, shown.run, pointed));
        }
      };
      mark(null);
      describeSite(panel, report, shown.run, shown.frame.timeSeconds, {
        close, point: mark, choose: next => this.choose(pane, next),
      });
    } catch (failure) {
      if (turn === this.turn) {
        panel.hidden = false;
        panel.replaceChildren(element("h2", "", "The site"), closing(close), failure instanceof Error ? failure.message : String(failure));
      }
    }
  }
}

/**
 * @param {import("./api.js").SiteReport} report
 * @param {import("./api.js").Description} run
 * @param {number | null} pointed place of the neighbour that is pointed at
 * @returns {Mark[]}
 */
function marks({ site, neighbors }, run, pointed) {
  return [
    ...neighbors.filter(({ species, place }) => !run.species[species]?.vacant || place === pointed)
      .map(({ x, y, z, place }) => ({ at: [x, y, z], color: place === pointed ? POINTED_AT : NEIGHBOR })),
    { at: [site.x, site.y, site.z], color: CHOSEN },
  ];
}
