package dev.kossel.scenarios.validation;

import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.LinePlot;
import java.nio.file.Path;
import java.util.List;

/** Equilibrium of the kink site. */
final class KosselCrystalCheck implements Check {

    private static final double[] MILLIVOLTS = {-4, -2, 0, 2, 4};

    @Override
    public String name() {
        return "kossel-crystal";
    }

    @Override
    public String law() {
        return "no net growth at η = 0; growth below, as much dissolution above";
    }

    @Override
    public String source() {
        return "Kossel 1927, https://eudml.org/doc/59239; Stranski 1928, doi 10.1515/zpch-1928-13620";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        Statistics[] growth = new Statistics[MILLIVOLTS.length];
        for (int n = 0; n < MILLIVOLTS.length; n++) {
            growth[n] = growth(MILLIVOLTS[n], effort.of(40, 400));
        }
        return new Findings(
                List.of(
                        Measurement.equal("monolayers grown in 50 s at 0 mV", 0, growth[2], 0.1),
                        Measurement.signed("at −4 mV", 1, growth[0]),
                        Measurement.signed("at +4 mV", -1, growth[4]),
                        Measurement.within(
                                "at −4 mV and at +4 mV together",
                                0,
                                growth[0].mean() + growth[4].mean(),
                                Math.hypot(growth[0].standardError(), growth[4].standardError()),
                                0,
                                0.25)),
                List.of(new LinePlot(
                        "Growth of a rough crystal",
                        Axis.linear("Overpotential (mV)"),
                        Axis.linear("Monolayers in 50 s"),
                        List.of(Statistics.points(MILLIVOLTS, growth)))));
    }

    private static Statistics growth(double millivolts, int replicas) throws ScenarioException {
        Experiment experiment = Experiment.of(
                "kossel-crystal",
                "protocol.steps.0.overpotential=" + millivolts + " mV",
                "protocol.steps.1.overpotential=" + millivolts + " mV");
        Statistics grown = new Statistics();
        for (int replica = 0; replica < replicas; replica++) {
            Simulation simulation = experiment.begin(100 + replica, null);
            // The surface roughens first.
            while (simulation.step() == 0 && simulation.endReason() == null) {
                simulation.advance();
            }
            long before = simulation.electrons();
            while (simulation.endReason() == null) {
                simulation.advance();
            }
            grown.add((double) (simulation.electrons() - before)
                    / experiment.geometry().sitesPerLayer());
        }
        return grown;
    }
}
