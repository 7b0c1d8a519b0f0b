// The one camera of all panes: orbit and zoom, in perspective or orthographic.

import * as THREE from "three";
import { OrbitControls } from "three/controls";

const FIELD_OF_VIEW = 32; // degrees, of the height

/** The controls move the perspective camera; the orthographic one is derived from it and shows its target at the same size. */
export class Camera {
  /**
   * @param {HTMLElement} surface that takes the mouse
   * @param {() => void} moved
   */
  constructor(surface, moved) {
    this.perspective = new THREE.PerspectiveCamera(FIELD_OF_VIEW, 1, 0.1, 1000);
    this.perspective.up.set(0, 0, 1);
    this.orthographic = new THREE.OrthographicCamera();
    this.isOrthographic = false;
    this.extent = 10;
    this.controls = new OrbitControls(this.perspective, surface);
    this.controls.zoomToCursor = false;
    this.controls.addEventListener("change", moved);
  }

  /**
   * Looks obliquely at a block that stands centred on the z axis.
   *
   * @param {{width: number, depth: number, low: number, high: number}} block
   * @param {number} aspect of a pane
   */
  fit(block, aspect) {
    const radius = Math.hypot(block.width, block.depth, block.high - block.low) / 2;
    const half = Math.tan((FIELD_OF_VIEW * Math.PI) / 360) * Math.min(1, aspect);
    const distance = ((aspect < 1 ? 1.02 : 0.92) * radius) / half + radius * 0.25;
    this.setExtent(radius);
    this.controls.target.set(0, 0, (block.low + block.high) / 2);
    this.perspective.position
      .set(-0.48, -0.72, 0.5)
      .normalize()
      .multiplyScalar(distance)
      .add(this.controls.target);
    this.controls.update();
  }

  /** @param {number} radius of what there is to see, nm */
  setExtent(radius) {
    this.extent = radius;
    this.controls.minDistance = radius / 50;
    this.controls.maxDistance = radius * 20;
  }

  /** @returns {number[]} where the eye is, what it looks at, x, y, z each, and half the size of what there is to see; nm */
  get pose() {
    return [...this.perspective.position.toArray(), ...this.controls.target.toArray(), this.extent];
  }

  /** @param {number[]} pose */
  set pose(pose) {
    this.perspective.position.fromArray(pose, 0);
    this.controls.target.fromArray(pose, 3);
    this.setExtent(pose[6]);
    this.controls.update();
  }

  /** @returns {number} from the eye to what it looks at, nm */
  get distance() {
    return this.perspective.position.distanceTo(this.controls.target);
  }

  /** @returns {number} nm across the height of the view, at the target */
  get spanNm() {
    return 2 * this.distance * Math.tan((FIELD_OF_VIEW * Math.PI) / 360);
  }

  /**
   * The camera for a pane.
   *
   * @param {number} aspect
   * @returns {THREE.Camera}
   */
  for(aspect) {
    const far = this.distance + 4 * this.extent;
    const near = Math.max(far / 5000, this.distance - 4 * this.extent);
    this.perspective.aspect = aspect;
    this.perspective.near = near;
    this.perspective.far = far;
    this.perspective.updateProjectionMatrix();
    this.perspective.updateMatrixWorld();
    if (!this.isOrthographic) {
      return this.perspective;
    }
    const half = this.spanNm / 2;
    Object.assign(this.orthographic, { left: -half * aspect, right: half * aspect, top: half, bottom: -half, near: -far, far });
    this.orthographic.position.copy(this.perspective.position);
    this.orthographic.quaternion.copy(this.perspective.quaternion);
    this.orthographic.updateProjectionMatrix();
    this.orthographic.updateMatrixWorld();
    return this.orthographic;
  }
}
