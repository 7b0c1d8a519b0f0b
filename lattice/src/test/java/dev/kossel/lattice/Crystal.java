package dev.kossel.lattice;

import java.util.ArrayList;
import java.util.List;

/**
 * The slow, obvious oracle of {@link LatticeGeometry}: crystals as the textbook writes them, with their own axes, and neighbours found by looking at
 * every site of a box.
 */
final class Crystal {

    private static final double S2 = Math.sqrt(2);
    private static final double S3 = Math.sqrt(3);
    private static final double S6 = Math.sqrt(6);

    private Crystal() {}

    /** Whether the position (units of a, box axes) is one of the infinite crystal that has an atom in the origin. */
    static boolean hasSiteAt(LatticeGeometry geometry, double x, double y, double z) {
        double[][] axes = boxAxes(geometry);
        double[] r = new double[3];
        for (int i = 0; i < 3; i++) {
            r[i] = x * axes[0][i] + y * axes[1][i] + z * axes[2][i];
        }
        double c = geometry.axialRatio();
        return switch (geometry.kind()) {
            case SC -> whole(r[0], r[1], r[2]);
            case BCC -> whole(r[0], r[1], r[2]) || whole(r[0] - 0.5, r[1] - 0.5, r[2] - 0.5);
            case FCC -> whole(r[0] + r[1] + r[2]) && whole(2 * r[0], 2 * r[1], 2 * r[2]);
            case HCP ->
                whole(onA1(r), onA2(r), r[2] / c) || whole(onA1(r) - 1.0 / 3, onA2(r) - 1.0 / 3, r[2] / c - 0.5);
            case SQUARE -> whole(r[0], r[1], 0) && r[2] == 0;
            case TRIANGULAR -> whole(onA1(r), onA2(r), 0) && r[2] == 0;
        };
    }

    /** Sites in a volume of a³. */
    static double sitesPerCube(LatticeGeometry geometry) {
        return switch (geometry.kind()) {
            case SC, SQUARE -> 1;
            case BCC -> 2;
            case FCC -> 4;
            case HCP -> 4 / S3 / geometry.axialRatio();
            case TRIANGULAR -> 2 / S3;
        };
    }

    /** Atomic planes in a height of a: 1/d of the oriented plane, or twice that where it is a double plane. */
    static double layersPerLatticeConstant(LatticeGeometry geometry) {
        return switch (geometry.kind() + geometry.orientation()) {
            case "SC100", "SQUARE2d", "TRIANGULAR2d" -> 1;
            case "BCC100", "FCC100", "HCP110" -> 2;
            case "BCC110" -> S2;
            case "FCC110" -> 2 * S2;
            case "FCC111" -> S3;
            case "HCP002" -> 2 / geometry.axialRatio();
            case "HCP100" -> 4 / S3;
            default -> throw new AssertionError(geometry);
        };
    }

    /** The site at the displacement of slot k, by comparing with the position of every site of the box; −1 if there is none. */
    static int neighbor(LatticeGeometry geometry, int site, int k) {
        double[] d = geometry.displacementNm(geometry.basis(site), k);
        double tolerance = 0.01 * geometry.latticeConstantNm();
        boolean acrossFlat = (geometry.cellsX() == 1 && Math.abs(d[0]) > tolerance)
                || (geometry.cellsY() == 1 && Math.abs(d[1]) > tolerance);
        if (acrossFlat) {
            return -1;
        }
        int found = -1;
        for (int j = 0; j < geometry.siteCount(); j++) {
            double x = periodic(geometry.xNm(j) - geometry.xNm(site) - d[0], geometry.widthNm());
            double y = periodic(geometry.yNm(j) - geometry.yNm(site) - d[1], geometry.depthNm());
            double z = geometry.zNm(j) - geometry.zNm(site) - d[2];
            if (Math.sqrt(x * x + y * y + z * z) < tolerance) {
                if (found >= 0) {
                    throw new AssertionError(geometry + ": sites " + found + " and " + j + " coincide");
                }
                found = j;
            }
        }
        return found;
    }

    /** Displacements in units of a, from an atom at (x, y, z) of the infinite crystal, to all its atoms up to a distance. */
    static List<double[]> displacementsWithin(LatticeGeometry geometry, double[] from, double distance) {
        List<double[]> found = new ArrayList<>();
        // Coordinates of all atoms relative to each other are multiples of these in each of the cells we have.
        double[] grid = {
            geometry.widthNm() / geometry.cellsX() / geometry.latticeConstantNm() / 6,
            geometry.depthNm() / geometry.cellsY() / geometry.latticeConstantNm() / 6,
            geometry.heightNm() / geometry.cellsZ() / geometry.latticeConstantNm() / 6
        };
        int[] reach = {
            (int) Math.ceil(distance / grid[0]),
            (int) Math.ceil(distance / grid[1]),
            (int) Math.ceil(distance / grid[2])
        };
        for (int i = -reach[0]; i <= reach[0]; i++) {
            for (int j = -reach[1]; j <= reach[1]; j++) {
                for (int l = -reach[2]; l <= reach[2]; l++) {
                    double[] d = {i * grid[0], j * grid[1], l * grid[2]};
                    double length = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
                    if (length > 1e-6
                            && length < distance + 1e-6
                            && hasSiteAt(geometry, from[0] + d[0], from[1] + d[1], from[2] + d[2])) {
                        found.add(d);
                    }
                }
            }
        }
        return found;
    }

    /** The box axes x, y, z (rows) in the crystal's Cartesian axes; z is the normal of the oriented plane. */
    private static double[][] boxAxes(LatticeGeometry geometry) {
        return switch (geometry.kind() + geometry.orientation()) {
            case "BCC110" -> new double[][] {{0, 0, 1}, {1 / S2, -1 / S2, 0}, {1 / S2, 1 / S2, 0}};
            case "FCC110" -> new double[][] {{-1 / S2, 1 / S2, 0}, {0, 0, 1}, {1 / S2, 1 / S2, 0}};
            case "FCC111" -> new double[][] {{1 / S2, -1 / S2, 0}, {1 / S6, 1 / S6, -2 / S6}, {1 / S3, 1 / S3, 1 / S3}};
            // Crystal axes: a₁ along the first, c along the third.
            case "HCP100" -> new double[][] {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}};
            case "HCP110" -> new double[][] {{0, 1, 0}, {0, 0, 1}, {1, 0, 0}};
            default -> new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        };
    }

    /** Coordinates along a₁ = (1, 0) and a₂ = (½, √3/2). */
    private static double onA1(double[] r) {
        return r[0] - r[1] / S3;
    }

    private static double onA2(double[] r) {
        return r[1] * 2 / S3;
    }

    private static boolean whole(double... values) {
        for (double v : values) {
            if (Math.abs(v - Math.rint(v)) > 1e-6) {
                return false;
            }
        }
        return true;
    }

    private static double periodic(double difference, double length) {
        return difference - length * Math.rint(difference / length);
    }
}
