package dev.kossel.scenarios;

import static dev.kossel.scenarios.Electrodes.BARE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.process.Species;
import dev.kossel.lattice.LatticeGeometry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead metal: who has a twin, what twins do, and what becomes of a deposit whose foot dissolves. */
class ElectricalContactTest {

    private static final String PLATE = "{type: galvanostatic, current-density: 500 A/m^2, until: {charge: 4 C/m^2}}";
    private static final String STRIP =
            "{type: galvanostatic, current-density: -500 A/m^2, until: {charge: 4 C/m^2, no-metal-left: true}}";
    private static final String FOLLOW = "contact: {follow: always}";

    private static List<String> species(Model model) {
        return model.catalog().species().stream().map(Species::name).toList();
    }

    @Test
    void shouldFollowContactWhereTheProtocolStrips() {
        assertThat(species(Electrodes.model(Electrodes.yaml(BARE, PLATE, "")))).containsExactly("vacant", "M", "inert");
        for (String stripping : List.of(
                STRIP,
                "{type: potentiostatic, overpotential: 20 mV, until: {time: 1 ms}}",
                "{type: sweep, from: -0.1 V, via: 0.1 V, to: -0.1 V, rate: 1 V/s}",
                "{type: pulse, on: {current-density: 200 A/m^2, time: 1 ms},"
                        + " off: {overpotential: 10 mV, time: 1 ms}, until: {time: 5 ms}}")) {
            // The substrate never loses contact, so it needs no twin.
            assertThat(species(Electrodes.model(Electrodes.yaml(BARE, PLATE + "," + stripping, ""))))
                    .containsExactly("vacant", "M", "inert", "M (isolated)");
            assertThat(species(Electrodes.model(
                            Electrodes.yaml(BARE, PLATE + "," + stripping, "contact: {follow: never}"))))
                    .hasSize(3);
        }
        assertThat(species(Electrodes.model(Electrodes.yaml(BARE, PLATE, FOLLOW))))
                .hasSize(4);
    }

    @Test
    void shouldGiveTwinsTheSameEnergiesAndMovesButNoCharge() {
        Model model = Electrodes.model(Electrodes.yaml(BARE, PLATE, FOLLOW));
        int twin = 3;
        for (int shell = 0; shell < 2; shell++) {
            for (int other = 0; other < 3; other++) {
                assertThat(model.catalog().hamiltonian().pairEnergy(shell, twin, other))
                        .isEqualTo(model.catalog().hamiltonian().pairEnergy(shell, 1, other));
            }
        }
        List<String> names = model.catalog().processes().stream()
                .map(ElementaryProcess::name)
                .toList();
        assertThat(names).containsExactly("deposition", "deposition-reverse", "hop", "hop (isolated)");
        assertThat(model.electrons()).containsExactly(2, -2, 0, 0);
        PairProcess hop = (PairProcess) model.catalog().processes().get(3);
        assertThat(List.of(hop.before(), hop.beforeTo(), hop.after(), hop.afterTo()))
                .containsExactly(twin, 0, 0, twin);
        // Dead metal gives a hopping atom a hold, but electrons to none that is to be deposited.
        assertThat(hop.whereTo().get(0).species().get(twin)).isTrue();
        SiteProcess deposition = (SiteProcess) model.catalog().processes().get(0);
        assertThat(deposition.where().get(0).species().get(twin)).isFalse();
        assertThat(model.isolatedSpecies().toString()).isEqualTo("{3}");
        assertThat(model.scenarioName(twin)).isEqualTo("M");
    }

    @Test
    void shouldKeepTheTablesSmall() {
        int without = Electrodes.model(Electrodes.yaml(BARE, PLATE, "contact: {follow: never}"))
                .table()
                .stateCount();
        int with =
                Electrodes.model(Electrodes.yaml(BARE, PLATE, FOLLOW)).table().stateCount();
        // Four species for three, and live or dead among the six neighbours, whose bonds are the same.
        assertThat(with).isEqualTo(without / 3 * 4 * 7);
    }

    /** A ball that rests on a substrate by one atom, which is the first to dissolve where stripping goes by bonds. */
    private static final String NECK = """
            kossel: 1
            title: A deposit on necks
            seed: 4
            lattice: {type: sc, constant: 0.3 nm, size: [16, 16, 16]}
            species:
              vacant: {phase: vacant}
              M: {phase: metal}
              neck: {phase: metal}
              inert: {phase: inert}
            initial:
              - {type: layers, species: inert, count: 2}
              - {type: layers, species: neck, count: 1}
              - {type: layers, species: M, count: 3}
            energies:
              pairs:
                - {species: [M, M], energy: -0.1 eV}
                - {species: [M, neck], energy: -0.1 eV}
            processes:
              dissolution:
                reaction: vacant <-> neck
                where: [{species: [M, neck, inert], at-least: 1}]
                law: {type: electrochemical, electrons: 3, rate-constant: 1000 /s}
              deposition:
                reaction: vacant <-> M
                where: [{species: [M, neck, inert], at-least: 1}]
                law: {type: electrochemical, rate-constant: 0.001 /s}
              hop:
                reaction: M + vacant -> vacant + M
                where-to: [{species: [M, neck, inert], at-least: 1}]
                law: {type: bond-counting, prefactor: 1e-6 /s, barrier: 0 eV}
            protocol:
              steps:
                - {type: potentiostatic, overpotential: 0.1 V, until: {time: 1 s, no-metal-left: true}}
            """;

    @Test
    void shouldLeaveDeadMetalWhereTheFootOfADepositDissolves() {
        Simulation simulation = SimulationAssembler.simulation(Electrodes.model(NECK), null);
        while (simulation.endReason() == null) {
            simulation.advance();
        }
        long[] counts = new long[simulation.model().catalog().species().size()];
        LatticeGeometry geometry = simulation.model().geometry();
        for (int site = 0; site < geometry.siteCount(); site++) {
            counts[simulation.lattice().species(site)]++;
        }
        // Species: vacant, M, neck, inert, M (isolated), neck (isolated).
        assertThat(simulation.endReason()).isEqualTo("the protocol is done");
        assertThat(counts[1] + counts[2]).as("live metal").isZero();
        assertThat(counts[4]).as("dead metal").isGreaterThan(700);
        assertThat(counts[5]).as("dead necks").isLessThan(10);
        long before = 256 * 3 + 3 * 256;
        assertThat(simulation.electrons()).isEqualTo(counts[4] + 3 * counts[5] - before);
        assertThat(simulation.kmc().topReached()).isFalse();
    }

    @Test
    void shouldTakeWhatAnotherRunLeftWhoeverFollowedContact(@TempDir Path temporary) throws Exception {
        Model model = Electrodes.model(NECK);
        ScenarioRun run = ScenarioRun.begin(model, NECK, temporary.resolve("run"), "test", "test");
        run.run(ScenarioRun.Monitor.NOBODY);
        run.close();
        String snapshot = NECK.replaceAll(
                "(?s)initial:.*energies:",
                "initial: [{type: snapshot, file: '" + temporary.resolve("run") + "'}]\nenergies:");
        Model unfollowed = Electrodes.model(snapshot.replace("seed: 4", "contact: {follow: never}"));
        Model followed = Electrodes.model(snapshot);
        int dead = 0;
        for (int site = 0; site < model.geometry().siteCount(); site++) {
            dead += followed.initial().species(site) == 4 ? 1 : 0;
            assertThat(followed.scenarioName(followed.initial().species(site)))
                    .isEqualTo(unfollowed.scenarioName(unfollowed.initial().species(site)));
        }
        assertThat(dead).isGreaterThan(700);
    }

    @Test
    void shouldRefusePairsThatTwinsCannotTellApart() {
        String pairs = """
                  pairing:
                    reaction: M + M -> vacant + vacant
                    shell: 2NN
                    site-types: [special]
                    law: {type: constant, rate: 1 /s}
                """;
        String yaml = Electrodes.yaml(BARE, PLATE, FOLLOW)
                .replace("\nspecies:", "\nsite-types: [special]\nspecies:")
                .replace("processes:\n", "processes:\n" + pairs);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Electrodes.model(yaml))
                .withMessageContaining("process pairing")
                .withMessageContaining("contact: {follow: never}");
    }
}
