// The sites of a frame as the server sends them, made ready to be drawn: in chunks of space, each with the sites of the
// surface first and in random order, so that any beginning of a chunk stands for the whole. Runs in a worker.

/**
 * @typedef {{cells: number[], edges: number[], basis: number[][], radius: number}} Packing of a lattice, nm
 * @typedef {{start: number, count: number, surface: number, x: number, y: number, z: number, reach: number}} Chunk
 *   sites start … start + count − 1, of which the first `surface` form the surface, all within `reach` of a point
 * @typedef {{timeSeconds: number, events: number, count: number, surface: number, exposed: number, solidSites: number,
 *   high: number, places: Int32Array, positions: Float32Array, kinds: Uint8Array, light: Int8Array, directions: Int8Array,
 *   order: Uint32Array, chunks: Chunk[]}} Sites
 *   kinds: species, nearest neighbours, site type, 1 if exposed; light: mean, gradient x, y, z, ÷ 127; directions: x, y, z and the void about it, ÷ 127;
 *   order: which of the sites sent each is
 */

const MAGIC = 0x4653534b; // "KSSF", little-endian
const VERSION = 2;
const HEADER_BYTES = 40;
const SITES_IN_CHUNK = 6000;
const BEHIND_LIGHT = 62; // Of what shows through the gaps of the surface, ÷ 127.
const BEHIND_VOID = 30;

/**
 * @param {ArrayBuffer} bytes as drawn in SurfaceFrame
 * @param {Packing} packing
 * @returns {Sites}
 */
export function decodeSites(bytes, packing) {
  const view = new DataView(bytes);
  if (bytes.byteLength < HEADER_BYTES || view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== VERSION) {
    throw new Error("The frame has another format than this page knows. Reload the page.");
  }
  const n = view.getInt32(24, true);
  const m = view.getInt32(28, true);
  const exposed = view.getInt32(32, true);
  const steps = new Int32Array(bytes, HEADER_BYTES, n);
  const skyAt = HEADER_BYTES + 4 * n;
  const sky = new Uint8Array(bytes, skyAt, 4 * m);
  const gradient = new Int8Array(bytes, skyAt, 4 * m);
  const direction = new Int8Array(bytes, skyAt + 4 * m, 4 * m);
  const kind = new Uint8Array(bytes, skyAt + 8 * m, 3 * n);

  const sent = new Int32Array(n);
  const at = new Float32Array(3 * n);
  locate(steps, packing, sent, at);
  const { order, chunks } = arrange(at, n, m, packing);

  const places = new Int32Array(n);
  const positions = new Float32Array(3 * n);
  const kinds = new Uint8Array(4 * n);
  const light = new Int8Array(4 * n);
  const directions = new Int8Array(4 * n);
  let high = 0;
  for (let i = 0; i < n; i++) {
    const from = order[i];
    places[i] = sent[from];
    for (let axis = 0; axis < 3; axis++) {
      positions[3 * i + axis] = at[3 * from + axis];
    }
    high = Math.max(high, positions[3 * i + 2]);
    kinds[4 * i] = kind[from];
    kinds[4 * i + 1] = kind[n + from];
    kinds[4 * i + 2] = kind[2 * n + from];
    kinds[4 * i + 3] = from < exposed ? 1 : 0;
    light[4 * i] = from < m ? sky[4 * from] >> 1 : BEHIND_LIGHT;
    directions[4 * i + 3] = from < m ? direction[4 * from + 3] : BEHIND_VOID;
    if (from < m) {
      for (let axis = 0; axis < 3; axis++) {
        light[4 * i + 1 + axis] = gradient[4 * from + 1 + axis];
        directions[4 * i + axis] = direction[4 * from + axis];
      }
    }
  }
  return {
    timeSeconds: view.getFloat64(8, true),
    events: Number(view.getBigInt64(16, true)),
    count: n, surface: m, exposed,
    solidSites: view.getInt32(36, true),
    high, places, positions, kinds, light, directions, order, chunks,
  };
}

/**
 * What of the sites may be handed from a worker to the page without a copy.
 *
 * @param {Sites} sites
 * @returns {ArrayBuffer[]}
 */
export function transferable(sites) {
  return [sites.places, sites.positions, sites.kinds, sites.light, sites.directions, sites.order]
    .map(array => /** @type {ArrayBuffer} */ (array.buffer));
}

/**
 * @param {Int32Array} steps from place to place
 * @param {Packing} packing
 * @param {Int32Array} places to be filled
 * @param {Float32Array} at to be filled: x, y, z
 */
function locate(steps, { cells, edges, basis }, places, at) {
  const [nx, ny] = cells;
  let place = 0;
  for (let i = 0; i < steps.length; i++) {
    place = steps[i] + place;
    places[i] = place;
    const atom = basis[place % basis.length];
    const cell = Math.floor(place / basis.length);
    const row = Math.floor(cell / nx);
    at[3 * i] = (cell % nx) * edges[0] + atom[0];
    at[3 * i + 1] = (row % ny) * edges[1] + atom[1];
    at[3 * i + 2] = Math.floor(row / ny) * edges[2] + atom[2];
  }
}

/**
 * @param {Float32Array} at
 * @param {number} n
 * @param {number} m sites of the surface: the first
 * @param {Packing} packing
 * @returns {{order: Uint32Array, chunks: Chunk[]}}
 */
function arrange(at, n, m, { cells, edges, radius }) {
  const size = [0, 1, 2].map(axis => cells[axis] * edges[axis]);
  const edge = Math.max(8 * radius, Math.sqrt((size[0] * size[1] * SITES_IN_CHUNK) / Math.max(1, n)));
  const grid = size.map(length => Math.max(1, Math.ceil(length / edge)));
  // Two bins a chunk: its surface, and what lies behind.
  const bins = new Uint32Array(2 * grid[0] * grid[1] * grid[2] + 1);
  const bin = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const x = Math.min(grid[0] - 1, Math.floor(at[3 * i] / edge));
    const y = Math.min(grid[1] - 1, Math.floor(at[3 * i + 1] / edge));
    const z = Math.min(grid[2] - 1, Math.floor(at[3 * i + 2] / edge));
    bin[i] = 2 * ((z * grid[1] + y) * grid[0] + x) + (i < m ? 0 : 1);
    bins[bin[i] + 1]++;
  }
  for (let b = 1; b < bins.length; b++) {
    bins[b] += bins[b - 1];
  }
  const next = bins.slice();
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    order[next[bin[i]]++] = i;
  }
  const chunks = [];
  for (let b = 0; b + 2 < bins.length; b += 2) {
    if (bins[b + 2] > bins[b]) {
      shuffle(order, bins[b], bins[b + 1]);
      const chunk = b / 2;
      const corner = [chunk % grid[0], Math.floor(chunk / grid[0]) % grid[1], Math.floor(chunk / (grid[0] * grid[1]))];
      const [x, y, z] = corner.map(c => (c + 0.5) * edge);
      chunks.push({
        start: bins[b], count: bins[b + 2] - bins[b], surface: bins[b + 1] - bins[b],
        x, y, z, reach: (Math.sqrt(3) / 2) * edge + radius,
      });
    }
  }
  return { order, chunks };
}

/**
 * The same way every time (a linear congruential generator, as in Numerical Recipes), so that pictures can be repeated.
 *
 * @param {Uint32Array} order
 * @param {number} from
 * @param {number} to
 */
function shuffle(order, from, to) {
  let state = 1;
  for (let i = to - 1; i > from; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = from + Math.floor((state / 2 ** 32) * (i - from + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
}
