// The charts of what a run measures, over the axis of the timeline and linked to it by a cursor.

import { axisOf, lastNotAbove, marksOf, placesOf } from "./axis.js";
import { choicesOf, curveName, usualOf, valuesOf } from "./chart-choices.js";
import { RUN_COLORS, RUN_COLORS_ON_DARK } from "./colors.js";
import { element, sharp, themeColors } from "./dom.js";
import { plain } from "./numbers.js";
import { canvasPen, displayOf, draw, rangeOf } from "./plot.js";
import { isDark } from "./preferences.js";

/**
 * @typedef {import("./chart-choices.js").Choice} Choice
 * @typedef {import("./chart-choices.js").Tables} Tables
 * @typedef {Omit<import("./plot.js").Plot, "curves"> & {curves: Series[]}} SeriesPlot
 * @typedef {{choice: Choice, log: boolean, root: HTMLElement, canvas: HTMLCanvasElement, output: HTMLElement,
 *   legend: HTMLElement, frame: import("./plot.js").Frame | null, pixels: number, background: Background | null}} Chart
 *   pixels: CSS pixels a unit of the frame
 * @typedef {{key: string, plot: SeriesPlot, frame: import("./plot.js").Frame,
 *   image: HTMLCanvasElement}} Background
 * @typedef {{name: string, color: string, dash: number[], xs: ArrayLike<number>, ys: ArrayLike<number>, run: number,
 *   column: string}} Series
 */

const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3], [10, 4]];
const ZOOM_STEP = 1.2;

export class Charts {
  /**
   * @param {HTMLElement} into
   * @param {(place: number) => void} goTo
   */
  constructor(into, goTo) {
    this.goTo = goTo;
    /** @type {Tables[]} by run */
    this.tables = [];
    this.version = 0;
    /** @type {string[]} */
    this.names = [];
    /** @type {Map<string, Choice>} what there is to choose from */
    this.choices = new Map();
    /** @type {Chart[]} */
    this.charts = [];
    /** @type {string[] | null} keys; null for the usual ones */
    this.chosen = null;
    /** @type {Map<string, boolean>} by key, where it differs from what is usual */
    this.logs = new Map();
    this.axis = axisOf("time");
    /** @type {{low: number, high: number} | null} */
    this.zoom = null;
    this.cursor = NaN;
    this.hover = NaN;
    this.picker = element("select", "");
    this.picker.setAttribute("aria-label", "Add a chart");
    this.picker.addEventListener("change", () => this.add(this.picker.value));
    this.unzoom = element("button", "", "Whole range");
    this.unzoom.title = "Show the whole range again (double click in a chart)";
    this.unzoom.hidden = true;
    this.unzoom.addEventListener("click", () => this.setZoom(null));
    this.list = element("div", "chart-list");
    into.replaceChildren(element("div", "panel-tools", this.picker, this.unzoom), this.list);
    this.drawing = 0;
    new ResizeObserver(() => this.redraw()).observe(this.list);
  }

  /**
   * @param {Tables[]} tables by run
   * @param {string[]} names of the runs
   */
  setTables(tables, names) {
    this.tables = tables;
    this.names = names;
    this.version++;
    const before = [...this.choices.keys()].join();
    this.choices = choicesOf(tables);
    if (before !== [...this.choices.keys()].join() || this.charts.length === 0) {
      this.layOut();
    }
    this.redraw();
  }

  /** @param {import("./axis.js").Axis} axis */
  setAxis(axis) {
    this.axis = axis;
    this.setZoom(null);
  }

  /** @param {number} place */
  setCursor(place) {
    this.cursor = place;
    this.redraw();
  }

  /** @returns {string[]} keys of what is shown */
  keys() {
    return this.chosen?.filter(key => this.choices.has(key)) ?? usualOf(this.choices);
  }

  layOut() {
    const shown = this.keys();
    this.charts = shown.map(key => this.chart(/** @type {Choice} */ (this.choices.get(key))));
    this.list.replaceChildren(...this.charts.map(chart => chart.root));
    if (this.charts.length === 0) {
      this.list.append(element("p", "quiet", this.choices.size > 0 ? "No chart is chosen." : "No statistics yet."));
    }
    const add = element("option", "", "Add a chart…");
    add.value = "";
    const groups = new Map([["Several in one", /** @type {any[]} */ ([])], ["statistics.csv", []], ["events.csv", []]]);
    this.choices.forEach(choice => {
      const option = element("option", "", choice.unit ? `${choice.title}, ${choice.unit}` : choice.title);
      option.value = choice.key;
      option.disabled = shown.includes(choice.key);
      const group = choice.columns[0] !== choice.key ? "Several in one" : choice.key.startsWith("events/") ? "events.csv" : "statistics.csv";
      groups.get(group)?.push(option);
    });
    this.picker.replaceChildren(add, ...[...groups].filter(([, options]) => options.length > 0).map(([name, options]) => {
      const group = element("optgroup", "", ...options);
      group.label = name;
      return group;
    }));
    this.picker.value = "";
  }

  /** @param {string} key */
  add(key) {
    if (this.choices.has(key)) {
      this.choose([...this.keys(), key]);
      this.charts.at(-1)?.root.scrollIntoView({ block: "nearest" });
    }
  }

  /** @param {string[] | null} keys */
  choose(keys) {
    this.chosen = keys;
    this.layOut();
    this.redraw();
  }

  /** @param {{low: number, high: number} | null} range */
  setZoom(range) {
    this.zoom = range;
    this.unzoom.hidden = range === null;
    this.redraw();
  }

  /**
   * @param {Choice} choice
   * @returns {Chart}
   */
  chart(choice) {
    const canvas = element("canvas", "");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${choice.title} over ${this.axis.title}`);
    const output = element("output", "");
    const legend = element("div", "curve-names");
    const log = element("button", "small", "log");
    log.title = "Logarithmic axis";
    const remove = element("button", "small", "×");
    remove.title = "Remove this chart";
    remove.setAttribute("aria-label", `Remove the chart ${choice.title}`);
    const header = element("header", "", element("h2", "", choice.title), output, log, remove);
    const root = element("section", "chart", header, canvas, legend);
    root.dataset.chart = choice.key;
    /** @type {Chart} */
    const chart = { choice, log: this.logs.get(choice.key) ?? choice.log, root, canvas, output, legend, frame: null, pixels: 1, background: null };
    log.setAttribute("aria-pressed", String(chart.log));
    log.setAttribute("aria-label", `Logarithmic axis of ${choice.title}`);
    log.addEventListener("click", () => {
      chart.log = !chart.log;
      this.logs.set(choice.key, chart.log);
      log.setAttribute("aria-pressed", String(chart.log));
      this.redraw();
    });
    remove.addEventListener("click", () => this.choose(this.keys().filter(key => key !== choice.key)));
    this.listen(chart);
    return chart;
  }

  /** @param {Chart} chart */
  listen(chart) {
    const { canvas } = chart;
    /** @param {MouseEvent} event */
    const place = event =>
      chart.frame?.fromX((event.clientX - canvas.getBoundingClientRect().left) / chart.pixels) ?? NaN;
    canvas.addEventListener("pointerdown", event => {
      if (event.button === 0) {
        canvas.setPointerCapture(event.pointerId);
        this.goTo(this.within(place(event)));
      }
    });
    canvas.addEventListener("pointermove", event => {
      this.hover = place(event);
      if (event.buttons & 1) {
        this.goTo(this.within(this.hover));
      }
      this.redraw();
    });
    canvas.addEventListener("pointerleave", () => {
      this.hover = NaN;
      this.redraw();
    });
    canvas.addEventListener("dblclick", () => this.setZoom(null));
    canvas.addEventListener("wheel", event => {
      if (event.ctrlKey || event.shiftKey || event.altKey) {
        event.preventDefault();
        const delta = event.deltaY || event.deltaX;
        this.zoomAt(place(event), delta > 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
      }
    }, { passive: false });
  }

  /** @param {number} place */
  within(place) {
    const { low, high } = this.range();
    return Math.max(low, Math.min(high, place));
  }

  /**
   * @param {number} place that stays where it is
   * @param {number} factor by which the range widens
   */
  zoomAt(place, factor) {
    const whole = this.wholeRange();
    const { low, high } = this.range();
    const wide = (high - low) * factor;
    if (!Number.isFinite(place) || wide >= whole.high - whole.low) {
      this.setZoom(null);
    } else {
      const start = Math.max(whole.low, Math.min(whole.high - wide, place - (place - low) * factor));
      this.setZoom({ low: start, high: start + wide });
    }
  }

  /** Zooms about the cursor. @param {number} steps positive: closer */
  zoomBy(steps) {
    const { low, high } = this.range();
    const at = this.cursor >= low && this.cursor <= high ? this.cursor : (low + high) / 2;
    this.zoomAt(at, ZOOM_STEP ** (-2 * steps));
  }

  wholeRange() {
    const ends = this.tables.map(({ statistics }) => (statistics ? lastOf(this.axis.of(statistics)) : 0));
    return { low: 0, high: Math.max(...ends, 0) || 1 };
  }

  range() {
    return this.zoom ?? this.wholeRange();
  }

  /**
   * @param {Choice} choice
   * @returns {Series[]}
   */
  series(choice) {
    const colors = isDark() ? RUN_COLORS_ON_DARK : RUN_COLORS;
    const several = this.tables.length > 1;
    return this.tables.flatMap(({ statistics, events }, run) => choice.columns.flatMap((column, i) => {
      if (!statistics) {
        return [];
      }
      const ofEvents = column.startsWith("events/");
      const table = ofEvents ? events : statistics;
      const ys = ofEvents ? events?.columns.get(column.slice(7)) : valuesOf(statistics, column);
      if (!table || !ys) {
        return [];
      }
      const xs = ofEvents ? placesOf(statistics, this.axis, table.columns.get("time_s") ?? []) : this.axis.of(statistics);
      return [{
        name: choice.columns.length > 1 ? curveName(column) : this.names[run],
        color: colors[(several || choice.columns.length === 1 ? run : i) % colors.length],
        dash: several ? DASHES[i % DASHES.length] : i < colors.length ? [] : DASHES[Math.floor(i / colors.length) % DASHES.length],
        ...joined(xs, ys), run, column,
      }];
    }));
  }

  /**
   * @param {Choice} choice
   * @param {boolean} log
   * @param {number} width
   * @param {number} height
   * @param {boolean} named
   * @returns {SeriesPlot}
   */
  plot(choice, log, width, height, named) {
    const curves = this.series(choice);
    const { low, high } = this.range();
    const visible = this.zoom
      ? curves.map(({ xs, ys }) => Array.prototype.slice.call(ys, Math.max(0, lastNotAbove(xs, low)), lastNotAbove(xs, high) + 2))
      : curves.map(curve => curve.ys);
    const marked = this.tables.find(({ statistics }) => statistics);
    const marks = marked?.statistics ? marksOf(marked.statistics, this.axis).map(mark => mark.place) : [];
    return {
      width, height, curves, named,
      x: { low, high, log: false, unit: this.axis.unit, prefixed: this.axis.unit !== "" },
      y: { ...rangeOf(visible, log), log, unit: choice.unit, prefixed: choice.prefixed },
      marks: this.tables.length === 1 && marks.length <= 40 ? marks : [],
      colors: themeColors(),
    };
  }

  /** Draws with the next frame of the screen, once. */
  redraw() {
    if (this.drawing === 0) {
      this.drawing = requestAnimationFrame(() => {
        this.drawing = 0;
        this.charts.forEach((chart, i) => this.drawChart(chart, i === this.charts.length - 1));
      });
    }
  }

  /**
   * @param {Chart} chart
   * @param {boolean} named whether the axis carries its unit
   */
  drawChart(chart, named) {
    const surface = sharp(chart.canvas);
    if (!surface) {
      return;
    }
    const { context, width, height, unit } = surface;
    const { plot, frame, image } = this.background(chart, named, width, height, unit);
    context.drawImage(image, 0, 0, width, height);
    chart.pixels = unit;
    chart.frame = frame;
    const hovered = Number.isFinite(this.hover);
    const place = hovered ? this.within(this.hover) : this.cursor;
    const pen = canvasPen(context);
    for (const [at, color] of [[this.cursor, plot.colors.text], [hovered ? place : NaN, plot.colors.quiet]]) {
      const x = frame.toX(/** @type {number} */ (at));
      if (x >= frame.left - 1 && x <= frame.right + 1) {
        pen.path([[x, frame.top], [x, frame.bottom]], String(color), 1);
      }
    }
    const values = plot.curves.map(curve => valueAt(curve, place));
    plot.curves.forEach((curve, i) => {
      const x = frame.toX(place);
      const y = frame.toY(values[i]);
      if (Number.isFinite(y) && x >= frame.left - 1 && x <= frame.right + 1) {
        context.fillStyle = curve.color;
        context.beginPath();
        context.arc(x, Math.max(frame.top, Math.min(frame.bottom, y)), 3, 0, 2 * Math.PI);
        context.fill();
      }
    });
    this.readOut(chart, plot, values, hovered ? place : NaN);
  }

  /**
   * What of a chart stays as it is while the cursor moves, drawn once: there may be many rows, and an animation has no time.
   *
   * @param {Chart} chart
   * @param {boolean} named
   * @param {number} width
   * @param {number} height
   * @param {number} unit CSS pixels
   */
  background(chart, named, width, height, unit) {
    const scale = unit * window.devicePixelRatio;
    const key = [width, height, scale, named, chart.log, this.zoom?.low, this.zoom?.high, this.axis.name, isDark(), this.version].join();
    if (chart.background?.key !== key) {
      const plot = this.plot(chart.choice, chart.log, width, height, named);
      const image = document.createElement("canvas");
      image.width = Math.round(width * scale);
      image.height = Math.round(height * scale);
      const context = /** @type {CanvasRenderingContext2D} */ (image.getContext("2d"));
      context.scale(scale, scale);
      chart.background = { key, plot, frame: draw(canvasPen(context), plot), image };
    }
    return chart.background;
  }

  /**
   * Says what the curves are worth at a place.
   *
   * @param {Chart} chart
   * @param {SeriesPlot} plot
   * @param {number[]} values by curve
   * @param {number} hovered where the mouse is, NaN if it is elsewhere
   */
  readOut(chart, plot, values, hovered) {
    const { factor, prefix } = displayOf(plot.y);
    const unit = prefix + chart.choice.unit;
    const texts = values.map(value => plain(value / factor, this.tables.length > 2 ? 2 : 3));
    const several = chart.choice.columns.length > 1;
    const parts = [several ? "" : texts.join(" | "), unit, Number.isFinite(hovered) ? `at ${this.axis.text(hovered)}` : ""];
    chart.output.textContent = parts.filter(part => part !== "").join(" ");
    chart.legend.hidden = !several;
    chart.legend.replaceChildren(...(several ? chart.choice.columns : []).map(column => {
      const members = plot.curves.map((curve, i) => ({ curve, text: texts[i] })).filter(({ curve }) => curve.column === column);
      return element("span", "", `${curveName(column)} `, ...members.flatMap(({ curve, text }) => {
        const value = element("b", curve.dash.length > 0 ? "dashed" : "", text);
        value.style.borderColor = curve.color;
        value.title = this.names[curve.run];
        return [value, " "];
      }));
    }));
  }
}

/**
 * @param {Series} curve
 * @param {number} place
 * @returns {number} the last value that is not after it
 */
function valueAt(curve, place) {
  const row = lastNotAbove(curve.xs, place * (1 + 1e-12));
  return row >= 0 ? curve.ys[row] : NaN;
}

/**
 * Joins what stands alone in its rows, as a column does that is measured at snapshots only. Gaps in any other stay gaps.
 *
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @returns {{xs: ArrayLike<number>, ys: ArrayLike<number>}}
 */
function joined(xs, ys) {
  const rows = [...Array(ys.length).keys()].filter(row => Number.isFinite(ys[row]));
  const beside = rows.filter((row, i) => i > 0 && row === rows[i - 1] + 1).length;
  return rows.length < ys.length && beside < rows.length / 2
    ? { xs: rows.map(row => xs[row]), ys: rows.map(row => ys[row]) } : { xs, ys };
}

/** @param {ArrayLike<number>} values */
function lastOf(values) {
  return values.length > 0 ? values[values.length - 1] : 0;
}

