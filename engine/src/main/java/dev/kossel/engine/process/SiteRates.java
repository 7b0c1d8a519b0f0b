package dev.kossel.engine.process;

import dev.kossel.engine.select.EventSelector;
import dev.kossel.engine.select.RandomWord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the selector's rate classes true to the lattice: which class each site is in, what an event from it may be,
 * what an event changes.
 *
 * <p>Two ways, same statistics (and {@link LocalRates} where rates differ from place to place): {@link StateRates} reads a site's class from its state (a bound; null events make it
 * exact), {@link EnumeratedRates} sums every event that can start from a site (slower; for rates that the bound would
 * waste). Not thread-safe.
 */
public abstract sealed class SiteRates permits StateRates, EnumeratedRates, LocalRates {

    final RateTable table;
    final SiteStates lattice;
    final EventSelector selector;
    final double[] factors;
    private final int[] around;

    SiteRates(RateTable table, SiteStates lattice, EventSelector selector) {
        this.table = table;
        this.lattice = lattice;
        this.selector = selector;
        factors = new double[table.catalog().factorCount()];
        Arrays.fill(factors, 1);
        around = new int[table.slotCount()];
    }

    /** The way that suits a table: by state unless its bounds would waste too many draws. */
    public static SiteRates of(RateTable table, SiteStates lattice, SelectorFactory selectors) {
        return table.looseness() <= StateRates.LOOSEST
                ? byState(table, lattice, selectors)
                : enumerated(table, lattice, selectors);
    }

    public static SiteRates byState(RateTable table, SiteStates lattice, SelectorFactory selectors) {
        return new StateRates(table, lattice, selectors);
    }

    public static SiteRates enumerated(RateTable table, SiteStates lattice, SelectorFactory selectors) {
        return new EnumeratedRates(table, lattice, selectors);
    }

    /** Rates by enumeration, those of the events of each class times a scale of its own, which is 1 at first. */
    public static EnumeratedRates scaled(
            RateTable table, SiteStates lattice, SelectorFactory selectors, EventClasses classes) {
        return new EnumeratedRates(table, lattice, selectors, classes, false);
    }

    /** Makes an empty selector. */
    @FunctionalInterface
    public interface SelectorFactory {
        EventSelector create(int items, int classes);
    }

    public final EventSelector selector() {
        return selector;
    }

    /** What events are drawn by: one selector, and another where some rates are kept beside the others. */
    public Stream<EventSelector> selectors() {
        return Stream.of(selector);
    }

    public final SiteStates lattice() {
        return lattice;
    }

    public final RateTable table() {
        return table;
    }

    /** The factor of a group of processes. */
    public final double factor(int index) {
        return factors[index];
    }

    /**
     * Sets the factors of all groups; costs rate classes, not sites, in {@link StateRates}.
     *
     * @param newFactors one a factor of the catalogue; the first must be 1
     */
    public final void refactor(double[] newFactors) {
        System.arraycopy(newFactors, 0, factors, 0, factors.length);
        reweigh();
    }

    abstract void reweigh();

    /** What drives processes through a potential; null for nothing. */
    @Nullable
    Drift drift() {
        return null;
    }

    /**
     * Draws what starts from {@code site}, which the selector picked.
     *
     * @param word what the selector has left of it
     * @return whether an event was written; false is a null event
     */
    public abstract boolean draw(int site, RandomWord word, UniformRandomProvider random, Event event);

    /** The rate at which events are drawn, null events included, s⁻¹. Zero exactly when nothing can happen. */
    public double totalRate() {
        return selector.totalRate();
    }

    /**
     * Draws an event.
     *
     * @param word for the choice among equals: of the sites of a class, of the directions of a site
     * @return whether one was written; false is a null event
     */
    public boolean draw(RandomWord word, UniformRandomProvider random, Event event) {
        return draw(selector.select(word, random), word, random, event);
    }

    /**
     * A loop that does what these methods do in a faster way, where there is one: null otherwise, or where so few events are not worth it.
     *
     * @param events that have happened so far
     */
    public @Nullable EventLoop loop(long events) {
        return null;
    }

    /** Carries out an event: writes the lattice and moves every affected site to its new class. */
    public final void apply(Event event) {
        if (event.footprint != null) {
            change(event, event.footprint);
        } else {
            for (int m = 0; m < event.count(); m++) {
                event.before[m] = change(event.site(m), event.species(m));
            }
        }
        settle();
    }

    /** A pair changes: every state that does is written once. */
    private void change(Event event, Footprint footprint) {
        int site = event.sites[0];
        int to = event.sites[1];
        int old = lattice.state(site);
        int oldTo = lattice.state(to);
        event.before[0] = table.species(old);
        event.before[1] = table.species(oldTo);
        lattice.set(site, old + footprint.step);
        lattice.set(to, oldTo + footprint.stepTo);
        moved(site, old, old + footprint.step, to, oldTo, oldTo + footprint.stepTo);
        shift(site, footprint.slots, footprint.steps);
        shift(to, footprint.slotsTo, footprint.stepsTo);
    }

    private void shift(int site, int[] slots, int[] steps) {
        table.geometry().neighbors(site, around);
        for (int n = 0; n < slots.length; n++) {
            int neighbor = around[slots[n]];
            if (neighbor >= 0) {
                int old = lattice.state(neighbor);
                lattice.set(neighbor, old + steps[n]);
                moved(neighbor, old, old + steps[n]);
            }
        }
    }

    /** Returns what the site was before. */
    private int change(int site, int to) {
        int old = lattice.state(site);
        int from = table.species(old);
        if (from == to) {
            return from;
        }
        int now = old + table.speciesStep(from, to);
        lattice.set(site, now);
        moved(site, old, now);
        table.geometry().neighbors(site, around);
        int steps = table.deltaOffset(from, to);
        for (int k = 0; k < around.length; k++) {
            int neighbor = around[k];
            int step = table.delta(steps + k);
            if (neighbor >= 0 && step != 0) {
                int before = lattice.state(neighbor);
                lattice.set(neighbor, before + step);
                moved(neighbor, before, before + step);
            }
        }
        return from;
    }

    /** A site's state has changed. */
    abstract void moved(int site, int from, int to);

    /** The states of two sites have changed at once. */
    void moved(int site, int from, int to, int other, int otherFrom, int otherTo) {
        moved(site, from, to);
        moved(other, otherFrom, otherTo);
    }

    /** All changes of an event are in. */
    abstract void settle();

    /**
     * The summed rate, at factor 1, of the site processes that carry factor {@code factor}, each weighted with
     * {@code weights[process]}: Σ w k. With electrons for weights this is the current per unit of the factor. Exact,
     * O(classes).
     */
    public abstract double weightedRate(int factor, double[] weights);

    /** What a restart needs beyond the species of the sites. */
    public void save(DataOutput out) throws IOException {
        selector.save(out);
    }

    /** Restores what {@link #save} wrote; the lattice holds the species already, the factors are set. */
    public void restore(DataInput in) throws IOException {
        selector.restore(in);
    }
}
