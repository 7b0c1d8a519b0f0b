package dev.kossel.scenarios.physics;

/** Dawson's integral, the shape of a voltammogram of reversible deposition. */
public final class Dawson {

    private static final int STEPS = 500;

    private Dawson() {}

    /** exp(−z²) ∫ exp(t²) dt from 0 to z, to some 1e-5 for |z| up to 3: by the midpoint rule. */
    public static double integral(double z) {
        double sum = 0;
        for (int n = 0; n < STEPS; n++) {
            double t = (n + 0.5) * z / STEPS;
            sum += Math.exp(t * t - z * z) * z / STEPS;
        }
        return sum;
    }
}
