package dev.kossel.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the master equation, dp(n)/dt = p(n − 1) − 2 p(n) + p(n + 1), integrated by small steps. */
class ConfinedWalkTest {

    private static double[] integrated(int width, int start, double time) {
        double[] p = new double[width + 1];
        p[start] = 1;
        int steps = (int) Math.ceil(time / 1e-3);
        double step = time / steps;
        for (int n = 0; n < steps; n++) {
            // Fourth order: the equation is linear, so the series of its exponential does.
            double[] term = p.clone();
            for (int order = 1; order <= 4; order++) {
                double[] next = new double[width + 1];
                for (int place = 1; place < width; place++) {
                    next[place] = (term[place - 1] - 2 * term[place] + term[place + 1]) * step / order;
                }
                term = next;
                for (int place = 0; place <= width; place++) {
                    p[place] += term[place];
                }
            }
            p[0] = 0;
            p[width] = 0;
        }
        return p;
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 0.3", "9, 3, 0.02", "9, 3, 1", "9, 7, 30", "24, 12, 40", "25, 9, 300"})
    void shouldSolveTheMasterEquation(int width, int start, double time) {
        double[] p = integrated(width, start, time);
        double survival = 0;
        for (double part : p) {
            survival += part;
        }
        ConfinedWalk walk = new ConfinedWalk(width);
        double scale = Math.exp(-walk.slowest() * time);
        assertThat(scale * walk.survival(start, time)).isCloseTo(survival, within(1e-10));
        assertThat(scale * walk.lowerFlux(start, time)).isCloseTo(p[1], within(1e-10));
        assertThat(scale * walk.upperFlux(start, time)).isCloseTo(p[width - 1], within(1e-10));

        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(width);
        int draws = 20_000;
        int[] found = new int[width + 1];
        for (int n = 0; n < draws; n++) {
            found[walk.place(start, time, random)]++;
        }
        for (int place = 0; place <= width; place++) {
            double expected = draws * p[place] / survival;
            assertThat((double) found[place]).isCloseTo(expected, within(5 * Math.sqrt(expected) + 1));
        }
    }
}
