// What is written over the stage and in the head of the page about each run: its name, how it stands, what is wrong.

import { byId, element } from "./dom.js";
import { grouped } from "./numbers.js";

/** @type {Record<string, string>} */
const STATUS = {
  RUNNING: "running",
  COMPLETED: "completed",
  STOPPED: "stopped",
  FAILED: "failed",
  INTERRUPTED: "interrupted",
  UNREADABLE: "cannot be read",
};

export class Panes {
  /**
   * @param {import("./runs.js").Runs} runs
   * @param {import("./morphology.js").Morphology} morphology
   * @param {(id: number) => string} whyNone why a run that has frames shows none at this moment; empty if it does
   */
  constructor(runs, morphology, whyNone) {
    this.runs = runs;
    this.morphology = morphology;
    this.whyNone = whyNone;
    /** @type {HTMLElement[]} by run */
    this.titles = [];
    /** @type {HTMLElement[]} by run */
    this.messages = [];
  }

  /** Makes a pane for each run: once, and again when a run becomes readable. */
  layOut() {
    byId("panes").replaceChildren();
    this.titles = [];
    this.messages = [];
    this.runs.list.forEach(() => {
      const title = element("div", "pane-title");
      const message = element("p", "pane-message");
      byId("panes").append(element("div", "pane", title, message));
      this.titles.push(title);
      this.messages.push(message);
    });
    this.describe();
  }

  describe() {
    byId("runs").replaceChildren(...this.runs.list.map(run => {
      const text = element("span", "", `${run.run?.scenario ?? ""} · ${STATUS[run.state.status] ?? run.state.status}`);
      const made = element("div", `run run-${run.id % 4}`, element("b", "", run.name), text);
      made.title = [run.name, run.run?.scenario, run.state.reason].filter(Boolean).join(" – ");
      return made;
    }));
    this.runs.list.forEach(run => this.describePane(run.id));
  }

  /** @param {number} id of a run */
  describePane(id) {
    const run = this.runs.list[id];
    const frame = this.morphology.shown[id];
    this.titles[id].replaceChildren(
      ...(this.runs.list.length > 1 ? [run.name] : []),
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
    const times = this.runs.times[id];
    if (this.morphology.shown[id] || times === undefined) {
      return "";
    }
    if (times.length === 0) {
      return this.runs.list[id].state.status === "RUNNING"
        ? "No snapshot yet; the first will show by itself." : "This run has no snapshots.";
    }
    return this.whyNone(id);
  }
}
