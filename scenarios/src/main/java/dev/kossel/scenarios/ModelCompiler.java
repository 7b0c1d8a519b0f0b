package dev.kossel.scenarios;

import dev.kossel.engine.consequence.Contact;
import dev.kossel.engine.process.ElementaryProcess.ArrivalProcess;
import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.ElementaryProcess.FailedArrival;
import dev.kossel.engine.process.ElementaryProcess.FirstPassageProcess;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.PatternProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.process.ElementaryProcess.TopProcess;
import dev.kossel.engine.process.Hamiltonian;
import dev.kossel.engine.process.NeighborCondition;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.ProcessCatalog;
import dev.kossel.engine.process.RateLaw;
import dev.kossel.engine.process.RateTable;
import dev.kossel.engine.process.Species;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.scenarios.file.ElementaryProcess;
import dev.kossel.scenarios.file.Energies;
import dev.kossel.scenarios.file.IonField;
import dev.kossel.scenarios.file.Reaction;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.file.Transport;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.scenarios.physics.ElectrodeKinetics;
import dev.kossel.scenarios.physics.OverpotentialFactor;
import dev.kossel.scenarios.physics.RateLaws;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@link Scenario} into a {@link Model}: names into numbers, chemistry into rate laws, patterns into sites.
 *
 * <p>This is where electrochemistry ends: below it there are species numbers, energies and rates. One compiler compiles one scenario.
 */
public final class ModelCompiler {

    private static final double SQUARE_METRES_PER_NM2 = 1e-18;

    private final Scenario scenario;
    private final LatticeGeometry geometry;
    private final ScenarioNames names;
    private final double temperatureKelvin;
    private final double kT;
    private final Hamiltonian hamiltonian;
    private final LawCompiler laws;
    private final ContactCompiler contacts;

    private final List<dev.kossel.engine.process.ElementaryProcess> processes = new ArrayList<>();
    private final List<Long> electrons = new ArrayList<>();
    private final List<double[]> yields = new ArrayList<>();

    ModelCompiler(Scenario scenario) {
        this(scenario, scenario.temperature().kelvin());
    }

    private ModelCompiler(Scenario scenario, double temperatureKelvin) {
        this.scenario = scenario;
        this.temperatureKelvin = temperatureKelvin;
        geometry = scenario.lattice().geometry();
        names = new ScenarioNames(scenario, geometry);
        kT = Constants.thermalEnergyEv(temperatureKelvin);
        hamiltonian = hamiltonian();
        laws = new LawCompiler(scenario, geometry, hamiltonian, temperatureKelvin);
        contacts = new ContactCompiler(scenario, names, geometry);
    }

    /**
     * Compiles a scenario.
     *
     * @param random for what is drawn by lot at time 0
     * @throws IllegalArgumentException if the scenario cannot be carried out; the message says why
     */
    public static Model compile(Scenario scenario, UniformRandomProvider random) {
        ModelCompiler compiler = new ModelCompiler(scenario);
        return compiler.compile(InitialState.build(scenario, compiler.geometry, random));
    }

    /** Compiles a scenario whose lattice at time 0 is known, as it is when a run is resumed. */
    public static Model compile(Scenario scenario, byte[] initialSpecies, byte[] siteTypes) {
        ModelCompiler compiler = new ModelCompiler(scenario);
        return compiler.compile(new Lattice(compiler.geometry, initialSpecies, siteTypes));
    }

    /** A model at another temperature: the same processes, other rates. */
    static Model atTemperature(Model model, double temperatureKelvin) {
        return new ModelCompiler(model.scenario(), temperatureKelvin).compile(Lattice.copyOf(model.initial()));
    }

    /** What a run takes, from the tables alone. */
    static MemoryNeed memoryNeed(Scenario scenario) {
        ModelCompiler compiler = new ModelCompiler(scenario);
        compiler.addProcesses();
        ProcessCatalog catalog = compiler.catalog();
        return MemoryNeed.of(
                scenario,
                RateTable.compile(catalog, compiler.geometry),
                compiler.contacts.follows(catalog, compiler.electrons));
    }

    private double addProcesses() {
        double slowdown = TimeScales.slowdown(scenario);
        Scenario.Separation separation = scenario.separation();
        scenario.processes().forEach((name, process) -> {
            boolean slowed = separation != null && separation.processes().contains(name);
            add(name, process, slowed ? slowdown : 1);
        });
        reservoirIons().forEach(this::addExchange);
        addFirstPassages();
        return slowdown;
    }

    private Model compile(Lattice initial) {
        double slowdown = addProcesses();
        ElectrodeKinetics kinetics =
                new ElectrodeKinetics(factors(), geometry.widthNm() * geometry.depthNm() * SQUARE_METRES_PER_NM2);
        ProcessCatalog catalog = catalog();
        List<Long> electronsTaken = electrons;
        Model.ElectricalContact contact = null;
        if (contacts.follows(catalog, electrons)) {
            BitSet shells = names.shells(scenario.contact().shells());
            IsolatedTwins twins = new IsolatedTwins(catalog, electrons, contacts.conductors(initial), initial, shells);
            catalog = twins.catalog();
            electronsTaken = twins.electrons();
            contact = new Model.ElectricalContact(twins.conductors(), shells, twins.originals());
            Contact.label(initial, contact.conductors(), shells);
        }
        long[] charges = electronsTaken.stream().mapToLong(Long::longValue).toArray();
        return new Model(
                scenario,
                initial,
                RateTable.compile(catalog, geometry),
                kinetics,
                charges,
                slowdown,
                contact,
                detaching(contact),
                transport(catalog, charges),
                ions(catalog, contact));
    }

    private List<Model.Detaching> detaching(Model.@Nullable ElectricalContact contact) {
        return scenario.detachment().stream()
                .map(detachment -> {
                    Integer atLeast = detachment.atLeast();
                    return new Model.Detaching(
                            withTwins(detachment.species(), contact),
                            atLeast == null ? Integer.MAX_VALUE : atLeast,
                            withTwins(detachment.heldBy(), contact),
                            names.species(detachment.becomes()),
                            names.shells(detachment.shells()));
                })
                .toList();
    }

    /** Species by name, with the isolated twins of those that have one. */
    private SpeciesSet withTwins(List<String> named, Model.@Nullable ElectricalContact contact) {
        BitSet set = names.speciesSet(named);
        for (int s = 0; contact != null && s < contact.originals().length; s++) {
            set.set(s, set.get(contact.originals()[s]));
        }
        return SpeciesSet.of(set.stream().toArray());
    }

    private List<OverpotentialFactor> factors() {
        return laws.groups().stream().map(TransportModel.Group::law).toList();
    }

    private @Nullable TransportModel transport(ProcessCatalog catalog, long[] charges) {
        if (!(scenario.transport() instanceof Transport.Continuum continuum)) {
            return null;
        }
        double[][] given = catalog.processes().stream()
                .map(process -> yields.get(original(process.name())))
                .toArray(double[][]::new);
        return new TransportModel(continuum, laws.groups(), given, charges, temperatureKelvin);
    }

    // Ions on the lattice

    private @Nullable ExplicitIons ions(ProcessCatalog catalog, Model.@Nullable ElectricalContact contact) {
        if (!(scenario.transport() instanceof Transport.Explicit explicit)) {
            return null;
        }
        double[] loads = new double[catalog.species().size()];
        for (int s = 0; s < loads.length; s++) {
            int original = contact == null ? s : contact.originals()[s];
            loads[s] = scenario.species().get(names.species().get(original)).charge();
        }
        boolean[] driven = new boolean[catalog.processes().size()];
        for (int p = 0; p < driven.length; p++) {
            int factor = catalog.processes().get(p).factor();
            driven[p] = factor > 0 && !laws.groups().get(factor - 1).moved().isEmpty();
        }
        return new ExplicitIons(
                reservoirIons(),
                explicit.field(),
                laws.groups(),
                loads,
                driven,
                kT,
                explicit.compliance().volts());
    }

    /** Those of the reservoir, their hops being among the processes already. */
    private List<ExplicitIons.Ion> reservoirIons() {
        List<ExplicitIons.Ion> ions = new ArrayList<>();
        if (scenario.transport() instanceof Transport.Explicit explicit) {
            explicit.reservoir().forEach((name, bath) -> ions.add(ion(name, bath)));
        }
        return ions;
    }

    private ExplicitIons.Ion ion(String name, Transport.Bath bath) {
        int number = names.species(name);
        double up = 0;
        double diffusivity = 0;
        for (dev.kossel.engine.process.ElementaryProcess process : processes) {
            if (process instanceof PairProcess hop
                    && hop.before() == number
                    && hop.beforeTo() == 0
                    && hop.after() == 0
                    && hop.afterTo() == number) {
                for (int k = 0; k < geometry.neighborCount(); k++) {
                    int layers = geometry.layerStep(0, k);
                    if (hop.shells().get(geometry.shellOf(k))
                            && layers > 0
                            && hop.directions() != Directions.IN_PLANE) {
                        double energy = hamiltonian.siteEnergy(number, 0);
                        double rate = hop.law().rate(0, energy, 0, layers);
                        double height = geometry.displacementNm(0, k)[2];
                        up += rate;
                        diffusivity += rate * height * height;
                    }
                }
            }
        }
        return new ExplicitIons.Ion(
                name,
                number,
                scenario.species().get(name).charge(),
                ExplicitIons.occupancy(bath, geometry, scenario.lattice().atomsPerSite()),
                hamiltonian.siteEnergy(number, 0),
                up,
                diffusivity);
    }

    /**
     * Exchange with sites above the box that are occupied afresh at every attempt, as they are in the bulk: what hops up there from the top layer finds them vacant with the
     * probability of that, and what hops down is there with its own. Bonds and site types in the box bear on it as a Metropolis rate.
     */
    private void addExchange(ExplicitIons.Ion ion) {
        double vacancy = 1
                - reservoirIons().stream()
                        .mapToDouble(ExplicitIons.Ion::occupancy)
                        .sum();
        RateLaw in = RateLaws.metropolis(ion.upPerSecond() * ion.occupancy(), kT);
        RateLaw out = RateLaws.metropolis(ion.upPerSecond() * vacancy, kT);
        double bulk = ion.siteEnergyEv();
        String name = ExplicitIons.EXCHANGE + ion.name();
        processes.add(new TopProcess(
                name, 0, ion.species(), (change, initial, type, step) -> in.rate(change - bulk, initial, type, step)));
        processes.add(new TopProcess(
                reverse(name),
                ion.species(),
                0,
                (change, initial, type, step) -> out.rate(change + bulk, initial, type, step)));
        for (int n = 0; n < 2; n++) {
            electrons.add(0L);
            yields.add(new double[0]);
        }
    }

    /** Every ion that hops may take many hops at once; whether it can, the engine finds out from its rates. */
    private void addFirstPassages() {
        if (scenario.transport() instanceof Transport.Explicit explicit && explicit.firstPassage()) {
            for (int p = processes.size() - 1; p >= 0; p--) {
                if (processes.get(p) instanceof PairProcess hop
                        && hop.beforeTo() == 0
                        && hop.after() == 0
                        && hop.afterTo() == hop.before()
                        && scenario.species()
                                        .get(names.species().get(hop.before()))
                                        .phase()
                                == Scenario.Phase.ION) {
                    processes.add(new FirstPassageProcess(hop.name() + ExplicitIons.PASSAGE, hop.name()));
                    electrons.add(0L);
                    yields.add(new double[0]);
                }
            }
        }
    }

    /**
     * What the reduction of an ion on the lattice is multiplied by: exp(−μ/kT) of the reservoir's ion of that charge, so that at η = 0 a kink is in equilibrium with the reservoir. 1
     * where there is no such ion, or more than one.
     */
    private double reference(Reaction reaction, long electronsTaken) {
        Scenario.Species before = scenario.species().get(reaction.before().get(0));
        if (!(scenario.transport() instanceof Transport.Explicit explicit) || before.phase() != Scenario.Phase.ION) {
            return 1;
        }
        List<String> fitting = explicit.reservoir().keySet().stream()
                .filter(name -> scenario.species().get(name).charge() == electronsTaken)
                .toList();
        if (fitting.size() != 1) {
            return 1;
        }
        String ion = fitting.get(0);
        double occupancy = ExplicitIons.occupancy(
                explicit.reservoir().get(ion), geometry, scenario.lattice().atomsPerSite());
        return Math.exp(-hamiltonian.siteEnergy(names.species(ion), 0) / kT) / occupancy;
    }

    /** The factor of a law that no potential drives otherwise: its own if the event moves charge in one, for its reverse with the other sign. */
    private int driven(int factor, int sign, int... species) {
        if (!(scenario.transport() instanceof Transport.Explicit explicit)
                || explicit.field() instanceof IonField.None
                || factor != 0) {
            return factor;
        }
        List<Integer> moved = new ArrayList<>();
        for (int n = 0; n < species.length; n += 2) {
            moved.add(sign * (charge(species[n + 1]) - charge(species[n])));
        }
        boolean moves = moved.stream().anyMatch(charge -> charge != 0);
        return moves ? laws.factor(LawCompiler.NO_POTENTIAL, List.of(), moved) : 0;
    }

    private int charge(int number) {
        return scenario.species().get(names.species().get(number)).charge();
    }

    /** The process that a name stands for, which may be that of a twin: the name of the process and something after it. */
    private int original(String name) {
        int longest = -1;
        for (int p = 0; p < processes.size(); p++) {
            String candidate = processes.get(p).name();
            if (name.startsWith(candidate)
                    && (longest < 0
                            || candidate.length()
                                    > processes.get(longest).name().length())) {
                longest = p;
            }
        }
        return longest;
    }

    LawCompiler laws() {
        return laws;
    }

    /** Of the processes added so far. */
    ProcessCatalog catalog() {
        List<Species> all = names.species().stream()
                .map(name -> new Species(
                        name, Phase.valueOf(scenario.species().get(name).phase().name())))
                .toList();
        return new ProcessCatalog(
                all,
                names.siteTypes().size(),
                hamiltonian,
                processes,
                laws.groups().size() + 1);
    }

    // Energies

    private Hamiltonian hamiltonian() {
        Hamiltonian.Builder builder = Hamiltonian.builder(
                names.species().size(),
                names.siteTypes().size(),
                geometry.shells().size());
        Set<String> named = new HashSet<>();
        for (Energies.SiteEnergy energy : scenario.energies().site()) {
            if (energy.type() != null) {
                named.add(energy.species() + "@" + energy.type());
                builder.site(
                        names.species(energy.species()),
                        names.siteType(energy.type()),
                        energy.energy().electronVolts());
            }
        }
        for (Energies.SiteEnergy energy : scenario.energies().site()) {
            if (energy.type() == null) {
                for (String type : names.siteTypes()) {
                    if (!named.contains(energy.species() + "@" + type)) {
                        builder.site(
                                names.species(energy.species()),
                                names.siteType(type),
                                energy.energy().electronVolts());
                    }
                }
            }
        }
        for (Energies.PairEnergy energy : scenario.energies().pairs()) {
            names.shells(energy.shell()).stream()
                    .forEach(shell -> builder.pair(
                            shell,
                            names.species(energy.species().get(0)),
                            names.species(energy.species().get(1)),
                            energy.energy().electronVolts()));
        }
        return builder.build();
    }

    // Processes

    /** @param speed what its rates are multiplied by */
    void add(String name, ElementaryProcess process, double speed) {
        Reaction reaction = process.reaction();
        int first = processes.size();
        if (reaction == null) {
            addPattern(name, process, speed);
        } else if (process.law() instanceof dev.kossel.scenarios.file.RateLaw.LineOfSight law) {
            addArrival(name, process, reaction, law);
        } else if (reaction.before().size() == 1) {
            addSite(name, process, reaction, speed);
        } else {
            addPair(name, process, reaction, speed);
        }
        for (int p = first; p < processes.size(); p++) {
            int sign = p == first ? 1 : processes.get(p) instanceof FailedArrival ? 0 : -1;
            yields.add(given(name, process, sign));
        }
    }

    /** What an event gives to the electrolyte of each ion; negative is taken out of it. */
    private double[] given(String name, ElementaryProcess process, int sign) {
        if (!(scenario.transport() instanceof Transport.Continuum continuum)) {
            return new double[0];
        }
        double[] given = new double[continuum.ions().size()];
        Transport.Exchange exchange = continuum.exchange(name, process, scenario.species());
        if (exchange != null) {
            double amount = sign * (double) scenario.lattice().atomsPerSite();
            exchange.consumes().forEach((ion, number) -> given[continuum.ions().indexOf(ion)] -= amount * number);
            exchange.produces().forEach((ion, number) -> given[continuum.ions().indexOf(ion)] += amount * number);
        }
        return given;
    }

    /** The concentrations that a process feels. */
    private List<TransportModel.Term> activity(String name, ElementaryProcess process) {
        if (!(scenario.transport() instanceof Transport.Continuum continuum)) {
            return List.of();
        }
        Transport.Exchange exchange = continuum.exchange(name, process, scenario.species());
        if (exchange == null) {
            return List.of();
        }
        if (process.law() instanceof dev.kossel.scenarios.file.RateLaw.Precipitation law) {
            return exchange.consumes().entrySet().stream()
                    .map(entry -> new TransportModel.Term(
                            continuum.ions().indexOf(entry.getKey()),
                            entry.getValue(),
                            law.saturation().get(entry.getKey()).molesPerLitre() * TransportModel.PER_NM3_AND_MOLAR))
                    .toList();
        }
        String of = exchange.activityIon();
        if (of == null) {
            return List.of();
        }
        int ion = continuum.ions().indexOf(of);
        double exponent = process.law() instanceof dev.kossel.scenarios.file.RateLaw.Electrochemical law
                ? law.activityExponent()
                : 1;
        double bulk = TransportModel.ions(continuum, temperatureKelvin).get(ion).bulkPerNm3();
        return List.of(new TransportModel.Term(ion, exponent, bulk));
    }

    private void addSite(String name, ElementaryProcess process, Reaction reaction, double speed) {
        int before = names.species(reaction.before().get(0));
        int after = names.species(reaction.after().get(0));
        BitSet types = names.siteTypes(process.siteTypes());
        List<NeighborCondition> where = conditions(process.where());
        double reference = process.law() instanceof dev.kossel.scenarios.file.RateLaw.Electrochemical law
                ? reference(reaction, law.electrons())
                : 1;
        LawCompiler.Laws compiled = laws.laws(process.law(), after, activity(name, process), speed, reference);
        int factor = driven(compiled.forwardFactor(), 1, before, after);
        processes.add(new SiteProcess(name, before, after, types, where, compiled.forward(), factor));
        electrons.add(compiled.electrons());
        if (reaction.reversible()) {
            int reverseFactor = driven(compiled.reverseFactor(), -1, before, after);
            processes.add(
                    new SiteProcess(reverse(name), after, before, types, where, compiled.reverse(), reverseFactor));
            electrons.add(-compiled.electrons());
        }
    }

    private void addArrival(
            String name,
            ElementaryProcess process,
            Reaction reaction,
            dev.kossel.scenarios.file.RateLaw.LineOfSight law) {
        processes.add(new ArrivalProcess(
                name,
                names.species(reaction.before().get(0)),
                names.species(reaction.after().get(0)),
                names.siteTypes(process.siteTypes()),
                conditions(process.where()),
                laws.attemptsPerColumn(law),
                law.sticking()));
        electrons.add((long) law.electrons() * scenario.lattice().atomsPerSite());
        if (law.countFailures()) {
            processes.add(new FailedArrival(name + "-failed", name));
            electrons.add(0L);
        }
    }

    private void addPair(String name, ElementaryProcess process, Reaction reaction, double speed) {
        int before = names.species(reaction.before().get(0));
        int beforeTo = names.species(reaction.before().get(1));
        int after = names.species(reaction.after().get(0));
        int afterTo = names.species(reaction.after().get(1));
        BitSet shells = names.shells(process.shell());
        Directions directions = Directions.valueOf(process.directions().name());
        BitSet types = names.siteTypes(process.siteTypes());
        BitSet typesTo = names.siteTypes(process.siteTypesTo());
        List<NeighborCondition> where = conditions(process.where());
        List<NeighborCondition> whereTo = conditions(process.whereTo());
        LawCompiler.Laws compiled = laws.laws(process.law(), after, activity(name, process), speed, 1);
        processes.add(new PairProcess(
                name,
                before,
                beforeTo,
                after,
                afterTo,
                shells,
                directions,
                types,
                typesTo,
                where,
                whereTo,
                compiled.forward(),
                driven(compiled.forwardFactor(), 1, before, after, beforeTo, afterTo)));
        electrons.add(0L);
        if (reaction.reversible()) {
            processes.add(new PairProcess(
                    reverse(name),
                    after,
                    afterTo,
                    before,
                    beforeTo,
                    shells,
                    directions,
                    types,
                    typesTo,
                    where,
                    whereTo,
                    compiled.reverse(),
                    driven(0, -1, before, after, beforeTo, afterTo)));
            electrons.add(0L);
        }
    }

    private void addPattern(String name, ElementaryProcess process, double speed) {
        List<List<PatternProcess.Entry>> variants = PatternExpansion.expand(
                process.pattern(), process.symmetry(), geometry, names::species, names::siteTypes);
        LawCompiler.Laws compiled = laws.laws(process.law(), 0, activity(name, process), speed, 1);
        processes.add(new PatternProcess(
                name, variants, conditions(process.where()), compiled.forward(), compiled.forwardFactor()));
        electrons.add(0L);
        boolean reversible =
                process.pattern().stream().anyMatch(entry -> entry.reaction().reversible());
        if (reversible) {
            List<List<PatternProcess.Entry>> reversed = variants.stream()
                    .map(variant -> variant.stream()
                            .map(entry -> new PatternProcess.Entry(
                                    entry.dx(),
                                    entry.dy(),
                                    entry.dz(),
                                    entry.after(),
                                    entry.before(),
                                    entry.siteTypes()))
                            .toList())
                    .toList();
            processes.add(
                    new PatternProcess(reverse(name), reversed, conditions(process.where()), compiled.reverse(), 0));
            electrons.add(0L);
        }
    }

    private static String reverse(String name) {
        return name + "-reverse";
    }

    private List<NeighborCondition> conditions(List<ElementaryProcess.NeighborCount> counts) {
        return counts.stream()
                .map(count -> {
                    Integer most = count.atMost();
                    return new NeighborCondition(
                            names.shells(count.shell()),
                            names.speciesSet(count.species()),
                            count.atLeast(),
                            most == null ? Integer.MAX_VALUE : most);
                })
                .toList();
    }
}
