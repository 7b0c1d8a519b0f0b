// What can be taken away: pictures, films, the frame in other programs' formats, charts, a link.

import { exportAddress } from "./api.js";
import { chartsCsv, chartsSvg } from "./chart-files.js";
import { byId, element } from "./dom.js";
import { canRecord, gif, webm } from "./film.js";
import { picture } from "./picture.js";

/** What a format is, where its name does not say. */
const FORMATS = new Map([
  ["stl", ["STL", "closed surface mesh"]],
  ["ply", ["PLY", "surface mesh with colours"]],
  ["glb", ["GLB", "surface mesh with colours (glTF)"]],
  ["vtk", ["VTK", "all sites, for ParaView"]],
  ["extxyz", ["XYZ", "atoms, for ASE and OVITO"]],
  ["lammps", ["LAMMPS", "atoms, as a text dump"]],
  ["csv", ["CSV", "a line an atom"]],
]);

/**
 * @typedef {{stage: import("./scene.js").Stage, timeline: import("./timeline.js").Timeline, charts: import("./charts.js").Charts,
 *   link: import("./link.js").ViewLink, lettering: () => import("./picture.js").Lettering,
 *   shown: () => import("./panels.js").Shown[], exports: () => string[], name: () => string}} Sources
 */

export class TakeAway {
  /** @param {Sources} sources */
  constructor(sources) {
    this.sources = sources;
    /** @type {AbortController | null} */
    this.filming = null;
    byId("take-png").addEventListener("click", () => this.attempt(() => this.png()));
    byId("take-webm").addEventListener("click", () => this.attempt(() => this.film("webm")));
    byId("take-gif").addEventListener("click", () => this.attempt(() => this.film("gif")));
    byId("take-svg").addEventListener("click", () => this.attempt(() => this.text(chartsSvg(this.sources.charts), "image/svg+xml", "charts.svg")));
    byId("take-csv").addEventListener("click", () => this.attempt(() => this.text(chartsCsv(this.sources.charts), "text/csv", "charts.csv")));
    byId("take-link").addEventListener("click", () => this.attempt(() => this.copyLink()));
    byId("take-cancel").addEventListener("click", () => this.filming?.abort());
    byId("take").addEventListener("close", () => this.filming?.abort());
    byId("take-close").addEventListener("click", () => byId("take").close());
    if (!canRecord()) {
      byId("take-webm").disabled = true;
      byId("take-webm").title = "This browser cannot record WebM";
    }
  }

  open() {
    this.say("");
    byId("link").value = this.sources.link.address();
    byId("take-frames").replaceChildren(...this.sources.shown().length === 0 ? ["None is shown."] : this.sources.shown().flatMap(({ run, number }) => [
      element("span", "", run.name),
      element("span", "", ...this.sources.exports().flatMap(format => {
        const [name, what] = FORMATS.get(format) ?? [format.toUpperCase(), "snapshot"];
        const link = element("a", "button", name);
        link.href = exportAddress(run.id, number, format);
        link.download = "";
        link.title = what;
        link.dataset.format = format;
        return [link, " "];
      })),
    ]));
    byId("take").showModal();
  }

  /** @param {() => Promise<void> | void} what */
  async attempt(what) {
    try {
      await what();
    } catch (failure) {
      this.say(failure instanceof DOMException && failure.name === "AbortError" ? "Cancelled."
        : failure instanceof Error ? failure.message : String(failure));
    }
  }

  /** @param {string} text */
  say(text) {
    byId("take-status").textContent = text;
  }

  lettering() {
    return byId("take-lettering").checked ? this.sources.lettering() : null;
  }

  async png() {
    const canvas = picture(this.sources.stage, Number(byId("png-width").value), Number(byId("png-height").value), this.lettering());
    const blob = await new Promise(done => canvas.toBlob(done, "image/png"));
    if (!blob) {
      throw new Error("The picture is too large for this browser. Try a smaller one.");
    }
    this.save(blob, "png", `${canvas.width} × ${canvas.height}`);
  }

  /** @param {"webm" | "gif"} kind */
  async film(kind) {
    const { stage, timeline } = this.sources;
    const [width, height] = [Number(byId("film-width").value), Number(byId("film-height").value)];
    const count = timeline.moments.length;
    if (count < 2) {
      throw new Error("A film needs two frames at least.");
    }
    const canvas = document.createElement("canvas");
    const before = timeline.index;
    const filming = new AbortController();
    this.filming = filming;
    byId("take-cancel").hidden = false;
    byId("take-progress").hidden = false;
    byId("take-progress").max = count;
    byId("take-progress").value = 0;
    try {
      const blob = await { webm, gif }[kind]({
        count,
        framesPerSecond: timeline.framesPerSecond,
        picture: async index => {
          await timeline.goTo(index);
          return picture(stage, width, height, this.lettering(), canvas);
        },
        progress: done => {
          byId("take-progress").value = done;
          this.say(`${done} of ${count} frames`);
        },
        signal: filming.signal,
      });
      this.save(blob, kind, `${count} frames`);
    } finally {
      this.filming = null;
      byId("take-cancel").hidden = true;
      byId("take-progress").hidden = true;
      timeline.goTo(before);
    }
  }

  /**
   * @param {string} text
   * @param {string} type
   * @param {string} name
   */
  text(text, type, name) {
    this.save(new Blob([text], { type }), name, "charts");
  }

  async copyLink() {
    const address = this.sources.link.address();
    byId("link").value = address;
    history.replaceState(null, "", address);
    byId("link").select();
    await navigator.clipboard?.writeText(address).then(() => this.say("Copied."), () => this.say("Copy it from the field."));
  }

  /**
   * @param {Blob} blob
   * @param {string} ending of the file's name
   * @param {string} what
   */
  save(blob, ending, what) {
    const link = element("a", "");
    link.href = URL.createObjectURL(blob);
    link.download = `${this.sources.name()}${ending.includes(".") ? "-" : "."}${ending}`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    this.say(`Saved ${link.download}: ${what}, ${(blob.size / 1e6).toFixed(2)} MB.`);
  }
}
