package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.record.CsvTable;
import dev.kossel.engine.record.RunStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where on a tip and in a pit current flows, near the limiting current, 170 to 190 mA/cm² as the surface rises. */
class CurrentTableTest {

    private static final String TIP =
            "[{type: layers, species: M, count: 4}, {type: protrusion, species: M, radius: 1.2 nm, height: 4.2 nm}]";
    private static final String PIT =
            "[{type: layers, species: M, count: 20}, {type: pits, count: 1, radius: 1.2 nm, depth: 4.2 nm}]";

    @TempDir
    private Path temporary;

    private static final class Stop implements ScenarioRun.Monitor {
        private final boolean soon;

        Stop(boolean soon) {
            this.soon = soon;
        }

        @Override
        public void progress(ScenarioRun run) {
            // Nobody watches.
        }

        @Override
        public boolean stopRequested() {
            return soon;
        }
    }

    private static String yaml(String initial) {
        return Electrodes.yaml(
                        initial,
                        "{type: galvanostatic, current-density: 150 mA/cm^2, until: {charge: 1 uAh/cm^2}}",
                        "transport: {type: continuum, boundary-layer: 100 nm, cell: 0.9 nm, "
                                + "electrolyte: {M2+: {charge: 2, concentration: 1 mM, diffusivity: 1e-9 m^2/s}}}\n"
                                + "output: {statistics: 40, snapshots: 4}")
                .replace("size: [16, 16, 20]", "size: [16, 16, 40]");
    }

    private Path run(String initial, String name, boolean restarted) throws Exception {
        Path directory = temporary.resolve(name);
        String yaml = yaml(initial);
        try (ScenarioRun run = ScenarioRun.begin(Electrodes.model(yaml), yaml, directory, "test", "test")) {
            assertThat(run.run(new Stop(restarted)).status())
                    .isEqualTo(restarted ? RunStatus.STOPPED : RunStatus.COMPLETED);
        }
        if (restarted) {
            try (ScenarioRun run = ScenarioRun.resume(directory)) {
                assertThat(run.run(new Stop(false)).status()).isEqualTo(RunStatus.COMPLETED);
            }
        }
        return directory;
    }

    @Test
    void shouldCarryMoreCurrentAtTheTipAndLessInThePit() throws Exception {
        Path tip = run(TIP, "tip", false);
        CsvTable currents = CsvTable.read(tip.resolve("currents.csv"));
        double[] time = currents.column("time_s");
        double[] ratio = currents.column("current_ratio");
        double[] height = currents.column("height_nm");
        double[] reduction = currents.column("reduction_A_per_m2");
        // The moment of the first snapshot at which something was held.
        double all = 0;
        int rows = 0;
        while (rows < time.length && time[rows] == time[0]) {
            all += reduction[rows++];
        }
        assertThat(time[0]).isPositive();
        assertThat(height[rows - 1] - height[0]).isGreaterThan(3);
        assertThat(ratio[rows - 1]).isGreaterThan(1.1).isGreaterThan(ratio[0] + 0.1);
        // What is oxidised at the same time comes on top.
        assertThat(all).isBetween(1400.0, 3000.0);

        CsvTable statistics = CsvTable.read(tip.resolve("statistics.csv"));
        double[] tipRatio = statistics.column("tip_current_ratio");
        assertThat(tipRatio[1]).isGreaterThan(1.05);
        CsvTable pit = CsvTable.read(run(PIT, "pit", false).resolve("statistics.csv"));
        assertThat(pit.column("pit_current_ratio")[1]).isLessThan(0.85);
        assertThat(pit.column("tip_current_ratio")[1]).isCloseTo(1, within(0.3));
    }

    @Test
    void shouldWriteTheSameAfterARestart() throws Exception {
        Path straight = run(TIP, "straight", false);
        assertThat(run(TIP, "resumed", true).resolve("currents.csv"))
                .hasSameBinaryContentAs(straight.resolve("currents.csv"));
    }
}
