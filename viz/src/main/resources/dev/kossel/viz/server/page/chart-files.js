// The charts as files: SVG for pages and papers, CSV for other programs.

import { lastNotAbove } from "./axis.js";
import { valuesOf } from "./chart-choices.js";
import { displayOf, draw, escape, FONT, SvgPen } from "./plot.js";

const SVG_WIDTH = 720;
const SVG_HEIGHT = 188;
const SVG_CHARACTER = 6.4;

/** @type {Record<string, string>} */
const AXIS_COLUMNS = { charge: "charge_passed_C_per_m2", cycle: "cycles" };

/**
 * @param {import("./charts.js").Charts} panel
 * @returns {string} its charts as an SVG picture
 */
export function chartsSvg(panel) {
  const style = getComputedStyle(document.documentElement);
  const [text, ground] = ["--text", "--panel"].map(name => escape(style.getPropertyValue(name).trim()));
  let top = 0;
  const parts = panel.charts.map((chart, i) => {
    const plot = panel.plot(chart.choice, chart.log, SVG_WIDTH, SVG_HEIGHT, true);
    plot.x.label = panel.axis.title;
    const pen = new SvgPen(`${i}-`);
    draw(pen, plot);
    const unit = displayOf(plot.y).prefix + chart.choice.unit;
    const several = chart.choice.columns.length > 1;
    const { entries, rows } = svgLegend(panel.tables.length > 1 || several ? plot.curves : [],
      curve => (several && panel.tables.length > 1 ? `${panel.names[curve.run]} ${curve.name}` : curve.name), text);
    const title = chart.choice.title + (unit ? `, ${unit}` : "");
    const picture = `<g transform="translate(0 ${top})"><text x="48" y="17" fill="${text}" font-weight="bold">${escape(title)}</text>${
      entries}<g transform="translate(0 ${24 + 17 * rows})">${pen.parts.join("")}</g></g>`;
    top += 24 + 17 * rows + SVG_HEIGHT;
    return picture;
  });
  const size = `width="${SVG_WIDTH}" height="${top + 8}" viewBox="0 0 ${SVG_WIDTH} ${top + 8}"`;
  const font = escape(FONT.slice(FONT.indexOf(" ") + 1));
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${font}" font-size="11"><rect width="100%" height="100%" fill="${
    ground}"/>${parts.join("")}</svg>\n`;
}

/**
 * @param {import("./charts.js").Charts} panel
 * @returns {string} the values of its charts, a line a row of a run
 */
export function chartsCsv(panel) {
  const names = [...new Set(panel.charts.flatMap(chart => chart.choice.columns))];
  const lines = [["run", "time_s", ...(panel.axis.name === "time" ? [] : [AXIS_COLUMNS[panel.axis.name]]), ...names].join(",")];
  panel.tables.forEach(({ statistics: table, events }, run) => {
    if (!table) {
      return;
    }
    const times = table.columns.get("time_s") ?? [];
    const places = panel.axis.of(table);
    const eventTimes = events?.columns.get("time_s") ?? [];
    const columns = names.map(column => ({
      ofEvents: column.startsWith("events/"),
      values: column.startsWith("events/") ? events?.columns.get(column.slice(7)) : valuesOf(table, column),
    }));
    times.forEach((time, row) => {
      const eventRow = lastNotAbove(eventTimes, time);
      lines.push([
        panel.names[run].replaceAll(",", ";"), time, ...(panel.axis.name === "time" ? [] : [places[row]]),
        ...columns.map(({ ofEvents, values }) => field(values?.[ofEvents ? eventRow : row])),
      ].join(","));
    });
  });
  return `${lines.join("\n")}\n`;
}


/**
 * @param {import("./charts.js").Series[]} curves
 * @param {(curve: import("./charts.js").Series) => string} nameOf
 * @param {string} text its colour
 * @returns {{entries: string, rows: number}}
 */
function svgLegend(curves, nameOf, text) {
  let x = 48;
  let rows = curves.length > 0 ? 1 : 0;
  const entries = curves.map(curve => {
    const name = nameOf(curve);
    const width = 40 + SVG_CHARACTER * name.length;
    if (x > 48 && x + width > SVG_WIDTH) {
      x = 48;
      rows++;
    }
    const y = 17 + 17 * rows;
    const dash = curve.dash.length > 0 ? ` stroke-dasharray="${curve.dash.join(" ")}"` : "";
    const entry = `<path d="M${x} ${y - 4}h18" stroke="${escape(curve.color)}" stroke-width="2"${dash}/>`
      + `<text x="${x + 23}" y="${y}" fill="${text}">${escape(name)}</text>`;
    x += width;
    return entry;
  });
  return { entries: entries.join(""), rows };
}


/** @param {number | undefined} value */
function field(value) {
  return value === undefined || Number.isNaN(value) ? "" : value === Infinity ? "inf" : value === -Infinity ? "-inf" : String(value);
}
