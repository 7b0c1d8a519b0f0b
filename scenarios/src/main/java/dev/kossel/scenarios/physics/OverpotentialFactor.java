package dev.kossel.scenarios.physics;

import org.apache.commons.numbers.gamma.Erfc;

/**
 * How a rate of charge transfer depends on the overpotential η (V, negative is cathodic), relative to η = 0.
 *
 * <p>The ratio of the reduction's to the oxidation's factor is exp(−n f η) with f = e/kT, so that potentials obey detailed balance as energies do.
 */
public sealed interface OverpotentialFactor {

    /** The factor at η; 1 at η = 0. */
    double at(double overpotentialVolts);

    /** d(factor)/dη, 1/V. */
    double slopeAt(double overpotentialVolts);

    /**
     * Butler–Volmer: exp(b η), with b = −α n f for a reduction and b = (1 − α) n f for an oxidation.
     *
     * @param perVolt b, 1/V
     */
    record ButlerVolmer(double perVolt) implements OverpotentialFactor {
        @Override
        public double at(double overpotentialVolts) {
            return Math.exp(perVolt * overpotentialVolts);
        }

        @Override
        public double slopeAt(double overpotentialVolts) {
            return perVolt * at(overpotentialVolts);
        }
    }

    /**
     * Marcus–Hush–Chidsey: the Marcus rate integrated over the Fermi distribution of the metal, in the uniformly valid approximation of Zeng, Smith, Bai
     * and Bazant 2014 (doi 10.1016/j.jelechem.2014.09.038), eq. 17: k ∝ erfc((λ − √(1 + √λ + η²)) / (2√λ)) / (1 + exp(±η)), λ and η in units of kT (and
     * kT/ne).
     *
     * @param reorganization λ/kT
     * @param perVolt n f, 1/V: positive for an oxidation, negative for a reduction
     */
    record MarcusHushChidsey(double reorganization, double perVolt) implements OverpotentialFactor {
        @Override
        public double at(double overpotentialVolts) {
            return unscaled(perVolt * overpotentialVolts) / unscaled(0);
        }

        private double unscaled(double reduced) {
            double root = Math.sqrt(1 + Math.sqrt(reorganization) + reduced * reduced);
            return Erfc.value((reorganization - root) / (2 * Math.sqrt(reorganization))) / (1 + Math.exp(-reduced));
        }

        @Override
        public double slopeAt(double overpotentialVolts) {
            double step = 1e-5;
            return (at(overpotentialVolts + step) - at(overpotentialVolts - step)) / (2 * step);
        }
    }
}
