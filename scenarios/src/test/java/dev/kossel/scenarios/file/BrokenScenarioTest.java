package dev.kossel.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scenario files with mistakes in them, each with all that is to be said about it: lines {@code # expect: line:column: key: message} at its end. After
 * a message was reworded, {@code mvn test -pl scenarios -am -Dtest=BrokenScenarioTest -Dkossel.broken.write=true} writes them anew, to be read over.
 */
class BrokenScenarioTest {

    static final Path DIRECTORY = Path.of("src/test/resources/broken");
    private static final String EXPECT = "# expect: ";

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldReportAllThatIsWrong(Path file) throws IOException {
        List<String> expected = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(EXPECT))
                .map(line -> line.substring(EXPECT.length()))
                .toList();
        List<String> found = problems(file);
        if (Boolean.getBoolean("kossel.broken.write")) {
            // Twice: where a quote is left open, the position of the problem is behind the expectations.
            write(file, found);
            write(file, problems(file));
            return;
        }
        assertThat(found).isEqualTo(expected).isNotEmpty();
    }

    @Test
    void shouldHoldManyKindsOfMistakes() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(60);
    }

    private static List<String> problems(Path file) {
        ScenarioException refusal =
                catchThrowableOfType(ScenarioException.class, () -> ScenarioReader.read(file, List.of()));
        assertThat(refusal).as("%s is read without complaint", file).isNotNull();
        return refusal.problems().stream()
                .map(problem -> problem.toString()
                        .substring(file.toString().length() + 1)
                        .strip())
                .toList();
    }

    private static void write(Path file, List<String> problems) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Files.write(
                file,
                Stream.concat(
                                lines.stream().filter(line -> !line.startsWith(EXPECT)),
                                problems.stream().map(problem -> EXPECT + problem))
                        .toList());
    }
}
