package dev.kossel.engine.process;

import java.util.BitSet;

/**
 * A range for the number of neighbours of given species in a shell. In a pair process the partner is not counted.
 *
 * @param shell index into the shells of the lattice
 * @param species which species are counted, together
 * @param atLeast least number, inclusive
 * @param atMost greatest number, inclusive
 */
public record NeighborCondition(int shell, BitSet species, int atLeast, int atMost) {

    public NeighborCondition {
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
