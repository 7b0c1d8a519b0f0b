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
 * of exact counts, so their sum cannot drift. Each part of the rates has sums of its own; new factors only weigh these.
 *
 * <p>{@code move} O(1), {@code totalRate} O(parts + blocks of 8 classes that changed since), {@code select} O(1) up to
 * some thousand classes, {@code reweigh} O(classes), {@code refactor} O(parts), whatever the number of items. 4 bytes an
 * item and 4 to 6 more for each one outside class 0. A draw consumes two {@code long}s: one for the class, one for the
 * item, so that an item of a rare class is not chosen by the few bits left over from the class. Number the classes so
 * that those drawn most come first.
 */
public final class RateClassSelector implements EventSelector {

    final ClassRates rates;
    final ItemLists items;
    ClassSums sums;

    /**
     * All items in class 0, all rates zero.
     *
     * @param itemCount at least 1
     * @param classCount class 0 included, at least 2
     */
    public RateClassSelector(int itemCount, int classCount) {
        rates = new ClassRates(itemCount, classCount);
        items = new ItemLists(itemCount, classCount);
        sums = new ClassSums(items.sizes, rates.parts());
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
        return rates.rate(rateClass);
    }

    @Override
    public void reweigh(double[][] parts, double[] factors) {
        rates.set(parts, factors);
        if (parts.length == sums.count()) {
            sums.reweigh(parts);
        } else {
            sums = new ClassSums(items.sizes, parts);
        }
    }

    @Override
    public void refactor(double[] factors) {
        rates.setFactors(factors);
    }

    @Override
    public void move(int item, int from, int to) {
        items.move(item, from, to);
        sums.mark(from);
        sums.mark(to);
    }

    @Override
    public void exchange(int item, int its, int other, int others) {
        items.exchange(item, its, other, others);
    }

    @Override
    public int count(int rateClass) {
        return items.size(rateClass);
    }

    @Override
    public double totalRate() {
        sums.update();
        double total = 0;
        for (int part = 0; part < sums.count(); part++) {
            total += weight(part);
        }
        return total;
    }

    private double weight(int part) {
        double sum = sums.total(part);
        // A factor may overflow where nothing feels it.
        return sum == 0 ? 0 : sum * rates.factor(part);
    }

    @Override
    public double partRate(int part) {
        sums.update();
        return sums.total(part);
    }

    @Override
    public int select(UniformRandomProvider random) {
        double total = totalRate();
        if (total == 0) {
            throw new IllegalStateException("nothing to select: the total rate is zero");
        }
        if (sums.count() == 1) {
            return items.pick(sums.find(0, random.nextDouble() * sums.total(0)), random.nextLong());
        }
        double left = random.nextDouble() * total;
        double rest = left;
        int drawn = 0;
        for (int part = 0; part < sums.count() && left >= 0; part++) {
            double weight = weight(part);
            if (weight > 0) {
                // Rounding may leave a rest after the last part; it belongs to the last one that has a weight.
                drawn = part;
                rest = left;
                left -= weight;
            }
        }
        int rateClass = sums.find(drawn, rest / rates.factor(drawn));
        return items.pick(rateClass, random.nextLong());
    }

    /** The arrays behind this selector as they are now, for a loop that does what its methods do. */
    public Arrays arrays() {
        return new Arrays(items.lists, items.sizes, items.places, sums.rates[0], sums.changed);
    }

    /** Whether {@link #totalRate} is the sum of count × rate over at most 8 classes, with a single factor. */
    public boolean isPlain() {
        return items.sizes.length == 8 && sums.count() == 1;
    }

    /** The factor of a part of the rates. */
    public double factor(int part) {
        return rates.factor(part);
    }

    /**
     * The arrays of a selector: its own, valid until {@link #reweigh}, to be written only as {@link #move} does.
     *
     * @param lists the items of each class
     * @param sizes how many they are
     * @param places where in its list an item stands
     * @param rates of the classes, the factor of the first part left out
     * @param changed bit c / 8 is to be set where the count of class c has changed
     */
    public record Arrays(int[][] lists, int[] sizes, int[] places, double[] rates, long[] changed) {}

    /** Makes room in the list of a class. */
    public int[] grow(int rateClass) {
        return items.grow(rateClass);
    }

    /** The last class below {@code end} that has a weight, by the rates of the first part. */
    public int lastPositiveBelow(int end) {
        return sums.lastPositiveBelow(0, end);
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
        sums.reweigh(rates.parts());
    }
}
