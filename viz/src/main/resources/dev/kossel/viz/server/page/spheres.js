// The sites of one run as lit spheres, drawn chunk by chunk: none that is out of sight, and of small ones a part, larger.

import * as THREE from "three";
import { FRAGMENT, MOST_PLANES, VERTEX } from "./sphere-shader.js";

/**
 * @typedef {{values: Float32Array, colors: Uint8Array, steps: boolean, low: number, high: number}} Paint
 *   of a value per site: steps: value i has color i; otherwise low … high have the colors 0 … 255, r, g, b, a each
 */

const SMALLEST_PIXELS = 1.6; // Of spheres smaller than this only so many are drawn that they fill the same area.
const LEAST_SHARE = 1 / 64;
const NO_VALUE = -3e38;

export class Spheres {
  /** @param {import("./api.js").Box} box */
  constructor(box) {
    this.box = box;
    this.group = new THREE.Group();
    this.colors = new Uint8Array(4 * 256);
    this.palette = new THREE.DataTexture(this.colors, 256, 1);
    this.palette.magFilter = THREE.LinearFilter;
    this.palette.minFilter = THREE.LinearFilter;
    this.material = new THREE.ShaderMaterial({
      glslVersion: THREE.GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: {
        radius: { value: box.radiusNm },
        pixels: { value: 1 },
        spread: { value: 1 },
        planes: { value: Array.from({ length: MOST_PLANES }, () => new THREE.Vector4()) },
        planeCount: { value: 0 },
        hidden: { value: new Uint32Array(4) },
        palette: { value: this.palette },
        range: { value: new THREE.Vector2(0, 1) },
        steps: { value: true },
        toWorld: { value: new THREE.Matrix3() },
        background: { value: new THREE.Vector3() },
        near: { value: 0 },
        far: { value: 1 },
      },
    });
    /** @type {THREE.BufferAttribute | null} */
    this.values = null;
  }

  /** @param {import("./frame-format.js").Sites | null} sites */
  show(sites) {
    this.clear();
    if (!sites || sites.count === 0) {
      return;
    }
    const position = new THREE.BufferAttribute(sites.positions, 3);
    const kind = new THREE.BufferAttribute(sites.kinds, 4);
    const light = new THREE.BufferAttribute(sites.light, 4, true);
    const facing = new THREE.BufferAttribute(sites.directions, 4, true);
    this.values = new THREE.BufferAttribute(new Float32Array(sites.count), 1);
    for (const chunk of sites.chunks) {
      const geometry = new THREE.BufferGeometry();
      geometry.setAttribute("position", position);
      geometry.setAttribute("kind", kind);
      geometry.setAttribute("light", light);
      geometry.setAttribute("facing", facing);
      geometry.setAttribute("value", this.values);
      geometry.boundingSphere = new THREE.Sphere(new THREE.Vector3(chunk.x, chunk.y, chunk.z), chunk.reach);
      const points = new THREE.Points(geometry, this.material);
      points.onBeforeRender = (renderer, _, camera) => this.thin(points, chunk, camera);
      this.group.add(points);
    }
  }

  /**
   * Draws as many sites of a chunk as fill its area: each in its own size unless that is a fraction of a pixel.
   *
   * @param {THREE.Points} points
   * @param {import("./frame-format.js").Chunk} chunk
   * @param {THREE.Camera} camera
   */
  thin(points, chunk, camera) {
    const uniforms = this.material.uniforms;
    const center = new THREE.Vector3(chunk.x, chunk.y, chunk.z)
      .applyMatrix4(points.matrixWorld).applyMatrix4(camera.matrixWorldInverse);
    const distance = camera instanceof THREE.PerspectiveCamera ? Math.max(1e-6, -center.z - chunk.reach) : 1;
    const diameter = (uniforms.pixels.value * camera.projectionMatrix.elements[5] * this.box.radiusNm) / distance;
    const share = Math.max(LEAST_SHARE, Math.min(1, (diameter / SMALLEST_PIXELS) ** 2));
    const shown = share < 1 ? Math.ceil(share * chunk.surface) : chunk.count;
    points.geometry.setDrawRange(chunk.start, shown);
    uniforms.spread.value = 1 / Math.sqrt(share);
    this.material.uniformsNeedUpdate = true;
  }

  /** @param {Paint} paint */
  paint({ values, colors, steps, low, high }) {
    const uniforms = this.material.uniforms;
    if (this.values) {
      const into = this.values.array;
      for (let i = 0; i < into.length; i++) {
        into[i] = Number.isNaN(values[i]) ? NO_VALUE : values[i];
      }
      this.values.needsUpdate = true;
    }
    this.colors.set(colors);
    this.palette.needsUpdate = true;
    uniforms.steps.value = steps;
    uniforms.range.value.set(low, 1 / (high - low || 1));
  }

  /** @param {number[][]} planes nx, ny, nz, d: what lies beyond any of them is not drawn */
  clip(planes) {
    this.material.uniforms.planeCount.value = planes.length;
    planes.forEach((plane, i) => this.material.uniforms.planes.value[i].fromArray(plane));
  }

  /** @param {Set<number>} species that are not drawn */
  hide(species) {
    const words = this.material.uniforms.hidden.value;
    words.fill(0);
    species.forEach(s => {
      words[s >> 5] |= 1 << (s & 31);
    });
  }

  clear() {
    this.group.children.forEach(child => /** @type {THREE.Points} */ (child).geometry.dispose());
    this.group.clear();
    this.values = null;
  }

  /** Frees what lies on the graphics card. */
  dispose() {
    this.clear();
    this.material.dispose();
    this.palette.dispose();
  }
}
