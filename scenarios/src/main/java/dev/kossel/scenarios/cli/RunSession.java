package dev.kossel.scenarios.cli;

import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunStatus;
import dev.kossel.engine.stream.ObserverFailedException;
import dev.kossel.scenarios.RunSummary;
import dev.kossel.scenarios.ScenarioRun;
import dev.kossel.viz.RunPictures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What {@code run} and {@code resume} share: a run that is watched, can be stopped, and ends with its pictures and its summary. */
final class RunSession {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--no-progress", description = "Say nothing while the run goes on.")
    private boolean noProgress;

    @Option(names = "--no-pictures", description = "Draw no pictures at the end.")
    private boolean noPictures;

    @Option(
            names = "--view",
            description =
                    "Show the run in a browser while it goes on, by a process of its own, which stays until Ctrl-C.")
    private boolean view;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "With --view: the port to listen on, of 127.0.0.1 only; without it, any that is free.")
    private @Nullable Integer port;

    @Option(names = "--no-browser", description = "With --view: only print the address.")
    private boolean noBrowser;

    /**
     * Checks the options, before anything is written.
     *
     * @throws CommandFailure if they do not go together
     */
    void check() {
        if (!view && (port != null || noBrowser)) {
            throw CommandFailure.usage((port != null ? "--port" : "--no-browser") + " needs --view");
        }
        if (port != null && (port < 0 || port > 65535)) {
            throw CommandFailure.usage("--port " + port + ": expected 0 to 65535");
        }
    }

    /**
     * Runs to the end and closes the run.
     *
     * @param shown the run directory as the user would write it
     * @return the exit code
     * @throws CommandFailure if the run fails
     */
    int finish(ScenarioRun run, Path shown) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (StopSignals signals = new StopSignals();
                ViewerProcess viewer =
                        view ? ViewerProcess.start(shown, port == null ? 0 : port, noBrowser, out, err) : null) {
            RunSummary summary = watched(run, signals, err, shown);
            if (!noPictures) {
                pictures(run.path(), err);
            }
            out.println();
            out.print(summary.text());
            out.println();
            if (summary.status() == RunStatus.STOPPED) {
                out.println("Stopped with a checkpoint. To go on: kossel resume " + shown);
            }
            printWhereToLook(out, shown, !noPictures);
            out.flush();
            int exitCode = exitCode(summary, signals);
            if (viewer != null) {
                viewer.stay(signals, out);
            }
            return exitCode;
        }
    }

    private static int exitCode(RunSummary summary, StopSignals signals) {
        if (summary.status() == RunStatus.FAILED) {
            return ExitCode.RUN_FAILED;
        }
        return signals.received() && summary.status() == RunStatus.STOPPED ? signals.exitCode() : ExitCode.OK;
    }

    private RunSummary watched(ScenarioRun run, StopSignals signals, PrintWriter err, Path shown) {
        Progress progress =
                new Progress(err, form(), spec.usageMessage().autoWidth(true).width(), run);
        try (run) {
            return run.run(new ScenarioRun.Monitor() {
                @Override
                public void progress(ScenarioRun now) {
                    progress.show(now);
                }

                @Override
                public boolean stopRequested() {
                    return signals.received();
                }
            });
        } catch (IOException | ObserverFailedException e) {
            progress.clear();
            if (Files.notExists(shown)) {
                throw CommandFailure.failed("the run failed: its directory " + shown
                        + " was removed or moved while it was being written; nothing is left of the run");
            }
            throw CommandFailure.failed("the run failed: " + e.getMessage() + System.lineSeparator()
                    + "What was recorded is in " + shown + "; once the cause is removed, kossel resume " + shown
                    + " goes on from the last checkpoint");
        } finally {
            progress.clear();
        }
    }

    private Progress.Form form() {
        if (noProgress) {
            return Progress.Form.NONE;
        }
        return Terminal.isPresent() ? Progress.Form.BAR : Progress.Form.LINES;
    }

    private static void pictures(Path path, PrintWriter err) {
        try (RunDirectory directory = RunDirectory.read(path)) {
            RunPictures.of(directory).write(directory.plotDirectory());
        } catch (IOException | RuntimeException | Error e) {
            // Errors, because a JDK without fonts or native libraries throws them. The results do not depend on
            // pictures.
            err.println("kossel: the pictures could not be drawn: " + e);
        }
    }

    private static void printWhereToLook(PrintWriter out, Path shown, boolean withPictures) {
        out.println("Results are in " + shown);
        out.println("  summary.txt, summary.json      what came out");
        out.println("  statistics.csv, events.csv     against time: overpotential, roughness, counts of every process");
        out.println(
                "  profiles.csv, curvature.csv    density against height, curvature of the surface, at each snapshot");
        if (withPictures) {
            out.println("  plots/                         pictures");
        }
        out.println("  snapshots.pvd                  the lattice in time, for ParaView");
        out.println("Next: kossel info " + shown + ", or kossel export " + shown + " --to extxyz");
    }
}
