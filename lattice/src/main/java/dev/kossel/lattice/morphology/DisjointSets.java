package dev.kossel.lattice.morphology;

import java.util.Arrays;

/**
 * Union–find over the integers 0 … bound − 1, of which some are members (Hoshen and Kopelman 1976,
 * doi:10.1103/PhysRevB.14.3438).
 *
 * <p>The root of a set is its smallest member. A parent therefore precedes its children, and one ascending pass turns
 * parents into labels in place: four bytes a number in all, up to the largest bound there was. Single-threaded.
 */
final class DisjointSets {

    private static final int ABSENT = SiteNumbers.NONE;

    private final SiteNumbers numbers;
    private int bound;
    private int[] sizes = new int[16];
    private int count;

    DisjointSets() {
        this(new SiteNumbers());
    }

    DisjointSets(SiteNumbers numbers) {
        this.numbers = numbers;
    }

    /**
     * Forgets all members; to be followed by {@link #add}, {@link #join}, and {@link #label} once.
     *
     * @param newBound beyond all numbers that will be added
     */
    void clear(int newBound) {
        numbers.begin(newBound);
        bound = newBound;
        count = 0;
    }

    void add(int member) {
        numbers.last()[member] = member;
    }

    /** Adds a number to the set of a smaller one that is the root of its set. */
    void add(int member, int root) {
        numbers.last()[member] = root;
    }

    boolean contains(int number) {
        return number < bound && numbers.last()[number] != ABSENT;
    }

    void join(int a, int b) {
        int[] entry = numbers.last();
        int rootA = root(entry, a);
        int rootB = root(entry, b);
        if (rootA < rootB) {
            entry[rootB] = rootA;
        } else {
            entry[rootA] = rootB;
        }
    }

    private static int root(int[] entry, int member) {
        int at = member;
        while (entry[at] != at) {
            entry[at] = entry[entry[at]];
            at = entry[at];
        }
        return at;
    }

    /** Numbers the sets 0 … {@link #count()} − 1 in the order of their smallest members. */
    void label() {
        int[] entry = numbers.last();
        count = 0;
        for (int number = 0; number < bound; number++) {
            int parent = entry[number];
            if (parent == ABSENT) {
                continue;
            }
            if (parent == number) {
                if (count == sizes.length) {
                    sizes = Arrays.copyOf(sizes, 2 * count);
                }
                sizes[count] = 0;
                entry[number] = count++;
            } else {
                entry[number] = entry[parent];
            }
            sizes[entry[number]]++;
        }
    }

    int count() {
        return count;
    }

    /** The set of {@code number}, −1 if it is no member. */
    int labelOf(int number) {
        return number < bound ? numbers.last()[number] : ABSENT;
    }

    int size(int label) {
        return sizes[label];
    }

    int[] sizes() {
        return Arrays.copyOf(sizes, count);
    }
}
