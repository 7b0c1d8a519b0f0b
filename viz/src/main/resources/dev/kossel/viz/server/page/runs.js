// What is known of the runs, and how it is kept up while they go on.

import { ApiError, frameTimes, listExports, listRuns, table } from "./api.js";

/**
 * @typedef {import("./api.js").Listing} Listing
 * @typedef {import("./api.js").State} State
 * @typedef {import("./chart-choices.js").Tables} Tables
 */

/** @type {Tables} */
const NO_TABLES = { statistics: null, events: null };

export class Runs {
  /**
   * @param {{appeared: () => void, changed: (id: number) => void, forgotten: (id: number) => void,
   *   failed: (id: number, failure: unknown) => void}} on
   *   appeared: a run has become readable, or is another now; forgotten: frames of a run may not be what they were
   */
  constructor(on) {
    this.on = on;
    /** @type {Listing[]} */
    this.list = [];
    /** @type {number[][]} simulated times of the frames, s, by run */
    this.times = [];
    /** @type {Tables[]} by run */
    this.tables = [];
    /** @type {string[]} formats for other programs */
    this.exports = [];
    /** @type {Map<number, Promise<void>>} updates that are under way, by run */
    this.updates = new Map();
  }

  async load() {
    this.list = await listRuns();
    this.exports = await listExports();
  }

  async fetchAll() {
    await Promise.all(this.list.map(run => this.update(run.state, true)));
  }

  /** @param {number} id */
  tablesOf(id) {
    return this.tables[id] ?? NO_TABLES;
  }

  names() {
    return this.list.map(run => run.name);
  }

  isAnyRunning() {
    return this.list.some(run => run.state.status === "RUNNING");
  }

  /**
   * @param {number} id
   * @param {string | null} error
   */
  setError(id, error) {
    this.list[id].error = error;
  }

  /** @param {State} state */
  take(state) {
    const before = this.list[state.id].state;
    if (JSON.stringify(before) !== JSON.stringify(state)) {
      this.update(state, false);
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
    const update = earlier.then(() => this.fetchNews(state, first)).catch(failure => this.on.failed(state.id, failure));
    this.updates.set(state.id, update);
    return update;
  }

  /**
   * @param {import("./api.js").State} state
   * @param {boolean} first
   */
  async fetchNews(state, first) {
    const id = state.id;
    const before = this.list[id].state;
    this.list[id].state = state;
    if (state.status === "UNREADABLE") {
      // What was seen of it stays on the screen.
      this.list[id].error = state.reason;
      this.on.changed(id);
      return;
    }
    if (before.status === "UNREADABLE" || !this.list[id].run) {
      // It has come, or come back, perhaps as another run.
      const known = JSON.stringify(this.list[id].run);
      this.list[id] = (await listRuns())[id];
      this.on.forgotten(id);
      delete this.tables[id];
      if (JSON.stringify(this.list[id].run) !== known) {
        this.on.appeared();
      }
      first = true;
    }
    this.list[id].error = null;
    if (first || state.statisticsBytes !== before.statisticsBytes || !this.tables[id]) {
      const [statistics, events] = await Promise.all([
        table(id, "statistics.csv", this.tables[id]?.statistics ?? null),
        table(id, "events.csv", this.tables[id]?.events ?? null),
      ]);
      this.tables[id] = { statistics, events };
    }
    if (first || state.frames !== before.frames || state.lastFrameSeconds !== before.lastFrameSeconds) {
      if (state.frames <= before.frames) {
        this.on.forgotten(id); // It went back to a checkpoint, or is another run by now.
      }
      this.times[id] = await frameTimes(id);
    }
    this.on.changed(id);
  }
}
