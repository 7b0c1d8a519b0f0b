package dev.kossel.engine.select;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Composition–rejection: draw a group of rates within a factor of two by its sum, then items of the group until one is
 * accepted.
 *
 * <p>A. Slepoy, A. P. Thompson, S. J. Plimpton, J. Chem. Phys. 128, 205101 (2008), <a
 * href="https://doi.org/10.1063/1.2919546">doi 10.1063/1.2919546</a>. A rejected item is drawn again <em>from the same
 * group</em>: to draw the group again as well would weigh each group by its acceptance and bias the choice by up to a
 * factor of two.
 *
 * <p>A group holds the rates with one binary exponent, that is with integer mantissas below 2⁵³ in one common unit.
 * Group sums are sums of these integers, kept in two halves that cannot overflow: exact, without a pass over the
 * classes. This selector is for classes by the thousand; {@link RateClassSelector} is faster up to
 * some hundred.
 *
 * <p>{@code move} O(1), {@code totalRate} O(groups that changed), {@code select} O(1) with less than two tries on
 * average, {@code reweigh} and {@code refactor} O(classes) or, if a class changes its group, O(items). 8 bytes an item and 4 to 6 more for
 * each one with a rate. A draw consumes one {@code long} for the group and two for each try.
 */
public final class CompositionRejectionSelector implements EventSelector {

    /** Not a group: the classes without a rate, whose items are in no list. */
    private static final int NO_GROUP = 0;

    private static final int LOW_BITS = 26;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;

    private final ClassRates rates;
    private final int[] classOf;
    private final int[] counts;
    /** Group of a class; groups are numbered from 1, the fastest first. */
    private final int[] groupOf;
    /** The rate of a class over the highest rate in its group. */
    private final double[] acceptance;
    /** The mantissa of a class's rate, upper and lower half. */
    private final long[] high;

    private final long[] low;

    private ItemLists items;
    private BlockSums groupSums;
    private double[] groupUnit;
    private long[] groupHigh;
    private long[] groupLow;

    /**
     * All items in class 0, all rates zero.
     *
     * @param itemCount at least 1
     * @param classCount class 0 included, at least 2
     */
    public CompositionRejectionSelector(int itemCount, int classCount) {
        rates = new ClassRates(itemCount, classCount);
        classOf = new int[itemCount];
        counts = new int[classCount];
        counts[0] = itemCount;
        groupOf = new int[classCount];
        acceptance = new double[classCount];
        high = new long[classCount];
        low = new long[classCount];
        items = new ItemLists(itemCount, 1);
        groupSums = new BlockSums(1);
        groupUnit = new double[1];
        groupHigh = new long[1];
        groupLow = new long[1];
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
        regroup(rates.values);
    }

    @Override
    public void refactor(double[] factors) {
        rates.setFactors(factors);
        rates.evaluate();
        regroup(rates.values);
    }

    @Override
    public double partRate(int part) {
        return rates.partRate(part, counts);
    }

    private void regroup(double[] newRates) {
        int[] exponents = Arrays.stream(newRates)
                .filter(rate -> rate > 0)
                .mapToInt(rate -> -Math.getExponent(rate))
                .sorted()
                .distinct()
                .map(exponent -> -exponent)
                .toArray();
        double[] highest = new double[exponents.length + 1];
        int[] newGroupOf = new int[newRates.length];
        for (int c = 0; c < newRates.length; c++) {
            if (newRates[c] > 0) {
                int exponent = Math.getExponent(newRates[c]);
                int group = NO_GROUP + 1;
                while (exponents[group - 1] != exponent) {
                    group++;
                }
                newGroupOf[c] = group;
                highest[group] = Math.max(highest[group], newRates[c]);
            }
        }
        groupUnit = new double[highest.length];
        for (int group = 1; group < highest.length; group++) {
            groupUnit[group] = Math.ulp(highest[group]);
        }
        for (int c = 0; c < newRates.length; c++) {
            int group = newGroupOf[c];
            acceptance[c] = group == NO_GROUP ? 0 : newRates[c] / highest[group];
            long mantissa = group == NO_GROUP ? 0 : (long) (newRates[c] / groupUnit[group]);
            high[c] = mantissa >>> LOW_BITS;
            low[c] = mantissa & LOW_MASK;
        }
        boolean regrouped = !Arrays.equals(groupOf, newGroupOf);
        System.arraycopy(newGroupOf, 0, groupOf, 0, newGroupOf.length);
        if (regrouped) {
            listItems(highest.length);
        }
        sumGroups(highest.length);
    }

    private void listItems(int groupCount) {
        items = new ItemLists(classOf.length, groupCount);
        for (int item = 0; item < classOf.length; item++) {
            int group = groupOf[classOf[item]];
            if (group != NO_GROUP) {
                items.move(item, NO_GROUP, group);
            }
        }
    }

    private void sumGroups(int groupCount) {
        groupHigh = new long[groupCount];
        groupLow = new long[groupCount];
        groupSums = new BlockSums(groupCount);
        for (int c = 0; c < counts.length; c++) {
            groupHigh[groupOf[c]] += counts[c] * high[c];
            groupLow[groupOf[c]] += counts[c] * low[c];
        }
        for (int group = 1; group < groupCount; group++) {
            groupSums.set(group, sum(group));
        }
    }

    private double sum(int group) {
        return (groupHigh[group] * (double) (1L << LOW_BITS) + groupLow[group]) * groupUnit[group];
    }

    @Override
    public void move(int item, int from, int to) {
        assert classOf[item] == from : "item " + item + " is in class " + classOf[item] + ", not " + from;
        classOf[item] = to;
        counts[from]--;
        counts[to]++;
        int oldGroup = groupOf[from];
        int newGroup = groupOf[to];
        groupHigh[oldGroup] -= high[from];
        groupLow[oldGroup] -= low[from];
        groupHigh[newGroup] += high[to];
        groupLow[newGroup] += low[to];
        groupSums.set(oldGroup, sum(oldGroup), newGroup, sum(newGroup));
        if (oldGroup != newGroup) {
            items.move(item, oldGroup, newGroup);
        }
    }

    @Override
    public int count(int rateClass) {
        return counts[rateClass];
    }

    @Override
    public double totalRate() {
        return groupSums.total();
    }

    @Override
    public int select(RandomWord word, UniformRandomProvider random) {
        double total = groupSums.total();
        if (total == 0) {
            throw new IllegalStateException("nothing to select: the total rate is zero");
        }
        int group = groupSums.find(random.nextDouble() * total);
        while (true) {
            int item = items.pick(group, RandomWord.of(random));
            if (random.nextDouble() < acceptance[classOf[item]]) {
                return item;
            }
        }
    }

    @Override
    public void save(DataOutput out) throws IOException {
        SavedState.writeHeader(out, this);
        SavedState.writeClasses(out, classOf);
        items.save(out);
    }

    @Override
    public void restore(DataInput in) throws IOException {
        SavedState.readHeader(in, this);
        SavedState.readClasses(in, classOf, counts.length);
        Arrays.fill(counts, 0);
        for (int rateClass : classOf) {
            counts[rateClass]++;
        }
        items.restore(in);
        for (int item = 0; item < classOf.length; item++) {
            int group = groupOf[classOf[item]];
            if (group == NO_GROUP ? items.isListed(item) : !items.contains(item, group)) {
                throw new IOException("selector state: item " + item + " of class " + classOf[item]
                        + " is not in the group of its rate " + rates.values[classOf[item]]
                        + ": saved with other rates?");
            }
        }
        sumGroups(groupUnit.length);
    }
}
