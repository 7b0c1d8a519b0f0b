// The charts of what a run measures, over the axis of the timeline and linked to it by a cursor.

import { coulombicEfficiency } from "./derived.js";
import { axisOf, lastNotAbove, marksOf, placesOf } from "./axis.js";
import { RUN_COLORS, RUN_COLORS_ON_DARK } from "./colors.js";
import { isMeasured, quantity } from "./columns.js";
import { element, sharp, themeColors } from "./dom.js";
import { plain } from "./numbers.js";
import { canvasPen, displayOf, draw, escape, FONT, rangeOf, SvgPen } from "./plot.js";
import { isDark } from "./preferences.js";

/**
 * @typedef {import("./api.js").Table} Table
 * @typedef {{key: string, title: string, unit: string, prefixed: boolean, columns: string[], log: boolean}} Choice
 * @typedef {{statistics: Table | null, events: Table | null}} Tables
 * @typedef {{choice: Choice, log: boolean, root: HTMLElement, canvas: HTMLCanvasElement, output: HTMLElement,
 *   legend: HTMLElement, frame: import("./plot.js").Frame | null, pixels: number}} Chart pixels: CSS pixels a unit of the frame
 * @typedef {{name: string, color: string, dash: number[], xs: ArrayLike<number>, ys: ArrayLike<number>, run: number,
 *   column: string}} Series
 */

/** Charts of several columns. */
const GROUPS = [
  { key: "heights", title: "Height: mean, greatest, least", of: c => /^(mean|max|min)_height_nm$/.test(c), log: false },
  { key: "species", title: "Sites of each species", of: c => c.startsWith("sites_") && !/vacant|electrolyte/i.test(c), log: true },
  { key: "site-types", title: "Coverage by site type", of: c => c.startsWith("coverage_"), log: false },
  { key: "event-rates", title: "Event rates", of: c => c.startsWith("events/") && c.endsWith("_rate_per_s"), log: true },
  { key: "event-counts", title: "Events of each process", of: c => c.startsWith("events/") && c.endsWith("_count"), log: true },
];

/** What is shown before anything was chosen, as far as there is any of it. */
const USUAL = [
  /^overpotential_V$/, /^current_density_A_per_m2$/, /^rms_roughness_nm$/, /^coverage$/, /^island_density_per_m2$/,
  /^island_count$/, /dendrite.*(tip|count)/, /^dead_/, /^coulombic_efficiency$/, /^event-rates$/,
];
const MOST_USUAL = 8;
const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3], [10, 4]];
const ZOOM_STEP = 1.2;

export class Charts {
  /**
   * @param {HTMLElement} into
   * @param {(place: number) => void} goTo
   * @param {() => void} changed the choice of charts
   */
  constructor(into, goTo, changed) {
    this.goTo = goTo;
    this.changed = changed;
    /** @type {Tables[]} by run */
    this.tables = [];
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
    const before = [...this.choices.keys()].join();
    this.choices = choicesOf(this.columns());
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

  /** @returns {Set<string>} all columns of any run, those of events.csv behind "events/" */
  columns() {
    const found = new Set();
    for (const { statistics, events } of this.tables) {
      statistics?.columns.forEach((values, name) => {
        if (isMeasured(name) && values.some(Number.isFinite)) {
          found.add(name);
        }
      });
      events?.columns.forEach((_, name) => {
        if (isMeasured(name) && name !== "events") {
          found.add(`events/${name}`);
        }
      });
      if (statistics && !statistics.columns.has("coulombic_efficiency") && coulombicEfficiency(statistics)) {
        found.add("coulombic_efficiency");
      }
    }
    return found;
  }

  /** @returns {string[]} keys of what is shown */
  keys() {
    if (this.chosen) {
      return this.chosen.filter(key => this.choices.has(key));
    }
    const keys = [...this.choices.keys()];
    const usual = USUAL.flatMap(pattern => keys.filter(key => pattern.test(key)));
    // Nuclei are told by their density where there is one.
    return [...new Set(usual)].filter(key => key !== "island_count" || !keys.includes("island_density_per_m2")).slice(0, MOST_USUAL);
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
    this.changed();
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
    const chart = { choice, log: this.logs.get(choice.key) ?? choice.log, root, canvas, output, legend, frame: null, pixels: 1 };
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
    return { low: 0, high: Math.max(...ends, 1e-30) };
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
        xs, ys, run, column,
      }];
    }));
  }

  /**
   * @param {Choice} choice
   * @param {boolean} log
   * @param {number} width
   * @param {number} height
   * @param {boolean} named
   * @returns {import("./plot.js").Plot & {curves: Series[]}}
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
    const { context, width, height, unit: pixels } = surface;
    chart.pixels = pixels;
    const plot = this.plot(chart.choice, chart.log, width, height, named);
    const pen = canvasPen(context);
    const frame = draw(pen, plot);
    chart.frame = frame;
    const hovered = Number.isFinite(this.hover);
    const place = hovered ? this.within(this.hover) : this.cursor;
    for (const [at, color] of [[this.cursor, plot.colors.text], [hovered ? place : NaN, plot.colors.quiet]]) {
      const x = frame.toX(/** @type {number} */ (at));
      if (x >= frame.left - 1 && x <= frame.right + 1) {
        pen.path([[x, frame.top], [x, frame.bottom]], String(color), 1);
      }
    }
    const { factor, prefix } = displayOf(plot.y);
    const unit = prefix + chart.choice.unit;
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
    const texts = values.map(value => plain(value / factor, 3));
    const many = chart.choice.columns.length > 1;
    chart.output.textContent = many ? (hovered ? this.axis.text(place) : "")
      : texts.join(" | ") + (unit ? ` ${unit}` : "") + (hovered ? ` at ${this.axis.text(place)}` : "");
    chart.legend.hidden = !many;
    if (many) {
      chart.legend.replaceChildren(...chart.choice.columns.map(column => {
        const members = plot.curves.map((curve, i) => ({ curve, text: texts[i] })).filter(({ curve }) => curve.column === column);
        return element("span", "", `${curveName(column)} `, ...members.flatMap(({ curve, text }) => {
          const value = element("b", curve.dash.length > 0 ? "dashed" : "", text);
          value.style.borderColor = curve.color;
          value.title = this.names[curve.run];
          return [value, " "];
        }));
      }));
      chart.output.textContent += unit ? ` ${unit}` : "";
    }
  }

  /** @returns {string} all charts that are shown, as an SVG picture */
  svg() {
    const [width, height, top] = [720, 230, 42];
    const style = getComputedStyle(document.documentElement);
    const [text, panel] = ["--text", "--panel"].map(name => escape(style.getPropertyValue(name).trim()));
    const parts = this.charts.map((chart, i) => {
      const plot = this.plot(chart.choice, chart.log, width, height - top, true);
      plot.x.label = this.axis.title;
      const pen = new SvgPen();
      pen.prefix = `${i}-`;
      draw(pen, plot);
      const unit = displayOf(plot.y).prefix + chart.choice.unit;
      const names = this.tables.length > 1 || chart.choice.columns.length > 1 ? plot.curves : [];
      let x = 48;
      const legend = names.map(curve => {
        const name = chart.choice.columns.length > 1 && this.tables.length > 1 ? `${this.names[curve.run]} ${curve.name}` : curve.name;
        const dash = curve.dash.length > 0 ? ` stroke-dasharray="${curve.dash.join(" ")}"` : "";
        const entry = `<path d="M${x} 30h18" stroke="${escape(curve.color)}" stroke-width="2"${dash}/>`
          + `<text x="${x + 23}" y="34" fill="${text}">${escape(name)}</text>`;
        x += 40 + 6.4 * name.length;
        return entry;
      });
      const title = chart.choice.title + (unit ? `, ${unit}` : "");
      return `<g transform="translate(0 ${i * height})"><text x="48" y="17" fill="${text}" font-weight="bold">${escape(title)}</text>${
        legend.join("")}<g transform="translate(0 ${top})">${pen.parts.join("")}</g></g>`;
    });
    const total = Math.max(1, this.charts.length) * height + 8;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" font-family="${
      escape(FONT.slice(FONT.indexOf(" ") + 1))}" font-size="11"><rect width="100%" height="100%" fill="${panel}"/>${parts.join("")}</svg>\n`;
  }

  /** @returns {string} the values of all charts that are shown, a line a row of a run */
  csv() {
    const statistics = [...new Set(this.charts.flatMap(chart => chart.choice.columns))];
    const lines = [["run", "time_s", ...(this.axis.name === "time" ? [] : [AXIS_COLUMNS[this.axis.name]]), ...statistics].join(",")];
    this.tables.forEach(({ statistics: table, events }, run) => {
      if (!table) {
        return;
      }
      const times = table.columns.get("time_s") ?? [];
      const places = this.axis.of(table);
      const eventTimes = events?.columns.get("time_s") ?? [];
      const columns = statistics.map(column => ({
        ofEvents: column.startsWith("events/"),
        values: column.startsWith("events/") ? events?.columns.get(column.slice(7)) : valuesOf(table, column),
      }));
      times.forEach((time, row) => {
        const eventRow = lastNotAbove(eventTimes, time);
        lines.push([
          this.names[run].replaceAll(",", ";"), time, ...(this.axis.name === "time" ? [] : [places[row]]),
          ...columns.map(({ ofEvents, values }) => field(values?.[ofEvents ? eventRow : row])),
        ].join(","));
      });
    });
    return `${lines.join("\n")}\n`;
  }
}

/** @type {Record<string, string>} */
const AXIS_COLUMNS = { charge: "charge_passed_C_per_m2", cycle: "cycles" };

/** @param {number | undefined} value */
function field(value) {
  return value === undefined || Number.isNaN(value) ? "" : value === Infinity ? "inf" : value === -Infinity ? "-inf" : String(value);
}

/**
 * @param {Table} table
 * @param {string} column
 */
function valuesOf(table, column) {
  return table.columns.get(column) ?? (column === "coulombic_efficiency" ? coulombicEfficiency(table) : null) ?? undefined;
}

/** @param {string} column of a chart of several */
function curveName(column) {
  return column.replace(/^events\/|^sites_|^coverage_/, "").replace(/_(rate_per_s|count|nm)$/, "").replace(/_height$/, "").replaceAll("_", " ");
}

/**
 * @param {Set<string>} columns
 * @returns {Map<string, Choice>}
 */
function choicesOf(columns) {
  /** @type {Map<string, Choice>} */
  const choices = new Map();
  for (const { key, title, of, log } of GROUPS) {
    const members = [...columns].filter(of);
    if (members.length > 1) {
      const { unit, prefixed } = quantity(members[0]);
      choices.set(key, { key, title, unit, prefixed, columns: members, log });
    }
  }
  for (const column of columns) {
    choices.set(column, { key: column, ...quantity(column.replace(/^events\//, "")), columns: [column], log: false });
  }
  return choices;
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

/** @param {ArrayLike<number>} values */
function lastOf(values) {
  return values.length > 0 ? values[values.length - 1] : 0;
}

