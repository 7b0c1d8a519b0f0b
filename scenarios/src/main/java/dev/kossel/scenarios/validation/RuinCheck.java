package dev.kossel.scenarios.validation;

import dev.kossel.scenarios.file.ScenarioException;
import java.nio.file.Path;

/** A walker between two plates. */
final class RuinCheck implements Check {

    private static final int PLATE = 10;
    private static final int START = 3;
    /** Both ways. */
    private static final double RATE = 5;

    @Override
    public String name() {
        return "ruin";
    }

    @Override
    public String law() {
        return "the far plate is reached first with k/N; either after k(N − k)/Γ";
    }

    @Override
    public String source() {
        return "Feller, An Introduction to Probability Theory and Its Applications I, chapter XIV";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        Experiment experiment = Experiment.of("ruin");
        Statistics won = new Statistics();
        Statistics time = new Statistics();
        int games = effort.of(20_000, 300_000);
        for (int game = 0; game < games; game++) {
            Walk walk = new Walk(experiment, 1000L + game);
            while (walk.layer() != 0 && walk.layer() != PLATE) {
                walk.hop();
            }
            won.add(walk.layer() == PLATE ? 1 : 0);
            time.add(walk.timeSeconds());
        }
        return Findings.of(
                Measurement.equal("probability of reaching the far plate", (double) START / PLATE, won, 0.005),
                Measurement.equal("mean time, s", START * (PLATE - START) / RATE, time, 0.05));
    }
}
