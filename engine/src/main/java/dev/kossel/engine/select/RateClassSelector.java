package dev.kossel.engine.select;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The n-fold way: draw a class with a probability proportional to count × rate, then any of its items.
 *
 * <p>A. B. Bortz, M. H. Kalos, J. L. Lebowitz, J. Comput. Phys. 17, 10 (1975), <a
 * href="https://doi.org/10.1016/0021-9991(75)90060-1">doi 10.1016/0021-9991(75)90060-1</a>. Class weights are products
 * of exact counts, so their sum cannot drift.
 *
 * <p>{@code move} O(1), {@code totalRate} O(blocks of 8 classes that changed since), {@code select} O(1) up to some
 * thousand classes, {@code reweigh} O(classes), whatever the number of items. 4 bytes an item and 4 to 6 more for each
 * one outside class 0. A draw consumes two {@code long}s: one for the class, one for the item, so that an item of a
 * rare class is not chosen by the few bits left over from the class. Number the classes so that those drawn most come
 * first.
 */
public final class RateClassSelector implements EventSelector {

    private final ClassRates rates;
    private final ItemLists items;
    private final BlockSums weights;

    /**
     * All items in class 0, all rates zero.
     *
     * @param itemCount at least 1
     * @param classCount class 0 included, at least 2
     */
    public RateClassSelector(int itemCount, int classCount) {
        rates = new ClassRates(itemCount, classCount);
        items = new ItemLists(itemCount, classCount);
        weights = new BlockSums(classCount);
    }

    @Override
    public int itemCount() {
        return items.itemCount();
    }

    @Override
    public int classCount() {
        return rates.values.length;
    }

    @Override
    public double rate(int rateClass) {
        return rates.values[rateClass];
    }

    @Override
    public void reweigh(double[] newRates) {
        rates.set(newRates);
        for (int c = 1; c < newRates.length; c++) {
            weights.set(c, items.size(c) * newRates[c]);
        }
    }

    @Override
    public void move(int item, int from, int to) {
        items.move(item, from, to);
        double[] rate = rates.values;
        weights.set(from, items.size(from) * rate[from], to, items.size(to) * rate[to]);
    }

    @Override
    public int count(int rateClass) {
        return items.size(rateClass);
    }

    @Override
    public double totalRate() {
        return weights.total();
    }

    @Override
    public int select(UniformRandomProvider random) {
        double total = weights.total();
        if (total == 0) {
            throw new IllegalStateException("nothing to select: the total rate is zero");
        }
        int rateClass = weights.find(random.nextDouble() * total);
        return items.pick(rateClass, random.nextLong());
    }

    @Override
    public void save(DataOutput out) throws IOException {
        SavedState.writeHeader(out, this);
        items.save(out);
    }

    @Override
    public void restore(DataInput in) throws IOException {
        SavedState.readHeader(in, this);
        items.restore(in);
        reweigh(rates.values);
    }
}
