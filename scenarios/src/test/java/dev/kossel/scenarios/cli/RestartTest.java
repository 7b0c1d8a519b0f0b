package dev.kossel.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.engine.record.CsvTable;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunStatus;
import dev.kossel.scenarios.Electrodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs in processes of their own, which are killed. */
@DisabledOnOs(OS.WINDOWS)
class RestartTest {

    private static final int KILLS = 10;

    /** Four cycles of a pulse-reverse, a sweep there and back, a rest, a potential and a current. */
    private static final String STEPS = "cycles: 4, steps: ["
            + "{type: pulse, on: {current-density: 2000 A/m^2, time: 1 ms},"
            + " off: {current-density: -1000 A/m^2, time: 0.7 ms}, until: {time: 15 ms}},"
            + "{type: sweep, from: 0 V, via: -0.03 V, to: 0.03 V, rate: 5 V/s},"
            + "{type: rest, until: {time: 3 ms}},"
            + "{type: potentiostatic, overpotential: -10 mV, until: {time: 10 ms}},"
            + "{type: galvanostatic, current-density: -800 A/m^2, until: {charge: 8 C/m^2}}]";

    /** Metal on a substrate that does not dissolve. */
    private static final String INITIAL =
            "[{type: layers, species: inert, count: 1}, {type: layers, species: M, count: 3}]";

    @TempDir
    private Path temporary;

    private Path scenario;
    private int started;

    @BeforeEach
    void writeTheScenario() throws IOException {
        scenario = temporary.resolve("small.yaml");
        Files.writeString(
                scenario,
                Electrodes.yaml(
                        INITIAL, STEPS, "output: {statistics: 300, snapshots: 10, trace: true, checkpoint: 20 ms}"));
    }

    @Test
    void shouldComeToTheSameHoweverOftenItIsKilled() throws Exception {
        Path straight = temporary.resolve("straight");
        Process process =
                kossel("run", scenario.toString(), "--no-progress", "--no-pictures", "--out", straight.toString());
        assertThat(exitCode(process)).as(said()).isZero();
        long length = Files.size(straight.resolve("statistics.csv"));

        Path killed = temporary.resolve("killed");
        Random random = new Random(20221107);
        for (int kill = 0; kill < KILLS; kill++) {
            Process victim = kill == 0
                    ? kossel("run", scenario.toString(), "--no-progress", "--out", killed.toString())
                    : kossel("resume", killed.toString(), "--no-progress", "--no-pictures");
            awaitResumption(victim, killed, kill);
            awaitLength(victim, killed, (long) (length * (kill + random.nextDouble()) / (KILLS + 2)));
            Thread.sleep(random.nextInt(5));
            victim.destroyForcibly();
            assertThat(exitCode(victim)).as(said()).isEqualTo(128 + 9);
        }
        assertThat(exitCode(kossel("resume", killed.toString(), "--no-progress", "--no-pictures")))
                .as(said())
                .isZero();

        assertThat(hash(killed)).isEqualTo(hash(straight));
        for (String file : List.of(
                "statistics.csv",
                "events.csv",
                "cycles.csv",
                "profiles.csv",
                "curvature.csv",
                "events.trace.csv",
                "snapshots.pvd")) {
            assertThat(killed.resolve(file)).hasSameBinaryContentAs(straight.resolve(file));
        }
        List<String> snapshots = names(straight.resolve("snapshots"));
        assertThat(names(killed.resolve("snapshots"))).isEqualTo(snapshots).hasSizeGreaterThan(5);
        for (String file : snapshots) {
            assertThat(killed.resolve("snapshots").resolve(file))
                    .hasSameBinaryContentAs(straight.resolve("snapshots").resolve(file));
        }
        double[] times = CsvTable.read(killed.resolve("statistics.csv")).column("time_s");
        assertThat(Arrays.stream(times).distinct().toArray()).isEqualTo(times).isSorted();
        assertThat(RunDirectory.read(killed).manifest().resumes()).hasSize(KILLS);
    }

    @Test
    void shouldStopWithACheckpointOnSignals() throws Exception {
        Path run = temporary.resolve("run");
        Process first = kossel("run", scenario.toString(), "--no-progress", "--out", run.toString());
        awaitLength(first, run, 2000);
        boolean interruptible = !isInterruptIgnored();
        assertThat(new ProcessBuilder("kill", interruptible ? "-INT" : "-TERM", Long.toString(first.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(exitCode(first)).as(said()).isEqualTo(128 + (interruptible ? 2 : 15));
        assertThat(said()).contains("kossel resume " + run);
        assertThat(RunDirectory.read(run).manifest().status()).isEqualTo(RunStatus.STOPPED);
        long stoppedAt = Files.size(run.resolve("statistics.csv"));

        Process second = kossel("resume", run.toString(), "--no-progress", "--no-pictures");
        awaitResumption(second, run, 1);
        awaitLength(second, run, stoppedAt + 2000);
        second.destroy();
        assertThat(exitCode(second)).as(said()).isEqualTo(128 + 15);
        assertThat(RunDirectory.read(run).manifest().status()).isEqualTo(RunStatus.STOPPED);

        assertThat(exitCode(kossel("resume", run.toString(), "--no-pictures")))
                .as(said())
                .isZero();
        assertThat(RunDirectory.read(run).manifest().status()).isEqualTo(RunStatus.COMPLETED);
    }

    /** Whether these tests were started in the background, where shells have SIGINT ignored, by their children too. */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1L << 1) != 0);
    }

    private Process kossel(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        started++;
        return new ProcessBuilder(command)
                .directory(temporary.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
    }

    private Path output() {
        return temporary.resolve("output-" + started);
    }

    private String said() throws IOException {
        return Files.readString(output());
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static void awaitResumption(Process process, Path run, int resumptions) throws Exception {
        while (process.isAlive()
                && (!Files.exists(run.resolve("manifest.json"))
                        || RunDirectory.read(run).manifest().resumes().size() < resumptions)) {
            Thread.sleep(1);
        }
    }

    private static void awaitLength(Process process, Path run, long length) throws Exception {
        Path file = run.resolve("statistics.csv");
        while (process.isAlive() && (!Files.exists(file) || Files.size(file) < length)) {
            Thread.sleep(1);
        }
    }

    private static String hash(Path run) throws IOException {
        return Files.readString(run.resolve("summary.json"))
                .lines()
                .filter(line -> line.contains("state_hash"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
