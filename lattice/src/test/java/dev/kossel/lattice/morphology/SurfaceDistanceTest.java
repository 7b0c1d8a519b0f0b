package dev.kossel.lattice.morphology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.SpeciesSet;
import org.junit.jupiter.api.Test;

class SurfaceDistanceTest {

    private static final LatticeGeometry SC = LatticeGeometry.of(LatticeKind.SC, "100", 1, Double.NaN, 9, 9, 9);

    @Test
    void shouldCountStepsFromOneSiteOverTheSeams() {
        Lattice lattice = new Lattice(SC);
        lattice.setSpecies(SC.site(1, 0, 4, 0), 2);
        lattice.setSpecies(SC.site(4, 4, 4, 0), 1);
        SurfaceDistance distance = new SurfaceDistance(SC, SpeciesSet.of(2)).measure(lattice);
        for (int site = 0; site < SC.siteCount(); site++) {
            int x = Math.abs(SC.cellX(site) - 1);
            int y = SC.cellY(site);
            int z = Math.abs(SC.cellZ(site) - 4);
            assertThat(distance.steps(site)).isEqualTo(Math.min(x, 9 - x) + Math.min(y, 9 - y) + z);
        }
    }

    @Test
    void shouldCountLayersAboveAPlane() {
        for (LatticeKind kind : new LatticeKind[] {LatticeKind.SC, LatticeKind.BCC}) {
            LatticeGeometry geometry = LatticeGeometry.of(kind, "100", 1, Double.NaN, 6, 6, 6);
            Lattice lattice = new Lattice(geometry);
            for (int site = 0; site < geometry.siteCount(); site++) {
                lattice.setSpecies(site, geometry.layer(site) < 2 ? 1 : 0);
            }
            SurfaceDistance distance = new SurfaceDistance(geometry, SpeciesSet.of(1)).measure(lattice);
            for (int site = 0; site < geometry.siteCount(); site++) {
                assertThat(distance.steps(site)).isEqualTo(Math.max(0, geometry.layer(site) - 1));
            }
        }
    }

    @Test
    void shouldBeEndlessWhereThereIsNothing() {
        SurfaceDistance distance = new SurfaceDistance(SC, SpeciesSet.of(1)).measure(new Lattice(SC));
        assertThat(distance.steps(0)).isEqualTo(Integer.MAX_VALUE);
    }
}
