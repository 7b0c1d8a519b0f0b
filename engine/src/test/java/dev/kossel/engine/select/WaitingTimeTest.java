package dev.kossel.engine.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class WaitingTimeTest {

    private static final int COUNT = 2_000_000;

    private final UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(5L);

    private double[] draw() {
        double[] drawn = new double[COUNT];
        Arrays.setAll(drawn, n -> WaitingTime.next(random));
        return drawn;
    }

    @Test
    void shouldBeExponentialWithTheMeanOne() {
        double[] drawn = draw();
        assertThat(KolmogorovSmirnovTest.withDefaults()
                        .test(drawn, t -> -Math.expm1(-t))
                        .getPValue())
                .isGreaterThan(1e-5);
        // The standard deviation of an exponential is its mean.
        assertThat(Arrays.stream(drawn).average().orElseThrow()).isCloseTo(1, within(4.5 / Math.sqrt(COUNT)));
        assertThat(Arrays.stream(drawn).map(t -> t * t).average().orElseThrow())
                .isCloseTo(2, within(4.5 * Math.sqrt(20.0 / COUNT)));
    }

    @Test
    void shouldReachIntoTheTailAsOftenAsAnExponentialDoes() {
        double[] drawn = draw();
        for (double beyond : new double[] {7.5, 7.69711747013104972, 9, 11}) {
            double expected = COUNT * Math.exp(-beyond);
            assertThat(Arrays.stream(drawn).filter(t -> t > beyond).count())
                    .isCloseTo(Math.round(expected), within(Math.round(4.5 * Math.sqrt(expected))));
        }
    }
}
