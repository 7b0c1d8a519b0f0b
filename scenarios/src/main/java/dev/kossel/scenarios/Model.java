package dev.kossel.scenarios;

import dev.kossel.engine.consequence.Conductors;
import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.process.EventClasses;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.ProcessCatalog;
import dev.kossel.engine.process.RateTable;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.scenarios.physics.ElectrodeKinetics;
import dev.kossel.scenarios.units.Quantity;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A scenario turned into numbers: what {@link ModelCompiler} makes of a file and {@link Simulation} runs.
 *
 * @param scenario where it comes from
 * @param initial the lattice at time 0, with its site types
 * @param table species, energies and processes, compiled; a reversible reaction is two processes, the second named with {@code -reverse}
 * @param kinetics how the factors of the processes depend on the overpotential
 * @param electrons electrons that one event of each process takes up at the electrode: reductions positive, oxidations negative, 0 without charge
 *     transfer
 * @param slowdown by what the rates of the processes under {@code separation} are multiplied; 1 without
 * @param contact what is needed to follow electrical contact; null where it is not followed
 * @param detaching what comes off in clusters
 * @param transport the electrolyte that is computed along with the surface; null unless it is a continuum
 * @param ions those on the lattice; null unless transport is explicit
 */
public record Model(
        Scenario scenario,
        Lattice initial,
        RateTable table,
        ElectrodeKinetics kinetics,
        long[] electrons,
        double slowdown,
        @Nullable ElectricalContact contact,
        List<Detaching> detaching,
        @Nullable TransportModel transport,
        @Nullable ExplicitIons ions) {

    /** What a balance under the electrode weighs. */
    static final List<Phase> WEIGHED = List.of(Phase.METAL, Phase.FILM, Phase.INERT);

    public Model {
        detaching = List.copyOf(detaching);
    }

    /**
     * Clusters that come off; see {@link dev.kossel.engine.consequence.Detachment}.
     *
     * @param members what they are made of
     * @param atLeast sites of one that goes
     * @param holders what may hold them
     * @param replacement what is left in their place
     * @param shells across which they hang together
     */
    public record Detaching(SpeciesSet members, int atLeast, SpeciesSet holders, int replacement, BitSet shells) {}

    /**
     * How electrical contact is followed. The isolated twins of conductors have the numbers after those of the species of the scenario.
     *
     * @param conductors which species conduct
     * @param shells across which they touch
     * @param originals by species, the one of the scenario that it is or is the twin of
     */
    public record ElectricalContact(Conductors conductors, BitSet shells, int[] originals) {}

    /** The species that are the isolated twins of others: dead metal. */
    public SpeciesSet isolatedSpecies() {
        return SpeciesSet.of(
                IntStream.range(scenario.species().size(), catalog().species().size())
                        .toArray());
    }

    /** By species, the electrons that a site of it has cost when it was reduced to it in one step; 0 for all others. */
    public long[] electronsOfSpecies() {
        long[] cost = new long[catalog().species().size()];
        for (int p = 0; p < electrons.length; p++) {
            if (electrons[p] > 0 && catalog().processes().get(p) instanceof SiteProcess site && !site.isTurnover()) {
                cost[site.after()] = electrons[p];
            }
        }
        if (contact != null) {
            for (int s = 0; s < cost.length; s++) {
                cost[s] = cost[contact.originals()[s]];
            }
        }
        return cost;
    }

    /** By species, the mass of a site that holds it, kg; NaN where no molar mass is given. */
    double[] massOfSpecies() {
        double[] masses = new double[catalog().species().size()];
        Arrays.setAll(masses, s -> {
            Quantity molar = scenario.species().get(scenarioName(s)).molarMass();
            return molar == null
                    ? Double.NaN
                    : molar.kilogramsPerMole() * scenario.lattice().atomsPerSite() / Constants.AVOGADRO;
        });
        return masses;
    }

    /** The same with 0 for what a balance under the electrode does not weigh: what is vacant, ions and gas. */
    double[] balanceMassOfSpecies() {
        double[] masses = massOfSpecies();
        Arrays.setAll(masses, s -> WEIGHED.contains(catalog().species().get(s).phase()) ? masses[s] : 0);
        return masses;
    }

    /** Whether a process transfers charge that neither makes nor removes metal: hydrogen, a film, a corroding ion. */
    boolean isSideReaction(int process) {
        if (electrons[process] == 0 || !(catalog().processes().get(process) instanceof SiteProcess site)) {
            return false;
        }
        return site.isTurnover() || !isMetal(site.before()) && !isMetal(site.after());
    }

    private boolean isMetal(int species) {
        return catalog().species().get(species).phase() == Phase.METAL;
    }

    /** Whether there is a {@linkplain #isSideReaction side reaction}. */
    boolean hasSideReactions() {
        return IntStream.range(0, electrons.length).anyMatch(this::isSideReaction);
    }

    /** The name that a species has in the scenario, or that of which it is the isolated twin. */
    public String scenarioName(int species) {
        return catalog()
                .species()
                .get(contact == null ? species : contact.originals()[species])
                .name();
    }

    /** Species, energies and processes as they were before compilation. */
    public ProcessCatalog catalog() {
        return table.catalog();
    }

    public LatticeGeometry geometry() {
        return initial.geometry();
    }

    /** Area of the electrode's projection, m². */
    public double areaSquareMetres() {
        return kinetics.areaSquareMetres();
    }

    /**
     * The current density that arrivals in line of sight carry whatever the overpotential, A/m², plating positive: that of
     * the attempts that do not fail beforehand, each finding a place.
     */
    public double arrivalCurrentDensity() {
        double electronsPerColumn = 0;
        for (int p = 0; p < electrons.length; p++) {
            if (catalog().processes().get(p) instanceof ElementaryProcess.ArrivalProcess arrival) {
                electronsPerColumn += electrons[p] * arrival.ratePerColumn() * arrival.sticking();
            }
        }
        return electronsPerColumn * geometry().columnCount() * Constants.ELEMENTARY_CHARGE / areaSquareMetres();
    }

    /**
     * The processes that adaptive scaling may slow: site and pair processes that transfer no charge, feel neither overpotential nor electrolyte, exchange nothing with fields of the
     * latter and are undone by one of their own kind.
     *
     * @param named names of the scenario to choose from; all if empty
     */
    public BitSet scalableProcesses(List<String> named) {
        BitSet scalable = new BitSet();
        for (int p = 0; p < electrons.length; p++) {
            int reverse = EventClasses.reverse(catalog(), p);
            if (reverse >= 0
                    && isPlain(p)
                    && isPlain(reverse)
                    && (named.isEmpty() || named.contains(scenarioProcess(p)))) {
                scalable.set(p);
                scalable.set(reverse);
            }
        }
        return scalable;
    }

    private boolean isPlain(int process) {
        return electrons[process] == 0
                && catalog().processes().get(process).factor() == 0
                && (transport == null || Arrays.stream(transport.given(process)).allMatch(amount -> amount == 0));
    }

    /** The name that a process has in the scenario, or that of which it is the reverse or the twin. */
    String scenarioProcess(int process) {
        String name = catalog().processes().get(process).name();
        String longest = "";
        for (String candidate : scenario.processes().keySet()) {
            if (name.startsWith(candidate) && candidate.length() > longest.length()) {
                longest = candidate;
            }
        }
        return longest;
    }

    /** Whether any process transfers charge. */
    public boolean transfersCharge() {
        for (long n : electrons) {
            if (n != 0) {
                return true;
            }
        }
        return false;
    }
}
