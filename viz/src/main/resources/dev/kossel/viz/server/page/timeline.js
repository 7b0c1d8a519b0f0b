// The moments at which any run has a frame: going through them by hand, by playing, and by following runs that grow.

import { byId, element } from "./dom.js";
import { grouped, withUnit } from "./numbers.js";

const SPEEDS = [1, 2, 5, 10, 20];
const USUAL_SPEED = 5;

export class Timeline {
  /** @param {(timeSeconds: number) => Promise<void>} show resolves when the moment is on the screen */
  constructor(show) {
    this.show = show;
    /** @type {number[]} s, ascending */
    this.moments = [];
    this.index = -1;
    this.playing = false;
    this.following = true;
    this.live = false;
    this.timer = 0;
    this.slider = byId("position");
    this.playButton = byId("play");
    this.followButton = byId("follow");
    this.speed = byId("speed");
    SPEEDS.forEach(speed => this.speed.append(element("option", "", `${speed}/s`)));
    this.speed.selectedIndex = SPEEDS.indexOf(USUAL_SPEED);
    this.slider.addEventListener("input", () => this.goTo(Number(this.slider.value)));
    this.playButton.addEventListener("click", () => this.togglePlay());
    this.followButton.addEventListener("click", () => this.follow(!this.following));
  }

  /**
   * @param {number[][]} times of the frames of every run
   * @param {boolean} live whether any run goes on
   */
  setTimes(times, live) {
    const shown = this.moments[this.index];
    this.moments = [...new Set(times.flat())].sort((a, b) => a - b);
    this.live = live;
    this.slider.max = String(Math.max(0, this.moments.length - 1));
    this.slider.disabled = this.moments.length < 2;
    this.playButton.disabled = this.moments.length < 2;
    this.followButton.hidden = !live;
    if (this.moments.length === 0) {
      this.index = -1;
      this.describe();
    } else if (shown === undefined || (this.following && !this.playing)) {
      this.display(this.moments.length - 1);
    } else {
      this.display(this.indexAt(shown));
    }
  }

  /** @returns {number} the time that is shown, s; NaN without any */
  get now() {
    return this.moments[this.index] ?? NaN;
  }

  /**
   * The last moment that is not after a time.
   *
   * @param {number} timeSeconds
   * @returns {number}
   */
  indexAt(timeSeconds) {
    const later = this.moments.findIndex(moment => moment > timeSeconds);
    return Math.max(0, (later < 0 ? this.moments.length : later) - 1);
  }

  /** @param {number} timeSeconds */
  goToTime(timeSeconds) {
    if (this.moments.length > 0) {
      const after = Math.min(this.moments.length - 1, this.indexAt(timeSeconds) + 1);
      const before = Math.max(0, after - 1);
      const nearer = timeSeconds - this.moments[before] < this.moments[after] - timeSeconds ? before : after;
      this.goTo(nearer);
    }
  }

  /** @param {number} index is clamped */
  goTo(index) {
    this.pause();
    this.follow(false);
    this.display(index);
  }

  /** @param {number} by frames */
  step(by) {
    this.goTo(this.index + by);
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

  togglePlay() {
    if (this.playing) {
      this.pause();
    } else if (this.moments.length > 1) {
      this.playing = true;
      this.follow(false);
      this.playButton.textContent = "Pause";
      if (this.index >= this.moments.length - 1) {
        this.index = -1;
      }
      this.playNext();
    }
  }

  pause() {
    this.playing = false;
    this.playButton.textContent = "Play";
    window.clearTimeout(this.timer);
  }

  async playNext() {
    const began = performance.now();
    await this.display(this.index + 1);
    if (!this.playing) {
      return;
    }
    if (this.index >= this.moments.length - 1) {
      this.pause();
      this.follow(this.live);
      return;
    }
    const period = 1000 / SPEEDS[this.speed.selectedIndex];
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.playNext(), Math.max(0, period - (performance.now() - began)));
  }

  /** @param {number} index */
  async display(index) {
    if (this.moments.length === 0) {
      return;
    }
    this.index = Math.max(0, Math.min(this.moments.length - 1, index));
    this.slider.value = String(this.index);
    this.describe();
    await this.show(this.moments[this.index]);
  }

  describe() {
    const n = this.moments.length;
    byId("time").textContent = n === 0
      ? "no frame yet"
      : `${withUnit(this.moments[this.index], "s")} · frame ${grouped(this.index + 1)} of ${grouped(n)}`;
    this.slider.setAttribute("aria-valuetext", byId("time").textContent);
  }
}
