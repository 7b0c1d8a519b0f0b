package dev.kossel.viz.server;

import dev.kossel.lattice.LatticeGeometry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the sites around a site lie: in which cell, as which basis atom, and how far away. Immutable; one for each basis
 * atom.
 */
final class Neighbors {

    /** Lengths that are equal in the crystal may differ by this much, relatively. */
    private static final double ROUNDING = 1e-6;

    private final int[] cells;
    private final double[] displacementNm;

    private Neighbors(List<int[]> cells, List<double[]> displacements) {
        this.cells = cells.stream().flatMapToInt(Arrays::stream).toArray();
        displacementNm = displacements.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** The nearest neighbours, by basis atom; in hcp both the six in the plane and the six beside it. */
    static Neighbors[] nearest(LatticeGeometry g) {
        int slots = g.nearestCount();
        double longest = 0;
        for (int k = 0; k < slots; k++) {
            longest = Math.max(longest, length(g.displacementNm(0, k)));
        }
        // Of ideal hcp both lengths are equal; of any other, none but the nearest neighbours lie within the longer.
        return within(g, longest);
    }

    /** All sites within a ball around a site, that in its middle excepted, by basis atom. */
    static Neighbors[] within(LatticeGeometry g, double radiusNm) {
        int basisSize = g.basisSize();
        double[] edges = {g.widthNm() / g.cellsX(), g.depthNm() / g.cellsY(), g.heightNm() / g.cellsZ()};
        int reachX = 1 + (int) (radiusNm / edges[0]);
        int reachY = 1 + (int) (radiusNm / edges[1]);
        int reachZ = g.layerCount() == 1 ? 0 : 1 + (int) (radiusNm / edges[2]);
        double limit = radiusNm * (1 + ROUNDING);
        Neighbors[] found = new Neighbors[basisSize];
        for (int from = 0; from < basisSize; from++) {
            List<int[]> cells = new ArrayList<>();
            List<double[]> displacements = new ArrayList<>();
            for (int z = -reachZ; z <= reachZ; z++) {
                for (int y = -reachY; y <= reachY; y++) {
                    for (int x = -reachX; x <= reachX; x++) {
                        for (int to = 0; to < basisSize; to++) {
                            int a = g.site(0, 0, 0, from);
                            int b = g.site(0, 0, 0, to);
                            double[] d = {
                                x * edges[0] + g.xNm(b) - g.xNm(a),
                                y * edges[1] + g.yNm(b) - g.yNm(a),
                                z * edges[2] + g.zNm(b) - g.zNm(a)
                            };
                            if (length(d) <= limit && (from != to || x != 0 || y != 0 || z != 0)) {
                                cells.add(new int[] {x, y, z, to});
                                displacements.add(d);
                            }
                        }
                    }
                }
            }
            found[from] = new Neighbors(cells, displacements);
        }
        return found;
    }

    private static double length(double[] d) {
        return Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
    }

    int count() {
        return cells.length / 4;
    }

    int dx(int k) {
        return cells[4 * k];
    }

    int dy(int k) {
        return cells[4 * k + 1];
    }

    int dz(int k) {
        return cells[4 * k + 2];
    }

    /** Basis atom. */
    int to(int k) {
        return cells[4 * k + 3];
    }

    /** Component 0 … 2 of the displacement. */
    double displacementNm(int k, int axis) {
        return displacementNm[3 * k + axis];
    }
}
