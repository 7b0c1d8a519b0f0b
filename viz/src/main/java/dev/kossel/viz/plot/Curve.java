package dev.kossel.viz.plot;

/**
 * A line of a plot.
 *
 * @param name what the legend calls it
 * @param x abscissae, ascending or not; points whose x is not finite are left out
 * @param y ordinates, one an abscissa; where one is not finite the line has a gap
 */
public record Curve(String name, double[] x, double[] y) {

    /** @throws IllegalArgumentException if the arrays differ in length */
    public Curve {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "curve '" + name + "': " + x.length + " abscissae, " + y.length + " ordinates");
        }
    }
}
