package dev.kossel.scenarios.validation;

import dev.kossel.engine.record.CsvTable;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.scenarios.ScenarioRun;
import dev.kossel.scenarios.file.ScenarioException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A run that is stopped and resumed. */
final class RestartCheck implements Check {

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public String law() {
        return "a run stopped anywhere and resumed is the run straight through, to the last bit";
    }

    @Override
    public String source() {
        return "all that the trajectory depends on is in the checkpoint";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException, IOException {
        Cell cell = new Cell();
        Path straight = directory.resolve("straight");
        String hash = endHash(cell.run(straight));
        int equalStates = 0;
        int equalRows = 0;
        int restarts = effort.of(2, 10);
        for (int n = 0; n < restarts; n++) {
            Path stopped = directory.resolve("stopped-" + n);
            equalStates += endHash(cell.runWithRestart(stopped)).equals(hash) ? 1 : 0;
            equalRows += sameRows(straight, stopped) ? 1 : 0;
        }
        return Findings.of(
                Measurement.exactly("restarts that end in the same state", restarts, equalStates),
                Measurement.exactly("restarts with the same statistics, row by row", restarts, equalRows));
    }

    private static String endHash(ScenarioRun run) throws IOException {
        try (run) {
            return run.simulation().stateHash();
        }
    }

    private static boolean sameRows(Path one, Path other) throws IOException {
        CsvTable first = statistics(one);
        CsvTable second = statistics(other);
        return first.columns().equals(second.columns())
                && first.columns().stream()
                        .allMatch(column -> Arrays.equals(first.column(column), second.column(column)));
    }

    private static CsvTable statistics(Path directory) throws IOException {
        return CsvTable.read(RunDirectory.read(directory).statisticsFile());
    }
}
