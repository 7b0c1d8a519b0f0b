package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.TreeSet;

/**
 * Which sites of the first growth layer touch: pairs of stacks whose growth sites lie no farther apart than the
 * <em>linking distance</em>, the smallest distance within a layer at which a full layer is one connected piece.
 */
final class LayerBonds {

    private static final double TOLERANCE = 1 + 1e-6;
    /** Cells searched to either side: more than the linking distance, which is at most the longer edge of a cell. */
    private static final int REACH = 2;

    private final LatticeGeometry geometry;
    private final double cellWidthNm;
    private final double cellDepthNm;
    private final double cellHeightNm;

    LayerBonds(LatticeGeometry geometry) {
        this.geometry = geometry;
        cellWidthNm = geometry.widthNm() / geometry.cellsX();
        cellDepthNm = geometry.depthNm() / geometry.cellsY();
        cellHeightNm = geometry.heightNm() / geometry.cellsZ();
    }

    /** Distance between basis atom {@code from} and the basis atom {@code to} that is (x, y, z) cells away, nm. */
    private double distanceNm(int from, int to, int x, int y, int z) {
        int a = geometry.site(0, 0, 0, from);
        int b = geometry.site(0, 0, 0, to);
        double dx = geometry.xNm(b) - geometry.xNm(a) + x * cellWidthNm;
        double dy = geometry.yNm(b) - geometry.yNm(a) + y * cellDepthNm;
        double dz = geometry.zNm(b) - geometry.zNm(a) + z * cellHeightNm;
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    double linkingDistanceNm() {
        int[] layer = lowestLayer();
        TreeSet<Double> distances = new TreeSet<>();
        for (int from : layer) {
            for (int to : layer) {
                for (int y = -REACH; y <= REACH; y++) {
                    for (int x = -REACH; x <= REACH; x++) {
                        distances.add(distanceNm(from, to, x, y, 0));
                    }
                }
            }
        }
        distances.remove(0.0);
        for (double distance : distances) {
            if (connects(layer, distance * TOLERANCE)) {
                return distance * TOLERANCE;
            }
        }
        throw new AssertionError("no layer of " + geometry.kind() + " " + geometry.orientation() + " is connected");
    }

    private int[] lowestLayer() {
        IntArrayList layer = new IntArrayList();
        for (int b = 0; b < geometry.basisSize(); b++) {
            if (geometry.layer(geometry.site(0, 0, 0, b)) == 0) {
                layer.add(b);
            }
        }
        return layer.toIntArray();
    }

    /** Whether the middle 3 × 3 cells of an open patch of cells hang together. */
    private boolean connects(int[] layer, double distanceNm) {
        int edge = 3 + 2 * REACH;
        DisjointSets patch = new DisjointSets();
        patch.clear(edge * edge * layer.length);
        for (int i = 0; i < edge * edge * layer.length; i++) {
            patch.add(i);
            for (int j = 0; j < i; j++) {
                int x = j / layer.length % edge - i / layer.length % edge;
                int y = j / layer.length / edge - i / layer.length / edge;
                if (distanceNm(layer[i % layer.length], layer[j % layer.length], x, y, 0) <= distanceNm) {
                    patch.join(i, j);
                }
            }
        }
        patch.label();
        int middle = patch.labelOf((edge / 2 * edge + edge / 2) * layer.length);
        for (int y = REACH; y < edge - REACH; y++) {
            for (int x = REACH; x < edge - REACH; x++) {
                for (int s = 0; s < layer.length; s++) {
                    if (patch.labelOf((y * edge + x) * layer.length + s) != middle) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /**
     * The pairs of linked stacks.
     *
     * @param counts receives by stack how many stacks before it are linked to it
     * @return these, stack after stack
     */
    int[] partners(Substrate substrate, byte[] counts) {
        double linkingNm = linkingDistanceNm();
        int[][] offsets = new int[geometry.basisSize()][];
        for (int b = 0; b < offsets.length; b++) {
            offsets[b] = offsets(b, linkingNm);
        }
        IntArrayList partners = new IntArrayList();
        for (int stack = 0; stack < substrate.stackCount(); stack++) {
            int site = substrate.growthSite(stack);
            if (site < 0) {
                continue;
            }
            int[] around = offsets[geometry.basis(site)];
            for (int i = 0; i < around.length; i += 4) {
                int z = geometry.cellZ(site) + around[i + 2];
                if (z < 0 || z >= geometry.cellsZ()) {
                    continue;
                }
                int other = geometry.site(
                        Math.floorMod(geometry.cellX(site) + around[i], geometry.cellsX()),
                        Math.floorMod(geometry.cellY(site) + around[i + 1], geometry.cellsY()),
                        z,
                        around[i + 3]);
                int otherStack = substrate.stacks().stack(other);
                if (otherStack < stack && substrate.growthSite(otherStack) == other) {
                    counts[stack]++;
                    partners.add(otherStack);
                }
            }
        }
        return partners.toIntArray();
    }

    /** What lies within the linking distance of a basis atom: cells along x, y, z and basis atom, four numbers each. */
    private int[] offsets(int from, double linkingNm) {
        IntArrayList offsets = new IntArrayList();
        for (int to = 0; to < geometry.basisSize(); to++) {
            for (int z = -REACH; z <= REACH; z++) {
                for (int y = -REACH; y <= REACH; y++) {
                    for (int x = -REACH; x <= REACH; x++) {
                        double distance = distanceNm(from, to, x, y, z);
                        if (distance > 0 && distance <= linkingNm) {
                            offsets.addElements(offsets.size(), new int[] {x, y, z, to});
                        }
                    }
                }
            }
        }
        return offsets.toIntArray();
    }
}
