// Where the deposits are cut: a slice plane of any of four directions and the six faces of a box. Positions are shares of
// the box, so that runs of different size are cut alike.

/**
 * @typedef {"off" | "x" | "y" | "z" | "view"} Axis
 * @typedef {{axis: Axis, at: number, flipped: boolean, low: number[], high: number[], normal: number[]}} Cut
 *   at: share of the way through the box; low, high: of x, y, z, shares of the box that are kept; normal: of the plane "view"
 */

/** @returns {Cut} */
export function uncut() {
  return { axis: "off", at: 0.5, flipped: false, low: [0, 0, 0], high: [1, 1, 1], normal: [0, 1, 0] };
}

/**
 * @param {Cut} cut
 * @param {import("./api.js").Box} box
 * @returns {number[][]} nx, ny, nz, d in nm: what is kept has nx·x + ny·y + nz·z ≤ d for all
 */
export function planesOf(cut, box) {
  const size = [box.widthNm, box.depthNm, box.heightNm];
  /** @type {number[][]} */
  const planes = [];
  for (let axis = 0; axis < 3; axis++) {
    if (cut.low[axis] > 0) {
      planes.push([...unit(axis, -1), -cut.low[axis] * size[axis]]);
    }
    if (cut.high[axis] < 1) {
      planes.push([...unit(axis, 1), cut.high[axis] * size[axis]]);
    }
  }
  if (cut.axis !== "off") {
    const toward = cut.axis === "view" ? cut.normal : unit("xyz".indexOf(cut.axis), 1);
    // From where the plane enters the box to where it leaves it.
    const ends = toward.map((n, axis) => [Math.min(0, n * size[axis]), Math.max(0, n * size[axis])]);
    const [first, last] = [0, 1].map(end => ends.reduce((sum, pair) => sum + pair[end], 0));
    const d = first + cut.at * (last - first);
    planes.push(cut.flipped ? [...toward.map(n => -n), -d] : [...toward, d]);
  }
  return planes;
}

/**
 * @param {Cut} cut
 * @returns {string | null} for a link; null for none
 */
export function cutText({ axis, at, flipped, low, high, normal }) {
  const parts = [at, ...low, ...high, ...normal].map(share => Number(share.toFixed(4)));
  const whole = axis === "off" && low.every(share => share === 0) && high.every(share => share === 1);
  return whole ? null : [axis, flipped ? 1 : 0, ...parts].join(",");
}

/**
 * @param {string} text as of cutText
 * @returns {Cut | null} null if it says anything else
 */
export function cutOf(text) {
  const [axis, ...rest] = text.split(",");
  const numbers = rest.map(Number);
  if (!["off", "x", "y", "z", "view"].includes(axis) || numbers.length !== 11 || !numbers.every(Number.isFinite)) {
    return null;
  }
  const [flipped, at, ...ends] = numbers;
  const normal = ends.slice(6);
  const length = Math.hypot(...normal);
  if (ends.slice(0, 6).some(share => share < 0 || share > 1) || length === 0) {
    return null;
  }
  return {
    axis: /** @type {Axis} */ (axis), at: Math.max(0, Math.min(1, at)), flipped: flipped === 1,
    low: ends.slice(0, 3), high: ends.slice(3, 6), normal: normal.map(n => n / length),
  };
}

/**
 * @param {number[][]} planes
 * @returns {string} as the server reads them
 */
export function planesText(planes) {
  return planes.map(plane => plane.map(number => number.toFixed(6)).join(",")).join("_");
}

/**
 * @param {number} axis
 * @param {number} length
 * @returns {number[]}
 */
function unit(axis, length) {
  return [0, 1, 2].map(i => (i === axis ? length : 0));
}
