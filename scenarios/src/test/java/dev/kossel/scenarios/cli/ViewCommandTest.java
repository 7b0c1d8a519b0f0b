package dev.kossel.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ViewCommandTest {

    @TempDir
    private Path place;

    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return Main.commandLine().setErr(new PrintWriter(err)).execute(arguments);
    }

    @Test
    void shouldServeUntilItIsStopped() throws Exception {
        PipedReader printed = new PipedReader();
        PrintWriter out = new PrintWriter(new PipedWriter(printed));
        AtomicInteger exitCode = new AtomicInteger(-1);
        Thread viewer = new Thread(
                () -> exitCode.set(Main.commandLine().setOut(out).execute("view", place.toString(), "--no-browser")));
        viewer.start();
        String address = new BufferedReader(printed).readLine().split(" ")[0];

        HttpRequest runs =
                HttpRequest.newBuilder(URI.create(address + "api/runs")).build();
        assertThat(HttpClient.newHttpClient()
                        .send(runs, BodyHandlers.ofString())
                        .body())
                .contains("no manifest.json");
        viewer.interrupt();
        viewer.join();
        assertThat(exitCode).hasValue(ExitCode.OK);
    }

    @Test
    void shouldRefuseWhatCannotBeShown() {
        String missing = place.resolve("missing").toString();
        String here = place.toString();

        assertThat(execute("view")).isEqualTo(ExitCode.USAGE);
        assertThat(execute("view", missing)).isEqualTo(ExitCode.USAGE);
        assertThat(execute("view", here, here, here, here, here)).isEqualTo(ExitCode.USAGE);
        assertThat(execute("view", here, "--port", "65536")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("Missing required parameter", missing + ": there is no such", "5 runs", "--port 65536");
    }

    @Test
    void shouldSayThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(execute("view", place.toString(), "--no-browser", "--port", port))
                    .isEqualTo(ExitCode.RUN_FAILED);
            assertThat(err.toString()).contains("cannot listen on port " + port);
        }
    }
}
