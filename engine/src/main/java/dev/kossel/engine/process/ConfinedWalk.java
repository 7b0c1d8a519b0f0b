package dev.kossel.engine.process;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * A walk on the integers between 0 and a width, one hop each way per unit of time on average, until it comes to either end: when it does, and where it is until then, exactly.
 *
 * <p>From n₀ the probability of being at n after a time t without having come to an end is a finite sum over the modes of the second difference,
 *
 * <pre>
 *   p(n, t) = (2/W) Σ_{k=1}^{W−1} sin(kπn₀/W) sin(kπn/W) e^{−λ_k t},   λ_k = 2 − 2 cos(kπ/W)
 * </pre>
 *
 * (Feller, An Introduction to Probability Theory and Its Applications, vol. 1, 3rd ed., section XIV.5, in continuous time). All quantities here are those sums times
 * e^{λ_1 t}, which neither underflows nor matters to a ratio. What is left out of a sum is less than 10⁻¹⁷ of its first mode.
 *
 * <p>O(W²) numbers; immutable but for scratch space: one thread.
 */
final class ConfinedWalk {

    /** Modes beyond it are less than the last digit. */
    private static final double SPENT = 40;

    final int width;
    /** λ_k − λ_1 by k − 1. */
    private final double[] excess;

    private final double slowest;
    /** sin(kπn/W) by [(k − 1) (W + 1) + n]. */
    private final double[] sine;
    /** Σ_n sin(kπn/W) by k − 1. */
    private final double[] total;

    private final double[] decay;
    private final double[] weight;

    /** @param width at least 2 */
    ConfinedWalk(int width) {
        this.width = width;
        int modes = width - 1;
        excess = new double[modes];
        sine = new double[modes * (width + 1)];
        total = new double[modes];
        decay = new double[modes];
        weight = new double[width + 1];
        slowest = rate(1);
        for (int k = 1; k <= modes; k++) {
            excess[k - 1] = rate(k) - slowest;
            for (int n = 1; n < width; n++) {
                sine[(k - 1) * (width + 1) + n] = Math.sin(k * Math.PI * n / width);
            }
            total[k - 1] = k % 2 == 0 ? 0 : 1 / Math.tan(k * Math.PI / (2 * width));
        }
    }

    private double rate(int k) {
        double half = Math.sin(k * Math.PI / (2 * width));
        return 4 * half * half;
    }

    /** λ_1. */
    double slowest() {
        return slowest;
    }

    /** Makes the modes of a time ready; returns how many count. */
    private int modes(double time) {
        int k = 0;
        while (k < decay.length && excess[k] * time < SPENT) {
            decay[k] = Math.exp(-excess[k] * time);
            k++;
        }
        return k;
    }

    /** Probability that no end has been reached, times e^{λ_1 t}. */
    double survival(int start, double time) {
        int modes = modes(time);
        double sum = 0;
        for (int k = 0; k < modes; k += 2) {
            sum += sine[k * (width + 1) + start] * total[k] * decay[k];
        }
        return 2 * sum / width;
    }

    /** Probability of being at a place within the ends, not negative, times e^{λ_1 t}; of a time that {@link #modes} was called for. */
    private double at(int start, int place, int modes) {
        double sum = 0;
        for (int k = 0; k < modes; k++) {
            int row = k * (width + 1);
            sum += sine[row + start] * sine[row + place] * decay[k];
        }
        return Math.max(0, 2 * sum / width);
    }

    /** Rate of coming to the lower end, times e^{λ_1 t}: that of a hop from the place next to it. */
    double lowerFlux(int start, double time) {
        return at(start, 1, modes(time));
    }

    /** Rate of coming to the upper end, times e^{λ_1 t}. */
    double upperFlux(int start, double time) {
        return at(start, width - 1, modes(time));
    }

    /** Draws where the walk is, given that no end has been reached. */
    int place(int start, double time, UniformRandomProvider random) {
        if (time == 0) {
            return start;
        }
        int modes = modes(time);
        double sum = 0;
        for (int n = 1; n < width; n++) {
            weight[n] = at(start, n, modes);
            sum += weight[n];
        }
        double left = random.nextDouble() * sum;
        int chosen = start;
        for (int n = 1; n < width && left >= 0; n++) {
            if (weight[n] > 0) {
                chosen = n;
                left -= weight[n];
            }
        }
        return chosen;
    }
}
