// Quantities that follow from the columns of statistics.csv.

/**
 * Stripped over plated charge so far, the parts of the protocol taken by their net charge, as the summary does it.
 *
 * @param {import("./api.js").Table} table
 * @returns {number[] | null} by row, NaN until something was stripped; null if nothing ever is
 */
export function coulombicEfficiency(table) {
  const charge = table.columns.get("charge_C_per_m2");
  const cycle = table.columns.get("cycle");
  const step = table.columns.get("step");
  if (!charge || !cycle || !step) {
    return null;
  }
  let plated = 0;
  let stripped = 0;
  let start = charge[0] ?? 0;
  let any = false;
  const efficiency = charge.map((now, i) => {
    if (i > 0 && (cycle[i] !== cycle[i - 1] || step[i] !== step[i - 1])) {
      const part = charge[i - 1] - start;
      plated += Math.max(0, part);
      stripped += Math.max(0, -part);
      start = charge[i - 1];
    }
    const part = now - start;
    const platedNow = plated + Math.max(0, part);
    const strippedNow = stripped + Math.max(0, -part);
    any ||= strippedNow > 0 && platedNow > 0;
    return strippedNow > 0 && platedNow > 0 ? strippedNow / platedNow : NaN;
  });
  return any ? efficiency : null;
}
