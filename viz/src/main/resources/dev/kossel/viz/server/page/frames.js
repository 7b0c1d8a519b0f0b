// Frames that were fetched, the latest used kept.

import { frame } from "./api.js";

const MOST_BYTES = 384 * 2 ** 20;
const BYTES_PER_SITE = 19;

/** Frames by run and number. A frame that is being fetched is fetched once. */
export class FrameCache {
  constructor() {
    /** @type {Map<string, Promise<import("./api.js").Frame>>} */
    this.frames = new Map();
    /** @type {Map<string, number>} */
    this.sizes = new Map();
    this.bytes = 0;
  }

  /**
   * @param {number} run
   * @param {number} number
   * @returns {Promise<import("./api.js").Frame>}
   */
  load(run, number) {
    const key = `${run}/${number}`;
    let found = this.frames.get(key);
    if (found) {
      this.frames.delete(key); // Put at the end again: Map keeps the order of insertion.
    } else {
      found = frame(run, number);
      const fetched = found;
      fetched.then(
        read => {
          if (this.frames.get(key) === fetched) {
            this.sizes.set(key, read.count * BYTES_PER_SITE);
            this.bytes += read.count * BYTES_PER_SITE;
            this.trim();
          }
        },
        () => this.forget(key), // So that it is asked for again.
      );
    }
    this.frames.set(key, found);
    return found;
  }

  /** @param {number} run whose frames may have changed */
  forgetRun(run) {
    [...this.frames.keys()].filter(key => key.startsWith(`${run}/`)).forEach(key => this.forget(key));
  }

  trim() {
    for (const key of [...this.frames.keys()]) {
      if (this.bytes <= MOST_BYTES) {
        return;
      }
      if (this.sizes.has(key)) {
        this.forget(key);
      }
    }
  }

  /** @param {string} key */
  forget(key) {
    this.bytes -= this.sizes.get(key) ?? 0;
    this.sizes.delete(key);
    this.frames.delete(key);
  }
}
