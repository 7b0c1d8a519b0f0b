package dev.kossel.scenarios.physics;

/**
 * How a rate of charge transfer depends on the overpotential η (V, negative is cathodic), relative to η = 0.
 *
 * <p>The ratio of the reduction's to the oxidation's factor is exp(−n f η) with f = e/kT, so that potentials obey
 * detailed balance as energies do.
 */
public sealed interface OverpotentialFactor {

    /** The factor at η; 1 at η = 0. */
    double at(double overpotentialVolts);

    /**
     * d(factor)/dη, 1/V.
     *
     * @param factor the {@linkplain #at factor} there, which may save the work of computing it again
     */
    double slopeAt(double overpotentialVolts, double factor);

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
        public double slopeAt(double overpotentialVolts, double factor) {
            return perVolt * factor;
        }
    }

    /**
     * Another factor for a reaction that stands in equilibrium at a potential of its own: F(η − η₀)/F(−η₀).
     *
     * @param law F
     * @param equilibriumVolts η₀
     */
    record Shifted(OverpotentialFactor law, double equilibriumVolts) implements OverpotentialFactor {
        @Override
        public double at(double overpotentialVolts) {
            return law.at(overpotentialVolts - equilibriumVolts) / law.at(-equilibriumVolts);
        }

        @Override
        public double slopeAt(double overpotentialVolts, double factor) {
            double start = law.at(-equilibriumVolts);
            return law.slopeAt(overpotentialVolts - equilibriumVolts, factor * start) / start;
        }
    }

    /**
     * Marcus–Hush–Chidsey: the Marcus rate integrated over the Fermi distribution of the metal (Chidsey 1991, doi
     * 10.1126/science.251.4996.919).
     *
     * <p>With energies in kT and x the distance from the Fermi level, k ∝ exp(±η/2) G(η), where G(η) = ∫ exp(−(x −
     * η)²/4λ) / cosh(x/2) dx is even in η, so that detailed balance is plain to see. The trapezoidal rule converges
     * exponentially here: with unit steps the error is below 10⁻⁸. (The closed formula of Zeng et al. 2014, doi
     * 10.1016/j.jelechem.2014.09.038, is off by 25 % at λ = 1 eV.) A value costs some 50 √(λ/kT) exponentials.
     *
     * @param reorganization λ/kT
     * @param perVolt n f, 1/V: positive for an oxidation, negative for a reduction
     */
    record MarcusHushChidsey(double reorganization, double perVolt) implements OverpotentialFactor {
        @Override
        public double at(double overpotentialVolts) {
            return integral(perVolt * overpotentialVolts, false) / integral(0, false);
        }

        @Override
        public double slopeAt(double overpotentialVolts, double factor) {
            return perVolt * integral(perVolt * overpotentialVolts, true) / integral(0, false);
        }

        /** exp(η/2) G(η) or, as {@code derivative}, what it grows with η. */
        private double integral(double reduced, boolean derivative) {
            // The integrand falls off from its peak at least like exp(−(x − peak)²/4λ): 10⁻¹⁶ of it lies outside.
            double peak = Math.copySign(Math.max(0, Math.abs(reduced) - reorganization), reduced);
            double reach = 12 * Math.sqrt(reorganization) + 1;
            double sum = 0;
            for (double x = Math.rint(peak - reach); x <= peak + reach; x++) {
                double growth = derivative ? (x - reduced) / (2 * reorganization) + 0.5 : 1;
                double exponent = (reduced - Math.abs(x)) / 2 - (x - reduced) * (x - reduced) / (4 * reorganization);
                sum += growth * Math.exp(exponent) / (1 + Math.exp(-Math.abs(x)));
            }
            return sum;
        }
    }
}
