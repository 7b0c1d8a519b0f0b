package dev.kossel.scenarios.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The viewer of a run that goes on, in a JVM of its own: whatever becomes of it, the run is not touched. It ends with this process at the latest,
 * and where the machine has {@code nice} it gets the processor only when the run leaves it.
 */
final class ViewerProcess implements AutoCloseable {

    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final int START_SECONDS = 15;
    private static final long NAP_MILLIS = 200;
    private static final int KILL_SECONDS = 5;

    private final Process process;
    private final @Nullable String address;

    private ViewerProcess(Process process, @Nullable String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it, waits for its address, and prints that. If it does not start it says so; the run goes on without.
     *
     * @return null if it did not start
     */
    static @Nullable ViewerProcess start(Path run, int port, boolean noBrowser, PrintWriter out, PrintWriter err) {
        try {
            // What goes wrong there, the viewer says itself.
            Process process = new ProcessBuilder(command(run, port, noBrowser))
                    .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BlockingQueue<String> lines = new ArrayBlockingQueue<>(1);
            Thread reader = new Thread(() -> read(process, lines), "viewer");
            reader.setDaemon(true);
            reader.start();
            String line = lines.poll(START_SECONDS, TimeUnit.SECONDS);
            String address = line == null ? "" : line.split(" ")[0];
            if (address.startsWith("http")) {
                out.println("Viewer: " + address + "  (stays when the run ends, until Ctrl-C)");
                out.flush();
                return new ViewerProcess(process, address);
            }
            process.destroy();
        } catch (IOException e) {
            err.println("kossel: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        err.println("kossel: the viewer did not start; the run goes on. kossel view " + run + " tries again");
        err.flush();
        return null;
    }

    /** The first line, or an empty one where there is none; the rest is passed over, lest the pipe fill. */
    private static void read(Process process, BlockingQueue<String> lines) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            lines.add(line == null ? "" : line);
            while (line != null) {
                line = reader.readLine();
            }
        } catch (IOException e) {
            lines.offer("");
        }
    }

    private static File nothing() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private static List<String> command(Path run, int port, boolean noBrowser) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", "10"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Djava.awt.headless=true", "-Dfile.encoding=UTF-8"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("view", run.toString(), "--port", Integer.toString(port)));
        command.addAll(List.of("--while", Long.toString(ProcessHandle.current().pid())));
        if (noBrowser) {
            command.add("--no-browser");
        }
        return command;
    }

    /** Waits for a signal, or for the viewer to end. */
    void stay(StopSignals signals, PrintWriter out) {
        if (!process.isAlive() || signals.received()) {
            return;
        }
        out.println();
        out.println("The run has ended; the viewer stays at " + address + " until Ctrl-C.");
        out.flush();
        try {
            while (process.isAlive() && !signals.received()) {
                Thread.sleep(NAP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(KILL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
