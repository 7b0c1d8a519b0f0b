package dev.kossel.engine.process;

import dev.kossel.engine.process.ElementaryProcess.ArrivalProcess;
import dev.kossel.engine.process.ElementaryProcess.FailedArrival;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.PatternProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.process.ElementaryProcess.TopProcess;
import dev.kossel.lattice.LatticeGeometry;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that can happen in a run, and the energies it happens with. {@link RateTable#compile} turns it into
 * tables.
 *
 * @param species the species, numbered by their place; 0 is the vacant one
 * @param siteTypeCount site types are 0 … siteTypeCount − 1
 * @param hamiltonian one for all processes
 * @param processes numbered by their place
 * @param factorCount factors are 0 … factorCount − 1; factor 0 is always 1
 */
public record ProcessCatalog(
        List<Species> species,
        int siteTypeCount,
        Hamiltonian hamiltonian,
        List<ElementaryProcess> processes,
        int factorCount) {

    /** @throws IllegalArgumentException if names repeat, or a number lies outside its range */
    public ProcessCatalog {
        species = List.copyOf(species);
        processes = List.copyOf(processes);
        Set<String> names = new HashSet<>();
        for (ElementaryProcess process : processes) {
            if (!names.add(process.name())) {
                throw new IllegalArgumentException("process " + process.name() + " is given twice");
            }
            if (process.factor() < 0 || process.factor() >= factorCount) {
                throw new IllegalArgumentException("process " + process.name() + ": factor " + process.factor()
                        + ", expected 0 … " + (factorCount - 1));
            }
        }
        for (ElementaryProcess process : processes) {
            if (process instanceof FailedArrival failed && !names.contains(failed.arrival())) {
                throw new IllegalArgumentException("process " + failed.name() + " counts the failures of "
                        + failed.arrival() + ", which is not there");
            }
        }
        if (species.size() > 127 || siteTypeCount > 127) {
            throw new IllegalArgumentException(
                    species.size() + " species, " + siteTypeCount + " site types: at most 127 each");
        }
    }

    /** The species that some process changes or makes. */
    public BitSet reactingSpecies() {
        BitSet reacting = new BitSet();
        for (ElementaryProcess process : processes) {
            if (process instanceof SiteProcess site) {
                reacting.set(site.before());
                reacting.set(site.after());
            } else if (process instanceof ArrivalProcess arrival) {
                reacting.set(arrival.before());
                reacting.set(arrival.after());
            } else if (process instanceof TopProcess top) {
                reacting.set(top.before());
                reacting.set(top.after());
            } else if (process instanceof PairProcess pair) {
                reacting.set(pair.before());
                reacting.set(pair.beforeTo());
                reacting.set(pair.after());
                reacting.set(pair.afterTo());
            } else if (process instanceof PatternProcess pattern) {
                pattern.variants().get(0).forEach(entry -> {
                    reacting.set(entry.before());
                    reacting.set(entry.after());
                });
            }
        }
        return reacting;
    }

    List<NeighborCondition> conditions() {
        List<NeighborCondition> all = new ArrayList<>();
        for (ElementaryProcess process : processes) {
            if (process instanceof SiteProcess site) {
                all.addAll(site.where());
            } else if (process instanceof ArrivalProcess arrival) {
                all.addAll(arrival.where());
            } else if (process instanceof PairProcess pair) {
                all.addAll(pair.where());
                all.addAll(pair.whereTo());
            } else if (process instanceof PatternProcess pattern) {
                all.addAll(pattern.where());
            }
        }
        return all;
    }

    void refuseMismatch(LatticeGeometry geometry) {
        if (hamiltonian.shellCount() != geometry.shells().size()
                || hamiltonian.speciesCount() != species.size()
                || hamiltonian.siteTypeCount() != siteTypeCount) {
            throw new IllegalArgumentException("the Hamiltonian was built for " + hamiltonian.speciesCount()
                    + " species, " + hamiltonian.siteTypeCount() + " site types and " + hamiltonian.shellCount()
                    + " shells; the catalogue has " + species.size() + ", " + siteTypeCount + " and "
                    + geometry.shells().size());
        }
    }
}
