// Which site lies under the mouse.

/**
 * The first sphere that a ray hits of those that are shown.
 *
 * @param {import("./frame-format.js").Sites} sites
 * @param {number} radius
 * @param {{x: number, y: number, z: number}} from
 * @param {{x: number, y: number, z: number}} along of length 1
 * @param {number[][]} planes beyond which nothing is shown
 * @param {Uint32Array} hidden species, a bit each
 * @returns {{index: number, way: number}} its number, or −1, and how far away it is
 */
export function pickSphere({ positions, kinds }, radius, from, along, planes, hidden) {
  let nearest = Infinity;
  let found = -1;
  for (let i = 0, k = 0; k < positions.length; i++, k += 3) {
    const x = positions[k] - from.x;
    const y = positions[k + 1] - from.y;
    const z = positions[k + 2] - from.z;
    const way = x * along.x + y * along.y + z * along.z;
    const inside = radius * radius - (x * x + y * y + z * z - way * way);
    if (inside > 0 && way - Math.sqrt(inside) < nearest) {
      const species = kinds[4 * i];
      const beyond = planes.some(([nx, ny, nz, d]) => nx * positions[k] + ny * positions[k + 1] + nz * positions[k + 2] > d);
      if (!beyond && ((hidden[species >> 5] >> (species & 31)) & 1) === 0) {
        nearest = way - Math.sqrt(inside);
        found = i;
      }
    }
  }
  return { index: found, way: nearest };
}
