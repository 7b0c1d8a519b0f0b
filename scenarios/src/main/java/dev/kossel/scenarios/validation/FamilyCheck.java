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

/** Roughening of a growing line whose atoms relax: the Edwards–Wilkinson class. */
final class FamilyCheck implements Check {

    /** Monolayers; the growth exponent is taken between the third and the last. */
    private static final double[] TIMES = {1, 3, 10, 20, 40, 80, 160};

    private static final int FIRST_TIME = 2;

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

    private static void advance(Simulation simulation, double seconds) {
        simulation.kmc().advance(seconds, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private static void growth(Effort effort, List<Measurement> measurements, List<LinePlot> plots)
            throws ScenarioException {
        Experiment experiment = Experiment.of("family", "lattice.size=[4096, 1, 240]");
        int replicas = effort.of(8, 40);
        Statistics[] widths = Statistics.series(TIMES.length);
        Statistics slopes = new Statistics();
        double[] logTimes =
                Arrays.stream(TIMES, FIRST_TIME, TIMES.length).map(Math::log).toArray();
        for (int replica = 0; replica < replicas; replica++) {
            Simulation simulation = experiment.begin(11 + replica, null);
            double[] logWidths = new double[logTimes.length];
            for (int n = 0; n < TIMES.length; n++) {
                advance(simulation, TIMES[n]);
                double square = squaredWidth(experiment, simulation);
                widths[n].add(Math.sqrt(square));
                if (n >= FIRST_TIME) {
                    logWidths[n - FIRST_TIME] = Math.log(square) / 2;
                }
            }
            slopes.add(Statistics.slope(logTimes, logWidths));
        }
        measurements.add(Measurement.within("growth exponent β", 0.25, slopes, 0.02, 0.012));
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
                                time -> widths[FIRST_TIME].mean() * Math.pow(time / TIMES[FIRST_TIME], 0.25)))));
    }

    private static void saturation(List<Measurement> measurements, List<LinePlot> plots) throws ScenarioException {
        // On shorter lines the width of a step itself, which does not grow with L, would show. Short lines cost little.
        int[] edges = {48, 84, 144};
        int[] replicas = {128, 32, 32};
        Statistics[] squares = Statistics.series(edges.length);
        for (int e = 0; e < edges.length; e++) {
            // Slowest mode: τ = L²/(8π²ν) for W², with ν ≈ 1/2 site² a monolayer.
            double relaxation = edges[e] * edges[e] / 40.0;
            int samples = 80;
            int height = (int) ((10 + samples) * relaxation) + 50;
            Experiment experiment = Experiment.of("family", "lattice.size=[" + edges[e] + ", 1, " + height + "]");
            for (int replica = 0; replica < replicas[e]; replica++) {
                Simulation simulation = experiment.begin(101 + replica, null);
                Statistics inTime = new Statistics();
                for (int sample = 0; sample < samples; sample++) {
                    advance(simulation, (10 + sample) * relaxation);
                    inTime.add(squaredWidth(experiment, simulation));
                }
                squares[e].add(inTime.mean());
            }
        }
        measurements.add(exponent(edges, squares));
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
        return Measurement.within("roughness exponent α", 0.5, products / spread, 1 / Math.sqrt(spread), 0.02, 0.01);
    }

    /** One over the variance of log W. */
    private static double weight(Statistics square) {
        return Math.pow(2 * square.mean() / square.standardError(), 2);
    }
}
