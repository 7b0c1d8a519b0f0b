// What the columns of a run's tables are called and measured in: known ones by name, any other by how its name ends.

/**
 * @typedef {{title: string, unit: string, prefixed: boolean}} Quantity prefixed: whether the unit takes a prefix (mV, kA/m²)
 */

/** Endings of names, longer ones before those they end in: text, unit, whether it takes a prefix. */
const UNITS = /** @type {[string, string, boolean][]} */ ([
  ["_A_per_m2", "A/m²", true],
  ["_C_per_m2", "C/m²", true],
  ["_kg_per_m2", "kg/m²", false],
  ["_mol_per_L", "mol/L", false],
  ["_mol_per_m3", "mol/m³", false],
  ["_V_per_m", "V/m", true],
  ["_ohm_m2", "Ω m²", true],
  ["_per_m2", "m⁻²", false],
  ["_per_um2", "µm⁻²", false],
  ["_per_nm2", "nm⁻²", false],
  ["_per_nm", "nm⁻¹", false],
  ["_per_s", "s⁻¹", false],
  ["_nm2", "nm²", false],
  ["_nm3", "nm³", false],
  ["_nm", "nm", false],
  ["_deg", "°", false],
  ["_eV", "eV", true],
  ["_V", "V", true],
  ["_K", "K", false],
  ["_C", "C", true],
  ["_s", "s", true],
  ["_percent", "%", false],
]);

const TITLES = new Map([
  ["overpotential_V", "Overpotential"],
  ["current_density_A_per_m2", "Current density"],
  ["set_current_density_A_per_m2", "Set current density"],
  ["charge_C_per_m2", "Net charge"],
  ["reduced_C_per_m2", "Charge of all reductions"],
  ["oxidised_C_per_m2", "Charge of all oxidations"],
  ["rms_roughness_nm", "Roughness Sq"],
  ["height_skewness", "Skewness Ssk"],
  ["height_kurtosis", "Kurtosis Sku"],
  ["coverage", "Coverage of the first layer"],
  ["island_count", "Islands"],
  ["island_density_per_m2", "Nuclei (island density)"],
  ["adatom_count", "Adatoms"],
  ["mean_island_sites", "Sites per island"],
  ["dead_sites", "Dead metal"],
  ["coulombic_efficiency", "Coulombic efficiency"],
]);

/**
 * @param {string} column
 * @returns {Quantity}
 */
export function quantity(column) {
  const [ending, unit, prefixed] = UNITS.find(([ending]) => column.endsWith(ending)) ?? ["", "", false];
  const dead = /^sites_(.+) \(isolated\)$/.exec(column);
  if (dead) {
    return { title: `Dead metal, sites of ${dead[1]}`, unit: "", prefixed: false };
  }
  const plane = /^(facet_fraction|texture_coefficient)_(.+)$/.exec(column);
  if (plane) {
    const name = plane[2] === "other" ? "other" : `{${plane[2]}}`;
    return { title: `${plane[1] === "facet_fraction" ? "Facets" : "Texture"} ${name}`, unit: "", prefixed: false };
  }
  const ion = /^local_(.+)_mol_per_L$/.exec(column);
  if (ion) {
    return { title: `Local ${ion[1]}`, unit, prefixed };
  }
  const words = column.slice(0, column.length - ending.length).replace(/_(count|rate)$/, " ($1)").replaceAll("_", " ");
  return { title: TITLES.get(column) ?? words.charAt(0).toUpperCase() + words.slice(1), unit, prefixed };
}

/** Columns that say where a row stands and are no measurement. */
const PLACES = new Set(["time_s", "cycle", "step"]);

/**
 * @param {string} column
 * @returns {boolean} whether it can be drawn in a chart
 */
export function isMeasured(column) {
  return !PLACES.has(column);
}
