package dev.kossel.scenarios.validation;

import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Roughening of a growing line whose atoms relax: the Edwards–Wilkinson class. Single atoms and steps have a width of their own, which neither time nor length adds to (Kertész and Wolf 1988, J. Phys. A 21, 747): here W² = 0.03 L + 0.1 sites² in the end. Slopes of log W come out 0.01 to 0.02 too small for it, so the exponents are taken from what it drops out of: what W²
 * gains with time, and the longest waves.
 */
final class FamilyCheck implements Check {

    /** Monolayers. */
    private static final double[] TIMES = {1, 2.5, 5, 10, 20, 40, 80, 160};
    /** Of TIMES, three that follow one another by the same factor: from them the growth exponent is taken. */
    private static final int[] THREE = {1, 4, 7};

    /** Of the longest waves, how many there are to a line. */
    private static final int WAVES = 2;

    @Override
    public String name() {
        return "family";
    }

    @Override
    public String law() {
        return "1+1 dimensions: W ∝ t^¼ while it grows, W ∝ L^½ in the end";
    }

    @Override
    public String source() {
        return "Family 1986, doi 10.1088/0305-4470/19/8/006; Edwards and Wilkinson 1982, doi 10.1098/rspa.1982.0056";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        List<Measurement> measurements = new ArrayList<>();
        List<LinePlot> plots = new ArrayList<>();
        growth(effort, measurements, plots);
        if (effort == Effort.FULL) {
            saturation(measurements, plots);
        }
        return new Findings(measurements, plots);
    }

    private static double squaredWidth(Experiment experiment, Simulation simulation) {
        return experiment.columnHeights(simulation, experiment.species("M")).variance();
    }

    /**
     * What the longest waves have to do with W², as if each had the one of the wave as long as the line. Of waves of the class k sin⁻²(πk/L) has the k-th; the discreteness of the lattice adds 0.22 · 4 sin²(πk/L) of
     * that (measured at L = 24), 0.9 % here at L = 48 and 0.1 % at 144.
     */
    private static double squaredWaves(Experiment experiment, Simulation simulation) {
        int metal = experiment.species("M");
        double sum = 0;
        int length = experiment.geometry().columnCount();
        for (int k = 1; k <= WAVES; k++) {
            double cosine = 0;
            double sine = 0;
            for (int column = 0; column < length; column++) {
                int height = experiment.columnHeight(simulation, metal, column);
                cosine += height * Math.cos(2 * Math.PI * k * column / length);
                sine += height * Math.sin(2 * Math.PI * k * column / length);
            }
            double share = 2 * (cosine * cosine + sine * sine) / length / length;
            sum += share * Math.pow(Math.sin(Math.PI * k / length) / Math.sin(Math.PI / length), 2) / WAVES;
        }
        return sum * Math.pow(Math.sin(Math.PI / length) * length / Math.PI, 2);
    }

    private static void advance(Simulation simulation, double seconds) {
        simulation.kmc().advance(seconds, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private static void growth(Effort effort, List<Measurement> measurements, List<LinePlot> plots)
            throws ScenarioException {
        Experiment experiment = Experiment.of("family", "lattice.size=[4096, 1, 240]");
        int replicas = effort.of(12, 80);
        Statistics[] widths = Statistics.series(TIMES.length);
        double[] early = new double[replicas];
        double[] late = new double[replicas];
        for (int replica = 0; replica < replicas; replica++) {
            Simulation simulation = experiment.begin(11 + replica, null);
            double[] squares = new double[TIMES.length];
            for (int n = 0; n < TIMES.length; n++) {
                advance(simulation, TIMES[n]);
                squares[n] = squaredWidth(experiment, simulation);
                widths[n].add(Math.sqrt(squares[n]));
            }
            early[replica] = squares[THREE[1]] - squares[THREE[0]];
            late[replica] = squares[THREE[2]] - squares[THREE[1]];
        }
        double[] all = growthExponent(early, late);
        // On a lattice √t becomes √t (1 − 1/32νt), with ν = ½ site² a monolayer (of the Bessel function I₀ that stands
        // for the sum over its waves): at 2.5 monolayers 2.5 %.
        measurements.add(
                Measurement.within("growth exponent β", 0.25, all[0], all[1], 0.004, effort.of(20, 8) / 1000.0));
        plots.add(new LinePlot(
                "Family's model: width against time",
                Axis.logarithmic("monolayers"),
                Axis.logarithmic("W (sites)"),
                List.of(
                        Statistics.points(TIMES, widths),
                        Curve.law(
                                "t^¼",
                                TIMES[0],
                                TIMES[TIMES.length - 1],
                                time -> widths[THREE[1]].mean() * Math.pow(time / TIMES[THREE[1]], 0.25)))));
    }

    /** From what W² gains between the first two of THREE and between the last two: the exponent and, leaving one replica out after another, its standard error. */
    private static double[] growthExponent(double[] early, double[] late) {
        double first = Arrays.stream(early).sum();
        double second = Arrays.stream(late).sum();
        double error = Statistics.jackknife(early.length, n -> growthExponent(first - early[n], second - late[n]));
        return new double[] {growthExponent(first, second), error};
    }

    private static double growthExponent(double early, double late) {
        return Math.log(late / early) / (2 * Math.log(TIMES[THREE[1]] / TIMES[THREE[0]]));
    }

    private static void saturation(List<Measurement> measurements, List<LinePlot> plots) throws ScenarioException {
        // Short lines cost little.
        int[] edges = {48, 84, 144};
        int[] replicas = {128, 32, 32};
        Statistics[] squares = Statistics.series(edges.length);
        Statistics[] waves = Statistics.series(edges.length);
        for (int e = 0; e < edges.length; e++) {
            // Slowest mode: τ = L²/(8π²ν) for W², with ν ≈ 1/2 site² a monolayer.
            double relaxation = edges[e] * edges[e] / 40.0;
            int samples = 80;
            int height = (int) ((10 + samples) * relaxation) + 50;
            Experiment experiment = Experiment.of("family", "lattice.size=[" + edges[e] + ", 1, " + height + "]");
            for (int replica = 0; replica < replicas[e]; replica++) {
                Simulation simulation = experiment.begin(101 + replica, null);
                Statistics inTime = new Statistics();
                Statistics wavesInTime = new Statistics();
                for (int sample = 0; sample < samples; sample++) {
                    advance(simulation, (10 + sample) * relaxation);
                    inTime.add(squaredWidth(experiment, simulation));
                    wavesInTime.add(squaredWaves(experiment, simulation));
                }
                squares[e].add(inTime.mean());
                waves[e].add(wavesInTime.mean());
            }
        }
        measurements.add(exponent(edges, waves));
        double[] lengths = Arrays.stream(edges).asDoubleStream().toArray();
        double[] widths = Arrays.stream(squares)
                .mapToDouble(square -> Math.sqrt(square.mean()))
                .toArray();
        double[] errors = new double[edges.length];
        Arrays.setAll(errors, e -> squares[e].standardError() / (2 * widths[e]));
        plots.add(new LinePlot(
                "Family's model: width in the end against length",
                Axis.logarithmic("L (sites)"),
                Axis.logarithmic("W (sites)"),
                List.of(
                        new Curve("simulation", lengths, widths, errors),
                        Curve.law(
                                "L^½",
                                lengths[0],
                                lengths[lengths.length - 1],
                                length -> widths[0] * Math.sqrt(length / lengths[0])))));
    }

    /** Slope of log W against log L, each length weighted by its own error. */
    private static Measurement exponent(int[] edges, Statistics[] squares) {
        double weights = 0;
        double meanX = 0;
        for (int e = 0; e < edges.length; e++) {
            weights += weight(squares[e]);
            meanX += weight(squares[e]) * Math.log(edges[e]);
        }
        meanX /= weights;
        double products = 0;
        double spread = 0;
        for (int e = 0; e < edges.length; e++) {
            double x = Math.log(edges[e]) - meanX;
            products += weight(squares[e]) * x * Math.log(squares[e].mean()) / 2;
            spread += weight(squares[e]) * x * x;
        }
        // What the lattice adds to the longest waves lowers α by log(1.009/1.001)/(2 log 3) from end to end.
        return Measurement.within(
                "roughness exponent α, longest waves", 0.5, products / spread, 1 / Math.sqrt(spread), 0.004, 0.015);
    }

    /** One over the variance of log W. */
    private static double weight(Statistics square) {
        return Math.pow(2 * square.mean() / square.standardError(), 2);
    }
}
