// The density profile ρ(z) and the texture of what is shown.

import { topography } from "./api.js";
import { lastNotAbove } from "./axis.js";
import { RUN_COLORS, RUN_COLORS_ON_DARK } from "./colors.js";
import { quantity } from "./columns.js";
import { element, sharp, themeColors } from "./dom.js";
import { plain } from "./numbers.js";
import { canvasPen, draw } from "./plot.js";
import { isDark } from "./preferences.js";

/**
 * @typedef {import("./panels.js").Shown} Shown
 * @typedef {{shown: Shown, map: import("./api.js").Topography}} View
 */

const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3]];
const TEXTURE = /^(texture|facet|orientation|grain)_(?!area_ratio)/;

export class DepthPanel {
  /** @param {HTMLElement} into */
  constructor(into) {
    this.canvas = element("canvas", "");
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", "Fraction of the sites of each layer that a species holds");
    this.legend = element("div", "curve-names");
    this.texture = element("div", "texture");
    into.replaceChildren(
      element("section", "chart taller", element("header", "", element("h2", "", "Density profile ρ(z)")), this.canvas, this.legend),
      element("section", "", element("header", "plain", element("h2", "", "Texture")), this.texture));
    /** @type {View[]} */
    this.views = [];
    this.asked = 0;
    new ResizeObserver(() => this.draw()).observe(this.canvas);
  }

  /** @param {Shown[]} shown */
  async show(shown) {
    const request = ++this.asked;
    const maps = await Promise.all(shown.map(one => topography(one.run.id, one.number)));
    if (request === this.asked) {
      this.views = shown.map((one, i) => ({ shown: one, map: maps[i] }));
      this.draw();
      this.describeTexture();
    }
  }

  draw() {
    this.canvas.hidden = this.views.length === 0;
    const surface = sharp(this.canvas);
    if (!surface) {
      return;
    }
    const { context, width, height } = surface;
    const palette = isDark() ? RUN_COLORS_ON_DARK : RUN_COLORS;
    const several = this.views.length > 1;
    const curves = this.views.flatMap(({ shown, map }, run) => map.densities.map(({ species, fractions }, i) => ({
      name: `${several ? `${shown.run.name} ` : ""}${shown.run.run?.species[species]?.name ?? species}`,
      color: palette[(several ? run : i) % palette.length],
      dash: several ? DASHES[i % DASHES.length] : [],
      xs: fractions,
      ys: map.layerZ.map(z => z - map.surfaceNm),
      used: fractions.reduce((last, fraction, layer) => (fraction > 0 ? layer : last), 0),
    })));
    const low = Math.min(...curves.map(curve => curve.ys[0]), 0);
    const high = Math.max(...curves.map(curve => curve.ys[Math.min(curve.ys.length - 1, curve.used + 2)]), low + 0.1);
    draw(canvasPen(context), {
      width, height, named: true,
      x: { low: 0, high: 1.02, log: false, unit: "", prefixed: false, label: "fraction of the sites of a layer" },
      y: { low, high, log: false, unit: "nm", prefixed: false, label: "height above the initial surface" },
      curves: curves.filter(curve => curve.xs.some(fraction => fraction > 0)),
      colors: themeColors(),
    });
    this.legend.replaceChildren(...curves.map(curve => {
      const dot = element("i", "");
      dot.style.background = curve.color;
      const dashed = curve.dash.length > 0 ? " (dashed)" : "";
      return element("span", "", dot, curve.name + dashed);
    }));
  }

  describeTexture() {
    const rows = this.views.flatMap(({ shown }) => {
      const table = shown.statistics;
      const row = table ? lastNotAbove(table.columns.get("time_s") ?? [], shown.timeSeconds * (1 + 1e-12)) : -1;
      return [...(table?.columns ?? [])].filter(([name, values]) => TEXTURE.test(name) && Number.isFinite(values[row]))
        .map(([name, values]) => ({ run: shown.run, name, value: values[row] }));
    });
    if (rows.length === 0) {
      this.texture.replaceChildren(element("p", "quiet",
        "Not recorded: statistics.csv of what is shown has no columns of facets or orientations (facet_… or texture_…)."));
      return;
    }
    this.texture.replaceChildren(...rows.map(({ run, name, value }) => {
      const bar = element("meter", "");
      Object.assign(bar, { min: 0, max: 1, value });
      const { title, unit } = quantity(name);
      return element("div", "texture-row",
        element("span", "", `${this.views.length > 1 ? `${run.name} ` : ""}${title}`), bar, element("span", "", `${plain(value, 3)} ${unit}`));
    }));
  }
}
