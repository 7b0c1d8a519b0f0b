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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TipsTest {

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldFindNoTipOnAPlaneNorInAnAdatom(LatticeGeometry geometry) {
        Lattice lattice = flat(geometry, 2);
        Substrate substrate = Substrate.of(lattice, SOLID);
        Tips tips = new Tips(substrate, SOLID);
        assertThat(tips.measure(lattice).tips()).isEmpty();
        lattice.setSpecies(substrate.growthSite(3), METAL);
        assertThat(tips.measure(lattice).tips()).isEmpty();
    }

    @Test
    void shouldFindTheRadiusOfAHemisphere() {
        LatticeGeometry geometry = sc(48, 48, 32);
        Lattice lattice = flat(geometry, 2);
        Tips tips = new Tips(Substrate.of(lattice, SOLID), SOLID);
        // Across the periodic boundary.
        fill(
                lattice,
                METAL,
                site -> Math.hypot(
                                Math.hypot(
                                        Math.floorMod(geometry.cellX(site) + 24, 48) - 23.5,
                                        Math.floorMod(geometry.cellY(site) + 20, 48) - 23.5),
                                geometry.cellZ(site) - 1.5)
                        < 16);
        assertThat(tips.measure(lattice).tips()).singleElement().satisfies(tip -> {
            assertThat(tip.heightNm()).isCloseTo(16 * A, within(1e-9));
            assertThat(tip.prominenceNm()).isCloseTo(16 * A, within(1e-9));
            assertThat(tip.radiusNm()).isCloseTo(16 * A, within(0.05 * 16 * A));
            assertThat(tip.baseNm()).isCloseTo(32 * A, within(0.02 * 32 * A));
            assertThat(tip.aspectRatio()).isCloseTo(0.5, within(0.01));
            int summit = tips.summitSite(tip);
            assertThat(geometry.zNm(summit)).isCloseTo(17 * A, within(1e-9));
            assertThat(SOLID.contains(lattice.species(summit))).isTrue();
            assertThat(Math.floorMod(geometry.cellX(summit) + 24, 48)).isBetween(20, 27);
            assertThat(Math.floorMod(geometry.cellY(summit) + 20, 48)).isBetween(20, 27);
        });
    }

    @ParameterizedTest
    @CsvSource({"FCC, 111, 48, 28, 9", "BCC, 110, 34, 24, 12", "BCC, 100, 34, 34, 16", "HCP, 002, 34, 20, 10"})
    void shouldFindTheRadiusOfAHemisphereInOtherCrystals(LatticeKind kind, String orientation, int x, int y, int z) {
        LatticeGeometry geometry = LatticeGeometry.of(kind, orientation, A, Math.sqrt(8.0 / 3), x, y, z);
        Lattice lattice = flat(geometry, 2);
        Substrate substrate = Substrate.of(lattice, SOLID);
        double radius = 4;
        assertThat(Math.min(geometry.widthNm(), geometry.depthNm())).isGreaterThan(2.5 * radius);
        assertThat(geometry.heightNm()).isGreaterThan(1.2 * radius);
        double centre = substrate.meanHeightNm() + 0.5 * geometry.layerSpacingNm();
        fill(
                lattice,
                METAL,
                site -> Math.hypot(
                                Math.hypot(
                                        geometry.xNm(site) - 0.5 * geometry.widthNm(),
                                        geometry.yNm(site) - 0.5 * geometry.depthNm()),
                                geometry.zNm(site) - centre)
                        < radius);
        assertThat(new Tips(substrate, SOLID).measure(lattice).tips())
                .singleElement()
                .satisfies(tip -> {
                    assertThat(tip.prominenceNm()).isCloseTo(radius, within(geometry.layerSpacingNm()));
                    assertThat(tip.radiusNm()).isCloseTo(radius, within(0.2 * radius));
                    assertThat(tip.aspectRatio()).isCloseTo(0.5, within(0.04));
                });
    }

    @Test
    void shouldFindAConeSharp() {
        LatticeGeometry geometry = sc(48, 48, 48);
        Lattice lattice = flat(geometry, 1);
        Substrate substrate = Substrate.of(lattice, SOLID);
        // 40 high, 40 across.
        fill(
                lattice,
                METAL,
                site -> geometry.cellZ(site) > 0
                        && Math.hypot(geometry.cellX(site) - 24, geometry.cellY(site) - 24)
                                < 20 * (1 - (geometry.cellZ(site) - 0.5) / 40));
        assertThat(new Tips(substrate, SOLID).measure(lattice).tips())
                .singleElement()
                .satisfies(tip -> {
                    assertThat(tip.stack()).isEqualTo(24 * 48 + 24);
                    assertThat(tip.prominenceNm()).isCloseTo(40 * A, within(1e-9));
                    assertThat(tip.aspectRatio()).isCloseTo(1, within(0.03));
                    // A cone of half angle α cut at depth d: R = d (1 + tan²α) / 2; here 1.56 sites.
                    assertThat(tip.radiusNm()).isCloseTo(2.5 * (1 + 0.25) / 2 * A, within(0.3 * A));
                });
    }

    @Test
    void shouldCountTheTeethOfAComb() {
        LatticeGeometry geometry = sc(32, 16, 16);
        Lattice lattice = flat(geometry, 2);
        Substrate substrate = Substrate.of(lattice, SOLID);
        fill(
                lattice,
                METAL,
                site -> geometry.cellX(site) % 8 < 2 && geometry.cellZ(site) > 1 && geometry.cellZ(site) < 12);
        List<Tips.Tip> tips = new Tips(substrate, SOLID).measure(lattice).tips();
        assertThat(tips).hasSize(4).allSatisfy(tip -> {
            assertThat(tip.prominenceNm()).isCloseTo(10 * A, within(1e-9));
            assertThat(tip.baseNm()).isCloseTo(2 * Math.sqrt(32 / Math.PI) * A, within(1e-9));
        });
    }

    @Test
    void shouldMeasureALowerSummitFromTheSaddleToTheHigherOne() {
        LatticeGeometry geometry = sc(24, 12, 24);
        Lattice lattice = flat(geometry, 1);
        Tips tips = new Tips(Substrate.of(lattice, SOLID), SOLID);
        // A ridge of height 5 with a summit of 12 and two of 9 and 7, of which the last is 2 above the ridge:
        // roughness.
        for (int x = 2; x <= 16; x++) {
            pile(lattice, x, 5, 1, x == 2 ? 12 : x == 8 ? 9 : x == 14 ? 7 : 5);
        }
        List<Tips.Tip> found = tips.measure(lattice).tips();
        assertThat(found).hasSize(2);
        assertThat(found.get(0).stack()).isEqualTo(5 * 24 + 2);
        assertThat(found.get(0).prominenceNm()).isCloseTo(12 * A, within(1e-9));
        assertThat(found.get(0).baseNm()).isCloseTo(2 * Math.sqrt(15 / Math.PI) * A, within(1e-9));
        assertThat(found.get(1).stack()).isEqualTo(5 * 24 + 8);
        assertThat(found.get(1).heightNm()).isCloseTo(9 * A, within(1e-9));
        assertThat(found.get(1).prominenceNm()).isCloseTo(4 * A, within(1e-9));
        assertThat(found.get(1).baseNm()).isCloseTo(2 * Math.sqrt(1 / Math.PI) * A, within(1e-9));
    }
}
