package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.engine.process.Species;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.file.ScenarioReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Small scenarios of a divalent metal M on a Kossel crystal of 16 × 16 sites, rough enough (ε/kT = 1.9) that it grows and dissolves without nucleation.
 *
 * <p>A monolayer is 256 atoms, 3.56 C/m²; 100 mA/cm² deposit 281 of them in a second.
 */
public final class Electrodes {

    /** Four layers of the metal itself. */
    public static final String METAL = "[{type: layers, species: M, count: 4}]";

    /** Two layers of an inert substrate that binds the metal as it binds itself, and one of metal. */
    public static final String ONE_LAYER =
            "[{type: layers, species: inert, count: 2}, {type: layers, species: M, count: 1}]";

    /** The substrate alone. */
    public static final String BARE = "[{type: layers, species: inert, count: 2}]";

    private Electrodes() {}

    /** The file of a scenario: its initial state, the list of its steps, and further keys at the top level. */
    public static String yaml(String initial, String steps, String more) {
        return """
                kossel: 1
                title: A small electrode
                seed: 5
                lattice: {type: sc, constant: 0.3 nm, size: [16, 16, 20]}
                species:
                  vacant: {phase: vacant}
                  M: {phase: metal}
                  inert: {phase: inert}
                initial: %s
                energies:
                  pairs:
                    - {species: [M, M], shell: 1NN, energy: -0.05 eV}
                    - {species: [M, inert], shell: 1NN, energy: -0.05 eV}
                processes:
                  deposition:
                    reaction: vacant <-> M
                    where: [{species: [M, inert], at-least: 1}]
                    law: {type: electrochemical, electrons: 2, rate-constant: 500 /s}
                  hop:
                    reaction: M + vacant -> vacant + M
                    shell: 1NN
                    where-to: [{species: [M, inert], at-least: 1}]
                    law: {type: bond-counting, prefactor: 500 /s, barrier: 0 eV}
                %s
                protocol: {%s}
                """.formatted(initial, more, steps.startsWith("cycles") ? steps : "steps: [" + steps + "]");
    }

    static Simulation simulation(String initial, String steps) {
        return simulation(initial, steps, "");
    }

    static Simulation simulation(String initial, String steps, String more) {
        return SimulationAssembler.simulation(model(yaml(initial, steps, more)), null);
    }

    static Simulation run(Simulation simulation) {
        while (simulation.endReason() == null) {
            simulation.advance();
        }
        return simulation;
    }

    /**
     * Runs a tenth of the concentration above a substrate of which the first layer alone can be filled, so that the surface stays where it is.
     *
     * @param transport of an electrolyte of 1 M on cells of 0.9 nm, which become 2.4 nm
     */
    static Simulation flat(String steps, String transport) {
        String yaml = yaml(BARE, steps, transport)
                .replace("size: [16, 16, 20]", "size: [32, 32, 8]")
                .replace("where: [{species: [M, inert], at-least: 1}]", "where: [{species: [inert], at-least: 1}]")
                .replace("concentration: 1 M", "concentration: 0.1 M")
                .replace("cell: 0.9 nm", "cell: 2.4 nm");
        return run(SimulationAssembler.simulation(model(yaml), null));
    }

    /**
     * Atoms deposited are ions taken out: what is booked, what is still owed and what migration has brought together to the last digit.
     *
     * @param transference which part of them that is
     */
    static Electrolyte requireClosedAccount(Simulation simulation, double transference) {
        Electrolyte electrolyte = Objects.requireNonNull(simulation.electrolyte());
        electrolyte.demand();
        electrolyte.solve(simulation.overpotentialVolts(), Double.NaN);
        double atoms = simulation.electrons() / 2.0;
        assertThat(electrolyte.takenOut(0) + electrolyte.owed(0) + transference * atoms)
                .isCloseTo(atoms, within(1e-9 * atoms));
        assertThat(electrolyte.owed(0)).isCloseTo(0, within(6 * Math.sqrt(atoms) + 5));
        return electrolyte;
    }

    /** How often a process has happened. */
    static long count(Simulation simulation, String process) {
        List<ElementaryProcess> processes = simulation.model().catalog().processes();
        for (int p = 0; p < processes.size(); p++) {
            if (processes.get(p).name().equals(process)) {
                return simulation.kmc().eventCount(p);
            }
        }
        throw new IllegalArgumentException(process);
    }

    /** Sites that hold a species now less those that held it at time 0. */
    static long gained(Simulation simulation, String species) {
        Model model = simulation.model();
        int number =
                model.catalog().species().stream().map(Species::name).toList().indexOf(species);
        long gained = 0;
        for (int site = 0; site < model.geometry().siteCount(); site++) {
            gained += simulation.lattice().species(site) == number ? 1 : 0;
            gained -= model.initial().species(site) == number ? 1 : 0;
        }
        return gained;
    }

    static Model model(String yaml) {
        try {
            Scenario scenario =
                    ScenarioReader.read(yaml, "electrode.yaml", Path.of("").toAbsolutePath(), List.of());
            return SimulationAssembler.model(scenario);
        } catch (ScenarioException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
