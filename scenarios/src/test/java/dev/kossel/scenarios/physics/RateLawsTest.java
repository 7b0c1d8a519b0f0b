package dev.kossel.scenarios.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.process.RateLaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RateLawsTest {

    private static final double KT = Constants.thermalEnergyEv(298.15);
    private static final double KINK = -0.6;
    private static final double[] ACTIVATION = {0.4, 0.55};

    /** A process and its reverse; their rates balance at ΔE = {@code balance}. */
    record Couple(String name, RateLaw forward, RateLaw reverse, double balance) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Couple> couples() {
        RateLaw arrhenius = RateLaws.arrhenius(1e13, ACTIVATION, KT);
        RateLaw bonds = RateLaws.bondCounting(1e13, 0.3, 0.08, KT);
        RateLaw symmetric = RateLaws.brønstedEvansPolanyi(1e13, 0.3, 0.5, 0.08, KT);
        RateLaw skewed = RateLaws.brønstedEvansPolanyi(1e13, 0.3, 0.2, 0.08, KT);
        RateLaw metropolis = RateLaws.metropolis(1e13, KT);
        RateLaw kawasaki = RateLaws.kawasaki(1e13, KT);
        RateLaw reduction = RateLaws.reduction(1e3, 0.4, KINK, KT);
        return Stream.of(
                new Couple("arrhenius, reversed", arrhenius, RateLaws.reversed(arrhenius, KT), 0),
                new Couple("bond counting, both ways", bonds, bonds, 0),
                new Couple("bond counting, reversed", bonds, RateLaws.reversed(bonds, KT), 0),
                new Couple("bep with slope ½, both ways", symmetric, symmetric, 0),
                new Couple("bep, reversed", skewed, RateLaws.reversed(skewed, KT), 0),
                new Couple("metropolis, both ways", metropolis, metropolis, 0),
                new Couple("metropolis, reversed", metropolis, RateLaws.reversed(metropolis, KT), 0),
                new Couple("kawasaki, both ways", kawasaki, kawasaki, 0),
                new Couple("kawasaki, reversed", kawasaki, RateLaws.reversed(kawasaki, KT), 0),
                new Couple("constant, reversed", RateLaws.constant(7), RateLaws.reversed(RateLaws.constant(7), KT), 0),
                new Couple(
                        "scaled, reversed",
                        RateLaws.scaled(skewed, 1e-4),
                        RateLaws.reversed(RateLaws.scaled(skewed, 1e-4), KT),
                        0),
                new Couple("reduction, oxidation", reduction, RateLaws.oxidation(1e3, 0.4, KINK, KT), KINK),
                new Couple("reduction, reversed", reduction, RateLaws.reversed(reduction, KT), 0));
    }

    @ParameterizedTest
    @MethodSource("couples")
    void shouldObeyDetailedBalance(Couple couple) {
        for (int layerStep = -1; layerStep <= 1; layerStep++) {
            for (int siteType = 0; siteType < 2; siteType++) {
                for (double initial = -1.5; initial <= 0; initial += 0.25) {
                    for (double delta = -1; delta <= 1; delta += 0.125) {
                        double forward = couple.forward.rate(delta, initial, siteType, layerStep);
                        double reverse = couple.reverse.rate(-delta, initial + delta, siteType, layerStep);
                        double exponent = -(delta - couple.balance) / KT;
                        assertThat(Math.log(forward / reverse))
                                .as("ΔE = %s eV", delta)
                                .isCloseTo(exponent, within(1e-10));
                    }
                }
            }
        }
    }

    /** What {@link RateLaw} asks of every law, because bounds are taken from the extremes. */
    @ParameterizedTest
    @MethodSource("couples")
    void shouldFallWithTheEnergyToClimbAndRiseWithTheEnergyToStartFrom(Couple couple) {
        for (RateLaw law : new RateLaw[] {couple.forward, couple.reverse}) {
            for (double initial = -1.5; initial <= 0; initial += 0.25) {
                for (double delta = -1; delta <= 1; delta += 0.125) {
                    double rate = law.rate(delta, initial, 0, 0) * (1 - 1e-12);
                    assertThat(law.rate(delta - 0.125, initial, 0, 0)).isGreaterThanOrEqualTo(rate);
                    assertThat(law.rate(delta, initial + 0.25, 0, 0)).isGreaterThanOrEqualTo(rate);
                }
            }
        }
    }

    @Test
    void shouldReadItsActivationEnergyFromTheSiteType() {
        RateLaw law = RateLaws.arrhenius(1e13, ACTIVATION, KT);
        assertThat(law.rate(0, 0, 0, 0)).isEqualTo(1e13 * Math.exp(-0.4 / KT));
        assertThat(law.rate(0, 0, 1, 0)).isEqualTo(1e13 * Math.exp(-0.55 / KT));
    }

    @Test
    void shouldPayForEveryBondAndForAStep() {
        RateLaw law = RateLaws.bondCounting(1e13, 0.3, 0.08, KT);
        for (int bonds = 0; bonds <= 5; bonds++) {
            double barrier = 0.3 + 0.1 * bonds;
            assertRatesAlike(law.rate(0.2, -0.1 * bonds, 0, 0), 1e13 * Math.exp(-barrier / KT));
            assertRatesAlike(law.rate(0.2, -0.1 * bonds, 0, 1), 1e13 * Math.exp(-(barrier + 0.08) / KT));
            assertRatesAlike(law.rate(0.2, -0.1 * bonds, 0, -1), 1e13 * Math.exp(-(barrier + 0.08) / KT));
        }
    }

    @Test
    void shouldNeverLetABarrierBeLowerThanTheClimb() {
        RateLaw law = RateLaws.brønstedEvansPolanyi(1e13, 0.3, 0.5, 0, KT);
        assertRatesAlike(law.rate(0, 0, 0, 0), 1e13 * Math.exp(-0.3 / KT));
        assertRatesAlike(law.rate(0.2, 0, 0, 0), 1e13 * Math.exp(-0.4 / KT));
        assertRatesAlike(law.rate(0.8, 0, 0, 0), 1e13 * Math.exp(-0.8 / KT));
        assertRatesAlike(law.rate(-0.8, 0, 0, 0), 1e13);
    }

    @Test
    void shouldExchangeAsMuchAtTheKink() {
        RateLaw reduction = RateLaws.reduction(250, 0.3, KINK, KT);
        RateLaw oxidation = RateLaws.oxidation(250, 0.3, KINK, KT);
        assertRatesAlike(reduction.rate(KINK, 0, 0, 0), 250);
        assertRatesAlike(oxidation.rate(-KINK, KINK, 0, 0), 250);
        // Stronger binding than the kink's: reduced sooner, oxidized later.
        assertThat(reduction.rate(KINK - 0.1, 0, 0, 0)).isGreaterThan(250);
        assertThat(oxidation.rate(-KINK + 0.1, KINK - 0.1, 0, 0)).isLessThan(250);
    }

    private static void assertRatesAlike(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-12 * expected));
    }
}
