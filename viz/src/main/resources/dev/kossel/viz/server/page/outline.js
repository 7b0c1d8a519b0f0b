// The edges of a box, but for those in front of what it holds.

import * as THREE from "three";

/** The faces of a box: axis, and which end of it. */
const FACES = [0, 1, 2].flatMap(axis => [[axis, 0], [axis, 1]]);

export class Outline {
  /** @param {number[]} size of the box, which stands at the origin */
  constructor(size) {
    this.size = size;
    this.material = new THREE.LineBasicMaterial({ transparent: true, opacity: 0.6 });
    this.positions = new THREE.BufferAttribute(new Float32Array(2 * 3 * 12), 3);
    const geometry = new THREE.BufferGeometry();
    geometry.setAttribute("position", this.positions);
    this.lines = new THREE.LineSegments(geometry, this.material);
    this.lines.frustumCulled = false;
  }

  /**
   * @param {THREE.Vector3} eye in the coordinates of the box
   * @param {THREE.Vector3 | null} along where all rays go, of an orthographic camera
   */
  seenFrom(eye, along) {
    const faced = FACES.map(([axis, end]) => {
      const sign = end === 1 ? 1 : -1;
      return along
        ? sign * along.getComponent(axis) < 0
        : sign * (eye.getComponent(axis) - end * this.size[axis]) > 0;
    });
    let vertices = 0;
    for (let a = 0; a < FACES.length; a++) {
      for (let b = a + 1; b < FACES.length; b++) {
        const [axisA, endA] = FACES[a];
        const [axisB, endB] = FACES[b];
        if (axisA !== axisB && !(faced[a] && faced[b])) {
          for (const end of [0, 1]) {
            const corner = [0, 1, 2].map(axis =>
              this.size[axis] * (axis === axisA ? endA : axis === axisB ? endB : end));
            this.positions.setXYZ(vertices++, corner[0], corner[1], corner[2]);
          }
        }
      }
    }
    this.positions.needsUpdate = true;
    this.lines.geometry.setDrawRange(0, vertices);
  }
}
