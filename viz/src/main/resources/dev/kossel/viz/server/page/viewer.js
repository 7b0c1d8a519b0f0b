// The page: its parts, and how one tells the other.

import { ApiError, listRuns } from "./api.js";
import { Charts } from "./charts.js";
import { DepthPanel } from "./depth.js";
import { byId } from "./dom.js";
import { FrameCache } from "./frames.js";
import { Keys } from "./keys.js";
import { ViewLink } from "./link.js";
import { followRuns } from "./live.js";
import { Morphology } from "./morphology.js";
import { notify, withdraw } from "./notice.js";
import { length, niceBelow } from "./numbers.js";
import { Panels } from "./panels.js";
import { Panes } from "./panes.js";
import { Playback } from "./playback.js";
import { remember, remembered, switchTheme } from "./preferences.js";
import { Runs } from "./runs.js";
import { Stage } from "./scene.js";
import { SectionPanel } from "./section.js";
import { Selection } from "./selection.js";
import { addShortcuts } from "./shortcuts.js";
import { SpeedPanel } from "./speed.js";
import { TakeAway } from "./takeaway.js";
import { Timeline } from "./timeline.js";
import { TopographyPanel } from "./topography.js";
import { addParts } from "./view-parts.js";
import { ViewTools } from "./view-tools.js";

const SCALE_PIXELS = 130;
const LOST = "The graphics card was lost. The picture comes back as soon as it does.";
const SILENT = "The viewer has stopped answering. What was loaded can still be looked at.";

export class Viewer {
  constructor() {
    this.fitted = false;
    this.drawings = 0;
    this.cache = new FrameCache();
    this.runs = new Runs({
      appeared: () => this.layOut(),
      changed: () => this.runsChanged(),
      forgotten: id => this.cache.forgetRun(id),
      failed: (id, failure) => this.fail(id, failure),
    });
    this.stage = new Stage(byId("canvas"), {
      clicked: (pane, sites, index) => this.selection.choose(pane, sites ? sites.places[index] : -1),
      drawn: () => this.drawn(),
      lost: lost => (lost ? notify(LOST) : withdraw(LOST)),
    });
    this.morphology = new Morphology(this.stage, this.cache, (id, failure) => this.fail(id, failure));
    this.selection = new Selection(this.stage, pane => {
      const run = this.runs.list[pane]?.run;
      const frame = this.morphology.shown[pane];
      return run && frame ? { run, frame } : null;
    });
    this.tools = new ViewTools(this.stage, this.morphology);
    this.timeline = new Timeline({
      show: place => {
        this.charts.setCursor(place);
        return this.playback.show(place);
      },
      axisChanged: axis => {
        this.charts.setAxis(axis);
        this.playback.refresh();
      },
    });
    this.playback = new Playback({
      runs: this.runs,
      cache: this.cache,
      timeline: this.timeline,
      present: (id, frame) => this.present(id, frame),
      settled: () => this.panels.show(this.onScreen()),
      failed: (id, failure) => this.fail(id, failure),
    });
    this.panes = new Panes(this.runs, this.morphology, id => this.playback.whyNone(id));
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
    this.takeAway = new TakeAway({
      stage: this.stage,
      timeline: this.timeline,
      charts: this.charts,
      link: this.link,
      lettering: () => this.lettering(),
      shown: () => this.onScreen(),
      exports: () => this.runs.exports,
      name: () => this.runs.names().join("-") || "kossel",
    });
    this.switchTheme = () => {
      switchTheme();
      this.redraw();
    };
    addShortcuts(new Keys(), this);
    addParts(this.link, this);
    this.listen();
  }

  listen() {
    byId("theme").addEventListener("click", this.switchTheme);
    byId("take-open").addEventListener("click", () => this.takeAway.open());
    byId("help").addEventListener("click", () => byId("hint").showModal());
    byId("hint").addEventListener("close", () => remember("hint", "read"));
    if (remembered("hint") === null) {
      byId("hint").showModal();
    }
  }

  async start() {
    await this.runs.load();
    document.title = `${this.runs.names().join(", ")} – Kossel viewer`;
    this.layOut();
    await this.runs.fetchAll();
    this.showTables();
    this.link.restore();
    window.addEventListener("hashchange", () => this.link.restore());
    followRuns(state => this.runs.take(state), listRuns, connected => (connected ? withdraw(SILENT) : notify(SILENT)));
    document.body.dataset.ready = "true";
  }

  /** Makes the panes and the choices of colouring: once, and again when a run becomes readable. */
  layOut() {
    this.morphology.setRuns(this.runs.list);
    this.tools.describe();
    this.fitted = false;
    this.panes.layOut();
  }

  runsChanged() {
    this.showTables();
    this.panes.describe();
    this.morphology.offerColorings();
    this.playback.refresh();
  }

  showTables() {
    this.charts.setTables(this.runs.list.map(run => this.runs.tablesOf(run.id)), this.runs.names());
  }

  /** @returns {import("./panels.js").Shown[]} the runs that have a frame on the screen */
  onScreen() {
    return this.runs.list.flatMap(run => {
      const frame = this.morphology.shown[run.id];
      const { statistics, events } = this.runs.tablesOf(run.id);
      return frame ? [{ run, number: frame.number, timeSeconds: frame.timeSeconds, statistics, events }] : [];
    });
  }

  /** @returns {import("./picture.js").Lettering} */
  lettering() {
    return {
      titles: this.runs.names(),
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
    if (this.runs.list[id].state.status !== "UNREADABLE") {
      this.runs.setError(id, null); // What was wrong was another frame.
    }
    if (frame && !this.fitted) {
      this.fitted = true;
      this.stage.resetView();
    }
    this.panes.describePane(id);
    this.selection.refresh();
  }

  /**
   * @param {number} id of a run
   * @param {unknown} failure
   */
  fail(id, failure) {
    this.runs.setError(id, failure instanceof ApiError ? failure.message : `The page failed: ${failure}`);
    if (!(failure instanceof ApiError)) {
      console.error(failure);
    }
    this.panes.describe();
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

  /** In the colours of another theme. */
  redraw() {
    this.stage.redraw();
    this.charts.redraw();
    this.timeline.drawMarks();
    this.panels.refresh();
  }
}
