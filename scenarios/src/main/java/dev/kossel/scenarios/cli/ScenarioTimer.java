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
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Times a scenario after a warm-up, bare or as a run with all its observers. A run that ends is begun anew, and what it takes to build it is not
 * counted. One thread.
 */
final class ScenarioTimer {

    private static final long HIGHEST_NANOS = 3_600_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;

    /** A look asks the JVM and the kernel for counters, which takes a microsecond. */
    private static final long LOOK_NANOS = 5_000_000;

    private final Scenario scenario;
    private final long warmUpNanos;
    private final long nanos;

    ScenarioTimer(Scenario scenario, double warmUpSeconds, double seconds) {
        this.scenario = scenario;
        warmUpNanos = (long) (warmUpSeconds * 1e9);
        nanos = (long) (seconds * 1e9);
    }

    /** The loop and the control, without observers. */
    Timing bare() {
        long heapBefore = liveHeap();
        Model model = SimulationAssembler.model(scenario);
        Stretch stretch = new Stretch();
        Simulation simulation = SimulationAssembler.simulation(model, null);
        stretch.enter(simulation);
        long looked = System.nanoTime();
        while (!stretch.isOver()) {
            long before = System.nanoTime();
            simulation.advance();
            long now = System.nanoTime();
            stretch.slice(now - before);
            if (simulation.endReason() != null) {
                refuseIdle(simulation);
                stretch.look(simulation, now - looked);
                simulation = SimulationAssembler.simulation(model, null);
                stretch.enter(simulation);
                looked = System.nanoTime();
            } else if (now - looked > LOOK_NANOS) {
                stretch.look(simulation, now - looked);
                looked = now;
            }
        }
        long resident = liveHeap() - heapBefore;
        Reference.reachabilityFence(simulation);
        return stretch.timing(resident, model);
    }

    /**
     * The same as a run in a directory, which is removed again. A run that comes to its end within the stretch counts with its last checkpoint and its
     * summary.
     */
    Timing observed() throws IOException {
        Path directory = Files.createTempDirectory("kossel-bench-");
        try {
            long heapBefore = liveHeap();
            Model model = SimulationAssembler.model(scenario);
            Stretch stretch = new Stretch();
            for (int n = 0; ; n++) {
                Path path = directory.resolve(Integer.toString(n));
                try (ScenarioRun run =
                        ScenarioRun.begin(model, ScenarioWriter.write(scenario), path, "benchmark", "unknown")) {
                    stretch.enter(run.simulation());
                    Watch watch = new Watch(stretch, run.simulation());
                    run.run(watch);
                    watch.look();
                    refuseIdle(run.simulation());
                    if (stretch.isOver()) {
                        return stretch.timing(liveHeap() - heapBefore, model);
                    }
                }
                delete(path);
            }
        } finally {
            delete(directory);
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
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Looks at a run a few times a second, and stops it when the stretch is over. */
    private static final class Watch implements ScenarioRun.Monitor {
        private final Stretch stretch;
        private final Simulation simulation;
        private long before = System.nanoTime();

        Watch(Stretch stretch, Simulation simulation) {
            this.stretch = stretch;
            this.simulation = simulation;
        }

        void look() {
            long now = System.nanoTime();
            stretch.look(simulation, now - before);
            before = now;
        }

        @Override
        public void progress(ScenarioRun run) {
            look();
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
        private final Histogram slices = new Histogram(HIGHEST_NANOS, SIGNIFICANT_DIGITS);
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
            if (spentNanos >= warmUpNanos) {
                slices.recordValue(Math.min(sliceNanos, HIGHEST_NANOS));
            }
        }

        /** Counts what has happened since the last look, {@code elapsedNanos} ago. */
        void look(Simulation simulation, long elapsedNanos) {
            long eventsNow = simulation.kmc().events();
            long nullEventsNow = simulation.kmc().nullEvents();
            long allocatedNow = allocatedBytes();
            long cpuNanosNow = threads.getCurrentThreadCpuTime();
            if (spentNanos >= warmUpNanos && !isOver()) {
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

        Timing timing(long residentBytes, Model model) {
            return new Timing(
                    events,
                    nullEvents,
                    measuredNanos * 1e-9,
                    cpuNanos * 1e-9,
                    allocated,
                    residentBytes,
                    model.geometry().siteCount(),
                    Timing.Latency.of(slices));
        }
    }
}
