package dev.kossel.scenarios.validation;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.nio.file.Path;
import java.util.List;

/** Diffusion to a flat electrode. */
final class TransportCheck implements Check {

    private static final double ELECTRONS = 2;
    private static final double DIFFUSIVITY = 1e-9;
    /** So fast at the surface that all that comes reacts, m/s. */
    private static final double AT_ONCE = 1e6;

    private static final double[] MICROSECONDS = {1, 2, 4, 6, 8, 10};

    @Override
    public String name() {
        return "transport";
    }

    @Override
    public String law() {
        return "i_lim = nFDc/δ; Cottrell: charge 2nFc√(Dt/π); Sand: τ = πD(nFc/2i)²";
    }

    @Override
    public String source() {
        return "Cottrell 1903, doi 10.1515/zpch-1903-4229; Sand 1901, doi 10.1080/14786440109462590";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        int replicas = effort.of(8, 24);
        Statistics limiting = new Statistics();
        Experiment steady = Experiment.of("limiting-current");
        for (int replica = 0; replica < replicas; replica++) {
            Simulation simulation = steady.run(5 + replica, null);
            limiting.add(simulation.chargeDensity() / simulation.timeSeconds() / 10);
        }
        Statistics[] charges = Statistics.series(MICROSECONDS.length);
        for (int n = 0; n < charges.length; n++) {
            Experiment step = Experiment.of("depletion", "protocol.steps.0.until.time=" + MICROSECONDS[n] + " us");
            for (int replica = 0; replica < replicas; replica++) {
                charges[n].add(step.run(5 + replica, null).chargeDensity());
            }
        }
        Statistics sand = new Statistics();
        // Parcels so large that the first layer holds what passes until then.
        Experiment held = Experiment.of(
                "depletion",
                "lattice={type: sc, constant: 40 nm, size: [128, 128, 4], atoms-per-site: 1000000000}",
                "processes.deposition.law.electrons=1",
                "processes.deposition.law.rate-constant.value=1e-4 /s",
                "transport.cell=2.56 um",
                "transport.time-step=3 s",
                "transport.boundary-layer.value=6 mm",
                "transport.electrolyte={M+: {charge: 1, concentration: 1 M, diffusivity: 1e-9 m^2/s}}",
                "protocol.steps.0={type: galvanostatic, current-density: 10 mA/cm^2, until: {time: 1 h}}");
        for (int replica = 0; replica < replicas; replica++) {
            sand.add(held.secondsUntilDry(5 + replica));
        }
        double time = Math.PI * DIFFUSIVITY * Math.pow(Constants.FARADAY * 1000 / (2 * 100), 2);
        int last = charges.length - 1;
        double spent = cottrell(MICROSECONDS[last]);
        double limit = Constants.FARADAY * DIFFUSIVITY * 1000 / 100e-6 / 10;
        // The same without lattice and noise, on the grid and in the steps of the fields.
        FieldGrid fine = Experiment.of("depletion").fieldGrid();
        double spentInSteps = ELECTRONS
                * Constants.FARADAY
                * new Column(fine, 0.6e-9, DIFFUSIVITY, 100, 1).hold(MICROSECONDS[last] * 1e-6, AT_ONCE, 0);
        double timeInSteps =
                new Column(held.fieldGrid(), 80e-9, DIFFUSIVITY, 1000, 3).supply(2 * time, 100 / Constants.FARADAY);
        return new Findings(
                List.of(
                        Measurement.equal(
                                "limiting current of 1 M, 1e-9 m²/s, 100 µm, n = 1, mA/cm²",
                                limit,
                                limiting,
                                0.02 * limit),
                        Measurement.within(
                                "charge after 10 µs (Cottrell), C/m²",
                                spent,
                                charges[last],
                                Math.abs(spentInSteps - spent),
                                0.01 * spent),
                        Measurement.within(
                                "Sand's time at 10 mA/cm² of 1 M, 1e-9 m²/s, n = 1, s",
                                time,
                                sand,
                                Math.abs(timeInSteps - time),
                                0.01 * time)),
                List.of(new LinePlot(
                        "Charge after a step of the potential",
                        Axis.linear("Time (µs)"),
                        Axis.linear("Charge (C m⁻²)"),
                        List.of(
                                Statistics.points(MICROSECONDS, charges),
                                Curve.law("Cottrell", 0, MICROSECONDS[last], TransportCheck::cottrell)))));
    }

    /** Charge after a time, C/m². */
    private static double cottrell(double microseconds) {
        return 2 * ELECTRONS * Constants.FARADAY * 100 * Math.sqrt(DIFFUSIVITY * microseconds * 1e-6 / Math.PI);
    }
}
