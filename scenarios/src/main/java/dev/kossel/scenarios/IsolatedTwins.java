package dev.kossel.scenarios;

import dev.kossel.engine.consequence.Conductors;
import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.engine.process.ElementaryProcess.ArrivalProcess;
import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.PatternProcess;
import dev.kossel.engine.process.ElementaryProcess.PatternProcess.Entry;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.process.Hamiltonian;
import dev.kossel.engine.process.NeighborCondition;
import dev.kossel.engine.process.ProcessCatalog;
import dev.kossel.engine.process.Species;
import dev.kossel.engine.record.SpeciesLabel;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Clusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gives every conductor that can lose contact with the electrode a twin that has lost it: a species with the same energies, the same moves and the same
 * chemistry, which takes part in no charge transfer and is no contact for it.
 *
 * <p>Twins follow the species of the scenario in number, so that those keep theirs. Their names cannot be written in a scenario file, so they collide
 * with none.
 */
final class IsolatedTwins {

    /** What is appended to the name of a species, and to that of a process, for the twin. */
    static final String SUFFIX = SpeciesLabel.ISOLATED;

    /** Beyond this many conductors in a pattern its variants would be too many. */
    private static final int MOST_CONDUCTORS_OF_A_PATTERN = 6;

    private final ProcessCatalog plain;
    private final List<Long> plainElectrons;
    /** By species of the scenario: the number of its twin; itself where it is anchored; −1 where it does not conduct. */
    private final int[] twin;

    private final List<Species> species;
    private final List<ElementaryProcess> processes = new ArrayList<>();
    private final List<Long> electrons = new ArrayList<>();

    /**
     * @param plain the scenario's catalogue
     * @param plainElectrons by process, other than 0 for charge transfer
     * @param conductors species that conduct
     * @param initial the lattice at time 0; its conductors may be labelled already
     * @param shells across which conductors touch
     */
    IsolatedTwins(ProcessCatalog plain, List<Long> plainElectrons, BitSet conductors, Lattice initial, BitSet shells) {
        this.plain = plain;
        this.plainElectrons = plainElectrons;
        species = new ArrayList<>(plain.species());
        twin = new int[species.size()];
        Arrays.fill(twin, -1);
        BitSet anchored = anchored(plain, conductors, initial, shells);
        for (int s = conductors.nextSetBit(0); s >= 0; s = conductors.nextSetBit(s + 1)) {
            if (anchored.get(s)) {
                twin[s] = s;
            } else {
                twin[s] = species.size();
                Species original = plain.species().get(s);
                species.add(new Species(original.name() + SUFFIX, original.phase()));
            }
        }
        for (int p = 0; p < plain.processes().size(); p++) {
            add(plain.processes().get(p), plainElectrons.get(p));
        }
    }

    /** The conductors that nothing moves or dissolves and all of whose sites hang together with the bottom by such ones alone: what never loses contact. */
    private static BitSet anchored(ProcessCatalog plain, BitSet conductors, Lattice initial, BitSet shells) {
        BitSet lasting = (BitSet) conductors.clone();
        lasting.andNot(plain.reactingSpecies());
        LatticeGeometry geometry = initial.geometry();
        Clusters clusters = new Clusters(geometry, shells.stream().toArray())
                .measure(initial, SpeciesSet.of(lasting.stream().toArray()));
        BitSet down = new BitSet();
        for (int site = 0; site < geometry.siteCount(); site++) {
            if (clusters.cluster(site) >= 0 && geometry.layer(site) == 0) {
                down.set(clusters.cluster(site));
            }
        }
        for (int site = 0; site < geometry.siteCount(); site++) {
            if (clusters.cluster(site) >= 0 && !down.get(clusters.cluster(site))) {
                lasting.clear(initial.species(site));
            }
        }
        return lasting;
    }

    ProcessCatalog catalog() {
        return new ProcessCatalog(species, plain.siteTypeCount(), hamiltonian(), processes, plain.factorCount());
    }

    /** By process of {@link #catalog}. */
    List<Long> electrons() {
        return electrons;
    }

    Conductors conductors() {
        int[] all = Arrays.copyOf(twin, species.size());
        Arrays.fill(all, twin.length, all.length, -1);
        return new Conductors(all);
    }

    /** By species of {@link #catalog}, the one of the scenario that it is or is the twin of. */
    int[] originals() {
        int[] originals = new int[species.size()];
        for (int s = 0; s < twin.length; s++) {
            originals[s] = s;
            if (hasTwin(s)) {
                originals[twin[s]] = s;
            }
        }
        return originals;
    }

    private boolean hasTwin(int s) {
        return twin[s] >= 0 && twin[s] != s;
    }

    private int isolated(int s) {
        return hasTwin(s) ? twin[s] : s;
    }

    private Hamiltonian hamiltonian() {
        Hamiltonian from = plain.hamiltonian();
        int[] original = originals();
        Hamiltonian.Builder builder = Hamiltonian.builder(species.size(), plain.siteTypeCount(), from.shellCount());
        for (int a = 0; a < original.length; a++) {
            for (int type = 0; type < plain.siteTypeCount(); type++) {
                builder.site(a, type, from.siteEnergy(original[a], type));
            }
            for (int shell = 0; shell < from.shellCount(); shell++) {
                for (int b = 0; b <= a; b++) {
                    builder.pair(shell, a, b, from.pairEnergy(shell, original[a], original[b]));
                }
            }
        }
        return builder.build();
    }

    // Processes

    private void add(ElementaryProcess process, long electronsOfOne) {
        boolean transfersCharge = electronsOfOne != 0;
        if (process instanceof SiteProcess site) {
            addSite(site, site.before(), site.after(), "", transfersCharge);
            if (hasTwin(site.before()) && !transfersCharge) {
                addSite(site, isolated(site.before()), isolated(site.after()), SUFFIX, false);
            }
        } else if (process instanceof PairProcess pair) {
            addPairs(pair, transfersCharge);
        } else if (process instanceof PatternProcess pattern) {
            addPattern(pattern, transfersCharge);
        } else if (process instanceof ArrivalProcess arrival) {
            processes.add(new ArrivalProcess(
                    arrival.name(),
                    arrival.before(),
                    arrival.after(),
                    arrival.siteTypes(),
                    conditions(arrival.where(), transfersCharge),
                    arrival.ratePerColumn(),
                    arrival.sticking()));
        } else {
            processes.add(process);
        }
        while (electrons.size() < processes.size()) {
            electrons.add(electronsOfOne);
        }
    }

    private void addSite(SiteProcess site, int before, int after, String suffix, boolean transfersCharge) {
        processes.add(new SiteProcess(
                site.name() + suffix,
                before,
                after,
                site.siteTypes(),
                conditions(site.where(), transfersCharge),
                site.law(),
                site.factor()));
    }

    private void addPairs(PairProcess pair, boolean transfersCharge) {
        addPair(pair, false, false, "", transfersCharge);
        if (transfersCharge) {
            return;
        }
        boolean first = hasTwin(pair.before());
        boolean second = hasTwin(pair.beforeTo());
        if (first && second) {
            addPair(pair, true, true, SUFFIX, false);
            addPair(pair, true, false, " (first isolated)", false);
            // Like partners are met from either end: with one of them isolated, from the isolated one.
            boolean symmetric = pair.before() == pair.beforeTo() && pair.after() == pair.afterTo();
            if (!symmetric) {
                addPair(pair, false, true, " (second isolated)", false);
            } else if (pair.directions() == Directions.UP
                    || pair.directions() == Directions.DOWN
                    || !pair.where().equals(pair.whereTo())
                    || !pair.siteTypes().equals(pair.siteTypesTo())) {
                throw new IllegalArgumentException(
                        "process " + pair.name()
                                + ": its two sites hold the same conductor under different conditions, which cannot be told apart"
                                + " where contact is followed; give them the same conditions, or write contact: {follow: never}");
            }
        } else if (first || second) {
            addPair(pair, first, second, SUFFIX, false);
        }
    }

    private void addPair(PairProcess pair, boolean first, boolean second, String suffix, boolean transfersCharge) {
        processes.add(new PairProcess(
                pair.name() + suffix,
                first ? isolated(pair.before()) : pair.before(),
                second ? isolated(pair.beforeTo()) : pair.beforeTo(),
                product(pair.after(), pair.before(), first, pair.beforeTo(), second),
                product(pair.afterTo(), pair.beforeTo(), second, pair.before(), first),
                pair.shells(),
                pair.directions(),
                pair.siteTypes(),
                pair.siteTypesTo(),
                conditions(pair.where(), transfersCharge),
                conditions(pair.whereTo(), transfersCharge),
                pair.law(),
                pair.factor()));
    }

    /**
     * What is left at one of two sites. A conductor where there was one has the contact that the site had; one that has moved in has what it had, until
     * contact is found or lost there.
     */
    private int product(int after, int before, boolean isolatedHere, int beforeThere, boolean isolatedThere) {
        boolean isolated = twin[before] >= 0 ? isolatedHere : after == beforeThere && isolatedThere;
        return isolated ? isolated(after) : after;
    }

    /** Symmetry has turned the variants of a pattern, but not changed the order of their entries nor what these hold. */
    private void addPattern(PatternProcess pattern, boolean transfersCharge) {
        List<Entry> form = pattern.variants().get(0);
        int[] conducting = IntStream.range(0, form.size())
                .filter(m -> hasTwin(form.get(m).before()))
                .toArray();
        if (conducting.length > MOST_CONDUCTORS_OF_A_PATTERN) {
            throw new IllegalArgumentException("process " + pattern.name() + ": its pattern holds "
                    + conducting.length + " conductors, expected at most " + MOST_CONDUCTORS_OF_A_PATTERN
                    + " where contact is followed; contact: {follow: never} switches that off");
        }
        int combinations = transfersCharge ? 1 : 1 << conducting.length;
        for (int combination = 0; combination < combinations; combination++) {
            BitSet isolated = new BitSet();
            for (int m = 0; m < conducting.length; m++) {
                isolated.set(conducting[m], (combination >>> m & 1) != 0);
            }
            List<List<Entry>> variants = pattern.variants().stream()
                    .map(variant -> IntStream.range(0, variant.size())
                            .mapToObj(m -> isolated.get(m) ? isolated(variant.get(m)) : variant.get(m))
                            .toList())
                    .toList();
            String suffix = isolated.isEmpty() ? "" : conducting.length == 1 ? SUFFIX : " (isolated " + isolated + ")";
            processes.add(new PatternProcess(
                    pattern.name() + suffix,
                    variants,
                    conditions(pattern.where(), transfersCharge),
                    pattern.law(),
                    pattern.factor()));
        }
    }

    private Entry isolated(Entry entry) {
        return new Entry(
                entry.dx(),
                entry.dy(),
                entry.dz(),
                isolated(entry.before()),
                isolated(entry.after()),
                entry.siteTypes());
    }

    /** Conditions as they stand with twins: the least number of neighbours is one of contacts where charge is transferred; all take room. */
    private List<NeighborCondition> conditions(List<NeighborCondition> plainConditions, boolean transfersCharge) {
        List<NeighborCondition> conditions = new ArrayList<>();
        for (NeighborCondition condition : plainConditions) {
            BitSet all = (BitSet) condition.species().clone();
            condition.species().stream().filter(this::hasTwin).forEach(s -> all.set(twin[s]));
            if (transfersCharge && condition.atLeast() > 0) {
                conditions.add(new NeighborCondition(
                        condition.shells(), condition.species(), condition.atLeast(), Integer.MAX_VALUE));
                if (condition.atMost() < Integer.MAX_VALUE) {
                    conditions.add(new NeighborCondition(condition.shells(), all, 0, condition.atMost()));
                }
            } else {
                conditions.add(new NeighborCondition(condition.shells(), all, condition.atLeast(), condition.atMost()));
            }
        }
        return conditions;
    }
}
