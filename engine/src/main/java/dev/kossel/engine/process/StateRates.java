package dev.kossel.engine.process;

import dev.kossel.engine.select.EventSelector;
import dev.kossel.engine.select.RandomWord;
import dev.kossel.engine.select.RateClassSelector;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * Rates read from states: a site's class follows from its state by one table look-up, so an event costs only the sites
 * whose state it changes.
 *
 * <p>The class's rate bounds what can start from the site; a direction that turns out blocked or slower is a null
 * event.
 */
public final class StateRates extends SiteRates {

    /** Where bounds are looser than this, null events would cost more than enumeration. */
    public static final double LOOSEST = 30;

    StateRates(RateTable table, SiteStates lattice, SelectorFactory selectors) {
        super(table, lattice, selectors.create(table.geometry().siteCount(), table.classCount()));
        // In canonical order: the selector's lists, and so what is drawn, do not depend on how sites are numbered.
        for (var sites = table.geometry().sites(); sites.hasNext(); ) {
            int site = sites.nextInt();
            int rateClass = table.rateClass(lattice.state(site));
            if (rateClass != 0) {
                selector.move(site, 0, rateClass);
            }
        }
        selector.reweigh(table.parts(), factors);
        if (table.isTallied()) {
            selector.lookUpIn(new EventSelector.ItemClasses() {
                @Override
                public int item(int rank) {
                    return table.geometry().siteOfRank(rank);
                }

                @Override
                public int rateClass(int item) {
                    return table.rateClass(lattice.state(item));
                }
            });
        }
    }

    @Override
    void reweigh() {
        selector.refactor(factors);
    }

    @Override
    public @Nullable EventLoop loop(long events) {
        return selector instanceof RateClassSelector ? table.loop(this, events) : null;
    }

    @Override
    public boolean draw(int site, RandomWord word, UniformRandomProvider random, Event event) {
        int process = table.channelProcess(channel(table.rateClass(lattice.state(site)), random));
        event.of(process);
        return table.compiled(process).draw(lattice, site, word, random, event);
    }

    /** Draws a channel of a class in proportion to its rate. */
    int channel(int rateClass, UniformRandomProvider random) {
        int channel = table.firstChannel(rateClass);
        int last = table.firstChannel(rateClass + 1) - 1;
        if (channel == last) {
            return channel;
        }
        double left = random.nextDouble() * rate(channel, last);
        int chosen = channel;
        for (; channel <= last && left >= 0; channel++) {
            double rate = channelRate(channel);
            if (rate > 0) {
                // Rounding may leave a rest after the last channel; it belongs to the last one that has a rate.
                chosen = channel;
                left -= rate;
            }
        }
        return chosen;
    }

    private double rate(int first, int last) {
        double sum = 0;
        for (int channel = first; channel <= last; channel++) {
            sum += channelRate(channel);
        }
        return sum;
    }

    private double channelRate(int channel) {
        return table.channelBound(channel) * factors[table.factorOf(table.channelProcess(channel))];
    }

    @Override
    void moved(int site, int from, int to) {
        int before = table.rateClass(from);
        int after = table.rateClass(to);
        if (before != after) {
            selector.move(site, before, after);
        }
    }

    @Override
    void moved(int site, int from, int to, int other, int otherFrom, int otherTo) {
        int its = table.rateClass(from);
        int others = table.rateClass(otherFrom);
        if (its != others && its == table.rateClass(otherTo) && others == table.rateClass(to)) {
            selector.exchange(site, its, other, others);
        } else {
            super.moved(site, from, to, other, otherFrom, otherTo);
        }
    }

    @Override
    void settle() {
        // Every site was moved as its state changed.
    }

    @Override
    public double weightedRate(int factor, double[] weights) {
        double weight = table.commonWeight(factor, weights);
        if (!Double.isNaN(weight)) {
            return weight == 0 ? 0 : weight * selector.partRate(factor);
        }
        double sum = 0;
        for (int c = 1; c < selector.classCount(); c++) {
            int count = selector.count(c);
            if (count > 0) {
                sum += count * table.weightedRate(c, factor, weights);
            }
        }
        return sum;
    }
}
