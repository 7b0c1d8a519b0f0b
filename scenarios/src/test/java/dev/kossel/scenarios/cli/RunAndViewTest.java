package dev.kossel.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.BufferedReader;
import java.io.IOException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunAndViewTest {

    @TempDir
    private Path place;

    private final StringWriter err = new StringWriter();

    private List<String> arguments(String... more) {
        List<String> all = new ArrayList<>(
                List.of("run", "na-bare", "--out", place.resolve("run").toString()));
        all.addAll(List.of("--set", "lattice.size=[8, 8, 12]", "--no-pictures", "--no-progress"));
        all.addAll(List.of("--set", "protocol.steps.0.until={charge: 0.1 mC/cm^2}"));
        all.addAll(List.of(more));
        return all;
    }

    private static int status(String address) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "api/runs")).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void shouldKeepTheViewerWhenTheRunHasEndedAndEndItWithItself() throws Exception {
        PipedReader printed = new PipedReader(1 << 16);
        PrintWriter out = new PrintWriter(new PipedWriter(printed));
        AtomicInteger exitCode = new AtomicInteger(-1);
        Thread run = new Thread(() -> exitCode.set(Main.commandLine()
                .setOut(out)
                .setErr(new PrintWriter(err))
                .execute(arguments("--view", "--no-browser").toArray(String[]::new))));
        run.start();
        BufferedReader lines = new BufferedReader(printed);
        String line = lines.readLine();
        while (!line.startsWith("Viewer: ")) {
            line = lines.readLine();
        }
        String address = line.split(" ")[1];
        while (!line.startsWith("The run has ended; the viewer stays at " + address)) {
            line = lines.readLine();
        }
        assertThat(status(address)).isEqualTo(200);
        run.interrupt();
        run.join();
        assertThat(exitCode).hasValue(ExitCode.OK);
        assertThatIOException().isThrownBy(() -> status(address));
    }

    @Test
    void shouldRunWithoutAViewerThatCannotStart() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StringWriter out = new StringWriter();
            int exitCode = Main.commandLine()
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .execute(arguments("--view", "--no-browser", "--port", Integer.toString(taken.getLocalPort()))
                            .toArray(String[]::new));
            assertThat(exitCode).isEqualTo(ExitCode.OK);
            assertThat(err.toString()).contains("the viewer did not start; the run goes on");
            assertThat(out.toString()).contains("state hash").doesNotContain("the viewer stays");
        }
    }

    @Test
    void shouldRefuseOptionsOfTheViewerWithoutIt() {
        for (List<String> options : List.of(List.of("--port", "80"), List.of("--no-browser"))) {
            int exitCode = Main.commandLine()
                    .setErr(new PrintWriter(err))
                    .execute(arguments(options.toArray(String[]::new)).toArray(String[]::new));
            assertThat(exitCode).isEqualTo(ExitCode.USAGE);
            assertThat(err.toString()).contains(options.get(0) + " needs --view");
        }
        assertThat(place.resolve("run")).doesNotExist();
    }
}
