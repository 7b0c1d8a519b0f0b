package dev.kossel.engine.process;

import dev.kossel.engine.field.CellChanges;
import dev.kossel.engine.field.CellSites;
import dev.kossel.engine.field.Cells;
import dev.kossel.engine.select.EventSelector;
import dev.kossel.engine.select.RandomWord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * Rates that differ from place to place: as {@link StateRates}, and each local factor is multiplied by a number that the cell has in
 * which the event starts. With a {@link Drift}, those of driven processes are bounds of what single events are multiplied by.
 *
 * <p>A selector's class is (rate class, bin): of the cells, by the largest factor that the rate class feels, over the largest anywhere. Bins are a factor of 2
 * wide, eight of them; the lowest holds all below, whose share of the null events is bounded by that of their rates at 2⁻⁷. A draw takes a channel by the upper edge of the bin
 * and accepts it with the probability factor/edge, so rates are exact. Rate classes that feel no local factor are as in {@link StateRates}. An update costs the
 * sites it changes, as there; new local factors cost a look at every cell, and a move of the sites of those whose bin has changed; with a drift a look at every site.
 *
 * <p>Without a drift the rates that can start in a cell are kept by process, and summed anew only for cells in which a site has changed: eight bytes a cell and process with a local factor.
 *
 * <p>The sums of {@link #weightedRate} are kept current by adding and subtracting, and made anew with the factors, so that rounding does not add up.
 *
 * <p>Processes whose events are in {@link EventClasses} are left to {@link EnumeratedRates} beside these, which can scale them; they feel no factor, so neither has to know of the
 * other. An event comes from the one or the other in proportion to their rates. Tallies and weighted sums are those of unscaled rates.
 */
public final class LocalRates extends SiteRates {

    private static final int BINS = 8;
    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;

    private final Cells cells;
    private final @Nullable Drift drift;
    /** Draws the events that may be scaled; null where there are none. */
    private final @Nullable EnumeratedRates scaled;
    /** By process, whether its events are drawn here. */
    private final boolean[] own;

    private final boolean[] local;
    /** Of a rate class: its place among those that feel local factors, −1 for the others. */
    private final int[] place;
    /** Of a place: which set of local factors its rate class feels. */
    private final int[] felt;

    private final List<BitSet> sets = new ArrayList<>();
    /** Bin of every cell for a set of factors, and before the factors that hold now. */
    private final byte[][] bin;

    private final byte[][] binBefore;
    private final double[] relative;
    /** Where cells have many sites: these, and which cells have changed. */
    private final @Nullable CellSites sites;

    private final CellChanges changes;
    /** By site process, its rates at factor 1 by cell; null for processes nobody has asked for. */
    private final double[][] kept;

    private int keptAt = CellChanges.NEVER;
    private final double[][] values;
    private final double[] largest;
    private final double[] rates;
    private final double[] sums;
    private final long[] holders;

    /** Rates without a potential. */
    public LocalRates(RateTable table, SiteStates lattice, SelectorFactory selectors, Cells cells, boolean[] local) {
        this(table, lattice, selectors, cells, local, null, null);
    }

    /**
     * Rates without a potential, those of the events of each class times a {@linkplain EnumeratedRates#rescale scale} of its own.
     *
     * @param local which factors of the catalogue are local; not the first, which is always 1
     * @param classes of processes without a factor
     * @throws IllegalArgumentException if a process in a class has a factor
     */
    public LocalRates(
            RateTable table,
            SiteStates lattice,
            SelectorFactory selectors,
            Cells cells,
            boolean[] local,
            EventClasses classes) {
        this(table, lattice, selectors, cells, local, null, classes);
    }

    /**
     * @param cells of the local factors
     * @param local which factors of the catalogue are local; not the first, which is always 1
     * @param drift what drives processes through a potential; every site is a cell
     */
    public LocalRates(
            RateTable table, SiteStates lattice, SelectorFactory selectors, Cells cells, boolean[] local, Drift drift) {
        this(table, lattice, selectors, cells, local, drift, null);
    }

    private LocalRates(
            RateTable table,
            SiteStates lattice,
            SelectorFactory selectors,
            Cells cells,
            boolean[] local,
            @Nullable Drift drift,
            @Nullable EventClasses classes) {
        super(table, lattice, selectors.create(table.geometry().siteCount(), classes(table, local)));
        this.cells = cells;
        this.drift = drift;
        this.local = local.clone();
        scaled = classes == null ? null : new EnumeratedRates(table, lattice, selectors, classes, true);
        own = new boolean[table.processCount()];
        for (int p = 0; p < own.length; p++) {
            own[p] = classes == null || !classes.sorts(p);
            if (!own[p] && table.factorOf(p) != 0) {
                throw new IllegalArgumentException(
                        "process " + table.catalog().processes().get(p).name()
                                + " has a factor: expected none, for its events to be scaled wherever they happen");
            }
        }
        place = new int[table.classCount()];
        felt = new int[table.classCount()];
        int places = 0;
        for (int c = 0; c < place.length; c++) {
            BitSet set = felt(table, local, c);
            place[c] = -1;
            if (!set.isEmpty()) {
                if (!sets.contains(set)) {
                    sets.add(set);
                }
                felt[places] = sets.indexOf(set);
                place[c] = places++;
            }
        }
        bin = new byte[sets.size()][cells.cellCount()];
        binBefore = new byte[sets.size()][cells.cellCount()];
        relative = new double[cells.cellCount()];
        sites = drift == null ? new CellSites(cells, table.geometry().siteCount()) : null;
        changes = new CellChanges(sites == null ? 0 : cells.cellCount());
        kept = new double[table.processCount()][];
        for (int p = 0; p < kept.length && sites != null; p++) {
            if (local[table.factorOf(p)] && table.compiled(p) instanceof CompiledProcess.Site) {
                kept[p] = new double[cells.cellCount()];
            }
        }
        values = new double[local.length][];
        largest = new double[local.length];
        for (int factor = 0; factor < local.length; factor++) {
            if (local[factor]) {
                values[factor] = new double[cells.cellCount()];
                Arrays.fill(values[factor], 1);
                largest[factor] = 1;
            }
        }
        rates = new double[selector.classCount()];
        sums = new double[table.processCount()];
        holders = new long[table.processCount()];
        for (int site = 0; site < selector.itemCount(); site++) {
            int rateClass = table.rateClass(lattice.state(site));
            if (rateClass != 0) {
                selector.move(site, 0, selectorClass(rateClass, site));
            }
        }
        sum();
        reweigh();
    }

    private static int classes(RateTable table, boolean[] local) {
        int classes = table.classCount();
        for (int c = 0; c < table.classCount(); c++) {
            classes += felt(table, local, c).isEmpty() ? 0 : BINS;
        }
        return classes;
    }

    private static BitSet felt(RateTable table, boolean[] local, int rateClass) {
        BitSet set = new BitSet();
        for (int channel = table.firstChannel(rateClass); channel < table.firstChannel(rateClass + 1); channel++) {
            int factor = table.factorOf(table.channelProcess(channel));
            if (local[factor]) {
                set.set(factor);
            }
        }
        return set;
    }

    public Cells cells() {
        return cells;
    }

    /** The rates of the events that may be scaled; null where there are none. */
    public @Nullable EnumeratedRates scaled() {
        return scaled;
    }

    @Override
    public Stream<EventSelector> selectors() {
        return scaled == null ? super.selectors() : Stream.concat(super.selectors(), scaled.selectors());
    }

    @Override
    public double totalRate() {
        return scaled == null ? super.totalRate() : super.totalRate() + scaled.totalRate();
    }

    @Override
    public boolean draw(RandomWord word, UniformRandomProvider random, Event event) {
        return scaled != null && random.nextDouble() * totalRate() >= super.totalRate()
                ? scaled.draw(word, random, event)
                : super.draw(word, random, event);
    }

    /** The sites of the cells; null with a drift, where every site is a cell. */
    public @Nullable CellSites cellSites() {
        return sites;
    }

    /** The cells in which the state of a site changes; of none with a drift. */
    public CellChanges changes() {
        return changes;
    }

    /**
     * Sets the local factors.
     *
     * @param newValues by factor of the catalogue, one a cell, finite and not negative; rows of factors that are not local are not read. Copied
     */
    public void localise(double[][] newValues) {
        for (int set = 0; set < bin.length; set++) {
            System.arraycopy(bin[set], 0, binBefore[set], 0, bin[set].length);
        }
        for (int factor = 0; factor < local.length; factor++) {
            if (local[factor]) {
                System.arraycopy(newValues[factor], 0, values[factor], 0, values[factor].length);
                largest[factor] = largest(values[factor]);
            }
        }
        for (int set = 0; set < bin.length; set++) {
            rebin(set);
        }
        if (sites == null) {
            for (int site = 0; site < selector.itemCount(); site++) {
                rebin(site, cells.cellOf(site));
            }
            sum();
        } else {
            for (int cell = 0; cell < cells.cellCount(); cell++) {
                if (hasNewBin(cell)) {
                    for (int n = sites.first(cell); n < sites.first(cell + 1); n++) {
                        rebin(sites.site(n), cell);
                    }
                }
            }
            refresh(sites);
            sumKept();
        }
        reweigh();
    }

    private boolean hasNewBin(int cell) {
        for (int set = 0; set < bin.length; set++) {
            if (binBefore[set][cell] != bin[set][cell]) {
                return true;
            }
        }
        return false;
    }

    private void rebin(int site, int cell) {
        int at = place[table.rateClass(lattice.state(site))];
        if (at >= 0) {
            int from = binBefore[felt[at]][cell];
            int to = bin[felt[at]][cell];
            if (from != to) {
                selector.move(site, first(at) + from, first(at) + to);
            }
        }
    }

    private void sumKept() {
        for (int p = 0; p < sums.length; p++) {
            int factor = table.factorOf(p);
            if (local[factor] && kept[p] != null) {
                double sum = 0;
                for (int cell = 0; cell < kept[p].length; cell++) {
                    sum += kept[p][cell] * values[factor][cell];
                }
                sums[p] = sum;
            }
        }
    }

    /** Sums the rates of site processes anew in the cells that have changed. */
    private void refresh(CellSites of) {
        int look = changes.look();
        for (int cell = 0; cell < cells.cellCount(); cell++) {
            if (changes.since(cell, keptAt)) {
                for (double[] row : kept) {
                    if (row != null) {
                        row[cell] = 0;
                    }
                }
                for (int n = of.first(cell); n < of.first(cell + 1); n++) {
                    keep(lattice.state(of.site(n)), cell);
                }
            }
        }
        keptAt = look;
    }

    private void keep(int state, int cell) {
        int rateClass = table.rateClass(state);
        for (int channel = table.firstChannel(rateClass); channel < table.firstChannel(rateClass + 1); channel++) {
            double[] row = kept[table.channelProcess(channel)];
            if (row != null) {
                row[cell] += table.channelBound(channel);
            }
        }
    }

    private static double largest(double[] numbers) {
        double largest = 0;
        for (double number : numbers) {
            if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "local factor " + number + ": expected a finite number, not negative");
            }
            largest = Math.max(largest, number);
        }
        return largest;
    }

    private void rebin(int set) {
        BitSet factorsFelt = sets.get(set);
        Arrays.fill(relative, 0);
        for (int factor = factorsFelt.nextSetBit(0); factor >= 0; factor = factorsFelt.nextSetBit(factor + 1)) {
            if (largest[factor] > 0) {
                for (int cell = 0; cell < relative.length; cell++) {
                    relative[cell] = Math.max(relative[cell], values[factor][cell] / largest[factor]);
                }
            }
        }
        for (int cell = 0; cell < relative.length; cell++) {
            bin[set][cell] = bin(relative[cell]);
        }
    }

    /** The largest b with relative ≤ 2^−b, at most that of the last bin. */
    private static byte bin(double relative) {
        long bits = Double.doubleToRawLongBits(relative);
        boolean isPowerOfTwo = (bits & MANTISSA) == 0;
        int octaves = (isPowerOfTwo ? 0 : -1) - (int) ((bits >>> MANTISSA_BITS) - Double.MAX_EXPONENT);
        return (byte) Math.max(0, Math.min(BINS - 1, octaves));
    }

    /** Number of the class of the first bin of a place. */
    private int first(int at) {
        return table.classCount() + at * BINS;
    }

    private int selectorClass(int rateClass, int site) {
        return selectorClassIn(rateClass, place[rateClass] < 0 ? 0 : cells.cellOf(site));
    }

    private int selectorClassIn(int rateClass, int cell) {
        int at = place[rateClass];
        return at < 0 ? rateClass : first(at) + bin[felt[at]][cell];
    }

    @Override
    @Nullable
    Drift drift() {
        return drift;
    }

    @Override
    void reweigh() {
        for (int c = 1; c < table.classCount(); c++) {
            double plain = 0;
            double felt = 0;
            for (int channel = table.firstChannel(c); channel < table.firstChannel(c + 1); channel++) {
                int process = table.channelProcess(channel);
                int factor = table.factorOf(process);
                double rate = table.channelBound(channel) * factors[factor];
                if (local[factor]) {
                    felt += rate * largest[factor];
                } else if (own[process]) {
                    plain += rate;
                }
            }
            rates[c] = place[c] < 0 ? plain : 0;
            for (int b = 0; b < BINS && place[c] >= 0; b++) {
                rates[first(place[c]) + b] = plain + Math.scalb(felt, -b);
            }
        }
        selector.reweigh(rates);
    }

    @Override
    public boolean draw(int site, RandomWord word, UniformRandomProvider random, Event event) {
        int rateClass = table.rateClass(lattice.state(site));
        int at = place[rateClass];
        int cell = at < 0 ? 0 : cells.cellOf(site);
        double edge = at < 0 ? 1 : Math.scalb(1.0, -bin[felt[at]][cell]);
        double left = random.nextDouble() * rates[selectorClass(rateClass, site)];
        int last = table.firstChannel(rateClass + 1) - 1;
        int process = -1;
        double bound = 1;
        for (int channel = table.firstChannel(rateClass); channel <= last && left >= 0; channel++) {
            int candidate = table.channelProcess(channel);
            int factor = table.factorOf(candidate);
            double most = local[factor] ? largest[factor] * edge : 1;
            double rate = table.channelBound(channel) * factors[factor] * most;
            if (rate > 0 && own[candidate]) {
                // Rounding may leave a rest after the last channel; it belongs to the last one that has a rate.
                process = candidate;
                bound = most;
                left -= rate;
            }
        }
        int factor = table.factorOf(process);
        event.of(process);
        if (drift != null && drift.drives(process)) {
            return table.compiled(process).draw(lattice, site, word, random, event)
                    && random.nextDouble() * bound < drift.factor(lattice, event);
        }
        if (local[factor]) {
            double value = values[factor][cell];
            if (value < bound && random.nextDouble() * bound >= value) {
                return false;
            }
        }
        return table.compiled(process).draw(lattice, site, word, random, event);
    }

    @Override
    void moved(int site, int from, int to) {
        int cell = cells.cellOf(site);
        if (sites != null) {
            changes.mark(cell);
        }
        if (scaled != null) {
            scaled.moved(site, from, to);
        }
        int before = table.rateClass(from);
        int after = table.rateClass(to);
        if (before == after) {
            return;
        }
        selector.move(site, selectorClassIn(before, cell), selectorClassIn(after, cell));
        if (place[before] >= 0) {
            add(before, cell, -1);
        }
        if (place[after] >= 0) {
            add(after, cell, 1);
        }
    }

    @Override
    void settle() {
        // Every site was moved as its state changed; what is enumerated hinges on more than that.
        if (scaled != null) {
            scaled.settle();
        }
    }

    private void sum() {
        Arrays.fill(sums, 0);
        Arrays.fill(holders, 0);
        for (int site = 0; site < selector.itemCount(); site++) {
            int rateClass = table.rateClass(lattice.state(site));
            if (place[rateClass] >= 0) {
                add(rateClass, cells.cellOf(site), 1);
            }
        }
    }

    private void add(int rateClass, int cell, int sign) {
        for (int channel = table.firstChannel(rateClass); channel < table.firstChannel(rateClass + 1); channel++) {
            int process = table.channelProcess(channel);
            int factor = table.factorOf(process);
            if (local[factor]) {
                holders[process] += sign;
                sums[process] = holders[process] == 0
                        ? 0
                        : sums[process] + sign * table.channelBound(channel) * values[factor][cell];
            }
        }
    }

    @Override
    public double weightedRate(int factor, double[] weights) {
        double sum = 0;
        if (local[factor]) {
            for (int p = 0; p < sums.length; p++) {
                if (table.factorOf(p) == factor && table.compiled(p) instanceof CompiledProcess.Site) {
                    sum += weights[p] * sums[p];
                }
            }
            return sum;
        }
        for (int c = 1; c < table.classCount(); c++) {
            double rate = table.weightedRate(c, factor, weights);
            if (rate != 0) {
                sum += count(c) * rate;
            }
        }
        return sum;
    }

    private long count(int rateClass) {
        if (place[rateClass] < 0) {
            return selector.count(rateClass);
        }
        long count = 0;
        for (int b = 0; b < BINS; b++) {
            count += selector.count(first(place[rateClass]) + b);
        }
        return count;
    }

    /**
     * Adds up, by process and cell, the rates of everything that can start in a cell, all factors being 1. Exact for all kinds of processes. For site processes O(cells), and the sites of
     * those that have changed since the last call; O(sites) if any other process is asked for, or one for the first time.
     *
     * @param perSecond by process, one a cell, overwritten; null for processes that are of no interest
     */
    public void tally(double[][] perSecond) {
        boolean isKept = sites != null;
        for (int p = 0; p < perSecond.length; p++) {
            boolean isSite = table.compiled(p) instanceof CompiledProcess.Site;
            isKept &= perSecond[p] == null || isSite;
            if (perSecond[p] != null && isSite && kept[p] == null && sites != null) {
                kept[p] = new double[cells.cellCount()];
                keptAt = CellChanges.NEVER;
            }
        }
        if (!isKept) {
            tallyAll(perSecond);
            return;
        }
        refresh(Objects.requireNonNull(sites));
        for (int p = 0; p < perSecond.length; p++) {
            if (perSecond[p] != null) {
                System.arraycopy(kept[p], 0, perSecond[p], 0, kept[p].length);
            }
        }
    }

    /** O(sites). */
    private void tallyAll(double[][] perSecond) {
        for (double[] row : perSecond) {
            if (row != null) {
                Arrays.fill(row, 0);
            }
        }
        for (int site = 0; site < selector.itemCount(); site++) {
            int rateClass = table.rateClass(lattice.state(site));
            for (int channel = table.firstChannel(rateClass); channel < table.firstChannel(rateClass + 1); channel++) {
                double[] row = perSecond[table.channelProcess(channel)];
                if (row != null) {
                    CompiledProcess process = table.compiled(table.channelProcess(channel));
                    double rate = 0;
                    for (int direction = 0; direction < process.directions(); direction++) {
                        rate += process.rate(lattice, site, direction);
                    }
                    row[cells.cellOf(site)] += rate;
                }
            }
        }
    }

    /** {@inheritDoc} Local factors and scales are the caller's to save, and to set before {@link #restore}. */
    @Override
    public void save(DataOutput out) throws IOException {
        super.save(out);
        for (double sum : sums) {
            out.writeDouble(sum);
        }
        if (scaled != null) {
            scaled.save(out);
        }
    }

    @Override
    public void restore(DataInput in) throws IOException {
        super.restore(in);
        keptAt = CellChanges.NEVER;
        for (int p = 0; p < sums.length; p++) {
            sums[p] = in.readDouble();
        }
        if (scaled != null) {
            scaled.restore(in);
        }
    }
}
