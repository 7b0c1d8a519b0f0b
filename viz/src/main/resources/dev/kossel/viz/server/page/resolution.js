// How finely to draw: in full when the picture stands still, and while it moves as coarsely as keeps it fluent.

const FLUENT_MILLIS = 24;
const SLOW_MILLIS = 50;
const COARSEST = 0.34;
const STILL_MILLIS = 180;

export class Resolution {
  /** @param {() => void} sharpen is called when the picture has come to rest */
  constructor(sharpen) {
    this.sharpen = sharpen;
    this.moving = false;
    this.share = 1;
    this.lastMillis = NaN;
    this.timer = 0;
  }

  /** The view is changing. */
  moved() {
    if (!this.moving) {
      this.lastMillis = NaN;
    }
    this.moving = true;
    document.body.dataset.still = "false";
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.moving = false;
      this.sharpen();
    }, STILL_MILLIS);
  }

  /** @returns {number} the share of all pixels along an edge with which to draw now */
  begin() {
    if (!this.moving) {
      document.body.dataset.still = "true";
      return 1;
    }
    const now = performance.now();
    const took = now - this.lastMillis;
    this.lastMillis = now;
    if (took > SLOW_MILLIS && took < 2000) {
      this.share = Math.max(COARSEST, this.share * Math.max(0.6, SLOW_MILLIS / took));
    } else if (took < FLUENT_MILLIS) {
      this.share = Math.min(1, this.share * 1.1);
    }
    return this.share;
  }
}
