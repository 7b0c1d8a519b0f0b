package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WindowStatisticsTest {

    @Test
    void shouldTakeErrorsFromTheScatterBetweenWindows() {
        WindowStatistics statistics = new WindowStatistics(1);
        for (double unscaled : new double[] {7, 9, 11, 13}) {
            statistics.add(new double[] {12}, new double[] {unscaled}, new double[] {0.1});
        }
        assertThat(statistics.bias(0)).isCloseTo(2, within(1e-12));
        // Variance 20/3 of one window.
        assertThat(statistics.error(0)).isCloseTo(Math.sqrt(20.0 / 3 / 4), within(1e-12));
    }

    /** Two events a second are none in a window of 0.01 s, mostly: that is no bias. */
    @Test
    void shouldNotTakeWindowsTooShortForRareEventsForABias() {
        WindowStatistics statistics = new WindowStatistics(1);
        for (int window = 0; window < 16; window++) {
            statistics.add(new double[] {2}, new double[] {0}, new double[] {2 / 0.01});
        }
        assertThat(statistics.bias(0)).isEqualTo(2);
        assertThat(statistics.error(0)).isCloseTo(Math.sqrt(200.0 / 16), within(1e-12));
    }
}
