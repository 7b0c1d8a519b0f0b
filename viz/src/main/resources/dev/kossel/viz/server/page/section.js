// The cross-section: what an optical or electron microscope shows of a deposit that was cut, voids and overhangs included.

import { section } from "./api.js";
import { rgb } from "./colors.js";
import { element, sharp, themeColors } from "./dom.js";
import { length, niceBelow } from "./numbers.js";

/**
 * @typedef {import("./panels.js").Shown} Shown
 * @typedef {{shown: Shown, cut: import("./api.js").Section, canvas: HTMLCanvasElement}} View
 */

const SPRITE_SHADES = 4;
const SCALE_PIXELS = 90;
const LEAST_ASPECT = 0.18;
const AIR = 1.15; // The picture is this much higher than the deposit.

export class SectionPanel {
  /**
   * @param {HTMLElement} into
   * @param {() => void} moved the cut
   */
  constructor(into, moved) {
    this.axis = element("select", "", ...["x", "y"].map(name => {
      const option = element("option", "", `across ${name}`);
      option.value = name;
      return option;
    }));
    this.axis.value = "y";
    this.axis.id = "section-axis";
    this.axis.setAttribute("aria-label", "Direction of the cut");
    this.place = element("input", "");
    Object.assign(this.place, { id: "section-place", type: "range", min: "0", max: "1", step: "0.001", value: "0.5" });
    this.place.setAttribute("aria-label", "Place of the cut");
    this.text = element("output", "");
    this.axis.addEventListener("change", moved);
    this.place.addEventListener("input", moved);
    this.views = /** @type {View[]} */ ([]);
    this.list = element("div", "sections");
    into.replaceChildren(
      element("div", "panel-tools", element("label", "", "Cut ", this.axis), this.place, this.text), this.list,
      element("p", "quiet", "Two nearest neighbours thick; what lies farther back is darker. The box is periodic sideways."));
    this.asked = 0;
    new ResizeObserver(() => this.draw()).observe(this.list);
  }

  /** @param {Shown[]} shown */
  async show(shown) {
    const request = ++this.asked;
    const part = Number(this.place.value);
    const axis = /** @type {"x" | "y"} */ (this.axis.value);
    this.describe(shown, axis, part);
    const cuts = await Promise.all(shown.map(({ run, number }) => {
      const box = /** @type {import("./api.js").Description} */ (run.run).box;
      return section(run.id, number, axis, part * (axis === "x" ? box.widthNm : box.depthNm));
    }));
    if (request !== this.asked) {
      return;
    }
    this.views = shown.map((one, i) => {
      const canvas = element("canvas", "");
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", `Cross-section of ${one.run.name}`);
      return { shown: one, cut: cuts[i], canvas };
    });
    this.list.replaceChildren(...(this.views.length === 0 ? [element("p", "quiet", "No snapshot at this moment.")]
      : this.views.map(view => element("figure", "", view.canvas,
        element("figcaption", "", shown.length > 1 ? view.shown.run.name : "")))));
    this.draw();
  }

  /**
   * @param {Shown[]} shown
   * @param {string} axis
   * @param {number} part
   */
  describe(shown, axis, part) {
    const sizes = new Set(shown.map(({ run }) => (axis === "x" ? run.run?.box.widthNm : run.run?.box.depthNm) ?? 0));
    this.text.textContent = sizes.size === 1 ? `${axis} = ${length(part * [...sizes][0])}` : `${axis} = ${Math.round(100 * part)} %`;
  }

  /** For the link. */
  get part() {
    return {
      read: () => `${this.axis.value}${this.place.value}`,
      restore: (/** @type {string} */ text) => {
        const found = /^([xy])(0|1|0?\.\d+)$/.exec(text);
        if (found) {
          this.axis.value = found[1];
          this.place.value = found[2];
          this.axis.dispatchEvent(new Event("change"));
        }
      },
    };
  }

  draw() {
    // One scale for all, so that heights can be compared.
    const widest = Math.max(...this.views.map(view => this.extent(view).wide), 1e-9);
    const highest = Math.max(...this.views.map(view => this.extent(view).high), 1e-9);
    this.views.forEach(view => this.drawView(view, widest, highest * AIR));
  }

  /** @param {View} view */
  extent({ shown, cut }) {
    const box = /** @type {import("./api.js").Description} */ (shown.run.run).box;
    let high = box.widthNm / 6;
    for (const z of cut.z) {
      high = Math.max(high, z + box.radiusNm);
    }
    return { wide: this.axis.value === "x" ? box.depthNm : box.widthNm, high };
  }

  /**
   * @param {View} view
   * @param {number} wideNm
   * @param {number} highNm
   */
  drawView({ shown, cut, canvas }, wideNm, highNm) {
    const description = /** @type {import("./api.js").Description} */ (shown.run.run);
    const radiusNm = description.box.radiusNm;
    const surface = sharp(canvas, Math.max(LEAST_ASPECT, (highNm + radiusNm) / (wideNm + 2 * radiusNm)));
    if (!surface) {
      return;
    }
    const { context: pen, width, height, unit } = surface;
    const ratio = window.devicePixelRatio * unit;
    const scale = width / (wideNm + 2 * radiusNm);
    const size = Math.max(1.2, 2 * radiusNm * scale);
    const sprites = description.species.map(species =>
      Array.from({ length: SPRITE_SHADES }, (_, i) => sprite(species.color, size * ratio, 1 - (0.55 * i) / (SPRITE_SHADES - 1))));
    for (let i = 0; i < cut.count; i++) {
      const shades = sprites[cut.species[i]];
      const shade = shades?.[Math.min(SPRITE_SHADES - 1, (cut.depth[i] * SPRITE_SHADES) >> 8)];
      if (shade) {
        pen.drawImage(shade, (cut.along[i] + radiusNm) * scale - size / 2, height - (cut.z[i] + radiusNm) * scale - size / 2, size, size);
      }
    }
    const nm = niceBelow(SCALE_PIXELS / scale);
    pen.fillStyle = themeColors().text;
    pen.font = "11px system-ui, 'DejaVu Sans', sans-serif";
    pen.fillRect(8, 20, nm * scale, 2);
    pen.fillText(length(nm), 8, 14);
  }
}

/**
 * A lit disc.
 *
 * @param {string} color #rrggbb
 * @param {number} size pixels
 * @param {number} light 0 … 1
 * @returns {HTMLCanvasElement}
 */
function sprite(color, size, light) {
  const canvas = document.createElement("canvas");
  const pixels = Math.max(1, Math.ceil(size));
  canvas.width = pixels;
  canvas.height = pixels;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const [r, g, b] = rgb(color);
  const middle = pixels / 2;
  const shading = pen.createRadialGradient(middle * 0.7, middle * 0.65, 0, middle, middle, middle);
  /** @param {number} by */
  const shade = by => `rgb(${[r, g, b].map(c => Math.min(255, Math.round(c * by))).join(",")})`;
  shading.addColorStop(0, shade(light * 1.15));
  shading.addColorStop(0.6, shade(light));
  shading.addColorStop(1, shade(light * 0.6));
  pen.fillStyle = shading;
  pen.beginPath();
  pen.arc(middle, middle, middle, 0, 2 * Math.PI);
  pen.fill();
  return canvas;
}
