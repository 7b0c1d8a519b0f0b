package dev.kossel.lattice.morphology;

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
import org.junit.jupiter.api.Test;

class MassRadiusTest {

    @Test
    void shouldGiveALayerTwoDimensions() {
        LatticeGeometry geometry = sc(96, 96, 8);
        Lattice lattice = flat(geometry, 3);
        MassRadius mass = new MassRadius(Substrate.of(lattice, SOLID), SOLID);
        assertThat(mass.dimension(lattice)).isNaN();
        fill(lattice, METAL, site -> geometry.layer(site) == 3);
        assertThat(mass.dimension(lattice)).isCloseTo(2, within(0.03));
    }

    @Test
    void shouldGiveANeedleOneDimension() {
        LatticeGeometry geometry = sc(64, 64, 200);
        Lattice lattice = flat(geometry, 1);
        MassRadius mass = new MassRadius(Substrate.of(lattice, SOLID), SOLID);
        pile(lattice, 10, 20, 1, 198);
        assertThat(mass.dimension(lattice)).isCloseTo(1, within(0.07));
    }

    @Test
    void shouldGiveWhatFillsSpaceThreeDimensions() {
        LatticeGeometry geometry = sc(48, 48, 160);
        Lattice lattice = flat(geometry, 1);
        MassRadius mass = new MassRadius(Substrate.of(lattice, SOLID), SOLID);
        fill(lattice, METAL, site -> geometry.layer(site) > 0);
        // Near its two faces half of the ball is empty.
        assertThat(mass.dimension(lattice)).isBetween(2.85, 3.0);
    }

    @Test
    void shouldGiveAMengerSpongeItsDimension() {
        LatticeGeometry geometry = sc(81, 81, 81);
        Lattice lattice = new Lattice(geometry);
        MassRadius mass = new MassRadius(Substrate.of(lattice, SOLID), SOLID);
        fill(lattice, METAL, site -> inSponge(geometry.cellX(site), geometry.cellY(site), geometry.cellZ(site)));
        assertThat(mass.dimension(lattice)).isCloseTo(Math.log(20) / Math.log(3), within(0.15));
    }

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
    void shouldSayNothingOfASmallBox() {
        Lattice lattice = flat(sc(8, 8, 8), 3);
        assertThat(new MassRadius(Substrate.of(new Lattice(lattice.geometry()), SOLID), SOLID).dimension(lattice))
                .isNaN();
    }
}
