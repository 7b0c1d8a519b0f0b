package dev.kossel.scenarios.cli;

import dev.kossel.viz.server.ViewerServer;
import java.awt.Desktop;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kossel view}. */
@Command(
        name = "view",
        description = "Show runs in a browser, finished or still going on.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kossel view runs/na-vn-1",
            "  kossel view runs/na-vn-1 runs/na-bare-1     side by side",
            "",
            "Nothing is written; the run may be going on in another process. Ctrl-C ends the viewer.",
            "On another machine: kossel view RUN --no-browser --port 8080 there, and",
            "ssh -L 8080:127.0.0.1:8080 THERE here."
        })
final class ViewCommand implements Runnable {

    private static final int MOST_RUNS = 4;
    private static final long NAP_MILLIS = 200;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "The run directories, one to four.")
    private List<Path> runs;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The port to listen on, of 127.0.0.1 only; without it, any that is free.")
    private int port;

    @Option(names = "--no-browser", description = "Only print the address.")
    private boolean noBrowser;

    /** Of {@code kossel run --view}: a viewer must not outlive the run that it was started for. */
    @Option(names = "--while", paramLabel = "PID", hidden = true, description = "End when that process ends.")
    private @Nullable Long owner;

    private boolean isWanted() {
        return owner == null
                || ProcessHandle.of(owner).map(ProcessHandle::isAlive).orElse(false);
    }

    @Override
    public void run() {
        if (runs.size() > MOST_RUNS) {
            throw CommandFailure.usage(runs.size() + " runs, expected at most " + MOST_RUNS);
        }
        if (port < 0 || port > 65535) {
            throw CommandFailure.usage("--port " + port + ": expected 0 to 65535");
        }
        for (Path run : runs) {
            if (!Files.isDirectory(run)) {
                throw CommandFailure.usage(run + ": there is no such directory");
            }
        }
        try (ViewerServer server = ViewerServer.start(runs, port);
                StopSignals signals = new StopSignals()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(server.address() + "  (Ctrl-C ends the viewer)");
            out.flush();
            if (!noBrowser) {
                open(server.address());
            }
            while (!signals.received() && isWanted()) {
                Thread.sleep(NAP_MILLIS);
            }
        } catch (IOException e) {
            throw CommandFailure.failed("the viewer cannot listen on port " + port + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The address is printed anyway, so a machine without a browser is no error. */
    private static void open(URI address) {
        try {
            if (Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                Desktop.getDesktop().browse(address);
            } else {
                new ProcessBuilder("xdg-open", address.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
            }
        } catch (IOException | UnsupportedOperationException e) {
            return;
        }
    }
}
