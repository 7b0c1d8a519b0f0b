// Draws a chart with any pen: one of a canvas or one that writes SVG.

import { plain, prefixOf, ticks } from "./numbers.js";

/**
 * @typedef {{name: string, color: string, dash: number[], xs: ArrayLike<number>, ys: ArrayLike<number>}} Curve
 * @typedef {{low: number, high: number, log: boolean, unit: string, prefixed: boolean, label?: string}} Scale
 * @typedef {{width: number, height: number, x: Scale, y: Scale, curves: Curve[], marks?: number[],
 *   colors: {text: string, quiet: string, grid: string}, named: boolean}} Plot named: whether the x axis says its unit
 * @typedef {{left: number, right: number, top: number, bottom: number, toX: (x: number) => number, toY: (y: number) => number,
 *   fromX: (pixel: number) => number}} Frame
 * @typedef {{
 *   path: (points: number[][], color: string, width: number, dash?: number[]) => void,
 *   text: (x: number, y: number, text: string, color: string, align: "left" | "center" | "right") => void,
 *   clip: (x: number, y: number, width: number, height: number, draw: () => void) => void}} Pen
 */

const MARGIN = { left: 48, right: 10, top: 6, bottom: 17 };
export const FONT = "11px system-ui, 'DejaVu Sans', sans-serif";

/**
 * @param {Plot} plot
 * @returns {Frame} where things lie
 */
export function frameOf(plot) {
  const { x, y } = plot;
  const left = MARGIN.left;
  const right = plot.width - MARGIN.right;
  const top = MARGIN.top + (y.label ? 13 : 0);
  const bottom = plot.height - MARGIN.bottom - (x.label ? 13 : 0);
  const [xLow, xHigh] = [to(x, x.low), to(x, x.high)];
  const [yLow, yHigh] = [to(y, y.low), to(y, y.high)];
  return {
    left, right, top, bottom,
    toX: value => left + ((right - left) * (to(x, value) - xLow)) / (xHigh - xLow || 1),
    toY: value => bottom - ((bottom - top) * (to(y, value) - yLow)) / (yHigh - yLow || 1),
    fromX: pixel => {
      const t = xLow + ((pixel - left) / (right - left || 1)) * (xHigh - xLow);
      return x.log ? 10 ** t : t;
    },
  };
}

/**
 * @param {Scale} scale
 * @param {number} value
 */
function to(scale, value) {
  return scale.log ? Math.log10(value) : value;
}

/**
 * @param {Pen} pen
 * @param {Plot} plot
 * @returns {Frame}
 */
export function draw(pen, plot) {
  const frame = frameOf(plot);
  const { left, right, top, bottom, toX, toY } = frame;
  const { quiet, grid } = plot.colors;
  const x = divide(plot.x, Math.max(2, (right - left) / 70));
  const y = divide(plot.y, Math.max(2, (bottom - top) / 30));
  for (const { value, text } of y.ticks) {
    pen.path([[left, toY(value)], [right, toY(value)]], grid, 1);
    pen.text(left - 5, toY(value) + 4, text, quiet, "right");
  }
  x.ticks.forEach(({ value, text }, i) => {
    pen.path([[toX(value), top], [toX(value), bottom]], grid, 1);
    const unit = plot.named && i === 0 && !plot.x.label ? ` ${x.prefix}${plot.x.unit}` : "";
    const at = toX(value);
    const room = 3.4 * (text.length + unit.length);
    const align = at > right - room ? "right" : at < left + room ? "left" : "center";
    pen.text(align === "right" ? Math.min(right, at + room) : align === "left" ? Math.max(left - 8, at - room) : at,
      bottom + 13, text + unit, quiet, align);
  });
  if (plot.x.label) {
    pen.text(right, plot.height - 4, `${plot.x.label}${unitText(x.prefix, plot.x.unit)}`, quiet, "right");
  }
  if (plot.y.label) {
    pen.text(4, 11, `${plot.y.label}${unitText(y.prefix, plot.y.unit)}`, quiet, "left");
  }
  pen.clip(left, top - 1, right - left, bottom - top + 2, () => {
    for (const mark of plot.marks ?? []) {
      pen.path([[toX(mark), top], [toX(mark), bottom]], quiet, 1, [2, 3]);
    }
    for (const curve of plot.curves) {
      for (const piece of trace(curve, plot, frame)) {
        pen.path(piece, curve.color, 1.6, curve.dash);
      }
    }
  });
  return frame;
}

/**
 * @param {string} prefix
 * @param {string} unit
 */
function unitText(prefix, unit) {
  return prefix + unit ? `, ${prefix}${unit}` : "";
}

/**
 * @param {Scale} scale
 * @returns {{factor: number, prefix: string}} by which its values are displayed
 */
export function displayOf(scale) {
  return scale.prefixed ? prefixOf(Math.max(Math.abs(scale.low), Math.abs(scale.high))) : { factor: 1, prefix: "" };
}

/**
 * @param {Scale} scale
 * @param {number} most
 * @returns {{prefix: string, ticks: {value: number, text: string}[]}}
 */
function divide(scale, most) {
  const { factor, prefix } = displayOf(scale);
  if (!scale.log) {
    return {
      prefix,
      ticks: ticks(scale.low / factor, scale.high / factor, most).map(v => ({ value: v * factor, text: plain(v, 4) })),
    };
  }
  const low = Math.ceil(Math.log10(scale.low) - 1e-9);
  const high = Math.floor(Math.log10(scale.high) + 1e-9);
  const step = Math.max(1, Math.ceil((high - low + 1) / most));
  const found = [];
  for (let power = low; power <= high; power += step) {
    found.push({ value: 10 ** power, text: Math.abs(power) > 4 && factor === 1 ? `1e${power}` : plain(10 ** power / factor, 2) });
  }
  if (found.length < 2) {
    return { prefix, ticks: [scale.low, scale.high].map(value => ({ value, text: plain(value / factor, 2) })) };
  }
  return { prefix, ticks: found };
}

/**
 * The pieces of a curve between gaps, of each column of pixels no more than first, lowest, highest and last: cost in
 * pixels, not in rows, for the pen.
 *
 * @param {Curve} curve
 * @param {Plot} plot
 * @param {Frame} frame
 * @returns {number[][][]}
 */
function trace(curve, plot, { toX, toY }) {
  const { xs, ys } = curve;
  const pieces = [];
  /** @type {number[][]} */
  let piece = [];
  const count = Math.min(xs.length, ys.length);
  for (let i = 0; i < count;) {
    const x = toX(xs[i]);
    const pixel = Math.round(x);
    let low = Infinity;
    let high = -Infinity;
    let last = NaN;
    for (; i < count && (Math.round(toX(xs[i])) === pixel || !Number.isFinite(toX(xs[i]))); i++) {
      last = plot.y.log && !(ys[i] > 0) ? NaN : ys[i];
      if (Number.isFinite(last)) {
        low = Math.min(low, last);
        high = Math.max(high, last);
      }
    }
    if (low > high || !Number.isFinite(x)) {
      if (piece.length > 0) {
        pieces.push(piece); // Nothing was measured here: a gap.
        piece = [];
      }
      continue;
    }
    piece.push([x, toY(low)]);
    if (high > low) {
      piece.push([x, toY(high)]);
      if (Number.isFinite(last)) {
        piece.push([x, toY(last)]);
      }
    }
  }
  if (piece.length > 0) {
    pieces.push(piece);
  }
  return pieces.map(p => (p.length === 1 ? [p[0], [p[0][0] + 1, p[0][1]]] : p));
}

/**
 * The range of values, with some air around it.
 *
 * @param {ArrayLike<number>[]} columns
 * @param {boolean} log whether values that are not positive are left out
 * @returns {{low: number, high: number}}
 */
export function rangeOf(columns, log) {
  let low = Infinity;
  let high = -Infinity;
  for (const values of columns) {
    for (let i = 0; i < values.length; i++) {
      if (Number.isFinite(values[i]) && (!log || values[i] > 0)) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
    }
  }
  if (low > high) {
    return log ? { low: 1, high: 10 } : { low: 0, high: 1 };
  }
  if (log) {
    return high > low ? { low: low / 1.15, high: high * 1.15 } : { low: low / 3, high: high * 3 };
  }
  const air = high > low ? 0.06 * (high - low) : 0.1 * Math.abs(high) || 1;
  return { low: low === 0 ? 0 : low - air, high: high + air };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @returns {Pen}
 */
export function canvasPen(context) {
  context.font = FONT;
  context.lineJoin = "round";
  return {
    path(points, color, width, dash = []) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.setLineDash(dash);
      context.beginPath();
      const straight = points.length === 2 && width === 1; // Grid and cursor: on whole pixels, so that they are sharp.
      points.forEach(([x, y], i) => {
        const [px, py] = straight ? [Math.round(x) + 0.5, Math.round(y) + 0.5] : [x, y];
        if (i === 0) {
          context.moveTo(px, py);
        } else {
          context.lineTo(px, py);
        }
      });
      context.stroke();
      context.setLineDash([]);
    },
    text(x, y, text, color, align) {
      context.fillStyle = color;
      context.textAlign = align;
      context.textBaseline = "alphabetic";
      context.fillText(text, x, y);
    },
    clip(x, y, width, height, drawing) {
      context.save();
      context.beginPath();
      context.rect(x, y, width, height);
      context.clip();
      drawing();
      context.restore();
    },
  };
}

/** A pen that writes the inside of an SVG picture. */
export class SvgPen {
  /** @param {string} prefix sets the names of several pictures in one file apart */
  constructor(prefix) {
    this.parts = /** @type {string[]} */ ([]);
    this.prefix = prefix;
    this.clips = 0;
  }

  /**
   * @param {number[][]} points
   * @param {string} color
   * @param {number} width
   * @param {number[]} [dash]
   */
  path(points, color, width, dash = []) {
    const d = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
    const dashed = dash.length > 0 ? ` stroke-dasharray="${dash.join(" ")}"` : "";
    this.parts.push(`<path d="${d}" fill="none" stroke="${escape(color)}" stroke-width="${width}"${dashed}/>`);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {string} text
   * @param {string} color
   * @param {"left" | "center" | "right"} align
   */
  text(x, y, text, color, align) {
    const anchor = { left: "start", center: "middle", right: "end" }[align];
    this.parts.push(
      `<text x="${round(x)}" y="${round(y)}" fill="${escape(color)}" text-anchor="${anchor}">${escape(text)}</text>`);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   * @param {() => void} drawing
   */
  clip(x, y, width, height, drawing) {
    const id = `clip-${this.prefix}${this.clips++}`;
    this.parts.push(`<clipPath id="${id}"><rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${
      round(height)}"/></clipPath><g clip-path="url(#${id})">`);
    drawing();
    this.parts.push("</g>");
  }
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 100) / 100;
}

/** @param {string} text */
export function escape(text) {
  return text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
}
