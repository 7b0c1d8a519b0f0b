package dev.kossel.bench;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.BoxCounting;
import dev.kossel.lattice.morphology.Branches;
import dev.kossel.lattice.morphology.Clusters;
import dev.kossel.lattice.morphology.Facets;
import dev.kossel.lattice.morphology.HeightCorrelation;
import dev.kossel.lattice.morphology.HeightMap;
import dev.kossel.lattice.morphology.Islands;
import dev.kossel.lattice.morphology.LayerCensus;
import dev.kossel.lattice.morphology.MassRadius;
import dev.kossel.lattice.morphology.MeanCurvature;
import dev.kossel.lattice.morphology.Porosity;
import dev.kossel.lattice.morphology.Substrate;
import dev.kossel.lattice.morphology.Surface;
import dev.kossel.lattice.morphology.Tips;
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
    private LayerCensus census;
    private HeightMap heights;
    private Islands islands;
    private Clusters clusters;
    private Surface surface;
    private BoxCounting boxes;
    private Facets facets;
    private MeanCurvature curvature;
    private MassRadius mass;
    private Branches branches;
    private Tips tips;
    private Porosity porosity;
    private int site;

    @Setup
    public void build() throws ScenarioException {
        Model model = Deposit.of("r1", edge);
        lattice = model.initial();
        Substrate substrate = Substrate.of(lattice, METAL);
        census = new LayerCensus(model.geometry()).measure(lattice);
        heights = new HeightMap(substrate, METAL).measure(lattice);
        islands = new Islands(substrate, METAL);
        clusters = Clusters.ofNearestNeighbors(model.geometry());
        surface = new Surface(substrate, METAL);
        surface.measure(lattice);
        boxes = new BoxCounting(model.geometry());
        facets = new Facets(model.geometry(), METAL);
        curvature = new MeanCurvature(model.geometry(), METAL);
        mass = new MassRadius(substrate, METAL);
        branches = new Branches(model.geometry(), METAL);
        tips = new Tips(substrate, METAL);
        porosity = new Porosity(substrate, METAL);
    }

    /** All sites counted by layer and species. */
    @Benchmark
    public long census() {
        return census.measure(lattice).count(1);
    }

    /** A thousand changes followed by census and height map, and the moments of the heights. */
    @Benchmark
    public double follow() {
        for (int i = 0; i < 1000; i++) {
            site = Math.floorMod(site + 0x9E3779B1, lattice.geometry().siteCount());
            int before = lattice.species(site);
            lattice.setSpecies(site, 1 - before);
            census.update(site, before, 1 - before);
            heights.update(lattice, site);
            lattice.setSpecies(site, before);
            census.update(site, 1 - before, before);
            heights.update(lattice, site);
        }
        return heights.rmsRoughnessNm();
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

    /** From here on as at a snapshot: census and height map are at hand. */
    @Benchmark
    public int clustersNearTheSurface() {
        return clusters.measure(lattice, METAL, census).count();
    }

    @Benchmark
    public double surface() {
        return surface.measure(lattice, census).areaNm2();
    }

    @Benchmark
    public double boxCounting() {
        return boxes.dimension(surface);
    }

    @Benchmark
    public double facets() {
        return facets.measure(lattice, census).areaRatio();
    }

    @Benchmark
    public double curvature() {
        return curvature.measure(lattice, surface).meanPerNm();
    }

    @Benchmark
    public double massRadius() {
        return mass.dimension(lattice);
    }

    @Benchmark
    public int branches() {
        return branches.measure(lattice, census).branches();
    }

    @Benchmark
    public int tips() {
        return tips.measure(heights).tips().size();
    }

    @Benchmark
    public double porosity() {
        return porosity.measure(lattice, census, heights).fraction();
    }
}
