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
    /** At rest, before; s. */
    private static final double REST = 50e-6;

    private static final double DIFFUSIVITY = 1e-9;
    private static final double BULK = 100;
    /** Of the sweep. */
    private static final int STAIRS = 60;

    private static final double LONGEST_STEP = 0.2e-6;
    /** What is solid at the beginning, an inert layer and five of metal, m. */
    private static final double SOLID = 0.9e-9;
    /** Of x, between which the current is averaged. */
    private static final double[] X = {0, 0.4, 1.6, 2.8, 4.4};

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
        double perX = ELECTRONS * Constants.FARADAY * BULK * Math.sqrt(DIFFUSIVITY / (nf * VOLTS_PER_SECOND));
        double[] edges = new double[BINS * (X.length - 1) + 1];
        for (int n = 0; n < edges.length; n++) {
            int stretch = Math.min(n / BINS, X.length - 2);
            edges[n] = X[stretch] + (X[stretch + 1] - X[stretch]) * (n - stretch * BINS) / BINS;
        }
        Statistics[] stretches = Statistics.series(X.length - 1);
        Statistics[] bins = Statistics.series(edges.length - 1);
        Statistics exchange = new Statistics();
        for (int replica = 0; replica < effort.of(6, 16); replica++) {
            Simulation simulation = experiment.begin(5 + replica, null);
            while (simulation.timeSeconds() < REST / 2) {
                simulation.advance();
            }
            long reduced = simulation.reducedElectrons();
            double since = simulation.timeSeconds();
            while (simulation.step() == 0) {
                simulation.advance();
            }
            exchange.add((simulation.reducedElectrons() - reduced)
                    * Constants.ELEMENTARY_CHARGE
                    / experiment.model().areaSquareMetres()
                    / (simulation.timeSeconds() - since));
            double[] charges = new double[edges.length];
            int next = 0;
            charges[next++] = simulation.chargeDensity() / perX;
            while (simulation.endReason() == null) {
                simulation.advance();
                while (next < edges.length
                        && nf * VOLTS_PER_SECOND * (simulation.timeSeconds() - REST) >= edges[next]) {
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
        double[] inSteps = charges(experiment, exchange.mean(), perX);
        List<Measurement> measurements = new ArrayList<>();
        for (int n = 0; n < stretches.length; n++) {
            double law = current(X[n], X[n + 1]);
            measurements.add(Measurement.within(
                    String.format(Locale.ROOT, "i/nFc√(Dnfν), mean from x = %.1f to %.1f", X[n], X[n + 1]),
                    law,
                    stretches[n],
                    Math.abs((inSteps[n + 1] - inSteps[n]) / (X[n + 1] - X[n]) - law),
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

    /**
     * What the law leaves out, without lattice and noise: a staircase in place of a ramp, an exchange current that is large and not infinite, the grid and the steps of the fields.
     *
     * @param exchange measured at rest, A/m²
     * @return charge up to each of X, over {@code perX}
     */
    private static double[] charges(Experiment experiment, double exchange, double perX) {
        Column column = new Column(experiment.fieldGrid(), SOLID, DIFFUSIVITY, BULK, LONGEST_STEP);
        double flux = exchange / (ELECTRONS * Constants.FARADAY);
        double stair = ELECTRONS * F * 1e-3;
        double[] charges = new double[X.length];
        double passed = 0;
        for (int n = 0, next = 0; n < STAIRS && next < X.length; n++) {
            double half = (n + 0.5) * stair / 2;
            double now = ELECTRONS
                    * Constants.FARADAY
                    * column.hold(1e-3 / VOLTS_PER_SECOND, flux / BULK * Math.exp(half), flux * Math.exp(-half))
                    / perX;
            for (; next < X.length && X[next] <= (n + 1) * stair; next++) {
                charges[next] = passed + now * (X[next] / stair - n);
            }
            passed += now;
        }
        return charges;
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
