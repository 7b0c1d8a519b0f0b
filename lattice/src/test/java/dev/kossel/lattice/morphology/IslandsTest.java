package dev.kossel.lattice.morphology;

import static dev.kossel.lattice.morphology.Specimen.A;
import static dev.kossel.lattice.morphology.Specimen.DEPOSIT;
import static dev.kossel.lattice.morphology.Specimen.METAL;
import static dev.kossel.lattice.morphology.Specimen.SOLID;
import static dev.kossel.lattice.morphology.Specimen.fill;
import static dev.kossel.lattice.morphology.Specimen.flat;
import static dev.kossel.lattice.morphology.Specimen.pile;
import static dev.kossel.lattice.morphology.Specimen.sc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class IslandsTest {

    @ParameterizedTest
    @CsvSource({
        "SC, 100, 1",
        "BCC, 100, 1",
        "BCC, 110, 0.8660254037844386",
        "FCC, 100, 0.7071067811865476",
        "FCC, 110, 1",
        "FCC, 111, 0.7071067811865476",
        "HCP, 002, 1",
        "HCP, 100, 1.6",
        "HCP, 110, 1.404756",
        "SQUARE, 2d, 1",
        "TRIANGULAR, 2d, 1"
    })
    void shouldLinkTheNearestSitesThatHoldALayerTogether(LatticeKind kind, String orientation, double expected) {
        int nz = kind == LatticeKind.SQUARE || kind == LatticeKind.TRIANGULAR ? 1 : 4;
        LatticeGeometry geometry = LatticeGeometry.of(kind, orientation, A, 1.6, 4, 4, nz);
        assertThat(new LayerBonds(geometry).linkingDistanceNm() / A).isCloseTo(expected, within(1e-5));
    }

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldFindOneIslandInAFullLayerAndAsManyAsAdatomsOnABareOne(LatticeGeometry geometry) {
        Lattice lattice = flat(geometry, 2);
        Islands islands = new Islands(Substrate.of(lattice, SOLID), DEPOSIT);
        assertThat(islands.measure(lattice).count()).isZero();
        assertThat(islands.meanSize()).isNaN();
        fill(lattice, METAL, site -> geometry.layer(site) == 2);
        islands.measure(lattice);
        assertThat(islands.sizes()).containsExactly(geometry.sitesPerLayer());
        fill(
                lattice,
                0,
                site -> geometry.layer(site) == 2
                        && (geometry.cellX(site) % 2 == 1 || geometry.cellY(site) % 2 == 1 || !first(geometry, site)));
        assertThat(islands.measure(lattice).count()).isEqualTo(4);
    }

    /** Whether {@code site} has the least number of the sites of its cell that lie in its layer. */
    private static boolean first(LatticeGeometry geometry, int site) {
        for (int b = 0; b < geometry.basis(site); b++) {
            int other = geometry.site(geometry.cellX(site), geometry.cellY(site), geometry.cellZ(site), b);
            if (geometry.layer(other) == geometry.layer(site)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void shouldTellTheIslandsOfACheckerboardApart() {
        LatticeGeometry geometry = sc(8, 8, 4);
        Lattice lattice = flat(geometry, 1);
        Islands islands = new Islands(Substrate.of(lattice, SOLID), DEPOSIT);
        fill(
                lattice,
                METAL,
                site -> geometry.layer(site) == 1 && (geometry.cellX(site) + geometry.cellY(site)) % 2 == 0);
        islands.measure(lattice);
        assertThat(islands.count()).isEqualTo(32);
        assertThat(islands.count(2)).isZero();
        assertThat(islands.numberDensityPerM2(1)).isCloseTo(0.5 / (A * A * 1e-18), within(1e6));
    }

    @Test
    void shouldReportSizesAcrossThePeriodicEdge() {
        LatticeGeometry geometry = sc(8, 8, 4);
        Lattice lattice = flat(geometry, 1);
        Islands islands = new Islands(Substrate.of(lattice, SOLID), DEPOSIT);
        // An island over the corner, a bar, an adatom; the two islands that meet only in the second layer stay two.
        pile(lattice, 0, 0, 1, 1);
        pile(lattice, 7, 0, 1, 1);
        pile(lattice, 7, 7, 1, 1);
        pile(lattice, 3, 3, 1, 2);
        pile(lattice, 4, 3, 1, 2);
        pile(lattice, 5, 3, 2, 1);
        pile(lattice, 6, 3, 1, 2);
        islands.measure(lattice);
        assertThat(islands.sizes()).containsExactly(1, 2, 3);
        assertThat(islands.count(2)).isEqualTo(2);
        assertThat(islands.meanSize()).isEqualTo(2);
        assertThat(islands.island(0)).isEqualTo(islands.island(63)).isNotEqualTo(islands.island(3 * 8 + 3));
        assertThat(islands.size(islands.island(3 * 8 + 6))).isEqualTo(1);
        assertThat(islands.island(1)).isEqualTo(-1);
    }

    @Test
    void shouldForgetTheLastMeasurement() {
        LatticeGeometry geometry = sc(8, 8, 4);
        Lattice lattice = flat(geometry, 1);
        Islands islands = new Islands(Substrate.of(lattice, SOLID), DEPOSIT);
        fill(lattice, METAL, site -> geometry.layer(site) == 1);
        islands.measure(lattice);
        fill(lattice, 0, site -> geometry.layer(site) == 1 && geometry.cellX(site) % 2 == 0);
        assertThat(islands.measure(lattice).sizes()).containsExactly(8, 8, 8, 8);
    }
}
