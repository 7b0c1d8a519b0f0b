package dev.kossel.scenarios.validation;

import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import java.nio.file.Path;

/** Columns that grow independently. */
final class RandomDepositionCheck implements Check {

    private static final double MEAN = 16;

    @Override
    public String name() {
        return "random-deposition";
    }

    @Override
    public String law() {
        return "W² = ⟨h⟩: heights are Poisson";
    }

    @Override
    public String source() {
        return "Barabási and Stanley 1995, doi 10.1017/CBO9780511599798, section 4";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        Experiment experiment = Experiment.of("random-deposition");
        Statistics heights = new Statistics();
        Statistics widths = new Statistics();
        int replicas = effort.of(8, 80);
        for (int replica = 0; replica < replicas; replica++) {
            Simulation simulation = experiment.run(5 + replica, null);
            Statistics columns = experiment.columnHeights(simulation, experiment.species("M"));
            heights.add(columns.mean() - 1);
            widths.add(columns.variance());
        }
        return Findings.of(
                Measurement.equal("mean height, sites", MEAN, heights, 0.05),
                Measurement.equal("W², sites²", MEAN, widths, 0.2));
    }
}
