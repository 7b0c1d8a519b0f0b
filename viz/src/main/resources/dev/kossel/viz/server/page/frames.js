// Frames that were fetched, the latest used kept.

import { ApiError, siteValues } from "./api.js";

/**
 * @typedef {import("./frame-format.js").Sites} Sites
 * @typedef {Sites & {run: number, number: number}} Frame
 */

const MOST_BYTES = 256 * 2 ** 20;
const BYTES_PER_SITE = 32;
const BYTES_PER_VALUE = 4;

/** Frames by run and number, and what is coloured by. What is being fetched is fetched once. */
export class FrameCache {
  constructor() {
    /** @type {Map<string, Promise<any>>} */
    this.kept = new Map();
    /** @type {Map<string, number>} */
    this.sizes = new Map();
    this.bytes = 0;
    /** @type {Map<number, import("./frame-format.js").Packing>} by run */
    this.packings = new Map();
    /** @type {Map<number, {resolve: (sites: Sites) => void, reject: (failure: Error) => void}>} */
    this.waiting = new Map();
    this.asked = 0;
    this.worker = new Worker(new URL("./frame-worker.js", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", event => this.answered(event.data));
  }

  /**
   * @param {number} run
   * @param {import("./api.js").Box} box
   */
  know(run, box) {
    const sizes = [box.widthNm, box.depthNm, box.heightNm];
    this.packings.set(run, {
      cells: box.cells, edges: sizes.map((size, axis) => size / box.cells[axis]), basis: box.basis, radius: box.radiusNm,
    });
  }

  /**
   * @param {number} run
   * @param {number} number
   * @returns {Promise<Frame>}
   */
  load(run, number) {
    return this.keep(`${run}/${number}`, frame => frame.count * BYTES_PER_SITE, async () => {
      const sites = await this.fetch(run, `/api/runs/${run}/frames/${number}`);
      return { ...sites, run, number };
    });
  }

  /**
   * What a cut lays open of a frame; not kept, since no two are alike.
   *
   * @param {Frame} frame
   * @param {string} planes
   * @returns {Promise<Sites>}
   */
  cut(frame, planes) {
    return this.fetch(frame.run, `/api/runs/${frame.run}/frames/${frame.number}/cut/${planes}`);
  }

  /**
   * A number for each site of a frame, in the order in which sites are sent.
   *
   * @param {Frame} frame
   * @param {string} kind
   * @param {string} planes of a cut, or ""
   * @returns {Promise<Float32Array>}
   */
  values(frame, kind, planes) {
    return planes
      ? siteValues(frame.run, frame.number, kind, planes)
      : this.keep(`${frame.run}/${frame.number}/${kind}`, values => values.length * BYTES_PER_VALUE,
        () => siteValues(frame.run, frame.number, kind, ""));
  }

  /**
   * @param {number} run
   * @param {string} address
   * @returns {Promise<Sites>}
   */
  fetch(run, address) {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, address, packing: this.packings.get(run) });
    });
  }

  /** @param {{id: number, sites?: Sites, error: string, gone: boolean}} answer */
  answered({ id, sites, error, gone }) {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (sites) {
      waiting?.resolve(sites);
    } else {
      waiting?.reject(new ApiError(error, gone));
    }
  }

  /**
   * @template T
   * @param {string} key
   * @param {(value: T) => number} size bytes
   * @param {() => Promise<T>} fetch
   * @returns {Promise<T>}
   */
  keep(key, size, fetch) {
    let found = this.kept.get(key);
    if (found) {
      this.kept.delete(key); // Put at the end again: Map keeps the order of insertion.
    } else {
      const fetched = fetch();
      found = fetched;
      fetched.then(
        value => {
          if (this.kept.get(key) === fetched) {
            this.sizes.set(key, size(value));
            this.bytes += size(value);
            this.trim();
          }
        },
        () => this.forget(key), // So that it is asked for again.
      );
    }
    this.kept.set(key, found);
    return found;
  }

  /** @param {number} run whose frames may have changed */
  forgetRun(run) {
    [...this.kept.keys()].filter(key => key.startsWith(`${run}/`)).forEach(key => this.forget(key));
  }

  trim() {
    for (const key of [...this.kept.keys()]) {
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
    this.kept.delete(key);
  }
}
