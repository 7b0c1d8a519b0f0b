package dev.kossel.scenarios.cli;

import dev.kossel.scenarios.ScenarioRun;
import dev.kossel.scenarios.file.ScenarioException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kossel resume}. */
@Command(
        name = "resume",
        description = "Go on with a run that was stopped, killed or failed, from its last checkpoint.",
        footerHeading = "%nExample:%n",
        footer = {
            "  kossel resume runs/na-vn-1",
            "",
            "What comes out is what the run would have come to without the interruption."
        })
final class ResumeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunSession session;

    @Parameters(index = "0", paramLabel = "DIR", description = "The run directory.")
    private Path directory;

    @Override
    public Integer call() {
        session.check();
        ScenarioRun run;
        try {
            run = ScenarioRun.resume(directory);
        } catch (IOException | ScenarioException | IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
        KosselVersion here = KosselVersion.current();
        if (!run.manifest().version().equals(here.version())
                || !run.manifest().commit().equals(here.commit())) {
            spec.commandLine()
                    .getErr()
                    .println("kossel: the run was begun by kossel "
                            + run.manifest().version() + " ("
                            + run.manifest().commit() + "), this is " + here
                            + ": from here on it may differ from a run straight through");
        }
        spec.commandLine()
                .getErr()
                .println(run.simulation().model().scenario().title() + ", in " + directory + " from "
                        + Terminal.quantity(run.simulation().timeSeconds(), "s") + " on");
        return session.finish(run, directory);
    }
}
