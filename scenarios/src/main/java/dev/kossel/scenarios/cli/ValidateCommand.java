package dev.kossel.scenarios.cli;

import dev.kossel.engine.record.RunProcess;
import dev.kossel.scenarios.validation.Check;
import dev.kossel.scenarios.validation.Effort;
import dev.kossel.scenarios.validation.ValidationSuite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kossel validate}. */
@Command(
        name = "validate",
        description = {
            "Reproduce exact and settled results, each from a scenario of the library (kossel check validation/NAME shows it).",
            "",
            "Prints expected and measured values with their standard errors, and writes them as Markdown and JSON with plots. A value passes within four "
                    + "standard errors and the tolerance stated with it. Seeds are fixed: the same version measures the same."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kossel validate --quick",
            "  kossel validate",
            "  kossel validate --only clock,langmuir --out runs/check",
            "",
            "Exit code 1 says that a line did not pass."
        })
final class ValidateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--quick",
            description = "Fewer replicas and smaller boxes: a few minutes in place of up to an hour.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Only these checks; --list names them.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--list", description = "List the checks and run none.")
    private boolean list;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Checks at a time. Default: as many as there are processors.")
    private @Nullable Integer threads;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where to write: a new or empty directory. Without it, the next free runs/validate-N. Runs that a check makes are kept in its subdirectory runs.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        List<Check> checks = chosen();
        PrintWriter text = spec.commandLine().getOut();
        if (list) {
            checks.forEach(check -> text.println(String.format(Locale.ROOT, "%-20s%s", check.name(), check.law())));
            text.flush();
            return ExitCode.OK;
        }
        int atOnce = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (atOnce < 1) {
            throw CommandFailure.usage("--threads " + atOnce + ": expected at least 1");
        }
        Path directory = out == null ? RunCommand.nextFree("validate") : out;
        try {
            refuseUsed(directory);
            ValidationReport report = report(run(checks, atOnce, directory));
            report.write(directory);
            text.println(report.summary());
            text.println("Saved as validation.md and validation.json in " + directory);
            text.flush();
            return report.pass() ? ExitCode.OK : ExitCode.RUN_FAILED;
        } catch (IOException e) {
            throw CommandFailure.failed("the report cannot be written to " + directory + ": " + e);
        }
    }

    private static void refuseUsed(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var entries = Files.list(directory)) {
                if (entries.findAny().isPresent()) {
                    throw CommandFailure.usage(directory + " is not empty: name another directory with --out");
                }
            }
        }
    }

    private List<Check> chosen() {
        List<Check> all = ValidationSuite.checks();
        List<String> names = all.stream().map(Check::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw CommandFailure.usage(
                        "--only " + name + ": there is no such check; there are " + String.join(", ", names));
            }
        }
        return only.isEmpty()
                ? all
                : all.stream().filter(check -> only.contains(check.name())).toList();
    }

    private List<ValidationReport.Line> run(List<Check> checks, int atOnce, Path directory) {
        ExecutorService workers = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<ValidationReport.Line>> lines = checks.stream()
                    .map(check -> workers.submit(
                            () -> line(check, directory.resolve("runs").resolve(check.name()))))
                    .collect(Collectors.toCollection(ArrayList::new));
            List<ValidationReport.Line> done = new ArrayList<>();
            for (Future<ValidationReport.Line> line : lines) {
                done.add(line.get());
                PrintWriter text = spec.commandLine().getOut();
                text.print(done.get(done.size() - 1).text());
                text.flush();
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    /** A check that cannot be carried out fails; the others go on. */
    private ValidationReport.Line line(Check check, Path directory) {
        long start = System.nanoTime();
        try {
            return new ValidationReport.Line(
                    check, check.run(quick ? Effort.QUICK : Effort.FULL, directory), "", seconds(start));
        } catch (Exception e) {
            return new ValidationReport.Line(check, null, String.valueOf(e), seconds(start));
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }

    private ValidationReport report(List<ValidationReport.Line> lines) {
        KosselVersion version = KosselVersion.current();
        return new ValidationReport(
                version.version(),
                version.commit(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                RunProcess.current(),
                spec.commandLine().getParseResult().originalArgs(),
                lines);
    }
}
