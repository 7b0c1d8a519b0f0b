package dev.kossel.viz.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NiceNumbersTest {

    @ParameterizedTest
    @CsvSource({"1,1", "1.9,1", "2,2", "4.9,2", "5,5", "9.99,5", "10,10", "0.07,0.05", "73000,50000", "1e-9,1e-9"})
    void shouldRoundDownToOneTwoOrFive(double limit, double expected) {
        assertThat(NiceNumbers.roundBelow(limit)).isEqualTo(expected, within(1e-9 * expected));
    }

    @Test
    void shouldPlaceTicksAtRoundValuesWithinTheRange() {
        assertThat(NiceNumbers.ticks(-0.35, 1.02, NiceNumbers.step(1.37, 6)))
                .usingComparatorWithPrecision(1e-9)
                .containsExactly(-0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0);
    }

    @Test
    void shouldGiveOneTickForAnEmptyRange() {
        assertThat(NiceNumbers.ticks(3, 3, 1)).containsExactly(3);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "0.30000000000000004,0.3",
        "-68,−68",
        "150000,150000",
        "2000000,2×10⁶",
        "1e-7,10⁻⁷",
        "0.00025,0.00025",
        "-1.5e12,−1.5×10¹²"
    })
    void shouldWriteNumbersShortly(double value, String expected) {
        assertThat(NiceNumbers.text(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"5,5\u202fnm", "0.2,0.2\u202fnm", "2000,2\u202fµm", "5e6,5\u202fmm"})
    void shouldTellLengthsInAFittingUnit(double nm, String expected) {
        assertThat(NiceNumbers.length(nm)).isEqualTo(expected);
    }
}
