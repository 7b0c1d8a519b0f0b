package dev.kossel.viz.render;

/** An axis-parallel box in nm. */
record Bounds(double minX, double minY, double minZ, double maxX, double maxY, double maxZ) {

    /** The part of it that lies in a region; all of it, seen from that side, where the region lies beside it. */
    Bounds within(Region region) {
        double[] x = within(minX, maxX, region.minXNm(), region.maxXNm());
        double[] y = within(minY, maxY, region.minYNm(), region.maxYNm());
        double[] z = within(minZ, maxZ, region.minZNm(), region.maxZNm());
        return new Bounds(x[0], y[0], z[0], x[1], y[1], z[1]);
    }

    private static double[] within(double min, double max, double from, double to) {
        return from >= max || to <= min
                ? new double[] {min, max}
                : new double[] {Math.max(min, from), Math.min(max, to)};
    }

    double centerX() {
        return 0.5 * (minX + maxX);
    }

    double centerY() {
        return 0.5 * (minY + maxY);
    }

    double centerZ() {
        return 0.5 * (minZ + maxZ);
    }

    /** Corner 0 … 7: bit 0 chooses x, bit 1 y, bit 2 z. */
    double cornerX(int corner) {
        return (corner & 1) == 0 ? minX : maxX;
    }

    double cornerY(int corner) {
        return (corner & 2) == 0 ? minY : maxY;
    }

    double cornerZ(int corner) {
        return (corner & 4) == 0 ? minZ : maxZ;
    }
}
