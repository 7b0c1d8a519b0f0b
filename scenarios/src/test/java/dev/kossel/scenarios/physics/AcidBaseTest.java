package dev.kossel.scenarios.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcidBaseTest {

    private static final List<AcidBase.Buffer> ACETATE = List.of(new AcidBase.Buffer(1.74e-5, 0.1, 1.1e9));

    /** pK_w of Marshall and Franck's table 2 (0.1 MPa), rounded there to three digits. */
    @ParameterizedTest
    @CsvSource({"273.15, 14.941", "298.15, 13.995", "323.15, 13.275", "348.15, 12.712"})
    void shouldTellTheIonProductOfWater(double temperature, double pkw) {
        assertThat(-Math.log10(AcidBase.ionProductOfWater(temperature))).isCloseTo(pkw, within(0.005));
    }

    @ParameterizedTest
    @CsvSource({"1e-14, false", "3e-9, true", "1e-7, false", "4e-5, true", "2, false", "1e-3, true"})
    void shouldFindTheProtonsOfAPotentialAndOfAnExcessOfBase(double protons, boolean buffered) {
        AcidBase water = new AcidBase(1e-14, 9.31e9, 5.27e9, buffered ? ACETATE : List.of());
        for (double start : new double[] {1e-15, 1e-7, 10}) {
            assertThat(water.protons(water.potential(protons), start)).isCloseTo(protons, within(1e-9 * protons));
            assertThat(water.protonsOfBase(water.base(protons), start)).isCloseTo(protons, within(1e-9 * protons));
        }
    }

    @ParameterizedTest
    @CsvSource({"1e-12", "3e-9", "1e-7", "4e-5", "1e-3"})
    void shouldSayHowSteepThePotentialIs(double protons) {
        AcidBase water = new AcidBase(1e-14, 9.31e9, 5.27e9, ACETATE);
        double step = 1e-5;
        double slope =
                (water.potential(protons * Math.exp(step)) - water.potential(protons * Math.exp(-step))) / (2 * step);
        assertThat(water.steepness(protons)).isCloseTo(-slope, within(1e-6 * Math.abs(slope)));
        double rise = (water.base(protons * Math.exp(step)) - water.base(protons * Math.exp(-step))) / (2 * step);
        assertThat(water.capacity(protons)).isCloseTo(rise / slope, within(1e-6 * rise / slope));
    }

    @Test
    void shouldCountOneBaseForEachAnion() {
        AcidBase water = new AcidBase(1e-14, 9.31e9, 5.27e9, ACETATE);
        assertThat(water.base(1.74e-5)).isCloseTo(0.05 - 1.74e-5 + 1e-14 / 1.74e-5, within(1e-12));
    }

    /** Half of a buffer is dissociated at its pKa, and carries what that is worth. */
    @Test
    void shouldCarryBaseInABuffer() {
        AcidBase bare = new AcidBase(1e-14, 9.31e9, 5.27e9, List.of());
        AcidBase buffered = new AcidBase(1e-14, 9.31e9, 5.27e9, ACETATE);
        assertThat(buffered.potential(1.74e-5) - bare.potential(1.74e-5)).isCloseTo(1.1e9 * 0.05, within(1.0));
    }
}
