// The bar over the stage: views, projection, tips, and where the deposits are cut.

import { tipsOf } from "./api.js";
import { VIEWS } from "./camera.js";
import { cutOf, cutText, uncut } from "./cut.js";
import { byId, element } from "./dom.js";
import { length, plain } from "./numbers.js";

const STEP = 0.02; // By a key, of the way of the slice plane.
const TIP_VIEW = 4; // How many prominences the view of a tip is high.
const LEAST_TIP_VIEW = 24; // In radii of a site.
const AXES = ["off", "x", "y", "z", "view"];

export class ViewTools {
  /**
   * @param {import("./scene.js").Stage} stage
   * @param {import("./morphology.js").Morphology} morphology
   */
  constructor(stage, morphology) {
    this.stage = stage;
    this.morphology = morphology;
    /** @type {{pane: number, frame: object, tips: import("./api.js").Tip[], at: number} | null} */
    this.tour = null;
    byId("views").append(...[...VIEWS].map(([key, { name }], i) => {
      const button = element("button", "", key);
      button.dataset.view = key;
      button.title = `Look ${name} (${"OAFD"[i]})`;
      button.addEventListener("click", () => this.look(key));
      return button;
    }));
    byId("projection").addEventListener("click", () => this.project(!this.stage.camera.isOrthographic));
    byId("reset").addEventListener("click", () => this.stage.resetView("iso", true));
    byId("tip-previous").addEventListener("click", () => this.nextTip(-1));
    byId("tip-next").addEventListener("click", () => this.nextTip(1));
    byId("slice-axis").addEventListener("change", () => this.slice(byId("slice-axis").value));
    byId("slice-at").addEventListener("input", () => this.cut({ at: Number(byId("slice-at").value) / 1000 }));
    byId("slice-flip").addEventListener("click", () => this.cut({ flipped: !this.morphology.cut.flipped }));
    byId("crop").addEventListener("click", () => this.openCrop(byId("crop-panel").hidden));
    byId("crop-reset").addEventListener("click", () => this.cut({ low: [0, 0, 0], high: [1, 1, 1] }));
    byId("crop-faces").append(...["x", "y", "z"].flatMap((name, axis) => [this.face(name, axis, "low"), this.face(name, axis, "high")]));
    this.describe();
  }

  /**
   * @param {string} name
   * @param {number} axis
   * @param {"low" | "high"} end
   */
  face(name, axis, end) {
    const slider = element("input", "");
    Object.assign(slider, { type: "range", min: "0", max: "1000", step: "5", value: end === "low" ? "0" : "1000", id: `crop-${name}-${end}` });
    slider.setAttribute("aria-label", `${end === "low" ? "Least" : "Greatest"} ${name} that is shown`);
    slider.addEventListener("input", () => {
      const { low, high } = this.morphology.cut;
      const share = Number(slider.value) / 1000;
      const ends = { low: [...low], high: [...high] };
      ends[end][axis] = end === "low" ? Math.min(share, high[axis] - 0.01) : Math.max(share, low[axis] + 0.01);
      this.cut(ends);
    });
    return element("label", "", element("span", "", `${name} ${end === "low" ? "from" : "to"}`), slider, element("output", ""));
  }

  /** @param {Partial<import("./cut.js").Cut>} change */
  cut(change) {
    this.morphology.setCut({ ...this.morphology.cut, ...change });
    this.describe();
  }

  /** @param {string} axis */
  slice(axis) {
    const known = /** @type {import("./cut.js").Axis} */ (AXES.includes(axis) ? axis : "off");
    // What lies nearer to the eye than the plane is taken away.
    const normal = this.stage.camera.direction.map(n => -n);
    this.cut({ axis: known, normal, flipped: (normal["xyz".indexOf(axis)] ?? 0) < 0 });
  }

  nextAxis() {
    this.slice(AXES[(AXES.indexOf(this.morphology.cut.axis) + 1) % AXES.length]);
  }

  /** @param {number} by steps */
  moveSlice(by) {
    if (this.morphology.cut.axis === "off") {
      this.slice("y");
    }
    this.cut({ at: Math.max(0, Math.min(1, this.morphology.cut.at + by * STEP)) });
  }

  /** @param {boolean} open */
  openCrop(open) {
    byId("crop-panel").hidden = !open;
    byId("crop").setAttribute("aria-expanded", String(open));
  }

  /** Brings the controls to what is cut. */
  describe() {
    const { axis, at, flipped, low, high } = this.morphology.cut;
    const box = this.morphology.descriptions()[0]?.box;
    const size = box ? [box.widthNm, box.depthNm, box.heightNm] : [0, 0, 0];
    byId("slice-axis").value = axis;
    byId("slice-at").value = String(Math.round(1000 * at));
    byId("slice-at").disabled = axis === "off";
    byId("slice-flip").disabled = axis === "off";
    byId("slice-flip").setAttribute("aria-pressed", String(flipped));
    const along = "xyz".indexOf(axis);
    byId("slice-text").textContent = along < 0 ? "" : length(Number((at * size[along]).toPrecision(3)));
    ["x", "y", "z"].forEach((name, i) => Object.entries({ low, high }).forEach(([end, shares]) => {
      const slider = byId(`crop-${name}-${end}`);
      slider.value = String(Math.round(1000 * shares[i]));
      slider.nextElementSibling.textContent = length(Number((shares[i] * size[i]).toPrecision(3)));
    }));
    byId("crop").classList.toggle("on", low.some(share => share > 0) || high.some(share => share < 1));
  }

  /** @param {import("./keys.js").Keys} keys */
  addKeys(keys) {
    const { camera } = this.stage;
    const views = new Map([["o", "iso"], ["a", "top"], ["f", "front"], ["d", "side"]]);
    keys.add(["p"], ["P"], "perspective, orthographic", () => this.project(!camera.isOrthographic));
    keys.add(["r"], ["R"], "reset the view", () => this.stage.resetView("iso", true));
    keys.add([...views.keys()], ["O", "A", "F", "D"], "look obliquely, from above, the front, the side",
      key => this.look(views.get(key) ?? "iso"));
    keys.add(["Shift+ArrowLeft", "Shift+ArrowRight"], ["Shift ←", "→"], "turn", key => camera.turn(key === "Shift+ArrowLeft" ? -1 : 1, 0));
    keys.add(["Shift+ArrowUp", "Shift+ArrowDown"], ["Shift ↑", "↓"], "look from higher, lower",
      key => camera.turn(0, key === "Shift+ArrowUp" ? 1 : -1));
    keys.add(["Shift+PageUp", "Shift+PageDown"], ["Shift Page ↑", "↓"], "zoom in, out",
      key => camera.zoom(key === "Shift+PageUp" ? 1 : -1));
    keys.add(["h", "j", "k", "m"], ["H", "J", "K", "M"], "move left, down, up, right", key => {
      const [right, up] = { h: [1, 0], j: [0, 1], k: [0, -1], m: [-1, 0] }[key] ?? [0, 0];
      camera.pan(right, up);
    });
    keys.add(["n", "b"], ["N", "B"], "fly to the next tip, the one before", key => this.nextTip(key === "n" ? 1 : -1));
    keys.add(["q"], ["Q"], "slice across x, y, z, as seen", () => this.nextAxis());
    keys.add(["[", "]"], ["[", "]"], "move the slice plane", key => this.moveSlice(key === "[" ? -1 : 1));
    keys.add(["i"], ["I"], "keep the other side of it", () => this.cut({ flipped: !this.morphology.cut.flipped }));
    keys.add(["v"], ["V"], "crop the box", () => this.openCrop(byId("crop-panel").hidden));
    keys.add(["u"], ["U"], "uncut", () => this.cut(uncut()));
  }

  /** @param {import("./link.js").ViewLink} link */
  addTo(link) {
    link.add("view", {
      read: () => (this.stage.camera.isOrthographic ? "orthographic" : "perspective"),
      restore: text => this.project(text === "orthographic"),
    });
    link.add("open", {
      read: () => cutText(this.morphology.cut),
      restore: text => {
        const cut = cutOf(text);
        if (cut) {
          this.cut(cut);
        }
      },
    });
    link.add("hide", {
      read: () => [...this.morphology.hidden].join(","),
      restore: text => text.split(",").forEach(name => !this.morphology.hidden.has(name) && this.morphology.toggleSpecies(name)),
    });
  }

  /** @param {string} view of VIEWS */
  look(view) {
    this.stage.resetView(view, true);
  }

  /** @param {boolean} orthographic */
  project(orthographic) {
    this.stage.setProjection(orthographic);
    byId("projection").setAttribute("aria-pressed", String(orthographic));
  }

  /**
   * Flies to a tip of the first deposit on the stage, the most prominent at first.
   *
   * @param {number} by
   */
  async nextTip(by) {
    const pane = this.morphology.shown.findIndex(frame => frame !== null);
    const frame = this.morphology.shown[pane];
    const box = this.morphology.runs[pane]?.run?.box;
    if (!frame || !box) {
      return;
    }
    try {
      if (this.tour?.frame !== frame) {
        const tips = await tipsOf(frame.run, frame.number);
        const at = this.tour?.at ?? -1;
        this.tour = { pane, frame, tips, at: by > 0 ? Math.max(-1, at) : at };
      }
    } catch (failure) {
      byId("tip-text").textContent = "not to be had";
      byId("tip-text").title = String(failure);
      return;
    }
    const { tips } = this.tour;
    if (tips.length === 0) {
      byId("tip-text").textContent = "no tips";
      return;
    }
    this.tour.at = (this.tour.at + by + (this.tour.at < 0 && by < 0 ? 1 : 0) + tips.length) % tips.length;
    const tip = tips[this.tour.at];
    const [prominence, radius] = [tip.prominenceNm, tip.radiusNm].map(nm => length(Number(nm.toPrecision(3))));
    byId("tip-text").textContent = `${this.tour.at + 1}/${tips.length}: ${prominence}`;
    byId("tip-text").title = `Prominence ${prominence}: how far it rises above the highest pass to a higher tip. `
      + `Radius ${radius}, aspect ratio ${plain(tip.aspectRatio, 2)}.`;
    this.stage.flyTo(pane, [tip.x, tip.y, tip.z], Math.max(TIP_VIEW * tip.prominenceNm, LEAST_TIP_VIEW * box.radiusNm));
  }
}
