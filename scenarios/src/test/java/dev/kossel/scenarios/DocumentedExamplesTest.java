package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.file.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenario files of the documentation can be read and run. */
class DocumentedExamplesTest {

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../docs/examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldRunEveryExample(Path file) throws Exception {
        Scenario scenario = ScenarioReader.read(file, List.of());
        Simulation simulation = SimulationAssembler.simulation(SimulationAssembler.model(scenario), null);
        for (int slice = 0; slice < 20; slice++) {
            simulation.advance();
        }
        assertThat(simulation.kmc().events()).isPositive();
        assertThat(simulation.endReason()).isNull();
    }

    /** A number that is a claim about nature says where it comes from. */
    @ParameterizedTest
    @MethodSource("files")
    void shouldGiveTheSourceOfEveryNumber(Path file) throws Exception {
        assertThat(ScenarioReader.read(file, List.of()).figures())
                .allSatisfy(figure ->
                        assertThat(figure.source()).as(figure.toString()).isNotNull());
    }
}
