package dev.kossel.bench;

import dev.kossel.scenarios.Model;
import dev.kossel.scenarios.SimulationAssembler;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.file.ScenarioLibrary;
import java.util.List;

/** The rough deposits that the parts of a run are measured on. */
final class Deposit {

    private Deposit() {}

    /**
     * A built-in scenario with some rough layers of metal on its first layers, as they are some monolayers into a run.
     *
     * @param edge cells along x and y; 0 for the scenario's own box
     */
    static Model of(String scenario, int edge) throws ScenarioException {
        String metal = scenario.startsWith("na-") ? "Na" : scenario.equals("r1") ? "M" : "A";
        String initial = "initial=[{type: layers, species: " + metal + ", count: 3}, {type: rough, species: " + metal
                + ", mean: 0.5 nm, rms: 0.2 nm, correlation: 2 nm}]";
        return SimulationAssembler.model(ScenarioLibrary.read(
                scenario,
                edge == 0 ? List.of(initial) : List.of(initial, "lattice.size=[" + edge + ", " + edge + ", 32]")));
    }
}
