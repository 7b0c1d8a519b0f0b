package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.scenarios.file.ScenarioLibrary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryNeedTest {

    @TempDir
    private Path directory;

    /**
     * Of so many sites that what else the heap holds or lets go of meanwhile, some MB, is small beside them. To lay the pattern of site types of na-vn takes more than its
     * run then holds.
     */
    @ParameterizedTest
    @CsvSource({"r1, '[512, 512, 32]', 1.3", "na-vn, '[256, 256, 36]', 2.2"})
    void shouldForetellTheHeapOfASimulation(String scenario, String size, double most) throws Exception {
        var read = ScenarioLibrary.read(scenario, List.of("lattice.size=" + size));
        MemoryNeed need = MemoryNeed.of(read);
        long before = liveHeap();
        Simulation simulation = SimulationAssembler.simulation(SimulationAssembler.model(read), null);
        while (simulation.kmc().events() < 1000) {
            simulation.advance();
        }
        double held = liveHeap() - before;
        // The collector counts large arrays in whole regions, of 1 MB each.
        assertThat(need.simulationBytes()).isBetween((long) (0.75 * held), (long) (most * held));
        assertThat(need.bytes()).isGreaterThanOrEqualTo(need.simulationBytes());
    }

    /** Who is told that this much is needed must not run out of memory, and may as well not be told much more. */
    @ParameterizedTest
    @CsvSource({"r1, '[500, 500, 32]'", "na-vn, '[250, 250, 36]'", "alloy, '[500, 500, 24]'"})
    void shouldForetellTheHeapOfARunThatIsRecorded(String scenario, String size) throws Exception {
        var read = ScenarioLibrary.read(
                scenario,
                List.of("lattice.size=" + size, "stop={events: 60000}", "output={statistics: 4, snapshots: 2}"));
        MemoryNeed need = MemoryNeed.of(read);
        long before = liveHeap();
        try (ScenarioRun run =
                ScenarioRun.begin(SimulationAssembler.model(read), "", directory.resolve("run"), "test", "unknown")) {
            run.run(ScenarioRun.Monitor.NOBODY);
            double held = liveHeap() - before;
            assertThat(run.simulation().kmc().events()).isGreaterThan(50_000);
            assertThat((double) need.bytes()).isBetween(0.95 * held, 1.4 * held);
        }
    }

    private static long liveHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
