package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.scenarios.file.ScenarioLibrary;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryNeedTest {

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
        assertThat(need.bytes()).isGreaterThan(need.simulationBytes());
    }

    private static long liveHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
