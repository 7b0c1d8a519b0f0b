package dev.kossel.scenarios.validation;

import dev.kossel.engine.EventListener;
import dev.kossel.engine.field.FieldGrid;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.Model;
import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.SimulationAssembler;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.file.ScenarioLibrary;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A scenario of the library's directory {@code validation}, compiled once and begun as often as needed.
 *
 * @param model what it compiles to
 */
record Experiment(Model model) {

    /**
     * Reads and compiles a scenario.
     *
     * @param overrides as on the command line: {@code key=value}
     */
    static Experiment of(String scenario, String... overrides) throws ScenarioException {
        return new Experiment(
                SimulationAssembler.model(ScenarioLibrary.read("validation/" + scenario, List.of(overrides))));
    }

    /**
     * A simulation at time 0, on the lattice as the scenario's own seed has made it. Replicas that begin with this are independent only where nothing of that
     * lattice is drawn by lot; else each needs an experiment of its own, with its own {@code seed}.
     */
    Simulation begin(long seed, @Nullable EventListener listener) {
        return SimulationAssembler.simulation(model, seed, listener);
    }

    /** A simulation run through its protocol. */
    Simulation run(long seed, @Nullable EventListener listener) {
        Simulation simulation = begin(seed, listener);
        while (simulation.endReason() == null) {
            simulation.advance();
        }
        return simulation;
    }

    /** When a run fails because its electrolyte has run dry, s. */
    double secondsUntilDry(long seed) {
        Simulation simulation = run(seed, null);
        if (!simulation.failed()) {
            throw new IllegalStateException(
                    "the electrolyte should run dry, but the run ended because " + simulation.endReason());
        }
        return simulation.timeSeconds();
    }

    /** The grid of the fields of its electrolyte. */
    FieldGrid fieldGrid() {
        return Objects.requireNonNull(begin(1, null).electrolyte()).grid();
    }

    LatticeGeometry geometry() {
        return model.geometry();
    }

    int species(String name) {
        return model.scenario().speciesNames().indexOf(name);
    }

    /** Index of a process by the name the catalogue has it under. */
    int process(String name) {
        for (int p = 0; p < model.catalog().processes().size(); p++) {
            if (model.catalog().processes().get(p).name().equals(name)) {
                return p;
            }
        }
        throw new IllegalArgumentException("the scenario has no process " + name);
    }

    /** How many sites hold a species. */
    int count(Simulation simulation, int species) {
        int count = 0;
        for (int site = 0; site < geometry().siteCount(); site++) {
            count += simulation.lattice().species(site) == species ? 1 : 0;
        }
        return count;
    }

    /** Sites of each column, from the bottom up, that hold a species: the heights of a surface without overhangs. */
    Statistics columnHeights(Simulation simulation, int species) {
        Statistics heights = new Statistics();
        for (int column = 0; column < geometry().columnCount(); column++) {
            heights.add(columnHeight(simulation, species, column));
        }
        return heights;
    }

    /** The same of one column. */
    int columnHeight(Simulation simulation, int species, int column) {
        int height = 0;
        int site = geometry().columnSite(column, 0);
        while (site >= 0 && simulation.lattice().species(site) == species) {
            site = geometry().columnSite(column, ++height);
        }
        return height;
    }
}
