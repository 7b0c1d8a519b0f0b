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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PorosityTest {

    @Test
    void shouldFindNoVoidsInACompactRoughDeposit() {
        LatticeGeometry geometry = sc(8, 8, 8);
        Lattice lattice = flat(geometry, 1);
        Porosity porosity = new Porosity(Substrate.of(lattice, SOLID), SOLID);
        assertThat(porosity.measure(lattice).fraction()).isNaN();
        pile(lattice, 1, 1, 1, 5);
        pile(lattice, 4, 6, 1, 2);
        assertThat(porosity.measure(lattice).fraction()).isZero();
        assertThat(porosity.envelopeSites()).isEqualTo(7);
    }

    @Test
    void shouldTellClosedVoidsFromOpenOnes() {
        LatticeGeometry geometry = sc(8, 8, 8);
        Lattice lattice = flat(geometry, 1);
        Porosity porosity = new Porosity(Substrate.of(lattice, SOLID), SOLID);
        fill(
                lattice,
                METAL,
                site -> geometry.layer(site) >= 1
                        && geometry.layer(site) <= 4
                        && geometry.cellX(site) < 5
                        && geometry.cellY(site) < 5);
        lattice.setSpecies(geometry.site(2, 2, 2, 0), 0);
        lattice.setSpecies(geometry.site(2, 2, 3, 0), 0);
        lattice.setSpecies(geometry.site(4, 4, 1, 0), 0);
        porosity.measure(lattice);
        assertThat(porosity.envelopeSites()).isEqualTo(100);
        assertThat(porosity.voidSites()).isEqualTo(3);
        assertThat(porosity.closedVoidSites()).isEqualTo(2);
        assertThat(porosity.fraction()).isEqualTo(0.03);
        assertThat(porosity.closedFraction()).isEqualTo(0.02);
    }

    @ParameterizedTest
    @MethodSource("dev.kossel.lattice.morphology.Specimen#crystals")
    void shouldFindAVacancyClosedInEveryCrystal(LatticeGeometry geometry) {
        Lattice lattice = flat(geometry, 1);
        Porosity porosity = new Porosity(Substrate.of(lattice, SOLID), SOLID);
        int top = geometry.layerCount() - 1;
        fill(lattice, METAL, site -> geometry.layer(site) < top);
        lattice.setSpecies(geometry.site(2, 2, 1, 0), 0);
        porosity.measure(lattice);
        int deposited = (top - 1) * geometry.sitesPerLayer();
        assertThat(porosity.fraction()).isEqualTo(1.0 / deposited);
        assertThat(porosity.closedFraction()).isEqualTo(1.0 / deposited);
    }

    @Test
    void shouldProfileTheDensityLayerByLayer() {
        LatticeGeometry geometry = sc(8, 8, 6);
        Lattice lattice = flat(geometry, 2);
        fill(lattice, METAL, site -> geometry.layer(site) == 2 && geometry.cellX(site) < 2);
        lattice.setSpecies(geometry.site(5, 5, 5, 0), METAL);
        LayerCensus census = new LayerCensus(geometry).measure(lattice);
        assertThat(census.layerCount()).isEqualTo(6);
        assertThat(IntStream.of(1, 2, 3, 5).mapToDouble(layer -> census.fraction(layer, SOLID)))
                .containsExactly(1.0, 0.25, 0.0, 1.0 / 64);
        assertThat(census.count(2, SOLID)).isEqualTo(16);
        assertThat(census.zNm(5)).isCloseTo(5 * A, within(1e-12));
    }
}
