package dev.kossel.engine.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

class RandomWordTest {

    /** Two numbers are the digits of the word's fraction: together they are the number below the product of both counts that the whole word would give. */
    @Test
    void shouldTakeNumbersAsDigitsOfOneFraction() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(7);
        RandomWord word = new RandomWord();
        for (int n = 0; n < 100_000; n++) {
            long bits = n == 0 ? 0 : n == 1 ? -1 : random.nextLong();
            int items = 1 + random.nextInt(n % 2 == 0 ? 40 : Integer.MAX_VALUE);
            int directions = 1 + random.nextInt(50);
            BigInteger product = BigInteger.valueOf(bits >>> 1)
                    .multiply(BigInteger.valueOf((long) items * directions))
                    .shiftRight(63);

            word.holding(bits);
            long item = word.below(items);
            long direction = word.below(directions);

            assertThat(item).isBetween(0L, items - 1L);
            assertThat(direction).isBetween(0L, directions - 1L);
            assertThat(item * directions + direction).isEqualTo(product.longValueExact());
        }
    }

    @Test
    void shouldTakeAllPairsOfNumbersEquallyOften() {
        RandomWord word = new RandomWord();
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(11);
        long[] observed = new long[13 * 6];
        for (int n = 0; n < 500_000; n++) {
            word.draw(random);
            observed[word.below(13) * 6 + word.below(6)]++;
        }
        double[] expected = new double[observed.length];
        Arrays.fill(expected, 1);

        assertThat(ChiSquareTest.withDefaults().test(expected, observed).getPValue())
                .isGreaterThan(1e-4);
    }
}
