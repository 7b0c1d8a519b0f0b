// The view as a picture of any size, with titles, legend, scale bar and time.

import { length, niceBelow } from "./numbers.js";

/**
 * @typedef {{titles: string[], time: string, legend: import("./coloring.js").Legend | null}} Lettering
 */

const MOST_PIXELS = 16384;

/**
 * @param {import("./scene.js").Stage} stage
 * @param {number} width pixels
 * @param {number} height pixels
 * @param {Lettering | null} lettering null for none
 * @param {HTMLCanvasElement} [onto] is used if given
 * @returns {HTMLCanvasElement}
 */
export function picture(stage, width, height, lettering, onto = document.createElement("canvas")) {
  if (!(width >= 16 && height >= 16 && width <= MOST_PIXELS && height <= MOST_PIXELS)) {
    throw new Error(`A picture has 16 to ${MOST_PIXELS} pixels a side, not ${width} × ${height}.`);
  }
  onto.width = Math.round(width);
  onto.height = Math.round(height);
  const pen = onto.getContext("2d", { willReadFrequently: true });
  if (!pen) {
    throw new Error(`This browser cannot make a picture of ${width} × ${height} pixels. Try a smaller one.`);
  }
  const style = getComputedStyle(document.documentElement);
  pen.fillStyle = style.getPropertyValue("--stage");
  pen.fillRect(0, 0, onto.width, onto.height);
  const nmPerPixel = stage.drawOnto(pen, onto.width, onto.height);
  if (lettering) {
    letter(pen, onto.width, onto.height, lettering, nmPerPixel, style);
  }
  return onto;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number} width
 * @param {number} height
 * @param {Lettering} lettering
 * @param {number} nmPerPixel
 * @param {CSSStyleDeclaration} style
 */
function letter(pen, width, height, { titles, time, legend }, nmPerPixel, style) {
  const unit = Math.max(0.5, Math.min(width / 1280, height / 720));
  const text = style.getPropertyValue("--text");
  const line = style.getPropertyValue("--line");
  const pane = width / Math.max(1, titles.length);
  const font = "system-ui, 'DejaVu Sans', sans-serif";
  const gap = 14 * unit;
  pen.textBaseline = "alphabetic";
  titles.forEach((title, i) => {
    pen.fillStyle = text;
    pen.font = `600 ${15 * unit}px ${font}`;
    pen.fillText(title, i * pane + gap, 24 * unit, pane - 2 * gap);
    if (i > 0) {
      pen.fillStyle = line;
      pen.fillRect(Math.round(i * pane), 0, Math.max(1, unit), height);
    }
  });
  pen.fillStyle = text;
  pen.font = `${14 * unit}px ${font}`;
  pen.textAlign = "right";
  pen.fillText(time, width - gap, 24 * unit);

  const bar = niceBelow(nmPerPixel * 130 * unit);
  const barWidth = bar / nmPerPixel;
  pen.textAlign = "center";
  pen.fillText(length(bar), width - gap - barWidth / 2, height - 18 * unit);
  pen.fillRect(width - gap - barWidth, height - 14 * unit, barWidth, 3 * unit);
  pen.textAlign = "left";

  if (legend) {
    const swatches = legend.swatches ?? [];
    const rows = swatches.length + (legend.ramp ? 2 : 0);
    let y = height - gap - 19 * unit * rows + 4 * unit;
    pen.font = `600 ${13 * unit}px ${font}`;
    pen.fillText(legend.title, gap, y - 8 * unit);
    pen.font = `${13 * unit}px ${font}`;
    for (const { name, color } of swatches) {
      pen.fillStyle = color;
      pen.beginPath();
      pen.arc(gap + 6 * unit, y + 5 * unit, 6 * unit, 0, 2 * Math.PI);
      pen.fill();
      pen.strokeStyle = line;
      pen.stroke();
      pen.fillStyle = text;
      pen.fillText(name, gap + 20 * unit, y + 10 * unit);
      y += 19 * unit;
    }
    if (legend.ramp) {
      const ramp = legend.ramp;
      const wide = 190 * unit;
      const colors = pen.createLinearGradient(gap, 0, gap + wide, 0);
      ramp.forEach((color, i) => colors.addColorStop(i / (ramp.length - 1), color));
      pen.fillStyle = colors;
      pen.fillRect(gap, y, wide, 12 * unit);
      pen.fillStyle = text;
      pen.fillText(legend.low ?? "", gap, y + 27 * unit);
      pen.textAlign = "right";
      pen.fillText(legend.high ?? "", gap + wide, y + 27 * unit);
      pen.textAlign = "left";
    }
  }
}
