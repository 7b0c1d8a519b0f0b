package dev.kossel.scenarios.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command. Every other command is a class of its own, named in {@code subcommands}. */
@Command(
        name = "kossel",
        description = "Event-driven kinetic Monte Carlo of metal electrodeposition.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = KosselVersion.Provider.class,
        scope = ScopeType.INHERIT,
        subcommands = {
            ListCommand.class,
            CheckCommand.class,
            RunCommand.class,
            ResumeCommand.class,
            InfoCommand.class,
            ExportCommand.class,
            RenderCommand.class,
            ViewCommand.class,
            BenchCommand.class,
            ValidateCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:the run failed",
            "2:wrong usage or an error in the scenario; nothing was written"
        })
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of an unexpected error instead of keeping it in a file.")
    private boolean stacktrace;

    private Main() {}

    /** Runs one command and leaves the JVM with its exit code. */
    public static void main(String[] args) {
        int exitCode;
        try {
            exitCode = commandLine().execute(args);
        } catch (OutOfMemoryError e) {
            System.err.println("kossel: " + e.getMessage()
                    + ": allow more memory, such as KOSSEL_JAVA_OPTS=-Xmx12g, or use a smaller box");
            exitCode = ExitCode.RUN_FAILED;
        }
        System.exit(exitCode);
    }

    /** The command line as {@link #main} runs it; tests give it their own writers. */
    static CommandLine commandLine() {
        Main main = new Main();
        return new CommandLine(main)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(main::report);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "no command given");
    }

    private int report(Exception failure, CommandLine command, ParseResult arguments) {
        PrintWriter err = command.getErr();
        if (failure instanceof CommandFailure expected) {
            err.println(expected.getMessage());
            return expected.exitCode();
        }
        err.println("kossel: unexpected error: "
                + failure.toString().lines().findFirst().orElseThrow() + whereTheTraceIs(failure));
        if (stacktrace) {
            failure.printStackTrace(err);
        }
        return ExitCode.RUN_FAILED;
    }

    /** A run of hours is not repeated for its stack trace, so the trace is kept where it was not asked for. */
    private String whereTheTraceIs(Exception failure) {
        if (stacktrace) {
            return "";
        }
        try {
            Path trace = Files.createTempFile("kossel-error-", ".txt");
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(trace))) {
                out.println(KosselVersion.current());
                failure.printStackTrace(out);
            }
            return " (stack trace in " + trace + "; --stacktrace prints it here)";
        } catch (IOException e) {
            return " (run again with --stacktrace to see where)";
        }
    }
}
