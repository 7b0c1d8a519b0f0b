package dev.kossel.scenarios;

import static dev.kossel.scenarios.Electrodes.count;
import static dev.kossel.scenarios.Electrodes.gained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.process.SiteStates;
import dev.kossel.lattice.LatticeGeometry;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A film (SEI) as data of a scenario: it forms on exposed metal, keeps the solvent off, lets ions through, cracks where metal grows up beside it, and heals.
 *
 * <p>SEI+ is film that holds an ion on its way. It comes in at the outer face, changes places with SEI, and is discharged where the film covers the metal: so metal grows beneath, and the film is lifted by as much.
 * Film has no bonds, hence its rates are plain numbers.
 */
class InterphaseTest {

    private static final double KT = 0.025692579;
    private static final double OVERPOTENTIAL = -0.1;
    private static final double ABOVE = 0.5;
    private static final int FACE = 256;
    /** Not once in a run. */
    private static final double NONE = 1e-9;

    private static final String COVERED =
            "[{type: layers, species: M, count: 4}, {type: layers, species: SEI, count: 2}]";
    private static final String HOLED = "[{type: layers, species: M, count: 4}, {type: layers, species: SEI, count: 1},"
            + " {type: pits, count: 4, radius: 1 nm, depth: 0.3 nm}]";

    /** What the cell does, as rates in s⁻¹: of film and solvent at {@link #OVERPOTENTIAL}, of ions that come in, of film that cracks. */
    private record Rates(double film, double solvent, double entry, double crack) {}

    private static Simulation simulation(String initial, Rates rates, String steps) {
        // Both reactions are α = ½ and one electron, 0.5 V below their equilibrium at η = 0.
        double factor = Math.exp(-0.5 * (OVERPOTENTIAL - ABOVE) / KT);
        String yaml =
                """
                kossel: 1
                title: Metal under a film
                seed: 11
                lattice: {type: sc, constant: 0.3 nm, size: [16, 16, 24]}
                species:
                  vacant: {phase: vacant}
                  M: {phase: metal}
                  SEI: {phase: film}
                  SEI+: {phase: film, charge: 1}
                initial: %s
                energies:
                  site: [{species: SEI+, energy: 0.15 eV}]
                  pairs: [{species: [M, M], shell: 1NN, energy: -0.05 eV}]
                processes:
                  deposition:
                    reaction: vacant <-> M
                    where: [{species: [M], at-least: 1}]
                    law: {type: electrochemical, electrons: 1, rate-constant: 1e-9 /s}
                  film-formation:
                    reaction: vacant -> SEI
                    where: [{species: [M], at-least: 1}]
                    law: {type: electrochemical, electrons: 1, equilibrium: 0.5 V, rate-constant: %s /s}
                  solvent:
                    reaction: vacant -> vacant
                    where: [{species: [M], at-least: 1}]
                    law: {type: electrochemical, electrons: 1, equilibrium: 0.5 V, rate-constant: %s /s}
                  entry:
                    reaction: vacant <-> SEI+
                    where: [{species: [SEI], at-least: 1}, {species: [M], at-most: 0}]
                    law: {type: constant, rate: %s /s}
                  migration:
                    reaction: SEI+ + SEI -> SEI + SEI+
                    law: {type: constant, rate: 20000 /s}
                  discharge:
                    reaction: SEI+ <-> M
                    where: [{species: [M], at-least: 1}, {species: [SEI, SEI+], at-least: 1}, {species: [vacant], at-most: 0}]
                    law: {type: electrochemical, electrons: 1, rate-constant: 2000 /s}
                  crack:
                    reaction: SEI -> vacant
                    where: [{species: [M], at-least: 2}, {species: [vacant], at-least: 1}]
                    law: {type: constant, rate: %s /s}
                protocol: {steps: [%s]}
                """.formatted(initial, rates.film / factor, rates.solvent / factor, rates.entry, rates.crack, steps);
        return SimulationAssembler.simulation(Electrodes.model(yaml), null);
    }

    private static Simulation run(String initial, Rates rates, double seconds) {
        Simulation simulation = simulation(
                initial,
                rates,
                "{type: potentiostatic, overpotential: " + OVERPOTENTIAL + " V, until: {time: " + seconds + " s}}");
        finish(simulation);
        return simulation;
    }

    private static void finish(Simulation simulation) {
        for (int slice = 0; simulation.endReason() == null; slice++) {
            simulation.advance();
            if (slice % 100 == 0) {
                requireFaraday(simulation);
            }
        }
        requireFaraday(simulation);
        assertThat(simulation.endReason()).isEqualTo("the protocol is done");
    }

    /** One electron for each atom there is more, for each film site ever formed, and for each molecule of solvent. */
    private static void requireFaraday(Simulation simulation) {
        long side = count(simulation, "film-formation") + count(simulation, "solvent");
        assertThat(simulation.electrons()).isEqualTo(gained(simulation, "M") + side);
        assertThat(simulation.sideElectrons()).isEqualTo(side);
        assertThat(gained(simulation, "SEI"))
                .isEqualTo(count(simulation, "film-formation") - count(simulation, "crack"));
    }

    private static int species(Simulation simulation, String name) {
        return simulation.model().scenario().speciesNames().indexOf(name);
    }

    /** Vacant sites that touch metal from above or from the side. */
    private static int exposed(Simulation simulation) {
        SiteStates lattice = simulation.lattice();
        LatticeGeometry geometry = lattice.geometry();
        int metal = species(simulation, "M");
        int[] around = new int[geometry.neighborCount()];
        int exposed = 0;
        for (int site = 0; site < geometry.siteCount(); site++) {
            geometry.neighbors(site, around);
            boolean touches = IntStream.range(0, around.length)
                    .filter(k -> geometry.shellOf(k) == 0 && around[k] >= 0)
                    .anyMatch(k -> lattice.species(around[k]) == metal);
            exposed += touches && lattice.species(site) == 0 ? 1 : 0;
        }
        return exposed;
    }

    /**
     * The film grows until nothing is bare and keeps the solvent off from then on. Until a site is covered, the solvent is reduced there a number of times that is geometrically distributed, of mean s/f.
     */
    @Test
    void shouldGrowToAClosedLayerThatKeepsTheSolventOff() {
        double ratio = 10;
        Rates rates = new Rates(100, 100 * ratio, NONE, NONE);
        Simulation simulation = simulation(
                "[{type: layers, species: M, count: 4}]",
                rates,
                "{type: potentiostatic, overpotential: -0.1 V, until: {time: 0.5 s}}");
        while (simulation.endReason() == null && exposed(simulation) > 0) {
            simulation.advance();
        }
        requireFaraday(simulation);
        assertThat(simulation.timeSeconds()).isLessThan(0.3);
        long closed = simulation.sideElectrons();
        finish(simulation);
        assertThat(gained(simulation, "SEI")).isEqualTo(FACE);
        assertThat(exposed(simulation)).isZero();
        assertThat(simulation.sideElectrons()).isEqualTo(closed);
        assertThat((double) count(simulation, "solvent"))
                .isCloseTo(FACE * ratio, within(4.5 * Math.sqrt(FACE * ratio * (1 + ratio))));
    }

    /** Ions go through: metal grows beneath, not an atom of it is bare, and all the film is still there, above it. */
    @Test
    void shouldLetIonsThroughAndStayOnTop() {
        Simulation simulation = run(COVERED, new Rates(100, 1000, 100, NONE), 0.2);
        assertThat(gained(simulation, "M")).isGreaterThan(FACE);
        assertThat(count(simulation, "discharge") - count(simulation, "discharge-reverse"))
                .isEqualTo(gained(simulation, "M"));
        assertThat(exposed(simulation)).isZero();
        assertThat(simulation.sideElectrons()).isZero();
        assertThat(gained(simulation, "SEI")).isZero();
        assertThat(simulation.electrons()).isEqualTo(gained(simulation, "M"));
        Simulation insulating = run(COVERED, new Rates(100, 1000, NONE, NONE), 0.2);
        assertThat(insulating.sideElectrons()).isZero();
        // But for ions that are on their way between metal and film.
        assertThat(gained(insulating, "M"))
                .isEqualTo(-gained(insulating, "SEI+"))
                .isBetween(-10L, 0L);
    }

    /** Each bare site of a hole is covered at the rate of the reaction, whatever is around it: N₀ exp(−f t) are left. */
    @Test
    void shouldHealAtTheRateOfItsFormation() {
        Rates rates = new Rates(10, NONE, NONE, NONE);
        int holes = exposed(simulation(HOLED, rates, "{type: rest, until: {time: 1 s}}"));
        Simulation simulation = run(HOLED, rates, 0.1);
        double left = Math.exp(-10 * 0.1);
        assertThat(holes).isBetween(60, FACE - 60);
        assertThat((double) exposed(simulation))
                .isCloseTo(holes * left, within(4.5 * Math.sqrt(holes * left * (1 - left))));
        assertThat(gained(simulation, "SEI")).isEqualTo(holes - exposed(simulation));
    }

    /** Where nothing grows the film stays whole; where metal grows it cracks, what is bare reacts with the solvent, and heals. */
    @Test
    void shouldCrackWhereMetalGrowsBeneathAndHeal() {
        Rates still = new Rates(1000, 1000, NONE, 100);
        Simulation resting = run(COVERED, still, 0.2);
        assertThat(count(resting, "crack")).isZero();
        assertThat(resting.sideElectrons()).isZero();

        Simulation growing = run(COVERED, new Rates(1000, 1000, 100, 100), 0.2);
        assertThat(count(growing, "crack")).isGreaterThan(50);
        assertThat(count(growing, "film-formation")).isGreaterThan(50);
        assertThat(count(growing, "solvent")).isGreaterThan(50);
        assertThat(gained(growing, "M")).isGreaterThan(50);
        // Healing keeps up: little is bare at a time.
        assertThat(exposed(growing)).isLessThan(FACE / 4);
    }
}
