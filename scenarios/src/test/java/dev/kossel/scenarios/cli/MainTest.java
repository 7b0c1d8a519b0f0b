package dev.kossel.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine kossel =
            Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void shouldPrintVersionAndCommit() {
        assertThat(kossel.execute("--version")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().strip())
                .matches("kossel \\d+\\.\\d+\\.\\d+(-SNAPSHOT)? \\((unknown|[0-9a-f]{12}(-dirty)?)\\)");
    }

    @Test
    void shouldNameEveryExitCodeInItsHelp() {
        assertThat(kossel.execute("--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Usage: kossel").containsSubsequence("0 ", "1 ", "2 ");
    }

    @Test
    void shouldRefuseAnUnknownCommand() {
        assertThat(kossel.execute("rum")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'rum'");
    }

    @Test
    void shouldRefuseToDoNothing() {
        assertThat(kossel.execute()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no command given").contains("Usage: kossel");
    }

    @Test
    void shouldPrintAnExpectedFailureWithoutATrace() {
        assertThat(executeThrowing(CommandFailure.usage("my.yaml:3:7: no such key")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(executeThrowing(CommandFailure.failed("the disk is full"))).isEqualTo(ExitCode.RUN_FAILED);
        assertThat(err.toString().lines()).containsExactly("my.yaml:3:7: no such key", "the disk is full");
    }

    @Test
    void shouldKeepTheTraceOfAnUnexpectedFailureInAFile() throws Exception {
        assertThat(executeThrowing(new IllegalStateException("site 7 has rate −1")))
                .isEqualTo(ExitCode.RUN_FAILED);
        assertThat(err.toString().lines()).singleElement().asString().contains("site 7 has rate −1");
        Matcher named = Pattern.compile("stack trace in (\\S+);").matcher(err.toString());
        assertThat(named.find()).isTrue();
        Path trace = Path.of(named.group(1));
        assertThat(trace).content().contains("kossel ", "IllegalStateException", "MainTest");
        Files.delete(trace);
    }

    @Test
    void shouldPrintTheTraceWhereItIsAskedFor() {
        assertThat(executeThrowing(new IllegalStateException("site 7"), "--stacktrace"))
                .isEqualTo(ExitCode.RUN_FAILED);
        assertThat(err.toString()).contains("site 7", "\tat ").doesNotContain("stack trace in");
    }

    private int executeThrowing(Exception failure, String... options) {
        CommandLine command = Main.commandLine()
                .addSubcommand(new Failing(failure))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        String[] arguments = new String[options.length + 1];
        arguments[0] = "fail";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return command.execute(arguments);
    }

    @Command(name = "fail")
    private record Failing(Exception failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    @Test
    void shouldSuggestTheScenarioThatIsMeant() {
        StringWriter said = new StringWriter();
        int exitCode = Main.commandLine().setErr(new PrintWriter(said)).execute("run", "na-vm");
        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(said.toString()).contains("named 'na-vm'; did you mean 'na-vn'? Built in are");
    }
}
