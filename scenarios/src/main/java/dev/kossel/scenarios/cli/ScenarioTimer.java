package dev.kossel.scenarios.cli;

import com.sun.management.ThreadMXBean;
import dev.kossel.scenarios.Model;
import dev.kossel.scenarios.ScenarioRun;
import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.SimulationAssembler;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.file.ScenarioWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Times a scenario after a warm-up, bare or as a run with all its observers. A run that ends is begun anew, and what it takes to build it is not
 * counted.
 *
 * <p>What the just-in-time compiler has learned stays: the model is compiled once, and each stretch goes on with the simulation of the one before until
 * it ends. The first stretch of each kind is preceded by the whole warm-up, the others by a quarter of it. One thread.
 */
final class ScenarioTimer {

    private static final long HIGHEST_NANOS = 3_600_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;

    /** A look asks the JVM and the kernel for counters, which takes a microsecond. */
    private static final long LOOK_NANOS = 5_000_000;

    private static final double LATER_WARM_UP = 0.25;

    /** The serial collector moves nothing together in three full collections of four where little of the old generation is dead (MarkSweepAlwaysCompactCount). */
    private static final int COLLECTIONS = 4;

    private static final List<String> LEAST =
            List.of("lattice.size=[16, 16, 16]", "stop={events: 100}", "output={statistics: 2, snapshots: 1}");

    private static final Path MEMORY = Path.of("/proc/self/statm");
    private static final long PAGE_BYTES = 4096;

    private final Scenario scenario;
    /** Of the stretch at hand; lives before anything of the scenario does. */
    private final Histogram slices = new Histogram(HIGHEST_NANOS, SIGNIFICANT_DIGITS);

    private final long warmUpNanos;
    private final long nanos;
    private final long heapBefore;
    private final Model model;
    private @Nullable Simulation simulation;
    private @Nullable Held bareHeld;
    private @Nullable Held observedHeld;

    private record Held(long heapBytes, double rssBytes) {}

    ScenarioTimer(Scenario scenario, double warmUpSeconds, double seconds) {
        this.scenario = scenario;
        warmUpNanos = (long) (warmUpSeconds * 1e9);
        nanos = (long) (seconds * 1e9);
        heapBefore = liveHeap();
        model = SimulationAssembler.model(scenario);
    }

    /** The loop and the control, without observers. */
    Timing bare() {
        Stretch stretch = new Stretch(bareHeld == null);
        Simulation running = simulation == null ? SimulationAssembler.simulation(model, null) : simulation;
        stretch.enter(running);
        long looked = System.nanoTime();
        while (!stretch.isOver()) {
            long before = System.nanoTime();
            running.advance();
            long now = System.nanoTime();
            stretch.slice(now - before);
            if (running.endReason() != null) {
                refuseIdle(running);
                stretch.look(running, now - looked);
                running = SimulationAssembler.simulation(model, null);
                stretch.enter(running);
                looked = System.nanoTime();
            } else if (now - looked > LOOK_NANOS) {
                stretch.look(running, now - looked);
                looked = now;
            }
        }
        simulation = running;
        if (bareHeld == null) {
            bareHeld = held();
        }
        return stretch.timing(bareHeld, model);
    }

    /**
     * The same as a run in a directory, which is removed again. Events are counted up to the last of a run, with all waits for observers; what it takes from
     * there to the last checkpoint and the summary is told apart.
     */
    Timing observed() throws IOException {
        // One simulation at a time, so that memory can be told.
        simulation = null;
        Path directory = Files.createTempDirectory("kossel-bench-");
        try {
            Stretch stretch = new Stretch(observedHeld == null);
            for (int n = 0; ; n++) {
                Path path = directory.resolve(Integer.toString(n));
                try (ScenarioRun run =
                        ScenarioRun.begin(model, ScenarioWriter.write(scenario), path, "benchmark", "unknown")) {
                    stretch.enter(run.simulation());
                    Watch watch = new Watch(stretch, run.simulation());
                    run.run(watch);
                    watch.finished();
                    refuseIdle(run.simulation());
                    if (stretch.isOver()) {
                        if (observedHeld == null) {
                            observedHeld = held();
                        }
                        return stretch.timing(observedHeld, model);
                    }
                }
                delete(path);
            }
        } finally {
            delete(directory);
        }
    }

    /**
     * Records a run of next to nothing. What the program keeps from then on, however small the box, is there before anything is counted: classes, directories of
     * their jars, names of languages and time zones.
     */
    static void rehearse() throws IOException {
        Scenario least = ScenarioArgument.read("r1", LEAST);
        Path directory = Files.createTempDirectory("kossel-bench-");
        try (ScenarioRun run = ScenarioRun.begin(
                SimulationAssembler.model(least),
                ScenarioWriter.write(least),
                directory.resolve("run"),
                "benchmark",
                "unknown")) {
            run.run(ScenarioRun.Monitor.NOBODY);
        } finally {
            delete(directory);
        }
    }

    private Held held() {
        return new Held(liveHeap() - heapBefore, rssBytes());
    }

    /** What this process has in memory, as the Linux kernel tells; NaN elsewhere. */
    private static double rssBytes() {
        try {
            return Long.parseLong(Files.readString(MEMORY).split(" ")[1]) * (double) PAGE_BYTES;
        } catch (IOException | NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static void refuseIdle(Simulation simulation) {
        if (simulation.kmc().events() == 0) {
            throw CommandFailure.failed("the scenario ends before anything happens: " + simulation.endReason());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static long liveHeap() {
        for (int n = 0; n < COLLECTIONS; n++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Looks at a run a few times a second, and stops it when the stretch is over. */
    private static final class Watch implements ScenarioRun.Monitor {
        private final Stretch stretch;
        private final Simulation simulation;
        private long before = System.nanoTime();
        private boolean cameToItsEnd;

        Watch(Stretch stretch, Simulation simulation) {
            this.stretch = stretch;
            this.simulation = simulation;
        }

        void look() {
            long now = System.nanoTime();
            stretch.look(simulation, now - before);
            before = now;
        }

        /** The directory is complete. */
        void finished() {
            if (cameToItsEnd) {
                stretch.finished(System.nanoTime() - before);
            }
        }

        @Override
        public void progress(ScenarioRun run) {
            look();
        }

        @Override
        public void loopEnded() {
            look();
            cameToItsEnd = true;
        }

        @Override
        public boolean stopRequested() {
            return stretch.isOver();
        }

        @Override
        public void slice(long nanos) {
            stretch.slice(nanos);
        }
    }

    /** Sums over warm-up and measurement; only the latter counts. */
    private final class Stretch {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private long spentNanos;
        private long measuredNanos;
        private long events;
        private long nullEvents;
        private long allocated;
        private long cpuNanos;
        private long eventsSeen;
        private long nullEventsSeen;
        private long allocatedSeen;
        private long cpuNanosSeen;
        private long finishNanos;
        private final long stretchWarmUpNanos;

        Stretch(boolean first) {
            slices.reset();
            stretchWarmUpNanos = first ? warmUpNanos : (long) (LATER_WARM_UP * warmUpNanos);
        }

        /** A run whose last event has been counted has taken so long to end. */
        void finished(long elapsedNanos) {
            if (spentNanos >= stretchWarmUpNanos && measuredNanos > 0) {
                finishNanos += elapsedNanos;
            }
        }

        /** A simulation begins; what it took to build it does not count. */
        void enter(Simulation simulation) {
            eventsSeen = simulation.kmc().events();
            nullEventsSeen = simulation.kmc().nullEvents();
            allocatedSeen = allocatedBytes();
            cpuNanosSeen = threads.getCurrentThreadCpuTime();
        }

        boolean isOver() {
            return measuredNanos >= nanos;
        }

        void slice(long sliceNanos) {
            if (spentNanos >= stretchWarmUpNanos) {
                slices.recordValue(Math.min(sliceNanos, HIGHEST_NANOS));
            }
        }

        /** Counts what has happened since the last look, {@code elapsedNanos} ago. */
        void look(Simulation simulation, long elapsedNanos) {
            long eventsNow = simulation.kmc().events();
            long nullEventsNow = simulation.kmc().nullEvents();
            long allocatedNow = allocatedBytes();
            long cpuNanosNow = threads.getCurrentThreadCpuTime();
            if (spentNanos >= stretchWarmUpNanos && !isOver()) {
                measuredNanos += elapsedNanos;
                events += eventsNow - eventsSeen;
                nullEvents += nullEventsNow - nullEventsSeen;
                allocated += allocatedNow - allocatedSeen;
                cpuNanos += cpuNanosNow - cpuNanosSeen;
            }
            spentNanos += elapsedNanos;
            eventsSeen = eventsNow;
            nullEventsSeen = nullEventsNow;
            allocatedSeen = allocatedNow;
            cpuNanosSeen = cpuNanosNow;
        }

        private long allocatedBytes() {
            return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        }

        Timing timing(Held held, Model model) {
            return new Timing(
                    events,
                    nullEvents,
                    measuredNanos * 1e-9,
                    cpuNanos * 1e-9,
                    finishNanos * 1e-9,
                    allocated,
                    held.heapBytes(),
                    held.rssBytes(),
                    model.geometry().siteCount(),
                    Timing.Latency.of(slices));
        }
    }
}
