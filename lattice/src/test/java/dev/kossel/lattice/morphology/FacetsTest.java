package dev.kossel.lattice.morphology;

import static dev.kossel.lattice.morphology.Specimen.A;
import static dev.kossel.lattice.morphology.Specimen.METAL;
import static dev.kossel.lattice.morphology.Specimen.SOLID;
import static dev.kossel.lattice.morphology.Specimen.fill;
import static dev.kossel.lattice.morphology.Specimen.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FacetsTest {

    private static final double ZINC = 1.86;

    private static LatticeGeometry zinc(String orientation, int x, int y, int z) {
        return LatticeGeometry.of(LatticeKind.HCP, orientation, A, ZINC, x, y, z);
    }

    private static Facets of(Lattice lattice) {
        return new Facets(lattice.geometry(), SOLID).measure(lattice);
    }

    private static double fraction(Facets facets, LatticeGeometry geometry, String family) {
        List<String> names = Facets.families(geometry);
        return facets.fraction(family.equals("other") ? names.size() : names.indexOf(family));
    }

    /** Every orientation of every lattice, with every termination. */
    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldTakeAFlatFaceForItself(LatticeGeometry geometry) {
        int layersPerCell = geometry.layerCount() / geometry.cellsZ();
        int family = Facets.families(geometry).indexOf(geometry.orientation());
        for (int layer = 0; layer < layersPerCell; layer++) {
            Facets facets = of(flat(geometry, layersPerCell + layer + 1));
            assertThat(facets.fraction(family))
                    .as("%s, layer %s", geometry, layer)
                    .isEqualTo(1);
            assertThat(facets.textureCoefficient(family)).isEqualTo(1);
            assertThat(facets.areaRatio()).isCloseTo(1, within(1e-3));
        }
    }

    /** A stretched crystal has its own angles. */
    @ParameterizedTest
    @CsvSource({"002", "100", "110"})
    void shouldTakeAFaceOfZincForItself(String orientation) {
        LatticeGeometry geometry = zinc(orientation, 6, 6, 6);
        for (int layers = 8; layers < 12; layers++) {
            Facets facets = of(flat(geometry, layers));
            assertThat(fraction(facets, geometry, orientation)).isEqualTo(1);
            assertThat(facets.areaRatio()).isCloseTo(1, within(1e-3));
        }
    }

    /** A terrace with islands of one layer is still that terrace. */
    @Test
    void shouldTakeATerraceWithStepsForTheTerrace() {
        LatticeGeometry geometry = zinc("002", 24, 14, 6);
        Lattice lattice = flat(geometry, 6);
        fill(
                lattice,
                METAL,
                site -> geometry.layer(site) == 6
                        && Math.hypot(geometry.xNm(site) - 4.8, geometry.yNm(site) - 4.8) < 2.5);
        assertThat(fraction(of(lattice), geometry, "002")).isGreaterThan(0.9);
    }

    /**
     * Ridges whose two sides are planes of one family: a crystal cut along a line and its mirror image, so that the box is periodic. Only the rounded
     * crest and trough, some sites wide, may be anything else.
     */
    @ParameterizedTest
    @CsvSource({
        // Slope of the sides: rise over run along y, seen along x.
        "HCP, 002, 101, 2.1477",
        "SC, 100, 110, 1",
        "BCC, 100, 110, 1",
        "FCC, 100, 110, 1",
        "FCC, 110, 111, 0.70711",
    })
    void shouldFindTheSidesOfARidge(LatticeKind kind, String orientation, String family, double slope) {
        LatticeGeometry geometry = LatticeGeometry.of(kind, orientation, A, ZINC, 8, 40, 80);
        double half = geometry.depthNm() / 2;
        double top = geometry.heightNm() - 0.6 - (slope * half > geometry.heightNm() - 2 ? 0 : 2);
        Lattice lattice = new Lattice(geometry);
        fill(lattice, METAL, site -> geometry.zNm(site) < top - slope * Math.abs(geometry.yNm(site) - half) + 0.01);
        Facets facets = of(lattice);
        assertThat(fraction(facets, geometry, family)).isGreaterThan(0.85);
    }

    /** A crystallite of zinc as it grows: a hexagonal plate with basal faces and prismatic sides. */
    @Test
    void shouldShareTheAreaOfAPlateAmongItsFaces() {
        LatticeGeometry geometry = zinc("002", 70, 40, 24);
        double x = geometry.widthNm() / 2;
        double y = geometry.depthNm() / 2;
        double apothem = 10;
        double half = 6;
        Lattice lattice = new Lattice(geometry);
        fill(lattice, METAL, site -> {
            double dx = geometry.xNm(site) - x;
            double dy = geometry.yNm(site) - y;
            boolean inside = Math.abs(geometry.zNm(site) - geometry.heightNm() / 2) < half;
            for (int k = 0; k < 6; k++) {
                double angle = Math.PI / 6 + Math.PI / 3 * k;
                inside &= dx * Math.cos(angle) + dy * Math.sin(angle) < apothem;
            }
            return inside;
        });
        double basal = 2 * 2 * Math.sqrt(3) * apothem * apothem;
        double sides = 6 * 2 / Math.sqrt(3) * apothem * 2 * half;
        Facets facets = of(lattice);
        assertThat(fraction(facets, geometry, "002")).isCloseTo(basal / (basal + sides), within(0.07));
        assertThat(fraction(facets, geometry, "100")).isCloseTo(sides / (basal + sides), within(0.1));
        assertThat(fraction(facets, geometry, "101") + fraction(facets, geometry, "110"))
                .isLessThan(0.08);
    }

    /** All directions alike: every family has its share, but for the terraces that a ball of some 20 distances has. */
    @ParameterizedTest
    @CsvSource({"HCP, 002, 62, 36, 34", "FCC, 100, 44, 44, 44", "BCC, 110, 62, 44, 44", "SC, 100, 62, 62, 62"})
    void shouldFindNoTextureInABall(LatticeKind kind, String orientation, int nx, int ny, int nz) {
        LatticeGeometry geometry = LatticeGeometry.of(kind, orientation, A, ZINC, nx, ny, nz);
        double radius = Math.min(geometry.widthNm(), Math.min(geometry.depthNm(), geometry.heightNm())) / 2 - 2 * A;
        Lattice lattice = new Lattice(geometry);
        fill(
                lattice,
                METAL,
                site -> Math.sqrt(Math.pow(geometry.xNm(site) - geometry.widthNm() / 2, 2)
                                + Math.pow(geometry.yNm(site) - geometry.depthNm() / 2, 2)
                                + Math.pow(geometry.zNm(site) - geometry.heightNm() / 2, 2))
                        < radius);
        Facets facets = of(lattice);
        List<String> names = Facets.families(geometry);
        for (int f = 0; f < names.size(); f++) {
            assertThat(facets.textureCoefficient(f)).as(names.get(f)).isCloseTo(1.0 / names.size(), within(0.13));
        }
        // Broken bonds would make it larger by up to 3/2.
        double ball = 4 * Math.PI * radius * radius / (geometry.widthNm() * geometry.depthNm());
        assertThat(facets.areaRatio()).isCloseTo(ball, within(0.03 * ball));
    }

    @Test
    void shouldSayWhichSitesBelongToWhichFacet() {
        LatticeGeometry geometry = zinc("002", 6, 4, 4);
        Facets facets = of(flat(geometry, 4));
        assertThat(facets.exposedCount()).isEqualTo(geometry.sitesPerLayer());
        for (int i = 0; i < facets.exposedCount(); i++) {
            assertThat(facets.family(i)).isEqualTo(0);
            assertThat(facets.familyOfSite(facets.exposedSite(i))).isEqualTo(0);
        }
        assertThat(facets.familyOfSite(geometry.site(0, 0, 0, 0))).isEqualTo(-1);
        // Measured anew, nothing of the first is left.
        Facets emptied = facets.measure(new Lattice(geometry));
        assertThat(emptied.exposedCount()).isEqualTo(0);
        assertThat(emptied.fraction(0)).isNaN();
    }

    @Test
    void shouldRefuseALatticeOfTwoDimensions() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SQUARE, "2d", A, 1, 8, 8, 1);
        assertThatThrownBy(() -> new Facets(geometry, SOLID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("three-dimensional");
    }
}
