package dev.kossel.engine.select;

import java.io.DataInput;
import java.io.DataOutput;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Composition–rejection as it must not be: a rejection draws the group again too, so a group is chosen in proportion to
 * its sum <em>times its acceptance</em>. Here to prove that the tests of frequencies tell the difference.
 */
final class RedrawnGroupSelector implements EventSelector {

    private final int[] classOf;
    private double[] rates;

    RedrawnGroupSelector(int itemCount, int classCount) {
        classOf = new int[itemCount];
        rates = new double[classCount];
    }

    @Override
    public int itemCount() {
        return classOf.length;
    }

    @Override
    public int classCount() {
        return rates.length;
    }

    @Override
    public double rate(int rateClass) {
        return rates[rateClass];
    }

    @Override
    public void reweigh(double[][] parts, double[] factors) {
        rates = parts[0].clone();
    }

    @Override
    public void refactor(double[] factors) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double partRate(int part) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void move(int item, int from, int to) {
        classOf[item] = to;
    }

    @Override
    public int count(int rateClass) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double totalRate() {
        double total = 0;
        for (int c : classOf) {
            total += rates[c];
        }
        return total;
    }

    @Override
    public int select(RandomWord word, UniformRandomProvider random) {
        while (true) {
            double rest = random.nextDouble() * totalRate();
            int drawn = 0;
            while (rates[classOf[drawn]] == 0 || rest >= rates[classOf[drawn]]) {
                rest -= rates[classOf[drawn++]];
            }
            int group = Math.getExponent(rates[classOf[drawn]]);
            int item;
            do {
                item = random.nextInt(classOf.length);
            } while (Math.getExponent(rates[classOf[item]]) != group);
            if (random.nextDouble() * Math.scalb(1.0, group + 1) < rates[classOf[item]]) {
                return item;
            }
        }
    }

    @Override
    public void save(DataOutput out) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void restore(DataInput in) {
        throw new UnsupportedOperationException();
    }
}
