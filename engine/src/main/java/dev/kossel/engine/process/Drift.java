package dev.kossel.engine.process;

import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.lattice.LatticeGeometry;
import java.util.List;

/**
 * Species that carry loads through a potential. The rate of an event is multiplied by
 *
 * <pre>
 *   exp(−W/2kT),   W = Σ (load after − load before) · ψ      over the sites that change
 * </pre>
 *
 * so that an event and what undoes it go as exp(−W/kT): in a potential that stands still, detailed balance holds with the energy Σ load · ψ beside the Hamiltonian. Each
 * way is multiplied by its own factor and a blocked one simply does not happen. (To share a fixed total rate among the ways that are open, as is sometimes done, speeds up
 * what is crowded and breaks the balance.)
 *
 * <p>O(1) an event. Not thread-safe.
 */
public final class Drift {

    private final double[] load;
    private final double thermalEnergy;
    private final boolean[] driven;
    private final double[] potential;

    /**
     * With the potential 0 everywhere.
     *
     * @param load by species
     * @param thermalEnergy kT, in the unit of load times potential
     * @param driven the processes whose rates feel the potential, by number: site and pair processes with a local factor of {@link LocalRates} that
     *     {@link #bounds} is to fill. Other processes may feel it in ways of their own
     * @param siteCount of the lattice
     */
    public Drift(double[] load, double thermalEnergy, boolean[] driven, int siteCount) {
        this.load = load.clone();
        this.thermalEnergy = thermalEnergy;
        this.driven = driven.clone();
        potential = new double[siteCount];
    }

    /** ψ by site; to be written by the owner between events, and followed by new {@link #bounds}. */
    public double[] potential() {
        return potential;
    }

    boolean drives(int process) {
        return driven[process];
    }

    /** W of a change at one site. */
    double work(int before, int after, int site) {
        return (load[after] - load[before]) * potential[site];
    }

    /** The factor of an event that has not happened yet. */
    double factor(SiteStates lattice, Event event) {
        double work = 0;
        for (int m = 0; m < event.count; m++) {
            work += work(lattice.species(event.sites[m]), event.species[m], event.sites[m]);
        }
        return Math.exp(-work / (2 * thermalEnergy));
    }

    /**
     * For each factor of the catalogue that a driven process carries, the largest factor of an event by site that it starts from. O(sites × neighbours).
     *
     * @param values by factor and site; rows of factors of driven processes are overwritten. Processes that share a factor change loads alike
     */
    public void bounds(RateTable table, double[][] values) {
        List<ElementaryProcess> processes = table.catalog().processes();
        boolean[] done = new boolean[values.length];
        for (int p = 0; p < processes.size(); p++) {
            ElementaryProcess process = processes.get(p);
            if (!driven[p] || done[process.factor()]) {
                continue;
            }
            done[process.factor()] = true;
            double[] row = values[process.factor()];
            for (int site = 0; site < row.length; site++) {
                row[site] = Math.exp(-leastWork(process, table.geometry(), site) / (2 * thermalEnergy));
            }
        }
    }

    private double leastWork(ElementaryProcess process, LatticeGeometry geometry, int site) {
        if (process instanceof SiteProcess of) {
            return work(of.before(), of.after(), site);
        } else if (process instanceof PairProcess of) {
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < geometry.neighborCount(); k++) {
                int to = geometry.neighbor(site, k);
                if (to >= 0) {
                    least = Math.min(least, work(of.beforeTo(), of.afterTo(), to));
                }
            }
            return work(of.before(), of.after(), site) + (least == Double.POSITIVE_INFINITY ? 0 : least);
        }
        throw new IllegalArgumentException(
                "process " + process.name() + " moves loads in a potential: expected one site, or two");
    }
}
