package dev.kossel.engine.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogarithmicMeanTest {

    /** Either side of where the series takes over, against log1p, which loses no digits there. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-9, 1e-4, 0.0099, 0.0199, 0.0203, 0.5, 3, 1e6})
    void shouldBeTheDifferenceOverThatOfTheLogarithms(double more) {
        double a = 0.7;
        double b = a * (1 + more);
        double mean = a * (b / a - 1) / Math.log1p(b / a - 1);
        if (b > a) {
            assertThat(LogarithmicMean.of(a, b)).isCloseTo(mean, within(3e-14 * mean));
        }
        assertThat(LogarithmicMean.of(b, a)).isCloseTo(LogarithmicMean.of(a, b), within(1e-14 * b));
        assertThat(LogarithmicMean.of(a, b)).isBetween(a, b);
    }

    @Test
    void shouldBeTheNumberItselfOfTwoThatAreEqual() {
        assertThat(LogarithmicMean.of(0.3, 0.3)).isEqualTo(0.3);
    }
}
