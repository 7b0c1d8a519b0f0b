package dev.kossel.engine.select;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The plain oracle: adds up all items at every call and walks along them to draw one. O(items) for everything but
 * {@code move}; 4 bytes an item. Use it to test the others.
 */
public final class DirectSelector implements EventSelector {

    private final ClassRates rates;
    private final int[] classOf;

    /**
     * All items in class 0, all rates zero.
     *
     * @param itemCount at least 1
     * @param classCount class 0 included, at least 2
     */
    public DirectSelector(int itemCount, int classCount) {
        rates = new ClassRates(itemCount, classCount);
        classOf = new int[itemCount];
    }

    @Override
    public int itemCount() {
        return classOf.length;
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
    public void reweigh(double[][] parts, double[] factors) {
        rates.set(parts, factors);
    }

    @Override
    public void refactor(double[] factors) {
        rates.setFactors(factors);
        rates.evaluate();
    }

    @Override
    public double partRate(int part) {
        double sum = 0;
        for (int c : classOf) {
            sum += rates.parts()[part][c];
        }
        return sum;
    }

    @Override
    public void move(int item, int from, int to) {
        assert classOf[item] == from : "item " + item + " is in class " + classOf[item] + ", not " + from;
        classOf[item] = to;
    }

    @Override
    public int count(int rateClass) {
        int count = 0;
        for (int c : classOf) {
            if (c == rateClass) {
                count++;
            }
        }
        return count;
    }

    @Override
    public double totalRate() {
        double total = 0;
        for (int c : classOf) {
            total += rates.values[c];
        }
        return total;
    }

    @Override
    public int select(RandomWord word, UniformRandomProvider random) {
        double rest = random.nextDouble() * totalRate();
        int selected = -1;
        for (int item = 0; item < classOf.length; item++) {
            double rate = rates.values[classOf[item]];
            if (rate > 0) {
                selected = item;
                if (rest < rate) {
                    return item;
                }
                rest -= rate;
            }
        }
        if (selected < 0) {
            throw new IllegalStateException("nothing to select: the total rate is zero");
        }
        return selected;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        SavedState.writeHeader(out, this);
        SavedState.writeClasses(out, classOf);
    }

    @Override
    public void restore(DataInput in) throws IOException {
        SavedState.readHeader(in, this);
        SavedState.readClasses(in, classOf, classCount());
    }
}
