package dev.kossel.bench;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.util.concurrent.TimeUnit;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
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

/**
 * The neighbours of a random site, on every lattice in its default orientation: all at once, one by one, and with a
 * read of the species there.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class NeighborBenchmark {

    @Param
    LatticeKind kind;

    /** Cells along each edge; not a power of two. */
    @Param({"30", "120"})
    int cells;

    private final UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(1);
    private LatticeGeometry geometry;
    private int[] neighbors;
    private byte[] species;

    @Setup
    public void build() {
        boolean flat = kind == LatticeKind.SQUARE || kind == LatticeKind.TRIANGULAR;
        String orientation = LatticeGeometry.orientations(kind).get(0);
        geometry = LatticeGeometry.of(kind, orientation, 0.3, Math.sqrt(8.0 / 3), cells, cells, flat ? 1 : cells);
        neighbors = new int[geometry.neighborCount()];
        species = new byte[geometry.siteCount()];
        for (int site = 0; site < species.length; site++) {
            species[site] = (byte) (random.nextLong() & 1);
        }
    }

    @Benchmark
    public int baseline() {
        return randomSite();
    }

    @Benchmark
    public int[] all() {
        geometry.neighbors(randomSite(), neighbors);
        return neighbors;
    }

    @Benchmark
    public int oneByOne() {
        int site = randomSite();
        int sum = 0;
        for (int k = 0; k < neighbors.length; k++) {
            sum += geometry.neighbor(site, k);
        }
        return sum;
    }

    /** How many neighbours are occupied. */
    @Benchmark
    public int occupied() {
        geometry.neighbors(randomSite(), neighbors);
        int count = 0;
        for (int neighbor : neighbors) {
            if (neighbor >= 0) {
                count += species[neighbor];
            }
        }
        return count;
    }

    private int randomSite() {
        return (int) Math.multiplyHigh(random.nextLong() >>> 1, (long) species.length << 1);
    }
}
