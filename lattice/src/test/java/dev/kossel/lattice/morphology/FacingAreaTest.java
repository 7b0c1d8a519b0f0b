package dev.kossel.lattice.morphology;

import static dev.kossel.lattice.morphology.Specimen.A;
import static dev.kossel.lattice.morphology.Specimen.METAL;
import static dev.kossel.lattice.morphology.Specimen.SOLID;
import static dev.kossel.lattice.morphology.Specimen.flat;
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

class FacingAreaTest {

    private static double area(Lattice lattice) {
        FacingArea facing = new FacingArea(lattice.geometry(), SOLID);
        double sum = 0;
        for (int site = 0; site < lattice.geometry().siteCount(); site++) {
            sum += SOLID.contains(lattice.species(site)) ? 0 : facing.areaNm2(lattice, site);
        }
        return sum;
    }

    /** Both terminations of the prismatic face of hcp together, whose sites do not look straight up. */
    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldGiveAFlatFaceItsOwnArea(LatticeGeometry geometry) {
        boolean prismatic =
                geometry.kind() == LatticeKind.HCP && !geometry.orientation().equals("002");
        int layersPerCell = geometry.layerCount() / geometry.cellsZ();
        double sum = 0;
        for (int layer = 0; layer < layersPerCell; layer++) {
            sum += area(flat(geometry, layersPerCell + layer + 1));
        }
        assertThat(sum / layersPerCell / (geometry.widthNm() * geometry.depthNm()))
                .isCloseTo(1, within(prismatic ? 0.015 : 1e-9));
    }

    /** Stairs up one half of the box and down the other, at 45°: √2 times what is seen from above, but for the two ridges. */
    @ParameterizedTest
    @CsvSource({"0, 1.4142135623730951", "1, 1.7320508075688772"})
    void shouldGiveAnInclinedFaceItsOwnArea(int slopeAlongY, double ratio) {
        LatticeGeometry geometry = sc(40, 40, 48);
        Lattice lattice = new Lattice(geometry);
        FacingArea facing = new FacingArea(geometry, SOLID);
        for (int x = 0; x < 40; x++) {
            for (int y = 0; y < 40; y++) {
                int height = 2 + Math.min(x, 40 - x) + slopeAlongY * Math.min(y, 40 - y);
                for (int z = 0; z < height; z++) {
                    lattice.setSpecies(geometry.site(x, y, z, 0), METAL);
                }
            }
        }
        // Columns well away from ridges and valleys.
        double sum = 0;
        for (int x = 5; x < 15; x++) {
            for (int y = 5; y < 15; y++) {
                for (int z = 0; z < 48; z++) {
                    int site = geometry.site(x, y, z, 0);
                    sum += SOLID.contains(lattice.species(site)) ? 0 : facing.areaNm2(lattice, site);
                }
            }
        }
        assertThat(sum / (100 * A * A)).isCloseTo(ratio, within(1e-9));
    }

    @Test
    void shouldBeLittleMoreThanASphere() {
        LatticeGeometry geometry = sc(48, 48, 48);
        Lattice lattice = new Lattice(geometry);
        double radius = 18.3 * A;
        double middle = 23.7 * A;
        for (int site = 0; site < geometry.siteCount(); site++) {
            double x = geometry.xNm(site) - middle;
            double y = geometry.yNm(site) - middle;
            double z = geometry.zNm(site) - middle;
            lattice.setSpecies(site, x * x + y * y + z * z < radius * radius ? METAL : 0);
        }
        assertThat(area(lattice) / (4 * Math.PI * radius * radius)).isBetween(1.0, 1.12);
    }

    @Test
    void shouldFaceNothingInTheOpenOrBetweenTwoWalls() {
        LatticeGeometry geometry = sc(6, 6, 6);
        Lattice lattice = flat(geometry, 2);
        FacingArea facing = new FacingArea(geometry, SOLID);
        int open = geometry.site(3, 3, 4, 0);
        assertThat(facing.areaNm2(lattice, open)).isZero();
        lattice.setSpecies(geometry.site(2, 3, 4, 0), METAL);
        assertThat(facing.areaNm2(lattice, open)).isCloseTo(A * A, within(1e-12));
        lattice.setSpecies(geometry.site(4, 3, 4, 0), METAL);
        assertThat(facing.areaNm2(lattice, open)).isCloseTo(0, within(1e-12));
    }
}
