// The three ways to count a run's progress: simulated time, charge passed, cycles. Each turns rows and frames into places
// on one ascending scale, on which runs are compared.

import { plain, withUnit } from "./numbers.js";

/**
 * @typedef {import("./api.js").Table} Table
 * @typedef {{name: string, unit: string, title: string, of: (table: Table) => Float64Array | number[],
 *   text: (place: number) => string}} Axis
 * @typedef {{place: number, cycle: number, step: number}} Mark where a step of the protocol begins
 */

/** @type {Map<string, Axis>} */
export const AXES = new Map([
  ["time", {
    name: "time",
    unit: "s",
    title: "time",
    of: table => table.columns.get("time_s") ?? [],
    text: place => withUnit(place, "s"),
  }],
  ["charge", {
    name: "charge",
    unit: "C/m²",
    title: "charge passed",
    of: chargePassed,
    text: place => withUnit(place, "C/m²"),
  }],
  ["cycle", {
    name: "cycle",
    unit: "",
    title: "cycles",
    of: cyclesDone,
    text: place => `${plain(Math.floor(place * 1000 + 0.5) / 1000)} cycles`,
  }],
]);

/**
 * @param {string} key
 * @returns {Axis}
 */
export function axisOf(key) {
  const axis = AXES.get(key);
  if (!axis) {
    throw new Error(`no axis ${key}`);
  }
  return axis;
}

/**
 * Charge that has flowed in either direction: the net charge falls again when metal is stripped, this never does.
 *
 * @param {Table} table
 * @returns {Float64Array} C/m², by row
 */
function chargePassed(table) {
  const charge = table.columns.get("charge_C_per_m2") ?? [];
  const passed = new Float64Array(charge.length);
  for (let i = 1; i < charge.length; i++) {
    passed[i] = passed[i - 1] + (Math.abs(charge[i] - charge[i - 1]) || 0);
  }
  return passed;
}

/**
 * Cycles that are done, and of the one under way the share of its time; of the last one, whose end is not known, as if it
 * took as long as the one before.
 *
 * @param {Table} table
 * @returns {Float64Array} by row
 */
function cyclesDone(table) {
  const time = table.columns.get("time_s") ?? [];
  const cycle = table.columns.get("cycle") ?? [];
  const done = new Float64Array(cycle.length);
  let lastSeconds = 0;
  // The row that ends a cycle belongs to it, so a cycle begins at the last row of the one before.
  for (let from = 0; from < cycle.length;) {
    let to = from;
    while (to + 1 < cycle.length && cycle[to + 1] === cycle[from]) {
      to++;
    }
    const start = time[Math.max(0, from - 1)];
    const taken = time[to] - start;
    const seconds = to === cycle.length - 1 ? Math.max(taken, lastSeconds) : taken;
    for (let i = from; i <= to; i++) {
      done[i] = cycle[from] - 1 + (seconds > 0 ? (time[i] - start) / seconds : 0);
    }
    lastSeconds = taken;
    from = to + 1;
  }
  return done;
}

/**
 * The number of the last value that is not above another.
 *
 * @param {ArrayLike<number>} ascending
 * @param {number} value
 * @returns {number} -1 if all are
 */
export function lastNotAbove(ascending, value) {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

/**
 * The places of moments, interpolated between rows.
 *
 * @param {Table | null} table
 * @param {Axis} axis
 * @param {number[]} times ascending, s
 * @returns {number[]} ascending; empty if the table does not say
 */
export function placesOf(table, axis, times) {
  if (axis.name === "time") {
    return times;
  }
  const rows = table?.columns.get("time_s") ?? [];
  const places = table ? axis.of(table) : [];
  if (rows.length === 0 || places.length === 0) {
    return [];
  }
  return times.map(time => {
    const i = Math.max(0, lastNotAbove(rows, time));
    if (i >= rows.length - 1) {
      return places[rows.length - 1];
    }
    const width = rows[i + 1] - rows[i];
    return places[i] + (width > 0 ? Math.max(0, time - rows[i]) / width : 0) * (places[i + 1] - places[i]);
  });
}

/**
 * @param {Table} table
 * @param {Axis} axis
 * @returns {Mark[]} but the first
 */
export function marksOf(table, axis) {
  const cycle = table.columns.get("cycle") ?? [];
  const step = table.columns.get("step") ?? [];
  const places = axis.of(table);
  const marks = [];
  for (let i = 1; i < cycle.length; i++) {
    if (cycle[i] !== cycle[i - 1] || step[i] !== step[i - 1]) {
      marks.push({ place: places[i - 1], cycle: cycle[i], step: step[i] });
    }
  }
  return marks;
}
