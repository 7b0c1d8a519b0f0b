package dev.kossel.scenarios.cli;

import dev.kossel.engine.record.RunProcess;
import dev.kossel.scenarios.file.Extent;
import dev.kossel.scenarios.file.Protocol;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.units.Quantity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kossel bench}. */
@Command(
        name = "bench",
        description = {
            "Time scenarios end to end, with and without observers.",
            "",
            "Everything that is compared runs in turns, as often as --repeats says; the tables hold medians. A scenario warms up before its first timing, "
                    + "and for a quarter of that time before each later one, which goes on where the last one stopped; it is begun anew where it ends. "
                    + "With observers, events are counted to the last one of a run, all waiting included; \"to the end\" adds what the run takes from there "
                    + "until its directory is complete. CPU is processor time of the loop's thread, B/event what it allocates, heap the live heap, RSS all that "
                    + "the process has in memory, a slice the stretch of the loop between two looks of the control. Use an idle machine, and a process for "
                    + "each scenario: what is compiled for several may be slower."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kossel bench",
            "  kossel bench --scenario na-vn --sizes 64,128,256 --seconds 2 --repeats 7",
            "  kossel bench --suite --against \"./my-program --edge {size} --until {time}\" --java /usr/lib/jvm/jdk-25/bin/java",
            "  kossel bench --scenario my.yaml --sizes 128 --against \"./my-program --edge {size}\" --against-events 1e7"
        })
final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            defaultValue = "na-vn",
            description = "A built-in scenario or a scenario file; may be given again. Default: ${DEFAULT-VALUE}.")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Replace a value of the scenarios; may be given again.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--sizes",
            paramLabel = "N",
            split = ",",
            description = "Cells along x and y; the height stays. Without it, the scenario's own box.")
    private List<Integer> sizes = new ArrayList<>();

    @Option(
            names = "--seconds",
            defaultValue = "3",
            description = "Wall-clock time of each timing. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "What passes before the first timing begins. Default: ${DEFAULT-VALUE}.")
    private double warmUpSeconds;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            description = "Turns. Default: ${DEFAULT-VALUE}.")
    private int repeats;

    @Option(names = "--no-observers", description = "Time the loop alone, not the run with its directory.")
    private boolean noObservers;

    @Option(
            names = "--against",
            paramLabel = "COMMAND",
            description =
                    "Another program to be timed in turns, run by sh; {size} stands for cells along x, {time} for the simulated time in s. Where it "
                            + "prints ns/ev=NUMBER, that is taken.")
    private @Nullable String against;

    @Option(
            names = "--against-events",
            paramLabel = "N",
            description = "How many events that program makes, if it does not print ns/ev=.")
    private @Nullable Double againstEvents;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write bench.json and bench.md. Without it, the next free runs/bench-N.")
    private @Nullable Path out;

    @Option(
            names = "--java",
            paramLabel = "JAVA",
            description =
                    "With --suite: the java of another JDK, with which r1 and the sodium scenario are timed in turns with this one.")
    private @Nullable Path otherJava;

    @Option(
            names = "--suite",
            description =
                    "Measure everything that docs/performance.md reports, each scenario in processes of its own: sizes, observers, memory, "
                            + "two replicas at once. --sizes then are those of r1, and --against is for r1.")
    private boolean suite;

    /**
     * A scenario in one size.
     *
     * @param timeSeconds after which it ends, NaN if that is not said
     */
    private record Load(Scenario scenario, int edge, double timeSeconds, BenchReport.Row row) {}

    /** What was measured of a load with what it has warmed up; made in the first turn. */
    private final Map<Load, ScenarioTimer> timers = new IdentityHashMap<>();

    @Override
    public void run() {
        refuse(!(seconds > 0), "--seconds " + seconds + ": expected more than 0");
        refuse(!(warmUpSeconds >= 0), "--warm-up " + warmUpSeconds + ": expected 0 or more");
        refuse(repeats < 1, "--repeats " + repeats + ": expected at least 1");
        refuse(
                againstEvents != null && !(againstEvents > 0),
                "--against-events " + againstEvents + ": expected more than 0");
        refuse(againstEvents != null && against == null, "--against-events needs --against");
        refuse(otherJava != null && !suite, "--java needs --suite");
        refuse(
                otherJava != null && !Files.isExecutable(otherJava),
                "--java " + otherJava + ": expected a program, such as /usr/lib/jvm/…/bin/java");
        Path directory = out == null ? RunCommand.nextFree("bench") : out;
        if (suite) {
            runSuite(directory);
            return;
        }
        List<Load> loads = loads();
        try {
            ScenarioTimer.rehearse();
            for (int turn = 1; turn <= repeats; turn++) {
                for (Load load : loads) {
                    take(load);
                    spec.commandLine()
                            .getErr()
                            .println("turn " + turn + " of " + repeats + ": "
                                    + load.row().scenario() + ", " + load.row().box() + ": "
                                    + Math.round(load.row().bare().get(turn - 1).nanosPerEvent()) + " ns/event");
                }
            }
            save(report(loads), directory);
        } catch (IOException e) {
            throw CommandFailure.failed("the benchmark could not be written: " + e);
        }
    }

    private void runSuite(Path directory) {
        List<String> given = spec.commandLine().getParseResult().matchedOptions().stream()
                .map(option -> option.longestName())
                .filter(List.of("--scenario", "--set", "--no-observers")::contains)
                .toList();
        refuse(!given.isEmpty(), "--suite says itself what to run: leave out " + String.join(", ", given));
        PrintWriter err = spec.commandLine().getErr();
        BenchSuite measured =
                new BenchSuite(seconds, warmUpSeconds, repeats, against, againstEvents, otherJava, directory, err);
        try {
            SuiteReport report = measured.run(sizes.isEmpty() ? BenchSuite.SIZES : sizes);
            PrintWriter text = spec.commandLine().getOut();
            text.println(report.markdown());
            report.save(directory);
            text.println("Saved as suite.md and ns-per-event.png in " + directory);
            text.flush();
        } catch (IOException e) {
            throw CommandFailure.failed("the benchmark could not be carried out: " + e);
        }
    }

    private static void refuse(boolean wrong, String message) {
        if (wrong) {
            throw CommandFailure.usage(message);
        }
    }

    private List<Load> loads() {
        List<Load> loads = new ArrayList<>();
        for (String name : scenarios) {
            List<Extent> own = ScenarioArgument.read(name, overrides).lattice().size();
            if (sizes.isEmpty()) {
                loads.add(load(name, overrides));
            }
            for (int edge : sizes) {
                List<String> sized = new ArrayList<>(overrides);
                sized.add("lattice.size=[" + edge + ", " + edge + ", " + own.get(2) + "]");
                loads.add(load(name, sized));
            }
        }
        return loads;
    }

    private static Load load(String name, List<String> changes) {
        Scenario scenario = ScenarioArgument.read(name, changes);
        var box = ScenarioArgument.model(name, scenario).geometry();
        return new Load(
                scenario,
                box.cellsX(),
                timeSeconds(scenario),
                new BenchReport.Row(name, box.cellsX() + " × " + box.cellsY() + " × " + box.cellsZ()));
    }

    private static double timeSeconds(Scenario scenario) {
        Quantity stop = scenario.stop().time();
        Protocol.Until until = scenario.protocol().steps().get(0).until();
        Quantity step = until == null ? null : until.time();
        return stop != null ? stop.seconds() : step != null ? step.seconds() : Double.NaN;
    }

    private void take(Load load) throws IOException {
        ScenarioTimer timer =
                timers.computeIfAbsent(load, first -> new ScenarioTimer(first.scenario(), warmUpSeconds, seconds));
        BenchReport.Row row = load.row();
        row.bare().add(timer.bare());
        if (!noObservers) {
            row.observed().add(timer.observed());
        }
        if (against != null) {
            row.rival().add(new Rival(against, againstEvents).time(load.edge(), load.timeSeconds()));
        }
    }

    private BenchReport report(List<Load> loads) {
        KosselVersion version = KosselVersion.current();
        return new BenchReport(
                version.version(),
                version.commit(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                RunProcess.current(),
                spec.commandLine().getParseResult().originalArgs(),
                loads.stream().map(Load::row).toList());
    }

    private void save(BenchReport report, Path directory) throws IOException {
        PrintWriter text = spec.commandLine().getOut();
        text.println(report.markdown());
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("bench.json"), report.json() + "\n");
        Files.writeString(directory.resolve("bench.md"), report.markdown());
        text.println("Saved as bench.json and bench.md in " + directory);
        text.flush();
    }
}
