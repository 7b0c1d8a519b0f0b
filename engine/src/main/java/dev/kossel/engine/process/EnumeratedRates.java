package dev.kossel.engine.process;

import dev.kossel.engine.process.ElementaryProcess.PatternProcess;
import dev.kossel.lattice.LatticeGeometry;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Rates by enumeration: the sum of every event that can start from a site, rebuilt for all sites an event reaches.
 *
 * <p>The plain way, and the reference for {@link StateRates}. The selector's classes are bins a factor 2^¼ wide over
 * the range of rates, the site's class is the bin whose upper edge bounds its sum; the draw enumerates again and thins
 * by sum/edge, so residence times are exact.
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
    private final IntOpenHashSet reached = new IntOpenHashSet();
    private final IntArrayList order = new IntArrayList();
    private final int[] around;
    private final PatternProcess.Entry[] patternEntries;

    EnumeratedRates(RateTable table, SiteStates lattice, SelectorFactory selectors) {
        super(table, lattice, selectors.create(table.geometry().siteCount(), BINS + 1));
        around = new int[table.geometry().neighborCount()];
        patternEntries = table.patternEntries();
        bin = new char[table.geometry().siteCount()];
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
            CompiledProcess compiled = table.compiled(process);
            double factor = factors[table.factorOf(process)];
            for (int direction = 0; direction < compiled.directions(); direction++) {
                sum += factor * compiled.rate(lattice, site, direction);
            }
        }
        return sum;
    }

    private void refresh(int site) {
        double sum = sum(site);
        int after = 0;
        if (sum > 0) {
            after = (int) Math.ceil((Math.log(sum) / Math.log(2) + OCTAVES) * BINS_PER_OCTAVE);
            after = Math.min(BINS, Math.max(1, after));
            while (after < BINS && edges[after] < sum) {
                after++;
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
    public boolean draw(int site, UniformRandomProvider random, Event event) {
        double left = random.nextDouble() * edges[bin[site]];
        int rateClass = table.rateClass(lattice.state(site));
        for (int channel = table.firstChannel(rateClass); channel < table.firstChannel(rateClass + 1); channel++) {
            int process = table.channelProcess(channel);
            CompiledProcess compiled = table.compiled(process);
            double factor = factors[table.factorOf(process)];
            for (int direction = 0; direction < compiled.directions(); direction++) {
                left -= factor * compiled.rate(lattice, site, direction);
                if (left < 0) {
                    event.of(process);
                    compiled.describe(lattice, site, direction, event);
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    void moved(int site, int from, int to) {
        stateClassCounts[table.rateClass(from)]--;
        stateClassCounts[table.rateClass(to)]++;
        changed.add(site);
    }

    @Override
    void settle() {
        LatticeGeometry geometry = table.geometry();
        for (int m = 0; m < changed.size(); m++) {
            int site = changed.getInt(m);
            reach(site);
            geometry.neighbors(site, around);
            for (int neighbor : around) {
                reach(neighbor);
            }
            // What a pattern does depends on the states of its entries.
            for (PatternProcess.Entry entry : patternEntries) {
                reach(geometry.siteAt(site, -entry.dx(), -entry.dy(), -entry.dz()));
            }
        }
        for (int m = 0; m < order.size(); m++) {
            refresh(order.getInt(m));
        }
        changed.clear();
        reached.clear();
        order.clear();
    }

    private void reach(int site) {
        if (site >= 0 && reached.add(site)) {
            order.add(site);
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
}
