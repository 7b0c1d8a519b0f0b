package dev.kossel.scenarios.validation;

import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import java.nio.file.Path;
import java.util.Arrays;

/** Waiting times and the choice of events. */
final class ClockCheck implements Check {

    private static final double[] RATES = {10, 1, 0.1};

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public String law() {
        return "Δt · R ~ Exp(1); events in the ratio of their rates";
    }

    @Override
    public String source() {
        return "Gillespie 1976, doi 10.1016/0021-9991(76)90041-3";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        Experiment experiment = Experiment.of("clock", "protocol.steps.0.until.time=1e9 s");
        double total = experiment.geometry().siteCount() * Arrays.stream(RATES).sum();
        int events = effort.of(200_000, 2_000_000);
        double[] waits = new double[events];
        int[] made = {0};
        double[] last = {0};
        Simulation simulation = experiment.begin(3, (time, event) -> {
            waits[made[0]++] = (time - last[0]) * total;
            last[0] = time;
        });
        simulation.kmc().advance(Double.POSITIVE_INFINITY, events, Long.MAX_VALUE);
        Arrays.sort(waits);
        double distance = 0;
        Statistics mean = new Statistics();
        for (int n = 0; n < events; n++) {
            double cumulative = -Math.expm1(-waits[n]);
            distance = Math.max(distance, Math.max((n + 1.0) / events - cumulative, cumulative - (double) n / events));
            mean.add(waits[n]);
        }
        Measurement[] shares = new Measurement[RATES.length];
        String[] groups = {"fast", "middle", "slow"};
        for (int group = 0; group < groups.length; group++) {
            long count = 0;
            for (String species : new String[] {"A", "B", "C", "D"}) {
                count += simulation.kmc().eventCount(experiment.process(species + "-" + groups[group]));
            }
            double share = RATES[group] * experiment.geometry().siteCount() / total;
            shares[group] = Measurement.within(
                    "share of the events at " + RATES[group] + " /s",
                    share,
                    (double) count / events,
                    Math.sqrt(share * (1 - share) / events),
                    0,
                    0.1 * share);
        }
        return Findings.of(
                Measurement.atLeast(
                        "Kolmogorov–Smirnov p of Δt · R", 0.01, Statistics.kolmogorovProbability(distance, events)),
                Measurement.equal("mean of Δt · R", 1, mean, 0.005),
                shares[0],
                shares[1],
                shares[2]);
    }
}
