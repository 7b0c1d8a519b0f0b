package dev.kossel.viz.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.RunManifest;
import dev.kossel.engine.record.RunStatus;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SnapshotStamp;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How much the viewer takes, for docs/viewer.md; not a test, and run only when it is named:
 * {@code mvn test -pl viz -am -Dtest=ViewerMeasurement -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ViewerMeasurement {

    @TempDir
    private static Path place;

    /** @param cells along x and y; the deposit is about {@code layers} cells thick, with hills as high as that and needles */
    @ParameterizedTest
    @CsvSource({"48, 22", "200, 62"})
    void measure(int cells, int layers) throws Exception {
        Path root = place.resolve("run" + cells);
        write(root, cells, layers);
        Browser browser = Browser.shared();
        assumeTrue(browser != null, Browser.MISSING);
        try (ViewerServer server = ViewerServer.start(List.of(root), 0)) {
            long began = System.nanoTime();
            int bytes = transferred(server);
            say("read, surface and light of a snapshot, s", (System.nanoTime() - began) / 1e9);
            say("bytes of a frame, compressed", bytes);
            began = System.nanoTime();
            browser.open(server.address());
            browser.awaitFrames("0");
            say("page to first picture, s", (System.nanoTime() - began) / 1e9);
            System.out.println(browser.text("panes"));
            say("JS heap, MB", Double.parseDouble(browser.script("performance.memory.usedJSHeapSize / 1e6")));
            browser.picture("measured-" + cells);
            say("picture standing still, ms", Double.parseDouble(browser.script(STILL)));
            say("picture moving, ms", Double.parseDouble(browser.script(MOVING)));
            System.out.println("a picture while only the camera moves: " + browser.script(WORK));
        }
    }

    private static final String STILL = "(async () => {"
            + "const gl = document.getElementById('canvas').getContext('webgl2'); const pixel = new Uint8Array(4);"
            + "const times = [];"
            + "for (let i = 0; i < 7; i++) {"
            + "  const before = document.body.dataset.drawings; const began = performance.now();"
            + "  document.getElementById('theme').click();"
            + "  while (document.body.dataset.drawings === before) await new Promise(requestAnimationFrame);"
            + "  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel); times.push(performance.now() - began);"
            + "} return times.sort((a, b) => a - b)[3]; })()";

    private static final String MOVING = "(async () => {"
            + "const turn = () => document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', shiftKey: true}));"
            + "const until = async end => { while (performance.now() < end) {"
            + "  turn(); await new Promise(requestAnimationFrame); } };"
            + "await until(performance.now() + 3000);"
            + "const first = Number(document.body.dataset.drawings); const began = performance.now();"
            + "await until(began + 5000);"
            + "return (performance.now() - began) / (Number(document.body.dataset.drawings) - first); })()";

    /** What the graphics card is given to do for a picture in full resolution, the camera alone having moved. */
    private static final String WORK = "(async () => {"
            + "const gl = document.getElementById('canvas').getContext('webgl2');"
            + "const seen = {draws: 0, vertices: 0, bytes: 0};"
            + "const wrap = (name, note) => { const old = gl[name].bind(gl);"
            + "  gl[name] = (...given) => { note(given); return old(...given); }; };"
            + "wrap('drawArrays', given => { seen.draws++; seen.vertices += given[2]; });"
            + "wrap('drawElements', given => { seen.draws++; seen.vertices += given[1]; });"
            + "const size = value => ArrayBuffer.isView(value) || value instanceof ArrayBuffer ? value.byteLength : 0;"
            + "for (const name of ['bufferData', 'bufferSubData', 'texImage2D', 'texSubImage2D', 'uniform1fv', 'uniform2fv',"
            + "  'uniform3fv', 'uniform4fv', 'uniformMatrix3fv', 'uniformMatrix4fv', 'uniform1iv', 'uniform1uiv'])"
            + "  wrap(name, given => { seen.bytes += given.reduce((sum, value) => sum + size(value), 0); });"
            + "for (const name of ['uniform1f', 'uniform1i', 'uniform2f', 'uniform3f', 'uniform4f'])"
            + "  wrap(name, given => { seen.bytes += 4 * (given.length - 1); });"
            + "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', shiftKey: true}));"
            + "const done = () => document.body.dataset.still === 'true';"
            + "await new Promise(requestAnimationFrame);"
            + "while (!done()) { await new Promise(requestAnimationFrame); }"
            + "const first = document.body.dataset.drawings; Object.assign(seen, {draws: 0, vertices: 0, bytes: 0});"
            + "document.getElementById('theme').click();"
            + "while (document.body.dataset.drawings === first) await new Promise(requestAnimationFrame);"
            + "return JSON.stringify(seen); })()";

    private static void say(String what, double value) {
        System.out.printf(Locale.ROOT, "%-45s %.3f%n", what, value);
    }

    private static int transferred(ViewerServer server) throws Exception {
        URI frame = URI.create(server.address() + "api/runs/0/frames/0");
        HttpRequest request =
                HttpRequest.newBuilder(frame).header("Accept-Encoding", "gzip").build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body()
                .length;
    }

    private static void write(Path root, int cells, int layers) throws IOException {
        LatticeGeometry g = LatticeGeometry.of(LatticeKind.BCC, "100", 0.43, 1, cells, cells, 2 * layers);
        RunLayout small = SmallRun.LAYOUT;
        RunLayout layout = new RunLayout(g, small.species(), small.siteTypes(), small.processes(), small.readings());
        Lattice lattice = new Lattice(g);
        for (int site = 0; site < g.siteCount(); site++) {
            double x = 2 * Math.PI * g.xNm(site) / g.widthNm();
            double y = 2 * Math.PI * g.yNm(site) / g.depthNm();
            double hills = 0.5 * Math.sin(2 * x) * Math.cos(3 * y) + 0.2 * Math.sin(11 * x + 5 * y);
            double needles = 0.9 * Math.pow(Math.max(0, Math.sin(9 * x) * Math.sin(9 * y)), 6);
            double height = layers * 0.43 * (0.95 + 0.6 * hills + needles);
            // Noise by a hash of the column, so that the surface is rough from atom to atom.
            double noise = ((g.column(site) * 2654435761L >>> 8) % 1000) / 1000.0 - 0.5;
            lattice.setSpecies(site, g.layer(site) < 3 ? 1 : g.zNm(site) < height + 1.5 * noise ? 2 : 0);
        }
        try (RunDirectory directory = RunDirectory.create(root)) {
            RunManifest manifest = RunManifest.begin("0.1", "unknown", "large", 1, layout);
            directory.write(manifest);
            SnapshotSeries.begin(directory).append(lattice, new SnapshotStamp(0, 0, Map.of()));
            directory.write(manifest.ended(RunStatus.COMPLETED, "written"));
        }
    }
}
