package dev.kossel.scenarios;

import java.util.List;

/** The readings of the electrode that come with every sample: names of columns in {@code statistics.csv}, and how they are taken. */
final class Readings {

    /** Mean over the time since the previous row, V; negative is cathodic. */
    static final String OVERPOTENTIAL = "overpotential_V";
    /** Charge over time since the previous row, A/m², plating positive. */
    static final String CURRENT_DENSITY = "current_density_A_per_m2";
    /** Net charge per area, C/m². */
    static final String CHARGE_DENSITY = "charge_C_per_m2";
    /** Charge per area of all reductions, C/m². */
    static final String REDUCED = "reduced_C_per_m2";
    /** Charge per area of all oxidations, C/m², as a positive number. */
    static final String OXIDISED = "oxidised_C_per_m2";
    /** The current density that was last held, A/m²; no number where a potential was. */
    static final String SET_CURRENT_DENSITY = "set_current_density_A_per_m2";
    /** Of the time that the row ends, from 1. */
    static final String CYCLE = "cycle";
    /** Of the time that the row ends, from 1 within a cycle. */
    static final String STEP = "step";

    private Readings() {}

    static List<String> columns() {
        return List.of(
                OVERPOTENTIAL, CURRENT_DENSITY, CHARGE_DENSITY, REDUCED, OXIDISED, SET_CURRENT_DENSITY, CYCLE, STEP);
    }

    /** Reads them all and begins the next averaging interval. */
    static void take(Simulation simulation, double[] out) {
        out[0] = simulation.meanOverpotentialVolts();
        out[1] = simulation.meanCurrentDensity();
        out[2] = simulation.chargeDensity();
        out[3] = simulation.chargeDensity(simulation.reducedElectrons());
        out[4] = simulation.chargeDensity(simulation.oxidisedElectrons());
        out[5] = simulation.sliceSetCurrentDensity();
        out[6] = simulation.sliceCycle() + 1;
        out[7] = simulation.sliceStep() + 1;
        simulation.startMeans();
    }
}
