package dev.kossel.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {

    private static final RunLayout LAYOUT = new RunLayout(
            LatticeGeometry.of(LatticeKind.HCP, "002", 0.2665, 1.856, 6, 4, 5),
            List.of(
                    new SpeciesLabel("electrolyte", false, true, 0xFFFFFF),
                    new SpeciesLabel("Zn", true, false, 0x7D80B0),
                    new SpeciesLabel("Zn2+·6H2O", false, false, 0x0000FF)),
            List.of("plain", "zincophilic"),
            List.of("deposit", "strip"),
            List.of("overpotential_V"));

    @TempDir
    private Path temporary;

    private Path path;

    @BeforeEach
    void name() {
        path = temporary.resolve("runs/x");
    }

    private static RunManifest manifest() {
        return RunManifest.begin("0.1.0", "abc123", "zn-hcp", Long.MIN_VALUE, LAYOUT);
    }

    @Test
    void shouldReadTheManifestBackAsWritten() throws IOException {
        try (RunDirectory directory = RunDirectory.create(path)) {
            RunManifest manifest = manifest();
            directory.write(manifest);
            RunManifest back = directory.manifest();
            assertThat(back.layout().geometry().siteCount())
                    .isEqualTo(LAYOUT.geometry().siteCount());
            assertThat(back).usingRecursiveComparison().isEqualTo(manifest);

            RunManifest ended = manifest.resumed(10, 0.5).ended(RunStatus.COMPLETED, "the protocol's end");
            directory.write(ended);
            assertThat(RunDirectory.read(path).manifest())
                    .usingRecursiveComparison()
                    .isEqualTo(ended);
            assertThat(ended.resumes()).hasSize(1);
        }
    }

    @Test
    void shouldIgnoreKeysOfALaterVersionAndSayWhereJsonIsBroken() throws IOException {
        try (RunDirectory directory = RunDirectory.create(path)) {
            directory.write(manifest());
            String json = Files.readString(directory.manifestFile());
            assertThat(json)
                    .contains("\"axial_ratio\" : 1.856")
                    .contains("\"#7d80b0\"")
                    .contains("\"RUNNING\"");
            Files.writeString(directory.manifestFile(), json.replaceFirst("\\{", "{ \"moon_phase\": {\"x\": [1]},"));
            assertThat(directory.manifest().scenario()).isEqualTo("zn-hcp");
            Files.writeString(directory.manifestFile(), json.substring(0, 100));
            assertThatIOException()
                    .isThrownBy(directory::manifest)
                    .withMessageContaining("manifest.json: half-written or damaged at line");
            Files.writeString(directory.manifestFile(), "null");
            assertThatIOException().isThrownBy(directory::manifest).withMessageContaining("empty");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version",
                "commit",
                "scenario",
                "started",
                "status",
                "process",
                "layout",
                "geometry",
                "species",
                "site_types",
                "processes",
                "readings",
                "lattice",
                "orientation",
                "name",
                "color"
            })
    void shouldNameAKeyThatIsMissing(String key) throws IOException {
        try (RunDirectory directory = RunDirectory.create(path)) {
            directory.write(manifest());
            String json = Files.readString(directory.manifestFile());
            Files.writeString(directory.manifestFile(), json.replace("\"" + key + "\" :", "\"nothing\" :"));
            assertThatIOException()
                    .isThrownBy(directory::manifest)
                    .withMessageContaining("manifest.json: ")
                    .withMessageContaining("'" + key + "' is missing");
        }
    }

    @Test
    void shouldRefuseALatticeThatItDoesNotKnow() throws IOException {
        try (RunDirectory directory = RunDirectory.create(path)) {
            directory.write(manifest());
            String json = Files.readString(directory.manifestFile());
            Files.writeString(directory.manifestFile(), json.replace("\"hcp\"", "\"diamond\""));
            assertThatIOException().isThrownBy(directory::manifest).withMessageContaining("DIAMOND");
            Files.writeString(directory.manifestFile(), json.replace("\"#7d80b0\"", "\"red\""));
            assertThatIOException().isThrownBy(directory::manifest).withMessageContaining("red");
        }
    }

    @Test
    void shouldReadAManifestWithoutResumes() throws IOException {
        try (RunDirectory directory = RunDirectory.create(path)) {
            directory.write(manifest());
            String json = Files.readString(directory.manifestFile());
            assertThat(json).contains("\"resumes\"");
            Files.writeString(directory.manifestFile(), json.replaceFirst("\"resumes\" : \\[ ?],?", ""));
            assertThat(directory.manifest().resumes()).isEmpty();
        }
    }

    @Test
    void shouldRefuseADirectoryThatHoldsSomething() throws IOException {
        Files.createDirectories(path);
        Files.writeString(path.resolve("thesis.txt"), "ten years of work");
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> RunDirectory.create(path))
                .withMessageContaining("is not empty; give another place for the run, or remove it, or resume it");
        try (var files = Files.list(path)) {
            assertThat(files).as("nothing written").hasSize(1);
        }
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> RunDirectory.create(path.resolve("thesis.txt")))
                .withMessageContaining("is not a directory");
    }

    @Test
    void shouldTakeAnEmptyDirectory() throws IOException {
        Files.createDirectories(path);
        try (RunDirectory directory = RunDirectory.create(path)) {
            assertThat(directory.snapshotDirectory()).isDirectory();
            assertThat(directory.resumed()).isFalse();
        }
    }

    @Test
    void shouldTakeTheDirectoryOfARunThatWasKilledBeforeItBegan() throws IOException {
        RunDirectory.create(path).close();
        Files.writeString(path.resolve(".manifest.json.tmp"), "{");
        RunDirectory.create(path).close();
        Files.writeString(path.resolve("plots/mine.png"), "");
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> RunDirectory.create(path));
    }

    @Test
    void shouldRefuseToResumeWhatIsNoRun() throws IOException {
        Files.createDirectories(path);
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> RunDirectory.resume(path))
                .withMessageContaining("is not a run directory: it has no manifest.json");
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> RunDirectory.read(path.resolve("y")));
    }

    @Test
    void shouldLetOneWriterInAndAnyReader() throws IOException {
        try (RunDirectory directory = RunDirectory.create(path)) {
            directory.write(manifest());
            assertThatIOException()
                    .isThrownBy(() -> RunDirectory.resume(path))
                    .withMessageContaining("is being written by this process");
            RunDirectory reader = RunDirectory.read(path);
            assertThat(reader.manifest().seed()).isEqualTo(Long.MIN_VALUE);
            assertThatIllegalStateException().isThrownBy(() -> reader.write(manifest()));
        }
        try (RunDirectory directory = RunDirectory.resume(path)) {
            assertThat(directory.resumed()).isTrue();
        }
    }

    /** Holds a directory's lock until its input ends. */
    static final class Holder {
        public static void main(String[] path) throws IOException {
            try (RunDirectory directory = RunDirectory.resume(Path.of(path[0]))) {
                System.out.println("locked " + directory.root());
                System.in.read();
            }
        }
    }

    @Test
    void shouldBeLockedAgainstAnotherProcessUntilThatIsKilled() throws Exception {
        try (RunDirectory directory = RunDirectory.create(path)) {
            directory.write(manifest());
        }
        Process holder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(holder.inputReader().readLine()).startsWith("locked");
            assertThatIOException()
                    .isThrownBy(() -> RunDirectory.resume(path))
                    .withMessageContaining("is being written by another process (pid " + holder.pid());
            assertThat(RunDirectory.read(path).isBeingWritten()).isTrue();
        } finally {
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(RunDirectory.read(path).isBeingWritten()).isFalse();
        try (RunDirectory directory = RunDirectory.resume(path)) {
            assertThat(directory.isBeingWritten()).isTrue();
            assertThat(RunDirectory.read(path).isBeingWritten()).isTrue();
        }
    }

    @Test
    void shouldReplaceFilesAsAWholeOrNotAtAll() throws IOException {
        try (RunDirectory directory = RunDirectory.create(path)) {
            directory.writeText(directory.scenarioFile(), "before");
            assertThatIOException()
                    .isThrownBy(() -> directory.writeFile(directory.scenarioFile(), out -> {
                        out.write(new byte[100_000]);
                        throw new IOException("No space left on device");
                    }));
            assertThat(directory.scenarioFile()).hasContent("before");
            directory.writeText(directory.scenarioFile(), "after");
            assertThat(directory.scenarioFile()).hasContent("after");
            try (var files = Files.list(path)) {
                assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".tmp"));
            }
        }
    }

    @Test
    void shouldWriteAnyValueAsJson() throws IOException {
        try (RunDirectory directory = RunDirectory.create(path)) {
            directory.writeJson(directory.summaryFile(), Map.of("wall_time_s", 1.5));
            assertThat(directory.summaryFile()).hasContent("{\n  \"wall_time_s\" : 1.5\n}\n");
        }
    }

    @Test
    void shouldBeginCsvFilesInANewRunAndReopenThemInAResumedOne() throws IOException {
        try (RunDirectory directory = RunDirectory.create(path)) {
            directory.write(manifest());
            try (CsvWriter csv = directory.csv(directory.statisticsFile(), List.of("a"))) {
                csv.add(1).endRow();
            }
        }
        try (RunDirectory directory = RunDirectory.resume(path)) {
            try (CsvWriter csv = directory.csv(directory.statisticsFile(), List.of("a"))) {
                csv.resumeAt(4);
                csv.add(2).endRow();
            }
            assertThat(directory.statisticsFile()).hasContent("a\n1\n2\n");
            directory.csv(directory.eventsFile(), List.of("b")).close();
            assertThat(directory.eventsFile()).hasContent("b\n");
        }
    }
}
