package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kossel.engine.process.EventClasses.EventClass;
import dev.kossel.engine.record.CsvTable;
import dev.kossel.lattice.Lattice;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.file.ScenarioLibrary;
import dev.kossel.scenarios.file.ScenarioWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in quasi-equilibrium is slowed, what is not is left alone, and a restart changes nothing. */
class AdaptiveSeparationTest {

    private static final String ADAPTIVE = "separation={adaptive: {}}";

    private static Simulation simulation(String scenario, String... overrides) throws ScenarioException {
        return SimulationAssembler.simulation(
                SimulationAssembler.model(ScenarioLibrary.read("validation/" + scenario, List.of(overrides))), null);
    }

    private static AdaptiveSeparation separation(Simulation simulation) {
        return Objects.requireNonNull(simulation.separation());
    }

    private static Simulation runFor(Simulation simulation, long events) {
        while (simulation.endReason() == null && simulation.kmc().events() < events) {
            simulation.advance();
        }
        return simulation;
    }

    @Test
    void shouldSlowHopsThatAreInEquilibriumDownToTheSeparation() throws ScenarioException {
        Simulation simulation = runFor(simulation("scaling", ADAPTIVE), 400_000);
        AdaptiveSeparation separation = separation(simulation);
        assertThat(separation.leastScale()).isLessThan(1e-3);
        double seconds = simulation.timeSeconds();
        int slowed = 0;
        for (int c = 0; c < separation.classes().classCount(); c++) {
            if (separation.scale(c) < 1) {
                slowed++;
                EventClass of = separation.classes().eventClass(c);
                assertThat(separation.imbalance(c) <= 0.1 || !of.directed()).isTrue();
                // Events of what is never scaled are 500 a second or so: each slowed class stays 100 times as frequent,
                // less the slack.
                double transfers =
                        simulation.kmc().eventCount(0) + simulation.kmc().eventCount(1);
                assertThat(separation.scale(c) * separation.rate(c)).isGreaterThan(100 * transfers / seconds / 4);
            }
        }
        assertThat(slowed).isGreaterThan(3);
        // Unscaled there would be some 10⁸ hops for each of them.
        assertThat(simulation.unscaledEvents())
                .isGreaterThan(1e7 * simulation.kmc().eventCount(0));
        assertThat(simulation.kmc().eventCount(0)).isGreaterThan(2);
    }

    @Test
    void shouldLeaveAloneWhatIsNotInEquilibrium() throws ScenarioException {
        String[] overrides = {"lattice.size=[48, 48, 3]"};
        Simulation plain = simulation("islands", overrides);
        Simulation adaptive = simulation("islands", overrides[0], ADAPTIVE);
        while (adaptive.endReason() == null) {
            adaptive.advance();
            assertThat(separation(adaptive).leastScale()).isEqualTo(1);
        }
        assertThat(adaptive.unscaledEvents()).isEqualTo(adaptive.kmc().events());
        while (plain.endReason() == null) {
            plain.advance();
        }
        // The same number of hops, by chance more or less.
        double hops = plain.kmc().eventCount(1);
        assertThat(adaptive.kmc().eventCount(1)).isBetween((long) (0.7 * hops), (long) (1.4 * hops));
    }

    @Test
    void shouldSlowNothingAtRest() throws ScenarioException {
        Simulation simulation = simulation(
                "scaling",
                ADAPTIVE,
                "protocol.steps=[{type: potentiostatic, overpotential: -40 mV, until: {charge: 2e-6 mAh/cm^2}},"
                        + " {type: rest, until: {time: 1 s}}]");
        while (simulation.step() == 0) {
            simulation.advance();
        }
        assertThat(separation(simulation).leastScale()).isLessThan(0.1);
        simulation.advance();
        assertThat(separation(simulation).leastScale()).isEqualTo(1);
    }

    /** Saved at several moments, of which some lie in unscaled windows. */
    @Test
    void shouldGoOnAfterARestartAsIfThereHadBeenNone() throws ScenarioException, IOException {
        String[] overrides = {ADAPTIVE, "separation.adaptive.windows=0.4", "stop.events=400000"};
        Simulation unbroken = simulation("scaling", overrides);
        List<Simulation> resumed = new ArrayList<>();
        for (long events = 100_000; events <= 350_000; events += 50_000) {
            runFor(unbroken, events);
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            unbroken.save(new DataOutputStream(saved));
            Simulation next =
                    SimulationAssembler.simulation(unbroken.model(), Lattice.copyOf(unbroken.lattice()), null);
            next.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
            resumed.add(next);
        }
        runFor(unbroken, Long.MAX_VALUE);
        assertThat(separation(unbroken).windows()).isPositive();
        // The later ones, so that the test does not take long.
        for (Simulation next : resumed.subList(resumed.size() - 3, resumed.size())) {
            runFor(next, Long.MAX_VALUE);
            assertThat(next.stateHash()).isEqualTo(unbroken.stateHash());
            assertThat(separation(next).meanBias())
                    .isEqualTo(separation(unbroken).meanBias());
            assertThat(separation(next).leastScale())
                    .isEqualTo(separation(unbroken).leastScale());
            assertThat(next.unscaledEvents()).isEqualTo(unbroken.unscaledEvents());
        }
    }

    private record Stopping(boolean stopRequested) implements ScenarioRun.Monitor {
        @Override
        public void progress(ScenarioRun run) {
            // Nobody watches.
        }
    }

    @Test
    void shouldWriteTheSameTableStraightOrResumed(@TempDir Path directory) throws ScenarioException, IOException {
        Scenario scenario = ScenarioLibrary.read(
                "validation/scaling", List.of(ADAPTIVE, "stop.events=100000", "output.statistics=1 us"));
        Model model = SimulationAssembler.model(scenario);
        String text = ScenarioWriter.write(scenario);
        Path straight = directory.resolve("straight");
        try (ScenarioRun run = ScenarioRun.begin(model, text, straight, "test", "")) {
            run.run(new Stopping(false));
        }
        Path resumed = directory.resolve("resumed");
        try (ScenarioRun run = ScenarioRun.begin(model, text, resumed, "test", "")) {
            run.run(new Stopping(true));
        }
        try (ScenarioRun run = ScenarioRun.resume(resumed)) {
            run.run(new Stopping(false));
        }
        assertThat(resumed.resolve("scaling.csv")).hasSameBinaryContentAs(straight.resolve("scaling.csv"));
        assertThat(resumed.resolve("statistics.csv")).hasSameBinaryContentAs(straight.resolve("statistics.csv"));
        CsvTable table = CsvTable.read(straight.resolve("scaling.csv"), Set.of("process"));
        assertThat(table.text("process")).contains("hop").doesNotContain("deposition");
        double[] scales = table.column("scale");
        assertThat(Arrays.stream(scales).min().orElseThrow()).isGreaterThan(0).isLessThan(1);
        assertThat(Arrays.stream(scales).max().orElseThrow()).isEqualTo(1);
    }

    @Test
    void shouldRefuseTwoKindsOfSeparationAtOnce() {
        assertThatThrownBy(() -> simulation("scaling", "separation={adaptive: {}, ratio: 1e4, reason: none}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("both `adaptive` and `ratio`");
        assertThatThrownBy(() -> simulation("scaling", "separation={processes: [hop]}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("neither `adaptive` nor `ratio`");
        assertThatThrownBy(() -> simulation("islands", "separation={adaptive: {}, processes: [landing]}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("is not undone by a process of its own");
    }
}
