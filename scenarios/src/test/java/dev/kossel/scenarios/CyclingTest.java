package dev.kossel.scenarios;

import static dev.kossel.scenarios.Electrodes.count;
import static dev.kossel.scenarios.Electrodes.gained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.record.CsvTable;
import dev.kossel.engine.record.RunStatus;
import dev.kossel.scenarios.physics.Constants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
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
              film: {phase: film, molar-mass: 40 g/mol}
              inert: {phase: inert, molar-mass: 100 g/mol}
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

    /** Everything that takes or leaves charge or metal at once, with the fields of the ions and of base. */
    private static final String BESIEGED_CELL = """
            kossel: 1
            title: A rough deposit cycled among side reactions
            seed: 3
            lattice: {type: sc, constant: 0.3 nm, size: [12, 12, 32]}
            species:
              vacant: {phase: vacant}
              M: {phase: metal}
              salt: {phase: film}
              H2: {phase: gas}
              inert: {phase: inert}
            initial:
              - {type: layers, species: inert, count: 2}
              - {type: rough, species: M, mean: 0.6 nm, rms: 0.3 nm, correlation: 0.6 nm}
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
              hydrogen:
                reaction: vacant -> vacant
                where: [{species: [M, inert], at-least: 1}]
                law: {type: electrochemical, electrons: 2, transfer-coefficient: 0.25, equilibrium: 0.4 V, exchange-current-density: 4e-3 A/m^2}
              gas-nucleation:
                reaction: vacant -> H2
                where: [{species: [M, inert], at-least: 1}, {species: [H2], at-most: 0}]
                law: {type: electrochemical, electrons: 2, transfer-coefficient: 0.25, equilibrium: 0.4 V, exchange-current-density: 1e-3 A/m^2}
              gas-growth:
                reaction: vacant -> H2
                where: [{species: [M, inert], at-least: 1}, {species: [H2], at-least: 1}]
                law: {type: electrochemical, electrons: 2, transfer-coefficient: 0.25, equilibrium: 0.4 V, exchange-current-density: 0.1 A/m^2}
              precipitation:
                reaction: vacant -> salt
                where: [{species: [M], at-least: 1}]
                law: {type: precipitation, rate-constant: 0.02 /s, saturation: {M2+: 1 M, OH-: 1e-5 M}}
              corrosion:
                reaction: M -> salt
                where: [{species: [vacant], at-least: 1}]
                law: {type: constant, rate: 10 /s}
              salt-dissolution:
                reaction: salt -> vacant
                law: {type: constant, rate: 100 /s}
            detachment:
              - {species: [H2], at-least: 8, becomes: vacant}
              - {species: [salt], held-by: [M, inert], becomes: vacant}
            transport:
              type: continuum
              boundary-layer: 100 um
              cell: 1.2 nm
              electrolyte: {M2+: {charge: 2, concentration: 1 M, diffusivity: 1e-9 m^2/s}}
              acidity: {ph: 4.3, proton-diffusivity: 9.31e-9 m^2/s, hydroxide-diffusivity: 5.27e-9 m^2/s, pkw: 14}
              reactions:
                deposition: {consumes: {M2+: 1}}
                hydrogen: {produces: {OH-: 2}}
                gas-nucleation: {produces: {OH-: 2}}
                gas-growth: {produces: {OH-: 2}}
                precipitation: {consumes: {M2+: 0.667, OH-: 1}}
            protocol:
              cycles: %d
              steps:
                - {type: galvanostatic, current-density: 500 A/m^2, until: {charge: 8 C/m^2}}
                - {type: rest, until: {time: 2 ms}}
                - {type: galvanostatic, current-density: -500 A/m^2, until: {charge: 10 C/m^2, overpotential: 0.2 V, no-metal-left: true}}
            output: {statistics: 400, snapshots: 4}
            """;

    /** Looks at the books at the end of every cycle, and asks the run to stop once it has come to a cycle. */
    private static final class Auditor implements ScenarioRun.Monitor {
        private final Simulation simulation;
        private final Consumer<Simulation> audit;
        private final int cycle;
        private int seen;
        private int audits;
        private boolean reached;

        Auditor(ScenarioRun run, Consumer<Simulation> audit, int cycle) {
            simulation = run.simulation();
            this.audit = audit;
            this.cycle = cycle;
            seen = simulation.cycle();
        }

        @Override
        public void slice(long nanos) {
            if (simulation.cycle() != seen || simulation.endReason() != null) {
                seen = simulation.cycle();
                audits++;
                audit.accept(simulation);
            }
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

    @Test
    void shouldCloseTheChargeAmongSideReactionsOverCyclesWithARestart() throws Exception {
        cycleAmongSideReactions(6);
    }

    @Test
    @Tag("slow")
    void shouldCloseTheChargeAmongSideReactionsOverTwoHundredCyclesWithARestart() throws Exception {
        cycleAmongSideReactions(200);
    }

    private void cycle(int cycles) throws Exception {
        twice(CELL.formatted(cycles), cycles, CyclingTest::requireFaraday, (simulation, summary, straight) -> {
            assertThat(count(simulation, "film-dissolution")).isGreaterThan(10);
            assertThat(simulation.model().electronsOfSpecies()).containsExactly(0, 2, 1, 0, 2);
            CsvTable table = CsvTable.read(straight.resolve("cycles.csv"));
            requireCycles(table, simulation, summary, cycles);
            requireBalance(table, CsvTable.read(straight.resolve("statistics.csv")));
        });
    }

    private void cycleAmongSideReactions(int cycles) throws Exception {
        twice(
                BESIEGED_CELL.formatted(cycles),
                cycles,
                CyclingTest::requireFaradayAmongSideReactions,
                (simulation, summary, straight) -> {
                    requireAllToHaveHappened(simulation);
                    CsvTable statistics = CsvTable.read(straight.resolve("statistics.csv"));
                    for (String column : List.of("dead_sites", "detached_sites_H2", "detached_sites_salt")) {
                        assertThat(Arrays.stream(statistics.column(column))
                                        .max()
                                        .orElseThrow())
                                .as(column)
                                .isGreaterThan(7);
                    }
                });
    }

    /** Looks at a run that has gone straight through. */
    private interface Look {
        void at(Simulation simulation, RunSummary summary, Path directory) throws IOException;
    }

    /** Runs a cell straight through, and once more with a restart in the middle. */
    private void twice(String cell, int cycles, Consumer<Simulation> audit, Look atTheEnd) throws Exception {
        Path straight = temporary.resolve("straight");
        String hash;
        try (ScenarioRun run = ScenarioRun.begin(Electrodes.model(cell), cell, straight, "test", "test")) {
            Auditor auditor = new Auditor(run, audit, Integer.MAX_VALUE);
            RunSummary summary = run.run(auditor);
            assertThat(summary.reason()).isEqualTo("the protocol is done");
            assertThat(auditor.audits).isEqualTo(cycles);
            hash = run.simulation().stateHash();
            atTheEnd.at(run.simulation(), summary, straight);
        }

        Path resumed = temporary.resolve("resumed");
        try (ScenarioRun run = ScenarioRun.begin(Electrodes.model(cell), cell, resumed, "test", "test")) {
            assertThat(run.run(new Auditor(run, audit, cycles / 2)).status()).isEqualTo(RunStatus.STOPPED);
        }
        assertThat(CsvTable.read(resumed.resolve("cycles.csv")).column("cycle").length)
                .isBetween(cycles / 2, cycles - 1);
        try (ScenarioRun run = ScenarioRun.resume(resumed)) {
            assertThat(run.run(new Auditor(run, audit, Integer.MAX_VALUE)).status())
                    .isEqualTo(RunStatus.COMPLETED);
            assertThat(run.simulation().stateHash()).isEqualTo(hash);
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
        assertThat(simulation.electrons()).isEqualTo(matter + count(simulation, "film-dissolution"));
    }

    /** Two electrons for each atom there is more, live or dead, or that has corroded, and two for each H2, dissolved or not. */
    private static void requireFaradayAmongSideReactions(Simulation simulation) {
        long atoms = gained(simulation, "M") + gained(simulation, "M (isolated)");
        long corroded = count(simulation, "corrosion") + count(simulation, "corrosion (isolated)");
        long bubbles = count(simulation, "gas-nucleation") + count(simulation, "gas-growth");
        long hydrogen = count(simulation, "hydrogen") + bubbles;
        assertThat(simulation.electrons()).isEqualTo(2 * (atoms + corroded) + 2 * hydrogen);
        assertThat(simulation.sideElectrons()).isEqualTo(2 * hydrogen);
        // What comes off was made before.
        assertThat(gained(simulation, "H2")).isBetween(0L, bubbles);
        long salt = corroded + count(simulation, "precipitation") - count(simulation, "salt-dissolution");
        assertThat(gained(simulation, "salt")).isBetween(0L, salt);
    }

    /** Otherwise the books would close over less than they are said to. */
    private static void requireAllToHaveHappened(Simulation simulation) {
        for (String process : List.of(
                "deposition",
                "deposition-reverse",
                "hop",
                "hop (isolated)",
                "hydrogen",
                "gas-nucleation",
                "gas-growth",
                "precipitation",
                "salt-dissolution",
                "corrosion",
                "corrosion (isolated)")) {
            assertThat(count(simulation, process)).as(process).isGreaterThan(10);
        }
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

    /** What steps gain and lose over all cycles is what a balance finds in the end; a step that plates gains metal, and some film, which weighs 40 and not 32.7 g a mole of electrons. */
    private static void requireBalance(CsvTable cycles, CsvTable statistics) {
        double[] plated = cycles.column("plated_C_per_m2");
        double[] stripped = cycles.column("stripped_C_per_m2");
        double[] gain = cycles.column("plated_mass_per_electron_g_per_mol");
        double[] loss = cycles.column("stripped_mass_per_electron_g_per_mol");
        double grams = 0;
        for (int c = 0; c < plated.length; c++) {
            assertThat(gain[c]).isBetween(31.0, 36.0);
            grams += (gain[c] * plated[c] - (stripped[c] == 0 ? 0 : loss[c] * stripped[c])) / Constants.FARADAY;
        }
        double[] mass = statistics.column("mass_change_kg_per_m2");
        assertThat(grams).isPositive().isCloseTo(1e3 * mass[mass.length - 1], within(1e-9));
    }
}
