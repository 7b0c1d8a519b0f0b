package dev.kossel.lattice;

/** The vertical section of a body of revolution that stands, or hangs, on a round foot. */
public enum Form {
    /** The full height everywhere. */
    CYLINDER {
        @Override
        double height(double radius) {
            return 1;
        }
    },
    /** Straight from the rim of the foot to the tip. */
    CONE {
        @Override
        double height(double radius) {
            return Math.max(0, 1 - radius);
        }
    },
    /** Half an ellipsoid; half a ball if it is as high as its foot's radius. */
    ELLIPSOID {
        @Override
        double height(double radius) {
            return Math.sqrt(Math.max(0, 1 - radius * radius));
        }
    };

    /** Height at a distance of 0 … 1 foot radii from the axis, as a fraction of the full height. */
    abstract double height(double radius);
}
