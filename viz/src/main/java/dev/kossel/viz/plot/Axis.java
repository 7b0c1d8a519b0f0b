package dev.kossel.viz.plot;

/**
 * An axis of a plot.
 *
 * @param label the quantity with its unit, e.g. {@code Current density (mA cm⁻²)}
 * @param logarithmic whether it counts decades; values that are not positive are then left out
 */
public record Axis(String label, boolean logarithmic) {

    public static Axis linear(String label) {
        return new Axis(label, false);
    }

    public static Axis logarithmic(String label) {
        return new Axis(label, true);
    }

    /** Whether a value can be shown. */
    boolean admits(double value) {
        return Double.isFinite(value) && (!logarithmic || value > 0);
    }
}
