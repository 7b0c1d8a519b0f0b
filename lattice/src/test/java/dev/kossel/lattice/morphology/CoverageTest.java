package dev.kossel.lattice.morphology;

import static dev.kossel.lattice.morphology.Specimen.DEPOSIT;
import static dev.kossel.lattice.morphology.Specimen.METAL;
import static dev.kossel.lattice.morphology.Specimen.SOLID;
import static dev.kossel.lattice.morphology.Specimen.SUBSTRATE;
import static dev.kossel.lattice.morphology.Specimen.fill;
import static dev.kossel.lattice.morphology.Specimen.flat;
import static dev.kossel.lattice.morphology.Specimen.sc;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import org.junit.jupiter.api.Test;

class CoverageTest {

    @Test
    void shouldCountTheFirstGrowthLayerBySiteType() {
        LatticeGeometry geometry = sc(8, 8, 4);
        Lattice lattice = flat(geometry, 1).withSiteTypes();
        for (int x = 0; x < 8; x++) {
            for (int y = 0; y < 4; y++) {
                lattice.setSiteType(geometry.site(x, y, 1, 0), 3);
            }
        }
        Coverage coverage = new Coverage(Substrate.of(lattice, SOLID), DEPOSIT);
        assertThat(coverage.measure(lattice).fraction()).isZero();
        for (int x = 0; x < 4; x++) {
            lattice.setSpecies(geometry.site(x, 0, 1, 0), METAL);
            lattice.setSpecies(geometry.site(x, 7, 1, 0), METAL);
            lattice.setSpecies(geometry.site(x, 3, 2, 0), METAL);
            lattice.setSpecies(geometry.site(x, 2, 1, 0), SUBSTRATE);
        }
        lattice.setSpecies(geometry.site(7, 7, 1, 0), METAL);
        coverage.measure(lattice);
        assertThat(coverage.fraction()).isEqualTo(9.0 / 64);
        assertThat(coverage.fraction(3)).isEqualTo(4.0 / 32);
        assertThat(coverage.fraction(0)).isEqualTo(5.0 / 32);
        assertThat(coverage.sites(3)).isEqualTo(32);
        assertThat(coverage.covered(0)).isEqualTo(5);
        assertThat(coverage.fraction(1)).isNaN();
    }

    @Test
    void shouldFollowASteppedSubstrate() {
        LatticeGeometry geometry = sc(8, 4, 4);
        Lattice lattice = flat(geometry, 1);
        fill(lattice, SUBSTRATE, site -> geometry.cellX(site) < 4 && geometry.layer(site) < 3);
        Substrate substrate = Substrate.of(lattice, SOLID);
        assertThat(substrate.growthSites()).hasSize(32);
        Coverage coverage = new Coverage(substrate, DEPOSIT);
        fill(lattice, METAL, site -> geometry.layer(site) == 1 && lattice.species(site) == 0);
        assertThat(coverage.measure(lattice).fraction()).isEqualTo(0.5);
        fill(lattice, METAL, site -> geometry.layer(site) == 3);
        assertThat(coverage.measure(lattice).fraction()).isEqualTo(1);
    }

    @Test
    void shouldHaveNothingToCoverInAFullBox() {
        Lattice lattice = flat(sc(4, 4, 2), 2);
        Substrate substrate = Substrate.of(lattice, SOLID);
        assertThat(substrate.growthSite(0)).isEqualTo(-1);
        assertThat(new Coverage(substrate, DEPOSIT).measure(lattice).fraction()).isNaN();
    }

    @Test
    void shouldCoverATwoDimensionalLattice() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.TRIANGULAR, "2d", 0.3, 1, 6, 6, 1);
        Lattice lattice = new Lattice(geometry);
        Substrate substrate = Substrate.of(lattice, SOLID);
        fill(lattice, METAL, site -> geometry.cellY(site) < 2);
        assertThat(new Coverage(substrate, DEPOSIT).measure(lattice).fraction()).isEqualTo(1.0 / 3);
        assertThat(new HeightMap(substrate, SOLID).measure(lattice).meanLayers())
                .isEqualTo(1.0 / 3);
    }
}
