package dev.kossel.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kossel.engine.record.RunProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int bench(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "bench";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }

    private static Timing timing(long events, double seconds) {
        return new Timing(
                events,
                events / 4,
                seconds,
                seconds / 2,
                seconds / 4,
                2 * events,
                3000,
                5000,
                1000,
                new Timing.Latency(1, 2, 3, 4));
    }

    @Test
    void shouldDivideWhatWasCounted() {
        Timing timing = timing(4_000_000, 2);
        assertThat(timing.eventsPerSecond()).isEqualTo(2e6);
        assertThat(timing.nanosPerEvent()).isEqualTo(500);
        assertThat(timing.cpuNanosPerEvent()).isEqualTo(250);
        assertThat(timing.nullsPerEvent()).isEqualTo(0.25);
        assertThat(timing.allocatedBytesPerEvent()).isEqualTo(2);
        assertThat(timing.heapBytesPerSite()).isEqualTo(3);
        assertThat(timing.rssBytesPerSite()).isEqualTo(5);
        assertThat(timing.eventsPerSecondToTheEnd()).isEqualTo(1.6e6);
    }

    @Test
    void shouldTakeTheMiddleForTheMedian() {
        assertThat(BenchReport.median(9, 1, 5)).isEqualTo(5);
        assertThat(BenchReport.median(9, 1, 5, 7)).isEqualTo(6);
        assertThat(BenchReport.median()).isNaN();
    }

    /** The second turn, in which the machine was three times slower, does not count against either side. */
    @Test
    void shouldCompareTurnByTurn() {
        BenchReport.Row row = new BenchReport.Row(
                "r1",
                "32 × 32 × 32",
                List.of(timing(3_000_000, 1), timing(1_000_000, 1), timing(3_000_000, 1)),
                List.of(timing(2_700_000, 1), timing(900_000, 1), timing(2_700_000, 1)),
                List.of(
                        new Rival.Result(1, 0.5, 1e9 / 6e6),
                        new Rival.Result(3, 1.5, 1e9 / 2e6),
                        new Rival.Result(1, 0.5, 1e9 / 3e6)));
        assertThat(row.lossWithObservers()).isCloseTo(0.1, within(1e-12));
        assertThat(row.ratioToRival()).isCloseTo(2, within(1e-12));
        assertThat(row.cpuRatioToRival()).isCloseTo(2, within(1e-12));
        String text = new BenchReport(
                        "1.0",
                        "abc",
                        "2026-01-01T00:00:00Z",
                        new RunProcess("host", 1, "some JVM", "some machine"),
                        List.of("bench", "--repeats", "3"),
                        List.of(row))
                .markdown();
        assertThat(text)
                .contains("kossel bench --repeats 3\n", "1.0 (abc), some JVM, some machine", "Medians of 3.")
                .contains(
                        "| r1 | 32 × 32 × 32 | none | 3.000e+06 | 333.3 | 166.7 | 0.250 | 2.00 | 3.00 | 5.0 | 1.0 | 2.0 | 3.0 | 4.0 |\n")
                .contains("| r1 | 32 × 32 × 32 | all | 2.700e+06 | 370.4 |")
                .contains("| r1 | 32 × 32 × 32 | 10.0 % | 28.0 % | 333.3 | 166.7 | 2.00 | 2.00 |\n");
        List<String> table = text.lines().filter(line -> line.startsWith("|")).toList();
        assertThat(table.subList(0, 4))
                .allSatisfy(line -> assertThat(line.split("\\|")).hasSize(15));
        assertThat(table.subList(4, 7))
                .allSatisfy(line -> assertThat(line.split("\\|")).hasSize(9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sec=0.5 Mev/s=20.4 ns/ev=49.1 bad=0; 49.1",
                "ns/event: 2e3; 2000",
                "ns/ev=1 (warming up), ns/ev=2; 2",
                "1.2 s; NaN"
            })
    void shouldFindWhatAProgramSaysOfItself(String output, Double nanos) {
        assertThat(Rival.nanosPerEvent(output).orElse(Double.NaN)).isEqualTo(nanos);
    }

    @Test
    void shouldRunAnotherProgramInAGivenSize() {
        assertThat(new Rival("echo ns/ev={size}", null).time(32, 1).nanosPerEvent())
                .isEqualTo(32);
        Rival.Result timed = new Rival("true", 100.0).time(32, 1);
        assertThat(timed.nanosPerEvent()).isCloseTo(timed.wallSeconds() * 1e7, withinPercentage(1e-6));
        assertThat(new Rival("true", null).time(32, 1).nanosPerEvent()).isNaN();
        assertThatThrownBy(() -> new Rival("echo no box of {size}; exit 3", null).time(7, 1))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("no box of 7");
    }

    @Test
    void shouldTellAnotherProgramHowLongToSimulate() {
        assertThat(new Rival("echo ns/ev={time}", null).time(32, 2.5e13).nanosPerEvent())
                .isEqualTo(2.5e13);
    }

    @Test
    void shouldReadTheProcessorTimeThatTheShellTells() {
        assertThat(Rival.childSeconds("ns/ev=3\n0m0.00s 0m0.01s\n1m2.50s 0m0.25s\n"))
                .isCloseTo(62.75, within(1e-12));
        assertThat(Rival.childSeconds("ns/ev=3\n")).isNaN();
        Rival.Result busy =
                new Rival("i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; echo ns/ev=50", null).time(1, 1);
        assertThat(busy.cpuNanosPerEvent()).isLessThanOrEqualTo(50);
    }

    private static BenchReport report(BenchReport.Row... rows) {
        return new BenchReport(
                "1.0",
                "abc",
                "2026-01-01T00:00:00Z",
                new RunProcess("host", 1, "some JVM", "some machine"),
                List.of("bench"),
                List.of(rows));
    }

    private static BenchReport.Row row(
            String scenario, int edge, double nanos, double observedNanos, double rivalNanos) {
        long sites = 32L * edge * edge;
        List<Timing> bare = List.of(lasting(sites, nanos));
        List<Timing> observed = Double.isNaN(observedNanos) ? List.of() : List.of(lasting(sites, observedNanos));
        List<Rival.Result> rival = Double.isNaN(rivalNanos) ? List.of() : List.of(new Rival.Result(1, 0.8, rivalNanos));
        return new BenchReport.Row(scenario, edge + " × " + edge + " × 32", bare, observed, rival);
    }

    private static Timing lasting(long sites, double nanos) {
        return new Timing(
                1_000_000,
                0,
                nanos * 1e-3,
                0.8 * nanos * 1e-3,
                0,
                0,
                5 * sites,
                7 * sites,
                sites,
                new Timing.Latency(1, 2, 3, 4));
    }

    @Test
    void shouldReadWhatItWrote() {
        BenchReport report = report(row("r1", 32, 100, 110, 50));
        assertThat(BenchReport.read(report.json())).isEqualTo(report);
    }

    @Test
    void shouldSetWhatWasMeasuredBesideTheTargets() throws Exception {
        List<BenchReport.Row> r1 = List.of(row("r1", 32, 100, Double.NaN, 80), row("r1", 512, 120, Double.NaN, 60));
        List<BenchReport.Row> observed =
                List.of(row("r1", 256, 100, 125, Double.NaN), row("na-vn", 96, 400, 500, Double.NaN));
        SuiteReport suite = new SuiteReport(
                report(),
                r1,
                observed,
                List.of(row("na-vn", 512, 500, 600, Double.NaN), row("alloy", 512, 400, 400, Double.NaN)),
                List.of(new SuiteReport.Pair(1e6, 1.8e6)),
                List.of(new SuiteReport.Pair(1e6, 1.9e6)),
                List.of(
                        new SuiteReport.JdkTurn("r1", "17", 100, "25", 90),
                        new SuiteReport.JdkTurn("r1", "17", 120, "25", 114)));
        assertThat(suite.markdown())
                .contains(
                        "| R1, L = 32, ns/event over those of the other program | ≤ 2 | ≤ 1.2 | 1.25 (CPU 1.25) | met |\n")
                .contains(
                        "| R1, L = 512, ns/event over those of the other program | ≤ 1.6 | ≤ 1 | 2.00 (CPU 2.00) | missed |\n")
                .contains("| growth of ns/event from 3.3e+04 to 8.4e+06 sites | ≤ 3 | ≤ 2 | 1.20 (CPU 1.20) | aim |\n")
                .contains("R1 at L ≥ 512 (the process's RSS in brackets) | ≤ 6 | ≤ 3 | 5.00 (7.0) | met |\n")
                .contains(
                        "| the same of na-vn, alloy in boxes 512 cells wide, with observers | ≤ 16 | ≤ 8 | 5.00 (7.0) | aim |\n")
                .contains("| the same of r1, na-vn in their own boxes | ≤ 16 | ≤ 8 | 5.00 (7.0) | aim |\n")
                .contains(
                        "na-vn, 96 × 96 × 32 (to the end of the run in brackets) | ≤ 15 | ≤ 5 | 20.0 (20.0) | missed |\n")
                .contains("na-vn, 512 × 512 × 32 (to the end of the run in brackets) |  |  | 16.7 (16.7) |  |\n")
                .contains(
                        "| sodium scenario (na-vn), million events/s | ≥ 3 | ≥ 8 | 2.50 (a CPU second: 3.13) | missed |\n")
                .contains("one after the other, events/s | ≥ 1.7 | ≥ 1.95 | 1.80 | met |\n")
                .contains("| the same of the other program |  |  | 1.90 |  |\n")
                .contains("| r1 | 110.0 | 102.0 | 0.93 |\n")
                .contains("| r1 | 512 × 512 × 32 | none |", "| na-vn | 96 × 96 × 32 | all |");
        suite.save(directory);
        assertThat(directory.resolve("suite.md")).content().isEqualTo(suite.markdown());
        assertThat(ImageIO.read(directory.resolve("ns-per-event.png").toFile()).getWidth())
                .isEqualTo(900);
    }

    /** A dozen processes, one after the other. */
    @Tag("slow")
    @Test
    void shouldMeasureTheWholeSuiteInProcessesOfTheirOwn() throws Exception {
        Path to = directory.resolve("suite");
        assertThat(bench(
                        "--suite",
                        "--sizes",
                        "12,16",
                        "--seconds",
                        "0.05",
                        "--warm-up",
                        "0.01",
                        "--repeats",
                        "1",
                        "--against",
                        "echo ns/ev=100",
                        "--out",
                        to.toString()))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(to.resolve("suite.md")).content().contains("| alloy |", "| na-vn |", "| r1 | 16 × 16 × 32 | all |");
        assertThat(out.toString()).contains(Files.readString(to.resolve("suite.md")));
    }

    /** na-vn in a small box ends within a stretch, so this goes through a run's end as well. */
    @Test
    void shouldTimePrintAndSave() throws Exception {
        Path to = directory.resolve("results");
        assertThat(bench(
                        "--sizes",
                        "12,16",
                        "--set",
                        "protocol.steps.0.until={charge: 20 uC/cm^2}",
                        "--seconds",
                        "0.05",
                        "--warm-up",
                        "0.01",
                        "--repeats",
                        "2",
                        "--against",
                        "echo ns/ev=100",
                        "--out",
                        to.toString()))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("| na-vn | 12 × 12 × 36 | none |", "| na-vn | 16 × 16 × 36 | all |");
        assertThat(out.toString()).contains(Files.readString(to.resolve("bench.md")));
        JsonNode json = JsonMapper.builder().build().readTree(Files.readString(to.resolve("bench.json")));
        assertThat(json.path("arguments").get(0).asString()).isEqualTo("bench");
        assertThat(json.path("rows").size()).isEqualTo(2);
        for (JsonNode row : json.path("rows")) {
            for (String way : List.of("bare", "observed")) {
                assertThat(row.path(way).size()).isEqualTo(2);
                for (JsonNode timing : row.path(way)) {
                    assertThat(timing.path("events").asLong()).isPositive();
                    assertThat(timing.path("seconds").asDouble()).isGreaterThanOrEqualTo(0.05);
                    assertThat(timing.path("sites").asLong()).isIn(12L * 12 * 72, 16L * 16 * 72);
                    assertThat(timing.path("latency").path("max_us").asDouble()).isPositive();
                }
            }
            assertThat(row.path("rival").get(1).path("nanos_per_event").asDouble())
                    .isEqualTo(100);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--seconds;0;--seconds 0.0: expected more than 0",
                "--warm-up;-1;--warm-up -1.0: expected 0 or more",
                "--repeats;0;--repeats 0: expected at least 1",
                "--against-events;10;--against-events needs --against",
                "--sizes;0;lattice.size",
                "--java;/usr/bin/java;--java needs --suite",
                "--suite --java;no-such-java;--java no-such-java: expected a program",
                "--suite --scenario;r1;--suite says itself what to run: leave out --scenario",
                "--scenario;na-vm;no built-in scenario is named 'na-vm'"
            })
    void shouldRefuseWhatMakesNoSense(String option, String value, String message) {
        List<String> arguments = new ArrayList<>(List.of(option.split(" ")));
        arguments.add(value);
        assertThat(bench(arguments.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(message);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldShowExamplesInItsHelp() {
        assertThat(bench("--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("--against", "Examples:", "kossel bench --scenario na-vn");
    }
}
