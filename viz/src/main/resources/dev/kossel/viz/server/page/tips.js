// The tips of a deposit: summits of its surface seen from above, the most prominent first.

/**
 * @typedef {{at: number[], prominenceNm: number}} Tip at: x, y, z, nm
 */

const MOST_TIPS = 24;
const LEAST_SPACINGS = 2.5; // Of the prominence, in distances of nearest neighbours: less is roughness, not a tip.
const CELL_RADII = 3; // So that over every cell there is a column of sites.
const CELLS_ACROSS = 640; // At most, of the map in which summits are sought.

/**
 * The prominence of a summit is how far one has to climb down from it to come to a higher one (from the highest: to the lowest
 * ground). Summits merge as the ground is flooded downwards from the top: each cell joins its higher neighbours, and where two
 * summits meet, the lower one has its prominence. The box is periodic sideways.
 *
 * @param {import("./frame-format.js").Sites} sites
 * @param {import("./api.js").Box} box
 * @returns {Tip[]}
 */
export function findTips({ positions, kinds }, box) {
  const edge = Math.max(CELL_RADII * box.radiusNm, Math.max(box.widthNm, box.depthNm) / CELLS_ACROSS);
  const nx = Math.max(1, Math.floor(box.widthNm / edge));
  const ny = Math.max(1, Math.floor(box.depthNm / edge));
  const highest = new Int32Array(nx * ny).fill(-1); // Index of the highest site over a cell.
  for (let i = 0; i < positions.length / 3; i++) {
    if (kinds[4 * i + 3] === 1) {
      const x = Math.min(nx - 1, Math.floor((positions[3 * i] / box.widthNm) * nx));
      const y = Math.min(ny - 1, Math.floor((positions[3 * i + 1] / box.depthNm) * ny));
      const cell = y * nx + x;
      if (highest[cell] < 0 || positions[3 * i + 2] > positions[3 * highest[cell] + 2]) {
        highest[cell] = i;
      }
    }
  }
  /** @param {number} cell */
  const height = cell => positions[3 * highest[cell] + 2];
  const cells = Array.from(highest.keys()).filter(cell => highest[cell] >= 0).sort((a, b) => height(b) - height(a));
  if (cells.length === 0) {
    return [];
  }
  const parent = new Int32Array(nx * ny).fill(-1); // Of a flooded cell; the root of a set is its summit.
  /** @param {number} cell */
  const summit = cell => {
    let at = cell;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  /** @type {Tip[]} */
  const tips = [];
  const least = LEAST_SPACINGS * 2 * box.radiusNm;
  /**
   * @param {number} cell
   * @param {number} ground
   */
  const note = (cell, ground) => {
    if (height(cell) - ground >= least) {
      const i = highest[cell];
      tips.push({ at: [...positions.subarray(3 * i, 3 * i + 3)], prominenceNm: height(cell) - ground });
    }
  };
  for (const cell of cells) {
    parent[cell] = cell;
    const x = cell % nx;
    const y = Math.floor(cell / nx);
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [1, -1], [-1, 1], [-1, -1]]) {
      const beside = ((y + dy + ny) % ny) * nx + ((x + dx + nx) % nx);
      if (parent[beside] >= 0) {
        const here = summit(cell);
        const there = summit(beside);
        if (here !== there) {
          const [lower, higher] = height(here) < height(there) ? [here, there] : [there, here];
          note(lower, height(cell));
          parent[lower] = higher;
        }
      }
    }
  }
  note(summit(cells[0]), height(cells[cells.length - 1]));
  return tips.sort((a, b) => b.prominenceNm - a.prominenceNm).slice(0, MOST_TIPS);
}
