// Draws a legend.

import { element } from "./dom.js";

/**
 * @param {HTMLElement} into
 * @param {import("./coloring.js").Legend | null} legend
 */
export function showLegend(into, legend) {
  into.replaceChildren();
  if (!legend) {
    return;
  }
  into.append(element("h2", "", legend.title));
  for (const { name, color } of legend.swatches ?? []) {
    const dot = element("i", "");
    dot.style.background = color;
    into.append(element("div", "swatch", dot, name));
  }
  if (legend.ramp) {
    const bar = element("div", "ramp");
    bar.style.background = `linear-gradient(to right, ${legend.ramp.join(",")})`;
    into.append(bar, element("div", "ends", element("span", "", legend.low ?? ""), element("span", "", legend.high ?? "")));
  }
}
