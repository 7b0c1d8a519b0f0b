package dev.kossel.scenarios.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything that docs/performance.md reports, measured by {@code kossel bench} in processes of its own: in one process, what is compiled for several
 * scenarios may be slower than for each of them.
 *
 * @param seconds of each timing
 * @param warmUpSeconds before each timing
 * @param repeats turns
 * @param against the command line of another program for r1, or null
 * @param againstEvents how many events it makes, if it does not say so
 * @param otherJava the java of another JDK, or null
 * @param directory gets a directory for each part
 * @param progress a line a part
 */
record BenchSuite(
        double seconds,
        double warmUpSeconds,
        int repeats,
        @Nullable String against,
        @Nullable Double againstEvents,
        @Nullable Path otherJava,
        Path directory,
        PrintWriter progress) {

    /** Edges of r1's box: 3·10⁴ to 5·10⁸ sites. */
    static final List<Integer> SIZES = List.of(32, 128, 256, 512, 2048, 4096);

    /** Where two replicas are set against one. */
    private static final int REPLICA_EDGE = 256;

    /** A larger box takes longer to set up than to time. */
    private static final int LARGEST_WITH_ALL_TURNS = 2048;

    private static final int TURNS_OF_LARGER_BOXES = 3;

    /** Where memory by site counts, and tables of the model, of some MB, do not. */
    private static final int WIDE_EDGE = 512;

    SuiteReport run(List<Integer> sizes) throws IOException {
        List<BenchReport.Row> r1 = new ArrayList<>();
        BenchReport last = null;
        for (int edge : sizes) {
            List<String> arguments = new ArrayList<>(r1(edge));
            arguments.add("--no-observers");
            if (against != null) {
                arguments.addAll(List.of("--against", against));
            }
            if (againstEvents != null) {
                arguments.addAll(List.of("--against-events", againstEvents.toString()));
            }
            last = measure(
                    "r1-" + edge,
                    arguments,
                    edge > LARGEST_WITH_ALL_TURNS ? Math.min(repeats, TURNS_OF_LARGER_BOXES) : repeats);
            r1.add(last.rows().get(0));
        }
        if (last == null) {
            throw new IllegalArgumentException("no sizes");
        }
        int observedEdge = Math.min(REPLICA_EDGE, sizes.get(sizes.size() - 1));
        List<String> whole = List.of("--scenario", "r1", "--sizes", Integer.toString(observedEdge));
        List<BenchReport.Row> observed = new ArrayList<>();
        observed.addAll(measure("r1-observed", whole, repeats).rows());
        for (String scenario : List.of("na-vn", "alloy")) {
            observed.addAll(
                    measure(scenario, List.of("--scenario", scenario), repeats).rows());
        }
        List<BenchReport.Row> wide = new ArrayList<>();
        int wideEdge = Math.min(WIDE_EDGE, sizes.get(sizes.size() - 1));
        for (String scenario : List.of("r1", "na-vn", "alloy")) {
            wide.addAll(measure(
                            scenario + "-wide",
                            List.of("--scenario", scenario, "--sizes", Integer.toString(wideEdge)),
                            1)
                    .rows());
        }
        List<SuiteReport.Pair> replicas = new ArrayList<>();
        List<SuiteReport.Pair> rivals = new ArrayList<>();
        for (int turn = 1; turn <= repeats; turn++) {
            replicas.add(replicas(observedEdge, turn));
            if (against != null) {
                rivals.add(rivals(against, observedEdge));
            }
        }
        return new SuiteReport(last, r1, observed, wide, replicas, rivals, otherJava(observedEdge));
    }

    /** The loop alone on this JDK and on another, in turns. */
    private List<SuiteReport.JdkTurn> otherJava(int edge) throws IOException {
        List<SuiteReport.JdkTurn> turns = new ArrayList<>();
        for (int turn = 1; otherJava != null && turn <= repeats; turn++) {
            for (String scenario : List.of("r1", "na-vn")) {
                List<String> arguments =
                        new ArrayList<>(scenario.equals("r1") ? r1(edge) : List.of("--scenario", scenario));
                arguments.addAll(List.of("--no-observers", "--repeats", "1"));
                String name = "jdk-" + scenario + "-" + turn;
                BenchReport here = finish(start(name + "-this", arguments), name + "-this");
                BenchReport there = finish(start(otherJava, name + "-other", arguments), name + "-other");
                turns.add(new SuiteReport.JdkTurn(
                        scenario,
                        here.process().java(),
                        nanosPerEvent(here),
                        there.process().java(),
                        nanosPerEvent(there)));
            }
        }
        return turns;
    }

    private static double nanosPerEvent(BenchReport report) {
        return report.rows().get(0).bare().get(0).nanosPerEvent();
    }

    /**
     * r1 in a box of this edge, until some 2·10⁶ events have happened: a third of that in the smallest box, whose deposit would grow thick else, more where a
     * large box would stay bare.
     */
    private static List<String> r1(int edge) {
        return List.of(
                "--scenario",
                "r1",
                "--sizes",
                Integer.toString(edge),
                "--set",
                "protocol.steps.0.until.time=" + timeSeconds(edge) + " s");
    }

    private static double timeSeconds(int edge) {
        double ratio = 512.0 / edge;
        return ratio >= 1 ? Math.min(1e15, 1e13 * ratio * ratio) : 1e13 * Math.sqrt(ratio);
    }

    /** Events a second of one replica alone, then of two at the same time. */
    private SuiteReport.Pair replicas(int edge, int turn) throws IOException {
        List<String> arguments = new ArrayList<>(r1(edge));
        arguments.addAll(List.of("--no-observers", "--repeats", "1"));
        String name = "replicas-" + turn;
        double alone = speed(finish(start(name + "-alone", arguments), name + "-alone"));
        Process first = start(name + "-first", arguments);
        Process second = start(name + "-second", arguments);
        double together = speed(finish(first, name + "-first")) + speed(finish(second, name + "-second"));
        SuiteReport.Pair pair = new SuiteReport.Pair(alone, together);
        say(String.format(Locale.ROOT, "two replicas, turn %d: %.2f times as fast as one", turn, pair.gain()));
        return pair;
    }

    private static double speed(BenchReport report) {
        return report.rows().get(0).bare().get(0).eventsPerSecond();
    }

    /** The same of the other program. */
    private SuiteReport.Pair rivals(String command, int edge) {
        Rival rival = new Rival(command, againstEvents);
        double alone = 1e9 / rival.time(edge, timeSeconds(edge)).nanosPerEvent();
        double[] other = new double[1];
        Thread second = new Thread(
                () -> other[0] = 1e9 / rival.time(edge, timeSeconds(edge)).nanosPerEvent(), "second program");
        second.start();
        double one = 1e9 / rival.time(edge, timeSeconds(edge)).nanosPerEvent();
        try {
            second.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("interrupted while two programs ran");
        }
        return new SuiteReport.Pair(alone, one + other[0]);
    }

    private BenchReport measure(String name, List<String> arguments, int turns) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--repeats", Integer.toString(turns)));
        BenchReport report = finish(start(name, all), name);
        for (BenchReport.Row row : report.rows()) {
            say(String.format(
                    Locale.ROOT,
                    "%s, %s: %.1f ns/event",
                    row.scenario(),
                    row.box(),
                    BenchReport.median(row.bare(), Timing::nanosPerEvent)));
        }
        return report;
    }

    private Process start(String name, List<String> arguments) throws IOException {
        return start(Path.of(System.getProperty("java.home"), "bin", "java"), name, arguments);
    }

    private Process start(Path java, String name, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "bench"));
        command.addAll(arguments);
        command.addAll(List.of(
                "--seconds",
                Double.toString(seconds),
                "--warm-up",
                Double.toString(warmUpSeconds),
                "--out",
                directory.resolve(name).toString()));
        Files.createDirectories(directory);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
    }

    private BenchReport finish(Process process, String name) throws IOException {
        try {
            if (process.waitFor() != 0) {
                throw CommandFailure.failed("a part of the benchmark failed; see " + directory.resolve(name + ".log"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw CommandFailure.failed("interrupted");
        }
        return BenchReport.read(Files.readString(directory.resolve(name).resolve("bench.json")));
    }

    private void say(String line) {
        progress.println(line);
        progress.flush();
    }
}
