// The legend: what the colours say, and the species, each of which a click hides or shows again.

import { element } from "./dom.js";

/**
 * @typedef {{name: string, color: string, hidden: boolean}} Entry a species
 */

/**
 * @param {HTMLElement} into
 * @param {import("./coloring.js").Legend | null} legend null for none
 * @param {Entry[]} species
 * @param {boolean} bySpecies whether the colours are those of the species
 * @param {(name: string) => void} toggle
 */
export function showLegend(into, legend, species, bySpecies, toggle) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.species;
  into.replaceChildren();
  if (!legend) {
    return;
  }
  into.append(element("h2", "", legend.title));
  for (const { name, color } of bySpecies ? [] : legend.swatches ?? []) {
    into.append(element("div", "swatch", dot(color), name));
  }
  if (legend.ramp) {
    const bar = element("div", "ramp");
    bar.style.background = `linear-gradient(to right, ${legend.ramp.join(",")})`;
    const ends = [legend.low, legend.middle, legend.high].filter(end => end !== undefined);
    into.append(bar, element("div", "ends", ...ends.map(end => element("span", "", end))));
  }
  if (legend.note) {
    into.append(element("p", "note", legend.note));
  }
  const list = element("div", bySpecies ? "species" : "species beside");
  for (const { name, color, hidden } of species) {
    const button = element("button", "swatch", bySpecies ? dot(color) : element("i", "tick"), name);
    button.type = "button";
    button.dataset.species = name;
    button.setAttribute("aria-pressed", String(!hidden));
    button.title = hidden ? `Show ${name}` : `Hide ${name}`;
    button.addEventListener("click", () => toggle(name));
    list.append(button);
    if (name === focused) {
      queueMicrotask(() => button.focus());
    }
  }
  into.append(list);
}

/** @param {string} color */
function dot(color) {
  const made = element("i", "");
  made.style.background = color;
  return made;
}
