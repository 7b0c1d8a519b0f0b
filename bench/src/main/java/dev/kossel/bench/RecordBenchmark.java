package dev.kossel.bench;

import dev.kossel.engine.record.CheckpointStore;
import dev.kossel.engine.record.FillTimes;
import dev.kossel.engine.record.SiteFields;
import dev.kossel.engine.record.SnapshotReader;
import dev.kossel.engine.record.SnapshotStamp;
import dev.kossel.engine.record.SnapshotWriter;
import dev.kossel.engine.record.StateHash;
import dev.kossel.lattice.Lattice;
import dev.kossel.scenarios.Model;
import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.SimulationAssembler;
import dev.kossel.scenarios.file.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Bytes on the disk: milliseconds a snapshot, a checkpoint, a hash of the state, in a box of {@code edge}² × 32 sites. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordBenchmark {

    @Param({"64", "256"})
    int edge;

    private Path directory;
    private Lattice lattice;
    private Simulation simulation;
    private CheckpointStore checkpoints;
    private Path written;

    @Setup
    public void build() throws ScenarioException, IOException {
        Model model = Deposit.of("r1", edge);
        simulation = SimulationAssembler.simulation(model, null);
        lattice = model.initial();
        directory = Files.createTempDirectory("kossel-bench-");
        checkpoints = new CheckpointStore(Files.createDirectory(directory.resolve("checkpoint")));
        written = directory.resolve("read" + SnapshotWriter.extension(model.geometry()));
        SnapshotWriter.write(written, lattice, SnapshotStamp.initial(), FillTimes.unknown(), SiteFields.none());
    }

    @TearDown
    public void remove() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public void writeSnapshot() throws IOException {
        SnapshotWriter.write(
                directory.resolve("written.vti"),
                lattice,
                SnapshotStamp.initial(),
                FillTimes.unknown(),
                SiteFields.none());
    }

    @Benchmark
    public Object readSnapshot() throws IOException {
        return SnapshotReader.read(written);
    }

    /** Species, clock, counters, generator and the order of the selector's lists. */
    @Benchmark
    public long writeCheckpoint() throws IOException {
        return checkpoints.write(out -> {
            out.write(lattice.speciesArray());
            simulation.kmc().save(out);
        });
    }

    @Benchmark
    public String hash() {
        return new StateHash().add(lattice.speciesArray()).hex();
    }
}
