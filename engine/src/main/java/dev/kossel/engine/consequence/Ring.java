package dev.kossel.engine.consequence;

import dev.kossel.lattice.LatticeGeometry;
import java.util.BitSet;

/**
 * The neighbours of a site and which of them are linked to one another: whether a site's neighbours still hang together when it is gone is mostly seen
 * in here.
 *
 * <p>Bit k stands for neighbour slot k, all shells included. Made once a lattice; immutable.
 */
final class Ring {

    /** Displacements closer than this part of the lattice constant are the same. */
    private static final double TOLERANCE = 0.01;

    private final int slots;
    private final int linking;
    /** By [basis · slots + k]: the slots whose sites are linked with the site in slot k. */
    private final int[] links;

    /** @param shells the shells across which sites are linked */
    Ring(LatticeGeometry geometry, BitSet shells) {
        slots = geometry.neighborCount();
        if (slots > Integer.SIZE) {
            throw new IllegalArgumentException(slots + " neighbours: expected at most " + Integer.SIZE);
        }
        int mask = 0;
        for (int k = 0; k < slots; k++) {
            if (shells.get(geometry.shellOf(k))) {
                mask |= 1 << k;
            }
        }
        linking = mask;
        links = new int[geometry.basisSize() * slots];
        for (int basis = 0; basis < geometry.basisSize(); basis++) {
            for (int k = 0; k < slots; k++) {
                for (int other = 0; other < slots; other++) {
                    if (other != k && isLink(geometry, basis, k, other)) {
                        links[basis * slots + k] |= 1 << other;
                    }
                }
            }
        }
    }

    /** Whether the step from one neighbour to another is one to a linked neighbour, from whichever basis site that may start. */
    private boolean isLink(LatticeGeometry geometry, int basis, int from, int to) {
        double[] start = geometry.displacementNm(basis, from);
        double[] end = geometry.displacementNm(basis, to);
        for (int b = 0; b < geometry.basisSize(); b++) {
            for (int k = 0; k < slots; k++) {
                double[] step = geometry.displacementNm(b, k);
                double off = Math.abs(end[0] - start[0] - step[0])
                        + Math.abs(end[1] - start[1] - step[1])
                        + Math.abs(end[2] - start[2] - step[2]);
                if (isLinking(k) && off < TOLERANCE * geometry.latticeConstantNm()) {
                    return true;
                }
            }
        }
        return false;
    }

    int slots() {
        return slots;
    }

    boolean isLinking(int k) {
        return (linking >>> k & 1) != 0;
    }

    /** The last slot across which a site is linked with a neighbour, plus 1. */
    int linkingEnd() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(linking);
    }

    /** The slots across which a site is linked with its neighbours. */
    int linking() {
        return linking;
    }

    /** Of the slots in {@code occupied}, those that {@code start} (one bit or more) reaches by links within it. */
    int reach(int basis, int start, int occupied) {
        int reached = start;
        int frontier = start;
        while (frontier != 0) {
            int k = Integer.numberOfTrailingZeros(frontier);
            frontier &= frontier - 1;
            int found = links[basis * slots + k] & occupied & ~reached;
            reached |= found;
            frontier |= found;
        }
        return reached;
    }
}
