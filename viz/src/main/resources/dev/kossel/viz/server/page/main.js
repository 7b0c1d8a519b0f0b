// The page: which runs there are, what of them is on the screen, and what the controls do.

import { ApiError, frameTimes, listRuns, statistics } from "./api.js";
import { Charts } from "./charts.js";
import { COLORINGS, coloringsFor, colorSites } from "./coloring.js";
import { byId, element } from "./dom.js";
import { FrameCache } from "./frames.js";
import { showLegend } from "./legend.js";
import { followRuns } from "./live.js";
import { grouped, length, niceBelow } from "./numbers.js";
import { applyTheme, remember, remembered, switchTheme } from "./preferences.js";
import { Stage } from "./scene.js";
import { Timeline } from "./timeline.js";

const SCALE_PIXELS = 130;
const STATUS = {
  RUNNING: "running",
  COMPLETED: "completed",
  STOPPED: "stopped",
  FAILED: "failed",
  INTERRUPTED: "interrupted",
  UNREADABLE: "cannot be read",
};

class Viewer {
  constructor() {
    /** @type {import("./api.js").Listing[]} */
    this.runs = [];
    /** @type {number[][]} by run */
    this.times = [];
    /** @type {import("./api.js").Statistics[]} by run */
    this.tables = [];
    /** @type {(import("./api.js").Frame | null)[]} by run, as shown */
    this.shown = [];
    /** @type {HTMLElement[]} by run */
    this.titles = [];
    /** @type {HTMLElement[]} by run */
    this.messages = [];
    /** @type {Map<number, Promise<void>>} updates that are under way, by run */
    this.updates = new Map();
    /** @type {{pane: number, site: number} | null} */
    this.chosen = null;
    /** @type {import("./coloring.js").Range} of the heights seen so far, so that colours keep their meaning in an animation */
    this.heights = { low: Infinity, high: -Infinity };
    this.coloring = "species";
    this.fitted = false;
    this.asked = 0;
    this.drawings = 0;
    this.cache = new FrameCache();
    this.stage = new Stage(byId("canvas"), {
      clicked: (pane, index) => this.choose(pane, index),
      drawn: () => this.drawn(),
    });
    this.timeline = new Timeline(time => this.showTime(time));
    this.charts = new Charts(byId("charts"), time => this.timeline.goToTime(time));
  }

  async start() {
    this.runs = await listRuns();
    document.title = `${this.runs.map(run => run.name).join(", ")} – Kossel viewer`;
    this.layOut();
    await Promise.all(this.runs.map(run => this.update(run.state, true)));
    followRuns(state => this.changed(state), listRuns, connected => this.connection(connected));
  }

  /** Makes the panes and the choices of colouring: once, and again when a run becomes readable. */
  layOut() {
    byId("panes").replaceChildren();
    this.titles = [];
    this.messages = [];
    this.runs.forEach(() => {
      const title = element("div", "pane-title");
      const message = element("p", "pane-message");
      byId("panes").append(element("div", "pane", title, message));
      this.titles.push(title);
      this.messages.push(message);
    });
    this.shown = this.runs.map(() => null);
    this.stage.setPanes(this.runs.map(run => run.run?.box ?? null));
    this.fitted = false;
    const select = byId("coloring");
    const keys = coloringsFor(this.descriptions());
    select.replaceChildren(...keys.map(key => {
      const option = element("option", "", COLORINGS.get(key)?.name ?? key);
      option.value = key;
      return option;
    }));
    select.value = keys.includes(this.coloring) ? this.coloring : keys[0];
    this.coloring = select.value;
    this.describeRuns();
  }

  descriptions() {
    return this.runs.flatMap(run => (run.run ? [run.run] : []));
  }

  /** @param {import("./api.js").State} state */
  changed(state) {
    const before = this.runs[state.id].state;
    if (JSON.stringify(before) !== JSON.stringify(state)) {
      this.update(state, false).catch(failure => this.fail(state.id, failure));
    }
  }

  /**
   * Fetches what is new of a run; one update of a run after the other.
   *
   * @param {import("./api.js").State} state
   * @param {boolean} first
   */
  update(state, first) {
    const earlier = this.updates.get(state.id) ?? Promise.resolve();
    const update = earlier.then(() => this.fetchNews(state, first)).catch(failure => this.fail(state.id, failure));
    this.updates.set(state.id, update);
    return update;
  }

  /**
   * @param {import("./api.js").State} state
   * @param {boolean} first
   */
  async fetchNews(state, first) {
    const id = state.id;
    const before = this.runs[id].state;
    this.runs[id].state = state;
    if (state.status !== "UNREADABLE" && !this.runs[id].run) {
      this.runs[id] = (await listRuns())[id];
      this.layOut();
      first = true;
    }
    if (state.status === "UNREADABLE") {
      this.runs[id].error = state.reason;
      this.describeRuns();
      this.refreshTimeline();
      return;
    }
    this.runs[id].error = null;
    if (first || state.statisticsBytes !== before.statisticsBytes || !this.tables[id]) {
      this.tables[id] = await statistics(id, this.tables[id] ?? null);
    }
    if (first || state.frames !== before.frames || state.lastFrameSeconds !== before.lastFrameSeconds) {
      if (state.frames <= before.frames) {
        this.cache.forgetRun(id); // It went back to a checkpoint, or is another run by now.
      }
      this.times[id] = await frameTimes(id);
    }
    this.charts.setTables(this.runs.map(run => this.tables[run.id] ?? null));
    this.describeRuns();
    this.refreshTimeline();
  }

  refreshTimeline() {
    this.timeline.setTimes(
      this.runs.map(run => this.times[run.id] ?? []),
      this.runs.some(run => run.state.status === "RUNNING"),
    );
  }

  /**
   * Shows of every run its last frame that is not after a time.
   *
   * @param {number} timeSeconds
   */
  async showTime(timeSeconds) {
    const request = ++this.asked;
    this.charts.setCursor(timeSeconds);
    await Promise.all(this.runs.map(async run => {
      const number = (this.times[run.id] ?? []).filter(time => time <= timeSeconds).length - 1;
      if (!run.run || number < 0) {
        this.present(run.id, null);
        return;
      }
      try {
        const frame = await this.cache.load(run.id, number);
        if (request === this.asked) {
          this.present(run.id, frame);
          if (this.timeline.playing && number + 1 < this.times[run.id].length) {
            this.cache.load(run.id, number + 1).catch(() => {}); // Asked for again, and reported, when it is shown.
          }
        }
      } catch (failure) {
        if (request === this.asked) {
          this.present(run.id, null);
          this.fail(run.id, failure);
        }
      }
    }));
  }

  /**
   * @param {number} id of a run
   * @param {import("./api.js").Frame | null} frame
   */
  present(id, frame) {
    const box = this.runs[id].run?.box;
    if (this.shown[id] !== frame || !frame) {
      this.shown[id] = frame;
      this.stage.show(id, frame);
      if (frame && box) {
        this.seeHeights(frame);
        this.paint(id);
      }
    }
    if (this.runs[id].state.status !== "UNREADABLE") {
      this.runs[id].error = null; // What was wrong was another frame.
    }
    if (frame && !this.fitted) {
      this.fitted = true;
      this.stage.resetView();
    }
    this.describePane(id);
    this.describeSite();
  }

  /** @param {import("./api.js").Frame} frame */
  seeHeights(frame) {
    const { low, high } = this.heights;
    for (let i = 2; i < frame.positions.length; i += 3) {
      this.heights.low = Math.min(this.heights.low, frame.positions[i]);
      this.heights.high = Math.max(this.heights.high, frame.positions[i]);
    }
    if (this.coloring === "height" && (low !== this.heights.low || high !== this.heights.high)) {
      this.paintAll();
    }
  }

  paintAll() {
    this.shown.forEach((_, id) => this.paint(id));
    const known = this.descriptions();
    showLegend(byId("legend"), known.length > 0 ? this.coloringNow().legend(known, this.heights) : null);
  }

  /** @param {number} id of a run */
  paint(id) {
    const frame = this.shown[id];
    const run = this.runs[id].run;
    if (frame && run) {
      this.stage.color(id, colorSites(this.coloringNow(), run, frame, this.heights));
    }
    if (byId("legend").childElementCount === 0) {
      showLegend(byId("legend"), this.coloringNow().legend(this.descriptions(), this.heights));
    }
  }

  coloringNow() {
    const coloring = COLORINGS.get(this.coloring);
    if (!coloring) {
      throw new Error(`no colouring ${this.coloring}`);
    }
    return coloring;
  }

  /** @param {string} key of COLORINGS */
  colorBy(key) {
    this.coloring = key;
    byId("coloring").value = key;
    this.paintAll();
  }

  describeRuns() {
    byId("runs").replaceChildren(...this.runs.map(run => {
      const text = element("span", "", `${run.run?.scenario ?? ""} · ${STATUS[run.state.status] ?? run.state.status}`);
      const made = element("div", `run run-${run.id % 4}`, element("b", "", run.name), text);
      made.title = [run.name, run.run?.scenario, run.state.reason].filter(Boolean).join(" – ");
      return made;
    }));
    this.runs.forEach(run => this.describePane(run.id));
  }

  /** @param {number} id of a run */
  describePane(id) {
    const run = this.runs[id];
    const frame = this.shown[id];
    this.titles[id].replaceChildren(
      ...(this.runs.length > 1 ? [run.name] : []),
      element("small", "", frame ? `${grouped(frame.solidSites)} solid sites, ${grouped(frame.exposed)} exposed` : ""),
    );
    const text = run.error ?? this.whyNothing(id);
    this.messages[id].textContent = text;
    this.messages[id].classList.toggle("bad", run.error !== null);
    this.messages[id].hidden = text === "";
  }

  /**
   * @param {number} id of a run
   * @returns {string} why there is no frame to show; empty if there is one, or it is on its way
   */
  whyNothing(id) {
    const times = this.times[id];
    if (this.shown[id] || times === undefined) {
      return "";
    }
    if (times.length === 0) {
      return this.runs[id].state.status === "RUNNING"
        ? "No snapshot yet; the first will show by itself." : "This run has no snapshots.";
    }
    return times[0] > this.timeline.now ? "No snapshot of this run as early as this." : "";
  }

  /**
   * @param {number} id of a run
   * @param {unknown} failure
   */
  fail(id, failure) {
    this.runs[id].error = failure instanceof ApiError ? failure.message : `The page failed: ${failure}`;
    if (!(failure instanceof ApiError)) {
      console.error(failure);
    }
    this.describeRuns();
  }

  /** @param {boolean} connected */
  connection(connected) {
    byId("notice").hidden = connected;
    byId("notice").textContent = "The viewer has stopped answering. What was loaded can still be looked at.";
  }

  /**
   * @param {number} pane
   * @param {number} index of a site in the frame shown there, or -1
   */
  choose(pane, index) {
    const frame = this.shown[pane];
    this.chosen = frame && index >= 0 ? { pane, site: frame.sites[index] } : null;
    this.describeSite();
  }

  describeSite() {
    const panel = byId("site");
    panel.hidden = this.chosen === null;
    this.shown.forEach((_, id) => this.stage.choose(id, -1));
    if (!this.chosen) {
      return;
    }
    const { pane, site } = this.chosen;
    const frame = this.shown[pane];
    const run = this.runs[pane].run;
    const index = frame?.sites.indexOf(site) ?? -1;
    const close = element("button", "", "×");
    close.title = "Close";
    close.addEventListener("click", () => this.choose(pane, -1));
    if (!frame || !run || index < 0) {
      panel.replaceChildren(element("h2", "", `Site ${site}`), close, "is vacant or buried at this time.");
      return;
    }
    this.stage.choose(pane, index);
    const [x, y, z] = frame.positions.subarray(3 * index, 3 * index + 3);
    const facts = [
      ["site", String(site)],
      ["x, y, z", `${[x, y, z].map(v => v.toFixed(2)).join(", ")} nm`],
      ["neighbours", `${frame.coordination[index]} of ${run.box.mostNeighbors} occupied`],
      ...(run.siteTypes.length > 1 ? [["site type", run.siteTypes[frame.siteTypes[index]] ?? ""]] : []),
    ];
    const list = element("dl", "", ...facts.flatMap(([term, fact]) => [element("dt", "", term), element("dd", "", fact)]));
    panel.replaceChildren(element("h2", "", run.species[frame.species[index]]?.name ?? ""), close, list);
  }

  drawn() {
    const nm = niceBelow(this.stage.nmPerPixel * SCALE_PIXELS);
    byId("scale").hidden = this.shown.every(frame => !frame);
    byId("scale-bar").style.width = `${nm / this.stage.nmPerPixel}px`;
    byId("scale-text").textContent = length(nm);
    // So that a program that drives the page can wait for a picture.
    document.body.dataset.drawings = String(++this.drawings);
    document.body.dataset.frames = this.shown.map(frame => (frame ? frame.timeSeconds : "")).join(" ");
  }

  listen() {
    byId("coloring").addEventListener("change", () => this.colorBy(byId("coloring").value));
    byId("projection").addEventListener("change", () => this.stage.setProjection(byId("projection").value === "orthographic"));
    byId("reset").addEventListener("click", () => this.stage.resetView());
    byId("theme").addEventListener("click", () => this.switchTheme());
    byId("help").addEventListener("click", () => byId("hint").showModal());
    byId("hint").addEventListener("close", () => remember("hint", "read"));
    document.addEventListener("keydown", event => this.press(event));
    if (remembered("hint") === null) {
      byId("hint").showModal();
    }
  }

  switchTheme() {
    switchTheme();
    this.stage.redraw();
    this.charts.draw();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const at = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || byId("hint").open || at.tagName === "SELECT"
      || (event.key === " " && at.tagName === "BUTTON")) {
      return;
    }
    const action = this.keys.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (action) {
      event.preventDefault();
      action();
    }
  }

  /** @type {Map<string, () => void>} */
  keys = new Map([
    [" ", () => this.timeline.togglePlay()],
    ["ArrowLeft", () => this.timeline.step(-1)],
    ["ArrowRight", () => this.timeline.step(1)],
    ["Home", () => this.timeline.goTo(0)],
    ["End", () => this.timeline.end()],
    ["c", () => this.nextColoring()],
    ["p", () => this.nextProjection()],
    ["r", () => this.stage.resetView()],
    ["t", () => this.switchTheme()],
    ["?", () => byId("hint").showModal()],
    ["Escape", () => this.choose(0, -1)],
  ]);

  nextColoring() {
    const keys = coloringsFor(this.descriptions());
    this.colorBy(keys[(keys.indexOf(this.coloring) + 1) % keys.length]);
  }

  nextProjection() {
    const select = byId("projection");
    select.selectedIndex = 1 - select.selectedIndex;
    this.stage.setProjection(select.value === "orthographic");
  }
}

applyTheme();
try {
  const viewer = new Viewer();
  viewer.listen();
  await viewer.start();
} catch (failure) {
  const text = failure instanceof ApiError ? failure.message
    : `This page needs WebGL2, which this browser or its graphics driver does not offer. (${failure})`;
  byId("notice").textContent = text;
  byId("notice").hidden = false;
}
