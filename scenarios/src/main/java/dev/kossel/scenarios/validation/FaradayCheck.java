package dev.kossel.scenarios.validation;

import dev.kossel.lattice.LatticeView;
import dev.kossel.scenarios.ScenarioRun;
import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import java.io.IOException;
import java.nio.file.Path;

/** Charge against matter. */
final class FaradayCheck implements Check {

    @Override
    public String name() {
        return "faraday";
    }

    @Override
    public String law() {
        return "charge booked = Σ n e × atoms, to the electron, through plating, stripping, a side reaction and a restart";
    }

    @Override
    public String source() {
        return "Faraday 1834, doi 10.1098/rstl.1834.0008";
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException, IOException {
        Cell cell = new Cell("protocol.cycles=" + effort.of(2, 10));
        Simulation simulation;
        try (ScenarioRun run = cell.runWithRestart(directory.resolve("faraday"))) {
            simulation = run.simulation();
        }
        Experiment experiment = cell.experiment();
        LatticeView initial = experiment.model().initial();
        long balance = 0;
        long atoms = 0;
        for (int site = 0; site < experiment.geometry().siteCount(); site++) {
            int now = simulation.lattice().species(site);
            balance += electrons(experiment, now) - electrons(experiment, initial.species(site));
            atoms += Math.abs(electrons(experiment, now) - electrons(experiment, initial.species(site)));
        }
        long passed = simulation.reducedElectrons() + simulation.oxidisedElectrons();
        return Findings.of(
                Measurement.exactly(
                        "net electrons booked less electrons in the deposit", balance, simulation.electrons()),
                Measurement.atLeast("electrons that passed, both ways", 1e4, passed),
                Measurement.atLeast("electrons' worth of sites that changed", 1, atoms));
    }

    private static long electrons(Experiment experiment, int species) {
        // Dead metal has cost what live metal has.
        return switch (experiment.model().scenarioName(species)) {
            case "M" -> 2;
            case "film" -> 1;
            default -> 0;
        };
    }
}
