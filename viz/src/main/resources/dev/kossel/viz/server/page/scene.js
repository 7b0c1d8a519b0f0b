// The canvas: a pane a run, side by side, all seen by one camera. Draws only when something has changed.

import * as THREE from "three";
import { Camera } from "./camera.js";
import { pickSphere } from "./pick.js";
import { Spheres } from "./spheres.js";

/**
 * @typedef {{box: import("./api.js").Box, scene: THREE.Scene, group: THREE.Group, spheres: Spheres, outline: THREE.LineSegments,
 *   floor: THREE.Mesh, frame: import("./api.js").Frame | null}} Pane
 */

const LEAST_HEIGHT = 0.6; // Of what is shown at first, in widths of the box.
const AIR = 1.4; // And in heights of the deposit.
const CLICK_PIXELS = 4; // A mouse that moves farther between down and up was dragged.

export class Stage {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{clicked: (pane: number, index: number) => void, drawn: () => void}} events index: of a site in the frame, or -1
   */
  constructor(canvas, events) {
    this.canvas = canvas;
    this.events = events;
    this.renderer = new THREE.WebGLRenderer({ canvas, antialias: false, alpha: true });
    this.renderer.setPixelRatio(Math.min(2, window.devicePixelRatio));
    this.renderer.autoClear = false;
    /** @type {(Pane | null)[]} */
    this.panes = [];
    this.background = new THREE.Color();
    this.requested = false;
    this.camera = new Camera(canvas, () => this.redraw());
    new ResizeObserver(() => this.redraw()).observe(canvas);
    this.listenForClicks();
  }

  /** @param {(import("./api.js").Box | null)[]} boxes a pane each; null keeps a place for a run that cannot be shown */
  setPanes(boxes) {
    this.panes.forEach(pane => pane?.spheres.dispose());
    this.panes = boxes.map(box => box && this.pane(box));
    this.redraw();
  }

  /**
   * @param {import("./api.js").Box} box
   * @returns {Pane}
   */
  pane(box) {
    const scene = new THREE.Scene();
    const group = new THREE.Group();
    group.position.set(-box.widthNm / 2, -box.depthNm / 2, 0);
    const edges = new THREE.EdgesGeometry(new THREE.BoxGeometry(box.widthNm, box.depthNm, box.heightNm));
    const outline = new THREE.LineSegments(edges, new THREE.LineBasicMaterial());
    outline.position.set(box.widthNm / 2, box.depthNm / 2, box.heightNm / 2);
    // So that no light comes through the gaps of a thin layer. It is seen from above only.
    const floor = new THREE.Mesh(new THREE.PlaneGeometry(box.widthNm, box.depthNm), new THREE.MeshBasicMaterial());
    floor.position.set(box.widthNm / 2, box.depthNm / 2, -box.radiusNm);
    floor.visible = false; // Until there is something upon it.
    const spheres = new Spheres(box);
    group.add(outline, floor, spheres.points);
    scene.add(group);
    return { box, scene, group, spheres, outline, floor, frame: null };
  }

  /**
   * @param {number} number of the pane
   * @param {import("./api.js").Frame | null} frame null for none
   */
  show(number, frame) {
    const pane = this.panes[number];
    if (pane) {
      pane.frame = frame;
      pane.spheres.points.visible = frame !== null;
      pane.floor.visible = frame !== null;
      if (frame) {
        pane.spheres.show(frame);
      }
      this.redraw();
    }
  }

  /**
   * @param {number} number
   * @param {Uint8Array} colors
   */
  color(number, colors) {
    this.panes[number]?.spheres.color(colors);
    this.redraw();
  }

  /**
   * @param {number} number
   * @param {number} index of a site in the frame shown there, or -1
   */
  choose(number, index) {
    const pane = this.panes[number];
    if (pane) {
      pane.spheres.material.uniforms.chosen.value = index;
      this.redraw();
    }
  }

  /** @param {boolean} orthographic */
  setProjection(orthographic) {
    this.camera.isOrthographic = orthographic;
    this.redraw();
  }

  /** Shows the deposits and what of the boxes is around them. */
  resetView() {
    const shown = this.panes.filter(pane => pane !== null);
    if (shown.length > 0) {
      // A box may be far higher than its deposit is yet.
      const high = Math.max(...shown.map(pane => Math.min(pane.box.heightNm,
        Math.max(LEAST_HEIGHT * pane.box.widthNm, pane.frame ? AIR * highest(pane.frame) : pane.box.heightNm))));
      this.camera.fit({
        width: Math.max(...shown.map(pane => pane.box.widthNm)),
        depth: Math.max(...shown.map(pane => pane.box.depthNm)),
        low: 0,
        high,
      }, this.aspect());
    }
    this.redraw();
  }

  /** @returns {number} nm a CSS pixel is worth, at the distance of what the camera looks at */
  get nmPerPixel() {
    return this.camera.spanNm / Math.max(1, this.canvas.clientHeight);
  }

  aspect(width = this.canvas.clientWidth, height = this.canvas.clientHeight) {
    return width / Math.max(1, this.panes.length) / Math.max(1, height);
  }

  /** Draws with the next frame of the screen. */
  redraw() {
    if (!this.requested) {
      this.requested = true;
      requestAnimationFrame(() => {
        this.requested = false;
        const { clientWidth, clientHeight } = this.canvas;
        if (clientWidth > 0 && clientHeight > 0) {
          this.draw(clientWidth, clientHeight);
          this.events.drawn();
        }
      });
    }
  }

  /**
   * Draws the view at another size onto a picture.
   *
   * @param {CanvasRenderingContext2D} pen
   * @param {number} width pixels
   * @param {number} height pixels
   * @returns {number} nm a pixel is worth, at the distance of what the camera looks at
   */
  drawOnto(pen, width, height) {
    const ratio = this.renderer.getPixelRatio();
    try {
      this.renderer.setPixelRatio(1);
      this.draw(width, height);
      const { drawingBufferWidth, drawingBufferHeight } = this.renderer.getContext();
      if (drawingBufferWidth !== width || drawingBufferHeight !== height) {
        throw new Error(`This graphics driver draws at most ${drawingBufferWidth} × ${drawingBufferHeight} of ${width} × ${height} pixels.`);
      }
      pen.drawImage(this.canvas, 0, 0);
    } finally {
      this.renderer.setPixelRatio(ratio);
      this.redraw();
    }
    return this.camera.spanNm / height;
  }

  /**
   * @param {number} width CSS pixels
   * @param {number} height CSS pixels
   */
  draw(width, height) {
    this.renderer.setSize(width, height, false);
    const style = getComputedStyle(document.documentElement);
    this.background.setStyle(style.getPropertyValue("--stage").trim(), THREE.LinearSRGBColorSpace);
    const line = style.getPropertyValue("--quiet").trim();
    this.renderer.setScissorTest(true);
    const camera = this.camera.for(this.aspect(width, height));
    const paneWidth = width / Math.max(1, this.panes.length);
    this.panes.forEach((pane, i) => {
      this.renderer.setViewport(i * paneWidth, 0, paneWidth, height);
      this.renderer.setScissor(i * paneWidth, 0, paneWidth, height);
      this.renderer.clear();
      if (pane) {
        const uniforms = pane.spheres.material.uniforms;
        uniforms.pixels.value = height * this.renderer.getPixelRatio();
        uniforms.background.value.set(this.background.r, this.background.g, this.background.b);
        uniforms.near.value = this.camera.distance - this.camera.extent;
        uniforms.far.value = this.camera.distance + this.camera.extent;
        /** @type {THREE.LineBasicMaterial} */ (pane.outline.material).color.set(line);
        /** @type {THREE.MeshBasicMaterial} */ (pane.floor.material).color.set(line);
        this.renderer.render(pane.scene, camera);
      }
    });
  }

  listenForClicks() {
    let downX = 0;
    let downY = 0;
    this.canvas.addEventListener("pointerdown", event => {
      downX = event.clientX;
      downY = event.clientY;
    });
    this.canvas.addEventListener("pointerup", event => {
      if (event.button === 0 && Math.hypot(event.clientX - downX, event.clientY - downY) < CLICK_PIXELS) {
        this.click(event);
      }
    });
  }

  /** @param {PointerEvent} event */
  click(event) {
    const area = this.canvas.getBoundingClientRect();
    const paneWidth = area.width / Math.max(1, this.panes.length);
    const x = event.clientX - area.left;
    const number = Math.min(this.panes.length - 1, Math.floor(x / paneWidth));
    const pane = this.panes[number];
    if (!pane?.frame) {
      return;
    }
    const ray = new THREE.Raycaster();
    ray.setFromCamera(
      new THREE.Vector2((2 * (x - number * paneWidth)) / paneWidth - 1, 1 - (2 * (event.clientY - area.top)) / area.height),
      this.camera.for(this.aspect()),
    );
    const from = pane.group.worldToLocal(ray.ray.origin.clone());
    this.events.clicked(number, pickSphere(pane.frame.positions, pane.box.radiusNm, from, ray.ray.direction));
  }
}

/** @param {import("./api.js").Frame} frame */
function highest(frame) {
  let high = 0;
  for (let i = 2; i < frame.positions.length; i += 3) {
    high = Math.max(high, frame.positions[i]);
  }
  return high;
}
