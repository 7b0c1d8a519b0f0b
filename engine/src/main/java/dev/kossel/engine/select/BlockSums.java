package dev.kossel.engine.select;

/**
 * The sum of some weights that change one at a time, and the weight under a given point of the sum.
 *
 * <p>Weights stand in blocks of 8, blocks in groups of 8, groups in sections of 8; each level keeps its sums. {@link
 * #set} marks the weight's block; {@link #total} adds up the marked blocks and what lies above them. All sums are
 * therefore functions of the weights alone: nothing drifts, and the order of past changes leaves no trace. O(1) a
 * change, O(changed blocks + n/512) a sum, O(24 + n/512) a search, fastest if the heavy weights come first; 10 bytes a
 * weight; no allocation.
 */
final class BlockSums {

    private static final int BLOCKS_PER_SECTION = 64;

    private final double[] weights;
    private final double[] blocks;
    private final double[] groups;
    private final double[] sections;
    /** One bit a block, one word a section: the blocks with a changed weight. */
    private final long[] changed;

    private double total;

    /** {@code count} weights of zero. */
    BlockSums(int count) {
        sections = new double[(count - 1) / (8 * BLOCKS_PER_SECTION) + 1];
        changed = new long[sections.length];
        groups = new double[8 * sections.length];
        blocks = new double[BLOCKS_PER_SECTION * sections.length];
        weights = new double[(count + 7) / 8 * 8];
    }

    void set(int index, double weight) {
        set(index, weight, index, weight);
    }

    /** Sets two weights, which is what a move needs. */
    void set(int index, double weight, int other, double otherWeight) {
        weights[index] = weight;
        weights[other] = otherWeight;
        // A shift by an int uses its low six bits: the block's number within its section.
        long mark = 1L << (index >> 3);
        long otherMark = 1L << (other >> 3);
        long[] words = changed;
        if (words.length == 1) {
            // One update of the word instead of two that would wait for each other.
            words[0] |= mark | otherMark;
        } else {
            words[index >> 9] |= mark;
            words[other >> 9] |= otherMark;
        }
    }

    /** The sum of all weights; zero exactly when all are. */
    double total() {
        boolean stale = false;
        for (int section = 0; section < changed.length; section++) {
            long marks = changed[section];
            if (marks != 0) {
                changed[section] = 0;
                sum(section, marks);
                stale = true;
            }
        }
        if (stale) {
            double sum = 0;
            for (double section : sections) {
                sum += section;
            }
            total = sum;
        }
        return total;
    }

    private void sum(int section, long marks) {
        long left = marks;
        while (left != 0) {
            int block = section * BLOCKS_PER_SECTION + Long.numberOfTrailingZeros(left);
            blocks[block] = sumOfEight(weights, 8 * block);
            left &= left - 1;
            boolean lastOfGroup = left == 0 || Long.numberOfTrailingZeros(left) >> 3 != (block & 63) >> 3;
            if (lastOfGroup) {
                groups[block >> 3] = sumOfEight(blocks, block & ~7);
            }
        }
        sections[section] = sumOfEight(groups, 8 * section);
    }

    private static double sumOfEight(double[] a, int i) {
        return ((a[i] + a[i + 1]) + (a[i + 2] + a[i + 3])) + ((a[i + 4] + a[i + 5]) + (a[i + 6] + a[i + 7]));
    }

    /**
     * The weight that {@code point} falls on when they are laid end to end. Never one of zero.
     *
     * @param point 0 ≤ point ≤ total; the total, just computed, must be positive
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
        int index = 8 * block;
        end = index + 8;
        while (index < end && rest >= weights[index]) {
            rest -= weights[index++];
        }
        return index == end ? lastPositiveBelow(end) : index;
    }

    /** Where a point within rounding of the end of a stretch belongs. */
    private int lastPositiveBelow(int end) {
        int index = Math.min(end, weights.length) - 1;
        while (weights[index] == 0) {
            index--;
        }
        return index;
    }
}
