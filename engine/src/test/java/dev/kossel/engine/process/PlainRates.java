package dev.kossel.engine.process;

import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.PatternProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The slow oracle: all that can happen on a lattice, each event found by trying, its conditions counted on the lattice,
 * its ΔE the difference of two whole energies. Shares nothing with {@link RateTable} but the Hamiltonian's terms.
 */
final class PlainRates {

    /** What an event does: which process, and what the sites become. */
    record Change(int process, Map<Integer, Integer> after) {}

    private record Found(int start, Change change, double rate) {}

    private final ProcessCatalog catalog;
    private final Lattice lattice;
    private final LatticeGeometry geometry;
    private final double[] factors;
    private final double totalEnergy;
    private final List<Found> found = new ArrayList<>();
    private final Map<Change, Integer> timesFound = new HashMap<>();

    PlainRates(ProcessCatalog catalog, LatticeView view, double[] factors) {
        this.catalog = catalog;
        this.factors = factors;
        lattice = Lattice.copyOf(view).withSiteTypes();
        geometry = lattice.geometry();
        totalEnergy = catalog.hamiltonian().total(lattice);
        for (int p = 0; p < catalog.processes().size(); p++) {
            ElementaryProcess process = catalog.processes().get(p);
            for (int i = 0; i < geometry.siteCount(); i++) {
                if (process instanceof SiteProcess site) {
                    tryIt(p, site, i);
                } else if (process instanceof PairProcess pair) {
                    for (int k = 0; k < geometry.neighborCount(); k++) {
                        tryIt(p, pair, i, k);
                    }
                } else if (process instanceof PatternProcess pattern) {
                    for (List<PatternProcess.Entry> variant : pattern.variants()) {
                        tryIt(p, pattern, variant, i);
                    }
                }
            }
        }
    }

    /** Rates of all changes; changes that several starts bring about are added up. */
    Map<Change, Double> rates() {
        Map<Change, Double> sums = new HashMap<>();
        found.forEach(event -> sums.merge(event.change, event.rate / starts(event), Double::sum));
        return sums;
    }

    /** The summed rate of what starts from each site, factors included. */
    double[] sums() {
        double[] sums = new double[geometry.siteCount()];
        for (Found event : found) {
            int process = event.change.process;
            sums[event.start] += event.rate
                    / starts(event)
                    * factors[catalog.processes().get(process).factor()];
        }
        return sums;
    }

    /** Σ w k over the site processes with that factor, at factor 1. */
    double weightedRate(int factor, double[] weights) {
        return found.stream()
                .filter(event -> catalog.processes().get(event.change.process) instanceof SiteProcess site
                        && site.factor() == factor)
                .mapToDouble(event -> weights[event.change.process] * event.rate)
                .sum();
    }

    /** From how many sites a pair event was found: two where like partners become alike and either may be the first. */
    private int starts(Found event) {
        boolean isPair = catalog.processes().get(event.change.process) instanceof PairProcess;
        return isPair ? timesFound.get(event.change) : 1;
    }

    private void tryIt(int p, SiteProcess process, int site) {
        if (isAt(site, process.before(), process.siteTypes()) && holds(process.where(), site, Set.of())) {
            add(p, process.law(), site, 0, Map.of(site, process.after()));
        }
    }

    private void tryIt(int p, PairProcess process, int i, int k) {
        int j = geometry.neighbor(i, k);
        int step = geometry.layerStep(geometry.basis(i), k);
        if (j >= 0
                && process.shells().get(geometry.shellOf(k))
                && process.directions().includes(step)
                && isAt(i, process.before(), process.siteTypes())
                && isAt(j, process.beforeTo(), process.siteTypesTo())
                && holds(process.where(), i, Set.of(j))
                && holds(process.whereTo(), j, Set.of(i))) {
            add(p, process.law(), i, step, Map.of(i, process.after(), j, process.afterTo()));
        }
    }

    private void tryIt(int p, PatternProcess process, List<PatternProcess.Entry> variant, int anchor) {
        Map<Integer, Integer> after = new TreeMap<>();
        Set<Integer> own = new HashSet<>();
        int step = 0;
        for (PatternProcess.Entry entry : variant) {
            int at = geometry.siteAt(anchor, entry.dx(), entry.dy(), entry.dz());
            if (at < 0 || !isAt(at, entry.before(), entry.siteTypes())) {
                return;
            }
            own.add(at);
            if (entry.before() != entry.after()) {
                after.put(at, entry.after());
                step = Math.max(step, Math.abs(geometry.layer(at) - geometry.layer(anchor)));
            }
        }
        if (holds(process.where(), anchor, own)) {
            add(p, process.law(), anchor, step, after);
        }
    }

    private boolean isAt(int site, int species, BitSet types) {
        return lattice.species(site) == species && (types.isEmpty() || types.get(lattice.siteType(site)));
    }

    private boolean holds(List<NeighborCondition> conditions, int site, Set<Integer> own) {
        for (NeighborCondition condition : conditions) {
            int count = 0;
            for (int k = 0; k < geometry.neighborCount(); k++) {
                int neighbor = geometry.neighbor(site, k);
                if (condition.shells().get(geometry.shellOf(k))
                        && neighbor >= 0
                        && !own.contains(neighbor)
                        && condition.species().get(lattice.species(neighbor))) {
                    count++;
                }
            }
            if (count < condition.atLeast() || count > condition.atMost()) {
                return false;
            }
        }
        return true;
    }

    private void add(int process, RateLaw law, int start, int step, Map<Integer, Integer> after) {
        double initial = 0;
        for (int site : after.keySet()) {
            initial += catalog.hamiltonian().siteEnergy(lattice.species(site), lattice.siteType(site));
            for (int k = 0; k < geometry.neighborCount(); k++) {
                int neighbor = geometry.neighbor(site, k);
                if (neighbor >= 0) {
                    initial += (after.containsKey(neighbor) ? 0.5 : 1)
                            * catalog.hamiltonian()
                                    .pairEnergy(geometry.shellOf(k), lattice.species(site), lattice.species(neighbor));
                }
            }
        }
        double delta = energyAfter(after) - totalEnergy;
        double rate = law.rate(delta, initial, lattice.siteType(start), step);
        Change change = new Change(process, Map.copyOf(after));
        found.add(new Found(start, change, rate));
        timesFound.merge(change, 1, Integer::sum);
    }

    private double energyAfter(Map<Integer, Integer> after) {
        Map<Integer, Integer> before = new HashMap<>();
        after.forEach((site, species) -> {
            before.put(site, lattice.species(site));
            lattice.setSpecies(site, species);
        });
        double energy = catalog.hamiltonian().total(lattice);
        before.forEach(lattice::setSpecies);
        return energy;
    }
}
