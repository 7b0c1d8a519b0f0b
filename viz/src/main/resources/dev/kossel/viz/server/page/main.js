// The page: which runs there are, what of them is on the screen, and what the controls do.

import { ApiError, frameTimes, listExports, listRuns, table } from "./api.js";
import { AXES, lastNotAbove, marksOf, placesOf } from "./axis.js";
import { Charts } from "./charts.js";
import { DepthPanel } from "./depth.js";
import { byId, element } from "./dom.js";
import { FrameCache } from "./frames.js";
import { Keys } from "./keys.js";
import { numbersOf, ViewLink } from "./link.js";
import { followRuns } from "./live.js";
import { Morphology } from "./morphology.js";
import { grouped, length, niceBelow } from "./numbers.js";
import { Panels, PANELS } from "./panels.js";
import { applyTheme, remember, remembered, switchTheme } from "./preferences.js";
import { Stage } from "./scene.js";
import { SectionPanel } from "./section.js";
import { Selection } from "./selection.js";
import { SpeedPanel } from "./speed.js";
import { TakeAway } from "./takeaway.js";
import { Timeline } from "./timeline.js";
import { TopographyPanel } from "./topography.js";
import { ViewTools } from "./view-tools.js";

const SCALE_PIXELS = 130;
const PREFETCHED = 3;
const STATUS = {
  RUNNING: "running",
  COMPLETED: "completed",
  STOPPED: "stopped",
  FAILED: "failed",
  INTERRUPTED: "interrupted",
  UNREADABLE: "cannot be read",
};

const LOST = "The graphics card was lost. The picture comes back as soon as it does.";
const SILENT = "The viewer has stopped answering. What was loaded can still be looked at.";

/** @type {import("./chart-choices.js").Tables} */
const NO_TABLES = { statistics: null, events: null };

class Viewer {
  constructor() {
    /** @type {import("./api.js").Listing[]} */
    this.runs = [];
    /** @type {number[][]} by run */
    this.times = [];
    /** @type {import("./chart-choices.js").Tables[]} by run */
    this.tables = [];
    /** @type {number[][]} where the frames lie on the axis of the timeline, by run */
    this.places = [];
    /** @type {string[]} */
    this.exports = [];
    /** @type {HTMLElement[]} by run */
    this.titles = [];
    /** @type {HTMLElement[]} by run */
    this.messages = [];
    /** @type {Map<number, Promise<void>>} updates that are under way, by run */
    this.updates = new Map();
    this.fitted = false;
    this.asked = 0;
    this.wanted = NaN;
    /** @type {Promise<void> | null} until what is wanted is on the screen */
    this.showing = null;
    this.drawings = 0;
    this.cache = new FrameCache();
    this.stage = new Stage(byId("canvas"), {
      clicked: (pane, sites, index) => this.selection.choose(pane, sites ? sites.places[index] : -1),
      drawn: () => this.drawn(),
      lost: lost => (lost ? this.notify(LOST) : this.withdraw(LOST)),
    });
    this.morphology = new Morphology(this.stage, this.cache, (id, failure) => this.fail(id, failure));
    this.selection = new Selection(this.stage, pane => {
      const run = this.runs[pane]?.run;
      const frame = this.morphology.shown[pane];
      return run && frame ? { run, frame } : null;
    });
    this.tools = new ViewTools(this.stage, this.morphology);
    this.timeline = new Timeline({
      show: place => this.showPlace(place),
      axisChanged: axis => {
        this.charts.setAxis(axis);
        this.refreshTimeline();
      },
    });
    this.charts = new Charts(byId("charts"), place => this.timeline.goToPlace(place));
    this.panels = new Panels(failure => {
      if (!(failure instanceof ApiError)) {
        console.error(failure);
      }
    });
    this.topography = new TopographyPanel(byId("topography"));
    this.section = new SectionPanel(byId("section"), () => this.panels.refresh());
    this.panels.add("topography", this.topography);
    this.panels.add("section", this.section);
    this.panels.add("depth", new DepthPanel(byId("depth")));
    this.panels.add("speeds", new SpeedPanel(byId("speeds")));
    this.link = new ViewLink();
    this.keys = new Keys();
    this.takeAway = new TakeAway({
      stage: this.stage,
      timeline: this.timeline,
      charts: this.charts,
      link: this.link,
      lettering: () => this.lettering(),
      shown: () => this.onScreen(),
      exports: () => this.exports,
      name: () => this.runs.map(run => run.name).join("-") || "kossel",
    });
  }

  async start() {
    this.runs = await listRuns();
    this.exports = await listExports();
    document.title = `${this.runs.map(run => run.name).join(", ")} – Kossel viewer`;
    this.layOut();
    await Promise.all(this.runs.map(run => this.update(run.state, true)));
    this.showTables();
    this.link.restore();
    window.addEventListener("hashchange", () => this.link.restore());
    followRuns(state => this.changed(state), listRuns, connected => this.connection(connected));
    document.body.dataset.ready = "true";
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
    this.morphology.setRuns(this.runs);
    this.tools.describe();
    this.fitted = false;
    this.describeRuns();
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
    if (state.status === "UNREADABLE") {
      // What was seen of it stays on the screen.
      this.runs[id].error = state.reason;
      this.describeRuns();
      this.refreshTimeline();
      return;
    }
    if (before.status === "UNREADABLE" || !this.runs[id].run) {
      // It has come, or come back, perhaps as another run.
      const known = JSON.stringify(this.runs[id].run);
      this.runs[id] = (await listRuns())[id];
      this.cache.forgetRun(id);
      delete this.tables[id];
      if (JSON.stringify(this.runs[id].run) !== known) {
        this.layOut();
      }
      first = true;
    }
    this.runs[id].error = null;
    if (first || state.statisticsBytes !== before.statisticsBytes || !this.tables[id]) {
      const [statistics, events] = await Promise.all([
        table(id, "statistics.csv", this.tables[id]?.statistics ?? null),
        table(id, "events.csv", this.tables[id]?.events ?? null),
      ]);
      this.tables[id] = { statistics, events };
    }
    if (first || state.frames !== before.frames || state.lastFrameSeconds !== before.lastFrameSeconds) {
      if (state.frames <= before.frames) {
        this.cache.forgetRun(id); // It went back to a checkpoint, or is another run by now.
      }
      this.times[id] = await frameTimes(id);
    }
    this.showTables();
    this.describeRuns();
    this.morphology.offerColorings();
    this.refreshTimeline();
  }

  showTables() {
    this.charts.setTables(this.runs.map(run => this.tables[run.id] ?? NO_TABLES), this.runs.map(run => run.name));
  }

  refreshTimeline() {
    const { axis } = this.timeline;
    this.places = this.runs.map(run => placesOf(this.tables[run.id]?.statistics ?? null, axis, this.times[run.id] ?? []));
    const marked = this.tables.find(tables => tables?.statistics)?.statistics;
    this.timeline.setPlaces(this.places, marked ? marksOf(marked, axis) : [], this.runs.some(run => run.state.status === "RUNNING"));
  }

  /**
   * Shows of every run its last frame that is not after a place on the axis of the timeline.
   *
   * @param {number} place
   */
  async showPlace(place) {
    this.asked++;
    this.wanted = place;
    this.charts.setCursor(place);
    // One after the other: who drags the slider faster than frames come sees those that do, and the last one at the end.
    this.showing ??= this.showWanted().finally(() => {
      this.showing = null;
    });
    await this.showing;
  }

  async showWanted() {
    let request;
    do {
      request = this.asked;
      await this.showNow(this.wanted, request);
    } while (request !== this.asked);
    this.panels.show(this.onScreen());
    if (this.timeline.playing) {
      this.prefetch();
    }
  }

  /**
   * @param {number} place
   * @param {number} request
   */
  async showNow(place, request) {
    await Promise.all(this.runs.map(async run => {
      const number = lastNotAbove(this.places[run.id] ?? [], place);
      if (!run.run || number < 0) {
        await this.present(run.id, null);
        return;
      }
      try {
        await this.present(run.id, await this.cache.load(run.id, number));
      } catch (failure) {
        if (request === this.asked) {
          if (!(failure instanceof ApiError) || !failure.gone) {
            await this.present(run.id, null);
          }
          this.fail(run.id, failure);
        }
      }
    }));
  }

  /** Asks for the frames that come next, without waiting for them. */
  prefetch() {
    for (const place of this.timeline.upcoming(PREFETCHED)) {
      for (const run of this.runs) {
        const number = lastNotAbove(this.places[run.id] ?? [], place);
        if (run.run && number >= 0) {
          this.cache.load(run.id, number).catch(() => {}); // Asked for again, and reported, when it is shown.
        }
      }
    }
  }

  /** @returns {import("./panels.js").Shown[]} the runs that have a frame on the screen */
  onScreen() {
    return this.runs.flatMap(run => {
      const frame = this.morphology.shown[run.id];
      const { statistics, events } = this.tables[run.id] ?? NO_TABLES;
      return frame ? [{ run, number: frame.number, timeSeconds: frame.timeSeconds, statistics, events }] : [];
    });
  }

  /** @returns {import("./picture.js").Lettering} */
  lettering() {
    return {
      titles: this.runs.map(run => run.name),
      time: this.timeline.moments.length > 0 ? this.timeline.axis.text(this.timeline.now) : "",
      legend: this.morphology.legend(),
    };
  }

  /**
   * @param {number} id of a run
   * @param {import("./frames.js").Frame | null} frame
   */
  async present(id, frame) {
    await this.morphology.show(id, frame);
    if (this.runs[id].state.status !== "UNREADABLE") {
      this.runs[id].error = null; // What was wrong was another frame.
    }
    if (frame && !this.fitted) {
      this.fitted = true;
      this.stage.resetView();
    }
    this.describePane(id);
    this.selection.refresh();
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
    const frame = this.morphology.shown[id];
    this.titles[id].replaceChildren(
      ...(this.runs.length > 1 ? [run.name] : []),
      element("small", "", frame ? `${grouped(frame.solidSites)} solid sites, ${grouped(frame.exposed)} exposed` : ""),
    );
    const text = run.error ?? this.whyNothing(id);
    this.messages[id].textContent = text;
    this.messages[id].classList.toggle("bad", run.error !== null);
    this.messages[id].classList.toggle("aside", frame !== null);
    this.messages[id].hidden = text === "";
  }

  /**
   * @param {number} id of a run
   * @returns {string} why there is no frame to show; empty if there is one, or it is on its way
   */
  whyNothing(id) {
    const times = this.times[id];
    if (this.morphology.shown[id] || times === undefined) {
      return "";
    }
    if (times.length === 0) {
      return this.runs[id].state.status === "RUNNING"
        ? "No snapshot yet; the first will show by itself." : "This run has no snapshots.";
    }
    const places = this.places[id] ?? [];
    if (places.length === 0 && this.timeline.axis.name !== "time" && this.tables[id]) {
      return `This run does not record its ${this.timeline.axis.title}.`;
    }
    return places[0] > this.timeline.now ? "No snapshot of this run as early as this." : "";
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
    if (!connected) {
      this.notify(SILENT);
    } else {
      this.withdraw(SILENT);
    }
  }

  drawn() {
    const nm = niceBelow(this.stage.nmPerPixel * SCALE_PIXELS);
    byId("scale").hidden = this.morphology.shown.every(frame => !frame);
    byId("scale-bar").style.width = `${nm / this.stage.nmPerPixel}px`;
    byId("scale-text").textContent = length(nm);
    // So that a program that drives the page can wait for a picture.
    document.body.dataset.drawings = String(++this.drawings);
    document.body.dataset.frames = this.morphology.shown.map(frame => (frame ? frame.timeSeconds : "")).join(" ");
  }

  listen() {
    byId("theme").addEventListener("click", () => this.switchTheme());
    byId("take-open").addEventListener("click", () => this.takeAway.open());
    byId("help").addEventListener("click", () => byId("hint").showModal());
    byId("hint").addEventListener("close", () => remember("hint", "read"));
    this.listenToKeys();
    this.listLinkParts();
    if (remembered("hint") === null) {
      byId("hint").showModal();
    }
  }

  listenToKeys() {
    const { keys, timeline, charts, panels } = this;
    keys.add([" "], ["Space"], "play, pause", () => timeline.togglePlay());
    keys.add(["ArrowLeft", "ArrowRight"], ["←", "→"], "one frame back, on", key => timeline.step(key === "ArrowLeft" ? -1 : 1));
    keys.add(["PageUp", "PageDown"], ["Page ↑", "Page ↓"], "to the step of the protocol before, after",
      key => timeline.stepMark(key === "PageUp" ? -1 : 1));
    keys.add(["Home"], ["Home"], "first frame", () => timeline.goTo(0));
    keys.add(["End"], ["End"], "newest frame; follow a run that goes on", () => timeline.end());
    keys.add([",", "."], [",", "."], "play slower, faster", key => timeline.faster(key === "," ? -1 : 1));
    keys.add(["l"], ["L"], "loop", () => timeline.loop(!timeline.looping));
    keys.add(["x"], ["X"], "count by time, charge, cycle", () => {
      const axes = [...AXES.keys()];
      timeline.setAxis(axes[(axes.indexOf(timeline.axis.name) + 1) % axes.length]);
    });
    keys.add(PANELS.map((_, i) => String(i + 1)), ["1", "…", String(PANELS.length)], "charts, height map, section, depth, speed",
      key => panels.choose(PANELS[Number(key) - 1]));
    keys.add(["+", "=", "-"], ["+", "−"], "zoom the charts in, out", key => charts.zoomBy(key === "-" ? -1 : 1));
    keys.add(["c"], ["C"], "colour by", () => this.morphology.nextColoring());
    this.tools.addKeys(keys);
    keys.add(["s"], ["S"], "take away: pictures, films, files, link", () => this.takeAway.open());
    keys.add(["t"], ["T"], "light, dark", () => this.switchTheme());
    keys.add(["Escape"], ["Esc"], "let go of the site", () => this.selection.choose(0, -1));
    keys.add(["?"], ["?"], "this help", () => byId("hint").showModal());
  }

  /** What a link to this view holds. */
  listLinkParts() {
    const { link, timeline, charts, panels, stage } = this;
    link.add("runs", {
      read: () => this.runs.map(run => run.name).join(","),
      restore: text => {
        const here = this.runs.map(run => run.name).join(",");
        if (text !== here) {
          this.notify(`This link was made for ${text.replaceAll(",", ", ")}; shown is ${here.replaceAll(",", ", ")}.`);
        }
      },
    });
    link.add("by", { read: () => timeline.axis.name, restore: text => timeline.setAxis(text) });
    link.add("at", {
      read: () => (timeline.live && timeline.following ? null : String(timeline.now)),
      restore: text => {
        if (numbersOf(text, 1)) {
          timeline.goToPlace(Number(text));
        }
      },
    });
    link.add("speed", {
      read: () => String(timeline.speed.selectedIndex),
      restore: text => timeline.faster((numbersOf(text, 1)?.[0] ?? timeline.speed.selectedIndex) - timeline.speed.selectedIndex),
    });
    link.add("loop", { read: () => (timeline.looping ? "1" : null), restore: text => timeline.loop(text === "1") });
    link.add("color", { read: () => this.morphology.coloring, restore: text => this.morphology.colorBy(text) });
    this.tools.addTo(link);
    link.add("camera", {
      read: () => stage.camera.pose.map(v => Number(v.toPrecision(6))).join(","),
      restore: text => {
        const pose = numbersOf(text, 7);
        if (pose && pose[6] > 0) {
          this.fitted = true; // Or the first frame would reset it.
          stage.camera.pose = pose;
          stage.redraw();
        }
      },
    });
    link.add("panel", { read: () => panels.open, restore: text => panels.choose(text) });
    link.add("charts", {
      read: () => charts.keys().join(","),
      restore: text => charts.choose(text.split(",")),
    });
    link.add("log", {
      read: () => [...charts.logs].map(([key, on]) => `${on ? "" : "-"}${key}`).join(","),
      restore: text => {
        text.split(",").forEach(key => charts.logs.set(key.replace(/^-/, ""), !key.startsWith("-")));
        charts.layOut();
      },
    });
    link.add("zoom", {
      read: () => (charts.zoom ? `${charts.zoom.low},${charts.zoom.high}` : null),
      restore: text => {
        const range = numbersOf(text, 2);
        charts.setZoom(range && range[0] < range[1] ? { low: range[0], high: range[1] } : null);
      },
    });
    link.add("line", this.topography.part);
    link.add("cut", this.section.part);
  }

  switchTheme() {
    switchTheme();
    this.stage.redraw();
    this.charts.redraw();
    this.timeline.drawMarks();
    this.panels.refresh();
  }

  /** @param {string} text */
  notify(text) {
    byId("notice").textContent = text;
    byId("notice").hidden = false;
  }

  /** @param {string} text that may be said no longer */
  withdraw(text) {
    if (byId("notice").textContent === text) {
      byId("notice").hidden = true;
    }
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
