package dev.kossel.bench;

import com.sun.management.ThreadMXBean;
import dev.kossel.lattice.Lattice;
import dev.kossel.scenarios.Model;
import dev.kossel.scenarios.ScenarioRun;
import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.SimulationAssembler;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.file.ScenarioLibrary;
import dev.kossel.scenarios.file.ScenarioReader;
import dev.kossel.scenarios.file.ScenarioWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole scenarios, from the file to the event loop: nanoseconds an <em>event</em>, over {@value #EVENTS} events of steady
 * growth.
 *
 * <p>The box begins with a deposit whose roughness is drawn, and hops smooth it once for all invocations. Each of them
 * runs the same events from there. With observers, a run includes its last checkpoint and its summary.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4)
@Measurement(iterations = 7)
public class EndToEndBenchmark {

    static final int EVENTS = 1_000_000;

    /** What is run. */
    public enum Case {
        /** Electrochemical control, bcc, two shells, hops with bond energies; sampled as often as the scenario asks. */
        NA_VN(
                "na-vn",
                36,
                10,
                "initial=[{type: layers, species: VN, count: 1}, {type: layers, species: Na, count: 1},"
                        + " {type: rough, species: Na, mean: 0.3 nm, rms: 0.1 nm, correlation: 3 nm}]",
                "protocol.steps.0.until={charge: 7 mC/cm^2}",
                "output={statistics: 4 uC/cm^2, snapshots: 35 uC/cm^2}"),
        /** The benchmark model: simple cubic, one shell, hops and arrivals in line of sight. */
        R1(
                "r1",
                32,
                100,
                "initial=[{type: layers, species: M, count: 2},"
                        + " {type: rough, species: M, mean: 0.3 nm, rms: 0.1 nm, correlation: 3 nm}]",
                "protocol.steps.0.until.time=1e17 s"),
        /** Three metals and an additive under control, with many distinct rates. */
        ALLOY(
                "alloy",
                24,
                50,
                "initial=[{type: layers, species: A, count: 3},"
                        + " {type: rough, species: B, mean: 0.3 nm, rms: 0.1 nm, correlation: 3 nm}]"),
        /** Simple cubic, one shell, hops with bond energies and deposition; looked for from the root of the sources. */
        SURFACE_DIFFUSION(
                "docs/examples/surface-diffusion.yaml",
                32,
                100,
                "initial=[{type: layers, species: M, count: 2},"
                        + " {type: rough, species: M, mean: 0.3 nm, rms: 0.1 nm, correlation: 3 nm}]");

        private final String scenario;
        private final int cellsZ;
        private final int smoothing;
        private final List<String> overrides;

        /** @param smoothing events for each site of a layer that smooth the deposit */
        Case(String scenario, int cellsZ, int smoothing, String... overrides) {
            this.scenario = scenario;
            this.cellsZ = cellsZ;
            this.smoothing = smoothing;
            this.overrides = List.of(overrides);
        }

        private Scenario read(int edge, String stop) throws ScenarioException {
            List<String> all = new ArrayList<>(overrides);
            all.add("lattice.size=[" + edge + ", " + edge + ", " + cellsZ + "]");
            all.add("stop=" + stop);
            return ScenarioLibrary.names().contains(scenario)
                    ? ScenarioLibrary.read(scenario, all)
                    : ScenarioReader.read(Path.of(scenario), all);
        }
    }

    /** Sums over an iteration; JMH adds them up. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Totals {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private long events;
        private long nullEvents;
        private long allocated;
        private long cpuNanos;

        @Setup(Level.Iteration)
        public void clear() {
            events = 0;
            nullEvents = 0;
            allocated = 0;
            cpuNanos = 0;
        }

        public long events() {
            return events;
        }

        public long nullEvents() {
            return nullEvents;
        }

        /** By the loop's thread, bytes. */
        public long allocated() {
            return allocated;
        }

        /** Processor time of the loop's thread, which on a busy machine says more than the wall clock. */
        public long cpuNanos() {
            return cpuNanos;
        }

        private void enter() {
            allocated -= allocatedBytes();
            cpuNanos -= threads.getCurrentThreadCpuTime();
        }

        private void leave(Simulation simulation) {
            events += simulation.kmc().events();
            nullEvents += simulation.kmc().nullEvents();
            allocated += allocatedBytes();
            cpuNanos += threads.getCurrentThreadCpuTime();
        }

        private long allocatedBytes() {
            return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        }
    }

    @Param
    Case scenario;

    /** Cells along each horizontal edge. */
    @Param({"96", "192", "384"})
    int edge;

    private Model grown;

    /** A simulation at time 0. */
    @State(Scope.Thread)
    public static class Bare {
        private Simulation simulation;

        @Setup(Level.Invocation)
        public void begin(EndToEndBenchmark benchmark) {
            simulation = SimulationAssembler.simulation(benchmark.grown, null);
        }
    }

    /** A run in a temporary directory. */
    @State(Scope.Thread)
    public static class Observed {
        private Path directory;
        private ScenarioRun run;

        @Setup(Level.Invocation)
        public void begin(EndToEndBenchmark benchmark) throws IOException {
            directory = Files.createTempDirectory("kossel-bench-");
            String text = ScenarioWriter.write(benchmark.grown.scenario());
            run = ScenarioRun.begin(benchmark.grown, text, directory.resolve("run"), "benchmark", "unknown");
        }

        @TearDown(Level.Invocation)
        public void end() throws IOException {
            run.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Setup(Level.Trial)
    public void grow() throws ScenarioException {
        Model rough = SimulationAssembler.model(scenario.read(edge, "{}"));
        Simulation smoothing = SimulationAssembler.simulation(rough, null);
        while (smoothing.kmc().events() < (long) scenario.smoothing * edge * edge) {
            smoothing.advance();
            refuseEnd(smoothing);
        }
        byte[] species = new byte[rough.geometry().siteCount()];
        smoothing.lattice().copySpecies(species);
        grown = new Model(
                scenario.read(edge, "{events: " + EVENTS + "}"),
                new Lattice(rough.geometry(), species, rough.initial().siteTypeArray()),
                rough.table(),
                rough.kinetics(),
                rough.electrons(),
                rough.slowdown(),
                rough.contact(),
                rough.detaching(),
                rough.transport(),
                rough.ions());
    }

    private static void refuseEnd(Simulation simulation) {
        if (simulation.endReason() != null) {
            throw new IllegalStateException("too small a box: " + simulation.endReason());
        }
    }

    /** The loop and the control, without observers. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public double bare(Bare state, Totals totals) {
        totals.enter();
        Simulation simulation = state.simulation;
        while (simulation.endReason() == null) {
            simulation.advance();
        }
        totals.leave(simulation);
        return simulation.timeSeconds();
    }

    /** The same with the run directory that a user gets. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public Object observed(Observed state, Totals totals) throws IOException {
        totals.enter();
        var summary = state.run.run(ScenarioRun.Monitor.NOBODY);
        totals.leave(state.run.simulation());
        return summary;
    }
}
