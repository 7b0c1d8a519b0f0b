package dev.kossel.engine;

/**
 * Simulated time, s.
 *
 * <p>Kahan–Neumaier sum, because a run adds 10¹⁰ steps that may each be 10¹⁵ times smaller than the time reached. One
 * thread.
 */
public final class SimulationClock {

    private double sum;
    private double carry;

    public double timeSeconds() {
        return sum + carry;
    }

    void advance(double stepSeconds) {
        double next = sum + stepSeconds;
        carry += Math.abs(sum) >= stepSeconds ? (sum - next) + stepSeconds : (stepSeconds - next) + sum;
        sum = next;
    }

    /** Moves the clock to {@code timeSeconds}, the end of a step that no event reaches. */
    void clampTo(double timeSeconds) {
        sum = timeSeconds;
        carry = 0;
    }

    double sum() {
        return sum;
    }

    double carry() {
        return carry;
    }

    void set(double newSum, double newCarry) {
        sum = newSum;
        carry = newCarry;
    }
}
