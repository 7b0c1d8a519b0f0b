// What is known of the site that was clicked.

import { quantity } from "./columns.js";
import { element } from "./dom.js";
import { grouped, plain, withUnit } from "./numbers.js";

/** @typedef {import("./api.js").SiteReport} SiteReport */

/**
 * @param {HTMLElement} into
 * @param {SiteReport} report
 * @param {import("./api.js").Description} run
 * @param {number} timeSeconds of the frame
 * @param {{close: () => void, point: (place: number | null) => void, choose: (place: number) => void}} on
 */
export function describeSite(into, report, run, timeSeconds, on) {
  const { site, neighbors } = report;
  const species = run.species[site.species];
  const filled = report.filledSeconds;
  const facts = [
    ["site", `${grouped(site.number)}, layer ${grouped(report.layer)}`],
    ["x, y, z", `${[site.x, site.y, site.z].map(v => v.toFixed(2)).join(", ")} nm`],
    ...(species?.vacant ? [] : [["there since", since(filled, timeSeconds)]]),
    ["neighbours", `${report.coordination} of ${run.box.mostNeighbors} occupied`],
    ...(run.siteTypes.length > 1 ? [["site type", run.siteTypes[site.siteType] ?? ""]] : []),
    ...(report.clusterSites > 0
      ? [["metal", report.dead
        ? `dead: a cluster of ${grouped(report.clusterSites)} sites, cut off from the substrate` : "connected to the substrate"]]
      : []),
    ...Object.entries(report.fields).map(([field, value]) => {
      const { title, unit, prefixed } = quantity(field);
      return [title.replace("Local", "local"), prefixed ? withUnit(value, unit) : `${plain(value)} ${unit}`];
    }),
  ];
  const list = element("dl", "", ...facts.flatMap(([term, fact]) => [element("dt", "", term), element("dd", "", fact)]));
  const around = element("ol", "neighbours", ...neighbors.map(neighbor => {
    const kind = run.species[neighbor.species];
    const button = element("button", "swatch", dot(kind), kind?.name ?? "",
      element("span", "", `${plain(neighbor.distanceNm, 3)} nm`));
    button.type = "button";
    button.title = `Site ${grouped(neighbor.number)}: go to it`;
    for (const [event, place] of /** @type {[string, number | null][]} */ ([
      ["pointerenter", neighbor.place], ["focus", neighbor.place], ["pointerleave", null], ["blur", null]])) {
      button.addEventListener(event, () => on.point(place));
    }
    button.addEventListener("click", () => on.choose(neighbor.place));
    return element("li", "", button);
  }));
  into.replaceChildren(
    element("h2", "", dot(species), species?.name ?? ""), closing(on.close), list,
    element("h3", "", tally(neighbors, run)), around);
}

/**
 * @param {() => void} close
 * @returns {HTMLElement}
 */
export function closing(close) {
  const button = element("button", "close", "×");
  button.title = "Let go of the site (Esc)";
  button.setAttribute("aria-label", "Close");
  button.addEventListener("click", close);
  return button;
}

/**
 * @param {number | null} filled s
 * @param {number} now s
 */
function since(filled, now) {
  if (filled === null) {
    return "not known";
  }
  if (filled === 0) {
    return "the beginning";
  }
  // The time comes with seven digits.
  return now - filled < 1e-6 * now ? "this snapshot" : `${withUnit(filled, "s")} (for ${withUnit(now - filled, "s")})`;
}

/**
 * @param {SiteReport["neighbors"]} neighbors
 * @param {import("./api.js").Description} run
 * @returns {string} such as "5 Na, 3 vacant"
 */
function tally(neighbors, run) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  neighbors.forEach(({ species }) => counts.set(species, (counts.get(species) ?? 0) + 1));
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([species, count]) => `${count} ${run.species[species]?.name}`);
  return `Around it: ${parts.join(", ")}`;
}

/** @param {import("./api.js").Species | undefined} species */
function dot(species) {
  const made = element("i", species?.vacant ? "vacant" : "");
  if (!species?.vacant) {
    made.style.background = species?.color ?? "";
  }
  return made;
}
