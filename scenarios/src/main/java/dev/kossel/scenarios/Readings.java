package dev.kossel.scenarios;

import dev.kossel.scenarios.file.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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

    /** What is left of the overpotential for charge transfer, V: mean over the surface, weighted with the current. */
    static final String ACTIVATION = "activation_overpotential_V";
    /** From the concentrations at the surface, V: of the last solution, weighted with the current. */
    static final String CONCENTRATION = "concentration_overpotential_V";
    /** The potential at the surface against that of the bulk, V: of the last solution, weighted with the current. In a salt alone the diffusion potential is part of it. */
    static final String OHMIC = "ohmic_drop_V";
    /** Of a salt alone, the part of the potential at the surface that would be there without a current, V: of the last solution, weighted with the current. */
    static final String DIFFUSION = "diffusion_potential_V";
    /** Current per reacting site at the top over that everywhere. */
    static final String TIP_RATIO = "tip_current_ratio";
    /** Current per reacting site at the lowest point over that everywhere. */
    static final String PIT_RATIO = "pit_current_ratio";

    /** pH at the surface: the mean over where anything reacts, the least and the largest, of the last solution. */
    static final List<String> PH = List.of("mean_surface_pH", "min_surface_pH", "max_surface_pH");
    /** Net charge per area of what makes and removes no metal, C/m². */
    static final String SIDE = "side_charge_C_per_m2";
    /** The smallest number that the rates of a class of events are multiplied by. */
    static final String LEAST_SCALE = "least_scale";

    /** That of the last part of the protocol, K. */
    static final String TEMPERATURE = "temperature_K";

    private Readings() {}

    /** Those of a model; an electrolyte that is computed along adds to them. */
    static List<String> columns(Model model) {
        List<String> columns = new ArrayList<>(List.of(
                OVERPOTENTIAL, CURRENT_DENSITY, CHARGE_DENSITY, REDUCED, OXIDISED, SET_CURRENT_DENSITY, CYCLE, STEP));
        TransportModel transport = model.transport();
        if (transport != null) {
            columns.addAll(List.of(ACTIVATION, CONCENTRATION, OHMIC, TIP_RATIO, PIT_RATIO));
            for (TransportModel.Ion ion : transport.ions()) {
                columns.add("min_surface_" + ion.name() + "_mol_per_L");
                columns.add("max_surface_" + ion.name() + "_mol_per_L");
            }
            if (transport.acidity() != null) {
                columns.addAll(PH);
            }
            if (transport.salt() != null) {
                columns.add(DIFFUSION);
            }
        }
        if (model.hasSideReactions()) {
            columns.add(SIDE);
        }
        if (model.scenario().protocol().changesTemperature()) {
            columns.add(TEMPERATURE);
        }
        Scenario.Separation separation = model.scenario().separation();
        if (separation != null && separation.adaptive() != null) {
            columns.add(LEAST_SCALE);
        }
        return List.copyOf(columns);
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
        int next = 8;
        Electrolyte electrolyte = simulation.electrolyte();
        if (electrolyte != null) {
            out[8] = out[0]
                    - electrolyte.currents().concentrationVolts()
                    - electrolyte.currents().ohmicVolts();
            out[9] = electrolyte.currents().concentrationVolts();
            out[10] = electrolyte.currents().ohmicVolts();
            out[11] = electrolyte.currents().tipRatio();
            out[12] = electrolyte.currents().pitRatio();
            TransportModel transport = Objects.requireNonNull(simulation.model().transport());
            next = 13;
            for (int ion = 0; ion < transport.ions().size(); ion++) {
                out[next++] = electrolyte.leastConcentration(ion);
                out[next++] = electrolyte.largestConcentration(ion);
            }
            if (transport.acidity() != null) {
                for (double ph : electrolyte.surfacePh()) {
                    out[next++] = ph;
                }
            }
            if (transport.salt() != null) {
                out[next++] = electrolyte.currents().diffusionVolts();
            }
        }
        if (simulation.model().hasSideReactions()) {
            out[next++] = simulation.chargeDensity(simulation.sideElectrons());
        }
        if (simulation.model().scenario().protocol().changesTemperature()) {
            out[next++] = simulation.temperatureKelvin();
        }
        AdaptiveSeparation separation = simulation.separation();
        if (separation != null) {
            out[next] = separation.leastScale();
        }
        simulation.startMeans();
    }
}
