// The canvas: a pane a run, side by side, all seen by one camera. Draws only when something has changed.

import * as THREE from "three";
import { Camera } from "./camera.js";
import { Marks } from "./marks.js";
import { Outline } from "./outline.js";
import { pickSphere } from "./pick.js";
import { Resolution } from "./resolution.js";
import { Spheres } from "./spheres.js";

/**
 * @typedef {import("./frame-format.js").Sites} Sites
 * @typedef {{box: import("./api.js").Box, scene: THREE.Scene, group: THREE.Group, spheres: Spheres, inside: Spheres, marks: Marks,
 *   outline: Outline, floor: THREE.Mesh, planes: number[][],
 *   frame: Sites | null, laidOpen: Sites | null}} Pane
 *   inside: what a cut lays open; planes: of the cut
 */

const LEAST_HEIGHT = 0.6; // Of what is shown at first, in widths of the box.
const AIR = 1.4; // And in heights of the deposit.
const CLICK_PIXELS = 4; // A mouse that moves farther between down and up was dragged.
const MOST_DENSE = 2; // Drawn pixels a CSS pixel.

export class Stage {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{clicked: (pane: number, sites: Sites | null, index: number) => void, drawn: () => void,
   *   lost: (lost: boolean) => void}} events
   *   clicked: which of the sites of a frame or of those that a cut has laid open; lost: the graphics card, or found again
   */
  constructor(canvas, events) {
    this.canvas = canvas;
    this.events = events;
    this.renderer = new THREE.WebGLRenderer({ canvas, antialias: false, alpha: true, powerPreference: "high-performance" });
    this.renderer.autoClear = false;
    this.renderer.setClearAlpha(0); // It is black until a pane was drawn, and there may be none.
    /** @type {(Pane | null)[]} */
    this.panes = [];
    this.background = new THREE.Color();
    this.requested = false;
    this.lost = false;
    this.resolution = new Resolution(() => this.redraw());
    this.camera = new Camera(canvas, () => {
      this.resolution.moved();
      this.redraw();
    });
    new ResizeObserver(() => this.redraw()).observe(canvas);
    canvas.addEventListener("webglcontextlost", () => this.lose(true));
    canvas.addEventListener("webglcontextrestored", () => this.lose(false));
    this.listenForClicks();
  }

  /** @param {boolean} lost three.js makes all anew from what the page holds when the context is back */
  lose(lost) {
    this.lost = lost;
    if (!lost) {
      this.renderer.setClearColor(0, 0); // The one thing that it does not bring back.
    }
    this.events.lost(lost);
    this.redraw();
  }

  /** @param {(import("./api.js").Box | null)[]} boxes a pane each; null keeps a place for a run that cannot be shown */
  setPanes(boxes) {
    this.panes.forEach(pane => {
      pane?.spheres.dispose();
      pane?.inside.dispose();
      pane?.marks.dispose();
    });
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
    group.updateMatrixWorld();
    const outline = new Outline([box.widthNm, box.depthNm, box.heightNm]);
    // So that no light comes through the gaps of a thin layer. It is seen from above only.
    const floor = new THREE.Mesh(new THREE.PlaneGeometry(box.widthNm, box.depthNm), new THREE.MeshBasicMaterial());
    floor.position.set(box.widthNm / 2, box.depthNm / 2, -box.radiusNm);
    const spheres = new Spheres(box);
    const inside = new Spheres(box);
    inside.group.renderOrder = 1;
    const marks = new Marks(box.radiusNm);
    group.add(outline.lines, floor, spheres.group, inside.group, marks.points);
    scene.add(group);
    return { box, scene, group, spheres, inside, marks, outline, floor, planes: [], frame: null, laidOpen: null };
  }

  /**
   * @param {number} number of the pane
   * @param {Sites | null} frame null for none
   */
  show(number, frame) {
    const pane = this.panes[number];
    if (pane) {
      pane.frame = frame;
      pane.spheres.show(frame);
      this.showInside(number, null);
    }
  }

  /**
   * @param {number} number
   * @param {Sites | null} laidOpen by a cut
   */
  showInside(number, laidOpen) {
    const pane = this.panes[number];
    if (pane) {
      pane.laidOpen = laidOpen;
      pane.inside.show(laidOpen);
      this.redraw();
    }
  }

  /**
   * @param {number} number
   * @param {boolean} inside what a cut has laid open, or the frame
   * @param {import("./spheres.js").Paint} paint
   */
  paint(number, inside, paint) {
    const pane = this.panes[number];
    if (pane) {
      (inside ? pane.inside : pane.spheres).paint(paint);
      this.redraw();
    }
  }

  /**
   * @param {number} number
   * @param {number[][]} planes nx, ny, nz, d: what lies beyond is not shown
   */
  clip(number, planes) {
    const pane = this.panes[number];
    if (pane) {
      pane.planes = planes;
      pane.spheres.clip(planes);
      pane.inside.clip(planes);
      this.redraw();
    }
  }

  /**
   * @param {number} number
   * @param {Set<number>} species
   */
  hide(number, species) {
    this.panes[number]?.spheres.hide(species);
    this.panes[number]?.inside.hide(species);
    this.redraw();
  }

  /**
   * @param {number} number
   * @param {import("./marks.js").Mark[]} marks
   */
  mark(number, marks) {
    this.panes[number]?.marks.show(marks);
    this.redraw();
  }

  /** @param {boolean} orthographic */
  setProjection(orthographic) {
    this.camera.isOrthographic = orthographic;
    this.redraw();
  }

  /**
   * Shows the deposits and what of the boxes is around them.
   *
   * @param {string} [view] of VIEWS
   * @param {boolean} [flying]
   */
  resetView(view = "iso", flying = false) {
    const shown = this.panes.filter(pane => pane !== null);
    if (shown.length > 0) {
      // A box may be far higher than its deposit is yet.
      const high = Math.max(...shown.map(pane => Math.min(pane.box.heightNm,
        Math.max(LEAST_HEIGHT * pane.box.widthNm, pane.frame ? AIR * pane.frame.high : pane.box.heightNm))));
      this.camera.fit({
        width: Math.max(...shown.map(pane => pane.box.widthNm)),
        depth: Math.max(...shown.map(pane => pane.box.depthNm)),
        low: 0,
        high,
      }, this.aspect(), view, flying);
    }
    this.redraw();
  }

  /**
   * @param {number} number of the pane
   * @param {number[]} at x, y, z in its box
   * @param {number} sizeNm
   */
  flyTo(number, at, sizeNm) {
    const box = this.panes[number]?.box;
    if (box) {
      this.camera.flyTo([at[0] - box.widthNm / 2, at[1] - box.depthNm / 2, at[2]], sizeNm);
    }
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
        if (clientWidth > 0 && clientHeight > 0 && !this.lost) {
          const density = Math.min(MOST_DENSE, window.devicePixelRatio) * this.resolution.begin();
          this.renderer.setPixelRatio(density);
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
    try {
      this.renderer.setPixelRatio(1);
      this.draw(width, height);
      const { drawingBufferWidth, drawingBufferHeight } = this.renderer.getContext();
      if (drawingBufferWidth !== width || drawingBufferHeight !== height) {
        throw new Error(`This graphics driver draws at most ${drawingBufferWidth} × ${drawingBufferHeight} of ${width} × ${height} pixels.`);
      }
      pen.drawImage(this.canvas, 0, 0);
    } finally {
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
        this.light(pane.spheres, camera, height);
        this.light(pane.inside, camera, height);
        pane.marks.material.uniforms.pixels.value = height * this.renderer.getPixelRatio();
        pane.floor.visible = pane.frame !== null && pane.planes.length === 0;
        pane.outline.material.color.set(line);
        pane.outline.seenFrom(pane.group.worldToLocal(camera.position.clone()),
          this.camera.isOrthographic ? new THREE.Vector3(...this.camera.direction) : null);
        /** @type {THREE.MeshBasicMaterial} */ (pane.floor.material).color.set(line);
        this.renderer.render(pane.scene, camera);
      }
    });
  }

  /**
   * @param {Spheres} spheres
   * @param {THREE.Camera} camera
   * @param {number} height CSS pixels
   */
  light(spheres, camera, height) {
    const uniforms = spheres.material.uniforms;
    uniforms.pixels.value = height * this.renderer.getPixelRatio();
    uniforms.toWorld.value.setFromMatrix4(camera.matrixWorld);
    uniforms.background.value.set(this.background.r, this.background.g, this.background.b);
    uniforms.near.value = this.camera.distance - this.camera.extent;
    uniforms.far.value = this.camera.distance + this.camera.extent;
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
    const hidden = pane.spheres.material.uniforms.hidden.value;
    const hits = [pane.frame, pane.laidOpen].filter(sites => sites !== null).map(sites => ({
      sites, ...pickSphere(sites, pane.box.radiusNm, from, ray.ray.direction, pane.planes, hidden),
    }));
    const nearest = hits.reduce((a, b) => (b.way < a.way ? b : a));
    this.events.clicked(number, nearest.index < 0 ? null : nearest.sites, nearest.index);
  }
}
