package dev.kossel.scenarios;

import dev.kossel.engine.Consequence;
import dev.kossel.engine.EventListener;
import dev.kossel.engine.KineticMonteCarlo;
import dev.kossel.engine.consequence.Contact;
import dev.kossel.engine.consequence.Detachment;
import dev.kossel.engine.field.Cells;
import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.process.Drift;
import dev.kossel.engine.process.EnumeratedRates;
import dev.kossel.engine.process.Event;
import dev.kossel.engine.process.EventClasses;
import dev.kossel.engine.process.LocalRates;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.RateTable;
import dev.kossel.engine.process.SiteRates;
import dev.kossel.engine.process.SiteStates;
import dev.kossel.engine.process.Species;
import dev.kossel.engine.select.CompositionRejectionSelector;
import dev.kossel.engine.select.DirectSelector;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.engine.select.SumTreeSelector;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.scenarios.file.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.JumpableUniformRandomProvider;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.jspecify.annotations.Nullable;

/** Wires a scenario into a simulation. The only place that chooses implementations. */
public final class SimulationAssembler {

    private SimulationAssembler() {}

    /** Is shown whatever changes the lattice: events and what follows from them. */
    interface Witness {
        void changed(Event event);

        /** Whether it cares at present. */
        boolean looks();
    }

    /**
     * The model of a scenario, with its lattice at time 0.
     *
     * @throws IllegalArgumentException if the scenario cannot be carried out
     */
    public static Model model(Scenario scenario) {
        return ModelCompiler.compile(scenario, initialRandom(scenario.seed()));
    }

    /**
     * A simulation at time 0.
     *
     * @param listener told of every event, or null
     */
    public static Simulation simulation(Model model, @Nullable EventListener listener) {
        return simulation(model, model.scenario().seed(), listener);
    }

    /**
     * A replica of a simulation at time 0: the same initial lattice, its own random numbers.
     *
     * @param seed in place of the scenario's
     * @param listener told of every event, or null
     */
    public static Simulation simulation(Model model, long seed, @Nullable EventListener listener) {
        return simulation(model, seed, model.initial(), listener, null);
    }

    /** A simulation whose lattice looks like {@code now}; its other state is to be restored. */
    static Simulation simulation(Model model, LatticeView now, @Nullable EventListener listener) {
        return simulation(model, model.scenario().seed(), now, listener, null);
    }

    /**
     * The same, watched.
     *
     * @param listener told of every event, or null
     * @param changes shown whatever changes the lattice: events and what follows from them
     */
    static Simulation simulation(Model model, LatticeView now, @Nullable EventListener listener, Witness changes) {
        return simulation(model, model.scenario().seed(), now, listener, changes);
    }

    private static Simulation simulation(
            Model model, long seed, LatticeView now, @Nullable EventListener listener, @Nullable Witness changes) {
        RateTable table = model.table();
        SiteStates states = SiteStates.of(table, now);
        SiteRates.SelectorFactory selectors =
                selectors(model.scenario().engine().selector());
        TransportModel transport = model.transport();
        ExplicitIons ions = model.ions();
        FieldGrid grid = transport == null ? null : transport.grid(model.geometry());
        Drift drift = ions == null || !ions.hasField() ? null : ions.drift(model.geometry());
        EventClasses classes = eventClasses(model);
        LocalRates local = null;
        EnumeratedRates scaled = null;
        if (transport != null && grid != null) {
            boolean[] factors = transport.localFactors();
            local = classes == null
                    ? new LocalRates(table, states, selectors, grid, factors)
                    : new LocalRates(table, states, selectors, grid, factors, classes);
            scaled = local.scaled();
        } else if (ions != null && drift != null) {
            Cells cells = Cells.ofSites(model.geometry());
            local = new LocalRates(table, states, selectors, cells, ions.localFactors(), drift);
        } else if (classes != null) {
            scaled = SiteRates.scaled(table, states, selectors, classes);
        }
        SiteRates rates = local != null ? local : scaled != null ? scaled : rates(model, states);
        boolean[] transfers = new boolean[model.electrons().length];
        for (int p = 0; p < transfers.length; p++) {
            transfers[p] = model.electrons()[p] != 0;
        }
        List<Consequence> consequences = consequences(model, rates.lattice());
        KineticMonteCarlo kmc = new KineticMonteCarlo(
                rates,
                loopRandom(seed),
                transfers,
                connectedMetal(model),
                withWitness(consequences, changes),
                consequences.isEmpty() && changes != null ? telling(changes, listener) : listener);
        Medium medium = null;
        if (transport != null && local != null && grid != null) {
            medium = new Electrolyte(model, transport, kmc, local, grid);
        } else if (ions != null && local != null && drift != null) {
            medium = new IonPotential(model, ions, kmc, local, drift);
        }
        return new Simulation(model, kmc, medium, separation(model, kmc, scaled, classes));
    }

    /** The classes of the events that may be slowed; null where nothing is to find out which. */
    private static @Nullable EventClasses eventClasses(Model model) {
        Scenario.Separation separation = model.scenario().separation();
        return separation == null || separation.adaptive() == null
                ? null
                : EventClasses.of(model.table(), model.scalableProcesses(separation.processes()));
    }

    private static @Nullable AdaptiveSeparation separation(
            Model model, KineticMonteCarlo kmc, @Nullable EnumeratedRates rates, @Nullable EventClasses classes) {
        Scenario.Separation separation = model.scenario().separation();
        Scenario.Adaptive adaptive = separation == null ? null : separation.adaptive();
        return adaptive == null || rates == null || classes == null
                ? null
                : new AdaptiveSeparation(
                        kmc, rates, classes, adaptive, model.geometry().sitesPerLayer());
    }

    /** Consequences are the only ones who see what follows from events: where there are any, the witness is one of them, from which nothing follows. */
    private static List<Consequence> withWitness(List<Consequence> consequences, @Nullable Witness changes) {
        if (consequences.isEmpty() || changes == null) {
            return consequences;
        }
        List<Consequence> all = new ArrayList<>(consequences);
        all.add((happened, further) -> changes.changed(happened));
        return all;
    }

    private static EventListener telling(Witness changes, @Nullable EventListener listener) {
        return new EventListener() {
            @Override
            public boolean listens() {
                return listener != null || changes.looks();
            }

            @Override
            public void happened(double timeSeconds, Event event) {
                changes.changed(event);
                if (listener != null) {
                    listener.happened(timeSeconds, event);
                }
            }
        };
    }

    /** The rates of a model at the temperature of its table, on a lattice of it. */
    static SiteRates rates(Model model, SiteStates states) {
        return SiteRates.of(
                model.table(), states, selectors(model.scenario().engine().selector()));
    }

    /** What events entail, in the order in which it follows. */
    private static List<Consequence> consequences(Model model, LatticeView lattice) {
        List<Consequence> consequences = new ArrayList<>();
        Model.ElectricalContact contact = model.contact();
        if (contact != null) {
            consequences.add(new Contact(lattice, contact.conductors(), contact.shells()));
        }
        for (Model.Detaching detaching : model.detaching()) {
            consequences.add(new Detachment(
                    lattice,
                    detaching.members(),
                    detaching.atLeast(),
                    detaching.holders(),
                    detaching.replacement(),
                    detaching.shells()));
        }
        return consequences;
    }

    /** What makes a short circuit when it reaches the top. */
    private static SpeciesSet connectedMetal(Model model) {
        List<Species> species = model.catalog().species();
        SpeciesSet isolated = model.isolatedSpecies();
        return SpeciesSet.of(IntStream.range(0, species.size())
                .filter(s -> species.get(s).phase() == Phase.METAL && !isolated.contains(s))
                .toArray());
    }

    private static SiteRates.SelectorFactory selectors(Scenario.Selector selector) {
        return switch (selector) {
            case RATE_CLASSES -> RateClassSelector::new;
            case COMPOSITION_REJECTION -> CompositionRejectionSelector::new;
            case SUM_TREE -> SumTreeSelector::new;
            case DIRECT -> DirectSelector::new;
        };
    }

    /** The run's generator, 2¹²⁸ numbers behind the one that draws the initial state. */
    private static RestorableUniformRandomProvider loopRandom(long seed) {
        JumpableUniformRandomProvider random = generator(seed);
        random.jump();
        return (RestorableUniformRandomProvider) random;
    }

    private static UniformRandomProvider initialRandom(long seed) {
        return generator(seed);
    }

    private static JumpableUniformRandomProvider generator(long seed) {
        return (JumpableUniformRandomProvider) RandomSource.XO_SHI_RO_256_PP.create(seed);
    }
}
