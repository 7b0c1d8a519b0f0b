package dev.kossel.scenarios.validation;

import dev.kossel.scenarios.ScenarioRun;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.viz.server.ViewerServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

/** Reproducibility. */
final class SeedCheck implements Check {

    @Override
    public String name() {
        return "seeds";
    }

    @Override
    public String law() {
        return "same seed, same run, whatever observes or shows it; another seed, another run";
    }

    @Override
    public String source() {
        return "nothing flows back from observers";
    }

    /** Asks the viewer for all that its page does while the run goes on, every so many slices. */
    private static final class Viewer implements ScenarioRun.Monitor {

        private static final int SLICES = 1000;
        private static final List<String> PATHS = List.of(
                "api/runs",
                "api/runs/0/frames",
                "api/runs/0/frames/0",
                "api/runs/0/frames/0/topography",
                "api/runs/0/statistics.csv");

        private final HttpClient client = HttpClient.newHttpClient();
        private final URI address;
        private int slices;
        private int asked;
        private int answered;

        Viewer(URI address) {
            this.address = address;
        }

        @Override
        public void slice(long nanos) {
            if (slices++ % SLICES == 0) {
                PATHS.forEach(this::ask);
            }
        }

        private void ask(String path) {
            asked++;
            try {
                HttpRequest request =
                        HttpRequest.newBuilder(address.resolve(path)).build();
                answered += client.send(request, BodyHandlers.discarding()).statusCode() == 200 ? 1 : 0;
            } catch (IOException e) {
                // Counted as asked, not as answered.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException, IOException {
        Cell cell = new Cell();
        String observed;
        try (ScenarioRun run = cell.run(directory.resolve("observed"))) {
            observed = run.simulation().stateHash();
        }
        Cell traced = new Cell("output.trace=true", "output.statistics=7", "output.snapshots=50");
        String otherwise;
        try (ScenarioRun run = traced.run(directory.resolve("traced"))) {
            otherwise = run.simulation().stateHash();
        }
        String watched;
        Viewer viewer;
        Path seen = directory.resolve("watched");
        try (ViewerServer server = ViewerServer.start(List.of(seen), 0)) {
            viewer = new Viewer(server.address());
            try (ScenarioRun run = cell.run(seen, viewer)) {
                watched = run.simulation().stateHash();
            }
        }
        long seed = cell.experiment().model().scenario().seed();
        String bare = cell.experiment().run(seed, null).stateHash();
        String other = cell.experiment().run(seed + 1, null).stateHash();
        return Findings.of(
                Measurement.exactly("observed like unobserved (1 is yes)", 1, observed.equals(bare) ? 1 : 0),
                Measurement.exactly(
                        "observed in another way, with a trace (1 is yes)", 1, observed.equals(otherwise) ? 1 : 0),
                Measurement.exactly("watched by a viewer (1 is yes)", 1, observed.equals(watched) ? 1 : 0),
                Measurement.exactly("what the viewer was asked meanwhile and answered", viewer.asked, viewer.answered),
                Measurement.exactly("another seed the same (0 is no)", 0, observed.equals(other) ? 1 : 0));
    }
}
