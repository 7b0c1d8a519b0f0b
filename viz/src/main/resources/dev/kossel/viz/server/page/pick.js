// Which site lies under the mouse.

/**
 * The first sphere that a ray hits.
 *
 * @param {Float32Array} positions x, y, z of every sphere
 * @param {number} radius
 * @param {{x: number, y: number, z: number}} from
 * @param {{x: number, y: number, z: number}} along of length 1
 * @returns {number} its number, or -1
 */
export function pickSphere(positions, radius, from, along) {
  let nearest = Infinity;
  let found = -1;
  for (let i = 0, k = 0; k < positions.length; i++, k += 3) {
    const x = positions[k] - from.x;
    const y = positions[k + 1] - from.y;
    const z = positions[k + 2] - from.z;
    const way = x * along.x + y * along.y + z * along.z;
    const inside = radius * radius - (x * x + y * y + z * z - way * way);
    if (inside > 0 && way - Math.sqrt(inside) < nearest) {
      nearest = way - Math.sqrt(inside);
      found = i;
    }
  }
  return found;
}
