// The deposits on the stage: which frame of each run, in which colours, which species, and where they are cut.

import { coloringsOf, paletteOf, rampOf, union } from "./coloring.js";
import { planesOf, planesText, uncut } from "./cut.js";
import { byId, element } from "./dom.js";
import { showLegend } from "./legend.js";

/**
 * @typedef {import("./frames.js").Frame} Frame
 * @typedef {import("./frame-format.js").Sites} Sites
 */

export class Morphology {
  /**
   * @param {import("./scene.js").Stage} stage
   * @param {import("./frames.js").FrameCache} cache
   * @param {(run: number, failure: unknown) => void} fail
   */
  constructor(stage, cache, fail) {
    this.stage = stage;
    this.cache = cache;
    this.fail = fail;
    /** @type {import("./api.js").Listing[]} */
    this.runs = [];
    /** @type {(Frame | null)[]} by run, as shown */
    this.shown = [];
    /** @type {number[]} by run: how often a frame was asked for */
    this.turns = [];
    /** @type {Map<string, import("./coloring.js").Range>} of the values seen so far, so that colours keep their meaning in an animation */
    this.ranges = new Map();
    this.coloring = "species";
    this.colorings = coloringsOf([]);
    /** @type {Set<string>} names */
    this.hidden = new Set();
    this.cut = uncut();
    /** @type {Map<number, boolean>} by run whose cut is being fetched: whether it has changed meanwhile */
    this.cutting = new Map();
    byId("coloring").addEventListener("change", () => this.colorBy(byId("coloring").value));
  }

  /** @param {import("./api.js").Listing[]} runs */
  setRuns(runs) {
    this.runs = runs;
    this.shown = runs.map(() => null);
    this.turns = runs.map(() => 0);
    this.ranges.clear();
    runs.forEach(({ id, run }) => run && this.cache.know(id, run.box));
    this.stage.setPanes(runs.map(run => run.run?.box ?? null));
    this.applyCut();
    this.applyHidden();
    this.offerColorings();
  }

  descriptions() {
    return this.runs.flatMap(run => (run.run ? [run.run] : []));
  }

  /** @param {string} key of a colouring */
  whyMissing(key) {
    const known = this.descriptions();
    return known.length === 0 ? "" : this.colorings.get(key)?.missing(known, Math.max(...this.runs.map(run => run.state.frames))) ?? "";
  }

  /** Offers every way to colour; those that say nothing of these runs cannot be chosen, and tell why. */
  offerColorings() {
    this.colorings = coloringsOf(this.descriptions());
    const options = [...this.colorings].map(([key, { name }]) => {
      const why = this.whyMissing(key);
      const option = element("option", "", why ? `${name} – no data` : name);
      option.value = key;
      option.disabled = why !== "";
      option.title = why;
      return option;
    });
    const select = byId("coloring");
    select.replaceChildren(...options);
    if (!this.colorings.has(this.coloring) || this.whyMissing(this.coloring)) {
      this.coloring = "species";
    }
    select.value = this.coloring;
    const missing = options.filter(option => option.disabled).map(option => `${this.colorings.get(option.value)?.name}: ${option.title}`);
    select.title = ["What the colours of the sites say (C)", ...missing].join("\n");
  }

  /**
   * Shows a frame, in its colours from the first moment.
   *
   * @param {number} id of a run
   * @param {Frame | null} frame
   */
  async show(id, frame) {
    const turn = ++this.turns[id];
    if (this.shown[id] === frame && frame) {
      return;
    }
    if (!frame) {
      this.shown[id] = null;
      this.stage.show(id, null);
      return;
    }
    const values = await this.valuesOf(frame, frame, "");
    if (turn === this.turns[id]) {
      this.shown[id] = frame;
      this.stage.show(id, frame);
      this.paint(id, false, values);
      this.fetchCut(id);
    }
  }

  /**
   * @param {Frame} frame
   * @param {Sites} sites of the frame, or what a cut has laid open of it
   * @param {string} planes of the cut, or ""
   * @returns {Promise<Float32Array>}
   */
  async valuesOf(frame, sites, planes) {
    const { fetched, values } = this.coloringNow();
    if (!fetched) {
      return values?.(sites) ?? new Float32Array(sites.count);
    }
    const run = this.runs[frame.run].run;
    const kind = run ? fetched(run) : "";
    if (kind === "") {
      return new Float32Array(sites.count).fill(NaN);
    }
    const sent = await this.cache.values(frame, kind, planes);
    return Float32Array.from(sites.order, i => sent[i]);
  }

  /**
   * @param {number} id of a run
   * @param {boolean} inside
   * @param {Float32Array} values
   */
  paint(id, inside, values) {
    const run = this.runs[id].run;
    if (!run) {
      return;
    }
    const coloring = this.coloringNow();
    if (coloring.range && !inside) {
      const before = this.ranges.get(this.coloring);
      const seen = coloring.range(values);
      const range = before ? union(before, seen) : seen;
      this.ranges.set(this.coloring, range);
      if (before && (range.low !== before.low || range.high !== before.high)) {
        this.shown.forEach((frame, other) => frame && other !== id && this.repaint(other));
      }
    }
    const range = this.rangeNow();
    // Where no value was seen yet there is no range, and nothing that it would colour.
    const { low, high } = range.low <= range.high ? range : { low: 0, high: 1 };
    const paint = { values, colors: paletteOf(coloring, run), steps: coloring.steps !== undefined, low, high };
    this.stage.paint(id, inside, paint);
    this.showLegend();
    document.body.dataset.colored = this.coloring;
  }

  /** @param {number} id of a run */
  async repaint(id) {
    const frame = this.shown[id];
    const key = this.coloring;
    if (!frame) {
      return;
    }
    try {
      const values = await this.valuesOf(frame, frame, "");
      const inside = this.stage.panes[id]?.laidOpen;
      if (this.shown[id] === frame && this.coloring === key) {
        this.paint(id, false, values);
        if (inside) {
          this.fetchCut(id);
        }
      }
    } catch (failure) {
      this.fail(id, failure);
    }
  }

  coloringNow() {
    const coloring = this.colorings.get(this.coloring);
    if (!coloring) {
      throw new Error(`no colouring ${this.coloring}`);
    }
    return coloring;
  }

  rangeNow() {
    return this.coloringNow().fixed?.(this.descriptions()) ?? this.ranges.get(this.coloring) ?? { low: 0, high: 1 };
  }

  /** @param {string} key of a colouring */
  colorBy(key) {
    if (!this.colorings.has(key) || this.whyMissing(key)) {
      return;
    }
    this.coloring = key;
    byId("coloring").value = key;
    this.shown.forEach((_, id) => this.repaint(id));
  }

  nextColoring() {
    const keys = [...this.colorings.keys()].filter(key => !this.whyMissing(key));
    this.colorBy(keys[(keys.indexOf(this.coloring) + 1) % keys.length]);
  }

  /** @returns {import("./legend.js").Entry[]} */
  species() {
    return [...new Map(this.descriptions().flatMap(run => run.species).filter(({ vacant }) => !vacant)
      .map(({ name, color }) => [name, { name, color, hidden: this.hidden.has(name) }])).values()];
  }

  /** @returns {import("./coloring.js").Legend | null} what the colours say; null without any run */
  legend() {
    const known = this.descriptions();
    const coloring = this.coloringNow();
    if (known.length === 0) {
      return null;
    }
    const legend = coloring.legend(known, this.rangeNow());
    return {
      ...(coloring.steps ? {} : { ramp: rampOf(coloring) }),
      ...(this.coloring === "species" ? { swatches: this.species().filter(({ hidden }) => !hidden) } : {}),
      ...legend,
    };
  }

  showLegend() {
    showLegend(byId("legend"), this.legend(), this.species(), this.coloring === "species", name => this.toggleSpecies(name));
  }

  /** @param {string} name of a species that is hidden or shown again */
  toggleSpecies(name) {
    if (!this.hidden.delete(name)) {
      this.hidden.add(name);
    }
    this.applyHidden();
    this.showLegend();
  }

  applyHidden() {
    this.runs.forEach(({ id, run }) =>
      this.stage.hide(id, new Set(run?.species.flatMap(({ name }, i) => (this.hidden.has(name) ? [i] : [])) ?? [])));
  }

  /** @param {import("./cut.js").Cut} cut */
  setCut(cut) {
    this.cut = cut;
    this.applyCut();
  }

  applyCut() {
    this.runs.forEach(({ id, run }) => {
      if (run) {
        this.stage.clip(id, planesOf(this.cut, run.box));
        this.fetchCut(id);
      }
    });
  }

  /**
   * Fetches what the cut lays open, one request at a time: who drags the plane sees the latest place that could be had.
   *
   * @param {number} id of a run
   */
  async fetchCut(id) {
    if (this.cutting.has(id)) {
      this.cutting.set(id, true);
      return;
    }
    document.body.dataset.cut = "pending";
    try {
      do {
        this.cutting.set(id, false);
        const frame = this.shown[id];
        const box = this.runs[id].run?.box;
        const planes = box ? planesText(planesOf(this.cut, box)) : "";
        if (!frame || planes === "") {
          this.stage.showInside(id, null);
        } else {
          const sites = await this.cache.cut(frame, planes);
          const values = await this.valuesOf(frame, sites, planes);
          if (this.shown[id] === frame) {
            this.stage.showInside(id, sites);
            this.paint(id, true, values);
          }
        }
      } while (this.cutting.get(id));
    } catch (failure) {
      this.fail(id, failure);
    } finally {
      this.cutting.delete(id);
      document.body.dataset.cut = this.cutting.size > 0 ? "pending" : "done";
    }
  }
}
