package dev.kossel.viz.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.record.ExportFormat;
import dev.kossel.engine.record.FrameWriter;
import dev.kossel.engine.record.SnapshotReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ViewerServerTest {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path place;

    private Path root;
    private ViewerServer server;

    @BeforeEach
    void view() throws IOException {
        root = SmallRun.finished(place.resolve("run"), 3);
        Files.writeString(place.resolve("secret.txt"), "secret");
        server = ViewerServer.start(List.of(root), 0);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path.substring(1)))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    /** The answer to what no client library would send. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.setSoTimeout(15_000);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return ""; // Cut off, which is an answer too.
            }
        }
    }

    private String host() {
        return "127.0.0.1:" + server.address().getPort();
    }

    @Test
    void shouldServeThePageUnderAStrictPolicy() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<canvas").doesNotContain("style=\"", "onclick");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self' 'sha256-")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(get("/three/three.core.min.js").headers().firstValue("Content-Type"))
                .hasValue("text/javascript; charset=utf-8");
    }

    @Test
    void shouldServeEveryModuleThatThePageImports() throws Exception {
        List<String> modules = new ArrayList<>(List.of("main.js"));
        for (int i = 0; i < modules.size(); i++) {
            HttpResponse<String> module = get("/" + modules.get(i));
            assertThat(module.statusCode()).as(modules.get(i)).isEqualTo(200);
            Matcher imported = Pattern.compile("[\"/]([a-z-]+\\.js)\"").matcher(module.body());
            while (imported.find()) {
                if (!modules.contains(imported.group(1))) {
                    modules.add(imported.group(1));
                }
            }
        }
        assertThat(modules).hasSizeGreaterThan(10);
    }

    @Test
    void shouldListRunsWithoutSayingWhereTheyLie() throws Exception {
        HttpResponse<String> runs = get("/api/runs");

        assertThat(runs.body())
                .contains(
                        "\"name\":\"run\"", "\"status\":\"COMPLETED\"", "\"frames\":3", "\"Na\"", "\"lattice\":\"bcc\"")
                .doesNotContain(place.toString());
        assertThat(get("/api/runs/0/frames").body()).isEqualTo("{\"times\":[0.0,1.0,2.0]}");
    }

    @Test
    void shouldServeFramesCompressedOrNotAndNotTwice() throws Exception {
        HttpResponse<byte[]> plain = CLIENT.send(request("/api/runs/0/frames/2").build(), BodyHandlers.ofByteArray());
        HttpResponse<byte[]> zipped = CLIENT.send(
                request("/api/runs/0/frames/2")
                        .header("Accept-Encoding", "gzip")
                        .build(),
                BodyHandlers.ofByteArray());

        ByteBuffer frame = ByteBuffer.wrap(plain.body()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(frame.getDouble(8)).isEqualTo(2);
        assertThat(frame.getInt(32)).isEqualTo(SmallRun.GEOMETRY.sitesPerLayer());
        assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(zipped.body()).hasSizeLessThan(plain.body().length);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
                .isEqualTo(plain.body());
        String tag = plain.headers().firstValue("ETag").orElseThrow();
        assertThat(get("/api/runs/0/frames/2", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void shouldServeStatisticsWholeInPartAndConditionally() throws Exception {
        String csv = Files.readString(root.resolve("statistics.csv"));
        HttpResponse<String> whole = get("/api/runs/0/statistics.csv");

        assertThat(whole.body()).isEqualTo(csv);
        HttpResponse<String> part = get("/api/runs/0/statistics.csv", "Range", "bytes=10-");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(csv.substring(10));
        assertThat(part.headers().firstValue("Content-Range"))
                .hasValue("bytes 10-" + (csv.length() - 1) + "/" + csv.length());
        assertThat(get("/api/runs/0/statistics.csv", "Range", "bytes=0-3").body())
                .isEqualTo(csv.substring(0, 4));
        HttpResponse<String> beyond = get("/api/runs/0/statistics.csv", "Range", "bytes=" + csv.length() + "-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range")).hasValue("bytes */" + csv.length());
        String tag = whole.headers().firstValue("ETag").orElseThrow();
        assertThat(get("/api/runs/0/statistics.csv", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
    }

    private ByteBuffer binary(String path) throws Exception {
        HttpResponse<byte[]> answer = CLIENT.send(request(path).build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void shouldServeWhatACutLaysOpenAndValuesOfTheSitesOfBoth() throws Exception {
        String frame = "/api/runs/0/frames/2";
        String cut = frame + "/cut/1,0,0,4.3_0,0,-1,-0.2";
        for (String sites : new String[] {frame, cut}) {
            HttpResponse<byte[]> sent = CLIENT.send(request(sites).build(), BodyHandlers.ofByteArray());
            int n = ByteBuffer.wrap(sent.body()).order(ByteOrder.LITTLE_ENDIAN).getInt(24);
            assertThat(n).isPositive();
            for (String kind : new String[] {"dead", "curvature", "filled", "facet"}) {
                HttpResponse<byte[]> values =
                        CLIENT.send(request(sites + "/values/" + kind).build(), BodyHandlers.ofByteArray());
                assertThat(values.statusCode()).isEqualTo(200);
                assertThat(values.body()).hasSize(4 * n);
            }
        }
    }

    private static byte[] bytes(ViewerServer from, String part) throws Exception {
        return CLIENT.send(
                        HttpRequest.newBuilder(from.address().resolve("/api/runs/0/frames/1" + part))
                                .build(),
                        BodyHandlers.ofByteArray())
                .body();
    }

    @Test
    void shouldListTheTipsAndServeTheFieldsOfARunThatHasThem() throws Exception {
        Path needles = SmallRun.withNeedles(place.resolve("needles"));
        try (ViewerServer other = ViewerServer.start(List.of(needles), 0)) {
            String tips = CLIENT.send(
                            HttpRequest.newBuilder(other.address().resolve("/api/runs/0/frames/1/tips"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            List<Double> prominences = Pattern.compile("\"prominenceNm\":([-0-9.]+)")
                    .matcher(tips)
                    .results()
                    .map(match -> Double.valueOf(match.group(1)))
                    .toList();
            assertThat(prominences).hasSize(3).isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(tips).contains("\"radiusNm\"", "\"aspectRatio\"");
            byte[] frame = bytes(other, "");
            int exposed = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getInt(32);
            ByteBuffer values = ByteBuffer.wrap(bytes(other, "/values/field-1")).order(ByteOrder.LITTLE_ENDIAN);
            // Those exposed come first; what only the cut through the box lays bare has no number.
            assertThat(values.getFloat(0)).isBetween(0.7f, 1f);
            assertThat(values.getFloat(4 * (exposed - 1))).isBetween(0.7f, 1f);
            assertThat(values.getFloat(values.capacity() - 4)).isNaN();
            // The first snapshot holds none.
            assertThat(CLIENT.send(
                                    HttpRequest.newBuilder(
                                                    other.address().resolve("/api/runs/0/frames/0/values/field-1"))
                                            .build(),
                                    BodyHandlers.ofByteArray())
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(get("/api/runs/0/frames/2/tips").body()).isEqualTo("{\"tips\":[]}");
    }

    @Test
    void shouldSayWhatASiteIs() throws Exception {
        HttpResponse<String> site = get("/api/runs/0/frames/2/sites/1700");

        assertThat(site.statusCode()).isEqualTo(200);
        assertThat(site.body())
                .contains("\"place\":1700", "\"filledSeconds\":2.0", "\"coordination\":4", "\"neighbors\":[{");
        assertThat(get("/api/runs/0/frames/2/sites/999999999").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "cut/1,1,0,3 400",
                "cut/1,0,0 400",
                "cut/1,0,0,1__1,0,0,1 400",
                "cut/1,0,0,1/values/secret 404",
                "values/secret 404",
                "values/ 404",
                "values/field 404",
                "values/field-0 404",
                "values/dead-1 404",
                "values/facet-1 404",
                "tips/1 404",
                "cut/ 404",
                "sites/-1 404",
                "sites/1e3 404"
            })
    void shouldRefuseCutsValuesAndSitesThatAreNone(String part, int status) throws Exception {
        assertThat(get("/api/runs/0/frames/2/" + part).statusCode()).isEqualTo(status);
    }

    @Test
    void shouldServeTheHeightMapAndTheDensityProfileOfAFrame() throws Exception {
        ByteBuffer flat = binary("/api/runs/0/frames/2/topography");
        int pixels = flat.getInt(56) * flat.getInt(60);
        int layers = flat.getInt(64);
        float layerNm = (float) SmallRun.GEOMETRY.layerSpacingNm();

        assertThat(flat.getDouble(8)).isEqualTo(2);
        assertThat(flat.getDouble(16)).isCloseTo(2 * layerNm, within(1e-6));
        assertThat(flat.getDouble(24)).isZero();
        assertThat(pixels).isEqualTo(SmallRun.GEOMETRY.sitesPerLayer());
        assertThat(layers).isEqualTo(SmallRun.GEOMETRY.layerCount());
        assertThat(flat.getInt(68)).isEqualTo(2);
        assertThat(flat.getFloat(Topography.HEADER_BYTES + 4 * (pixels - 1))).isCloseTo(2 * layerNm, within(1e-6f));
        int z = Topography.HEADER_BYTES + 4 * pixels;
        assertThat(flat.getFloat(z + 4)).isCloseTo(layerNm, within(1e-6f));
        for (int layer = 0; layer < layers; layer++) {
            assertThat(flat.getFloat(z + 4 * (layers + layer))).isEqualTo(layer < 3 ? 1 : 0);
            assertThat(flat.getFloat(z + 4 * (2 * layers + layer))).isEqualTo(layer >= 3 && layer < 5 ? 1 : 0);
        }
        assertThat(flat.get(flat.capacity() - 2)).isEqualTo((byte) 1);
        assertThat(flat.get(flat.capacity() - 1)).isEqualTo((byte) 2);
    }

    @Test
    void shouldServeTheSitesOfACrossSection() throws Exception {
        double thicknessNm = 0.43 * Math.sqrt(3) / 2;
        double atNm = 4.2;
        ByteBuffer cut = binary("/api/runs/0/frames/2/section/x/4.2");
        int n = cut.getInt(16);

        int expected = 0;
        for (int site = 0; site < SmallRun.GEOMETRY.siteCount(); site++) {
            expected +=
                    SmallRun.GEOMETRY.layer(site) < 5 && Math.abs(SmallRun.GEOMETRY.xNm(site) - atNm) <= thicknessNm / 2
                            ? 1
                            : 0;
        }
        assertThat(n).isEqualTo(expected).isPositive();
        assertThat(cut.capacity()).isEqualTo(CrossSection.HEADER_BYTES + 10 * n);
        int last = 255;
        for (int i = 0; i < n; i++) {
            assertThat(cut.getFloat(20 + 4 * i)).isBetween(0f, (float) SmallRun.GEOMETRY.depthNm());
            boolean red = cut.getFloat(20 + 4 * n + 4 * i) > 2.5 * SmallRun.GEOMETRY.layerSpacingNm();
            assertThat(cut.get(20 + 8 * n + i)).isEqualTo((byte) (red ? 2 : 1));
            int depth = cut.get(20 + 9 * n + i) & 255;
            assertThat(depth).isLessThanOrEqualTo(last);
            last = depth;
        }
        // Periodic: a cut at the side of the box has both sides of it.
        int atSide = binary("/api/runs/0/frames/2/section/y/0").getInt(16);
        assertThat(binary("/api/runs/0/frames/2/section/y/" + SmallRun.GEOMETRY.depthNm())
                        .getInt(16))
                .isEqualTo(atSide);
    }

    @ParameterizedTest
    @CsvSource({"stl,stl", "ply,ply", "glb,glb", "vtk,vtp", "extxyz,xyz", "lammps,lammpstrj", "csv,csv"})
    void shouldServeAFrameInTheFormatsOfOtherPrograms(String format, String ending) throws Exception {
        HttpResponse<byte[]> answer =
                CLIENT.send(request("/api/runs/0/frames/1/export/" + format).build(), BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"run-000001." + ending + "\"");
        Path file = place.resolve("frame." + ending);
        try (FrameWriter writer =
                ExportFormat.valueOf(format.toUpperCase(Locale.ROOT)).open(file, SmallRun.LAYOUT.species())) {
            writer.write(SnapshotReader.read(root.resolve("snapshots/000001.vtp")));
        }
        // Some formats note the name of the file.
        assertThat(answer.body().length).isCloseTo((int) Files.size(file), within(64));
    }

    @Test
    void shouldServeEventsAndLatenciesAndNothingWhereThereIsNone() throws Exception {
        assertThat(get("/api/runs/0/events.csv").body()).isEmpty();
        Files.writeString(root.resolve("events.csv"), "time_s,events\n0,0\n");
        Files.writeString(root.resolve("latency.hgrm"), "#[Mean = 1]\n");

        assertThat(get("/api/runs/0/events.csv").body()).isEqualTo("time_s,events\n0,0\n");
        assertThat(get("/api/runs/0/events.csv", "Range", "bytes=14-").body()).isEqualTo("0,0\n");
        assertThat(get("/api/runs/0/latency.hgrm").body()).isEqualTo("#[Mean = 1]\n");
    }

    @Test
    void shouldLeaveOutARowThatIsBeingWritten() throws Exception {
        Path file = root.resolve("statistics.csv");
        String rows = Files.readString(file);
        Files.writeString(file, rows + "3.0,-0.0");

        assertThat(get("/api/runs/0/statistics.csv").body()).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/../../../../../../etc/passwd",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/three/../../secret.txt",
                "/three/%2e%2e/index.html",
                "//etc/passwd",
                "/api/runs/../../secret.txt",
                "/api/runs/0/../../../secret.txt",
                "/api/runs/0/frames/../../manifest.json",
                "/api/runs/0/manifest.json",
                "/api/runs/0/frames/-1",
                "/api/runs/0/frames/0x1",
                "/api/runs/0/frames/3",
                "/api/runs/0/frames/3/topography",
                "/api/runs/0/frames/0/section/z/1",
                "/api/runs/0/frames/0/section/x/-1",
                "/api/runs/0/frames/0/section/x/1e9",
                "/api/runs/0/frames/0/export/exe",
                "/api/runs/0/frames/0/export/../../secret.txt",
                "/api/runs/0/frames/0/export/stl/../../../../secret.txt",
                "/api/runs/0/scenario.yaml",
                "/api/runs/0/checkpoint.ckpt",
                "/api/runs/0/frames/999999999",
                "/api/runs/0/frames/99999999999999999999",
                "/api/runs/1/frames",
                "/api/runs/0/statistics.csv%00.txt",
                "/dev/kossel/viz/server/ViewerServer.class",
                "/package-info.class",
                "/\\..\\secret.txt"
            })
    void shouldServeNothingButWhatItNames(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 40[04].*").doesNotContain("secret\n", "root:");
        assertThat(answer).doesNotContain(place.toString());
    }

    @Test
    void shouldNotFollowAnIndexOutOfTheRun() throws Exception {
        Path foreign = SmallRun.finished(place.resolve("foreign"), 1);
        String index = Files.readString(root.resolve("snapshots.pvd"));
        Files.writeString(
                root.resolve("snapshots.pvd"),
                index.replace("snapshots/000000.vtp", "../foreign/snapshots/000000.vtp")
                        .replace(
                                "snapshots/000001.vtp",
                                foreign.resolve("snapshots/000000.vtp").toString()));
        Path link = root.resolve("snapshots/000002.vtp");
        Files.delete(link);
        Files.createSymbolicLink(link, foreign.resolve("snapshots/000000.vtp"));

        for (int frame = 0; frame < 3; frame++) {
            assertThat(get("/api/runs/0/frames/" + frame).body()).contains("outside the run");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:PORT", "127.0.0.1", "localhost:1", "[::1]:PORT", ""})
    void shouldRefuseAForgedHost(String host) throws IOException {
        String forged = host.replace("PORT", "" + server.address().getPort());
        String answer = raw("GET /api/runs HTTP/1.1\r\nHost: " + forged + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 403").doesNotContain("COMPLETED");
    }

    @Test
    void shouldRefuseARequestWithNoHostOrTwo() throws IOException {
        assertThat(raw("GET /api/runs HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 403");
        assertThat(raw("GET /api/runs HTTP/1.1\r\nHost: " + host() + "\r\nHost: evil\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
    void shouldOnlyRead(String method) throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                request("/api/runs")
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void shouldAnswerHeadWithoutABody() throws Exception {
        HttpResponse<String> head = CLIENT.send(
                request("/api/runs/0/statistics.csv")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length"))
                .hasValue(Files.size(root.resolve("statistics.csv")));
    }

    @Test
    void shouldRefuseBodiesAndEndlessAddressesAndGoOn() throws Exception {
        HttpRequest body = request("/api/runs")
                .method("GET", HttpRequest.BodyPublishers.ofString("x".repeat(60_000)))
                .build();
        assertThat(CLIENT.send(body, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
        assertThat(get("/api/runs?" + "x".repeat(2000)).statusCode()).isEqualTo(413);
        raw("GET / HTTP/1.1\r\nHost: " + host() + "\r\nContent-Length: 3000000\r\n\r\n" + "x".repeat(3_000_000));
        raw("GET /" + "x".repeat(3_000_000) + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n");
        raw("GET / HTTP/1.1\r\nHost: " + host() + "\r\nX: " + "x".repeat(3_000_000) + "\r\n\r\n");

        assertThat(get("/api/runs").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\n\r\n",
                "GET / HTTP/9\r\nConnection: close\r\n\r\n",
                "GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "\u0016\u0003\u0001\u0000 TLS\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\nConnection: close\r\n\r\n"
            })
    void shouldSurviveMalformedRequests(String request) throws Exception {
        assertThat(raw(request)).doesNotContain("200 OK");
        assertThat(get("/api/runs").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswerManyClientsAtOnce() {
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String path = List.of("/api/runs", "/api/runs/0/frames/" + i % 3, "/api/runs/0/statistics.csv", "/main.js")
                    .get(i % 4);
            answers.add(CLIENT.sendAsync(request(path).build(), BodyHandlers.ofByteArray()));
        }

        assertThat(answers.stream().map(CompletableFuture::join))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
    }

    @Test
    void shouldAnswerWhileManyClientsAreSlow() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = new Socket("127.0.0.1", server.address().getPort());
                slow.add(socket);
                // Half of them never end their request, the others never read the answer.
                String request = "GET /three/three.core.min.js HTTP/1.1\r\nHost: " + host() + "\r\n";
                socket.getOutputStream()
                        .write((i % 2 == 0 ? request : request + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }

            for (int i = 0; i < 20; i++) {
                assertThat(get("/api/runs/0/frames/" + i % 3).statusCode()).isEqualTo(200);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void shouldAnswerWhileStreamsAreOpenAndRefuseTooManyOfThem() throws Exception {
        List<HttpResponse<InputStream>> streams = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            streams.add(CLIENT.send(request("/api/events").build(), BodyHandlers.ofInputStream()));
        }

        assertThat(streams.stream().map(HttpResponse::statusCode)).containsOnlyOnce(503);
        assertThat(get("/api/runs").statusCode()).isEqualTo(200);
        for (HttpResponse<InputStream> stream : streams) {
            stream.body().close();
        }
    }

    @Test
    void shouldAnnounceWhatGrows() throws Exception {
        Path growing = place.resolve("growing");
        try (SmallRun run = new SmallRun(growing);
                ViewerServer live = ViewerServer.start(List.of(growing), 0)) {
            run.grow(0);
            HttpRequest stream = HttpRequest.newBuilder(live.address().resolve("/api/events"))
                    .build();
            try (Stream<String> lines =
                    CLIENT.send(stream, BodyHandlers.ofLines()).body()) {
                Iterator<String> line = lines.iterator();
                assertThat(next(line)).contains("\"status\":\"RUNNING\"", "\"frames\":1");
                run.grow(1);
                assertThat(next(line, "\"frames\":2")).contains("\"lastFrameSeconds\":1.0");
                run.end();
                assertThat(next(line, "\"status\":\"COMPLETED\"")).contains("the protocol is done");
            }
        }
    }

    private static String next(Iterator<String> lines) {
        String line = lines.next();
        while (!line.startsWith("data:")) {
            line = lines.next();
        }
        return line;
    }

    /** The first event that holds a text: a state may be told in several steps. */
    private static String next(Iterator<String> lines, String holding) {
        String line = next(lines);
        while (!line.contains(holding)) {
            line = next(lines);
        }
        return line;
    }

    @Test
    void shouldCallARunInterruptedThatNobodyWrites() throws Exception {
        Path killed = place.resolve("killed");
        try (SmallRun run = new SmallRun(killed)) {
            run.grow(0);
        }
        try (ViewerServer other = ViewerServer.start(List.of(killed), 0)) {
            HttpRequest list =
                    HttpRequest.newBuilder(other.address().resolve("/api/runs")).build();
            assertThat(CLIENT.send(list, BodyHandlers.ofString()).body()).contains("\"status\":\"INTERRUPTED\"");
        }
    }

    @Test
    void shouldSayThatARunWasDeletedWhileItIsViewed() throws Exception {
        assertThat(get("/api/runs/0/frames/0").statusCode()).isEqualTo(200);
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });

        for (String path : List.of("frames", "frames/0", "statistics.csv")) {
            HttpResponse<String> answer = get("/api/runs/0/" + path);
            assertThat(answer.statusCode()).isEqualTo(410);
            assertThat(answer.body()).contains("no such directory").doesNotContain(place.toString());
        }
        assertThat(get("/api/runs").body()).contains("UNREADABLE", "no such directory");
    }

    @Test
    void shouldSayWhatIsWrongWithAForeignAnEmptyAndABrokenDirectory() throws Exception {
        Path empty = Files.createDirectory(place.resolve("empty"));
        Path broken = SmallRun.finished(place.resolve("broken"), 1);
        Files.writeString(broken.resolve("manifest.json"), "{\"version\": ");
        Path torn = SmallRun.finished(place.resolve("torn"), 1);
        byte[] snapshot = Files.readAllBytes(torn.resolve("snapshots/000000.vtp"));
        Files.write(torn.resolve("snapshots/000000.vtp"), Arrays.copyOf(snapshot, snapshot.length / 2));

        try (ViewerServer other = ViewerServer.start(List.of(empty, broken, torn), 0)) {
            HttpRequest list =
                    HttpRequest.newBuilder(other.address().resolve("/api/runs")).build();
            assertThat(CLIENT.send(list, BodyHandlers.ofString()).body())
                    .contains("not a run directory: it has no manifest.json", "broken: manifest.json")
                    .doesNotContain(place.toString());
            HttpRequest frame = HttpRequest.newBuilder(other.address().resolve("/api/runs/2/frames/0"))
                    .build();
            HttpResponse<String> answer = CLIENT.send(frame, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("it ends early").doesNotContain(place.toString());
        }
    }

    @Test
    void shouldRefuseToShowNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> ViewerServer.start(List.of(), 0));
    }
}
