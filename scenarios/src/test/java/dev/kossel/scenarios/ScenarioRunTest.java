package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kossel.engine.record.CsvTable;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunStatus;
import dev.kossel.engine.stream.ObserverFailedException;
import dev.kossel.scenarios.file.ScenarioWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioRunTest {

    @TempDir
    private Path temporary;

    /** Some hundred thousand events. */
    private static ScenarioRun begin(Path directory) throws IOException {
        Model model = Electrodes.model(Electrodes.yaml(
                        Electrodes.METAL,
                        "{type: galvanostatic, current-density: 1000 A/m^2, until: {charge: 10 C/m^2}}",
                        "output: {statistics: 200, snapshots: 200, checkpoint: 20 ms}")
                .replace("rate-constant: 500 /s", "rate-constant: 50000 /s"));
        return ScenarioRun.begin(model, ScenarioWriter.write(model.scenario()), directory, "0", "test");
    }

    @Test
    void shouldEndAsFailedWhereItsFilesCannotBeWrittenAndGoOnWhereTheyCan() throws Exception {
        RunSummary expected;
        try (ScenarioRun run = begin(temporary.resolve("straight"))) {
            expected = run.run(ScenarioRun.Monitor.NOBODY);
        }
        Path directory = temporary.resolve("failing");
        Path snapshots = directory.resolve("snapshots");
        Path away = temporary.resolve("away");
        try (ScenarioRun run = begin(directory)) {
            assertThatThrownBy(() -> run.run(new ScenarioRun.Monitor() {
                        @Override
                        public void progress(ScenarioRun now) {
                            try {
                                if (!Files.exists(away)) {
                                    Files.move(snapshots, away);
                                }
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        }

                        @Override
                        public boolean stopRequested() {
                            return false;
                        }
                    }))
                    .isInstanceOf(ObserverFailedException.class)
                    .hasMessageContaining("snapshots");
        }
        try (RunDirectory failed = RunDirectory.read(directory)) {
            assertThat(failed.manifest().status()).isEqualTo(RunStatus.FAILED);
            assertThat(failed.manifest().reason()).contains("snapshots");
            assertThat(failed.isBeingWritten()).isFalse();
        }

        Files.move(away, snapshots);
        try (ScenarioRun run = ScenarioRun.resume(directory)) {
            RunSummary resumed = run.run(ScenarioRun.Monitor.NOBODY);
            assertThat(resumed.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(resumed.stateHash()).isEqualTo(expected.stateHash());
        }
        assertThat(directory.resolve("statistics.csv"))
                .hasSameBinaryContentAs(temporary.resolve("straight").resolve("statistics.csv"));
    }

    @Test
    void shouldSayThatItFailedWhereMemoryRanOut() throws Exception {
        try (ScenarioRun run = begin(temporary)) {
            assertThatThrownBy(() -> run.run(new ScenarioRun.Monitor() {
                        @Override
                        public void slice(long nanos) {
                            throw new OutOfMemoryError("Java heap space");
                        }
                    }))
                    .isInstanceOf(OutOfMemoryError.class);
        }
        try (RunDirectory failed = RunDirectory.read(temporary)) {
            assertThat(failed.manifest().status()).isEqualTo(RunStatus.FAILED);
            assertThat(failed.manifest().reason()).contains("OutOfMemoryError", "Java heap space");
        }
    }

    @Test
    void shouldLeaveNothingRunningWhereItCannotResume() throws Exception {
        begin(temporary).close();
        // The header of the statistics is another one: what the observers continue is not what they wrote.
        Files.writeString(temporary.resolve("statistics.csv"), "something,else\n");
        assertThatThrownBy(() -> ScenarioRun.resume(temporary)).isInstanceOf(IOException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("kossel-"));
        try (RunDirectory left = RunDirectory.read(temporary)) {
            assertThat(left.isBeingWritten()).isFalse();
        }
    }

    /** A run with transport from before its surface had local fields: it is the version that differs, not the scenario. */
    @Test
    void shouldNameTheVersionWhereARunRecordsOtherFields() throws Exception {
        String transport = "transport: {type: continuum, boundary-layer: 100 um, cell: 0.9 nm, "
                + "electrolyte: {M2+: {charge: 2, concentration: 1 M, diffusivity: 1e-9 m^2/s}}}";
        Model model = Electrodes.model(Electrodes.yaml(
                Electrodes.METAL, "{type: potentiostatic, overpotential: -50 mV, until: {time: 1 us}}", transport));
        ScenarioRun.begin(model, ScenarioWriter.write(model.scenario()), temporary, "0.0.9", "abc123")
                .close();
        Path file = temporary.resolve("manifest.json");
        String manifest = Files.readString(file);
        String older = manifest.replaceFirst("\"site_fields\"\\s*:\\s*\\[[^\\]]*\\]", "\"site_fields\" : []");
        assertThat(older).isNotEqualTo(manifest);
        Files.writeString(file, older);
        assertThatThrownBy(() -> ScenarioRun.resume(temporary))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("this run was begun by another version of Kossel (0.0.9, commit abc123)")
                .hasMessageContaining("local_current_density_A_per_m2")
                .hasMessageEndingWith("Go on with that version, or begin anew");
    }

    @Test
    void shouldResumeFromTheBeginningWhereThereIsNoCheckpoint() throws Exception {
        RunSummary expected;
        try (ScenarioRun run = begin(temporary.resolve("straight"))) {
            expected = run.run(ScenarioRun.Monitor.NOBODY);
        }
        Path directory = temporary.resolve("killed");
        begin(directory).close();
        Files.delete(directory.resolve("checkpoint/000000.ckpt"));
        try (ScenarioRun run = ScenarioRun.resume(directory)) {
            assertThat(run.run(ScenarioRun.Monitor.NOBODY).stateHash()).isEqualTo(expected.stateHash());
        }
        assertThat(directory.resolve("statistics.csv"))
                .hasSameBinaryContentAs(temporary.resolve("straight").resolve("statistics.csv"));
    }

    @Test
    void shouldSummarizeAStoppedRunAsItStandsAndDropThatRowOnResuming() throws Exception {
        try (ScenarioRun run = begin(temporary.resolve("straight"))) {
            run.run(ScenarioRun.Monitor.NOBODY);
        }
        Path directory = temporary.resolve("stopped");
        try (ScenarioRun run = begin(directory)) {
            RunSummary stopped = run.run(new ScenarioRun.Monitor() {
                @Override
                public boolean stopRequested() {
                    return true;
                }
            });
            double[] events = CsvTable.read(directory.resolve("statistics.csv")).column("events");
            assertThat(stopped.status()).isEqualTo(RunStatus.STOPPED);
            assertThat(events[events.length - 1]).isEqualTo(stopped.events());
        }
        try (ScenarioRun run = ScenarioRun.resume(directory)) {
            run.run(ScenarioRun.Monitor.NOBODY);
        }
        assertThat(directory.resolve("statistics.csv"))
                .hasSameBinaryContentAs(temporary.resolve("straight").resolve("statistics.csv"));
        assertThat(directory.resolve("snapshots.pvd"))
                .hasSameBinaryContentAs(temporary.resolve("straight").resolve("snapshots.pvd"));
    }
}
