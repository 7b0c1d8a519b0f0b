package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.record.CsvTable;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.file.ScenarioLibrary;
import dev.kossel.scenarios.file.ScenarioWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ions that lose their shell, and its distribution by distance from the surface. */
class DesolvationTest {

    @TempDir
    private Path temporary;

    private static ScenarioRun begin(Path directory) throws Exception {
        Scenario scenario = ScenarioLibrary.read(
                "zn-desolvation",
                List.of(
                        "sites=[]",
                        "protocol.steps.0={type: potentiostatic, overpotential: 0 mV, until: {time: 4 ms}}",
                        "output={statistics: 160, snapshots: 4, checkpoint: 1 h}"));
        return ScenarioRun.begin(
                SimulationAssembler.model(scenario), ScenarioWriter.write(scenario), directory, "0", "test");
    }

    /** Stops at the first glance, or never. */
    private static ScenarioRun.Monitor monitor(boolean stops) {
        return new ScenarioRun.Monitor() {
            @Override
            public boolean stopRequested() {
                return stops;
            }
        };
    }

    /** At η = 0 nothing flows: shells are as full as e^(−ε/kT) has them, at every distance; and a run that was stopped writes the same. */
    @Test
    void shouldRecordTheEquilibriumOfShells() throws Exception {
        Path straight = temporary.resolve("straight");
        try (ScenarioRun run = begin(straight)) {
            run.run(monitor(false));
        }
        Path resumed = temporary.resolve("resumed");
        try (ScenarioRun run = begin(resumed)) {
            run.run(monitor(true));
        }
        try (ScenarioRun run = ScenarioRun.resume(resumed)) {
            run.run(monitor(false));
        }
        assertThat(resumed.resolve("coordination.csv")).hasSameBinaryContentAs(straight.resolve("coordination.csv"));

        CsvTable table = CsvTable.read(straight.resolve("coordination.csv"));
        double[] time = table.column("time_s");
        double[] ions = table.column("ions");
        double[] mean = table.column("mean_coordination");
        double step = Math.exp(-0.04 / (8.617333e-5 * 298.15));
        double states = 0;
        double lost = 0;
        for (int n = 0; n <= 6; n++) {
            states += Math.pow(step, n);
            lost += n * Math.pow(step, n);
        }
        double near = 0;
        double nearIons = 0;
        double far = 0;
        double farIons = 0;
        for (int row = 0; row < table.rowCount(); row++) {
            if (time[row] == 0 && ions[row] > 0) {
                assertThat(mean[row]).isEqualTo(6);
            } else if (time[row] > 2e-3 && ions[row] > 0) {
                boolean close = table.column("steps_from_surface")[row] <= 3;
                near += close ? ions[row] * mean[row] : 0;
                nearIons += close ? ions[row] : 0;
                far += close ? 0 : ions[row] * mean[row];
                farIons += close ? 0 : ions[row];
            }
            double sum = 0;
            for (int n = 0; n <= 6; n++) {
                sum += table.column("ions_Zn" + n)[row];
            }
            assertThat(sum).isCloseTo(ions[row], within(1e-9));
        }
        assertThat(near / nearIons).isCloseTo(6 - lost / states, within(0.12));
        assertThat(far / farIons).isCloseTo(6 - lost / states, within(0.08));
        assertThat(resumed.resolve("statistics.csv")).hasSameBinaryContentAs(straight.resolve("statistics.csv"));
        assertThatRowsAgree(table, CsvTable.read(straight.resolve("statistics.csv")));
    }

    /** What touches the electrode is one step from it: rows of statistics, averaged from snapshot to snapshot, are those of the distribution. */
    private static void assertThatRowsAgree(CsvTable distribution, CsvTable statistics) {
        double[] time = statistics.column("time_s");
        double[] count = statistics.column("surface_ion_count");
        double[] shells = statistics.column("surface_ion_coordination");
        double[] all = statistics.column("ion_coordination");
        assertThat(all[0]).isEqualTo(6);
        double since = -1;
        int compared = 0;
        for (int row = 0; row < distribution.rowCount(); row++) {
            if (distribution.column("steps_from_surface")[row] != 1) {
                continue;
            }
            double until = distribution.column("time_s")[row];
            double ions = 0;
            double waters = 0;
            int samples = 0;
            for (int n = 0; n < time.length; n++) {
                if (time[n] > since && time[n] <= until) {
                    samples++;
                    ions += count[n];
                    waters += count[n] > 0 ? count[n] * shells[n] : 0;
                }
            }
            assertThat(ions / samples).isCloseTo(distribution.column("ions")[row], within(1e-9));
            assertThat(waters / ions).isCloseTo(distribution.column("mean_coordination")[row], within(1e-9));
            assertThat(all[row]).isBetween(5.0, 6.0);
            since = until;
            compared++;
        }
        assertThat(compared).isGreaterThan(3);
    }
}
