package dev.kossel.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ValidateCommandTest {

    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int validate(Object... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of("validate"), Stream.of(arguments))
                        .map(Object::toString)
                        .toArray(String[]::new));
    }

    @Test
    void shouldReportAsTextMarkdownAndJsonWithPlots() throws IOException {
        Path directory = temporary.resolve("report");
        assertThat(validate("--quick", "--only", "langmuir,ruin", "--out", directory))
                .as(out + "" + err)
                .isZero();
        assertThat(out.toString())
                .contains("pass  langmuir", "pass  ruin", "expected 0.7", "2 of 2 checks pass")
                .doesNotContain("clock");
        assertThat(directory.resolve("validation.md"))
                .content()
                .contains("| langmuir | coverage in equilibrium | 0.7 |", "doi 10.1021/ja02242a004", "](langmuir.png)");
        assertThat(directory.resolve("langmuir.png")).isNotEmptyFile();
        JsonNode json = JsonMapper.shared().readTree(Files.readString(directory.resolve("validation.json")));
        assertThat(json.get("pass").asBoolean()).isTrue();
        assertThat(json.get("checks")).hasSize(2);
        JsonNode first = json.get("checks").get(0).get("measurements").get(0);
        assertThat(first.get("standard_error").asDouble()).isPositive();
        assertThat(first.get("verdict").asString()).isEqualTo("pass");
        assertThat(validate("--quick", "--only", "ruin", "--out", directory)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("report is not empty");
    }

    @Test
    void shouldListItsChecks() {
        assertThat(validate("--list")).isZero();
        assertThat(out.toString()).contains("kossel-crystal", "no net growth at η = 0");
    }

    @Test
    void shouldRefuseACheckThatDoesNotExist() {
        assertThat(validate("--only", "clocks")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--only clocks", "there are clock, random-walk");
    }
}
