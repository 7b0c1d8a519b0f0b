// Charts of the statistics over time, linked to the timeline by a cursor.

import { RUN_COLORS, RUN_COLORS_ON_DARK } from "./colors.js";
import { element } from "./dom.js";
import { plain, prefixOf, ticks } from "./numbers.js";
import { isDark } from "./preferences.js";

/**
 * @typedef {{column: string, title: string, unit: string, prefixed: boolean}} Quantity
 * @typedef {{quantity: Quantity, canvas: HTMLCanvasElement, output: HTMLOutputElement}} Chart
 * @typedef {import("./api.js").Statistics | null} Table
 */

/** @type {Quantity[]} */
const QUANTITIES = [
  { column: "overpotential_V", title: "Overpotential", unit: "V", prefixed: true },
  { column: "current_density_A_per_m2", title: "Current density", unit: "A/m²", prefixed: true },
  { column: "rms_roughness_nm", title: "Roughness Sq", unit: "nm", prefixed: false },
  { column: "coverage", title: "Coverage of the first layer", unit: "", prefixed: false },
  { column: "island_count", title: "Islands", unit: "", prefixed: false },
];
const MARGIN = { left: 46, right: 8, top: 5, bottom: 16 };

export class Charts {
  /**
   * @param {HTMLElement} into
   * @param {(timeSeconds: number) => void} goTo
   */
  constructor(into, goTo) {
    this.into = into;
    this.goTo = goTo;
    /** @type {Table[]} by run */
    this.tables = [];
    /** @type {Chart[]} */
    this.charts = [];
    this.cursorSeconds = NaN;
    new ResizeObserver(() => this.draw()).observe(into);
  }

  /** @param {Table[]} tables null for a run without any */
  setTables(tables) {
    this.tables = tables;
    const present = QUANTITIES.filter(q => tables.some(t => (t?.columns.get(q.column)?.length ?? 0) > 0));
    if (present.map(q => q.column).join() !== this.charts.map(c => c.quantity.column).join() || present.length === 0) {
      this.charts = present.map(quantity => this.chart(quantity));
      this.into.replaceChildren(...this.charts.map(chart =>
        element("section", "chart",
          element("header", "", element("h2", "", chart.quantity.title), chart.output), chart.canvas)));
      if (present.length === 0) {
        this.into.append(element("p", "", "No statistics yet."));
      }
    }
    this.draw();
  }

  /** @param {number} timeSeconds */
  setCursor(timeSeconds) {
    this.cursorSeconds = timeSeconds;
    this.draw();
  }

  /**
   * @param {Quantity} quantity
   * @returns {Chart}
   */
  chart(quantity) {
    const canvas = element("canvas", "");
    canvas.setAttribute("aria-label", `${quantity.title} over time`);
    /** @param {PointerEvent} event */
    const go = event => {
      const area = canvas.getBoundingClientRect();
      const fraction = (event.clientX - area.left - MARGIN.left) / (area.width - MARGIN.left - MARGIN.right);
      this.goTo(Math.max(0, Math.min(1, fraction)) * this.lastSeconds());
    };
    canvas.addEventListener("pointerdown", event => {
      canvas.setPointerCapture(event.pointerId);
      go(event);
    });
    canvas.addEventListener("pointermove", event => {
      if (event.buttons & 1) {
        go(event);
      }
    });
    return { quantity, canvas, output: element("output", "") };
  }

  lastSeconds() {
    return Math.max(...this.tables.map(table => table?.columns.get("time_s")?.at(-1) ?? 0), 1e-30);
  }

  draw() {
    this.charts.forEach((chart, i) => this.drawChart(chart, i === this.charts.length - 1));
  }

  /**
   * @param {Chart} chart
   * @param {boolean} named whether the time axis carries its unit
   */
  drawChart(chart, named) {
    const { canvas, quantity } = chart;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    const ratio = window.devicePixelRatio;
    const pen = canvas.getContext("2d");
    if (!pen || width === 0 || height === 0) {
      return;
    }
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    pen.scale(ratio, ratio);
    const style = getComputedStyle(document.documentElement);
    const quiet = style.getPropertyValue("--quiet");
    const grid = style.getPropertyValue("--line");
    pen.font = "11px system-ui, 'DejaVu Sans', sans-serif";

    const last = this.lastSeconds();
    const series = this.tables.map(table => ({
      times: table?.columns.get("time_s") ?? [],
      values: table?.columns.get(quantity.column) ?? [],
    }));
    const { low, high } = rangeOf(series.map(s => s.values));
    const largest = Math.max(Math.abs(low), Math.abs(high));
    const y = quantity.prefixed ? prefixOf(largest) : { factor: 1, prefix: "" };
    const x = prefixOf(last);
    const left = MARGIN.left;
    const right = width - MARGIN.right;
    const bottom = height - MARGIN.bottom;
    /** @param {number} time */
    const toX = time => left + ((right - left) * time) / last;
    /** @param {number} value */
    const toY = value => bottom - ((bottom - MARGIN.top) * (value - low)) / (high - low);

    pen.fillStyle = quiet;
    pen.strokeStyle = grid;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const value of ticks(low / y.factor, high / y.factor, Math.max(2, height / 32))) {
      line(pen, left, toY(value * y.factor), right, toY(value * y.factor));
      pen.fillText(plain(value, 3), left - 5, toY(value * y.factor));
    }
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    for (const time of ticks(0, last / x.factor, 4)) {
      line(pen, toX(time * x.factor), MARGIN.top, toX(time * x.factor), bottom);
      const atEnd = toX(time * x.factor) > right - 14;
      pen.textAlign = atEnd ? "right" : "center";
      pen.fillText(plain(time, 3) + (named && time === 0 ? ` ${x.prefix}s` : ""), Math.min(right, toX(time * x.factor)), height - 4);
    }

    const colors = isDark() ? RUN_COLORS_ON_DARK : RUN_COLORS;
    pen.save();
    pen.beginPath();
    pen.rect(left, 0, right - left, bottom + 1);
    pen.clip();
    series.forEach((s, run) => {
      pen.strokeStyle = colors[run % colors.length];
      pen.lineWidth = 1.5;
      trace(pen, s.times, s.values, toX, toY);
    });
    pen.restore();

    if (Number.isFinite(this.cursorSeconds)) {
      pen.lineWidth = 1;
      pen.strokeStyle = style.getPropertyValue("--text");
      line(pen, toX(this.cursorSeconds), MARGIN.top, toX(this.cursorSeconds), bottom);
      const unit = y.prefix + quantity.unit;
      chart.output.textContent = series
        .map(s => plain(valueAt(s.times, s.values, this.cursorSeconds) / y.factor, 3))
        .join(" | ") + (unit ? ` ${unit}` : "");
    }
  }
}

/**
 * @param {number[][]} columns
 * @returns {{low: number, high: number}} of the finite values, with some air around it
 */
function rangeOf(columns) {
  let low = Infinity;
  let high = -Infinity;
  for (const values of columns) {
    for (const value of values) {
      if (Number.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  if (low > high) {
    return { low: 0, high: 1 };
  }
  const air = high > low ? 0.06 * (high - low) : Math.max(1e-12, 0.1 * Math.abs(high)) || 1;
  return { low: low === 0 ? 0 : low - air, high: high + air };
}

/**
 * The last value that is not after a time.
 *
 * @param {number[]} times ascending
 * @param {number[]} values
 * @param {number} time
 */
function valueAt(times, values, time) {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low > 0 ? values[low - 1] : NaN;
}

/**
 * A curve, of each column of pixels no more than its lowest and highest value: cost in pixels, not in rows, for the pen.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {number[]} times
 * @param {number[]} values
 * @param {(time: number) => number} toX
 * @param {(value: number) => number} toY
 */
function trace(pen, times, values, toX, toY) {
  pen.beginPath();
  let down = false;
  for (let i = 0; i < times.length;) {
    const pixel = Math.round(toX(times[i]));
    let low = Infinity;
    let high = -Infinity;
    let lastValue = NaN;
    const x = toX(times[i]);
    for (; i < times.length && Math.round(toX(times[i])) === pixel; i++) {
      lastValue = values[i];
      if (Number.isFinite(lastValue)) {
        low = Math.min(low, lastValue);
        high = Math.max(high, lastValue);
      }
    }
    if (low > high) {
      down = false; // Nothing was measured here: a gap.
      continue;
    }
    if (down) {
      pen.lineTo(x, toY(low));
    } else {
      pen.moveTo(x, toY(low));
    }
    pen.lineTo(x, toY(high));
    if (Number.isFinite(lastValue)) {
      pen.lineTo(x, toY(lastValue));
    }
    down = true;
  }
  pen.stroke();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 */
function line(pen, x0, y0, x1, y1) {
  pen.beginPath();
  pen.moveTo(Math.round(x0) + 0.5, Math.round(y0) + 0.5);
  pen.lineTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
  pen.stroke();
}
