package dev.kossel.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.SimulationAssembler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioLibraryTest {

    static List<String> names() {
        return ScenarioLibrary.names();
    }

    @Test
    void shouldNameWhatThereIs() {
        assertThat(names()).contains("na-bare", "na-vn", "r1").isSorted();
        assertThatThrownBy(() -> ScenarioLibrary.read("na", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'na'")
                .hasMessageContaining("na-bare, na-film");
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldSayWhereEveryNumberIsFrom(String name) throws ScenarioException {
        assertThat(ScenarioLibrary.read(name, List.of()).figures())
                .isNotEmpty()
                .allSatisfy(
                        figure -> assertThat(figure.source()).as(figure.key()).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldRun(String name) throws ScenarioException {
        Scenario scenario = ScenarioLibrary.read(name, List.of("stop.events=4000", "seed=11"));
        Simulation simulation = SimulationAssembler.simulation(SimulationAssembler.model(scenario), null);
        while (simulation.endReason() == null) {
            simulation.advance();
        }
        assertThat(simulation.kmc().events()).isEqualTo(4000);
        assertThat(simulation.timeSeconds()).isPositive();
        // Ions on the lattice hop many times before the first of them reacts.
        if (simulation.model().ions() == null) {
            assertThat(simulation.electrons() > 0).isEqualTo(simulation.model().transfersCharge());
        }
    }
}
