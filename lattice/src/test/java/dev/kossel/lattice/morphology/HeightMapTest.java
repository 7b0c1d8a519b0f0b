package dev.kossel.lattice.morphology;

import static dev.kossel.lattice.morphology.Specimen.A;
import static dev.kossel.lattice.morphology.Specimen.METAL;
import static dev.kossel.lattice.morphology.Specimen.SOLID;
import static dev.kossel.lattice.morphology.Specimen.fill;
import static dev.kossel.lattice.morphology.Specimen.flat;
import static dev.kossel.lattice.morphology.Specimen.pile;
import static dev.kossel.lattice.morphology.Specimen.sc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeightMapTest {

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldFindAFullLayerFlat(LatticeGeometry geometry) {
        Lattice lattice = flat(geometry, 2);
        HeightMap map = new HeightMap(Substrate.of(lattice, SOLID), SOLID);
        for (int layer = 2; layer < geometry.layerCount(); layer++) {
            int growing = layer;
            fill(lattice, METAL, site -> geometry.layer(site) == growing);
            map.measure(lattice);
            double expected = geometry.layerHeightNm(layer) - geometry.layerHeightNm(1);
            assertThat(map.meanNm()).isCloseTo(expected, within(1e-12));
            assertThat(map.maxNm()).isCloseTo(expected, within(1e-12));
            assertThat(map.meanLayers()).isEqualTo(layer - 1);
            assertThat(map.rmsRoughnessNm()).isZero();
            assertThat(map.skewness()).isNaN();
            assertThat(map.kurtosis()).isNaN();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldRaiseOneStackByOneLayerForAnAdatom(LatticeGeometry geometry) {
        Lattice lattice = flat(geometry, 3);
        HeightMap map = new HeightMap(Substrate.of(lattice, SOLID), SOLID);
        for (int site = 0; site < geometry.siteCount(); site++) {
            if (geometry.layer(site) == 3) {
                lattice.setSpecies(site, METAL);
                assertThat(map.measure(lattice).meanLayers()).isEqualTo(1.0 / geometry.sitesPerLayer());
                lattice.setSpecies(site, 0);
            }
        }
    }

    @Test
    void shouldMeasureASquareWave() {
        LatticeGeometry geometry = sc(8, 4, 6);
        Lattice lattice = flat(geometry, 1);
        Substrate substrate = Substrate.of(lattice, SOLID);
        fill(lattice, METAL, site -> geometry.cellX(site) >= 4 && geometry.layer(site) <= 3);
        HeightMap map = new HeightMap(substrate, SOLID).measure(lattice);
        assertThat(map.meanNm()).isCloseTo(1.5 * A, within(1e-12));
        assertThat(map.minNm()).isZero();
        assertThat(map.maxNm()).isCloseTo(3 * A, within(1e-12));
        assertThat(map.rmsRoughnessNm()).isCloseTo(1.5 * A, within(1e-12));
        assertThat(map.skewness()).isCloseTo(0, within(1e-12));
        assertThat(map.kurtosis()).isCloseTo(1, within(1e-12));
        assertThat(map.rasterNm(4, 1)).containsExactly(new double[] {0, 0, 3 * A, 3 * A}, within(1e-12));
    }

    @Test
    void shouldMeasureASpire() {
        LatticeGeometry geometry = sc(4, 4, 6);
        Lattice lattice = flat(geometry, 1);
        Substrate substrate = Substrate.of(lattice, SOLID);
        pile(lattice, 2, 1, 1, 4);
        HeightMap map = new HeightMap(substrate, SOLID).measure(lattice);
        double p = 1.0 / 16;
        // The moments of a Bernoulli distribution.
        assertThat(map.rmsRoughnessNm()).isCloseTo(4 * A * Math.sqrt(p * (1 - p)), within(1e-12));
        assertThat(map.skewness()).isCloseTo((1 - 2 * p) / Math.sqrt(p * (1 - p)), within(1e-9));
        assertThat(map.kurtosis()).isCloseTo(3 + (1 - 6 * p * (1 - p)) / (p * (1 - p)), within(1e-9));
        assertThat(map.growthLayers(1 * 4 + 2)).isEqualTo(4);
        assertThat(map.heightNm(1 * 4 + 2)).isCloseTo(4 * A, within(1e-12));
    }

    @Test
    void shouldMeasureHeightsFromTheMeanInitialSurface() {
        LatticeGeometry geometry = sc(4, 4, 6);
        Lattice lattice = flat(geometry, 2);
        fill(lattice, METAL, site -> geometry.cellX(site) % 2 == 0 && geometry.layer(site) < 4);
        HeightMap map = new HeightMap(Substrate.of(lattice, SOLID), SOLID).measure(lattice);
        assertThat(map.meanNm()).isCloseTo(0, within(1e-12));
        assertThat(map.rmsRoughnessNm()).isCloseTo(A, within(1e-12));
        assertThat(map.meanLayers()).isZero();
        fill(lattice, 0, site -> geometry.cellX(site) == 0 && geometry.layer(site) >= 1);
        assertThat(map.measure(lattice).growthLayers(0)).isEqualTo(-3);
        assertThat(map.minNm()).isCloseTo(-2 * A, within(1e-12));
    }

    @Test
    void shouldSeeAnOverhangAsAMicroscopeDoes() {
        LatticeGeometry geometry = sc(4, 4, 6);
        Lattice lattice = flat(geometry, 1);
        Substrate substrate = Substrate.of(lattice, SOLID);
        lattice.setSpecies(geometry.site(3, 3, 4, 0), METAL);
        assertThat(new HeightMap(substrate, SOLID).measure(lattice).growthLayers(15))
                .isEqualTo(4);
    }

    @Test
    void shouldFindThePoissonRoughnessOfRandomDeposition() {
        LatticeGeometry geometry = sc(128, 128, 48);
        Lattice lattice = new Lattice(geometry);
        HeightMap map = new HeightMap(Substrate.of(lattice, SOLID), SOLID);
        UniformRandomProvider rng = RandomSource.XO_SHI_RO_256_PP.create(20_26L);
        int columns = 128 * 128;
        int[] heights = new int[columns];
        double mean = 12;
        for (int i = 0; i < mean * columns; i++) {
            int column = rng.nextInt(columns);
            pile(lattice, column % 128, column / 128, heights[column]++, 1);
        }
        map.measure(lattice);
        assertThat(map.meanNm() / A).isCloseTo(mean, within(1e-9));
        // The variance of the sample variance of a Poisson distribution is (μ + 2μ²)/M; 5 σ.
        double sigma = Math.sqrt((mean + 2 * mean * mean) / columns);
        double square = Math.pow(map.rmsRoughnessNm() / A, 2);
        assertThat(square).isCloseTo(mean, within(5 * sigma));
        assertThat(map.skewness()).isCloseTo(1 / Math.sqrt(mean), within(5 * Math.sqrt(6.0 / columns)));
        // White noise is forgotten after (1 − 1/e) of a cell.
        HeightCorrelation correlation = HeightCorrelation.of(map);
        assertThat(correlation.lengthNm()).isCloseTo((1 - 1 / Math.E) * A, within(0.05 * A));
    }

    @Test
    void shouldFindTheCorrelationLengthOfAWave() {
        LatticeGeometry geometry = sc(64, 4, 256);
        Lattice lattice = new Lattice(geometry);
        Substrate substrate = Substrate.of(lattice, SOLID);
        for (int x = 0; x < 64; x++) {
            for (int y = 0; y < 4; y++) {
                pile(lattice, x, y, 0, (int) Math.rint(128 + 100 * Math.cos(2 * Math.PI * x / 64)));
            }
        }
        HeightCorrelation correlation = HeightCorrelation.of(new HeightMap(substrate, SOLID).measure(lattice));
        // C(r)/C(0) = cos(2π r/λ)
        assertThat(correlation.lengthXNm()).isCloseTo(64 * A * Math.acos(1 / Math.E) / (2 * Math.PI), within(0.02 * A));
        assertThat(correlation.lengthYNm()).isNaN();
        assertThat(correlation.lengthNm()).isEqualTo(correlation.lengthXNm());
    }

    @Test
    void shouldHaveNoCorrelationLengthWhenFlat() {
        Lattice lattice = flat(sc(8, 8, 4), 2);
        HeightMap map = new HeightMap(Substrate.of(lattice, SOLID), SOLID).measure(lattice);
        assertThat(HeightCorrelation.of(map).lengthNm()).isNaN();
    }

    @Test
    void shouldCorrelateAlongYInLatticesWithSeveralStacksACell() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.BCC, "110", A, 1, 4, 24, 12);
        Lattice lattice = flat(geometry, 2);
        Substrate substrate = Substrate.of(lattice, SOLID);
        fill(lattice, METAL, site -> geometry.layer(site) < (geometry.cellY(site) < 12 ? 10 : 2));
        HeightCorrelation correlation = HeightCorrelation.of(new HeightMap(substrate, SOLID).measure(lattice));
        // A square wave of period λ has C(r)/C(0) = 1 − 4 r/λ.
        double expected = (1 - 1 / Math.E) / 4 * geometry.depthNm();
        assertThat(correlation.lengthYNm()).isCloseTo(expected, within(0.05 * expected));
        assertThat(correlation.lengthXNm()).isNaN();
    }

    @Test
    void shouldRefuseARasterWithoutPixels() {
        Lattice lattice = flat(sc(8, 8, 4), 2);
        HeightMap map = new HeightMap(Substrate.of(lattice, SOLID), SOLID).measure(lattice);
        assertThatThrownBy(() -> map.rasterNm(0, 4)).hasMessageContaining("0 × 4");
    }
}
