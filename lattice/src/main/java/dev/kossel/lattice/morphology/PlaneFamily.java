package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import java.util.ArrayList;
import java.util.List;

/**
 * Symmetry-equivalent planes of a crystal, as facets of a surface.
 *
 * <p>The families of a lattice, in the notation of its orientations (hcp with three indices, h k l of (h k i l)):
 *
 * <table>
 * <caption>Families, each with its planes</caption>
 * <tr><th>lattice</th><th>families</th></tr>
 * <tr><td>sc</td><td>{100} 6, {110} 12, {111} 8</td></tr>
 * <tr><td>bcc</td><td>{110} 12, {100} 6, {112} 24</td></tr>
 * <tr><td>fcc</td><td>{111} 8, {100} 6, {110} 12</td></tr>
 * <tr><td>hcp</td><td>{002} basal 2, {100} prismatic 6, {101} pyramidal 12, {110} second prismatic 6</td></tr>
 * </table>
 */
final class PlaneFamily {

    private final String name;
    private final List<double[]> normals;

    private PlaneFamily(String name, List<double[]> normals) {
        this.name = name;
        this.normals = List.copyOf(normals);
    }

    /**
     * Those of a lattice, the closest-packed first, with normals along the axes of its box.
     *
     * @throws IllegalArgumentException if the lattice is two-dimensional
     */
    static List<PlaneFamily> of(LatticeGeometry geometry) {
        double[][] axes = axes(geometry);
        return switch (geometry.kind()) {
            case SC -> List.of(cubic("100", axes), cubic("110", axes), cubic("111", axes));
            case BCC -> List.of(cubic("110", axes), cubic("100", axes), cubic("112", axes));
            case FCC -> List.of(cubic("111", axes), cubic("100", axes), cubic("110", axes));
            case HCP -> hexagonal(geometry.axialRatio(), axes);
            case SQUARE, TRIANGULAR ->
                throw new IllegalArgumentException(
                        "lattice " + geometry.kind() + ": facets need a three-dimensional lattice");
        };
    }

    /** As in {@code 002}. */
    String name() {
        return name;
    }

    /** The cosine of the angle between a direction of length 1 and the nearest normal. */
    double cosine(double x, double y, double z) {
        double largest = -1;
        for (double[] normal : normals) {
            largest = Math.max(largest, x * normal[0] + y * normal[1] + z * normal[2]);
        }
        return largest;
    }

    /**
     * The axes of the crystal, each in those of the box. Cubic lattices: [100], [010], [001]. hcp: along a, across a in the basal plane, along c. They
     * are the columns x, y, z of the table of cells in {@link LatticeGeometry}, turned round.
     */
    private static double[][] axes(LatticeGeometry geometry) {
        return switch (geometry.kind() + geometry.orientation()) {
            case "BCC110" -> transposed(new double[][] {{0, 0, 1}, {1, -1, 0}, {1, 1, 0}});
            case "FCC110" -> transposed(new double[][] {{-1, 1, 0}, {0, 0, 1}, {1, 1, 0}});
            case "FCC111" -> transposed(new double[][] {{1, -1, 0}, {1, 1, -2}, {1, 1, 1}});
            case "HCP100" -> transposed(new double[][] {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}});
            case "HCP110" -> transposed(new double[][] {{0, 1, 0}, {0, 0, 1}, {1, 0, 0}});
            default -> transposed(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
        };
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[3][3];
        for (int i = 0; i < 3; i++) {
            double[] row = normalized(rows[i].clone());
            for (int j = 0; j < 3; j++) {
                columns[j][i] = row[j];
            }
        }
        return columns;
    }

    private static boolean isSame(double[] a, double[] b) {
        return a[0] == b[0] && a[1] == b[1] && a[2] == b[2];
    }

    /** All permutations and signs of the indices, each direction once. */
    private static PlaneFamily cubic(String indices, double[][] axes) {
        int[] hkl = indices.chars().map(digit -> digit - '0').toArray();
        int[][] permutations = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        List<double[]> normals = new ArrayList<>();
        for (int[] order : permutations) {
            for (int signs = 0; signs < 8; signs++) {
                double[] normal = new double[3];
                for (int i = 0; i < 3; i++) {
                    normal[i] = hkl[order[i]] * ((signs >> i & 1) == 0 ? 1 : -1);
                }
                double[] along = along(axes, normal);
                if (normals.stream().noneMatch(known -> isSame(known, along))) {
                    normals.add(along);
                }
            }
        }
        return new PlaneFamily(indices, normals);
    }

    private static List<PlaneFamily> hexagonal(double axialRatio, double[][] axes) {
        List<double[]> basal = new ArrayList<>();
        List<double[]> prismatic = new ArrayList<>();
        List<double[]> pyramidal = new ArrayList<>();
        List<double[]> second = new ArrayList<>();
        for (int sign = -1; sign <= 1; sign += 2) {
            basal.add(along(axes, new double[] {0, 0, sign}));
        }
        for (int k = 0; k < 6; k++) {
            double angle = Math.PI / 3 * k;
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            second.add(along(axes, new double[] {c, s, 0}));
            prismatic.add(along(axes, new double[] {-s, c, 0}));
            for (int sign = -1; sign <= 1; sign += 2) {
                // The reciprocal lattice: 2/(√3 a) in the basal plane, 1/c along the axis.
                double inPlane = 2 / Math.sqrt(3);
                pyramidal.add(along(axes, new double[] {-s * inPlane, c * inPlane, sign / axialRatio}));
            }
        }
        return List.of(
                new PlaneFamily("002", basal),
                new PlaneFamily("100", prismatic),
                new PlaneFamily("101", pyramidal),
                new PlaneFamily("110", second));
    }

    private static double[] along(double[][] axes, double[] components) {
        double[] direction = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int axis = 0; axis < 3; axis++) {
                direction[i] += components[axis] * axes[axis][i];
            }
        }
        return normalized(direction);
    }

    private static double[] normalized(double[] v) {
        double length = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        for (int i = 0; i < 3; i++) {
            v[i] /= length;
        }
        return v;
    }
}
