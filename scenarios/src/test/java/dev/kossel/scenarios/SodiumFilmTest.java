package dev.kossel.scenarios;

import static dev.kossel.scenarios.Electrodes.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.engine.process.Species;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.file.ScenarioLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What docs/scenarios/na-film.md says of the scenarios na-film and na-film-vn, in a small box. */
class SodiumFilmTest {

    private static final int ATOMS_PER_SITE = 203;
    private static final String DEAD = "Na (isolated)";
    private static final String NO_NEW_FILM = "processes.film-formation.law.exchange-current-density=1e-30 A/cm^2";
    private static final String LARGE = "lattice.size=[32, 32, 48]";
    private static final String HELD =
            "protocol.steps=[{type: potentiostatic, overpotential: -0.1 V, until: {time: 2 s}},"
                    + " {type: galvanostatic, current-density: 0.5 mA/cm^2, until: {time: 1 ns}}]";

    private static Simulation run(String scenario, String... overrides) throws ScenarioException {
        List<String> all = new ArrayList<>(List.of("lattice.size=[16, 16, 48]"));
        all.addAll(List.of(overrides));
        Simulation simulation =
                SimulationAssembler.simulation(SimulationAssembler.model(ScenarioLibrary.read(scenario, all)), null);
        while (simulation.endReason() == null) {
            simulation.advance();
        }
        assertThat(simulation.endReason()).isEqualTo("the protocol is done");
        // Every electron is in metal, live or dead, or in film.
        long film = count(simulation, "film-formation");
        assertThat(simulation.electrons())
                .isEqualTo(ATOMS_PER_SITE
                        * (sites(simulation, "Na")
                                + sites(simulation, DEAD)
                                - sites(simulation, simulation.model().initial()::species, "Na")
                                + film));
        assertThat(simulation.sideElectrons()).isEqualTo(ATOMS_PER_SITE * film);
        return simulation;
    }

    private static long net(Simulation simulation, String process) {
        return count(simulation, process) - count(simulation, process + "-reverse");
    }

    private static long sites(Simulation simulation, String species) {
        return sites(simulation, simulation.lattice()::species, species);
    }

    private static long sites(Simulation simulation, IntUnaryOperator lattice, String species) {
        Model model = simulation.model();
        List<String> names =
                model.catalog().species().stream().map(Species::name).toList();
        // Without stripping there is no dead metal, nor a species of it.
        int number = names.indexOf(species);
        return IntStream.range(0, model.geometry().siteCount())
                .filter(site -> lattice.applyAsInt(site) == number)
                .count();
    }

    /** At the same overpotential metal grows under closed film, slower than where it is bare, and some of it comes through. */
    @Test
    void shouldLetSodiumGrowUnderTheFilmSlowerThanWithoutIt() throws ScenarioException {
        String metal = "{type: layers, species: collector, count: 1}, {type: layers, species: Na, count: 2}";
        Simulation bare = run("na-film", LARGE, "protocol.cycles=1", HELD, NO_NEW_FILM, "initial=[" + metal + "]");
        Simulation covered = run(
                "na-film",
                LARGE,
                "protocol.cycles=1",
                HELD,
                NO_NEW_FILM,
                "initial=[" + metal + ", {type: layers, species: SEI, count: 1}]");
        assertThat(net(covered, "discharge")).isPositive();
        assertThat(net(covered, "crack")).isPositive();
        assertThat(covered.electrons()).isLessThan(bare.electrons() / 2);
    }

    /**
     * Film takes charge, keeps what it covers from dissolving and so cuts sodium off: on sodium more than on VN, without it none, and neither where the same reaction leaves nothing behind.
     */
    @Test
    @Tag("slow")
    void shouldCutOffSodiumBecauseOfTheFilmAndLessOfItOnVn() throws ScenarioException {
        String cycles = "protocol.cycles=8";
        Simulation bare = run("na-film", cycles);
        Simulation nitride = run("na-film-vn", cycles);
        Simulation without = run("na-film", cycles, NO_NEW_FILM);
        Simulation soluble = run("na-film", cycles, "processes.film-formation.reaction=vacant -> vacant");
        assertThat(bare.coulombicEfficiency()).isBetween(0.92, 0.97);
        assertThat(nitride.coulombicEfficiency()).isBetween(0.97, 0.99);
        assertThat(bare.sideElectrons()).isGreaterThan(2 * nitride.sideElectrons());
        assertThat(sites(bare, DEAD)).isGreaterThan(25);
        assertThat(sites(nitride, DEAD)).isLessThan(10);
        assertThat(without.coulombicEfficiency()).isGreaterThan(0.995);
        assertThat(sites(without, DEAD)).isLessThan(10);
        assertThat(soluble.sideElectrons()).isGreaterThan(bare.sideElectrons() * 3 / 4);
        assertThat(sites(soluble, DEAD)).isLessThan(10);
    }
}
