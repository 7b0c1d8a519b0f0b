package dev.kossel.scenarios.validation;

import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.scenarios.physics.Dawson;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reversible deposition while the potential is swept. */
final class VoltammogramCheck implements Check {

    private static final double ELECTRONS = 2;
    private static final double F = 1 / (Constants.thermalEnergyEv(298.15));
    private static final double VOLTS_PER_SECOND = 50;
    /** Of x, between which the current is averaged. Before the first a flat face becomes rough, which takes charge of its own. */
    private static final double[] X = {0.4, 1.6, 2.8, 4.4};

    /** As many bins of each stretch are plotted. */
    private static final int BINS = 3;

    @Override
    public String name() {
        return "voltammogram";
    }

    @Override
    public String law() {
        return "i = nFc√(Dnfν) (2/√π) Daw(√x), x = −nfη, Daw(z) = exp(−z²)∫₀ᶻ exp(t²)dt: a peak of 0.6105 nFc√(Dnfν) at x = 0.854";
    }

    @Override
    public String source() {
        return "Berzins and Delahay 1953, J. Am. Chem. Soc. 75, 555";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        Experiment experiment = Experiment.of("sweep");
        double nf = ELECTRONS * F;
        double perX =
                ELECTRONS * Constants.FARADAY * 100 * Math.sqrt(1e-9 * nf * VOLTS_PER_SECOND) / (nf * VOLTS_PER_SECOND);
        double[] edges = new double[BINS * (X.length - 1) + 1];
        for (int n = 0; n < edges.length; n++) {
            int stretch = Math.min(n / BINS, X.length - 2);
            edges[n] = X[stretch] + (X[stretch + 1] - X[stretch]) * (n - stretch * BINS) / BINS;
        }
        Statistics[] stretches = Statistics.series(X.length - 1);
        Statistics[] bins = Statistics.series(edges.length - 1);
        for (int replica = 0; replica < effort.of(3, 12); replica++) {
            Simulation simulation = experiment.begin(5 + replica, null);
            double[] charges = new double[edges.length];
            int next = 0;
            while (simulation.endReason() == null) {
                simulation.advance();
                while (next < edges.length && nf * VOLTS_PER_SECOND * simulation.timeSeconds() >= edges[next]) {
                    charges[next++] = simulation.chargeDensity() / perX;
                }
            }
            if (next < edges.length) {
                throw new IllegalStateException(
                        "the sweep should go on to its end, but the run ended because " + simulation.endReason());
            }
            for (int n = 0; n < bins.length; n++) {
                bins[n].add((charges[n + 1] - charges[n]) / (edges[n + 1] - edges[n]));
            }
            for (int n = 0; n < stretches.length; n++) {
                stretches[n].add((charges[BINS * (n + 1)] - charges[BINS * n]) / (X[n + 1] - X[n]));
            }
        }
        List<Measurement> measurements = new ArrayList<>();
        // The potential has steps of 0.08 in x, fields are of first order in time.
        for (int n = 0; n < stretches.length; n++) {
            measurements.add(Measurement.within(
                    String.format(Locale.ROOT, "i/nFc√(Dnfν), mean from x = %.1f to %.1f", X[n], X[n + 1]),
                    current(X[n], X[n + 1]),
                    stretches[n],
                    0.025,
                    0.03));
        }
        double[] x = new double[bins.length];
        Arrays.setAll(x, n -> (edges[n] + edges[n + 1]) / 2);
        return new Findings(
                measurements,
                List.of(new LinePlot(
                        "Voltammogram of reversible deposition",
                        Axis.linear("−nfη"),
                        Axis.linear("i/nFc√(Dnfν)"),
                        List.of(
                                Statistics.points(x, bins),
                                Curve.law(
                                        "Berzins and Delahay",
                                        0,
                                        X[X.length - 1],
                                        at -> 2 / Math.sqrt(Math.PI) * Dawson.integral(Math.sqrt(at)))))));
    }

    /** The mean of (2/√π) Daw(√x) between two points. */
    private static double current(double from, double to) {
        double sum = 0;
        int steps = 400;
        for (int n = 0; n < steps; n++) {
            sum += Dawson.integral(Math.sqrt(from + (n + 0.5) * (to - from) / steps)) / steps;
        }
        return sum * 2 / Math.sqrt(Math.PI);
    }
}
