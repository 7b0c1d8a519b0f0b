package dev.kossel.bench;

import dev.kossel.engine.select.EventSelector;
import dev.kossel.engine.select.RandomWord;
import java.io.DataInput;
import java.io.DataOutput;
import org.apache.commons.rng.UniformRandomProvider;

/** Draws the items in turn and keeps no rates: what a benchmark costs without a selector. */
final class NoSelector implements EventSelector {

    private final int itemCount;
    private final int classCount;
    private int item;

    NoSelector(int itemCount, int classCount) {
        this.itemCount = itemCount;
        this.classCount = classCount;
    }

    @Override
    public int itemCount() {
        return itemCount;
    }

    @Override
    public int classCount() {
        return classCount;
    }

    @Override
    public double rate(int rateClass) {
        return 1;
    }

    @Override
    public void reweigh(double[][] parts, double[] factors) {}

    @Override
    public void refactor(double[] factors) {}

    @Override
    public double partRate(int part) {
        return itemCount;
    }

    @Override
    public void move(int moved, int from, int to) {}

    @Override
    public int count(int rateClass) {
        return itemCount;
    }

    @Override
    public double totalRate() {
        return itemCount;
    }

    /** A stride, so that the next item lies on another cache line. */
    @Override
    public int select(RandomWord word, UniformRandomProvider random) {
        item += 7919;
        if (item >= itemCount) {
            item %= itemCount;
        }
        return item;
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
