// What the colours of the sites say: for each way to colour, where the values come from, the colours and the legend.

import { at, CIVIDIS, code, OKABE_ITO, PLASMA, PURPLE_ORANGE, rgb, VIRIDIS } from "./colors.js";
import { quantity } from "./columns.js";
import { plain, prefixOf } from "./numbers.js";

/**
 * @typedef {import("./frame-format.js").Sites} Sites
 * @typedef {import("./api.js").Description} Description
 * @typedef {import("./colors.js").Rgb} Rgb
 * @typedef {{low: number, high: number}} Range
 * @typedef {{name: string, color: Rgb}} Step
 * @typedef {{title: string, swatches?: {name: string, color: string}[], ramp?: string[], low?: string, middle?: string, high?: string,
 *   note?: string}} Legend colors as #rrggbb
 * @typedef {{
 *   name: string,
 *   fetched?: (run: Description) => string,
 *   values?: (sites: Sites) => Float32Array,
 *   range?: (values: Float32Array) => Range,
 *   fixed?: (runs: Description[]) => Range,
 *   steps?: (run: Description) => Step[],
 *   map?: Rgb[],
 *   legend: (runs: Description[], range: Range) => Legend,
 *   missing: (runs: Description[], frames: number) => string,
 * }} Coloring
 *   fetched: under this name from the server, "" for a run that has no such values; without it `values` are those of the sites; steps: a colour for each value 0, 1 …,
 *   otherwise `map` over the range, `fixed` or that of all values seen; missing: why it says nothing of these runs, or ""
 */

const CONNECTED = rgb("#5b8db8");
const DEAD = rgb("#e6550d");
const ALIVE_OR_DEAD = [{ name: "connected to the substrate", color: CONNECTED }, { name: "dead: cut off from it", color: DEAD }];
/** Of families of planes, the same in all lattices, so that runs can be compared; of M. Okabe and K. Ito's. */
const FACETS = new Map([
  ["100", "#56b4e9"], ["110", "#e69f00"], ["111", "#009e73"], ["112", "#f0e442"], ["002", "#0072b2"], ["101", "#d55e00"],
]);
const OUTLIERS = 0.02; // Of all curvatures, left out of the range at either end.
const SAMPLE = 20_000;
const RAMP_STEPS = 12;

/** What can be told of any run. */
const GENERAL = /** @type {[string, Coloring][]} */ ([
  ["species", {
    name: "species",
    values: sites => kindsOf(sites, 0),
    steps: run => run.species.map(({ name, color }) => ({ name, color: rgb(color) })),
    legend: () => ({ title: "Species" }),
    missing: () => "",
  }],
  ["height", {
    name: "height",
    values: ({ positions, count }) => Float32Array.from({ length: count }, (_, i) => positions[3 * i + 2]),
    range: extent,
    map: CIVIDIS,
    legend: (_, range) => ({ title: "Height above the bottom of the box, nm", low: plain(range.low, 3), high: plain(range.high, 3) }),
    missing: runs => (runs.every(run => run.box.layers === 1) ? "A flat lattice has no height." : ""),
  }],
  ["coordination", {
    name: "coordination",
    values: sites => kindsOf(sites, 1),
    fixed: runs => ({ low: 0, high: Math.max(...runs.map(run => run.box.mostNeighbors)) }),
    map: VIRIDIS,
    legend: (_, range) => ({ title: "Occupied nearest neighbours", low: "0", high: String(range.high) }),
    missing: () => "",
  }],
  ["filled", {
    name: "deposition time",
    fetched: () => "filled",
    range: extent,
    map: PLASMA,
    legend: (_, range) => {
      const { factor, prefix } = prefixOf(range.high);
      return {
        title: `When the site was last filled, ${prefix}s`,
        low: plain(range.low / factor, 3),
        high: plain(range.high / factor, 3),
        note: "as finely as there are snapshots",
      };
    },
    missing: (_, frames) => (frames < 2 ? "It takes two snapshots or more to know when a site was filled." : ""),
  }],
  ["dead", {
    name: "dead metal",
    fetched: () => "dead",
    steps: () => ALIVE_OR_DEAD,
    legend: () => ({
      title: "Metal, by nearest neighbours",
      swatches: swatches(ALIVE_OR_DEAD),
      note: "grey: not metal",
    }),
    missing: runs => (runs.every(run => run.species.every(species => !species.metal)) ? "No species of this run is a metal." : ""),
  }],
  ["curvature", {
    name: "curvature",
    fetched: () => "curvature",
    range: symmetric,
    map: PURPLE_ORANGE,
    legend: (_, range) => ({
      title: "Mean curvature of the surface, nm⁻¹",
      low: `${plain(range.low, 2)} hollow`,
      middle: "0",
      high: `tip ${plain(range.high, 2)}`,
      note: "grey: not at the surface",
    }),
    missing: runs => (runs.every(run => run.box.layers === 1) ? "A flat lattice has no surface that could be curved." : ""),
  }],
  ["facet", {
    name: "facet",
    fetched: () => "facet",
    steps: facetsOf,
    legend: runs => ({
      title: "Plane that the surface faces, within 15°",
      swatches: swatches(runs.flatMap(facetsOf)),
    }),
    missing: runs => (runs.every(run => run.facets.length === 0) ? "A flat lattice has no facets." : ""),
  }],
  ["site-type", {
    name: "site type",
    values: sites => kindsOf(sites, 2),
    steps: typesOf,
    legend: runs => ({
      title: "Site type",
      swatches: swatches(runs.flatMap(typesOf)),
    }),
    missing: runs => (runs.every(run => run.siteTypes.length < 2) ? "All sites of this scenario are of one type." : ""),
  }],
]);

/** Offered, and explained, where no run has any number of its sites. */
const USUAL_FIELDS = ["local_current_density_A_per_m2", "local_overpotential_V", "local_concentration_mol_per_L"];

/**
 * Every way to colour: what can be told of any run, and the numbers that these have of their sites.
 *
 * @param {Description[]} runs
 * @returns {Map<string, Coloring>}
 */
export function coloringsOf(runs) {
  const fields = [...new Set(runs.flatMap(run => run.siteFields))];
  return new Map([...GENERAL, ...(fields.length > 0 ? fields : USUAL_FIELDS).map(
    field => /** @type {[string, Coloring]} */ ([field, byField(field)]))]);
}

/**
 * @param {string} field as a run names it, with its unit
 * @returns {Coloring}
 */
function byField(field) {
  const { title, unit, prefixed } = quantity(field);
  return {
    name: title.replace("Local", "local"),
    fetched: run => (run.siteFields.includes(field) ? `field-${run.siteFields.indexOf(field)}` : ""),
    range: bulk,
    map: VIRIDIS,
    legend: (_, range) => {
      const { factor, prefix } = prefixed ? prefixOf(Math.max(Math.abs(range.low), Math.abs(range.high))) : { factor: 1, prefix: "" };
      return {
        title: `${title}, ${prefix}${unit}`,
        low: plain(range.low / factor, 3),
        high: plain(range.high / factor, 3),
        note: "grey: not at the surface, or not known at this moment",
      };
    },
    missing: runs => (runs.some(run => run.siteFields.includes(field))
      ? "" : "This run computes no electrolyte: its scenario has no transport of type continuum."),
  };
}

/**
 * The colours of a run for the graphics card.
 *
 * @param {Coloring} coloring
 * @param {Description} run
 * @returns {Uint8Array} r, g, b, a of 256
 */
export function paletteOf(coloring, run) {
  const steps = coloring.steps?.(run);
  const colors = new Uint8Array(4 * 256);
  for (let i = 0; i < 256; i++) {
    const color = steps ? steps[i]?.color ?? [128, 128, 128] : at(coloring.map ?? VIRIDIS, i / 255);
    colors.set([...color.map(Math.round), 255], 4 * i);
  }
  return colors;
}

/**
 * @param {Range} a
 * @param {Range} b
 * @returns {Range} that holds both
 */
export function union(a, b) {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

/**
 * @param {Description} run
 * @returns {Step[]} a colour for each family of planes, and for none
 */
function facetsOf(run) {
  return [
    ...run.facets.map(name => ({ name: `{${name}}`, color: rgb(FACETS.get(name) ?? "#cc79a7") })),
    { name: "other", color: OKABE_ITO[0] },
  ];
}

/**
 * @param {Description} run
 * @returns {Step[]} a colour for each type of site
 */
function typesOf(run) {
  return run.siteTypes.map((name, i) => ({ name, color: OKABE_ITO[i % OKABE_ITO.length] }));
}

/**
 * @param {Sites} sites
 * @param {number} which
 * @returns {Float32Array}
 */
function kindsOf({ kinds, count }, which) {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    values[i] = kinds[4 * i + which];
  }
  return values;
}

/**
 * @param {Float32Array} values
 * @returns {Range}
 */
function extent(values) {
  const range = { low: Infinity, high: -Infinity };
  for (const value of values) {
    if (value < range.low) {
      range.low = value;
    }
    if (value > range.high) {
      range.high = value;
    }
  }
  return range;
}

/**
 * @param {Float32Array} values
 * @returns {Range} about 0, but for the outliers
 */
function symmetric(values) {
  const sizes = sample(values).map(Math.abs).sort((a, b) => a - b);
  const high = sizes[Math.floor((1 - OUTLIERS) * (sizes.length - 1))] ?? 0;
  return { low: -high, high };
}

/**
 * @param {Float32Array} values
 * @returns {Range} of all but the outliers at either end
 */
function bulk(values) {
  const sorted = sample(values).sort((a, b) => a - b);
  const skipped = Math.floor((OUTLIERS / 4) * (sorted.length - 1));
  return sorted.length === 0 ? { low: Infinity, high: -Infinity }
    : { low: sorted[skipped], high: sorted[sorted.length - 1 - skipped] };
}

/**
 * @param {Float32Array} values
 * @returns {number[]} some of those that are numbers, evenly
 */
function sample(values) {
  const numbers = Array.from(values.filter(value => !Number.isNaN(value)));
  const step = Math.max(1, Math.floor(numbers.length / SAMPLE));
  return numbers.filter((_, i) => i % step === 0);
}

/**
 * @param {Step[]} steps the same name and colour in two runs shows once
 * @returns {{name: string, color: string}[]}
 */
export function swatches(steps) {
  return [...new Map(steps.map(({ name, color }) => [name + color, { name, color: code(color) }])).values()];
}

/**
 * @param {Coloring} coloring
 * @returns {string[]} colours at equal steps
 */
export function rampOf({ map }) {
  return Array.from({ length: RAMP_STEPS }, (_, i) => code(at(map ?? VIRIDIS, i / (RAMP_STEPS - 1))));
}
