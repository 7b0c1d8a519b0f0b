package dev.kossel.viz.plot;

import java.util.function.DoubleUnaryOperator;

/**
 * A line of a plot, or points that were measured with an error.
 *
 * @param name what the legend calls it
 * @param x abscissae, ascending or not; points whose x is not finite are left out
 * @param y ordinates, one an abscissa; where one is not finite the line has a gap
 * @param errors standard errors of y, one an abscissa, where it is points; empty where it is a line
 */
public record Curve(String name, double[] x, double[] y, double[] errors) {

    /** Enough for a smooth line. */
    private static final int SAMPLES = 241;

    /** @throws IllegalArgumentException if the arrays differ in length */
    public Curve {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "curve '" + name + "': " + x.length + " abscissae, " + y.length + " ordinates");
        }
        if (errors.length != 0 && errors.length != y.length) {
            throw new IllegalArgumentException(
                    "curve '" + name + "': " + y.length + " ordinates, " + errors.length + " errors");
        }
    }

    /** A line. */
    public Curve(String name, double[] x, double[] y) {
        this(name, x, y, new double[0]);
    }

    /** The line of a law, evenly sampled between two abscissae. */
    public static Curve law(String name, double from, double to, DoubleUnaryOperator law) {
        double[] x = new double[SAMPLES];
        double[] y = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            x[i] = from + (to - from) * i / (SAMPLES - 1);
            y[i] = law.applyAsDouble(x[i]);
        }
        return new Curve(name, x, y);
    }

    boolean isPoints() {
        return errors.length > 0;
    }
}
