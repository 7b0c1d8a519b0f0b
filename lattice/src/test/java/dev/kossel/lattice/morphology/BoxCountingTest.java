package dev.kossel.lattice.morphology;

import static dev.kossel.lattice.morphology.Specimen.A;
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

class BoxCountingTest {

    private static double dimension(Lattice lattice) {
        Surface surface = new Surface(Substrate.of(lattice, SOLID), SOLID).measure(lattice);
        return new BoxCounting(lattice.geometry()).dimension(surface);
    }

    @ParameterizedTest
    @CsvSource({"SC, 100, 50, 37", "FCC, 111, 48, 28", "BCC, 100, 34, 34", "BCC, 110, 34, 24", "HCP, 002, 34, 20"})
    void shouldGiveAPlaneTwoDimensions(LatticeKind kind, String orientation, int x, int y) {
        LatticeGeometry geometry = LatticeGeometry.of(kind, orientation, A, Math.sqrt(8.0 / 3), x, y, 6);
        assertThat(dimension(flat(geometry, 3))).isCloseTo(2, within(0.02));
    }

    @Test
    void shouldGiveAMengerSpongeItsDimension() {
        LatticeGeometry geometry = sc(81, 81, 81);
        Lattice lattice = new Lattice(geometry);
        fill(lattice, METAL, site -> inSponge(geometry.cellX(site), geometry.cellY(site), geometry.cellZ(site)));
        // Boxes that are no thirds cut the sponge askew, which shows as a ripple on the straight line.
        assertThat(dimension(lattice)).isCloseTo(Math.log(20) / Math.log(3), within(0.1));
    }

    /** Each third of an edge has a middle; a cube is bored where two of its coordinates are in the middle. */
    private static boolean inSponge(int x, int y, int z) {
        for (int part = 1; part < 81; part *= 3) {
            int middles = (x / part % 3 == 1 ? 1 : 0) + (y / part % 3 == 1 ? 1 : 0) + (z / part % 3 == 1 ? 1 : 0);
            if (middles > 1) {
                return false;
            }
        }
        return true;
    }

    @Test
    void shouldGiveASurfaceThatFillsSpaceThreeDimensions() {
        LatticeGeometry geometry = sc(64, 64, 64);
        Lattice lattice = flat(geometry, 1);
        for (int y = 0; y < 64; y++) {
            for (int x = y % 2; x < 64; x += 2) {
                pile(lattice, x, y, 1, 63);
            }
        }
        // Needles on the white fields of a chessboard: there is surface in every box of two sites or more.
        assertThat(dimension(lattice)).isCloseTo(3, within(1e-9));
    }

    @Test
    void shouldHaveNoDimensionWithoutThreeScales() {
        assertThat(dimension(flat(sc(15, 64, 6), 2))).isNaN();
        assertThat(dimension(flat(sc(16, 64, 6), 2))).isCloseTo(2, within(1e-9));
    }
}
