package dev.kossel.engine.select;

import java.util.Arrays;

/**
 * Sums of count × rate over classes, and the class under a given point of the sum.
 *
 * <p>Classes stand in blocks of 8, blocks in groups of 8, groups in sections of 8; each level keeps its sums.
 * {@link #mark} marks the block of a class whose count or rate has changed; {@link #update} adds up the marked blocks and what
 * lies above them. All sums are therefore functions of counts and rates alone: nothing drifts, and the order of past changes
 * leaves no trace. O(1) a change, O(changed blocks + n/512) an update, O(24 + n/512) a search, fastest if the heavy
 * classes come first; no allocation.
 */
final class ClassSums {

    private static final int BLOCKS_PER_SECTION = 64;

    /** How many items are in each class: whole numbers, and doubles since they are multiplied more often than changed. Written by {@link #mark}. */
    final double[] counts;

    /** One a class, kept by the caller, who marks what changes. */
    final double[] rates;

    private final double[] blocks;
    private final double[] groups;
    private final double[] sections;
    private double total;
    /** One bit a block, one word a section: the blocks with a change. */
    final long[] changed;

    /** All counts and rates zero. */
    ClassSums(int classCount) {
        int blockCount = (classCount + 7) / 8;
        int sectionCount = (blockCount - 1) / BLOCKS_PER_SECTION + 1;
        counts = new double[8 * blockCount];
        rates = new double[8 * blockCount];
        blocks = new double[BLOCKS_PER_SECTION * sectionCount];
        groups = new double[8 * sectionCount];
        sections = new double[sectionCount];
        changed = new long[sectionCount];
    }

    /** A class holds so many items now. */
    void mark(int rateClass, int count) {
        counts[rateClass] = count;
        // A shift by an int uses its low six bits: the block's number within its section.
        changed[rateClass >> 9] |= 1L << (rateClass >> 3);
    }

    /** Rates of the first {@code classCount} classes have changed. */
    void markFirst(int classCount) {
        for (int c = 0; c < classCount; c += 8) {
            changed[c >> 9] |= 1L << (c >> 3);
        }
    }

    /** The sum of count × rate for other rates, by class; 0 beyond the first {@code classCount}. */
    double sum(double[] of, int classCount) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int n = 0; n < classCount; n += 4) {
            a += counts[n] * of[n];
            b += counts[n + 1] * of[n + 1];
            c += counts[n + 2] * of[n + 2];
            d += counts[n + 3] * of[n + 3];
        }
        return (a + b) + (c + d);
    }

    /** Forgets counts and sums. */
    void clear() {
        Arrays.fill(counts, 0);
        Arrays.fill(blocks, 0);
        Arrays.fill(groups, 0);
        Arrays.fill(sections, 0);
        total = 0;
    }

    /** Brings all sums up to date. */
    void update() {
        boolean any = false;
        for (int section = 0; section < changed.length; section++) {
            long marks = changed[section];
            if (marks != 0) {
                changed[section] = 0;
                update(section, marks);
                any = true;
            }
        }
        if (any) {
            double sum = 0;
            for (double part : sections) {
                sum += part;
            }
            total = sum;
        }
    }

    private void update(int section, long marks) {
        for (long left = marks; left != 0; left &= left - 1) {
            int block = section * BLOCKS_PER_SECTION + Long.numberOfTrailingZeros(left);
            blocks[block] = weightOfEight(8 * block);
        }
        for (long left = marks; left != 0; ) {
            int group = Long.numberOfTrailingZeros(left) >> 3;
            left &= -1L << 1 << (8 * group + 7);
            groups[8 * section + group] = sumOfEight(blocks, section * BLOCKS_PER_SECTION + 8 * group);
        }
        sections[section] = sumOfEight(groups, 8 * section);
    }

    private double weightOfEight(int i) {
        double[] n = counts;
        double[] k = rates;
        return ((n[i] * k[i] + n[i + 1] * k[i + 1]) + (n[i + 2] * k[i + 2] + n[i + 3] * k[i + 3]))
                + ((n[i + 4] * k[i + 4] + n[i + 5] * k[i + 5]) + (n[i + 6] * k[i + 6] + n[i + 7] * k[i + 7]));
    }

    private static double sumOfEight(double[] a, int i) {
        return ((a[i] + a[i + 1]) + (a[i + 2] + a[i + 3])) + ((a[i + 4] + a[i + 5]) + (a[i + 6] + a[i + 7]));
    }

    /** The sum as of the last {@link #update}; zero exactly when all weights are. */
    double total() {
        return total;
    }

    /**
     * The class that {@code point} falls on when the weights are laid end to end. Never one without weight.
     *
     * @param point 0 ≤ point ≤ total; the total, up to date, must be positive
     */
    int find(double point) {
        double rest = point;
        int section = 0;
        while (section < sections.length - 1 && rest >= sections[section]) {
            rest -= sections[section++];
        }
        int group = 8 * section;
        int end = group + 8;
        while (group < end && rest >= groups[group]) {
            rest -= groups[group++];
        }
        if (group == end) {
            return lastPositiveBelow(BLOCKS_PER_SECTION * end);
        }
        int block = 8 * group;
        end = block + 8;
        while (block < end && rest >= blocks[block]) {
            rest -= blocks[block++];
        }
        if (block == end) {
            return lastPositiveBelow(8 * end);
        }
        int c = 8 * block;
        end = c + 8;
        for (; c < end; c++) {
            double weight = counts[c] * rates[c];
            if (rest < weight) {
                return c;
            }
            rest -= weight;
        }
        return lastPositiveBelow(end);
    }

    /** Where a point within rounding of the end of a stretch belongs. */
    int lastPositiveBelow(int end) {
        int c = Math.min(end, counts.length) - 1;
        while (counts[c] * rates[c] == 0) {
            c--;
        }
        return c;
    }
}
