package dev.kossel.scenarios.validation;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.scenarios.Electrolyte;
import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Diffusion and migration of a salt alone in its solvent to a flat electrode. */
final class SaltCheck implements Check {

    private static final double TRANSFERENCE = 0.4;
    private static final double DIFFUSIVITY = 1e-9;
    private static final double BULK = 1000;
    private static final double LAYER = 100e-6;
    private static final double KELVIN = 298.15;
    /** A steady current, over that at the limit. */
    private static final double PART = 0.8;

    private static final String ALONE = "transport.electrolyte.M+.transference-number={value: " + TRANSFERENCE
            + ", source: 'assumed: illustration'}";
    private static final String WITH_POTENTIAL = "transport.potential=from-ions";

    @Override
    public String name() {
        return "salt";
    }

    @Override
    public String law() {
        return "a salt alone, t₊ = 0.4: i_lim = FDc/(δ(1 − t₊)); Sand: τ = πD(Fc/(2i(1 − t₊)))²; steady: φ = (kT/e) ln(c/c₀), the anion being at rest";
    }

    @Override
    public String source() {
        return "Newman and Balsara, Electrochemical Systems, 4th edition, chapter 11; Sand 1901, doi 10.1080/14786440109462590";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        int replicas = effort.of(4, 24);
        double limit = Constants.FARADAY * DIFFUSIVITY * BULK / (LAYER * (1 - TRANSFERENCE));
        Statistics limiting = new Statistics();
        Experiment driven =
                Experiment.of("limiting-current", ALONE, WITH_POTENTIAL, "protocol.steps.0.overpotential=-600 mV");
        for (int replica = 0; replica < replicas; replica++) {
            Simulation simulation = driven.run(5 + replica, null);
            limiting.add(simulation.chargeDensity() / simulation.timeSeconds() / 10);
        }
        // By diffusion, A/m²; so large that the first layer holds what passes until the electrolyte is dry.
        double taken = 150;
        Experiment held = Experiment.of(
                "pulse",
                ALONE,
                WITH_POTENTIAL,
                "transport.time-step=3 s",
                "protocol.steps.0={type: galvanostatic, current-density: " + taken / (1 - TRANSFERENCE)
                        + " A/m^2, until: {time: 1 h}}");
        Statistics sand = new Statistics();
        for (int replica = 0; replica < replicas; replica++) {
            sand.add(held.secondsUntilDry(5 + replica));
        }
        double time = Math.PI * DIFFUSIVITY * Math.pow(Constants.FARADAY * BULK / (2 * taken), 2);
        double timeInSteps =
                new Column(held.fieldGrid(), 40e-9, DIFFUSIVITY, BULK, 3).supply(2 * time, taken / Constants.FARADAY);

        Simulation steady = Experiment.of(
                        "limiting-current",
                        ALONE,
                        WITH_POTENTIAL,
                        "transport.tolerance=1e-9",
                        "protocol.steps.0={type: galvanostatic, current-density: " + PART * limit
                                + " A/m^2, until: {time: 1 ms}}")
                .begin(1, null);
        steady.advance();
        Electrolyte electrolyte = Objects.requireNonNull(steady.electrolyte());
        FieldGrid grid = electrolyte.grid();
        double thermalVolts = Constants.thermalEnergyEv(KELVIN);
        // The lowest two cells hold the metal and a part of the surface.
        int lowest = 2;
        double[] concentrations = new double[grid.layers() - lowest];
        double[] millivolts = new double[concentrations.length];
        double deviation = 0;
        for (int n = 0; n < concentrations.length; n++) {
            int cell = grid.cell(0, 0, lowest + n);
            concentrations[n] = electrolyte.concentrations(0)[cell];
            millivolts[n] = 1000 * electrolyte.potentials()[cell];
            deviation =
                    Math.max(deviation, Math.abs(millivolts[n] / 1000 / thermalVolts - Math.log(concentrations[n])));
        }
        double atSurface = 1000 * thermalVolts * Math.log(1 - PART);
        return new Findings(
                List.of(
                        Measurement.equal(
                                "limiting current of 1 M, 1e-9 m²/s, 100 µm, mA/cm²",
                                limit / 10,
                                limiting,
                                0.02 * limit / 10),
                        Measurement.within(
                                "Sand's time at 25 mA/cm² of 1 M, 1e-9 m²/s, s",
                                time,
                                sand,
                                Math.abs(timeInSteps - time),
                                0.01 * time),
                        Measurement.within(
                                "potential next to the surface at 0.8 of the limiting current, mV",
                                atSurface,
                                millivolts[0],
                                0,
                                0.01,
                                0),
                        Measurement.atMost(
                                "steady: largest deviation of the potential from Boltzmann's law, kT/e",
                                1e-5,
                                deviation)),
                List.of(new LinePlot(
                        "Potential at 0.8 of the limiting current",
                        Axis.linear("Concentration (mol L⁻¹)"),
                        Axis.linear("Potential (mV)"),
                        List.of(
                                new Curve("simulation", concentrations, millivolts, new double[millivolts.length]),
                                Curve.law("Boltzmann", 1 - PART, 1, c -> 1000 * thermalVolts * Math.log(c))))));
    }
}
