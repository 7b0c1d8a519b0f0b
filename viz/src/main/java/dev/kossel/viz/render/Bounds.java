package dev.kossel.viz.render;

/** An axis-parallel box in nm. */
record Bounds(double minX, double minY, double minZ, double maxX, double maxY, double maxZ) {

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
