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
import dev.kossel.engine.process.SiteStates;
import dev.kossel.engine.process.Species;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.Shell;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.scenarios.file.ElementaryProcess;
import dev.kossel.scenarios.file.Energies;
import dev.kossel.scenarios.file.EnergyBySite;
import dev.kossel.scenarios.file.IonField;
import dev.kossel.scenarios.file.Protocol;
import dev.kossel.scenarios.file.Reaction;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.file.Transport;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.scenarios.physics.ElectrodeKinetics;
import dev.kossel.scenarios.physics.OverpotentialFactor;
import dev.kossel.scenarios.physics.RateLaws;
import dev.kossel.scenarios.units.Quantity;
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

    private static final OverpotentialFactor NO_POTENTIAL = new OverpotentialFactor.ButlerVolmer(0);

    private final Scenario scenario;
    private final LatticeGeometry geometry;
    private final List<String> species;
    private final List<String> siteTypes;
    private final double temperatureKelvin;
    private final double kT;
    private final Hamiltonian hamiltonian;
    private final double areaPerSiteSquareMetres;

    private final List<dev.kossel.engine.process.ElementaryProcess> processes = new ArrayList<>();
    private final List<Long> electrons = new ArrayList<>();
    private final List<TransportModel.Group> groups = new ArrayList<>();
    private final List<double[]> yields = new ArrayList<>();

    private ModelCompiler(Scenario scenario) {
        this(scenario, scenario.temperature().kelvin());
    }

    private ModelCompiler(Scenario scenario, double temperatureKelvin) {
        this.scenario = scenario;
        this.temperatureKelvin = temperatureKelvin;
        geometry = scenario.lattice().geometry();
        species = scenario.speciesNames();
        siteTypes = scenario.siteTypeNames();
        kT = Constants.thermalEnergyEv(temperatureKelvin);
        hamiltonian = hamiltonian();
        areaPerSiteSquareMetres = SQUARE_METRES_PER_NM2 / geometry.sitesPerAreaNm2();
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
        return MemoryNeed.of(scenario, RateTable.compile(catalog, compiler.geometry), compiler.followsContact(catalog));
    }

    private double addProcesses() {
        double slowdown = slowdown();
        scenario.processes().forEach((name, process) -> add(name, process, slowdownOf(name, slowdown)));
        reservoirIons().forEach(this::addExchange);
        addFirstPassages();
        return slowdown;
    }

    private Model compile(Lattice initial) {
        double slowdown = addProcesses();
        ElectrodeKinetics kinetics =
                new ElectrodeKinetics(laws(groups), geometry.widthNm() * geometry.depthNm() * SQUARE_METRES_PER_NM2);
        ProcessCatalog catalog = catalog();
        List<Long> electronsTaken = electrons;
        Model.ElectricalContact contact = null;
        if (followsContact(catalog)) {
            BitSet shells = new BitSet();
            scenario.contact().shells().forEach(name -> shells.or(shells(name)));
            IsolatedTwins twins = new IsolatedTwins(catalog, electrons, conductors(initial), initial, shells);
            catalog = twins.catalog();
            electronsTaken = twins.electrons();
            contact = new Model.ElectricalContact(twins.conductors(), shells, twins.originals());
            Contact.label(initial, contact.conductors(), shells);
        }
        return new Model(
                scenario,
                initial,
                RateTable.compile(catalog, geometry),
                kinetics,
                electronsTaken.stream().mapToLong(Long::longValue).toArray(),
                slowdown,
                contact,
                detaching(contact),
                transport(catalog),
                ions(catalog, contact));
    }

    private List<Model.Detaching> detaching(Model.@Nullable ElectricalContact contact) {
        return scenario.detachment().stream()
                .map(detachment -> {
                    BitSet shells = new BitSet();
                    detachment.shells().forEach(name -> shells.or(shells(name)));
                    Integer atLeast = detachment.atLeast();
                    return new Model.Detaching(
                            withTwins(detachment.species(), contact),
                            atLeast == null ? Integer.MAX_VALUE : atLeast,
                            withTwins(detachment.heldBy(), contact),
                            species(detachment.becomes()),
                            shells);
                })
                .toList();
    }

    /** Species by name, with the isolated twins of those that have one. */
    private SpeciesSet withTwins(List<String> names, Model.@Nullable ElectricalContact contact) {
        BitSet set = new BitSet();
        names.forEach(name -> set.set(species(name)));
        for (int s = 0; contact != null && s < contact.originals().length; s++) {
            set.set(s, set.get(contact.originals()[s]));
        }
        return SpeciesSet.of(set.stream().toArray());
    }

    private static List<OverpotentialFactor> laws(List<TransportModel.Group> groups) {
        return groups.stream().map(TransportModel.Group::law).toList();
    }

    private @Nullable TransportModel transport(ProcessCatalog catalog) {
        if (!(scenario.transport() instanceof Transport.Continuum continuum)) {
            return null;
        }
        double[][] given = catalog.processes().stream()
                .map(process -> yields.get(original(process.name())))
                .toArray(double[][]::new);
        return new TransportModel(continuum, groups, given, temperatureKelvin);
    }

    // Ions on the lattice

    private @Nullable ExplicitIons ions(ProcessCatalog catalog, Model.@Nullable ElectricalContact contact) {
        if (!(scenario.transport() instanceof Transport.Explicit explicit)) {
            return null;
        }
        double[] loads = new double[catalog.species().size()];
        for (int s = 0; s < loads.length; s++) {
            int original = contact == null ? s : contact.originals()[s];
            loads[s] = scenario.species().get(species.get(original)).charge();
        }
        boolean[] driven = new boolean[catalog.processes().size()];
        for (int p = 0; p < driven.length; p++) {
            int factor = catalog.processes().get(p).factor();
            driven[p] = factor > 0 && !groups.get(factor - 1).moved().isEmpty();
        }
        return new ExplicitIons(
                reservoirIons(),
                explicit.field(),
                List.copyOf(groups),
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
        int number = species(name);
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
                        && scenario.species().get(species.get(hop.before())).phase() == Scenario.Phase.ION) {
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
        return Math.exp(-hamiltonian.siteEnergy(species(ion), 0) / kT) / occupancy;
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
        return moves ? factor(NO_POTENTIAL, List.of(), moved) : 0;
    }

    private int charge(int number) {
        return scenario.species().get(species.get(number)).charge();
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

    // Contact

    private boolean followsContact(ProcessCatalog catalog) {
        // A plane seen from above has the electrode under all of it.
        return geometry.layerCount() > 1
                && switch (scenario.contact().follow()) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case WHERE_STRIPPED -> strips(scenario.protocol()) && dissolvesMetal(catalog);
                };
    }

    /** Whether a step drives metal off: by the sign of its current or of its overpotential. */
    static boolean strips(Protocol protocol) {
        return protocol.steps().stream().anyMatch(step -> {
            if (step instanceof Protocol.Galvanostatic galvanostatic) {
                return galvanostatic.currentDensity().amperesPerSquareMetre() < 0;
            } else if (step instanceof Protocol.Potentiostatic potentiostatic) {
                return potentiostatic.overpotential().volts() > 0;
            } else if (step instanceof Protocol.Pulse pulse) {
                return strips(pulse.on()) || strips(pulse.off());
            } else if (step instanceof Protocol.Sweep sweep) {
                Quantity via = sweep.via();
                return sweep.from().volts() > 0 || sweep.to().volts() > 0 || (via != null && via.volts() > 0);
            }
            return false;
        });
    }

    private static boolean strips(Protocol.PulsePhase phase) {
        Quantity current = phase.currentDensity();
        Quantity overpotential = phase.overpotential();
        return (current != null && current.amperesPerSquareMetre() < 0)
                || (overpotential != null && overpotential.volts() > 0);
    }

    private boolean dissolvesMetal(ProcessCatalog catalog) {
        for (int p = 0; p < electrons.size(); p++) {
            if (electrons.get(p) < 0
                    && catalog.processes().get(p) instanceof SiteProcess site
                    && catalog.species().get(site.before()).phase() == Phase.METAL) {
                return true;
            }
        }
        return false;
    }

    /** The metals, and what is named or, where nothing is, the inert species in the bottom layer. */
    private BitSet conductors(Lattice initial) {
        BitSet conductors = new BitSet();
        for (int s = 0; s < species.size(); s++) {
            conductors.set(s, scenario.species().get(species.get(s)).phase() == Scenario.Phase.METAL);
        }
        List<String> named = scenario.contact().conductors();
        named.forEach(name -> conductors.set(species(name)));
        for (int site = 0; named.isEmpty() && site < geometry.siteCount(); site++) {
            int at = initial.species(site);
            if (geometry.layer(site) == 0
                    && at < species.size()
                    && scenario.species().get(species.get(at)).phase() == Scenario.Phase.INERT) {
                conductors.set(at);
            }
        }
        return conductors;
    }

    private ProcessCatalog catalog() {
        List<Species> all = species.stream()
                .map(name -> new Species(
                        name, Phase.valueOf(scenario.species().get(name).phase().name())))
                .toList();
        return new ProcessCatalog(all, siteTypes.size(), hamiltonian, processes, groups.size() + 1);
    }

    // Energies

    private Hamiltonian hamiltonian() {
        Hamiltonian.Builder builder = Hamiltonian.builder(
                species.size(), siteTypes.size(), geometry.shells().size());
        Set<String> named = new HashSet<>();
        for (Energies.SiteEnergy energy : scenario.energies().site()) {
            if (energy.type() != null) {
                named.add(energy.species() + "@" + energy.type());
                builder.site(
                        species(energy.species()),
                        siteType(energy.type()),
                        energy.energy().electronVolts());
            }
        }
        for (Energies.SiteEnergy energy : scenario.energies().site()) {
            if (energy.type() == null) {
                for (String type : siteTypes) {
                    if (!named.contains(energy.species() + "@" + type)) {
                        builder.site(
                                species(energy.species()),
                                siteType(type),
                                energy.energy().electronVolts());
                    }
                }
            }
        }
        for (Energies.PairEnergy energy : scenario.energies().pairs()) {
            shells(energy.shell()).stream()
                    .forEach(shell -> builder.pair(
                            shell,
                            species(energy.species().get(0)),
                            species(energy.species().get(1)),
                            energy.energy().electronVolts()));
        }
        return builder.build();
    }

    // Processes

    private void add(String name, ElementaryProcess process, double speed) {
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
        int before = species(reaction.before().get(0));
        int after = species(reaction.after().get(0));
        BitSet types = siteTypes(process.siteTypes());
        List<NeighborCondition> where = conditions(process.where());
        double reference = process.law() instanceof dev.kossel.scenarios.file.RateLaw.Electrochemical law
                ? reference(reaction, law.electrons())
                : 1;
        Laws laws = laws(process.law(), after, activity(name, process), speed, reference);
        int factor = driven(laws.forwardFactor, 1, before, after);
        processes.add(new SiteProcess(name, before, after, types, where, laws.forward, factor));
        electrons.add(laws.electrons);
        if (reaction.reversible()) {
            int reverseFactor = driven(laws.reverseFactor, -1, before, after);
            processes.add(new SiteProcess(reverse(name), after, before, types, where, laws.reverse, reverseFactor));
            electrons.add(-laws.electrons);
        }
    }

    private void addArrival(
            String name,
            ElementaryProcess process,
            Reaction reaction,
            dev.kossel.scenarios.file.RateLaw.LineOfSight law) {
        processes.add(new ArrivalProcess(
                name,
                species(reaction.before().get(0)),
                species(reaction.after().get(0)),
                siteTypes(process.siteTypes()),
                conditions(process.where()),
                attemptsPerColumn(law),
                law.sticking()));
        electrons.add((long) law.electrons() * scenario.lattice().atomsPerSite());
        if (law.countFailures()) {
            processes.add(new FailedArrival(name + "-failed", name));
            electrons.add(0L);
        }
    }

    private double attemptsPerColumn(dev.kossel.scenarios.file.RateLaw.LineOfSight law) {
        double columnsPerSite = (double) geometry.columnCount() / geometry.sitesPerLayer();
        long atoms = scenario.lattice().atomsPerSite();
        Quantity rate = law.rate();
        Quantity monolayers = law.monolayers();
        Quantity flux = law.flux();
        Quantity current = law.currentDensity();
        if (rate != null) {
            return rate.perSecond();
        } else if (monolayers != null) {
            return monolayers.perSecond() / columnsPerSite;
        } else if (flux != null) {
            return flux.perSquareMetreAndSecond() * areaPerSiteSquareMetres / (atoms * columnsPerSite);
        } else if (current != null) {
            return current.amperesPerSquareMetre()
                    * areaPerSiteSquareMetres
                    / (law.electrons() * atoms * Constants.ELEMENTARY_CHARGE * columnsPerSite);
        }
        throw new IllegalArgumentException("a line-of-sight law needs a rate, monolayers, a flux or a current-density");
    }

    private void addPair(String name, ElementaryProcess process, Reaction reaction, double speed) {
        int before = species(reaction.before().get(0));
        int beforeTo = species(reaction.before().get(1));
        int after = species(reaction.after().get(0));
        int afterTo = species(reaction.after().get(1));
        BitSet shells = shells(process.shell());
        Directions directions = Directions.valueOf(process.directions().name());
        BitSet types = siteTypes(process.siteTypes());
        BitSet typesTo = siteTypes(process.siteTypesTo());
        List<NeighborCondition> where = conditions(process.where());
        List<NeighborCondition> whereTo = conditions(process.whereTo());
        Laws laws = laws(process.law(), after, activity(name, process), speed, 1);
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
                laws.forward,
                driven(laws.forwardFactor, 1, before, after, beforeTo, afterTo)));
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
                    laws.reverse,
                    driven(0, -1, before, after, beforeTo, afterTo)));
            electrons.add(0L);
        }
    }

    private void addPattern(String name, ElementaryProcess process, double speed) {
        List<List<PatternProcess.Entry>> variants = PatternExpansion.expand(
                process.pattern(), process.symmetry(), geometry, this::species, this::siteTypes);
        Laws laws = laws(process.law(), 0, activity(name, process), speed, 1);
        processes.add(
                new PatternProcess(name, variants, conditions(process.where()), laws.forward, laws.forwardFactor));
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
            processes.add(new PatternProcess(reverse(name), reversed, conditions(process.where()), laws.reverse, 0));
            electrons.add(0L);
        }
    }

    private static String reverse(String name) {
        return name + "-reverse";
    }

    private List<NeighborCondition> conditions(List<ElementaryProcess.NeighborCount> counts) {
        return counts.stream()
                .map(count -> {
                    BitSet set = new BitSet();
                    count.species().forEach(name -> set.set(species(name)));
                    Integer most = count.atMost();
                    return new NeighborCondition(
                            shells(count.shell()), set, count.atLeast(), most == null ? Integer.MAX_VALUE : most);
                })
                .toList();
    }

    // Rate laws

    /** A law and its reverse, with the factors that the overpotential gives them. */
    private record Laws(RateLaw forward, int forwardFactor, RateLaw reverse, int reverseFactor, long electrons) {}

    /** @param reference what a reduction is multiplied by beside its activity */
    private Laws laws(
            dev.kossel.scenarios.file.RateLaw law,
            int after,
            List<TransportModel.Term> activity,
            double speed,
            double reference) {
        if (law instanceof dev.kossel.scenarios.file.RateLaw.Electrochemical electrochemical) {
            return electrochemical(electrochemical, after, activity, speed, reference);
        }
        int factor = activity.isEmpty() ? 0 : factor(NO_POTENTIAL, activity);
        if (law instanceof dev.kossel.scenarios.file.RateLaw.Precipitation precipitation) {
            double beta = precipitation.symmetryFactor();
            double kink = hamiltonian.kinkEnergy(after, geometry);
            double exchange = speed
                    * atTemperature(
                            precipitation.rateConstant().perSecond(),
                            precipitation.activationEnergy(),
                            precipitation.referenceTemperature());
            return new Laws(
                    RateLaws.reduction(exchange, beta, kink, kT),
                    factor,
                    RateLaws.oxidation(exchange, beta, kink, kT),
                    0,
                    0);
        }
        RateLaw forward = RateLaws.scaled(plain(law), speed);
        return new Laws(forward, factor, RateLaws.reversed(forward, kT), 0, 0);
    }

    private RateLaw plain(dev.kossel.scenarios.file.RateLaw law) {
        if (law instanceof dev.kossel.scenarios.file.RateLaw.Constant constant) {
            return RateLaws.constant(constant.rate().perSecond());
        } else if (law instanceof dev.kossel.scenarios.file.RateLaw.Arrhenius arrhenius) {
            return RateLaws.arrhenius(arrhenius.prefactor().perSecond(), bySiteType(arrhenius.activationEnergy()), kT);
        } else if (law instanceof dev.kossel.scenarios.file.RateLaw.BondCounting counting) {
            return RateLaws.bondCounting(
                    counting.prefactor().perSecond(),
                    counting.barrier().electronVolts(),
                    counting.stepEdgeBarrier().electronVolts(),
                    kT);
        } else if (law instanceof dev.kossel.scenarios.file.RateLaw.Bep bep) {
            return RateLaws.brønstedEvansPolanyi(
                    bep.prefactor().perSecond(),
                    bep.barrier().electronVolts(),
                    bep.slope(),
                    bep.stepEdgeBarrier().electronVolts(),
                    kT);
        } else if (law instanceof dev.kossel.scenarios.file.RateLaw.Metropolis metropolis) {
            return RateLaws.metropolis(metropolis.prefactor().perSecond(), kT);
        } else if (law instanceof dev.kossel.scenarios.file.RateLaw.Kawasaki kawasaki) {
            return RateLaws.kawasaki(kawasaki.prefactor().perSecond(), kT);
        }
        throw new IllegalStateException("no rate law for " + law);
    }

    private double[] bySiteType(EnergyBySite energies) {
        double[] values = new double[siteTypes.size()];
        for (int type = 0; type < values.length; type++) {
            Quantity energy = energies.on(siteTypes.get(type));
            values[type] = energy == null ? Double.POSITIVE_INFINITY : energy.electronVolts();
        }
        return values;
    }

    private Laws electrochemical(
            dev.kossel.scenarios.file.RateLaw.Electrochemical law,
            int after,
            List<TransportModel.Term> activity,
            double speed,
            double reference) {
        double alpha = law.transferCoefficient();
        double kink = hamiltonian.kinkEnergy(after, geometry);
        double exchange = speed * exchangeRate(law);
        double perVolt = law.electrons() / kT;
        OverpotentialFactor reduction;
        OverpotentialFactor oxidation;
        if (law.kinetics() == dev.kossel.scenarios.file.RateLaw.Kinetics.MARCUS_HUSH_CHIDSEY) {
            Quantity reorganization = law.reorganizationEnergy();
            if (reorganization == null) {
                throw new IllegalArgumentException("marcus-hush-chidsey needs a reorganization-energy");
            }
            double lambda = reorganization.electronVolts() / kT;
            reduction = new OverpotentialFactor.MarcusHushChidsey(lambda, -perVolt);
            oxidation = new OverpotentialFactor.MarcusHushChidsey(lambda, perVolt);
        } else {
            reduction = new OverpotentialFactor.ButlerVolmer(-alpha * perVolt);
            oxidation = new OverpotentialFactor.ButlerVolmer((1 - alpha) * perVolt);
        }
        double given = reference * Math.pow(law.activity(), law.activityExponent());
        double equilibrium = law.equilibrium().volts();
        return new Laws(
                RateLaws.reduction(exchange * given * reduction.at(-equilibrium), alpha, kink, kT),
                factor(shifted(reduction, equilibrium), activity),
                RateLaws.oxidation(exchange * oxidation.at(-equilibrium), alpha, kink, kT),
                factor(shifted(oxidation, equilibrium), List.of()),
                law.electrons() * scenario.lattice().atomsPerSite());
    }

    /** k₀ of a site: given, or from i₀ = n e k₀ x · (atoms a site) / (area a site), x the fraction of kinks; at the temperature of the run. */
    private double exchangeRate(dev.kossel.scenarios.file.RateLaw.Electrochemical law) {
        Quantity current = law.exchangeCurrentDensity();
        Quantity rate = law.rateConstant();
        double exchange;
        if (current != null) {
            exchange = current.amperesPerSquareMetre()
                    * areaPerSiteSquareMetres
                    / (law.kinkFraction()
                            * law.electrons()
                            * scenario.lattice().atomsPerSite()
                            * Constants.ELEMENTARY_CHARGE);
        } else if (rate != null) {
            exchange = rate.perSecond();
        } else {
            throw new IllegalArgumentException(
                    "an electrochemical law needs an exchange-current-density or a rate-constant");
        }
        return atTemperature(exchange, law.activationEnergy(), law.referenceTemperature());
    }

    /** A constant at the temperature of the run, from that at a reference. */
    private double atTemperature(double constant, @Nullable Quantity activation, Quantity referenceTemperature) {
        if (activation == null) {
            return constant;
        }
        double reference = Constants.thermalEnergyEv(referenceTemperature.kelvin());
        return constant * Math.exp(-activation.electronVolts() * (1 / kT - 1 / reference));
    }

    /** An exponential stays what it is, but for a constant. */
    private static OverpotentialFactor shifted(OverpotentialFactor law, double equilibriumVolts) {
        return equilibriumVolts == 0 || law instanceof OverpotentialFactor.ButlerVolmer
                ? law
                : new OverpotentialFactor.Shifted(law, equilibriumVolts);
    }

    private int factor(OverpotentialFactor law, List<TransportModel.Term> activity) {
        return factor(law, activity, List.of());
    }

    private int factor(OverpotentialFactor law, List<TransportModel.Term> activity, List<Integer> moved) {
        TransportModel.Group group = new TransportModel.Group(law, activity, moved);
        int known = groups.indexOf(group);
        if (known < 0) {
            groups.add(group);
            known = groups.size() - 1;
        }
        return known + 1;
    }

    // Separation of time scales

    private double slowdownOf(String process, double slowdown) {
        Scenario.Separation separation = scenario.separation();
        return separation != null && separation.processes().contains(process) ? slowdown : 1;
    }

    /**
     * What the rates under {@code separation} are multiplied by: the adatom on a flat face of its own kind is to hop {@code ratio} times while one
     * monolayer is deposited, if it hops more often than that.
     */
    private double slowdown() {
        Scenario.Separation separation = scenario.separation();
        Double ratio = separation == null ? null : separation.ratio();
        if (separation == null || ratio == null) {
            return 1;
        }
        double monolayers = monolayersPerSecond(scenario);
        double fastest = 0;
        for (String name : separation.processes()) {
            fastest = Math.max(
                    fastest, adatom(name, scenario.processes().get(name)).ratePerSecond());
        }
        return fastest == 0 ? 1 : Math.min(1, ratio * monolayers / fastest);
    }

    /**
     * How many layers are deposited in a second: at the largest set current of the protocol, and by the arrivals that do
     * not fail beforehand.
     */
    static double monolayersPerSecond(Scenario scenario) {
        ModelCompiler compiler = new ModelCompiler(scenario);
        double arriving = scenario.processes().values().stream()
                .map(ElementaryProcess::law)
                .filter(dev.kossel.scenarios.file.RateLaw.LineOfSight.class::isInstance)
                .map(dev.kossel.scenarios.file.RateLaw.LineOfSight.class::cast)
                .mapToDouble(law -> compiler.attemptsPerColumn(law) * law.sticking())
                .sum();
        return compiler.monolayersPerSecond(scenario.protocol().largestCurrentDensity())
                + arriving * compiler.geometry.columnCount() / compiler.geometry.sitesPerLayer();
    }

    /** How many layers a current density deposits in a second. */
    static double monolayersPerSecond(Scenario scenario, double currentDensity) {
        return new ModelCompiler(scenario).monolayersPerSecond(currentDensity);
    }

    private double monolayersPerSecond(double currentDensity) {
        double electronsPerSite = scenario.processes().values().stream()
                .map(ElementaryProcess::law)
                .filter(dev.kossel.scenarios.file.RateLaw.Electrochemical.class::isInstance)
                .mapToDouble(law -> ((dev.kossel.scenarios.file.RateLaw.Electrochemical) law).electrons())
                .max()
                .orElse(1);
        return currentDensity
                * areaPerSiteSquareMetres
                / (electronsPerSite * scenario.lattice().atomsPerSite() * Constants.ELEMENTARY_CHARGE);
    }

    /**
     * What an adatom alone on a flat, full face of its own kind does.
     *
     * @param process the process
     * @param species the adatom: the first species of the process
     * @param energyEv its site energy and its bonds
     * @param ratePerSecond summed over all its directions, as the file has it, without separation
     */
    record Adatom(String process, String species, double energyEv, double ratePerSecond) {}

    /** The adatoms of the processes that transfer no charge, as far as they have any rate. */
    static List<Adatom> adatoms(Scenario scenario) {
        ModelCompiler compiler = new ModelCompiler(scenario);
        List<Adatom> adatoms = new ArrayList<>();
        scenario.processes().forEach((name, process) -> {
            if (!(process.law() instanceof dev.kossel.scenarios.file.RateLaw.Electrochemical)
                    && !(process.law() instanceof dev.kossel.scenarios.file.RateLaw.LineOfSight)
                    && scenario.species().get(mover(process)).phase() != Scenario.Phase.ION) {
                Adatom adatom = compiler.adatom(name, process);
                if (adatom.ratePerSecond() > 0) {
                    adatoms.add(adatom);
                }
            }
        });
        return adatoms;
    }

    /** The first species of a process. */
    private static String mover(ElementaryProcess process) {
        Reaction reaction = process.reaction();
        return reaction == null
                ? process.pattern().get(0).reaction().before().get(0)
                : reaction.before().get(0);
    }

    private Adatom adatom(String name, ElementaryProcess process) {
        ModelCompiler single = new ModelCompiler(scenario);
        single.add(name, process, 1);
        int[] least = LatticeGeometry.leastCells(geometry.kind(), geometry.orientation());
        LatticeGeometry box = LatticeGeometry.of(
                geometry.kind(),
                geometry.orientation(),
                geometry.latticeConstantNm(),
                geometry.axialRatio(),
                Math.max(4, least[0]),
                Math.max(4, least[1]),
                geometry.cellsZ() == 1 ? 1 : 8);
        String mover = mover(process);
        Lattice face = new Lattice(box);
        int surface = box.layerCount() / 2;
        int adatom = -1;
        for (var sites = box.sites(); sites.hasNext(); ) {
            int site = sites.nextInt();
            if (box.layer(site) < surface) {
                face.setSpecies(site, species(mover));
            } else if (adatom < 0 && box.layer(site) == surface) {
                adatom = site;
            }
        }
        face.setSpecies(adatom, species(mover));
        RateTable table = RateTable.compile(single.catalog(), box);
        double rate = table.rateFrom(SiteStates.of(table, face), adatom);
        return new Adatom(name, mover, hamiltonian.energyAt(face, adatom, species(mover)), rate);
    }

    /** The charge transfers of a scenario; overpotentials are those of {@code currentDensity}, A/m². */
    static List<ModelReport.ChargeTransfer> transfers(Scenario scenario, double currentDensity) {
        ModelCompiler compiler = new ModelCompiler(scenario);
        List<ModelReport.ChargeTransfer> transfers = new ArrayList<>();
        scenario.processes().forEach((name, process) -> {
            Reaction reaction = process.reaction();
            if (reaction != null && process.law() instanceof dev.kossel.scenarios.file.RateLaw.Electrochemical law) {
                int after = compiler.species(reaction.after().get(0));
                transfers.add(compiler.transfer(name, law, after, currentDensity));
            }
        });
        return transfers;
    }

    private ModelReport.ChargeTransfer transfer(
            String name, dev.kossel.scenarios.file.RateLaw.Electrochemical law, int after, double currentDensity) {
        Laws laws = electrochemical(law, after, List.of(), 1, 1);
        double kink = hamiltonian.kinkEnergy(after, geometry);
        double exchange = exchangeRate(law);
        double kinks = law.kinkFraction() * laws.electrons / areaPerSiteSquareMetres;
        double reduced = kinks * laws.forward.rate(kink, 0, 0, 0);
        double oxidised = kinks * laws.reverse.rate(-kink, 0, 0, 0);
        List<OverpotentialFactor> both = List.of(
                groups.get(laws.forwardFactor - 1).law(),
                groups.get(laws.reverseFactor - 1).law());
        double overpotential =
                new ElectrodeKinetics(both, 1).overpotential(new double[] {0, reduced, -oxidised}, currentDensity, 0);
        return new ModelReport.ChargeTransfer(
                name, laws.electrons, kink, exchange, exchange * kinks * Constants.ELEMENTARY_CHARGE, overpotential);
    }

    // Names to numbers

    private int species(String name) {
        return species.indexOf(name);
    }

    private int siteType(String name) {
        return siteTypes.indexOf(name);
    }

    private BitSet siteTypes(List<String> names) {
        BitSet set = new BitSet();
        names.forEach(name -> set.set(siteType(name)));
        return set;
    }

    /** The shells a name stands for: one, or both nearest shells of hcp for {@code 1NN}. */
    private BitSet shells(String name) {
        BitSet set = new BitSet();
        for (int s = 0; s < geometry.shells().size(); s++) {
            Shell shell = geometry.shells().get(s);
            if (shell.name().equals(name) || shell.name().startsWith(name + "-")) {
                set.set(s);
            }
        }
        return set;
    }
}
