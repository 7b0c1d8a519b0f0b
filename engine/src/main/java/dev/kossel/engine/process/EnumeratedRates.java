package dev.kossel.engine.process;

import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.PatternProcess;
import dev.kossel.engine.select.RandomWord;
import dev.kossel.lattice.LatticeGeometry;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * Rates by enumeration: the sum of every event that can start from a site, rebuilt for all sites an event reaches.
 *
 * <p>The plain way, and the reference for {@link StateRates}. The selector's classes are bins a factor 2^¼ wide over
 * the range of rates, the site's class is the bin whose upper edge bounds its sum; the draw enumerates again and thins
 * by sum/edge, so residence times are exact.
 *
 * <p>What can be told of an event by enumeration only may scale it: the rates of the events of each of the {@link
 * EventClasses}, if there are any, are multiplied by the {@link #rescale scale} of the class, and {@link #happened} counts
 * them.
 */
public final class EnumeratedRates extends SiteRates {

    private static final int BINS_PER_OCTAVE = 4;
    /** 2^±250 s⁻¹: far beyond any rate a scenario can mean. */
    private static final int OCTAVES = 250;

    private static final int BINS = 2 * OCTAVES * BINS_PER_OCTAVE;

    private final char[] bin;
    private final int[] stateClassCounts;
    private final double[] edges = new double[BINS + 1];
    private final IntArrayList changed = new IntArrayList();
    /** Those of {@link #changed} on which the rates of neighbours hinge. */
    private final IntArrayList partners = new IntArrayList();

    /** By site, the number of the last {@link #settle} that reached it. */
    private final int[] reached;

    private int settled;
    private final IntArrayList order = new IntArrayList();
    private final int[] around;
    private final PatternProcess.Entry[] patternEntries;
    /** By species, whether it starts a pair process, and whether it is the second site of one. */
    private final boolean[] starts;

    private final boolean[] follows;
    private final @Nullable EventClasses classes;
    /** By process, whether it is somebody else who draws its events. */
    private final boolean[] leftOut;

    private final double[] scales;
    /** By code, see {@link EventClasses#code}. */
    private final long[] happened;

    EnumeratedRates(RateTable table, SiteStates lattice, SelectorFactory selectors) {
        this(table, lattice, selectors, null, false);
    }

    /** @param alone whether to leave out all processes that are in no class */
    EnumeratedRates(
            RateTable table,
            SiteStates lattice,
            SelectorFactory selectors,
            @Nullable EventClasses classes,
            boolean alone) {
        super(table, lattice, selectors.create(table.geometry().siteCount(), BINS + 1));
        around = new int[table.geometry().neighborCount()];
        patternEntries = table.patternEntries();
        starts = new boolean[table.catalog().species().size()];
        follows = new boolean[starts.length];
        leftOut = new boolean[table.processCount()];
        for (int p = 0; p < leftOut.length; p++) {
            leftOut[p] = alone && (classes == null || !classes.sorts(p));
            if (!leftOut[p] && table.catalog().processes().get(p) instanceof PairProcess pair) {
                starts[pair.before()] = true;
                follows[pair.beforeTo()] = true;
            }
        }
        this.classes = classes;
        scales = new double[classes == null ? 0 : classes.classCount()];
        Arrays.fill(scales, 1);
        happened = new long[2 * scales.length];
        bin = new char[table.geometry().siteCount()];
        reached = new int[bin.length];
        stateClassCounts = new int[table.classCount()];
        for (int b = 1; b <= BINS; b++) {
            edges[b] = Math.pow(2, (double) b / BINS_PER_OCTAVE - OCTAVES);
        }
        selector.reweigh(edges);
        for (var sites = table.geometry().sites(); sites.hasNext(); ) {
            int site = sites.nextInt();
            stateClassCounts[table.rateClass(lattice.state(site))]++;
            refresh(site);
        }
    }

    /** The exact rate of everything that can start from {@code site}. */
    double sum(int site) {
        int rateClass = table.rateClass(lattice.state(site));
        double sum = 0;
        for (int channel = table.firstChannel(rateClass); channel < table.firstChannel(rateClass + 1); channel++) {
            int process = table.channelProcess(channel);
            if (leftOut[process]) {
                continue;
            }
            CompiledProcess compiled = table.compiled(process);
            double factor = factors[table.factorOf(process)];
            if (compiled instanceof CompiledProcess.Pair pair) {
                sum = add(pair, process, site, factor, sum);
                continue;
            }
            for (int direction = 0; direction < compiled.directions(); direction++) {
                sum += factor * rate(process, compiled, site, direction);
            }
        }
        return sum;
    }

    /** Adds the rates of all directions of a pair process to {@code sum}, one after the other as the plain loop would. */
    private double add(CompiledProcess.Pair pair, int process, int site, double factor, double sum) {
        LatticeGeometry geometry = table.geometry();
        int state = lattice.state(site);
        int first = geometry.basisSize() == 1 ? 0 : geometry.basis(site) * pair.width;
        double total = sum;
        for (int direction = 0; direction < pair.width; direction++) {
            int k = pair.slot[first + direction];
            int to = k < 0 ? -1 : geometry.neighbor(site, k);
            if (to >= 0) {
                double rate = pair.group[first + direction].rate(state, lattice.state(to));
                if (rate > 0) {
                    total += factor * scaled(rate, process, site, direction);
                }
            }
        }
        return total;
    }

    private double rate(int process, CompiledProcess compiled, int site, int direction) {
        double rate = compiled.rate(lattice, site, direction);
        return rate == 0 ? 0 : scaled(rate, process, site, direction);
    }

    private double scaled(double rate, int process, int site, int direction) {
        if (classes == null) {
            return rate;
        }
        int code = classes.code(lattice, process, site, direction);
        return code < 0 ? rate : rate * scales[code >> 1];
    }

    /**
     * Sets the scales of the classes of events; costs sites.
     *
     * @param newScales one a class, positive. Copied
     */
    public void rescale(double[] newScales) {
        System.arraycopy(newScales, 0, scales, 0, scales.length);
        for (var sites = table.geometry().sites(); sites.hasNext(); ) {
            refresh(sites.nextInt());
        }
    }

    /** Events of a class so far, those that went backwards or the others. */
    public long happened(int eventClass, boolean backwards) {
        return happened[2 * eventClass + (backwards ? 1 : 0)];
    }

    private void refresh(int site) {
        double sum = sum(site);
        int after = 0;
        if (bin[site] > 0 && edges[bin[site] - 1] < sum && sum <= edges[bin[site]]) {
            // As most of the sites that an event reaches: spares the logarithm.
            return;
        }
        if (sum > 0) {
            after = (int) Math.ceil((Math.log(sum) / Math.log(2) + OCTAVES) * BINS_PER_OCTAVE);
            after = Math.min(BINS, Math.max(1, after));
            while (after < BINS && edges[after] < sum) {
                after++;
            }
            while (after > 1 && sum <= edges[after - 1]) {
                after--;
            }
        }
        if (after != bin[site]) {
            selector.move(site, bin[site], after);
            bin[site] = (char) after;
        }
    }

    @Override
    void reweigh() {
        for (var sites = table.geometry().sites(); sites.hasNext(); ) {
            int site = sites.nextInt();
            if (table.feelsFactors(table.rateClass(lattice.state(site)))) {
                refresh(site);
            }
        }
    }

    @Override
    public boolean draw(int site, RandomWord word, UniformRandomProvider random, Event event) {
        double left = random.nextDouble() * edges[bin[site]];
        int rateClass = table.rateClass(lattice.state(site));
        for (int channel = table.firstChannel(rateClass); channel < table.firstChannel(rateClass + 1); channel++) {
            int process = table.channelProcess(channel);
            if (leftOut[process]) {
                continue;
            }
            CompiledProcess compiled = table.compiled(process);
            double factor = factors[table.factorOf(process)];
            for (int direction = 0; direction < compiled.directions(); direction++) {
                left -= factor * rate(process, compiled, site, direction);
                if (left < 0) {
                    event.of(process);
                    count(process, site, direction);
                    compiled.describe(lattice, site, direction, event);
                    return true;
                }
            }
        }
        return false;
    }

    private void count(int process, int site, int direction) {
        int code = classes == null ? -1 : classes.code(lattice, process, site, direction);
        if (code >= 0) {
            happened[code]++;
        }
    }

    @Override
    void moved(int site, int from, int to) {
        stateClassCounts[table.rateClass(from)]--;
        stateClassCounts[table.rateClass(to)]++;
        changed.add(site);
        if (follows[table.species(from)] || follows[table.species(to)]) {
            partners.add(site);
        }
    }

    @Override
    void settle() {
        LatticeGeometry geometry = table.geometry();
        if (++settled == Integer.MAX_VALUE) {
            Arrays.fill(reached, 0);
            settled = 1;
        }
        for (int m = 0; m < changed.size(); m++) {
            int site = changed.getInt(m);
            reach(site);
            // What a pattern does depends on the states of its entries.
            for (PatternProcess.Entry entry : patternEntries) {
                reach(geometry.siteAt(site, -entry.dx(), -entry.dy(), -entry.dz()));
            }
        }
        for (int m = 0; m < partners.size(); m++) {
            geometry.neighbors(partners.getInt(m), around);
            for (int neighbor : around) {
                if (neighbor >= 0 && starts[lattice.species(neighbor)]) {
                    reach(neighbor);
                }
            }
        }
        for (int m = 0; m < order.size(); m++) {
            refresh(order.getInt(m));
        }
        changed.clear();
        partners.clear();
        order.clear();
    }

    private void reach(int site) {
        if (site >= 0 && reached[site] != settled) {
            reached[site] = settled;
            if (bin[site] != 0 || table.rateClass(lattice.state(site)) != 0) {
                order.add(site);
            }
        }
    }

    @Override
    public double weightedRate(int factor, double[] weights) {
        double sum = 0;
        for (int c = 1; c < stateClassCounts.length; c++) {
            if (stateClassCounts[c] > 0) {
                sum += stateClassCounts[c] * table.weightedRate(c, factor, weights);
            }
        }
        return sum;
    }

    /** {@inheritDoc} The scales are the caller's to save, and to set before {@link #restore}. */
    @Override
    public void save(DataOutput out) throws IOException {
        super.save(out);
        for (long count : happened) {
            out.writeLong(count);
        }
    }

    @Override
    public void restore(DataInput in) throws IOException {
        super.restore(in);
        for (int code = 0; code < happened.length; code++) {
            happened[code] = in.readLong();
        }
    }
}
