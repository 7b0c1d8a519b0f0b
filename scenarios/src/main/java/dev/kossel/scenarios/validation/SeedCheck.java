package dev.kossel.scenarios.validation;

import dev.kossel.scenarios.ScenarioRun;
import dev.kossel.scenarios.file.ScenarioException;
import java.io.IOException;
import java.nio.file.Path;

/** Reproducibility. */
final class SeedCheck implements Check {

    @Override
    public String name() {
        return "seeds";
    }

    @Override
    public String law() {
        return "same seed, same run, whatever observes it; another seed, another run";
    }

    @Override
    public String source() {
        return "nothing flows back from observers";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException, IOException {
        Cell cell = new Cell();
        String observed;
        try (ScenarioRun run = cell.run(directory.resolve("observed"))) {
            observed = run.simulation().stateHash();
        }
        Cell traced = new Cell("output.trace=true", "output.statistics=7", "output.snapshots=50");
        String otherwise;
        try (ScenarioRun run = traced.run(directory.resolve("traced"))) {
            otherwise = run.simulation().stateHash();
        }
        long seed = cell.experiment().model().scenario().seed();
        String bare = cell.experiment().run(seed, null).stateHash();
        String other = cell.experiment().run(seed + 1, null).stateHash();
        return Findings.of(
                Measurement.exactly("observed like unobserved (1 is yes)", 1, observed.equals(bare) ? 1 : 0),
                Measurement.exactly(
                        "observed in another way, with a trace (1 is yes)", 1, observed.equals(otherwise) ? 1 : 0),
                Measurement.exactly("another seed the same (0 is no)", 0, observed.equals(other) ? 1 : 0));
    }
}
