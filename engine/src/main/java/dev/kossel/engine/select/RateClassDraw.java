package dev.kossel.engine.select;

import java.lang.invoke.MethodHandles;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The hot methods of one {@link RateClassSelector}, on its own arrays: does what that does, bit for bit. A template for
 * {@link Specialised}, so that the arrays are constants to the compiler.
 */
final class RateClassDraw implements EventDraw {

    private static final RateClassSelector PLAIN = Specialised.data(MethodHandles.lookup(), RateClassSelector.class);
    private static final ItemLists ITEMS = PLAIN.items;
    private static final int[][] LISTS = ITEMS.lists;
    private static final int[] SIZES = ITEMS.sizes;
    private static final int[] PLACES = ITEMS.places;
    private static final ClassSums SUMS = PLAIN.sums;
    private static final ClassRates FACTORS = PLAIN.rates;
    private static final double[] RATES = SUMS.rates[0];
    private static final long[] CHANGED = SUMS.changed;

    /** Whether there are so few classes, with rates of one part, that to add them up anew costs less than to keep sums. */
    private static final boolean FEW = SIZES.length == 8 && SUMS.count() == 1;

    @Override
    public void move(int item, int from, int to) {
        if (from != 0) {
            int[] items = LISTS[from];
            int last = --SIZES[from];
            int place = PLACES[item];
            int moved = items[last];
            items[place] = moved;
            PLACES[moved] = place;
        }
        if (to != 0) {
            int place = SIZES[to]++;
            int[] items = LISTS[to];
            if (place == items.length) {
                items = ITEMS.grow(to);
            }
            PLACES[item] = place;
            items[place] = item;
        } else {
            PLACES[item] = ItemLists.UNLISTED;
        }
        if (FEW) {
            CHANGED[0] = 1;
        } else {
            SUMS.mark(from);
            SUMS.mark(to);
        }
    }

    @Override
    public void exchange(int item, int its, int other, int others) {
        int place = PLACES[item];
        int otherPlace = PLACES[other];
        if (its != 0) {
            LISTS[its][place] = other;
        }
        if (others != 0) {
            LISTS[others][otherPlace] = item;
        }
        PLACES[item] = otherPlace;
        PLACES[other] = place;
    }

    @Override
    public double totalRate() {
        return FEW ? sum() * FACTORS.factor(0) : PLAIN.totalRate();
    }

    private static double sum() {
        return ((weight(0) + weight(1)) + (weight(2) + weight(3)))
                + ((weight(4) + weight(5)) + (weight(6) + weight(7)));
    }

    private static double weight(int rateClass) {
        return SIZES[rateClass] * RATES[rateClass];
    }

    @Override
    public int select(UniformRandomProvider random) {
        if (!FEW) {
            return PLAIN.select(random);
        }
        double factor = FACTORS.factor(0);
        double total = sum() * factor;
        if (total == 0) {
            throw new IllegalStateException("nothing to select: the total rate is zero");
        }
        double left = random.nextDouble() * total / factor;
        for (int c = 1; c < 8; c++) {
            double weight = weight(c);
            if (left < weight) {
                return pick(c, random.nextLong());
            }
            left -= weight;
        }
        return pick(SUMS.lastPositiveBelow(0, 8), random.nextLong());
    }

    private static int pick(int list, long word) {
        return LISTS[list][(int) Math.multiplyHigh(word >>> 1, (long) SIZES[list] << 1)];
    }
}
