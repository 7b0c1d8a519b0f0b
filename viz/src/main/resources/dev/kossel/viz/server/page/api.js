// The server's answers as JavaScript values. The server's side is drawn in ViewerServer and SurfaceFrame.

/**
 * @typedef {{lattice: string, orientation: string, widthNm: number, depthNm: number, heightNm: number, radiusNm: number,
 *   mostNeighbors: number, siteCount: number}} Box
 * @typedef {{name: string, metal: boolean, vacant: boolean, color: string}} Species
 * @typedef {{scenario: string, version: string, seed: number, started: string, box: Box, species: Species[],
 *   siteTypes: string[]}} Description
 * @typedef {{id: number, status: string, reason: string | null, frames: number, lastFrameSeconds: number,
 *   statisticsBytes: number}} State
 * @typedef {{id: number, name: string, error: string | null, run: Description | null, state: State}} Listing
 * @typedef {{timeSeconds: number, events: number, count: number, exposed: number, solidSites: number, positions: Float32Array,
 *   sites: Int32Array, species: Uint8Array, coordination: Uint8Array, siteTypes: Uint8Array}} Frame
 * @typedef {{columns: Map<string, number[]>, bytes: number}} Statistics
 */

const MAGIC = 0x4653534b; // "KSSF", little-endian
const VERSION = 1;
const HEADER_BYTES = 36;

/** An answer that says what is wrong. */
export class ApiError extends Error {}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<Response>}
 */
async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new ApiError("The viewer does not answer. Is it still running? Start it again with kossel view.");
  }
  if (!response.ok && response.status !== 416) {
    const body = await response.json().catch(() => ({ error: `${response.status} ${response.statusText}` }));
    throw new ApiError(body.error);
  }
  return response;
}

/** @returns {Promise<Listing[]>} */
export async function listRuns() {
  return (await (await ask("/api/runs")).json()).runs;
}

/**
 * @param {number} run
 * @returns {Promise<number[]>} simulated times of its frames, s
 */
export async function frameTimes(run) {
  return (await (await ask(`/api/runs/${run}/frames`)).json()).times;
}

/**
 * @param {number} run
 * @param {number} number
 * @returns {Promise<Frame>}
 */
export async function frame(run, number) {
  return decodeFrame(await (await ask(`/api/runs/${run}/frames/${number}`)).arrayBuffer());
}

/**
 * @param {ArrayBuffer} bytes
 * @returns {Frame}
 */
function decodeFrame(bytes) {
  const view = new DataView(bytes);
  if (bytes.byteLength < HEADER_BYTES || view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== VERSION) {
    throw new ApiError("The frame has another format than this page knows. Reload the page.");
  }
  const n = view.getInt32(24, true);
  const flags = HEADER_BYTES + 16 * n;
  return {
    timeSeconds: view.getFloat64(8, true),
    events: Number(view.getBigInt64(16, true)),
    count: n,
    exposed: view.getInt32(28, true),
    solidSites: view.getInt32(32, true),
    positions: new Float32Array(bytes, HEADER_BYTES, 3 * n),
    sites: new Int32Array(bytes, HEADER_BYTES + 12 * n, n),
    species: new Uint8Array(bytes, flags, n),
    coordination: new Uint8Array(bytes, flags + n, n),
    siteTypes: new Uint8Array(bytes, flags + 2 * n, n),
  };
}

/**
 * The statistics of a run; of those known already, only what has been added is fetched.
 *
 * @param {number} run
 * @param {Statistics | null} known is extended in place
 * @returns {Promise<Statistics>}
 */
export async function statistics(run, known) {
  const path = `/api/runs/${run}/statistics.csv`;
  if (known && known.bytes > 0) {
    const response = await ask(path, { headers: { Range: `bytes=${known.bytes}-` }, cache: "no-store" });
    if (response.status === 206) {
      const added = await response.arrayBuffer();
      addRows(known, new TextDecoder().decode(added));
      known.bytes += added.byteLength;
      return known;
    }
    if (response.status === 416 && response.headers.get("Content-Range") === `bytes */${known.bytes}`) {
      return known;
    }
  }
  // Nothing known, or the run went back to an earlier checkpoint.
  const all = await (await ask(path)).arrayBuffer();
  const text = new TextDecoder().decode(all);
  const end = text.indexOf("\n");
  /** @type {Statistics} */
  const read = { columns: new Map(), bytes: all.byteLength };
  if (end > 0) {
    text.slice(0, end).trim().split(",").forEach(name => read.columns.set(name, []));
    addRows(read, text.slice(end + 1));
  }
  return read;
}

/**
 * @param {Statistics} table
 * @param {string} rows
 */
function addRows(table, rows) {
  const columns = [...table.columns.values()];
  for (const row of rows.split("\n")) {
    if (row !== "") {
      const fields = row.split(",");
      columns.forEach((column, i) => column.push(number(fields[i])));
    }
  }
}

/**
 * @param {string | undefined} field
 * @returns {number}
 */
function number(field) {
  if (field === undefined || field === "") {
    return NaN;
  }
  return field === "inf" ? Infinity : field === "-inf" ? -Infinity : Number(field);
}
