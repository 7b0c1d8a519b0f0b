package dev.kossel.scenarios.validation;

import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Adsorption without interaction. */
final class LangmuirCheck implements Check {

    private static final double ADSORPTION = 0.7;
    private static final double DESORPTION = 0.3;
    private static final double[] TIMES = {0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8};
    private static final int MIDDLE = 2;
    private static final int LATE = 4;

    @Override
    public String name() {
        return "langmuir";
    }

    @Override
    public String law() {
        return "θ = K/(1+K) (1 − exp(−(k_a + k_d) t)), K = k_a/k_d";
    }

    @Override
    public String source() {
        return "Langmuir 1918, doi 10.1021/ja02242a004";
    }

    /** The rate at which the distance from equilibrium falls. */
    private static Measurement relaxation(double limit, Statistics coverage, double time) {
        double left = 1 - coverage.mean() / limit;
        return Measurement.within(
                "rate of relaxation up to 2 s, /s",
                ADSORPTION + DESORPTION,
                -Math.log(left) / time,
                coverage.standardError() / limit / left / time,
                0,
                0.02);
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        Experiment experiment = Experiment.of("langmuir", "protocol.steps.0.until.time=1000 s");
        int adsorption = experiment.process("adsorption");
        int desorption = experiment.process("desorption");
        Statistics[] coverages = Statistics.series(TIMES.length);
        Statistics equilibrium = new Statistics();
        for (int replica = 0; replica < effort.of(10, 200); replica++) {
            Simulation simulation = experiment.begin(7 + replica, null);
            for (int n = 0; n < TIMES.length; n++) {
                simulation.kmc().advance(TIMES[n], Long.MAX_VALUE, Long.MAX_VALUE);
                long adsorbed = simulation.kmc().eventCount(adsorption)
                        - simulation.kmc().eventCount(desorption);
                coverages[n].add((double) adsorbed / experiment.geometry().siteCount());
            }
            simulation.kmc().advance(30, Long.MAX_VALUE, Long.MAX_VALUE);
            equilibrium.add((double) experiment.count(simulation, experiment.species("adsorbate"))
                    / experiment.geometry().siteCount());
        }
        double limit = ADSORPTION / (ADSORPTION + DESORPTION);
        DoubleUnaryOperator law = time -> limit * -Math.expm1(-(ADSORPTION + DESORPTION) * time);
        return new Findings(
                List.of(
                        Measurement.equal("coverage in equilibrium", limit, equilibrium, 0.003),
                        Measurement.equal(
                                "coverage after 1 s", law.applyAsDouble(TIMES[MIDDLE]), coverages[MIDDLE], 0.003),
                        relaxation(limit, coverages[LATE], TIMES[LATE]),
                        Measurement.equal("coverage after 0.25 s", law.applyAsDouble(TIMES[0]), coverages[0], 0.003)),
                List.of(new LinePlot(
                        "Adsorption",
                        Axis.linear("Time (s)"),
                        Axis.linear("Coverage"),
                        List.of(
                                Statistics.points(TIMES, coverages),
                                Curve.law("Langmuir", 0, TIMES[TIMES.length - 1], law)))));
    }
}
