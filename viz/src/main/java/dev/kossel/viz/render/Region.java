package dev.kossel.viz.render;

/**
 * A part of the box with sides parallel to it: what lies outside is not drawn, and the sides show what they cut. Lengths
 * in nm from the lower corner of the box; infinite where nothing is cut.
 */
public record Region(double minXNm, double maxXNm, double minYNm, double maxYNm, double minZNm, double maxZNm) {

    private static final Region EVERYTHING = new Region(
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY);

    /** @throws IllegalArgumentException if an end is below its beginning or not a number */
    public Region {
        require("x", minXNm, maxXNm);
        require("y", minYNm, maxYNm);
        require("z", minZNm, maxZNm);
    }

    private static void require(String axis, double min, double max) {
        if (!(min < max)) {
            throw new IllegalArgumentException(
                    axis + ": from " + min + " to " + max + " nm, expected more than nothing");
        }
    }

    public static Region everything() {
        return EVERYTHING;
    }

    boolean isEverything() {
        return equals(EVERYTHING);
    }

    boolean contains(double xNm, double yNm, double zNm) {
        return xNm >= minXNm && xNm <= maxXNm && yNm >= minYNm && yNm <= maxYNm && zNm >= minZNm && zNm <= maxZNm;
    }
}
