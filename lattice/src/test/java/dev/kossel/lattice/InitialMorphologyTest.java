package dev.kossel.lattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.InitialMorphology.CopyOf;
import dev.kossel.lattice.InitialMorphology.Dispersed;
import dev.kossel.lattice.InitialMorphology.FullLayers;
import dev.kossel.lattice.InitialMorphology.Particles;
import dev.kossel.lattice.InitialMorphology.Pits;
import dev.kossel.lattice.InitialMorphology.Points;
import dev.kossel.lattice.InitialMorphology.Protrusion;
import dev.kossel.lattice.InitialMorphology.Rough;
import dev.kossel.lattice.morphology.HeightCorrelation;
import dev.kossel.lattice.morphology.HeightMap;
import dev.kossel.lattice.morphology.Substrate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InitialMorphologyTest {

    private static final double A = 0.4;
    private static final SpeciesSet SOLID = SpeciesSet.of(1, 2);

    private final UniformRandomProvider rng = RandomSource.XO_SHI_RO_256_PP.create(5);

    static Stream<LatticeGeometry> crystals() {
        return Arrays.stream(LatticeKind.values())
                .filter(kind -> kind != LatticeKind.SQUARE && kind != LatticeKind.TRIANGULAR)
                .flatMap(kind -> LatticeGeometry.orientations(kind).stream()
                        .map(orientation -> LatticeGeometry.of(kind, orientation, A, 1.6, 4, 4, 4)));
    }

    private static LatticeGeometry sc(int nx, int ny, int nz) {
        return LatticeGeometry.of(LatticeKind.SC, "100", A, 1, nx, ny, nz);
    }

    private static int count(Lattice lattice, int species) {
        int count = 0;
        for (byte s : lattice.speciesArray()) {
            count += s == species ? 1 : 0;
        }
        return count;
    }

    private Lattice built(LatticeGeometry geometry, InitialMorphology... pieces) {
        Lattice lattice = new Lattice(geometry);
        for (InitialMorphology piece : pieces) {
            piece.apply(lattice, rng);
        }
        return lattice;
    }

    private static HeightMap heights(Lattice lattice) {
        return new HeightMap(Substrate.of(lattice, SOLID), SOLID).measure(lattice);
    }

    /** Species along a column of an sc box, upwards. */
    private static String column(Lattice lattice, int x, int y) {
        StringBuilder text = new StringBuilder();
        LatticeGeometry geometry = lattice.geometry();
        for (int z = 0; z < geometry.cellsZ(); z++) {
            text.append(lattice.species(geometry.site(x, y, z, 0)));
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("crystals")
    void shouldStackFullLayers(LatticeGeometry geometry) {
        Lattice lattice = built(geometry, new FullLayers(1, 2), new FullLayers(2, 1));
        for (int site = 0; site < geometry.siteCount(); site++) {
            int layer = geometry.layer(site);
            assertThat(lattice.species(site)).isEqualTo(layer < 2 ? 1 : layer == 2 ? 2 : 0);
        }
    }

    @Test
    void shouldBuryARoughSurfaceUnderFullLayers() {
        Lattice lattice = built(
                sc(6, 6, 6),
                new FullLayers(1, 1),
                new Protrusion(1, Form.CYLINDER, 0.1, 2 * A, Placement.At.of(0, 0)),
                new FullLayers(2, 1));
        assertThat(column(lattice, 0, 0)).isEqualTo("111200");
        assertThat(column(lattice, 3, 3)).isEqualTo("122200");
    }

    @ParameterizedTest
    @CsvSource({"0.8, 2.4", "2.0, 4.0", "0.6, 0"})
    void shouldRoughenToTheGivenMeanDeviationAndCorrelation(double rms, double correlation) {
        LatticeGeometry geometry = sc(128, 128, 96);
        Lattice lattice = built(geometry, new FullLayers(1, 40), new Rough(2, 3, rms, correlation));
        HeightMap map = heights(lattice);
        double meanHeight = Substrate.of(lattice, SOLID).meanHeightNm() - 39 * A;
        // Rounding to layers shifts each of the independent patches by up to half a layer.
        assertThat(meanHeight).isCloseTo(3, within(0.02));
        assertThat(Math.pow(map.rmsRoughnessNm(), 2)).isCloseTo(rms * rms + A * A / 12, within(0.02 * rms * rms));
        if (correlation > 0) {
            // Some (51 nm / ξ)² / π ≥ 50 independent patches.
            assertThat(HeightCorrelation.of(map).lengthNm()).isCloseTo(correlation, within(0.2 * correlation));
        } else {
            assertThat(HeightCorrelation.of(map).lengthNm()).isLessThan(A);
        }
    }

    @Test
    void shouldCutAndFillOneSurfaceWithoutHoles() {
        Lattice lattice = built(sc(32, 32, 40), new FullLayers(1, 20), new Rough(2, 0, 1, 2));
        HeightMap map = heights(lattice);
        int solid = 0;
        for (int stack = 0; stack < 32 * 32; stack++) {
            solid += map.topLayer(stack) + 1;
        }
        assertThat(count(lattice, 1) + count(lattice, 2)).isEqualTo(solid);
        assertThat(count(lattice, 1)).isLessThan(20 * 32 * 32);
        assertThat(count(lattice, 2)).isPositive();
    }

    @Test
    void shouldCutPits() {
        Placement.At middle = Placement.At.of(4 * A, 4 * A);
        Lattice lattice = built(sc(8, 8, 6), new FullLayers(1, 5), new Pits(Form.CYLINDER, A, 2 * A, middle));
        assertThat(count(lattice, 1)).isEqualTo(5 * 64 - 2 * 5);
        assertThat(column(lattice, 4, 4)).isEqualTo("111000");
        assertThat(column(lattice, 5, 4)).isEqualTo("111000");
        assertThat(column(lattice, 5, 5)).isEqualTo("111110");
    }

    @Test
    void shouldRaiseATipAtItsPlace() {
        Placement.At corner = Placement.At.of(0, 0);
        Lattice lattice =
                built(sc(12, 12, 8), new FullLayers(1, 2), new Protrusion(2, Form.CONE, 4 * A, 4 * A, corner));
        assertThat(column(lattice, 0, 0)).isEqualTo("11222200");
        assertThat(column(lattice, 1, 0)).isEqualTo("11222000");
        assertThat(column(lattice, 11, 0)).isEqualTo("11222000");
        assertThat(column(lattice, 0, 10)).isEqualTo("11220000");
        assertThat(column(lattice, 4, 0)).isEqualTo("11000000");
    }

    @ParameterizedTest
    @CsvSource({"CYLINDER, 1", "CONE, 0.333333", "ELLIPSOID, 0.666667"})
    void shouldGiveABodyItsVolumeInEveryCrystal(Form form, double volume) {
        crystals().forEach(small -> {
            LatticeGeometry geometry =
                    LatticeGeometry.of(small.kind(), small.orientation(), A, small.axialRatio(), 24, 24, 24);
            double radius = 0.45 * Math.min(geometry.widthNm(), geometry.depthNm());
            double height = 0.7 * geometry.heightNm();
            Lattice lattice = built(
                    geometry, new FullLayers(1, 2), new Protrusion(2, form, radius, height, Placement.At.of(0.3, 0.7)));
            double expected = volume * Math.PI * radius * radius * height;
            double siteVolume = geometry.widthNm() * geometry.depthNm() * geometry.heightNm() / geometry.siteCount();
            assertThat(count(lattice, 2) * siteVolume)
                    .as(geometry.toString())
                    .isCloseTo(expected, within(0.05 * expected));
        });
    }

    @Test
    void shouldRestParticlesOnTheSurface() {
        LatticeGeometry geometry = sc(40, 40, 40);
        double radius = 12 * A;
        Lattice lattice =
                built(geometry, new FullLayers(1, 3), new Particles(2, radius, Placement.At.of(20 * A, 20 * A)));
        double expected = 4.0 / 3 * Math.PI * Math.pow(12, 3);
        assertThat((double) count(lattice, 2)).isCloseTo(expected, within(0.02 * expected));
        assertThat(lattice.species(geometry.site(20, 20, 3, 0))).isEqualTo(2);
        assertThat(lattice.species(geometry.site(20, 20, 26, 0))).isEqualTo(2);
        assertThat(lattice.species(geometry.site(20, 20, 27, 0))).isZero();
        assertThat(lattice.species(geometry.site(28, 20, 4, 0))).isZero();
        assertThat(count(lattice, 1)).isEqualTo(3 * 1600);
    }

    @Test
    void shouldCopyALatticeOfTheSameGeometryOnly() {
        LatticeGeometry geometry = sc(8, 8, 6);
        Lattice source = built(geometry, new FullLayers(1, 2), new Rough(2, 0.5, 0.3, 0.8));
        Lattice copy = built(sc(8, 8, 6), new FullLayers(1, 5), new CopyOf(source));
        assertThat(copy.speciesArray()).isEqualTo(source.speciesArray());
        assertThatThrownBy(() -> built(sc(8, 8, 7), new CopyOf(source)))
                .hasMessageContaining("sc(100) 8 × 8 × 6 cells")
                .hasMessageContaining("expected sc(100) 8 × 8 × 7 cells");
    }

    @Test
    void shouldRepeatItselfForTheSameGenerator() {
        LatticeGeometry geometry = sc(32, 32, 40);
        byte[][] twins = new byte[2][];
        for (int twin = 0; twin < 2; twin++) {
            UniformRandomProvider generator = RandomSource.XO_SHI_RO_256_PP.create(99);
            Lattice lattice = new Lattice(geometry);
            List<InitialMorphology> pieces = List.of(
                    new FullLayers(1, 12),
                    new Rough(2, 0.5, 0.5, 1),
                    new Pits(Form.ELLIPSOID, 0.8, 0.8, new Placement.Random(3)),
                    new Particles(2, 1, new Placement.Random(3)));
            pieces.forEach(piece -> piece.apply(lattice, generator));
            twins[twin] = lattice.speciesArray();
        }
        assertThat(twins[0]).isEqualTo(twins[1]);
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndWriteNothing() {
        LatticeGeometry geometry = sc(8, 8, 6);
        Lattice lattice = built(geometry, new FullLayers(1, 2));
        byte[] before = lattice.speciesArray().clone();
        Placement.At middle = Placement.At.of(1.6, 1.6);
        assertThatThrownBy(() -> new FullLayers(1, 5).apply(lattice, rng))
                .hasMessageContaining("layers 5")
                .hasMessageContaining("room for 4");
        assertThatThrownBy(() -> new Pits(Form.CONE, 1, 3, middle).apply(lattice, rng))
                .hasMessageContaining("pit reaches");
        assertThatThrownBy(() -> new Protrusion(2, Form.CONE, 1, 3, middle).apply(lattice, rng))
                .hasMessageContaining("protrusion reaches z = 3.4");
        assertThatThrownBy(() -> new Particles(2, 1, middle).apply(lattice, rng))
                .hasMessageContaining("particle reaches");
        assertThatThrownBy(() -> new Rough(2, 0, 5, 0).apply(lattice, rng)).hasMessageContaining("rough surface");
        assertThatThrownBy(() -> new Rough(2, 0, 0.1, 1).apply(lattice, rng))
                .hasMessageContaining("correlation length 1.0")
                .hasMessageContaining("0.8");
        assertThat(lattice.speciesArray()).isEqualTo(before);
        assertThatThrownBy(() -> new FullLayers(0, 1)).hasMessageContaining("species 0");
        assertThatThrownBy(() -> new FullLayers(1, 0)).hasMessageContaining("layers 0");
        assertThatThrownBy(() -> new Particles(1, Double.NaN, middle)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Rough(1, -1, 0, 0)).hasMessageContaining("mean height -1.0");
    }

    @Test
    void shouldPutASpeciesOnSingleSites() {
        LatticeGeometry geometry = sc(4, 4, 4);
        Lattice lattice = built(
                geometry,
                new FullLayers(1, 1),
                new Points(2, List.of(new Place(1.1 * A, 1.9 * A, 0), new Place(2 * A, 0, 3 * A))));
        assertThat(count(lattice, 2)).isEqualTo(2);
        assertThat(lattice.species(geometry.site(1, 2, 0, 0))).isEqualTo(2);
        assertThat(lattice.species(geometry.site(2, 0, 3, 0))).isEqualTo(2);
        assertThat(count(lattice, 1)).isEqualTo(15);
    }

    @Test
    void shouldDisperseAnExactFractionEvenlyAboveTheSurface() {
        LatticeGeometry geometry = sc(20, 20, 11);
        Lattice lattice = built(geometry, new FullLayers(1, 1), new Dispersed(2, 0.1));
        assertThat(count(lattice, 1)).isEqualTo(400);
        assertThat(count(lattice, 2)).isEqualTo(400);
        for (int layer = 1; layer <= 10; layer++) {
            int above = layer;
            long inLayer = IntStream.range(0, geometry.siteCount())
                    .filter(site -> geometry.layer(site) == above && lattice.species(site) == 2)
                    .count();
            // Hypergeometric: 40 of 400, σ = √(400 · 0.1 · 0.9 · 0.9) = 5.7.
            assertThat(inLayer).isBetween(14L, 66L);
        }
        assertThatThrownBy(() -> new Dispersed(2, 1.5)).hasMessageContaining("fraction 1.5");
    }
}
