// Colours that people with any kind of colour vision can tell apart.

/**
 * @typedef {[number, number, number]} Rgb 0 … 255
 */

/**
 * @param {string} code #rrggbb
 * @returns {Rgb}
 */
export function rgb(code) {
  const value = parseInt(code.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/**
 * @param {Rgb} color
 * @returns {string} #rrggbb
 */
export function code(color) {
  return `#${color.map(c => Math.round(c).toString(16).padStart(2, "0")).join("")}`;
}

/** viridis (S. van der Walt, N. Smith, CC0), at equal steps. */
export const VIRIDIS = ramp("440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725");

/** cividis (J. R. Nuñez, C. R. Anderton, R. S. Renslow, doi:10.1371/journal.pone.0199239), at equal steps. */
export const CIVIDIS = ramp("00204d 00306f 2a406c 48526b 5e626e 727374 878479 9e9677 b6a971 d0be67 ead357 ffea46");

/** plasma (S. van der Walt, N. Smith, CC0), at equal steps. */
export const PLASMA = ramp("0d0887 41049d 6a00a8 8f0da4 b12a90 cc4778 e16462 f2844b fca636 fcce25 f0f921");

/** PuOr of ColorBrewer (C. A. Brewer, Apache License 2.0), dark to light to dark. */
export const PURPLE_ORANGE = ramp("2d004b 542788 8073ac b2abd2 d8daeb f7f7f7 fee0b6 fdb863 e08214 b35806 7f3b08");

/** M. Okabe and K. Ito, Color universal design. */
export const OKABE_ITO = ramp("999999 e69f00 56b4e9 009e73 f0e442 0072b2 d55e00 cc79a7");

/** Of the runs, in charts; as .run-0 … in style.css. */
export const RUN_COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"];

/** As RUN_COLORS, on dark ground. */
export const RUN_COLORS_ON_DARK = ["#56b4e9", "#f5914d", "#3ccda4", "#e6a8cb"];

/**
 * @param {string} codes
 * @returns {Rgb[]}
 */
function ramp(codes) {
  return codes.split(" ").map(hex => rgb(`#${hex}`));
}

/**
 * @param {Rgb[]} map
 * @param {number} fraction is clamped to 0 … 1
 * @returns {Rgb}
 */
export function at(map, fraction) {
  const place = Math.max(0, Math.min(1, fraction)) * (map.length - 1);
  const low = Math.min(map.length - 2, Math.floor(place));
  const t = place - low;
  return /** @type {Rgb} */ ([0, 1, 2].map(i => map[low][i] * (1 - t) + map[low + 1][i] * t));
}
