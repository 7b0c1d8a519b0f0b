// Which charts there are: one of every column that a run records, and some of several columns.

import { isMeasured, quantity } from "./columns.js";
import { coulombicEfficiency } from "./derived.js";

/**
 * @typedef {import("./api.js").Table} Table
 * @typedef {{key: string, title: string, unit: string, prefixed: boolean, columns: string[], log: boolean}} Choice
 * @typedef {{statistics: Table | null, events: Table | null}} Tables
 */

/** @type {{key: string, title: string, of: (column: string) => boolean, log: boolean}[]} charts of several columns */
const GROUPS = [
  { key: "heights", title: "Height: mean, greatest, least", of: c => /^(mean|max|min)_height_nm$/.test(c), log: false },
  { key: "species", title: "Sites of each species", of: c => c.startsWith("sites_") && !/vacant|electrolyte/i.test(c), log: true },
  { key: "facets", title: "Facets, part of the surface", of: c => c.startsWith("facet_fraction_"), log: false },
  { key: "texture", title: "Texture coefficients", of: c => c.startsWith("texture_coefficient_"), log: false },
  { key: "site-types", title: "Coverage by site type", of: c => c.startsWith("coverage_"), log: false },
  { key: "event-rates", title: "Event rates", of: c => c.startsWith("events/") && c.endsWith("_rate_per_s"), log: true },
  { key: "event-counts", title: "Events of each process", of: c => c.startsWith("events/") && c.endsWith("_count"), log: true },
];

/** What is shown before anything was chosen, as far as there is any of it. */
const USUAL = [
  /^overpotential_V$/, /^current_density_A_per_m2$/, /^rms_roughness_nm$/, /^coverage$/, /^island_density_per_m2$/,
  /^island_count$/, /dendrite.*(tip|count)/, /^dead_sites$/, /^sites_.* \(isolated\)$/, /^coulombic_efficiency$/, /^event-rates$/,
];
const MOST_USUAL = 8;

/**
 * @param {Tables[]} tables by run
 * @returns {Map<string, Choice>} by key
 */
export function choicesOf(tables) {
  const columns = columnsOf(tables);
  /** @type {Map<string, Choice>} */
  const choices = new Map();
  for (const { key, title, of, log } of GROUPS) {
    const members = [...columns].filter(of);
    if (members.length > 1) {
      const { unit, prefixed } = quantity(members[0]);
      choices.set(key, { key, title, unit, prefixed, columns: members, log });
    }
  }
  for (const column of columns) {
    choices.set(column, { key: column, ...quantity(column.replace(/^events\//, "")), columns: [column], log: false });
  }
  return choices;
}

/**
 * @param {Map<string, Choice>} choices
 * @returns {string[]} keys of those that are shown before anything was chosen
 */
export function usualOf(choices) {
  const keys = [...choices.keys()];
  const usual = USUAL.flatMap(pattern => keys.filter(key => pattern.test(key)));
  // Nuclei are told by their density where there is one.
  return [...new Set(usual)].filter(key => key !== "island_count" || !keys.includes("island_density_per_m2")).slice(0, MOST_USUAL);
}

/**
 * @param {Tables[]} tables by run
 * @returns {Set<string>} all columns of any run, those of events.csv behind "events/"
 */
function columnsOf(tables) {
  const found = new Set();
  for (const { statistics, events } of tables) {
    statistics?.columns.forEach((values, name) => {
      if (isMeasured(name) && values.some(Number.isFinite)) {
        found.add(name);
      }
    });
    events?.columns.forEach((_, name) => {
      if (isMeasured(name) && name !== "events") {
        found.add(`events/${name}`);
      }
    });
    if (statistics && !statistics.columns.has("coulombic_efficiency") && coulombicEfficiency(statistics)) {
      found.add("coulombic_efficiency");
    }
  }
  return found;
}

/**
 * @param {Table} table statistics.csv
 * @param {string} column
 * @returns {number[] | undefined} by row
 */
export function valuesOf(table, column) {
  return table.columns.get(column) ?? (column === "coulombic_efficiency" ? coulombicEfficiency(table) : null) ?? undefined;
}

/** @param {string} column of a chart of several */
export function curveName(column) {
  return column.replace(/^events\/|^sites_|^coverage_/, "").replace(/_(rate_per_s|count|nm)$/, "").replace(/_height$/, "").replaceAll("_", " ");
}
