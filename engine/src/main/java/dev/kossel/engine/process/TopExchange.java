package dev.kossel.engine.process;

import dev.kossel.engine.process.ElementaryProcess.TopProcess;
import dev.kossel.lattice.LatticeGeometry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * What a reservoir above the box does at the sites of the top layer: draws the events of every {@link TopProcess} of a catalogue.
 *
 * <p>A site of the top layer is tried at the constant rate that bounds the law, and what the law lacks of that is refused: a null event, as is an attempt at a site that
 * holds something else. O(1) an attempt; a number a state; nothing is allocated. Not thread-safe.
 */
public final class TopExchange implements Outside {

    private final SiteStates lattice;
    private final @Nullable Drift drift;
    private final int[] sites;
    private final Kind[] kinds;
    private final double ratePerSecond;

    /** One process: what a state gains in energy by it, and its law. */
    private record Kind(
            int process, int before, int after, double attemptsPerSecond, double[] deltaEnergy, RateLaw law) {}

    /** The exchanges among the processes of {@code rates}; null if there are none. */
    public static @Nullable TopExchange of(SiteRates rates) {
        boolean any = rates.table().catalog().processes().stream().anyMatch(TopProcess.class::isInstance);
        return any ? new TopExchange(rates.table(), rates.lattice(), rates.drift()) : null;
    }

    private TopExchange(RateTable table, SiteStates lattice, @Nullable Drift drift) {
        this.lattice = lattice;
        this.drift = drift;
        LatticeGeometry geometry = table.geometry();
        sites = IntStream.range(0, geometry.siteCount())
                .filter(geometry::isInTopLayer)
                .toArray();
        List<Kind> found = new ArrayList<>();
        double sum = 0;
        List<ElementaryProcess> processes = table.catalog().processes();
        for (int p = 0; p < processes.size(); p++) {
            if (processes.get(p) instanceof TopProcess top) {
                double[] change = new double[table.stateCount()];
                for (int state = 0; state < change.length; state++) {
                    if (table.species(state) == top.before() && table.isPossible(state)) {
                        change[state] = table.energy(state, top.after(), 0) - table.energy(state, top.before(), 0);
                    }
                }
                double attempts = RateTable.refuseBadRate(top, top.mostPerSecond());
                found.add(new Kind(p, top.before(), top.after(), attempts, change, top.law()));
                sum += attempts * sites.length;
            }
        }
        kinds = found.toArray(Kind[]::new);
        ratePerSecond = sum;
    }

    @Override
    public double ratePerSecond() {
        return ratePerSecond;
    }

    @Override
    public boolean draw(UniformRandomProvider random, Event event) {
        int site = sites[random.nextInt(sites.length)];
        // The first of the two numbers in which kinds share [0, 1) tells the kind, and what is left of it whether it is
        // accepted.
        double left = random.nextDouble() * ratePerSecond / sites.length;
        int k = 0;
        while (k < kinds.length - 1 && left >= kinds[k].attemptsPerSecond) {
            left -= kinds[k++].attemptsPerSecond;
        }
        Kind kind = kinds[k];
        int state = lattice.state(site);
        if (lattice.species(site) != kind.before || left >= rate(kind, site, state)) {
            event.of(-1);
            event.clear();
            return false;
        }
        event.of(kind.process);
        event.change(site, kind.after);
        return true;
    }

    private double rate(Kind kind, int site, int state) {
        double work = drift == null ? 0 : drift.work(kind.before, kind.after, site);
        return kind.law.rate(kind.deltaEnergy[state] + work, 0, lattice.siteType(site), 0);
    }

    @Override
    public int followedFrom() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void follow(Event event) {
        // Nothing is remembered of the lattice.
    }
}
