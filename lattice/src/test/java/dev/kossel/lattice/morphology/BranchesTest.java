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
import org.junit.jupiter.params.provider.MethodSource;

class BranchesTest {

    private static Branches of(Lattice lattice) {
        return new Branches(lattice.geometry(), SOLID).measure(lattice);
    }

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldFindNoneOnAFlatFace(LatticeGeometry geometry) {
        Branches branches = of(flat(geometry, geometry.layerCount() / 2));
        assertThat(branches.dendrites()).isEqualTo(0);
        assertThat(branches.branches()).isEqualTo(0);
        assertThat(branches.meanAngleDegrees()).isNaN();
    }

    @Test
    void shouldCountTheTeethOfAComb() {
        Lattice lattice = flat(sc(40, 10, 20), 3);
        for (int tooth = 0; tooth < 5; tooth++) {
            pile(lattice, 8 * tooth, 4, 3, 9);
        }
        // Four steps are roughness.
        pile(lattice, 4, 4, 3, 4);
        Branches branches = of(lattice);
        assertThat(branches.dendrites()).isEqualTo(5);
        assertThat(branches.branches()).isEqualTo(5);
        assertThat(branches.branchPoints()).isEqualTo(0);
    }

    /** Two rungs, one on either side of a stem three sites thick. */
    @Test
    void shouldFindTheBranchesOfATree() {
        LatticeGeometry geometry = sc(60, 12, 60);
        Lattice lattice = flat(geometry, 2);
        fill(lattice, METAL, site -> {
            int x = geometry.cellX(site) - 30;
            int y = geometry.cellY(site) - 6;
            int z = geometry.cellZ(site);
            boolean stem = Math.abs(x) <= 1 && Math.abs(y) <= 1 && z >= 2 && z < 55;
            boolean right = x > 0 && x < 20 && Math.abs(y) <= 1 && Math.abs(z - 20) <= 1;
            boolean left = x < 0 && x > -20 && Math.abs(y) <= 1 && Math.abs(z - 35) <= 1;
            return stem || right || left;
        });
        Branches branches = of(lattice);
        assertThat(branches.dendrites()).isEqualTo(1);
        assertThat(branches.branches()).isEqualTo(3);
        assertThat(branches.branchPoints()).isEqualTo(2);
        assertThat(branches.meanAngleDegrees()).isCloseTo(90, within(8.0));
    }

    /** In the basal plane of hcp, close-packed rows meet at 60°. The branch crosses the periodic side of the box. */
    @Test
    void shouldFindTheAngleOfAnHcpDendrite() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.HCP, "110", A, Math.sqrt(8.0 / 3), 24, 6, 60);
        Lattice lattice = flat(geometry, 4);
        int stem = geometry.site(1, 3, 0, 0);
        int branch = -1;
        for (int z = 0; z < 55; z++) {
            lattice.setSpecies(stem, METAL);
            branch = z == 20 ? stem : branch;
            stem = geometry.siteAt(stem, 0, 0, 1);
        }
        for (int step = 0; step < 22; step++) {
            branch = geometry.siteAt(branch, -Math.sqrt(3) / 2, 0, 0.5);
            lattice.setSpecies(branch, METAL);
        }
        Branches branches = of(lattice);
        assertThat(branches.dendrites()).isEqualTo(1);
        assertThat(branches.branches()).isEqualTo(2);
        assertThat(branches.branchPoints()).isEqualTo(1);
        assertThat(branches.meanAngleDegrees()).isCloseTo(60, within(1.0));
    }

    @Test
    void shouldTakeAPieceThatFloatsForNoDendrite() {
        Lattice lattice = flat(sc(10, 10, 30), 2);
        pile(lattice, 5, 5, 4, 20);
        assertThat(of(lattice).dendrites()).isEqualTo(0);
    }
}
