package dev.kossel.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.engine.record.CsvTable;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunStatus;
import dev.kossel.scenarios.Electrodes;
import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.SimulationAssembler;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.file.ScenarioLibrary;
import dev.kossel.scenarios.file.ScenarioReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every command, as a user calls it. */
class CommandsTest {

    /** Makes a run of some hundred thousand events, which is not over when it first looks at the clock. */
    private static final String FAST_EXCHANGE = "processes.deposition.law.rate-constant=50000 /s";

    @TempDir
    private Path temporary;

    private Path scenario;

    private record Outcome(int exitCode, String out, String err) {}

    private static Outcome kossel(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    @BeforeEach
    void writeTheScenario() throws IOException {
        scenario = temporary.resolve("small.yaml");
        Files.writeString(
                scenario,
                Electrodes.yaml(
                        Electrodes.METAL,
                        "{type: galvanostatic, current-density: 1000 A/m^2, until: {charge: 8 C/m^2}}",
                        "output: {statistics: 20, snapshots: 4}"));
    }

    private Path run(String name, Object... more) {
        Path directory = temporary.resolve(name);
        Outcome outcome = kossel(Stream.concat(
                        Stream.of("run", scenario, "--no-progress", "--no-pictures", "--out", directory),
                        Stream.of(more))
                .toArray());
        assertThat(outcome.exitCode).as(outcome.err).isZero();
        return directory;
    }

    private static JsonNode summary(Path run) throws IOException {
        return new JsonMapper().readTree(Files.readString(run.resolve("summary.json")));
    }

    private static String stateHash(Path run) throws IOException {
        return summary(run).get("state_hash").asString();
    }

    private static void requireUsageError(Outcome outcome, String... said) {
        assertThat(outcome.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err).contains(said).doesNotContain("kossel: unexpected error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "check", "run", "resume", "info", "export"})
    void shouldShowAnExampleInTheHelpOfEveryCommand(String command) {
        Outcome outcome = kossel(command, "--help");
        assertThat(outcome.exitCode).isZero();
        assertThat(outcome.out).containsPattern("Examples?:").contains("  kossel " + command);
    }

    @Test
    void shouldListTheBuiltInScenarios() {
        Outcome outcome = kossel("list");
        assertThat(outcome.exitCode).isZero();
        assertThat(outcome.out.lines())
                .hasSameSizeAs(ScenarioLibrary.names())
                .allMatch(line -> line.matches("\\S+ {2,}\\S.*"));
        assertThat(outcome.out).contains("na-bare", "na-vn");
    }

    @Test
    void shouldRunIntoADirectoryAPersonCanRead() throws IOException {
        Path run = temporary.resolve("a new place/run");
        Outcome outcome = kossel("run", scenario, "--no-progress", "--out", run);

        assertThat(outcome.exitCode).as(outcome.err).isZero();
        assertThat(outcome.out)
                .contains("completed: the protocol is done", "kossel info " + run, "kossel export " + run);
        assertThat(RunDirectory.read(run).manifest().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.resolve("plots/overpotential.png")).isNotEmptyFile();
        assertThat(run.resolve("plots/morphology.png")).isNotEmptyFile();
        JsonNode summary = summary(run);
        for (String key : List.of(
                "status",
                "events",
                "simulated_time_s",
                "wall_time_s",
                "events_per_second",
                "seed",
                "deposited_atoms",
                "charge_C",
                "nucleation_overpotential_V",
                "final_overpotential_V",
                "mean_height_nm",
                "rms_roughness_nm",
                "max_height_nm",
                "coverage",
                "state_hash")) {
            assertThat(summary.has(key)).as(key).isTrue();
        }
        double electrons = summary.get("charge_C").asDouble() / 1.602176634e-19;
        assertThat(summary.get("deposited_atoms").asLong() * 2).isEqualTo(Math.round(electrons));
        CsvTable statistics = CsvTable.read(run.resolve("statistics.csv"));
        assertThat(statistics.rowCount()).isBetween(20, 22);
    }

    @Test
    void shouldRunTheSameAgainFromTheScenarioItHasKept() throws IOException {
        Path first = run("first", "--seed", 7, "--set", "temperature=313 K");
        Outcome again =
                kossel("run", first.resolve("scenario.yaml"), "--no-pictures", "--out", temporary.resolve("second"));

        assertThat(again.exitCode).as(again.err).isZero();
        assertThat(stateHash(temporary.resolve("second"))).isEqualTo(stateHash(first));
        assertThat(Files.readString(first.resolve("scenario.yaml"))).contains("seed: 7", "temperature: 313 K");
    }

    @Test
    void shouldDependOnTheSeedAndOnOverridesAlone() throws IOException {
        String plain = stateHash(run("a"));
        assertThat(stateHash(run("b"))).isEqualTo(plain);
        assertThat(stateHash(run("c", "--set", "output.trace=true", "--set", "output.statistics=3")))
                .isEqualTo(plain);
        assertThat(stateHash(run("d", "--seed", 6))).isNotEqualTo(plain);
        assertThat(stateHash(run("e", "--set", "temperature=300 K"))).isNotEqualTo(plain);
        assertThat(bareLoop()).isEqualTo(plain);
    }

    /** The state hash of the simulation without observers, directory and checkpoints. */
    private String bareLoop() throws IOException {
        try {
            Simulation simulation = SimulationAssembler.simulation(
                    SimulationAssembler.model(ScenarioReader.read(scenario, List.of())), null);
            while (simulation.endReason() == null) {
                simulation.advance();
            }
            return simulation.stateHash();
        } catch (ScenarioException e) {
            throw new IOException(e);
        }
    }

    @Test
    void shouldRefuseABoxBeyondMemoryBeforeMakingIt() {
        String[] large = {"r1", "--set", "lattice.size=[4096, 4096, 100]"};
        Outcome checked = kossel("check", large[0], large[1], large[2]);
        assertThat(checked.exitCode).isEqualTo(2);
        assertThat(checked.err)
                .contains("r1: a box of 1,677,721,600 sites needs ", " bytes a site", "KOSSEL_JAVA_OPTS=-Xmx");
        Outcome run = kossel("run", large[0], large[1], large[2], "--out", temporary.resolve("large"));
        assertThat(run.exitCode).isEqualTo(2);
        assertThat(temporary.resolve("large")).doesNotExist();
    }

    @Test
    void shouldCheckWithoutWriting() throws IOException {
        Outcome outcome = kossel("check", scenario, "--measure", 0.05);

        assertThat(outcome.exitCode).as(outcome.err).isZero();
        assertThat(outcome.out)
                .contains("5,120 sites", "monolayers/s", "D/F", "no transport limit", "bond M–M 1NN", "kT", "events/s")
                .contains("E_k = -0.1500 eV", "NO SOURCE", "have no source");
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).containsExactly(scenario);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "check"})
    void shouldReportAllProblemsOfAScenarioAndWriteNothing(String command) throws IOException {
        Files.writeString(
                scenario, Files.readString(scenario).replace("title:", "titel:").replace("0.3 nm", "0.3"));
        requireUsageError(
                kossel(command, scenario, "--set", "seed=x"), "titel", "lattice.constant", "seed", "needs a unit");
        requireUsageError(kossel(command, temporary.resolve("none.yaml")), "no such file");
        requireUsageError(kossel(command, "na-wn"), "na-wn", "na-bare", "na-vn");
        requireUsageError(kossel(command), "SCENARIO");
        requireUsageError(kossel(command, scenario, "--seed", "many"), "--seed", "many");
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).containsExactly(scenario);
        }
    }

    @Test
    void shouldRefuseAModelThatCannotBeCarriedOut() throws IOException {
        // A bond so strong that its rate is beyond what a number can hold.
        requireUsageError(
                kossel("run", scenario, "--out", temporary.resolve("run"), "--set", "energies.pairs.0.energy=-90 eV"),
                "small.yaml",
                "process deposition",
                "rate");
        assertThat(temporary.resolve("run")).doesNotExist();
    }

    @Test
    void shouldNotWriteOverWhatIsThere() throws IOException {
        Path taken = Files.createDirectory(temporary.resolve("taken"));
        Files.writeString(taken.resolve("thesis.txt"), "years of work");
        requireUsageError(kossel("run", scenario, "--out", taken), "not empty");
        requireUsageError(kossel("run", scenario, "--out", scenario), "not a directory");
        assertThat(taken).isDirectoryContaining("glob:**thesis.txt");
        try (Stream<Path> files = Files.list(taken)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void shouldRefuseToResumeWhatCannotBe() throws IOException {
        requireUsageError(kossel("resume", temporary), "not a run directory");
        Path complete = run("complete");
        requireUsageError(kossel("resume", complete), "is complete", "nothing to resume");

        Path stopped = run("stopped", "--set", "stop.wall-time=1 ns", "--set", FAST_EXCHANGE);
        try (RunDirectory held = RunDirectory.resume(stopped)) {
            assertThat(held.isBeingWritten()).isTrue();
            requireUsageError(kossel("resume", stopped), "is being written");
        }
        try (Stream<Path> checkpoints = Files.list(stopped.resolve("checkpoint"))) {
            for (Path checkpoint : checkpoints.toList()) {
                byte[] bytes = Files.readAllBytes(checkpoint);
                bytes[bytes.length / 2] ^= 1;
                Files.write(checkpoint, bytes);
            }
        }
        requireUsageError(kossel("resume", stopped), "no intact checkpoint", "damaged");
    }

    @Test
    void shouldRefuseToResumeAnotherScenario() throws IOException {
        Path stopped = run("stopped", "--set", "stop.wall-time=1 ns", "--set", FAST_EXCHANGE);
        Path kept = stopped.resolve("scenario.yaml");
        Files.writeString(kept, Files.readString(kept).replace("16, 16, 20", "16, 16, 21"));
        requireUsageError(kossel("resume", stopped), "scenario.yaml");
    }

    @Test
    void shouldGoOnWhereALimitOfTimeStoppedIt() throws IOException {
        Path straight = run("straight", "--set", FAST_EXCHANGE);
        Path stopped = run("stopped", "--set", "stop.wall-time=1 ns", "--set", FAST_EXCHANGE);
        assertThat(RunDirectory.read(stopped).manifest().status()).isEqualTo(RunStatus.STOPPED);
        assertThat(kossel("info", stopped).out).contains("stopped", "kossel resume");

        Path kept = stopped.resolve("scenario.yaml");
        Files.writeString(kept, Files.readString(kept).replaceFirst("(?m)^stop:.*\\R", ""));
        Outcome resumed = kossel("resume", stopped, "--no-pictures");
        assertThat(resumed.exitCode).as(resumed.err).isZero();
        assertThat(stateHash(stopped)).isEqualTo(stateHash(straight));
        assertThat(stopped.resolve("statistics.csv")).hasSameBinaryContentAs(straight.resolve("statistics.csv"));
    }

    @Test
    void shouldTellHowARunStands() throws IOException {
        Path run = run("run");
        Outcome outcome = kossel("info", run);
        assertThat(outcome.exitCode).isZero();
        assertThat(outcome.out)
                .contains("completed", "kossel ", "RMS roughness", "state hash")
                .doesNotContain("resume");

        JsonNode json = new JsonMapper().readTree(kossel("info", run, "--json").out);
        assertThat(json.get("state").asString()).isEqualTo("completed");
        assertThat(json.get("summary")).isEqualTo(summary(run));
        assertThat(json.get("manifest").get("status").asString()).isEqualTo("COMPLETED");
        assertThat(json.get("latest").get("charge_C_per_m2").asDouble()).isGreaterThan(8);

        requireUsageError(kossel("info", temporary), "not a run directory");
    }

    @Test
    void shouldTellWhereAKilledRunGot() throws IOException {
        Path run = run("run");
        Path manifest = run.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("COMPLETED", "RUNNING"));
        assertThat(kossel("info", run).out)
                .contains("killed", "rms_roughness_nm", "kossel resume")
                .containsPattern("set_current_density_A_per_m2 +[0-9]");
        JsonNode json = new JsonMapper().readTree(kossel("info", run, "--json").out);
        assertThat(json.get("state").asString()).isEqualTo("killed");
        assertThat(json.get("summary").isNull()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void shouldExport(ExportCommand.Format format) throws IOException {
        Path run = run("run");
        String extension = format == ExportCommand.Format.VTK ? "vti" : "out";
        Path file = temporary.resolve("exported").resolve("frame." + extension);
        Outcome outcome = kossel("export", run, "--to", format.name().toLowerCase(), "--out", file);
        assertThat(outcome.exitCode).as(outcome.err).isZero();
        assertThat(file).isNotEmptyFile();
        requireUsageError(kossel("export", run, "--to", format, "--out", file), "exists already");

        Path all = temporary.resolve("all").resolve("frames." + extension);
        outcome = kossel("export", run, "--to", format, "--frame", "all", "--out", all);
        assertThat(outcome.exitCode).as(outcome.err).isZero();
        boolean together = format == ExportCommand.Format.EXTXYZ || format == ExportCommand.Format.LAMMPS;
        assertThat(outcome.out.lines())
                .hasSize(together ? 1 : 5)
                .allSatisfy(line -> assertThat(Path.of(line)).isNotEmptyFile());
    }

    @Test
    void shouldRefuseAnExportThatCannotBe() {
        Path run = run("run");
        requireUsageError(kossel("export", run, "--to", "docx"), "docx");
        requireUsageError(kossel("export", run), "--to");
        requireUsageError(kossel("export", run, "--to", "csv", "--frame", "99"), "99", "0 to 4");
        requireUsageError(
                kossel("export", run, "--to", "vtk", "--out", temporary.resolve("last.xyz")), "last.xyz", ".vti");
        requireUsageError(kossel("export", temporary, "--to", "csv"), "not a run directory");
    }
}
