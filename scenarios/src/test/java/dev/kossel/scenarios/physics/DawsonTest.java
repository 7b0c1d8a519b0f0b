package dev.kossel.scenarios.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DawsonTest {

    /** Values of SciPy's {@code dawsn}; the third is the largest, and √0.854 is where a voltammogram has its peak of 0.6105 = 2/√π times the value there. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0.42443638", "0.924138873, 0.54104422", "0.92412120, 0.54104422", "2, 0.30134039"})
    void shouldHaveTabulatedValues(double at, double value) {
        assertThat(Dawson.integral(at)).isCloseTo(value, within(1e-5));
        assertThat(Dawson.integral(-at)).isCloseTo(-value, within(1e-5));
    }
}
