// How fast the simulation ran: latency.hgrm as percentiles, and events a second of wall-clock time.

import { lines } from "./api.js";
import { RUN_COLORS, RUN_COLORS_ON_DARK } from "./colors.js";
import { element, sharp, themeColors } from "./dom.js";
import { plain } from "./numbers.js";
import { canvasPen, draw, rangeOf } from "./plot.js";
import { isDark } from "./preferences.js";

/**
 * @typedef {import("./panels.js").Shown} Shown
 * @typedef {{name: string, xs: number[], ys: number[], meanMicros: number, slices: number, events: number}} Latency
 */

export class SpeedPanel {
  /** @param {HTMLElement} into */
  constructor(into) {
    this.canvas = element("canvas", "");
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", "Time that slices of the loop took, by percentile");
    this.facts = element("div", "facts");
    into.replaceChildren(
      element("section", "chart taller", element("header", "", element("h2", "", "Wall-clock time of the loop's slices")), this.canvas, this.facts),
      element("p", "quiet", "A slice is up to 4096 draws of an event. From latency.hgrm, which is written at checkpoints and at the end."));
    /** @type {Latency[]} */
    this.latencies = [];
    this.asked = 0;
    new ResizeObserver(() => this.draw()).observe(this.canvas);
  }

  /** @param {Shown[]} shown */
  async show(shown) {
    const request = ++this.asked;
    const found = await Promise.all(shown.map(async ({ run, events }) => {
      const text = await lines(run.id, "latency.hgrm");
      return text === "" ? null : {
        name: run.name,
        events: (events?.columns.get("events")?.at(-1) ?? NaN) + (events?.columns.get("null_events")?.at(-1) ?? 0),
        ...parse(text),
      };
    }));
    if (request === this.asked) {
      this.latencies = found.filter(latency => latency !== null);
      this.draw();
    }
  }

  draw() {
    const colors = isDark() ? RUN_COLORS_ON_DARK : RUN_COLORS;
    this.facts.replaceChildren(...(this.latencies.length === 0 ? ["Not recorded yet."] : this.latencies.map((latency, i) => {
      const dot = element("i", "");
      dot.style.background = colors[i % 4];
      const perSecond = latency.events / (latency.meanMicros * latency.slices * 1e-6);
      return element("div", "", dot, `${latency.name}: ${plain(perSecond, 3)} draws/s of wall-clock time in the loop; median ${
        plain(at(latency, 0.5), 3)} µs, 99 % ${plain(at(latency, 0.99), 3)} µs a slice`);
    })));
    this.canvas.hidden = this.latencies.length === 0;
    const surface = sharp(this.canvas);
    if (!surface) {
      return;
    }
    const { context, width, height } = surface;
    const rarest = Math.max(...this.latencies.flatMap(latency => latency.xs), 100);
    draw(canvasPen(context), {
      width, height, named: true,
      x: { low: 1, high: rarest, log: true, unit: "", prefixed: false, label: "slower than one of so many slices" },
      y: { ...rangeOf(this.latencies.map(latency => latency.ys), true), log: true, unit: "µs", prefixed: false, label: "wall-clock time" },
      curves: this.latencies.map((latency, i) => ({ name: latency.name, color: colors[i % 4], dash: [], xs: latency.xs, ys: latency.ys })),
      colors: themeColors(),
    });
  }
}

/**
 * @param {Latency} latency
 * @param {number} percentile 0 … 1
 */
function at(latency, percentile) {
  return latency.ys[latency.xs.findIndex(x => x >= 1 / (1 - percentile))] ?? NaN;
}

/**
 * @param {string} text of HdrHistogram: value, percentile, count, 1/(1 − percentile)
 * @returns {{xs: number[], ys: number[], meanMicros: number, slices: number}} xs: 1/(1 − percentile); ys: µs
 */
export function parse(text) {
  const xs = [];
  const ys = [];
  for (const line of text.split("\n")) {
    const [value, , , rarity] = line.trim().split(/\s+/).map(Number);
    if (Number.isFinite(value) && Number.isFinite(rarity)) {
      xs.push(rarity);
      ys.push(value);
    }
  }
  return {
    xs, ys,
    meanMicros: Number(/Mean\s*=\s*([\d.]+)/.exec(text)?.[1] ?? NaN),
    slices: Number(/Total count\s*=\s*(\d+)/.exec(text)?.[1] ?? NaN),
  };
}
