// The moments at which any run has a frame: going through them by hand, by playing, and by following runs that grow.

import { AXES, axisOf, lastNotAbove } from "./axis.js";
import { RUN_COLORS, RUN_COLORS_ON_DARK } from "./colors.js";
import { byId, element, sharp, themeColors } from "./dom.js";
import { grouped } from "./numbers.js";
import { isDark } from "./preferences.js";

const SPEEDS = [1, 2, 5, 10, 20, 30];
const USUAL_SPEED = 5;
const THUMB_PIXELS = 16; // The thumb's centre stays half of this from the ends of the slider.
const MOST_NAMED_MARKS = 12;

/** Frames of different runs that are no farther apart than this part of the usual distance were meant for one moment. */
const SAME_MOMENT = 0.1;

/**
 * @typedef {{show: (place: number) => Promise<void>, axisChanged: (axis: import("./axis.js").Axis) => void}} TimelineEvents
 *   show resolves when the moment is on the screen
 */

export class Timeline {
  /** @param {TimelineEvents} events */
  constructor(events) {
    this.events = events;
    /** @type {number[]} places on the axis, ascending */
    this.moments = [];
    /** @type {number[][]} by run */
    this.places = [];
    /** @type {import("./axis.js").Mark[]} */
    this.marks = [];
    this.index = -1;
    this.playing = false;
    this.following = true;
    this.looping = false;
    this.live = false;
    this.timer = 0;
    this.axis = axisOf("time");
    this.slider = byId("position");
    this.playButton = byId("play");
    this.followButton = byId("follow");
    this.loopButton = byId("loop");
    this.speed = byId("speed");
    this.axisSelect = byId("axis");
    SPEEDS.forEach(speed => this.speed.append(element("option", "", `${speed}/s`)));
    this.speed.selectedIndex = SPEEDS.indexOf(USUAL_SPEED);
    AXES.forEach((axis, key) => {
      const option = element("option", "", axis.name);
      option.value = key;
      this.axisSelect.append(option);
    });
    this.slider.addEventListener("input", () => this.goToPlace(Number(this.slider.value)));
    this.playButton.addEventListener("click", () => this.togglePlay());
    byId("back").addEventListener("click", () => this.step(-1));
    byId("forward").addEventListener("click", () => this.step(1));
    this.loopButton.addEventListener("click", () => this.loop(!this.looping));
    this.followButton.addEventListener("click", () => this.follow(!this.following));
    this.axisSelect.addEventListener("change", () => this.setAxis(this.axisSelect.value));
    new ResizeObserver(() => this.drawMarks()).observe(this.slider);
  }

  /**
   * @param {number[][]} places of the frames of every run on the axis
   * @param {import("./axis.js").Mark[]} marks where steps of the protocol begin
   * @param {boolean} live whether any run goes on
   */
  setPlaces(places, marks, live) {
    const shown = this.moments[this.index];
    this.places = places;
    this.marks = marks;
    this.moments = momentsOf(places);
    this.live = live;
    const few = this.moments.length < 2;
    this.slider.min = String(this.moments[0] ?? 0);
    this.slider.max = String(this.moments.at(-1) ?? 0);
    [this.slider, this.playButton, byId("back"), byId("forward")].forEach(control => {
      control.disabled = few;
    });
    this.followButton.hidden = !live;
    this.drawMarks();
    if (this.moments.length === 0) {
      this.index = -1;
      this.describe();
    } else if (shown === undefined || (this.following && !this.playing)) {
      this.display(this.moments.length - 1);
    } else if (!this.playing) {
      this.display(this.indexAt(shown));
    } else {
      this.index = this.indexAt(shown);
    }
  }

  /** @param {string} key of AXES */
  setAxis(key) {
    if (AXES.has(key) && this.axis.name !== key) {
      this.axis = axisOf(key);
      this.axisSelect.value = key;
      this.events.axisChanged(this.axis);
    }
  }

  /** @returns {number} the place that is shown; NaN without any */
  get now() {
    return this.moments[this.index] ?? NaN;
  }

  /**
   * The last moment that is not after a place.
   *
   * @param {number} place
   * @returns {number}
   */
  indexAt(place) {
    return Math.max(0, lastNotAbove(this.moments, place));
  }

  /** @param {number} place the moment nearest to it is shown */
  goToPlace(place) {
    if (this.moments.length > 0) {
      const before = this.indexAt(place);
      const after = Math.min(this.moments.length - 1, before + 1);
      this.goTo(place - this.moments[before] < this.moments[after] - place ? before : after);
    }
  }

  /** @param {number} index is clamped */
  goTo(index) {
    this.pause();
    this.follow(false);
    return this.display(index);
  }

  /** @param {number} by frames */
  step(by) {
    this.goTo(this.index + by);
  }

  /** To the next or last place where a step of the protocol begins. @param {number} by 1 or -1 */
  stepMark(by) {
    const now = this.now;
    const places = this.marks.map(mark => this.moments[this.indexAt(mark.place)]);
    const next = by > 0 ? places.find(place => place > now) : places.findLast(place => place < now);
    this.goToPlace(next ?? (by > 0 ? Infinity : this.moments[0]));
  }

  end() {
    this.pause();
    this.follow(true);
  }

  /** @param {boolean} on */
  follow(on) {
    this.following = on;
    this.followButton.setAttribute("aria-pressed", String(on));
    if (on) {
      this.display(this.moments.length - 1);
    }
  }

  /** @param {boolean} on */
  loop(on) {
    this.looping = on;
    this.loopButton.setAttribute("aria-pressed", String(on));
  }

  /** @param {number} by how many speeds faster */
  faster(by) {
    this.speed.selectedIndex = Math.max(0, Math.min(SPEEDS.length - 1, this.speed.selectedIndex + by));
  }

  get framesPerSecond() {
    return SPEEDS[this.speed.selectedIndex];
  }

  togglePlay() {
    if (this.playing) {
      this.pause();
    } else if (this.moments.length > 1) {
      this.playing = true;
      this.follow(false);
      this.labelPlay("Pause");
      if (this.index >= this.moments.length - 1) {
        this.index = -1;
      }
      this.playNext();
    }
  }

  pause() {
    this.playing = false;
    this.labelPlay("Play");
    window.clearTimeout(this.timer);
  }

  /** @param {string} text */
  labelPlay(text) {
    this.playButton.textContent = text;
    this.playButton.setAttribute("aria-label", text);
  }

  async playNext() {
    const began = performance.now();
    const atEnd = this.index >= this.moments.length - 1;
    await this.display(atEnd ? 0 : this.index + 1);
    if (!this.playing) {
      return;
    }
    if (this.index >= this.moments.length - 1 && !this.looping) {
      this.pause();
      this.follow(this.live);
      return;
    }
    const period = 1000 / this.framesPerSecond;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.playNext(), Math.max(0, period - (performance.now() - began)));
  }

  /** @param {number} index */
  async display(index) {
    if (this.moments.length === 0) {
      return;
    }
    this.index = Math.max(0, Math.min(this.moments.length - 1, index));
    this.slider.value = String(this.now);
    this.describe();
    await this.events.show(this.now);
  }

  /** The moments that playing comes to next. @param {number} count */
  upcoming(count) {
    const from = this.index + 1;
    return this.moments.slice(from, from + count).concat(this.looping ? this.moments.slice(0, Math.max(0, from + count - this.moments.length)) : []);
  }

  describe() {
    const n = this.moments.length;
    byId("time").textContent = n === 0
      ? (this.axis.name === "time" ? "no frame yet" : `no frame by ${this.axis.name}`)
      : `${this.axis.text(this.now)} · frame ${grouped(this.index + 1)} of ${grouped(n)}`;
    this.slider.setAttribute("aria-valuetext", byId("time").textContent);
  }

  /** Above the slider: a tick for each frame of each run, and where steps and cycles begin. */
  drawMarks() {
    const canvas = byId("marks");
    const surface = sharp(canvas);
    if (!surface) {
      return;
    }
    const { context: pen, width, height, unit } = surface;
    const thumb = THUMB_PIXELS / unit;
    const low = this.moments[0] ?? 0;
    const span = (this.moments.at(-1) ?? 0) - low || 1;
    /** @param {number} place */
    const toX = place => thumb / 2 + ((width - thumb) * (place - low)) / span;
    const colors = isDark() ? RUN_COLORS_ON_DARK : RUN_COLORS;
    const tick = Math.min(6, (height - 9) / Math.max(1, this.places.length));
    this.places.forEach((places, run) => {
      pen.fillStyle = colors[run % colors.length];
      let last = -Infinity;
      for (const place of places) {
        const x = toX(place);
        if (x - last >= 2) {
          pen.fillRect(x - 0.5, height - tick * (this.places.length - run), 1, Math.max(1, tick - 1));
          last = x;
        }
      }
    });
    pen.fillStyle = themeColors().quiet;
    pen.font = "10px system-ui, 'DejaVu Sans', sans-serif";
    const named = this.marks.length <= MOST_NAMED_MARKS;
    let end = -Infinity;
    for (const { place, cycle, step } of this.marks) {
      const x = toX(place);
      pen.fillRect(Math.round(x), 0, 1, height);
      const text = step === 1 ? `cycle ${cycle}` : `step ${step}`;
      if ((named || step === 1) && x > end && x + pen.measureText(text).width < width) {
        pen.fillText(text, x + 3, 8);
        end = x + pen.measureText(text).width + 8;
      }
    }
    canvas.title = this.marks.length === 0 ? "Ticks: frames"
      : `Ticks: frames; lines: steps of the protocol, the first at ${this.axis.text(this.marks[0].place)}`;
  }
}

/**
 * The places at which there is something new to see. Runs that write a frame every second do so a few events early or late,
 * so frames of different runs that all but coincide are one moment: at the last of them.
 *
 * @param {number[][]} places ascending, by run
 * @returns {number[]} ascending
 */
export function momentsOf(places) {
  const gaps = places.filter(of => of.length > 1).map(of => {
    const sorted = of.slice(1).map((place, i) => place - of[i]).sort((a, b) => a - b);
    return sorted[sorted.length >> 1];
  });
  const near = SAME_MOMENT * Math.min(...gaps, Infinity);
  const frames = places.flatMap((of, run) => of.map(place => ({ place, run }))).sort((a, b) => a.place - b.place);
  /** @type {number[]} */
  const moments = [];
  let runs = new Set();
  let first = -Infinity;
  for (const { place, run } of frames) {
    const last = moments.length - 1;
    if (place === moments[last] || (Number.isFinite(near) && place - first <= near && !runs.has(run))) {
      moments[last] = place;
      runs.add(run);
    } else {
      moments.push(place);
      runs = new Set([run]);
      first = place;
    }
  }
  return moments;
}
