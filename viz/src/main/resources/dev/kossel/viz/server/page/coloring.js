// What the colours of the sites say: for each way to colour, the colour of every site and the legend.

import { at, CIVIDIS, code, OKABE_ITO, rgb, VIRIDIS } from "./colors.js";
import { plain } from "./numbers.js";

/**
 * @typedef {import("./api.js").Frame} Frame
 * @typedef {import("./api.js").Description} Description
 * @typedef {{title: string, swatches?: {name: string, color: string}[], ramp?: string[], low?: string, high?: string}} Legend
 * @typedef {{low: number, high: number}} Range
 * @typedef {{name: string, values: (frame: Frame) => ArrayLike<number>,
 *   palette: (run: Description, range: Range) => (value: number) => import("./colors.js").Rgb,
 *   legend: (runs: Description[], range: Range) => Legend}} Coloring
 */

const RAMP_STEPS = 12;

/** @type {Map<string, Coloring>} */
export const COLORINGS = new Map([
  ["species", {
    name: "species",
    values: frame => frame.species,
    palette: run => {
      const colors = run.species.map(species => rgb(species.color));
      return value => colors[value] ?? [128, 128, 128];
    },
    legend: runs => ({ title: "Species", swatches: merged(runs.flatMap(run => run.species.filter(s => !s.vacant))) }),
  }],
  ["height", {
    name: "height",
    values: frame => frame.positions.filter((_, i) => i % 3 === 2),
    palette: (_, range) => value => at(CIVIDIS, (value - range.low) / (range.high - range.low || 1)),
    legend: (_, range) => ({
      title: "Height above the bottom of the box, nm",
      ramp: stops(CIVIDIS),
      low: plain(range.low, 3),
      high: plain(range.high, 3),
    }),
  }],
  ["coordination", {
    name: "coordination",
    values: frame => frame.coordination,
    palette: run => value => at(VIRIDIS, value / run.box.mostNeighbors),
    legend: runs => ({
      title: "Occupied nearest neighbours",
      ramp: stops(VIRIDIS),
      low: "0",
      high: [...new Set(runs.map(run => run.box.mostNeighbors))].join(" and "),
    }),
  }],
  ["site-type", {
    name: "site type",
    values: frame => frame.siteTypes,
    palette: () => value => OKABE_ITO[value % OKABE_ITO.length],
    legend: runs => ({
      title: "Site type",
      swatches: merged(runs.flatMap(run =>
        run.siteTypes.map((name, i) => ({ name, color: code(OKABE_ITO[i % OKABE_ITO.length]) })))),
    }),
  }],
]);

/**
 * The ways to colour that say something of these runs.
 *
 * @param {Description[]} runs
 * @returns {string[]} keys of COLORINGS
 */
export function coloringsFor(runs) {
  const typed = runs.some(run => run.siteTypes.length > 1);
  return [...COLORINGS.keys()].filter(key => key !== "site-type" || typed);
}

/**
 * @param {Coloring} coloring
 * @param {Description} run
 * @param {Frame} frame
 * @param {Range} range of heights, nm
 * @returns {Uint8Array} r, g, b of every site
 */
export function colorSites(coloring, run, frame, range) {
  const color = coloring.palette(run, range);
  const values = coloring.values(frame);
  /** @type {Map<number, import("./colors.js").Rgb>} */
  const known = new Map(); // There are few distinct values: sites lie in layers.
  const colors = new Uint8Array(3 * frame.count);
  for (let i = 0; i < frame.count; i++) {
    let rgb = known.get(values[i]);
    if (!rgb) {
      rgb = color(values[i]);
      known.set(values[i], rgb);
    }
    colors[3 * i] = rgb[0];
    colors[3 * i + 1] = rgb[1];
    colors[3 * i + 2] = rgb[2];
  }
  return colors;
}

/** @param {import("./colors.js").Rgb[]} map */
function stops(map) {
  return Array.from({ length: RAMP_STEPS }, (_, i) => code(at(map, i / (RAMP_STEPS - 1))));
}

/** @param {{name: string, color: string}[]} entries the same name and colour in two runs shows once */
function merged(entries) {
  return [...new Map(entries.map(entry => [entry.name + entry.color, entry])).values()];
}
