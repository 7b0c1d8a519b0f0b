package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.record.CsvTable;
import dev.kossel.engine.record.RunStatus;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rough deposit plated and stripped many times, with a side reaction, dead metal, and a restart in the middle. */
class CyclingTest {

    private static final String CELL = """
            kossel: 1
            title: A rough deposit cycled
            seed: 2
            lattice: {type: sc, constant: 0.3 nm, size: [10, 10, 24]}
            species:
              vacant: {phase: vacant}
              M: {phase: metal, molar-mass: 65.4 g/mol}
              film: {phase: film}
              inert: {phase: inert}
            initial:
              - {type: layers, species: inert, count: 2}
            energies:
              pairs:
                - {species: [M, M], energy: -0.03 eV}
                - {species: [M, inert], energy: -0.03 eV}
            processes:
              deposition:
                reaction: vacant <-> M
                where: [{species: [M, inert], at-least: 1}]
                law: {type: electrochemical, electrons: 2, rate-constant: 50 /s}
              hop:
                reaction: M + vacant -> vacant + M
                where-to: [{species: [M, inert], at-least: 1}]
                law: {type: bond-counting, prefactor: 50 /s, barrier: 0 eV}
              film-formation:
                reaction: vacant -> film
                where: [{species: [M], at-least: 1}]
                law: {type: electrochemical, rate-constant: 0.3 /s}
              film-dissolution:
                reaction: film -> vacant
                law: {type: constant, rate: 40 /s}
            protocol:
              cycles: %d
              life: {coulombic-efficiency: 0.98}
              steps:
                - {type: galvanostatic, current-density: 500 A/m^2, until: {charge: 8 C/m^2}}
                - {type: galvanostatic, current-density: -500 A/m^2, until: {charge: 10 C/m^2, overpotential: 0.2 V, no-metal-left: true}}
            output: {statistics: 400, snapshots: 4}
            """;

    /** Asks a run to stop once it has come to a cycle. */
    private static final class StopAt implements ScenarioRun.Monitor {
        private final int cycle;
        private boolean reached;

        StopAt(int cycle) {
            this.cycle = cycle;
        }

        @Override
        public void progress(ScenarioRun run) {
            reached = run.simulation().cycle() >= cycle;
        }

        @Override
        public boolean stopRequested() {
            return reached;
        }
    }

    @TempDir
    private Path temporary;

    @Test
    void shouldCloseTheChargeOverCyclesWithARestart() throws Exception {
        cycle(20);
    }

    @Test
    @Tag("slow")
    void shouldCloseTheChargeOverTwoHundredCyclesWithARestart() throws Exception {
        cycle(200);
    }

    private void cycle(int cycles) throws Exception {
        String cell = CELL.formatted(cycles);
        Path straight = temporary.resolve("straight");
        try (ScenarioRun run = ScenarioRun.begin(Electrodes.model(cell), cell, straight, "test", "test")) {
            RunSummary summary = run.run(new StopAt(Integer.MAX_VALUE));
            assertThat(summary.reason()).isEqualTo("the protocol is done");
            requireFaraday(run.simulation());
            requireCycles(CsvTable.read(straight.resolve("cycles.csv")), run.simulation(), summary, cycles);
        }

        Path resumed = temporary.resolve("resumed");
        try (ScenarioRun run = ScenarioRun.begin(Electrodes.model(cell), cell, resumed, "test", "test")) {
            assertThat(run.run(new StopAt(cycles / 2)).status()).isEqualTo(RunStatus.STOPPED);
        }
        assertThat(CsvTable.read(resumed.resolve("cycles.csv")).column("cycle").length)
                .isBetween(cycles / 2, cycles - 1);
        try (ScenarioRun run = ScenarioRun.resume(resumed)) {
            assertThat(run.run(new StopAt(Integer.MAX_VALUE)).status()).isEqualTo(RunStatus.COMPLETED);
            requireFaraday(run.simulation());
        }
        for (String file : List.of("cycles.csv", "statistics.csv", "events.csv")) {
            assertThat(resumed.resolve(file)).hasSameBinaryContentAs(straight.resolve(file));
        }
    }

    /** Charge against matter: metal live and dead, film, and film that has dissolved again. */
    private static void requireFaraday(Simulation simulation) {
        Model model = simulation.model();
        long[] electrons = model.electronsOfSpecies();
        long matter = 0;
        for (int site = 0; site < model.geometry().siteCount(); site++) {
            matter += electrons[simulation.lattice().species(site)];
            matter -= electrons[model.initial().species(site)];
        }
        int dissolution = 0;
        while (!model.catalog().processes().get(dissolution).name().equals("film-dissolution")) {
            dissolution++;
        }
        assertThat(electrons).containsExactly(0, 2, 1, 0, 2);
        assertThat(simulation.kmc().eventCount(dissolution)).isGreaterThan(10);
        assertThat(simulation.electrons()).isEqualTo(matter + simulation.kmc().eventCount(dissolution));
    }

    private static void requireCycles(CsvTable table, Simulation simulation, RunSummary summary, int cycles) {
        double[] plated = table.column("plated_C_per_m2");
        double[] stripped = table.column("stripped_C_per_m2");
        double[] efficiency = table.column("coulombic_efficiency");
        double[] dead = table.column("dead_sites");
        double[] residue = table.column("residue_sites");
        double electron = simulation.chargeDensity(1);
        long life = 0;
        for (int c = 0; c < cycles; c++) {
            assertThat(plated[c]).isBetween(8 - 1e-9, 8 + 2 * electron);
            assertThat(stripped[c]).isBetween(0.0, 10 + 2 * electron);
            assertThat(efficiency[c]).isCloseTo(stripped[c] / plated[c], within(1e-12));
            // Stripping ends where no live metal is left, at the charge or at the potential.
            assertThat(dead[c]).isBetween(0.0, residue[c]);
            life = life == 0 && efficiency[c] < 0.98 ? c + 1 : life;
        }
        assertThat(Arrays.stream(dead).max().orElseThrow()).isGreaterThan(10);
        assertThat(Arrays.stream(plated).sum() - Arrays.stream(stripped).sum())
                .isCloseTo(simulation.chargeDensity(), within(1e-6));
        assertThat(table.column("dead_charge_C_per_m2")[cycles - 1])
                .isCloseTo(2 * dead[cycles - 1] * electron, within(1e-9));
        assertThat(summary.cycles()).isEqualTo(cycles);
        assertThat(summary.lifeCycles()).isEqualTo(life).isPositive();
        assertThat(summary.deadAtoms()).isEqualTo((long) dead[cycles - 1]);
        assertThat(summary.residueAtoms()).isEqualTo((long) residue[cycles - 1]);
        assertThat(summary.shortCircuitTimeS()).isNaN();
        assertThat(summary.text()).contains("dead metal").contains("ended in cycle " + life);
    }
}
