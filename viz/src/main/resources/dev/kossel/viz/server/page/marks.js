// Rings around sites: the one that was clicked and its neighbours, seen through whatever lies before them.

import * as THREE from "three";
import { MARK_FRAGMENT, MARK_VERTEX } from "./sphere-shader.js";

/** @typedef {{at: number[], color: number[]}} Mark at: x, y, z, nm; color: r, g, b, 0 … 1 */

export class Marks {
  /** @param {number} radiusNm of a site */
  constructor(radiusNm) {
    this.material = new THREE.ShaderMaterial({
      glslVersion: THREE.GLSL3,
      vertexShader: MARK_VERTEX,
      fragmentShader: MARK_FRAGMENT,
      uniforms: { radius: { value: 1.12 * radiusNm }, pixels: { value: 1 } },
      depthTest: false,
      depthWrite: false,
      transparent: true,
    });
    this.points = new THREE.Points(new THREE.BufferGeometry(), this.material);
    this.points.frustumCulled = false;
    this.points.renderOrder = 3;
    this.points.visible = false;
  }

  /** @param {Mark[]} marks the last on top */
  show(marks) {
    const geometry = new THREE.BufferGeometry();
    geometry.setAttribute("position", new THREE.Float32BufferAttribute(marks.flatMap(mark => mark.at), 3));
    geometry.setAttribute("color", new THREE.Float32BufferAttribute(marks.flatMap(mark => mark.color), 3));
    this.points.geometry.dispose();
    this.points.geometry = geometry;
    this.points.visible = marks.length > 0;
  }

  dispose() {
    this.points.geometry.dispose();
    this.material.dispose();
  }
}
