package dev.kossel.scenarios.cli;

import dev.kossel.scenarios.Model;
import dev.kossel.scenarios.ScenarioRun;
import dev.kossel.scenarios.file.ScenarioWriter;
import java.io.IOException;
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
    private @Nullable Path out;

    @Override
    public Integer call() {
        Model model = scenario.model();
        Path directory = out == null ? nextFree(scenario.name()) : out;
        ScenarioRun run = begin(model, directory);
        spec.commandLine().getErr().println(model.scenario().title() + ", into " + directory);
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

    private static Path nextFree(String name) {
        int n = 1;
        while (Files.exists(Path.of("runs", name + "-" + n))) {
            n++;
        }
        return Path.of("runs", name + "-" + n);
    }
}
