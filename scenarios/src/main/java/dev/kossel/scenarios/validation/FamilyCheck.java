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
        // On shorter lines the width of a step itself, which does not grow with L, would show.
        int[] edges = {64, 96, 144};
        double[] logEdges = Arrays.stream(edges).mapToDouble(Math::log).toArray();
        int replicas = 24;
        double[][] widths = new double[replicas][edges.length];
        Statistics[] means = Statistics.series(edges.length);
        for (int e = 0; e < edges.length; e++) {
            int edge = edges[e];
            // Slowest mode: τ = L²/(8π²ν) for W², with ν ≈ 1/2 site² a monolayer.
            double relaxation = edge * edge / 40.0;
            int samples = 40;
            int height = (int) ((10 + 2.0 * samples) * relaxation) + 50;
            Experiment experiment = Experiment.of("family", "lattice.size=[" + edge + ", 1, " + height + "]");
            for (int replica = 0; replica < replicas; replica++) {
                Simulation simulation = experiment.begin(101 + replica, null);
                Statistics squares = new Statistics();
                for (int sample = 0; sample < samples; sample++) {
                    advance(simulation, (10 + 1.9 * sample) * relaxation);
                    squares.add(squaredWidth(experiment, simulation));
                }
                widths[replica][e] = squares.mean();
                means[e].add(Math.sqrt(squares.mean()));
            }
        }
        Statistics exponents = new Statistics();
        for (double[] replica : widths) {
            exponents.add(Statistics.slope(
                    logEdges, Arrays.stream(replica).map(w -> Math.log(w) / 2).toArray()));
        }
        measurements.add(Measurement.within("roughness exponent α", 0.5, exponents, 0.02, 0.01));
        double[] lengths = Arrays.stream(edges).asDoubleStream().toArray();
        plots.add(new LinePlot(
                "Family's model: width in the end against length",
                Axis.logarithmic("L (sites)"),
                Axis.logarithmic("W (sites)"),
                List.of(
                        Statistics.points(lengths, means),
                        Curve.law(
                                "L^½",
                                lengths[0],
                                lengths[lengths.length - 1],
                                length -> means[0].mean() * Math.sqrt(length / lengths[0])))));
    }
}
