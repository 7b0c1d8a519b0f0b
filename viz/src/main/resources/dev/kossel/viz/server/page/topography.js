// The height map, as an atomic force microscope would show it, of all runs on one scale, and the profile along a line.

import { topography } from "./api.js";
import { at, CIVIDIS, code, RUN_COLORS, RUN_COLORS_ON_DARK } from "./colors.js";
import { element, sharp, themeColors } from "./dom.js";
import { numbersOf } from "./link.js";
import { length, plain } from "./numbers.js";
import { canvasPen, draw, rangeOf } from "./plot.js";
import { isDark } from "./preferences.js";

/**
 * @typedef {import("./api.js").Topography} Topography
 * @typedef {import("./panels.js").Shown} Shown
 * @typedef {{shown: Shown, map: Topography, canvas: HTMLCanvasElement}} View
 */

const GRAB_PIXELS = 14;
const RAMP_STEPS = 12;

export class TopographyPanel {
  /** @param {HTMLElement} into */
  constructor(into) {
    this.maps = element("div", "maps");
    this.ramp = element("div", "map-scale");
    this.profile = element("canvas", "");
    this.profile.setAttribute("role", "img");
    this.profile.setAttribute("aria-label", "Height along the line");
    this.facts = element("div", "facts");
    const section = element("section", "chart tall", element("header", "", element("h2", "", "Profile along the line")), this.profile, this.facts);
    into.replaceChildren(this.maps, this.ramp, section);
    /** @type {View[]} */
    this.views = [];
    /** The ends of the line, in parts of the box: x, y, x, y. */
    this.line = [0.08, 0.5, 0.92, 0.5];
    this.asked = 0;
    new ResizeObserver(() => this.draw()).observe(into);
  }

  /** @param {Shown[]} shown */
  async show(shown) {
    const request = ++this.asked;
    const maps = await Promise.all(shown.map(one => topography(one.run.id, one.number)));
    if (request !== this.asked) {
      return;
    }
    const flat = shown.length > 0 && maps.every(map => map.layers === 1);
    const same = this.views.length === shown.length && this.views.every((view, i) => view.shown.run.id === shown[i].run.id);
    const canvases = same ? this.views.map(view => view.canvas) : shown.map(one => this.canvas(one));
    this.views = shown.map((one, i) => ({ shown: one, map: maps[i], canvas: canvases[i] }));
    if (!same) {
      this.maps.replaceChildren(...this.views.map(view => element("figure", "", view.canvas, element("figcaption", ""))));
    }
    if (this.views.length === 0 || flat) {
      this.maps.replaceChildren(element("p", "quiet", flat ? "A lattice of one layer has no heights." : "No snapshot at this moment."));
      this.views = [];
    }
    this.draw();
  }

  /** @param {Shown} shown */
  canvas(shown) {
    const canvas = element("canvas", "");
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `Height map of ${shown.run.name}. Drag the line or its ends; arrow keys move it.`);
    /** @type {{part: "start" | "end" | "whole", x: number, y: number} | null} */
    let held = null;
    /** @param {PointerEvent} event */
    const place = event => {
      const area = canvas.getBoundingClientRect();
      return { x: (event.clientX - area.left) / area.width, y: 1 - (event.clientY - area.top) / area.height, area };
    };
    canvas.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      const { x, y, area } = place(event);
      canvas.setPointerCapture(event.pointerId);
      const [x0, y0, x1, y1] = this.line;
      /** @param {number} ex @param {number} ey */
      const away = (ex, ey) => Math.hypot((x - ex) * area.width, (y - ey) * area.height);
      const near = Math.min(away(x0, y0), away(x1, y1));
      if (near < GRAB_PIXELS) {
        held = { part: away(x0, y0) <= away(x1, y1) ? "start" : "end", x, y };
      } else if (toLine(x, y, this.line, area) < GRAB_PIXELS) {
        held = { part: "whole", x, y };
      } else {
        this.setLine([x, y, x, y]); // A new line is drawn from here.
        held = { part: "end", x, y };
      }
    });
    canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      if (held) {
        const { x, y } = place(event);
        const [x0, y0, x1, y1] = this.line;
        if (held.part === "start") {
          this.setLine([x, y, x1, y1]);
        } else if (held.part === "end") {
          this.setLine([x0, y0, x, y]);
        } else {
          const dx = clampShift(x - held.x, x0, x1);
          const dy = clampShift(y - held.y, y0, y1);
          this.setLine([x0 + dx, y0 + dy, x1 + dx, y1 + dy]);
          held = { part: "whole", x: held.x + dx, y: held.y + dy };
        }
      }
    });
    canvas.addEventListener("pointerup", () => {
      held = null;
    });
    canvas.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (by) {
        event.preventDefault();
        event.stopPropagation();
        const [x0, y0, x1, y1] = this.line;
        const dx = clampShift(by[0] / 50, x0, x1);
        const dy = clampShift(by[1] / 50, y0, y1);
        this.setLine([x0 + dx, y0 + dy, x1 + dx, y1 + dy]);
      }
    });
    return canvas;
  }

  /** @param {number[]} line */
  setLine(line) {
    this.line = line.map(part => Math.max(0, Math.min(1, part)));
    this.draw();
  }

  /** For the link. */
  get part() {
    return {
      read: () => this.line.map(part => part.toFixed(4)).join(","),
      restore: (/** @type {string} */ text) => this.setLine(numbersOf(text, 4) ?? this.line),
    };
  }

  draw() {
    if (this.views.length === 0) {
      this.ramp.replaceChildren();
      return;
    }
    const range = rangeOf(this.views.map(view => view.map.heights), false);
    const low = Math.min(...this.views.map(view => view.map.least));
    const high = Math.max(...this.views.map(view => view.map.greatest));
    this.views.forEach((view, i) => this.drawMap(view, low, high, i));
    const bar = element("div", "ramp");
    bar.style.background = `linear-gradient(to right, ${
      Array.from({ length: RAMP_STEPS }, (_, i) => code(at(CIVIDIS, i / (RAMP_STEPS - 1)))).join(",")})`;
    this.ramp.replaceChildren(
      element("span", "", plain(tidy(low), 3)), bar, element("span", "", `${plain(tidy(high), 3)} nm above the initial surface`));
    this.drawProfile(range);
  }

  /**
   * @param {View} view
   * @param {number} low
   * @param {number} high
   * @param {number} number
   */
  drawMap(view, low, high, number) {
    const { map, canvas } = view;
    const { box } = /** @type {import("./api.js").Description} */ (view.shown.run.run);
    const surface = sharp(canvas, box.depthNm / box.widthNm);
    if (!surface) {
      return;
    }
    const { context: pen, width, height } = surface;
    pen.imageSmoothingEnabled = false;
    pen.drawImage(picture(map, low, high), 0, 0, width, height);
    const [x0, y0, x1, y1] = this.line.map((part, i) => (i % 2 === 0 ? part * width : (1 - part) * height));
    for (const [color, thick] of /** @type {[string, number][]} */ ([["#000a", 4], ["#fff", 1.8]])) {
      pen.strokeStyle = color;
      pen.fillStyle = color;
      pen.lineWidth = thick;
      pen.beginPath();
      pen.moveTo(x0, y0);
      pen.lineTo(x1, y1);
      pen.stroke();
      for (const [x, y] of [[x0, y0], [x1, y1]]) {
        pen.beginPath();
        pen.arc(x, y, 3 + thick / 2, 0, 2 * Math.PI);
        pen.fill();
      }
    }
    const caption = canvas.nextElementSibling;
    if (caption) {
      const name = element("b", "", this.views.length > 1 ? view.shown.run.name : "");
      name.style.color = (isDark() ? RUN_COLORS_ON_DARK : RUN_COLORS)[number % 4];
      caption.replaceChildren(name, this.views.length > 1 ? " " : "",
        `${length(box.widthNm)} × ${length(box.depthNm)} · Sq ${plain(map.rmsNm, 3)} nm · ⟨h⟩ ${plain(map.meanNm, 3)} nm · Ssk ${
          plain(map.skewness, 2)} · Sku ${plain(map.kurtosis, 2)}`);
    }
  }

  /** @param {{low: number, high: number}} range of heights */
  drawProfile(range) {
    const surface = sharp(this.profile);
    if (!surface) {
      return;
    }
    const { context, width, height } = surface;
    const colors = isDark() ? RUN_COLORS_ON_DARK : RUN_COLORS;
    const profiles = this.views.map(view => profileAlong(view, this.line));
    const longest = Math.max(...profiles.map(profile => profile.xs[profile.xs.length - 1]), 1e-9);
    draw(canvasPen(context), {
      width, height, named: true,
      x: { low: 0, high: longest, log: false, unit: "nm", prefixed: false, label: "along the line" },
      y: { ...range, log: false, unit: "nm", prefixed: false, label: "height" },
      curves: profiles.map((profile, i) => ({ name: "", color: colors[i % 4], dash: [], ...profile })),
      colors: themeColors(),
    });
    this.facts.replaceChildren(...profiles.map((profile, i) => {
      const { rms, mean, peakToValley } = roughness(profile.ys);
      const dot = element("i", "");
      dot.style.background = colors[i % 4];
      const name = this.views.length > 1 ? `${this.views[i].shown.run.name}: ` : "";
      return element("div", "", dot, `${name}Rq ${plain(rms, 3)} nm · Ra ${plain(mean, 3)} nm · Rz ${plain(peakToValley, 3)} nm over ${
        length(profile.xs[profile.xs.length - 1])}`);
    }));
  }
}

/** Without what rounding left of a zero. @param {number} nm */
function tidy(nm) {
  return Math.round(nm * 1e6) / 1e6;
}

/**
 * @param {Topography} map
 * @param {number} low
 * @param {number} high
 * @returns {HTMLCanvasElement} a pixel of the map each, y upwards
 */
function picture(map, low, high) {
  const canvas = document.createElement("canvas");
  canvas.width = map.pixelsX;
  canvas.height = map.pixelsY;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = pen.createImageData(map.pixelsX, map.pixelsY);
  const shades = Array.from({ length: 256 }, (_, i) => at(CIVIDIS, i / 255));
  for (let y = 0; y < map.pixelsY; y++) {
    const row = (map.pixelsY - 1 - y) * map.pixelsX;
    for (let x = 0; x < map.pixelsX; x++) {
      const shade = shades[Math.round((255 * (map.heights[y * map.pixelsX + x] - low)) / (high - low || 1))] ?? shades[0];
      image.data.set([shade[0], shade[1], shade[2], 255], 4 * (row + x));
    }
  }
  pen.putImageData(image, 0, 0);
  return canvas;
}

/**
 * @param {View} view
 * @param {number[]} line in parts of the box
 * @returns {{xs: Float64Array, ys: Float64Array}} nm along it, nm high: two samples a pixel of the map
 */
function profileAlong({ map, shown }, [x0, y0, x1, y1]) {
  const box = /** @type {import("./api.js").Description} */ (shown.run.run).box;
  const nm = Math.hypot((x1 - x0) * box.widthNm, (y1 - y0) * box.depthNm);
  const count = Math.max(2, Math.ceil(2 * Math.hypot((x1 - x0) * map.pixelsX, (y1 - y0) * map.pixelsY)));
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const t = i / (count - 1);
    const x = Math.min(map.pixelsX - 1, Math.floor((x0 + t * (x1 - x0)) * map.pixelsX));
    const y = Math.min(map.pixelsY - 1, Math.floor((y0 + t * (y1 - y0)) * map.pixelsY));
    xs[i] = t * nm;
    ys[i] = map.heights[y * map.pixelsX + x];
  }
  return { xs, ys };
}

/**
 * Roughness of a profile about its mean (ISO 21920-2, without filter).
 *
 * @param {Float64Array} heights
 */
export function roughness(heights) {
  const mean = heights.reduce((sum, h) => sum + h, 0) / heights.length;
  let squares = 0;
  let sizes = 0;
  let low = Infinity;
  let high = -Infinity;
  for (const h of heights) {
    squares += (h - mean) ** 2;
    sizes += Math.abs(h - mean);
    low = Math.min(low, h);
    high = Math.max(high, h);
  }
  return { rms: Math.sqrt(squares / heights.length), mean: sizes / heights.length, peakToValley: high - low };
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number[]} line
 * @param {{width: number, height: number}} area
 * @returns {number} how far a point is from a line, in pixels
 */
function toLine(x, y, [x0, y0, x1, y1], area) {
  const [dx, dy] = [(x1 - x0) * area.width, (y1 - y0) * area.height];
  const [px, py] = [(x - x0) * area.width, (y - y0) * area.height];
  const along = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(px - along * dx, py - along * dy);
}

/**
 * @param {number} shift
 * @param {number} a
 * @param {number} b
 * @returns {number} as much of it as keeps both within 0 … 1
 */
function clampShift(shift, a, b) {
  return Math.max(-Math.min(a, b), Math.min(1 - Math.max(a, b), shift));
}
