package dev.kossel.lattice.morphology;

import static dev.kossel.lattice.morphology.Specimen.A;
import static dev.kossel.lattice.morphology.Specimen.DEPOSIT;
import static dev.kossel.lattice.morphology.Specimen.METAL;
import static dev.kossel.lattice.morphology.Specimen.SUBSTRATE;
import static dev.kossel.lattice.morphology.Specimen.fill;
import static dev.kossel.lattice.morphology.Specimen.flat;
import static dev.kossel.lattice.morphology.Specimen.sc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InterfaceTest {

    private static Interface of(Lattice lattice) {
        return new Interface(lattice.geometry(), SpeciesSet.of(SUBSTRATE), DEPOSIT, SpeciesSet.of(0)).measure(lattice);
    }

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldMeasureTheInterfaceOfTwoLayers(LatticeGeometry geometry) {
        int half = geometry.layerCount() / 2;
        Lattice lattice = flat(geometry, half);
        fill(lattice, METAL, site -> geometry.layer(site) >= half && geometry.layer(site) < half + 3);
        Interface shared = of(lattice);
        double area = geometry.widthNm() * geometry.depthNm();
        assertThat(shared.areaNm2()).isCloseTo(area, within(1e-3 * area));
        assertThat(shared.coverage()).isEqualTo(1);
    }

    @Test
    void shouldMeasureAHalfCoveredFace() {
        LatticeGeometry geometry = sc(40, 20, 8);
        Lattice lattice = flat(geometry, 3);
        assertThat(of(lattice).areaNm2()).isEqualTo(0);
        assertThat(of(lattice).coverage()).isEqualTo(0);
        fill(lattice, METAL, site -> geometry.layer(site) == 3 && geometry.cellX(site) < 20);
        assertThat(of(lattice).coverage()).isEqualTo(0.5);
        assertThat(of(lattice).areaNm2()).isCloseTo(20 * 20 * A * A, within(1e-3));
    }

    /** Embedded, a particle is in touch with its surroundings on all sides: as broken bonds would not say, by its own area. */
    @Test
    void shouldMeasureAnEmbeddedBall() {
        LatticeGeometry geometry = sc(50, 50, 50);
        Lattice lattice = new Lattice(geometry);
        double radius = 7;
        fill(lattice, METAL, site -> true);
        fill(
                lattice,
                SUBSTRATE,
                site -> Math.sqrt(Math.pow(geometry.xNm(site) - 10, 2)
                                + Math.pow(geometry.yNm(site) - 10, 2)
                                + Math.pow(geometry.zNm(site) - 10, 2))
                        < radius);
        double area = 4 * Math.PI * radius * radius;
        assertThat(of(lattice).areaNm2()).isCloseTo(area, within(0.03 * area));
    }
}
