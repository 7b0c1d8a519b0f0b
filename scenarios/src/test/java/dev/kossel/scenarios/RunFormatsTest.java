package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kossel.engine.record.ExportFormat;
import dev.kossel.engine.record.FrameWriter;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.Snapshot;
import dev.kossel.engine.record.SnapshotReader;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SnapshotWriter;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.file.ScenarioReader;
import dev.kossel.scenarios.file.ScenarioWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens run directories and exports in VTK, ASE and pandas by {@code docs/check-formats.py}; passed over where these are not installed. */
class RunFormatsTest {

    private static final Path LIBRARY = Path.of("src/main/resources/dev/kossel/scenarios/library");
    private static final String PYTHON = "/usr/bin/python3";
    private static final String SMALL = "lattice.size=[16, 16, 24]";
    private static final String BRIEF = "protocol.steps.0.until={charge: 0.25 mC/cm^2}";

    @TempDir
    private Path temporary;

    @BeforeAll
    static void requirePython() throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of(PYTHON))
                        && output(PYTHON, "-c", "import vtk, ase.io, pandas; print('there')")
                                .contains("there"),
                "skipped: " + PYTHON + " lacks VTK, ASE or pandas"
                        + " (apt-get install python3-vtk9 python3-ase python3-pandas)");
    }

    @Test
    void shouldBeReadByTheProgramsThatRunsAndExportsAreFor() throws Exception {
        List<String> command = new ArrayList<>(List.of(PYTHON, "../docs/check-formats.py"));
        command.addAll(filesOf(LIBRARY.resolve("na-bare.yaml"), SMALL, BRIEF));
        command.addAll(filesOf(LIBRARY.resolve("na-vn.yaml"), SMALL, BRIEF));
        command.addAll(filesOf(Path.of("../docs/examples/additive.yaml"), SMALL, BRIEF));
        command.addAll(filesOf(LIBRARY.resolve("tip-effect.yaml"), "protocol.steps.0.until={charge: 0.02 mAh/cm^2}"));

        assertThat(output(command.toArray(String[]::new)))
                .doesNotContain("BAD")
                .containsPattern("\\d{2} files, 0 failures");
    }

    /** Runs a scenario and exports its last snapshot in every format; the run directory first. */
    private List<String> filesOf(Path file, String... overrides) throws Exception {
        String name = file.getFileName().toString().replace(".yaml", "");
        Path directory = temporary.resolve(name);
        Scenario scenario = ScenarioReader.read(file, List.of(overrides));
        try (ScenarioRun run = ScenarioRun.begin(
                SimulationAssembler.model(scenario), ScenarioWriter.write(scenario), directory, "test", "unknown")) {
            run.run(ScenarioRun.Monitor.NOBODY);
        }
        List<String> files = new ArrayList<>(List.of(directory.toString()));
        try (RunDirectory run = RunDirectory.read(directory)) {
            List<SnapshotSeries.Entry> snapshots = SnapshotSeries.list(run);
            Snapshot last =
                    SnapshotReader.read(snapshots.get(snapshots.size() - 1).file());
            for (ExportFormat format : ExportFormat.values()) {
                String extension = format == ExportFormat.VTK
                        ? SnapshotWriter.extension(last.lattice().geometry())
                        : format.extension();
                Path exported = temporary.resolve(name + "." + extension);
                try (FrameWriter writer =
                        format.open(exported, run.manifest().layout().species())) {
                    writer.write(last);
                }
                files.add(exported.toString());
            }
        }
        return files;
    }

    /** What a program prints. */
    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
