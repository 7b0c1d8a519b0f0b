package dev.kossel.bench;

import dev.kossel.engine.observe.EventBatch;
import dev.kossel.engine.observe.EventObserver;
import dev.kossel.engine.observe.Sample;
import dev.kossel.engine.stream.EventPipeline;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs the loop to let observers see its state: what has changed, or a copy of the lattice, at a sample; or every event, as the trace wants it.
 * See {@code docs/adr/0017-changes-handed-to-one-recorder.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HandOverBenchmark {

    private static final double[][] NO_FIELDS = {};

    /** Sites along each edge of a simple cubic box. */
    @Param({"64", "128", "256"})
    int edge;

    private static final int CHANGES = 1000;

    private EventPipeline samples;
    private EventPipeline events;
    private byte[] species;
    private byte[] own;
    private final long[] counts = new long[1];
    private final double[] readings = new double[1];
    private long index;
    private int site;

    /** Follows the run on a lattice of its own. */
    private static final class Replica implements EventObserver {
        private final byte[] species;

        Replica(int sites) {
            species = new byte[sites];
        }

        @Override
        public String name() {
            return "replica";
        }

        @Override
        public boolean wantsEvents() {
            return true;
        }

        @Override
        public void onEvents(EventBatch batch) {
            for (int i = 0; i < batch.size(); i++) {
                species[batch.site(i)] = 0;
                species[batch.target(i)] = 1;
            }
        }
    }

    private static final class Reader implements EventObserver {
        @Override
        public String name() {
            return "reader";
        }

        @Override
        public void onSample(Sample sample) {
            // The cost of handing over is measured, not that of measuring.
        }
    }

    @Setup(Level.Trial)
    public void start() {
        Lattice lattice = new Lattice(LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, edge, edge, edge));
        species = lattice.speciesArray();
        own = new byte[species.length];
        Lattice initial = Lattice.copyOf(lattice);
        samples = EventPipeline.start(initial, 1, 1, List.of(new Reader()));
        events = EventPipeline.start(initial, 1, 1, List.of(new Replica(species.length)));
    }

    @TearDown(Level.Trial)
    public void stop() {
        samples.close();
        events.close();
    }

    /** The next site of a walk through the box with the stride of a hop to a random place. */
    private int next() {
        site = Math.floorMod(site + 0x9E3779B1, species.length);
        return site;
    }

    /** An event that nobody watches: two writes to the lattice. */
    @Benchmark
    public void baseline() {
        int from = next();
        int to = from == 0 ? 1 : from - 1;
        own[from] = 0;
        own[to] = 1;
    }

    /** The same, published and applied to a replica by its observer: nanoseconds an <em>event</em>. */
    @Benchmark
    public void publishedEvent() {
        int from = next();
        int to = from == 0 ? 1 : from - 1;
        own[from] = 0;
        own[to] = 1;
        events.event(index++, from, to, 0);
    }

    /** {@value #CHANGES} changes logged and handed over: nanoseconds a <em>sample</em>. */
    @Benchmark
    public void changedSample() {
        for (int i = 0; i < CHANGES; i++) {
            int at = next();
            byte now = (byte) (1 - species[at]);
            species[at] = now;
            samples.changed(at, now);
        }
        samples.sample(
                index++,
                0,
                0,
                0,
                counts,
                readings,
                (first, count, out) -> System.arraycopy(species, first, out, 0, count),
                false,
                NO_FIELDS);
    }

    /** A copy handed over: nanoseconds a <em>sample</em>. */
    @Benchmark
    public void copiedSample() {
        samples.sample(index++, 0, 0, 0, counts, readings, species, false);
    }
}
