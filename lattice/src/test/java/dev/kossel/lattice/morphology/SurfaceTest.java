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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SurfaceTest {

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldGiveAFlatFaceItsOwnArea(LatticeGeometry geometry) {
        double sum = 0;
        int layersPerCell = geometry.layerCount() / geometry.cellsZ();
        for (int layer = 0; layer < layersPerCell; layer++) {
            Lattice lattice = flat(geometry, layersPerCell + layer + 1);
            Surface surface = new Surface(Substrate.of(lattice, SOLID), SOLID).measure(lattice);
            assertThat(surface.specificSurfacePerNm()).isNaN();
            sum += surface.areaRatio();
        }
        // The prismatic face of hcp has two terminations of unequal broken bonds; their mean counts.
        assertThat(sum / layersPerCell).isCloseTo(1, within(1e-12));
    }

    @Test
    void shouldCountTheFacesOfCubes() {
        LatticeGeometry geometry = sc(8, 8, 8);
        Lattice lattice = flat(geometry, 1);
        Surface surface = new Surface(Substrate.of(lattice, SOLID), SOLID);
        pile(lattice, 2, 2, 1, 3);
        surface.measure(lattice);
        assertThat(surface.areaNm2()).isCloseTo((64 + 4 * 3) * A * A, within(1e-12));
        assertThat(surface.exposedCount()).isEqualTo(63 + 3);
        assertThat(surface.specificSurfacePerNm()).isCloseTo((64 + 4 * 3) / (3 * A), within(1e-9));
        assertThat(surface.exposedSite(65)).isEqualTo(geometry.site(2, 2, 3, 0));
    }

    @Test
    void shouldCountAVoidAsSurface() {
        LatticeGeometry geometry = sc(6, 6, 6);
        Lattice lattice = flat(geometry, 5);
        Surface surface = new Surface(Substrate.of(lattice, SOLID), SOLID);
        lattice.setSpecies(geometry.site(3, 3, 2, 0), 0);
        surface.measure(lattice);
        assertThat(surface.brokenBonds()).isEqualTo(36 + 6);
        assertThat(surface.exposedCount()).isEqualTo(36 + 6);
    }

    @Test
    void shouldMeetElectrolyteAboveTheBoxAndSolidBelowIt() {
        LatticeGeometry geometry = sc(4, 4, 3);
        Lattice lattice = flat(geometry, 3);
        Surface surface = new Surface(Substrate.of(lattice, SOLID), SOLID).measure(lattice);
        assertThat(surface.exposedCount()).isEqualTo(16);
        assertThat(surface.areaRatio()).isEqualTo(1);
    }

    @Test
    void shouldBreakNoBondsAcrossABoxOneCellWide() {
        LatticeGeometry geometry = sc(8, 1, 6);
        Lattice lattice = flat(geometry, 3);
        Surface surface = new Surface(Substrate.of(lattice, SOLID), SOLID);
        pile(lattice, 4, 0, 3, 2);
        assertThat(surface.measure(lattice).brokenBonds()).isEqualTo(8 + 2 * 2);
        assertThat(surface.areaRatio()).isEqualTo(1.5);
    }

    @Test
    void shouldFindASphericalCapAsLargeAsItsShadowsFromSixSides() {
        LatticeGeometry geometry = sc(48, 48, 32);
        Lattice lattice = flat(geometry, 2);
        Substrate substrate = Substrate.of(lattice, SOLID);
        double radius = 16;
        fill(
                lattice,
                METAL,
                site -> Math.hypot(
                                Math.hypot(geometry.cellX(site) - 23.5, geometry.cellY(site) - 23.5),
                                geometry.cellZ(site) - 1.5)
                        < radius);
        double area = new Surface(substrate, SOLID).measure(lattice).areaNm2() / (A * A);
        // Half a ball: from above its disc replaces the flat face beneath; from each of four sides half a disc is seen.
        double expected = 48 * 48 + 4 * Math.PI * radius * radius / 2;
        assertThat(area).isCloseTo(expected, within(0.01 * expected));
        HeightMap map = new HeightMap(substrate, SOLID).measure(lattice);
        assertThat(map.maxNm()).isCloseTo(radius * A, within(A));
        assertThat(map.meanLayers()).isCloseTo(2.0 / 3 * Math.PI * Math.pow(radius, 3) / (48 * 48), within(0.02 * 3.7));
    }

    @Test
    void shouldRefuseATwoDimensionalLattice() {
        Lattice lattice = new Lattice(LatticeGeometry.of(LatticeKind.SQUARE, "2d", A, 1, 4, 4, 1));
        Substrate substrate = Substrate.of(lattice, SOLID);
        assertThatThrownBy(() -> new Surface(substrate, SOLID)).hasMessageContaining("SQUARE");
    }
}
