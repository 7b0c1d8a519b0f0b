package dev.kossel.engine.observe;

import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import java.util.List;

/**
 * How many sites of a species have come off: what events have made of it less what is there now, which is exact. What was there at the beginning counts as made.
 *
 * <p>O(sites) a measurement. Single-threaded.
 */
public final class DetachedInstrument implements Instrument {

    private final List<String> columns;
    private final SpeciesSet[] species;
    private final long[][] gain;
    private final long[] initial;

    /**
     * @param names of what may come off
     * @param species each of these with what stands for it on the lattice
     * @param processes of the run
     * @param start the lattice at time 0
     */
    public DetachedInstrument(
            List<String> names, List<SpeciesSet> species, List<ElementaryProcess> processes, LatticeView start) {
        columns = names.stream().map(name -> "detached_sites_" + name).toList();
        this.species = species.toArray(SpeciesSet[]::new);
        gain = new long[this.species.length][processes.size()];
        initial = new long[this.species.length];
        for (int s = 0; s < gain.length; s++) {
            for (int p = 0; p < processes.size(); p++) {
                gain[s][p] = processes.get(p).gain(this.species[s]);
            }
            initial[s] = count(start, this.species[s]);
        }
    }

    private static long count(LatticeView lattice, SpeciesSet of) {
        long count = 0;
        for (int site = 0; site < lattice.geometry().siteCount(); site++) {
            count += of.contains(lattice.species(site)) ? 1 : 0;
        }
        return count;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        for (int s = 0; s < gain.length; s++) {
            long made = initial[s];
            for (int p = 0; p < gain[s].length; p++) {
                made += gain[s][p] * sample.eventCount(p);
            }
            out[offset + s] = made - count(sample.lattice(), species[s]);
        }
    }
}
