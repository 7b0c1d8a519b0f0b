// Numbers as people read them.

const PREFIXES = ["f", "p", "n", "µ", "m", "", "k", "M", "G", "T"];

/**
 * A factor and a prefix that bring a value to 1 … 1000.
 *
 * @param {number} value
 * @returns {{factor: number, prefix: string}} displayed = value / factor
 */
export function prefixOf(value) {
  const size = Math.abs(value);
  const thousands = size > 0 && Number.isFinite(size) ? Math.floor(Math.log10(size) / 3 + 1e-9) : 0;
  const at = Math.max(-5, Math.min(4, thousands));
  return { factor: 1000 ** at, prefix: PREFIXES[at + 5] };
}

/**
 * @param {number} value
 * @param {number} [digits] significant
 * @returns {string}
 */
export function plain(value, digits = 4) {
  if (!Number.isFinite(value)) {
    return "–";
  }
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-3 || size >= 1e6)
    ? Number(value.toPrecision(digits)).toExponential().replace("e+", "e")
    : Number(value.toPrecision(digits)).toString();
  return text.replaceAll("-", "−");
}

/**
 * @param {number} count whole
 * @returns {string} all its digits, in groups of three
 */
export function grouped(count) {
  return count.toLocaleString("en").replaceAll(",", "\u202f");
}

/**
 * @param {number} value
 * @param {string} unit takes a prefix
 * @returns {string} such as 12.35 ms
 */
export function withUnit(value, unit) {
  const { factor, prefix } = prefixOf(value);
  return `${plain(value / factor)} ${prefix}${unit}`;
}

/**
 * @param {number} nm
 * @returns {string} in nm, or µm from there on
 */
export function length(nm) {
  return Math.abs(nm) >= 1000 ? `${plain(nm / 1000)} µm` : `${plain(nm)} nm`;
}

/**
 * The greatest of 1, 2, 5 × 10ⁿ that is not above a limit.
 *
 * @param {number} limit positive
 * @returns {number}
 */
export function niceBelow(limit) {
  const decade = 10 ** Math.floor(Math.log10(limit));
  return [5, 2, 1].map(m => m * decade).find(step => step <= limit * (1 + 1e-9)) ?? decade;
}

/**
 * Round values within a range.
 *
 * @param {number} low
 * @param {number} high above low
 * @param {number} most how many at most, about
 * @returns {number[]}
 */
export function ticks(low, high, most) {
  let step = niceBelow((high - low) / Math.max(1, most));
  while ((high - low) / step > most + 0.5) {
    step = niceBelow(step * 2.6);
  }
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    found.push(i * step);
  }
  return found;
}
