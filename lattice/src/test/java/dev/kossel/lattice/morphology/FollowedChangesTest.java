package dev.kossel.lattice.morphology;

import static dev.kossel.lattice.morphology.Specimen.METAL;
import static dev.kossel.lattice.morphology.Specimen.SOLID;
import static dev.kossel.lattice.morphology.Specimen.SUBSTRATE;
import static dev.kossel.lattice.morphology.Specimen.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Measures that follow changes, or skip what a census calls full, against the same measured from nothing, after batches of changes in one go. */
class FollowedChangesTest {

    private static final int BATCHES = 60;

    /** A deposit that grows, dissolves and holes itself; now and then two species swap places or a whole layer fills. */
    private static int[] change(Lattice lattice, UniformRandomProvider random, int batch) {
        LatticeGeometry geometry = lattice.geometry();
        int changes = batch % 7 == 0 ? 0 : 1 + random.nextInt(25);
        int[] sites = random.ints(changes, 0, geometry.siteCount()).distinct().toArray();
        int lowest = batch / 6 % geometry.layerCount();
        for (int site : sites) {
            boolean fills = geometry.layer(site) <= lowest || random.nextInt(4) == 0;
            lattice.setSpecies(site, fills ? 1 + random.nextInt(2) : 0);
        }
        return sites;
    }

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldFindWhatMeasuringAnewFinds(LatticeGeometry geometry) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(11);
        Lattice lattice = flat(geometry, 2);
        Lattice before = Lattice.copyOf(lattice);
        Substrate substrate = Substrate.of(lattice, SOLID);
        HeightMap heights = new HeightMap(substrate, SOLID).measure(lattice);
        LayerCensus census = new LayerCensus(geometry).measure(lattice);
        Coverage coverage = new Coverage(substrate, SpeciesSet.of(METAL)).measure(lattice);
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int site : change(lattice, random, batch)) {
                heights.update(lattice, site);
                coverage.update(lattice, site, before.species(site));
                census.update(site, before.species(site), lattice.species(site));
                before.setSpecies(site, lattice.species(site));
            }
            assertThat(coverage.fraction())
                    .isEqualTo(new Coverage(substrate, SpeciesSet.of(METAL))
                            .measure(lattice)
                            .fraction());
            HeightMap heightsAnew = new HeightMap(substrate, SOLID).measure(lattice);
            for (int stack = 0; stack < substrate.stackCount(); stack++) {
                assertThat(heights.topLayer(stack)).isEqualTo(heightsAnew.topLayer(stack));
            }
            assertThat(heights.meanNm()).isEqualTo(heightsAnew.meanNm());
            assertThat(Double.compare(heights.kurtosis(), heightsAnew.kurtosis()))
                    .isZero();
            int[] counts = new int[3];
            for (int layer = 0; layer < geometry.layerCount(); layer++) {
                for (int species = 0; species <= METAL; species++) {
                    int count = count(lattice, layer, species);
                    counts[species] += count;
                    assertThat(census.count(layer, SpeciesSet.of(species))).isEqualTo(count);
                }
            }
            assertThat(census.count(SUBSTRATE)).isEqualTo(counts[SUBSTRATE]);
            assertThat(census.count(METAL)).isEqualTo(counts[METAL]);
            assertThat(census.count(METAL + 1)).isZero();
        }
    }

    private static int count(Lattice lattice, int layer, int species) {
        LatticeGeometry geometry = lattice.geometry();
        int count = 0;
        for (int site = 0; site < geometry.siteCount(); site++) {
            count += geometry.layer(site) == layer && lattice.species(site) == species ? 1 : 0;
        }
        return count;
    }

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldFindTheSameClustersWhateverLayersAreFull(LatticeGeometry geometry) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(12);
        Clusters clusters = Clusters.ofNearestNeighbors(geometry);
        for (int full = 0; full <= geometry.layerCount(); full++) {
            for (double fraction : new double[] {0, 0.05, 0.4}) {
                Lattice lattice = flat(geometry, full);
                Specimen.fill(lattice, METAL, site -> lattice.species(site) == 0 && random.nextDouble() < fraction);
                LayerCensus census = new LayerCensus(geometry).measure(lattice);
                assertThat(census.fullLayers(SOLID)).isGreaterThanOrEqualTo(full);
                int[] expected = labels(Clusters.ofNearestNeighbors(geometry).measure(lattice, SOLID), geometry);
                assertThat(labels(clusters.measure(lattice, SOLID, census), geometry))
                        .isEqualTo(expected);
                int[] metal =
                        labels(Clusters.ofNearestNeighbors(geometry).measure(lattice, SpeciesSet.of(METAL)), geometry);
                assertThat(labels(clusters.measure(lattice, SpeciesSet.of(METAL), census), geometry))
                        .isEqualTo(metal);
            }
        }
    }

    /** Second neighbours of a simple cubic crystal form two sublattices where all edges are even: full layers are two clusters there. */
    @Test
    void shouldNotTakeFullLayersForOneClusterWhereTheyAreNot() {
        LatticeGeometry geometry = Specimen.sc(4, 4, 6);
        Lattice lattice = flat(geometry, 5);
        LayerCensus census = new LayerCensus(geometry).measure(lattice);
        assertThat(new Clusters(geometry, 1).measure(lattice, SOLID, census).count())
                .isEqualTo(2);
        assertThat(new Clusters(geometry, 0).measure(lattice, SOLID, census).count())
                .isEqualTo(1);
    }

    private static int[] labels(Clusters clusters, LatticeGeometry geometry) {
        int[] labels = new int[geometry.siteCount()];
        for (int site = 0; site < labels.length; site++) {
            labels[site] = clusters.cluster(site);
        }
        return labels;
    }

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldCountEveryBrokenBondWhateverLayersAreFull(LatticeGeometry geometry) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(13);
        Lattice initial = flat(geometry, 1);
        Substrate substrate = Substrate.of(initial, SOLID);
        for (int full = 1; full <= geometry.layerCount(); full++) {
            Lattice lattice = flat(geometry, full);
            int top = full;
            Specimen.fill(lattice, METAL, site -> geometry.layer(site) == top && random.nextInt(3) == 0);
            long broken = 0;
            long deposited = 0;
            int[] nearest = NearestShells.of(geometry);
            for (int site = 0; site < geometry.siteCount(); site++) {
                if (!SOLID.contains(lattice.species(site))) {
                    continue;
                }
                deposited += geometry.layer(site) > 0 ? 1 : 0;
                for (int k = 0; k < geometry.neighborCount(); k++) {
                    int shell = geometry.shellOf(k);
                    int neighbor = geometry.neighbor(site, k);
                    boolean bond = Arrays.stream(nearest).anyMatch(s -> s == shell);
                    boolean missing = neighbor < 0
                            ? geometry.layerStep(geometry.basis(site), k) > 0
                            : !SOLID.contains(lattice.species(neighbor));
                    broken += bond && missing ? 1 : 0;
                }
            }
            Surface surface = new Surface(substrate, SOLID).measure(lattice);
            assertThat(surface.brokenBonds()).isEqualTo(broken);
            double volume = deposited * substrate.areaNm2() * geometry.heightNm() / geometry.siteCount();
            if (deposited > 0) {
                assertThat(surface.specificSurfacePerNm() * volume / surface.areaNm2())
                        .isCloseTo(1, within(1e-12));
            }
        }
    }
}
