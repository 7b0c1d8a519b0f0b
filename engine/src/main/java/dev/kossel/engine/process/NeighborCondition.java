package dev.kossel.engine.process;

import java.util.BitSet;

/**
 * A range for the number of neighbours of given species in some shells together. Sites that belong to the event (the
 * partner in a pair process, those of a pattern) are not counted, so that a condition that holds before an event holds
 * after it and for its reverse.
 *
 * @param shells indices into the shells of the lattice
 * @param species which species are counted, together
 * @param atLeast least number, inclusive
 * @param atMost greatest number, inclusive
 */
public record NeighborCondition(BitSet shells, BitSet species, int atLeast, int atMost) {

    public NeighborCondition {
        shells = (BitSet) shells.clone();
        species = (BitSet) species.clone();
        if (atLeast < 0 || atMost < atLeast) {
            throw new IllegalArgumentException(
                    "neighbour count " + atLeast + " … " + atMost + ": expected 0 ≤ least ≤ most");
        }
    }

    boolean holdsFor(int count) {
        return count >= atLeast && count <= atMost;
    }
}
