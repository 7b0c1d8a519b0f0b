package dev.kossel.lattice.morphology;

import java.util.Arrays;

/**
 * A number for each site up to some bound, lent to one measure after the other, and with them what there is room for of each {@linkplain ExposedSites exposed}
 * site: what a measure says of a site holds until another one begins with the same numbers. 4 bytes a site up to the largest bound there was. Single-threaded.
 */
public final class SiteNumbers {

    /** What a site has that has been given no number. */
    static final int NONE = -1;

    /** Lent with the numbers. */
    final ExposedSites exposed = new ExposedSites();

    private int[] numbers = {};

    /** The numbers, of which those below {@code bound} are {@link #NONE}; others mean nothing. O(bound). */
    int[] begin(int bound) {
        if (numbers.length < bound) {
            numbers = new int[bound];
        }
        Arrays.fill(numbers, 0, bound, NONE);
        return numbers;
    }

    /** The numbers as they were begun last. Not to be kept: a measure that held an older array would hold its memory, too. */
    int[] last() {
        return numbers;
    }
}
