// The one camera of all panes: orbit, zoom, pan and flights, in perspective or orthographic.

import * as THREE from "three";
import { OrbitControls } from "three/controls";

/**
 * @typedef {{width: number, depth: number, low: number, high: number}} Block that stands centred on the z axis, nm
 */

const FIELD_OF_VIEW = 32; // degrees, of the height
const FLIGHT_MILLIS = 650;
const TURN = Math.PI / 36; // By a key.
const ZOOM = 1.12;
const STEEPEST = 1e-3; // From straight down, radians: there the view has an upward direction still.

/** Where the eye is, seen from what it looks at. */
export const VIEWS = new Map([
  ["iso", { name: "oblique", from: [-0.48, -0.72, 0.5] }],
  ["top", { name: "from above", from: [0, -STEEPEST, 1] }],
  ["front", { name: "from the front, along y", from: [0, -1, 0] }],
  ["side", { name: "from the side, along −x", from: [1, 0, 0] }],
]);

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
    this.flight = 0;
    this.controls = new OrbitControls(this.perspective, surface);
    this.controls.zoomToCursor = true;
    this.controls.addEventListener("change", moved);
    this.controls.addEventListener("start", () => cancelAnimationFrame(this.flight));
  }

  /**
   * Looks at a block as a whole.
   *
   * @param {Block} block
   * @param {number} aspect of a pane
   * @param {string} [view] of VIEWS
   * @param {boolean} [flying] there, or at once
   */
  fit(block, aspect, view = "iso", flying = false) {
    const radius = Math.hypot(block.width, block.depth, block.high - block.low) / 2;
    const half = Math.tan((FIELD_OF_VIEW * Math.PI) / 360) * Math.min(1, aspect);
    const distance = ((aspect < 1 ? 1.02 : 0.92) * radius) / half + radius * 0.25;
    this.setExtent(radius);
    const target = new THREE.Vector3(0, 0, (block.low + block.high) / 2);
    const from = new THREE.Vector3(...(VIEWS.get(view)?.from ?? [0, -1, 1])).normalize();
    this.go(from.multiplyScalar(distance).add(target), target, flying);
  }

  /**
   * Looks at a point from where the camera is, obliquely from above, from so far that a size fills much of the view.
   *
   * @param {number[]} point x, y, z
   * @param {number} sizeNm
   */
  flyTo(point, sizeNm) {
    const target = new THREE.Vector3(...point);
    const from = this.perspective.position.clone().sub(this.controls.target);
    const around = Math.atan2(from.y, from.x);
    const distance = Math.max(this.controls.minDistance, sizeNm / (2 * Math.tan((FIELD_OF_VIEW * Math.PI) / 360)));
    const direction = new THREE.Vector3(Math.cos(around) * 0.85, Math.sin(around) * 0.85, 0.53).normalize();
    this.go(direction.multiplyScalar(distance).add(target), target, true);
  }

  /**
   * @param {THREE.Vector3} position
   * @param {THREE.Vector3} target
   * @param {boolean} flying
   */
  go(position, target, flying) {
    cancelAnimationFrame(this.flight);
    const still = !flying || document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches;
    const fromPosition = this.perspective.position.clone();
    const fromTarget = this.controls.target.clone();
    const began = performance.now();
    const step = () => {
      const t = still ? 1 : Math.min(1, (performance.now() - began) / FLIGHT_MILLIS);
      const eased = t * t * (3 - 2 * t);
      this.perspective.position.lerpVectors(fromPosition, position, eased);
      this.controls.target.lerpVectors(fromTarget, target, eased);
      this.controls.update();
      this.controls.dispatchEvent({ type: "change" });
      if (t < 1) {
        this.flight = requestAnimationFrame(step);
      }
    };
    step();
  }

  /**
   * @param {number} right steps
   * @param {number} up steps
   */
  turn(right, up) {
    const arm = this.perspective.position.clone().sub(this.controls.target);
    const at = new THREE.Spherical().setFromVector3(new THREE.Vector3(arm.x, arm.z, -arm.y));
    at.theta += right * TURN;
    at.phi = Math.max(STEEPEST, Math.min(Math.PI - STEEPEST, at.phi - up * TURN));
    const turned = new THREE.Vector3().setFromSpherical(at);
    this.perspective.position.set(turned.x, -turned.z, turned.y).add(this.controls.target);
    this.controls.update();
  }

  /** @param {number} steps nearer */
  zoom(steps) {
    const arm = this.perspective.position.clone().sub(this.controls.target);
    const length = arm.length() * ZOOM ** -steps;
    arm.setLength(Math.max(this.controls.minDistance, Math.min(this.controls.maxDistance, length)));
    this.perspective.position.copy(this.controls.target).add(arm);
    this.controls.update();
  }

  /**
   * Moves across the view.
   *
   * @param {number} right twentieths of its height
   * @param {number} up the same
   */
  pan(right, up) {
    const way = new THREE.Vector3(right, up, 0).multiplyScalar(this.spanNm / 20).applyQuaternion(this.perspective.quaternion);
    this.perspective.position.add(way);
    this.controls.target.add(way);
    this.controls.update();
  }

  /** @param {number} radius of what there is to see, nm */
  setExtent(radius) {
    this.extent = radius;
    this.controls.minDistance = radius / 200;
    this.controls.maxDistance = radius * 20;
  }

  /** @returns {number[]} where the eye is, what it looks at, x, y, z each, and half the size of what there is to see; nm */
  get pose() {
    return [...this.perspective.position.toArray(), ...this.controls.target.toArray(), this.extent];
  }

  /** @param {number[]} pose */
  set pose(pose) {
    cancelAnimationFrame(this.flight);
    this.perspective.position.fromArray(pose, 0);
    this.controls.target.fromArray(pose, 3);
    this.setExtent(pose[6]);
    this.controls.update();
  }

  /** @returns {number[]} where the eye looks, of length 1 */
  get direction() {
    return this.controls.target.clone().sub(this.perspective.position).normalize().toArray();
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
