// What the browser remembers of its user: light or dark, and that the hint was read.

/**
 * @param {string} key
 * @returns {string | null}
 */
export function remembered(key) {
  try {
    return localStorage.getItem(`kossel.${key}`);
  } catch {
    return null; // Storage may be forbidden; then nothing is remembered.
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
export function remember(key, value) {
  try {
    localStorage.setItem(`kossel.${key}`, value);
  } catch {
    // As above.
  }
}

/** Sets the theme chosen earlier, or that of the system. */
export function applyTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = remembered("theme") ?? (dark ? "dark" : "light");
}

/** From light to dark or back. */
export function switchTheme() {
  remember("theme", isDark() ? "light" : "dark");
  applyTheme();
}

/** @returns {boolean} */
export function isDark() {
  return document.documentElement.dataset.theme === "dark";
}
