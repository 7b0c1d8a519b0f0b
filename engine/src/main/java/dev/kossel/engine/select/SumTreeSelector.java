package dev.kossel.engine.select;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A binary tree of rate sums over the items: draw by descending from the root.
 *
 * <p>J. L. Blue, I. Beichl, F. Sullivan, Phys. Rev. E 51, R867 (1995), <a
 * href="https://doi.org/10.1103/PhysRevE.51.R867">doi 10.1103/PhysRevE.51.R867</a>. A change adds up the path to the
 * root anew, so no sum drifts.
 *
 * <p>{@code move} and {@code select} O(log items), {@code totalRate} O(1), {@code reweigh} and {@code refactor} O(items). 20 bytes an item.
 * A draw consumes one {@code long}; its 53 bits place items whose probability is far below 2⁻⁵³ of the total only
 * roughly.
 */
public final class SumTreeSelector implements EventSelector {

    private static final int ROOT = 1;
    /** Node numbers are ints and there are two nodes an item. */
    private static final int MAX_ITEMS = 1 << 30;

    private final ClassRates rates;
    private final int[] classOf;
    private final int[] counts;
    /** Node n has the children 2n and 2n + 1; item i is node itemCount + i; node 0 is unused. */
    private final double[] sums;

    /**
     * All items in class 0, all rates zero.
     *
     * @param itemCount 1 … 2³⁰ − 1
     * @param classCount class 0 included, at least 2
     */
    public SumTreeSelector(int itemCount, int classCount) {
        rates = new ClassRates(itemCount, classCount);
        if (itemCount >= MAX_ITEMS) {
            throw new IllegalArgumentException("item count " + itemCount + ": expected at most " + (MAX_ITEMS - 1));
        }
        classOf = new int[itemCount];
        counts = new int[classCount];
        counts[0] = itemCount;
        sums = new double[2 * itemCount];
    }

    @Override
    public int itemCount() {
        return classOf.length;
    }

    @Override
    public int classCount() {
        return counts.length;
    }

    @Override
    public double rate(int rateClass) {
        return rates.values[rateClass];
    }

    @Override
    public void reweigh(double[][] parts, double[] factors) {
        rates.set(parts, factors);
        sumAll();
    }

    @Override
    public void refactor(double[] factors) {
        rates.setFactors(factors);
        rates.evaluate();
        sumAll();
    }

    @Override
    public double partRate(int part) {
        return rates.partRate(part, counts);
    }

    private void sumAll() {
        int itemCount = classOf.length;
        for (int item = 0; item < itemCount; item++) {
            sums[itemCount + item] = rates.values[classOf[item]];
        }
        for (int node = itemCount - 1; node >= ROOT; node--) {
            sums[node] = sums[2 * node] + sums[2 * node + 1];
        }
    }

    @Override
    public void move(int item, int from, int to) {
        assert classOf[item] == from : "item " + item + " is in class " + classOf[item] + ", not " + from;
        classOf[item] = to;
        counts[from]--;
        counts[to]++;
        int node = classOf.length + item;
        sums[node] = rates.values[to];
        for (node >>= 1; node >= ROOT; node >>= 1) {
            sums[node] = sums[2 * node] + sums[2 * node + 1];
        }
    }

    @Override
    public int count(int rateClass) {
        return counts[rateClass];
    }

    @Override
    public double totalRate() {
        return sums[ROOT];
    }

    @Override
    public int select(RandomWord word, UniformRandomProvider random) {
        if (sums[ROOT] == 0) {
            throw new IllegalStateException("nothing to select: the total rate is zero");
        }
        double rest = random.nextDouble() * sums[ROOT];
        int node = ROOT;
        while (node < classOf.length) {
            double left = sums[2 * node];
            double right = sums[2 * node + 1];
            // Rounding may leave rest beyond the end of the left child when there is nothing on the right.
            if (rest < left || right == 0) {
                node = 2 * node;
            } else {
                rest -= left;
                node = 2 * node + 1;
            }
        }
        return node - classOf.length;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        SavedState.writeHeader(out, this);
        SavedState.writeClasses(out, classOf);
    }

    @Override
    public void restore(DataInput in) throws IOException {
        SavedState.readHeader(in, this);
        SavedState.readClasses(in, classOf, counts.length);
        Arrays.fill(counts, 0);
        for (int rateClass : classOf) {
            counts[rateClass]++;
        }
        sumAll();
    }
}
