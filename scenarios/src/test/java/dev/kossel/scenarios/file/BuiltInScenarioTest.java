package dev.kossel.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios that come with the program. */
class BuiltInScenarioTest {

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldCiteTheSourceOfEveryFigure(Path file) throws ScenarioException {
        assertThat(ScenarioReader.read(file, List.of()).figures())
                .isNotEmpty()
                .allSatisfy(
                        figure -> assertThat(figure.source()).as(figure.key()).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldReadBackAsItIsWritten(Path file) throws ScenarioException {
        Scenario scenario = ScenarioReader.read(file, List.of());
        assertThat(ScenarioReader.read(ScenarioWriter.write(scenario), "written", Path.of("/"), List.of()))
                .isEqualTo(scenario);
    }
}
