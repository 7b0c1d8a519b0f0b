// Spheres as impostors: one point a sphere, whose fragments compute the sphere's surface, light and depth.

import * as THREE from "three";

const VERTEX = `
uniform float radius;
uniform float pixels;
in vec3 color;
in float openness;
out vec3 tint;
out vec3 center;
out float open;
flat out int number;

void main() {
  vec4 at = modelViewMatrix * vec4(position, 1.0);
  center = at.xyz;
  tint = color;
  open = openness;
  number = gl_VertexID;
  gl_Position = projectionMatrix * at;
  // Diameter in pixels; in perspective w is the distance, otherwise 1.
  gl_PointSize = max(1.5, pixels * projectionMatrix[1][1] * radius / gl_Position.w);
}`;

const FRAGMENT = `
precision highp float;
uniform mat4 projectionMatrix;
uniform float radius;
uniform vec3 background;
uniform float near;
uniform float far;
uniform int chosen;
in vec3 tint;
in vec3 center;
in float open;
flat in int number;
out vec4 pixel;

void main() {
  vec2 p = 2.0 * vec2(gl_PointCoord.x, 1.0 - gl_PointCoord.y) - 1.0;
  float r2 = dot(p, p);
  if (r2 > 1.0) discard;
  vec3 normal = vec3(p, sqrt(1.0 - r2));
  vec3 at = center + radius * normal;
  vec4 clip = projectionMatrix * vec4(at, 1.0);
  gl_FragDepth = 0.5 * clip.z / clip.w + 0.5;

  // A key light from the upper left behind the viewer, light of the sky around it, and the shade of the neighbours.
  float key = max(0.0, dot(normal, normalize(vec3(-0.45, 0.65, 0.75))));
  float sky = 0.5 + 0.5 * normal.y;
  float light = (0.62 * key + 0.22 * sky + 0.3) * open;
  float rim = smoothstep(1.0, 0.72, r2);
  vec3 lit = pow(tint, vec3(2.2)) * light * mix(0.6, 1.0, rim);
  lit = pow(lit, vec3(1.0 / 2.2));
  // What is farther away fades into the ground.
  float distance = clamp((-at.z - near) / (far - near), 0.0, 1.0);
  lit = mix(lit, background, 0.38 * distance);
  if (number == chosen) lit = mix(vec3(1.0, 0.0, 0.85), vec3(1.0), smoothstep(0.55, 0.75, r2));
  pixel = vec4(lit, 1.0);
}`;

/** How much light the deepest site gets, of that of a free one. */
const LEAST_OPENNESS = 0.62;

/** The exposed sites of one run. */
export class Spheres {
  /** @param {import("./api.js").Box} box */
  constructor(box) {
    this.box = box;
    this.material = new THREE.ShaderMaterial({
      glslVersion: THREE.GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: {
        radius: { value: box.radiusNm },
        pixels: { value: 1 },
        background: { value: new THREE.Vector3() },
        near: { value: 0 },
        far: { value: 1 },
        chosen: { value: -1 },
      },
    });
    this.points = new THREE.Points(new THREE.BufferGeometry(), this.material);
    this.points.frustumCulled = false;
  }

  /** @param {import("./api.js").Frame} frame */
  show(frame) {
    const geometry = new THREE.BufferGeometry();
    const open = new Uint8Array(frame.count);
    for (let i = 0; i < frame.count; i++) {
      const buried = Math.min(1, frame.coordination[i] / this.box.mostNeighbors);
      open[i] = Math.round(255 * (1 - (1 - LEAST_OPENNESS) * buried * buried));
    }
    geometry.setAttribute("position", new THREE.BufferAttribute(frame.positions, 3));
    geometry.setAttribute("openness", new THREE.BufferAttribute(open, 1, true));
    this.points.geometry.dispose();
    this.points.geometry = geometry;
  }

  /** @param {Uint8Array} colors r, g, b of every site of the frame that is shown */
  color(colors) {
    this.points.geometry.setAttribute("color", new THREE.BufferAttribute(colors, 3, true));
  }

  /** Frees what lies on the graphics card. */
  dispose() {
    this.points.geometry.dispose();
    this.material.dispose();
  }
}
