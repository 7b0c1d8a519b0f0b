package dev.kossel.engine.select;

import java.util.Arrays;

/**
 * Sums of count × rate over classes, for several sets of rates at once, and the class under a given point of a sum.
 *
 * <p>Classes stand in blocks of 8, blocks in groups of 8, groups in sections of 8; each level keeps its sums, one a set.
 * {@link #mark} marks the block of a class whose count has changed; {@link #update} adds up the marked blocks and what
 * lies above them. All sums are therefore functions of the counts alone: nothing drifts, and the order of past changes
 * leaves no trace. O(1) a change, O(changed blocks + n/512) an update, O(24 + n/512) a search, fastest if the heavy
 * classes come first; no allocation.
 */
final class ClassSums {

    private static final int BLOCKS_PER_SECTION = 64;

    final int[] counts;
    /** By [set][class]. */
    final double[][] rates;

    private final double[][] blocks;
    private final double[][] groups;
    private final double[][] sections;
    private final double[] totals;
    /** One bit a set: those with a rate in a block. */
    private final long[] setsOf;
    /** One bit a block, one word a section: the blocks with a changed count. */
    final long[] changed;

    /**
     * @param counts one a class, kept by the caller; as long as {@link #padded} says
     * @param rates by [set][class], at most 64 sets
     */
    ClassSums(int[] counts, double[][] rates) {
        int sectionCount = (counts.length - 1) / (8 * BLOCKS_PER_SECTION) + 1;
        this.counts = counts;
        this.rates = new double[rates.length][counts.length];
        blocks = new double[rates.length][BLOCKS_PER_SECTION * sectionCount];
        groups = new double[rates.length][8 * sectionCount];
        sections = new double[rates.length][sectionCount];
        totals = new double[rates.length];
        setsOf = new long[counts.length / 8];
        changed = new long[sectionCount];
        reweigh(rates);
    }

    /** Takes over other rates, as many sets of them as before. */
    void reweigh(double[][] newRates) {
        Arrays.fill(setsOf, 0);
        for (int set = 0; set < rates.length; set++) {
            System.arraycopy(newRates[set], 0, rates[set], 0, newRates[set].length);
            for (int c = 0; c < newRates[set].length; c++) {
                if (newRates[set][c] != 0) {
                    setsOf[c / 8] |= 1L << set;
                }
            }
            // What an update does not reach has no rate.
            Arrays.fill(blocks[set], 0);
            Arrays.fill(groups[set], 0);
            Arrays.fill(sections[set], 0);
        }
        Arrays.fill(totals, 0);
        for (int c = 0; c < counts.length; c++) {
            mark(c);
        }
    }

    /** The length that the array of counts must have. */
    static int padded(int classCount) {
        return (classCount + 7) / 8 * 8;
    }

    /** The count of a class has changed. */
    void mark(int rateClass) {
        // A shift by an int uses its low six bits: the block's number within its section.
        changed[rateClass >> 9] |= 1L << (rateClass >> 3);
    }

    /** Brings all sums up to date. */
    void update() {
        for (int section = 0; section < changed.length; section++) {
            long marks = changed[section];
            if (marks != 0) {
                changed[section] = 0;
                update(section, marks);
            }
        }
    }

    private void update(int section, long marks) {
        long touched = 0;
        for (long left = marks; left != 0; left &= left - 1) {
            int block = section * BLOCKS_PER_SECTION + Long.numberOfTrailingZeros(left);
            touched |= setsOf[block];
            for (long sets = setsOf[block]; sets != 0; sets &= sets - 1) {
                int set = Long.numberOfTrailingZeros(sets);
                blocks[set][block] = weightOfEight(rates[set], 8 * block);
            }
        }
        if (counts.length == 8) {
            for (int set = 0; set < totals.length; set++) {
                totals[set] = blocks[set][0];
            }
            return;
        }
        for (; touched != 0; touched &= touched - 1) {
            int set = Long.numberOfTrailingZeros(touched);
            for (long left = marks; left != 0; ) {
                int group = Long.numberOfTrailingZeros(left) >> 3;
                left &= -1L << 1 << (8 * group + 7);
                groups[set][8 * section + group] = sumOfEight(blocks[set], section * BLOCKS_PER_SECTION + 8 * group);
            }
            sections[set][section] = sumOfEight(groups[set], 8 * section);
            double sum = 0;
            for (double part : sections[set]) {
                sum += part;
            }
            totals[set] = sum;
        }
    }

    private double weightOfEight(double[] k, int i) {
        int[] n = counts;
        return ((n[i] * k[i] + n[i + 1] * k[i + 1]) + (n[i + 2] * k[i + 2] + n[i + 3] * k[i + 3]))
                + ((n[i + 4] * k[i + 4] + n[i + 5] * k[i + 5]) + (n[i + 6] * k[i + 6] + n[i + 7] * k[i + 7]));
    }

    private static double sumOfEight(double[] a, int i) {
        return ((a[i] + a[i + 1]) + (a[i + 2] + a[i + 3])) + ((a[i + 4] + a[i + 5]) + (a[i + 6] + a[i + 7]));
    }

    /** How many sets of rates there are. */
    int count() {
        return totals.length;
    }

    /** The sum of a set as of the last {@link #update}; zero exactly when all weights are. */
    double total(int set) {
        return totals[set];
    }

    /**
     * The class that {@code point} falls on when the weights of a set are laid end to end. Never one without weight.
     *
     * @param point 0 ≤ point ≤ total; the total, up to date, must be positive
     */
    int find(int set, double point) {
        double rest = point;
        int block = 0;
        if (counts.length > 8) {
            double[] of = sections[set];
            int section = 0;
            while (section < of.length - 1 && rest >= of[section]) {
                rest -= of[section++];
            }
            of = groups[set];
            int group = 8 * section;
            int end = group + 8;
            while (group < end && rest >= of[group]) {
                rest -= of[group++];
            }
            if (group == end) {
                return lastPositiveBelow(set, BLOCKS_PER_SECTION * end);
            }
            of = blocks[set];
            block = 8 * group;
            end = block + 8;
            while (block < end && rest >= of[block]) {
                rest -= of[block++];
            }
            if (block == end) {
                return lastPositiveBelow(set, 8 * end);
            }
        }
        double[] k = rates[set];
        int c = 8 * block;
        int end = c + 8;
        for (; c < end; c++) {
            double weight = counts[c] * k[c];
            if (rest < weight) {
                return c;
            }
            rest -= weight;
        }
        return lastPositiveBelow(set, end);
    }

    /** Where a point within rounding of the end of a stretch belongs. */
    int lastPositiveBelow(int set, int end) {
        int c = Math.min(end, counts.length) - 1;
        while (counts[c] * rates[set][c] == 0) {
            c--;
        }
        return c;
    }
}
