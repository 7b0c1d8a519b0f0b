package dev.kossel.scenarios.validation;

import dev.kossel.scenarios.RunSummary;
import dev.kossel.scenarios.ScenarioRun;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.file.ScenarioWriter;
import java.io.IOException;
import java.nio.file.Path;

/** Runs of the scenario {@code cell} with their directories: straight through, or stopped and resumed. */
final class Cell {

    private final Experiment experiment;

    Cell(String... overrides) throws ScenarioException {
        experiment = Experiment.of("cell", overrides);
    }

    Experiment experiment() {
        return experiment;
    }

    /** Asks to stop as soon as that can be: where it comes to be depends on the clock on the wall. */
    private static final class StopSoon implements ScenarioRun.Monitor {
        @Override
        public boolean stopRequested() {
            return true;
        }
    }

    private ScenarioRun begin(Path directory) throws IOException {
        return ScenarioRun.begin(
                experiment.model(), ScenarioWriter.write(experiment.model().scenario()), directory, "validation", "");
    }

    /** The run, at its end. */
    ScenarioRun run(Path directory) throws IOException {
        return run(directory, ScenarioRun.Monitor.NOBODY);
    }

    ScenarioRun run(Path directory, ScenarioRun.Monitor monitor) throws IOException {
        ScenarioRun run = begin(directory);
        run.run(monitor);
        return run;
    }

    /** The run, at its end, stopped once on the way and resumed. */
    ScenarioRun runWithRestart(Path directory) throws IOException, ScenarioException {
        RunSummary stopped;
        try (ScenarioRun run = begin(directory)) {
            stopped = run.run(new StopSoon());
        }
        if (stopped.events() == 0) {
            throw new IOException(directory + ": the run was stopped before its first event");
        }
        ScenarioRun resumed = ScenarioRun.resume(directory);
        resumed.run(ScenarioRun.Monitor.NOBODY);
        return resumed;
    }
}
