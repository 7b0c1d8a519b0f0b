package dev.kossel.bench;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Clusters;
import dev.kossel.lattice.morphology.HeightCorrelation;
import dev.kossel.lattice.morphology.HeightMap;
import dev.kossel.lattice.morphology.Islands;
import dev.kossel.lattice.morphology.Porosity;
import dev.kossel.lattice.morphology.Substrate;
import dev.kossel.lattice.morphology.Surface;
import dev.kossel.scenarios.Model;
import dev.kossel.scenarios.file.ScenarioException;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** What observers measure on a copy of the lattice: milliseconds a measurement, in a box of {@code edge}² × 32 sites. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MorphologyBenchmark {

    private static final SpeciesSet METAL = SpeciesSet.of(1);

    @Param({"64", "256"})
    int edge;

    private Lattice lattice;
    private HeightMap heights;
    private Islands islands;
    private Clusters clusters;
    private Surface surface;
    private Porosity porosity;

    @Setup
    public void build() throws ScenarioException {
        Model model = Deposit.of("r1", edge);
        lattice = model.initial();
        Substrate substrate = Substrate.of(lattice, METAL);
        heights = new HeightMap(substrate, METAL);
        islands = new Islands(substrate, METAL);
        clusters = Clusters.ofNearestNeighbors(model.geometry());
        surface = new Surface(substrate, METAL);
        porosity = new Porosity(substrate, METAL);
    }

    @Benchmark
    public double heightMap() {
        return heights.measure(lattice).rmsRoughnessNm();
    }

    /** The height map included. */
    @Benchmark
    public double correlation() {
        return HeightCorrelation.of(heights.measure(lattice)).lengthNm();
    }

    @Benchmark
    public int islands() {
        return islands.measure(lattice).count();
    }

    @Benchmark
    public int clusters() {
        return clusters.measure(lattice, METAL).count();
    }

    @Benchmark
    public double surface() {
        return surface.measure(lattice).areaNm2();
    }

    @Benchmark
    public double porosity() {
        return porosity.measure(lattice).fraction();
    }
}
