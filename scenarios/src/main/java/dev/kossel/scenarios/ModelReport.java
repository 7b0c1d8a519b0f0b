package dev.kossel.scenarios;

import dev.kossel.engine.process.Hamiltonian;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.StateRates;
import dev.kossel.engine.select.EventSelector;
import dev.kossel.lattice.Shell;
import dev.kossel.scenarios.file.Protocol;
import dev.kossel.scenarios.file.RateLaw.Electrochemical;
import dev.kossel.scenarios.file.Reaction;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.scenarios.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a model would be: its scales, its rates against one another, its cost.
 *
 * @param kT thermal energy, eV
 * @param currentDensity the largest set current density of the protocol, A/m²; 0 if none is set
 * @param arrivingMonolayersPerSecond deposited by what arrives in line of sight, where every attempt that sticks finds a place
 * @param monolayerChargeDensity charge of a layer, C/m²; NaN if no current is set
 * @param transfers the charge transfers, at kinks
 * @param adatoms the moves of an adatom
 * @param bonds the pair energies
 * @param expectedElectrons net charge of the steps of the whole protocol, magnitudes summed, in electrons; NaN where its length is not known beforehand
 * @param cost of computing it; null unless measured
 * @param warnings what somebody who runs this should know, each a sentence
 */
public record ModelReport(
        double kT,
        double currentDensity,
        double arrivingMonolayersPerSecond,
        double monolayerChargeDensity,
        List<ChargeTransfer> transfers,
        List<AdatomMove> adatoms,
        List<Bond> bonds,
        double expectedElectrons,
        @Nullable Cost cost,
        List<String> warnings) {

    private static final double WIDE_DECADES = 15;

    /** D/F from which on hops are likely to make nearly all events. */
    private static final double MANY_HOPS = 1e6;

    /** Other events for each charge transfer from which on that is worth a sentence. */
    private static final double MANY_OTHERS = 1e3;

    /**
     * A charge transfer at the kink site, where reduction and oxidation balance at η = 0.
     *
     * @param process the process
     * @param electrons taken up by one event
     * @param kinkEnergyEv E_k of the species it makes
     * @param exchangeRatePerSecond k₀ at the temperature of the run
     * @param exchangeCurrentDensity i₀ of an electrode with the fraction of kinks that the file states, A/m²
     * @param overpotentialVolts at which that electrode carries the largest set current (Butler–Volmer or Marcus–Hush–Chidsey)
     */
    public record ChargeTransfer(
            String process,
            long electrons,
            double kinkEnergyEv,
            double exchangeRatePerSecond,
            double exchangeCurrentDensity,
            double overpotentialVolts) {}

    /**
     * A move of an adatom alone on a flat, full face of its own kind.
     *
     * @param process the process
     * @param species the adatom
     * @param energyEv of the adatom
     * @param ratePerSecond in all directions together, as the file has it
     * @param runRatePerSecond the same with the separation of the run
     * @param diffusionOverFlux D/F = Γ/4F, with D in site areas a second and F in monolayers a second; NaN if nothing is deposited at a known rate
     * @param runDiffusionOverFlux the same with the separation of the run
     */
    public record AdatomMove(
            String process,
            String species,
            double energyEv,
            double ratePerSecond,
            double runRatePerSecond,
            double diffusionOverFlux,
            double runDiffusionOverFlux) {}

    /**
     * A pair energy.
     *
     * @param pair two species and a shell
     * @param energyEv negative binds
     */
    public record Bond(String pair, double energyEv) {}

    /**
     * The cost of a run, measured on its beginning.
     *
     * @param bytes memory of the simulation, measured on the heap
     * @param seconds how long the beginning took on the clock
     * @param events in it
     * @param progress which part of the protocol it was
     * @param decades that the rates of the sites span at its end
     */
    public record Cost(long bytes, double seconds, long events, double progress, double decades) {
        public double eventsPerSecond() {
            return events / seconds;
        }

        /** Extrapolated; NaN if the beginning came to nothing. */
        public double expectedSeconds() {
            return progress > 0 ? seconds / progress : Double.NaN;
        }

        /** Extrapolated; NaN if the beginning came to nothing. */
        public double expectedEvents() {
            return progress > 0 ? events / progress : Double.NaN;
        }
    }

    /** Layers that the largest set current deposits in a second; 0 if none is set. */
    public double monolayersPerSecond() {
        return currentDensity > 0 ? currentDensity / monolayerChargeDensity : 0;
    }

    /** What can be told without running. */
    public static ModelReport of(Model model) {
        Scenario scenario = model.scenario();
        double current = scenario.protocol().largestCurrentDensity();
        double plated = new ModelCompiler(scenario).laws().monolayersPerSecond(current);
        double arriving = TimeScales.monolayersPerSecond(scenario) - plated;
        List<AdatomMove> moves = moves(model, plated + arriving);
        return new ModelReport(
                Constants.thermalEnergyEv(scenario.temperature().kelvin()),
                current,
                arriving,
                current / plated,
                transfers(scenario, current),
                moves,
                bonds(model),
                chargeDensity(scenario.protocol()) * model.areaSquareMetres() / Constants.ELEMENTARY_CHARGE,
                null,
                warnings(model, moves));
    }

    /**
     * As {@link #of}, and runs the beginning of the run to see what it costs.
     *
     * @param seconds how long at most, on the clock
     */
    public static ModelReport measured(Model model, double seconds) {
        ModelReport report = of(model);
        long before = heapBytes();
        Simulation simulation = SimulationAssembler.simulation(model, null);
        long bytes = Math.max(0, heapBytes() - before);
        long start = System.nanoTime();
        double elapsed = 0;
        while (elapsed < seconds && simulation.endReason() == null) {
            simulation.advance();
            elapsed = (System.nanoTime() - start) * 1e-9;
        }
        Cost cost = new Cost(
                bytes,
                elapsed,
                simulation.kmc().events(),
                simulation.progress(),
                decades(simulation.kmc().rates().selectors()));
        List<String> warnings = new ArrayList<>(report.warnings);
        if (cost.decades() > WIDE_DECADES) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "The rates span %.0f decades: nearly all events will be of the fastest processes.",
                    cost.decades()));
        }
        othersPerTransfer(model, simulation, warnings);
        return new ModelReport(
                report.kT,
                report.currentDensity,
                report.arrivingMonolayersPerSecond,
                report.monolayerChargeDensity,
                report.transfers,
                report.adatoms,
                report.bonds,
                report.expectedElectrons,
                cost,
                List.copyOf(warnings));
    }

    private static void othersPerTransfer(Model model, Simulation simulation, List<String> warnings) {
        long transfers = 0;
        for (int p = 0; p < model.electrons().length; p++) {
            transfers += model.electrons()[p] == 0 ? 0 : simulation.kmc().eventCount(p);
        }
        double others = (double) (simulation.kmc().events() - transfers) / Math.max(1, transfers);
        if (model.transfersCharge() && others > MANY_OTHERS) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "For each charge transfer there were %s%.2g events that transfer none.",
                    transfers == 0 ? "more than " : "",
                    others));
        }
    }

    /** The charge transfers; overpotentials are those of {@code currentDensity}, A/m². */
    private static List<ChargeTransfer> transfers(Scenario scenario, double currentDensity) {
        LawCompiler laws = new ModelCompiler(scenario).laws();
        List<ChargeTransfer> transfers = new ArrayList<>();
        scenario.processes().forEach((name, process) -> {
            Reaction reaction = process.reaction();
            if (reaction != null && process.law() instanceof Electrochemical law) {
                int after = scenario.speciesNames().indexOf(reaction.after().get(0));
                transfers.add(laws.transfer(name, law, after, currentDensity));
            }
        });
        return transfers;
    }

    private static List<AdatomMove> moves(Model model, double monolayersPerSecond) {
        Scenario.Separation separation = model.scenario().separation();
        List<AdatomMove> moves = new ArrayList<>();
        for (TimeScales.Adatom adatom : TimeScales.adatoms(model.scenario())) {
            boolean slowed = separation != null && separation.processes().contains(adatom.process());
            double runRate = adatom.ratePerSecond() * (slowed ? model.slowdown() : 1);
            double perRate = monolayersPerSecond > 0 ? 1 / (4 * monolayersPerSecond) : Double.NaN;
            moves.add(new AdatomMove(
                    adatom.process(),
                    adatom.species(),
                    adatom.energyEv(),
                    adatom.ratePerSecond(),
                    runRate,
                    adatom.ratePerSecond() * perRate,
                    runRate * perRate));
        }
        return moves;
    }

    private static List<Bond> bonds(Model model) {
        Hamiltonian hamiltonian = model.catalog().hamiltonian();
        List<String> species = model.scenario().speciesNames();
        List<Shell> shells = model.geometry().shells();
        List<Bond> bonds = new ArrayList<>();
        for (int shell = 0; shell < shells.size(); shell++) {
            for (int a = 0; a < species.size(); a++) {
                for (int b = a; b < species.size(); b++) {
                    double energy = hamiltonian.pairEnergy(shell, a, b);
                    if (energy != 0) {
                        bonds.add(new Bond(
                                species.get(a) + "–" + species.get(b) + " "
                                        + shells.get(shell).name(),
                                energy));
                    }
                }
            }
        }
        return bonds;
    }

    /** Magnitudes summed over the steps, C/m²; NaN if a step's charge is not known beforehand. */
    private static double chargeDensity(Protocol protocol) {
        double sum = 0;
        for (Protocol.Step step : protocol.steps()) {
            Protocol.Until until = step.until();
            if (step instanceof Protocol.Rest) {
                continue;
            }
            Quantity charge = until == null ? null : until.charge();
            Quantity time = until == null ? null : until.time();
            if (charge != null) {
                sum += charge.coulombsPerSquareMetre();
            } else if (time != null && step instanceof Protocol.Galvanostatic galvanostatic) {
                sum += Math.abs(galvanostatic.currentDensity().amperesPerSquareMetre()) * time.seconds();
            } else {
                return Double.NaN;
            }
        }
        return sum * protocol.cycles();
    }

    private static List<String> warnings(Model model, List<AdatomMove> moves) {
        List<String> warnings = new ArrayList<>();
        if (model.slowdown() < 1) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "The processes %s are slowed by the factor %.3g (separation): rates and times that hinge on them are not real.",
                    separation(model).processes(),
                    model.slowdown()));
        }
        Scenario.Separation stated = model.scenario().separation();
        if (stated != null && stated.adaptive() != null) {
            scalingWarning(model, stated.processes(), stated.adaptive(), warnings);
        }
        for (AdatomMove move : moves) {
            if (move.runDiffusionOverFlux() > MANY_HOPS && (stated == null || stated.adaptive() == null)) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "An adatom's %s happens %.3g times before a layer is deposited: nearly all events may be of that kind. With"
                                + " separation: {adaptive: {}} what is in quasi-equilibrium is slowed (docs/scaling.md).",
                        move.process(),
                        4 * move.runDiffusionOverFlux()));
            }
            if (move.runDiffusionOverFlux() < 1) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "An adatom's %s happens less than once before a layer is deposited (D/F %.3g): the deposit cannot order itself by it.",
                        move.process(),
                        move.runDiffusionOverFlux()));
            }
        }
        if (model.scenario().lattice().atomsPerSite() > 1) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "Coarse: a site stands for %d atoms, so energies are effective ones.",
                    model.scenario().lattice().atomsPerSite()));
        }
        enumerationWarning(model, warnings);
        contactWarning(model, warnings);
        if (!model.transfersCharge()) {
            warnings.add("No process transfers charge: currents and potentials mean nothing here.");
        }
        return List.copyOf(warnings);
    }

    /** Says what may be slowed, and beside fields what may not. */
    private static void scalingWarning(
            Model model, List<String> named, Scenario.Adaptive adaptive, List<String> warnings) {
        List<String> slowed = model.scalableProcesses(named).stream()
                .mapToObj(model::scenarioProcess)
                .distinct()
                .toList();
        if (slowed.isEmpty()) {
            warnings.add(
                    "There is nothing that an adaptive separation could slow: no process that transfers no charge and exchanges no ions is undone by one of its own kind.");
            return;
        }
        warnings.add(String.format(
                Locale.ROOT,
                "Events in quasi-equilibrium are slowed, to no less than %.4g for each event that is not (separation): look at the bias in"
                        + " the summary, and at docs/scaling.md for what it does not see.",
                adaptive.separation()));
        List<String> kept = model.scenario().processes().keySet().stream()
                .filter(name -> !slowed.contains(name))
                .toList();
        if (model.transport() != null && !kept.isEmpty()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "Only %s may be slowed, at every place alike; %s keep their rates, which the fields of the electrolyte answer to.",
                    String.join(", ", slowed),
                    String.join(", ", kept)));
        }
    }

    /** Says which processes have rates enumerated, why, and what would do without. */
    private static void enumerationWarning(Model model, List<String> warnings) {
        Scenario.Separation separation = model.scenario().separation();
        ExplicitIons ions = model.ions();
        boolean scaled = separation != null && separation.adaptive() != null;
        boolean local = model.transport() != null || ions != null && ions.hasField();
        if (scaled || local) {
            // Enumerated for another reason, or never.
            return;
        }
        for (int p = 0; p < model.catalog().processes().size(); p++) {
            double looseness = model.table().looseness(p);
            if (looseness > StateRates.LOOSEST) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "Rates are enumerated, which is exact but several times slower, most of all under control: of process %s, the rate depends on more than"
                                + " the state of its first site, by up to %.2g times (more than %.0f), so that most draws from a bound would come to nothing."
                                + " A law that depends on the first site alone (bond-counting, arrhenius, constant) does without, as do weaker bonds or a"
                                + " smaller slope.",
                        model.catalog().processes().get(p).name(),
                        looseness,
                        StateRates.LOOSEST));
            }
        }
    }

    private static void contactWarning(Model model, List<String> warnings) {
        Model.ElectricalContact contact = model.contact();
        if (contact == null) {
            return;
        }
        boolean conducting = false;
        boolean solid = false;
        String dissolving = null;
        for (int site = 0; site < model.geometry().siteCount(); site++) {
            if (model.geometry().layer(site) == 0) {
                int species = model.initial().species(site);
                solid |= model.catalog().species().get(species).phase() != Phase.VACANT;
                conducting |= contact.conductors().conducts(species);
                if (contact.conductors().conducts(species)
                        && !contact.conductors().isAnchored(species)) {
                    dissolving = model.catalog().species().get(species).name();
                }
            }
        }
        if (solid && !conducting) {
            warnings.add("Nothing in the bottom layer conducts, so that all metal is isolated from the electrode: name"
                    + " what conducts in contact.conductors, or write contact: {follow: never}.");
        } else if (dissolving != null) {
            warnings.add(
                    "The bottom layer holds " + dissolving + ", which can dissolve, from below as well: without it the"
                            + " metal above is isolated. Put layers of an inert species or of a metal that does not react under it.");
        }
    }

    private static Scenario.Separation separation(Model model) {
        Scenario.Separation separation = model.scenario().separation();
        if (separation == null) {
            throw new IllegalStateException("slowed without a separation");
        }
        return separation;
    }

    private static double decades(Stream<EventSelector> selectors) {
        double least = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (EventSelector selector : selectors.toList()) {
            for (int c = 1; c < selector.classCount(); c++) {
                double rate = selector.rate(c);
                if (selector.count(c) > 0 && rate > 0) {
                    least = Math.min(least, rate);
                    largest = Math.max(largest, rate);
                }
            }
        }
        return largest > 0 ? Math.log10(largest / least) : 0;
    }

    private static long heapBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
