package dev.kossel.scenarios.cli;

import dev.kossel.scenarios.Model;
import dev.kossel.scenarios.ModelReport;
import dev.kossel.scenarios.ScenarioRun;
import dev.kossel.scenarios.file.ScenarioWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kossel run}. */
@Command(
        name = "run",
        description = "Run a scenario into a new directory.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kossel run na-vn",
            "  kossel run na-vn --view     and watch it in a browser",
            "  kossel run my.yaml --seed 7 --out runs/x --set temperature=\"313 K\"",
            "",
            "Ctrl-C stops with a checkpoint, from which kossel resume goes on; a second Ctrl-C ends at once."
        })
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioArgument scenario;

    @Mixin
    private RunSession session;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write: a new or empty directory. Without it, the next free runs/SCENARIO-N.")
    private @Nullable Path to;

    @Override
    public Integer call() {
        session.check();
        Model model = scenario.model(true);
        ModelReport report = ModelReport.of(model);
        Path directory = to == null ? nextFree(scenario.name()) : to;
        ScenarioRun run = begin(model, directory);
        PrintWriter out = spec.commandLine().getOut();
        out.println(model.scenario().title() + ", into " + directory);
        CheckCommand.brief(model, report, out);
        report.warnings().forEach(warning -> out.println("Note: " + warning));
        out.flush();
        return session.finish(run, directory);
    }

    private static ScenarioRun begin(Model model, Path directory) {
        KosselVersion version = KosselVersion.current();
        try {
            return ScenarioRun.begin(
                    model, ScenarioWriter.write(model.scenario()), directory, version.version(), version.commit());
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CommandFailure.failed("the run cannot be written to " + directory + ": " + e);
        }
    }

    /** The first directory {@code runs/NAME-N} that does not exist. */
    static Path nextFree(String name) {
        int n = 1;
        while (Files.exists(Path.of("runs", name + "-" + n))) {
            n++;
        }
        return Path.of("runs", name + "-" + n);
    }
}
