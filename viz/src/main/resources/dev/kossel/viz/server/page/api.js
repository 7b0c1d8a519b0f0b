// The server's answers as JavaScript values. The server's side is drawn in ViewerServer and SurfaceFrame.

/**
 * @typedef {{lattice: string, orientation: string, widthNm: number, depthNm: number, heightNm: number, radiusNm: number,
 *   mostNeighbors: number, siteCount: number, layers: number, cells: number[], basis: number[][]}} Box
 * @typedef {{name: string, metal: boolean, vacant: boolean, color: string}} Species
 * @typedef {{scenario: string, version: string, seed: number, started: string, box: Box, species: Species[],
 *   siteTypes: string[], processes: string[], siteFields: string[], facets: string[]}} Description
 * @typedef {{id: number, status: string, reason: string | null, frames: number, lastFrameSeconds: number,
 *   statisticsBytes: number}} State
 * @typedef {{id: number, name: string, error: string | null, run: Description | null, state: State}} Listing
 * @typedef {{place: number, number: number, species: number, siteType: number, x: number, y: number, z: number,
 *   distanceNm: number}} Site
 * @typedef {{site: Site, layer: number, coordination: number, filledSeconds: number | null, clusterSites: number, dead: boolean,
 *   fields: Record<string, number>, neighbors: Site[]}} SiteReport
 * @typedef {{x: number, y: number, z: number, prominenceNm: number, radiusNm: number, aspectRatio: number}} Tip lengths in nm
 * @typedef {{columns: Map<string, number[]>, bytes: number}} Table
 * @typedef {{timeSeconds: number, meanNm: number, rmsNm: number, skewness: number, kurtosis: number, surfaceNm: number,
 *   pixelsX: number, pixelsY: number, layers: number, heights: Float32Array, least: number, greatest: number, layerZ: Float32Array,
 *   densities: {species: number, fractions: Float32Array}[]}} Topography
 * @typedef {{timeSeconds: number, count: number, along: Float32Array, z: Float32Array, species: Uint8Array, depth: Uint8Array}} Section
 */

const TOPOGRAPHY_MAGIC = 0x4754534b; // "KSTG"
const TOPOGRAPHY_HEADER_BYTES = 72;
const SECTION_MAGIC = 0x5343534b; // "KSCS"
const SECTION_HEADER_BYTES = 20;

/** An answer that says what is wrong. */
export class ApiError extends Error {
  /**
   * @param {string} message
   * @param {boolean} [gone] whether nothing is there to ask any more, so that what is known is the last there is
   */
  constructor(message, gone = false) {
    super(message);
    this.gone = gone;
  }
}

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
    throw new ApiError("The viewer does not answer. Is it still running? Start it again with kossel view.", true);
  }
  if (!response.ok && response.status !== 416) {
    const body = await response.json().catch(() => ({ error: `${response.status} ${response.statusText}` }));
    throw new ApiError(body.error, response.status === 410);
  }
  return response;
}

/** @returns {Promise<Listing[]>} */
export async function listRuns() {
  return (await (await ask("/api/runs")).json()).runs;
}

/** @returns {Promise<string[]>} the formats in which a frame can be had */
export async function listExports() {
  return (await (await ask("/api/runs")).json()).exports;
}

/**
 * @param {number} run
 * @param {number} number of the frame
 * @param {string} format
 * @returns {string} where it can be had
 */
export function exportAddress(run, number, format) {
  return `/api/runs/${run}/frames/${number}/export/${format}`;
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
 * @param {number} number of a frame
 * @param {string} kind
 * @param {string} planes of a cut, or ""
 * @returns {Promise<Float32Array>} a number for each site, as sent
 */
export async function siteValues(run, number, kind, planes) {
  const cut = planes ? `cut/${planes}/` : "";
  return new Float32Array(await (await ask(`/api/runs/${run}/frames/${number}/${cut}values/${kind}`)).arrayBuffer());
}

/**
 * @param {number} run
 * @param {number} number of a frame
 * @param {number} place of a site
 * @returns {Promise<SiteReport>}
 */
export async function siteReport(run, number, place) {
  return (await ask(`/api/runs/${run}/frames/${number}/sites/${place}`)).json();
}

/**
 * @param {number} run
 * @param {number} number of a frame
 * @returns {Promise<Tip[]>} the most prominent first
 */
export async function tipsOf(run, number) {
  return (await (await ask(`/api/runs/${run}/frames/${number}/tips`)).json()).tips;
}

/**
 * @param {ArrayBuffer} bytes
 * @param {number} magic
 * @param {number} headerBytes
 * @returns {DataView}
 */
function header(bytes, magic, headerBytes) {
  const view = new DataView(bytes);
  if (bytes.byteLength < headerBytes || view.getUint32(0, true) !== magic || view.getUint32(4, true) !== 1) {
    throw new ApiError("The answer has another format than this page knows. Reload the page.");
  }
  return view;
}

/**
 * @param {number} run
 * @param {number} number
 * @returns {Promise<Topography>}
 */
export async function topography(run, number) {
  const bytes = await (await ask(`/api/runs/${run}/frames/${number}/topography`)).arrayBuffer();
  const view = header(bytes, TOPOGRAPHY_MAGIC, TOPOGRAPHY_HEADER_BYTES);
  const [p, q, m, k] = [56, 60, 64, 68].map(at => view.getInt32(at, true));
  const heights = new Float32Array(bytes, TOPOGRAPHY_HEADER_BYTES, p * q);
  const profiles = TOPOGRAPHY_HEADER_BYTES + 4 * (p * q + m);
  const species = new Uint8Array(bytes, profiles + 4 * k * m, k);
  let least = Infinity;
  let greatest = -Infinity;
  for (const h of heights) {
    least = Math.min(least, h);
    greatest = Math.max(greatest, h);
  }
  return {
    timeSeconds: view.getFloat64(8, true),
    meanNm: view.getFloat64(16, true),
    rmsNm: view.getFloat64(24, true),
    skewness: view.getFloat64(32, true),
    kurtosis: view.getFloat64(40, true),
    surfaceNm: view.getFloat64(48, true),
    pixelsX: p, pixelsY: q, layers: m, heights, least, greatest,
    layerZ: new Float32Array(bytes, TOPOGRAPHY_HEADER_BYTES + 4 * p * q, m),
    densities: [...species].map((number, i) => ({ species: number, fractions: new Float32Array(bytes, profiles + 4 * i * m, m) })),
  };
}

/**
 * @param {number} run
 * @param {number} number
 * @param {"x" | "y"} axis across which it is cut
 * @param {number} atNm
 * @returns {Promise<Section>}
 */
export async function section(run, number, axis, atNm) {
  const bytes = await (await ask(`/api/runs/${run}/frames/${number}/section/${axis}/${atNm.toFixed(4)}`)).arrayBuffer();
  const view = header(bytes, SECTION_MAGIC, SECTION_HEADER_BYTES);
  const n = view.getInt32(16, true);
  return {
    timeSeconds: view.getFloat64(8, true),
    count: n,
    along: new Float32Array(bytes, SECTION_HEADER_BYTES, n),
    z: new Float32Array(bytes, SECTION_HEADER_BYTES + 4 * n, n),
    species: new Uint8Array(bytes, SECTION_HEADER_BYTES + 8 * n, n),
    depth: new Uint8Array(bytes, SECTION_HEADER_BYTES + 9 * n, n),
  };
}

/**
 * @param {number} run
 * @param {string} file
 * @returns {Promise<string>} its whole lines; empty where there is no such file
 */
export async function lines(run, file) {
  return (await ask(`/api/runs/${run}/${file}`)).text();
}

/**
 * A table of a run; of one known already, only what has been added is fetched.
 *
 * @param {number} run
 * @param {"statistics.csv" | "events.csv"} file
 * @param {Table | null} known is extended in place
 * @returns {Promise<Table>}
 */
export async function table(run, file, known) {
  const path = `/api/runs/${run}/${file}`;
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
  /** @type {Table} */
  const read = { columns: new Map(), bytes: all.byteLength };
  if (end > 0) {
    text.slice(0, end).trim().split(",").forEach(name => read.columns.set(name, []));
    addRows(read, text.slice(end + 1));
  }
  return read;
}

/**
 * @param {Table} table
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
