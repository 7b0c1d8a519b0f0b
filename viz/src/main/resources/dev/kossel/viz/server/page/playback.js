// Which frame of each run belongs to a place on the timeline, and bringing it on the screen.

import { ApiError } from "./api.js";
import { lastNotAbove, marksOf, placesOf } from "./axis.js";

/** @typedef {import("./frames.js").Frame} Frame */

const PREFETCHED = 3;

export class Playback {
  /**
   * @param {{runs: import("./runs.js").Runs, cache: import("./frames.js").FrameCache, timeline: import("./timeline.js").Timeline,
   *   present: (id: number, frame: Frame | null) => Promise<void>, settled: () => void,
   *   failed: (id: number, failure: unknown) => void}} parts
   */
  constructor({ runs, cache, timeline, present, settled, failed }) {
    this.runs = runs;
    this.cache = cache;
    this.timeline = timeline;
    this.present = present;
    this.settled = settled;
    this.failed = failed;
    /** @type {number[][]} where the frames lie on the axis of the timeline, by run */
    this.places = [];
    this.asked = 0;
    this.wanted = NaN;
    /** @type {Promise<void> | null} until what is wanted is on the screen */
    this.showing = null;
  }

  /** Takes up frames that are new, or another axis. */
  refresh() {
    const { axis } = this.timeline;
    this.places = this.runs.list.map(
      run => placesOf(this.runs.tablesOf(run.id).statistics, axis, this.runs.times[run.id] ?? []));
    const marked = this.runs.tables.find(tables => tables?.statistics)?.statistics;
    this.timeline.setPlaces(this.places, marked ? marksOf(marked, axis) : [], this.runs.isAnyRunning());
  }

  /**
   * Shows of every run its last frame that is not after a place on the axis of the timeline.
   *
   * @param {number} place
   */
  async show(place) {
    this.asked++;
    this.wanted = place;
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
    this.settled();
    if (this.timeline.playing) {
      this.prefetch();
    }
  }

  /**
   * @param {number} place
   * @param {number} request
   */
  async showNow(place, request) {
    await Promise.all(this.runs.list.map(async run => {
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
          this.failed(run.id, failure);
        }
      }
    }));
  }

  /** Asks for the frames that come next, without waiting for them. */
  prefetch() {
    for (const place of this.timeline.upcoming(PREFETCHED)) {
      for (const run of this.runs.list) {
        const number = lastNotAbove(this.places[run.id] ?? [], place);
        if (run.run && number >= 0) {
          this.cache.load(run.id, number).catch(() => {}); // Asked for again, and reported, when it is shown.
        }
      }
    }
  }

  /**
   * @param {number} id of a run that has frames
   * @returns {string} why none of them is shown; empty if one is, or is on its way
   */
  whyNone(id) {
    const places = this.places[id] ?? [];
    if (places.length === 0 && this.timeline.axis.name !== "time" && this.runs.tables[id]) {
      return `This run does not record its ${this.timeline.axis.title}.`;
    }
    return places[0] > this.timeline.now ? "No snapshot of this run as early as this." : "";
  }
}
