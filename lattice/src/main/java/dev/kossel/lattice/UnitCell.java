package dev.kossel.lattice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The orthogonal cell of a lattice with a chosen plane normal to z, and the neighbours its sites have.
 *
 * <p>Positions are whole numbers of {@code parts} of an edge, so they compare exactly. The lowest site lies at z = 0, and no two sites of a cell stand
 * above each other: {@link LatticeGeometry} counts columns by that.
 *
 * @param kind the lattice
 * @param orientation the plane normal to z
 * @param edges lengths of the edges in units of a; in hcp with the ideal c/a = √(8/3) (two-dimensional lattices: z edge 1)
 * @param parts into how many parts an edge is divided, by axis
 * @param basis positions of the sites in parts, by site and axis, ordered by z, y, x
 * @param axialAxis the axis (0, 1, 2) along which c of hcp lies, −1 in other lattices
 */
record UnitCell(LatticeKind kind, String orientation, double[] edges, int[] parts, int[][] basis, int axialAxis) {

    /**
     * A neighbour of a basis site.
     *
     * @param shell index of its shell
     * @param step displacement in parts, by axis
     * @param cells displacement of its cell, by axis
     * @param basis which site of that cell it is
     */
    record Neighbor(int shell, int[] step, int[] cells, int basis) {}

    private static final double SQRT_2 = Math.sqrt(2);
    private static final double SQRT_3 = Math.sqrt(3);
    private static final double IDEAL_AXIAL_RATIO = Math.sqrt(8.0 / 3.0);

    /** No neighbour of the first two coordination spheres lies farther than two cells away. */
    private static final int REACH = 3;

    /** Two squared distances (units of a²) closer than this belong to one coordination sphere. */
    private static final double SAME_SPHERE = 1e-6;

    private static final int[][] PRIMITIVE = {{0, 0, 0}};
    private static final int[][] BODY_CENTRED = {{0, 0, 0}, {1, 1, 1}};
    private static final int[][] FACE_CENTRED = {{0, 0, 0}, {1, 1, 0}, {1, 0, 1}, {0, 1, 1}};

    /** The default orientation of a lattice, its closest-packed plane, comes first. */
    private static final List<UnitCell> ALL = List.of(
            cell(LatticeKind.SC, "100", edges(1, 1, 1), parts(1, 1, 1), PRIMITIVE),
            cell(LatticeKind.BCC, "110", edges(1, SQRT_2, SQRT_2), parts(2, 2, 2), FACE_CENTRED),
            cell(LatticeKind.BCC, "100", edges(1, 1, 1), parts(2, 2, 2), BODY_CENTRED),
            cell(LatticeKind.FCC, "111", edges(1 / SQRT_2, SQRT_3 / SQRT_2, SQRT_3), parts(2, 6, 3), new int[][] {
                {0, 0, 0}, {1, 3, 0}, {0, 2, 1}, {1, 5, 1}, {1, 1, 2}, {0, 4, 2}
            }),
            cell(LatticeKind.FCC, "100", edges(1, 1, 1), parts(2, 2, 2), FACE_CENTRED),
            cell(LatticeKind.FCC, "110", edges(1 / SQRT_2, 1, 1 / SQRT_2), parts(2, 2, 2), BODY_CENTRED),
            hexagonal("002", 0, 1, 2),
            hexagonal("100", 0, 2, 1),
            hexagonal("110", 1, 2, 0),
            cell(LatticeKind.SQUARE, "2d", edges(1, 1, 1), parts(1, 1, 1), PRIMITIVE),
            cell(LatticeKind.TRIANGULAR, "2d", edges(1, SQRT_3, 1), parts(2, 2, 1), new int[][] {{0, 0, 0}, {1, 1, 0}
            }));

    /** @throws IllegalArgumentException if the orientation is unknown for the lattice */
    static UnitCell of(LatticeKind kind, String orientation) {
        return ALL.stream()
                .filter(of(kind).and(cell -> cell.orientation.equals(orientation)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("orientation '" + orientation + "' of " + name(kind)
                        + ": expected one of " + String.join(", ", orientations(kind))));
    }

    static List<String> orientations(LatticeKind kind) {
        return ALL.stream().filter(of(kind)).map(UnitCell::orientation).toList();
    }

    /** As users write it: {@code bcc(110)}. */
    String name() {
        return name(kind) + "(" + orientation + ")";
    }

    boolean planar() {
        return kind == LatticeKind.SQUARE || kind == LatticeKind.TRIANGULAR;
    }

    /** Lengths of the edges in units of a, with c/a as given. */
    double[] edges(double axialRatio) {
        double[] actual = edges.clone();
        if (axialAxis >= 0) {
            actual[axialAxis] = axialRatio;
        }
        return actual;
    }

    /** The shells in slot order, with their distances at the given c/a. */
    List<Shell> shells(double axialRatio) {
        List<Neighbor> neighbors = neighbors(0);
        double[] actual = edges(axialRatio);
        List<Shell> shells = new ArrayList<>();
        for (int s = 0; s < shellNames().size(); s++) {
            int shell = s;
            List<Neighbor> members =
                    neighbors.stream().filter(n -> n.shell == shell).toList();
            double distance = Math.sqrt(squaredLength(members.get(0).step, actual));
            shells.add(new Shell(shellNames().get(s), members.size(), distance));
        }
        return List.copyOf(shells);
    }

    private List<String> shellNames() {
        return axialAxis >= 0 ? List.of("1NN-basal", "1NN-pyramidal", "2NN") : List.of("1NN", "2NN");
    }

    /**
     * The neighbours of basis site {@code from} in slot order: by shell, then by displacement along z, y, x, ascending. Found by distance in the ideal
     * crystal, so that a strained c/a leaves the shells as they are.
     */
    List<Neighbor> neighbors(int from) {
        List<Neighbor> near = new ArrayList<>();
        int reachZ = planar() ? 0 : REACH;
        for (int z = -reachZ; z <= reachZ; z++) {
            for (int y = -REACH; y <= REACH; y++) {
                for (int x = -REACH; x <= REACH; x++) {
                    for (int to = 0; to < basis.length; to++) {
                        int[] cells = {x, y, z};
                        int[] step = new int[3];
                        for (int axis = 0; axis < 3; axis++) {
                            step[axis] = cells[axis] * parts[axis] + basis[to][axis] - basis[from][axis];
                        }
                        near.add(new Neighbor(-1, step, cells, to));
                    }
                }
            }
        }
        double first = nearestBeyond(SAME_SPHERE, near);
        double second = nearestBeyond(first + SAME_SPHERE, near);
        return near.stream()
                .filter(n -> squaredDistance(n) > SAME_SPHERE && squaredDistance(n) < second + SAME_SPHERE)
                .map(n -> new Neighbor(shell(n, first), n.step, n.cells, n.basis))
                .sorted(Comparator.comparingInt(Neighbor::shell)
                        .thenComparingInt(n -> n.step[2])
                        .thenComparingInt(n -> n.step[1])
                        .thenComparingInt(n -> n.step[0]))
                .toList();
    }

    private int shell(Neighbor n, double firstSphere) {
        if (squaredDistance(n) > firstSphere + SAME_SPHERE) {
            return shellNames().size() - 1;
        }
        return axialAxis >= 0 && n.step[axialAxis] != 0 ? 1 : 0;
    }

    private double nearestBeyond(double squared, List<Neighbor> neighbors) {
        return neighbors.stream()
                .mapToDouble(this::squaredDistance)
                .filter(d -> d > squared)
                .min()
                .orElseThrow();
    }

    private double squaredDistance(Neighbor n) {
        return squaredLength(n.step, edges);
    }

    private double squaredLength(int[] step, double[] actualEdges) {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double d = step[axis] * actualEdges[axis] / parts[axis];
            sum += d * d;
        }
        return sum;
    }

    /** hcp with two of the three edges a, a√3, c (0, 1, 2 of the basal cell) along x and y and the third along z. */
    private static UnitCell hexagonal(String orientation, int alongX, int alongY, int alongZ) {
        double[] edges = {1, SQRT_3, IDEAL_AXIAL_RATIO};
        int[] parts = {2, 6, 2};
        int[][] basal = {{0, 0, 0}, {1, 3, 0}, {1, 1, 1}, {0, 4, 1}};
        int[] order = {alongX, alongY, alongZ};
        int[][] basis = new int[basal.length][3];
        int axialAxis = -1;
        for (int axis = 0; axis < 3; axis++) {
            for (int b = 0; b < basal.length; b++) {
                basis[b][axis] = basal[b][order[axis]];
            }
            if (order[axis] == 2) {
                axialAxis = axis;
            }
        }
        return new UnitCell(
                LatticeKind.HCP,
                orientation,
                edges(edges[alongX], edges[alongY], edges[alongZ]),
                parts(parts[alongX], parts[alongY], parts[alongZ]),
                upwards(basis),
                axialAxis);
    }

    private static UnitCell cell(LatticeKind kind, String orientation, double[] edges, int[] parts, int[][] basis) {
        return new UnitCell(kind, orientation, edges, parts, upwards(basis), -1);
    }

    private static int[][] upwards(int[][] basis) {
        int[][] sorted = basis.clone();
        Arrays.sort(
                sorted,
                Comparator.<int[]>comparingInt(p -> p[2])
                        .thenComparingInt(p -> p[1])
                        .thenComparingInt(p -> p[0]));
        return sorted;
    }

    private static Predicate<UnitCell> of(LatticeKind kind) {
        return cell -> cell.kind == kind;
    }

    private static String name(LatticeKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static double[] edges(double x, double y, double z) {
        return new double[] {x, y, z};
    }

    private static int[] parts(int x, int y, int z) {
        return new int[] {x, y, z};
    }
}
