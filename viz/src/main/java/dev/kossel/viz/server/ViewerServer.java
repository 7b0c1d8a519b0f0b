package dev.kossel.viz.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kossel.engine.record.ExportFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows run directories in a browser: an HTTP server on the loopback address that reads them and nothing else.
 *
 * <table>
 * <caption>What is served, by GET and HEAD; {@code r} and {@code n} are numbers, never paths</caption>
 * <tr><td>{@code /}, {@code /main.js} …</td><td>the page</td></tr>
 * <tr><td>{@code /api/runs}</td><td>all runs: {@link ViewedRun.Listing}</td></tr>
 * <tr><td>{@code /api/runs/r/frames}</td><td>{@code {"times": […]}}, s</td></tr>
 * <tr><td>{@code /api/runs/r/frames/n}</td><td>a frame: {@link SurfaceFrame}</td></tr>
 * <tr><td>{@code /api/runs/r/frames/n/cut/0,0,1,12.5}</td><td>what a {@link Cut} lays open of it: {@link SurfaceFrame}</td></tr>
 * <tr><td>{@code …/frames/n/values/curvature}, {@code …/frames/n/cut/0,0,1,12.5/values/curvature}</td>
 *     <td>a number for each site of these: {@link SiteValues}</td></tr>
 * <tr><td>{@code /api/runs/r/frames/n/sites/s}</td><td>one site: {@link SiteReport}</td></tr>
 * <tr><td>{@code /api/runs/r/frames/n/topography}</td><td>its height map and density profile: {@link Topography}</td></tr>
 * <tr><td>{@code /api/runs/r/frames/n/section/x/12.5}</td><td>a cut at x = 12.5 nm, or y: {@link CrossSection}</td></tr>
 * <tr><td>{@code /api/runs/r/frames/n/export/stl}</td><td>the snapshot in a format of {@link ExportFormat}</td></tr>
 * <tr><td>{@code /api/runs/r/statistics.csv}, {@code events.csv}, {@code latency.hgrm}</td>
 *     <td>the whole lines of the file; takes {@code Range}</td></tr>
 * <tr><td>{@code /api/events}</td><td>{@link LiveUpdates}</td></tr>
 * </table>
 *
 * <p>Errors are {@code {"error": "…"}}: 400 malformed, 403 foreign {@code Host}, 404 no such thing, 405 not GET or HEAD,
 * 410 the run is gone or not one, 413 a body or an endless address, 422 the run is damaged, 503 too many streams.
 *
 * <p>Whoever can open a connection to the machine's loopback address can read the named runs: the users of this machine.
 * Thread-safe.
 */
public final class ViewerServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ViewerServer.class);
    private static final Pattern OF_RUN = Pattern.compile(
            "/api/runs/(\\d{1,4})/(?:frames(?:/(\\d{1,9})(?:/(.{1,600}))?)?|([a-z]{1,20}\\.[a-z]{1,8}))");
    /** A frame, or what a cut lays open of it, or a number for each site of either. */
    private static final Pattern SITES =
            Pattern.compile("(?:cut/([-0-9.,_]{1,500}))?(?:(?:^|(?<!^)/)values/([-0-9a-z]{1,24}))?");

    private static final Pattern SITE = Pattern.compile("sites/(\\d{1,9})");
    private static final Pattern SECTION = Pattern.compile("section/([xy])/(\\d{1,9}(?:\\.\\d{1,9})?)");
    private static final Pattern EXPORT = Pattern.compile("export/([a-z]{1,16})");
    private static final String BINARY = "application/octet-stream";
    private static final List<String> EXPORTS = Arrays.stream(ExportFormat.values())
            .map(format -> format.name().toLowerCase(Locale.ROOT))
            .toList();
    private static final int MOST_ADDRESS_CHARACTERS = 1024;

    /** More than there can be connections, so that those of slow clients do not keep others waiting. */
    private static final int MOST_THREADS = 600;

    private static final int BACKLOG = 256;

    static {
        // Read once by the JDK's server, when its first instance is made.
        for (Map.Entry<String, String> setting : Map.of(
                        "sun.net.httpserver.nodelay", "true",
                        "sun.net.httpserver.maxReqTime", "10",
                        "sun.net.httpserver.maxRspTime", "1800",
                        "sun.net.httpserver.maxReqHeaders", "64",
                        "sun.net.httpserver.maxReqHeaderSize", "16384",
                        "jdk.httpserver.maxConnections", "512")
                .entrySet()) {
            if (System.getProperty(setting.getKey()) == null) {
                System.setProperty(setting.getKey(), setting.getValue());
            }
        }
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final List<ViewedRun> runs;
    private final Set<String> hosts;
    private final PageFiles page = new PageFiles();
    private final FrameCache cache = new FrameCache();
    private final LiveUpdates updates;

    private ViewerServer(HttpServer server, List<ViewedRun> runs) {
        this.server = server;
        this.runs = runs;
        this.updates = new LiveUpdates(runs);
        int port = server.getAddress().getPort();
        hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
        threads = new ThreadPoolExecutor(
                MOST_THREADS, MOST_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "viewer");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts to serve. The directories need not be runs, or exist, yet: the page says what is wrong with them.
     *
     * @param directories the runs to show
     * @param port to listen on; 0 for any that is free
     * @throws IOException if the port is taken
     * @throws IllegalArgumentException if there are no directories
     */
    public static ViewerServer start(List<Path> directories, int port) throws IOException {
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("no run to view");
        }
        List<ViewedRun> runs = new ArrayList<>();
        SnapshotCache snapshots = new SnapshotCache();
        for (Path directory : directories) {
            Path name = directory.toAbsolutePath().normalize().getFileName();
            runs.add(new ViewedRun(runs.size(), name == null ? "run" : name.toString(), directory, snapshots));
        }
        InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        return new ViewerServer(HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG), List.copyOf(runs));
    }

    /** Where to point a browser. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Stops at once; running answers are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers out = exchange.getResponseHeaders();
            out.set("Content-Security-Policy", page.policy());
            out.set("X-Content-Type-Options", "nosniff");
            out.set("Referrer-Policy", "no-referrer");
            out.set("Cross-Origin-Resource-Policy", "same-origin");
            out.set("Cache-Control", "no-cache");
            try {
                refuse(exchange);
                answer(exchange);
            } catch (RequestFailure e) {
                if (e.status() == 405) {
                    out.set("Allow", "GET, HEAD");
                }
                new Reply(exchange).error(e.status(), e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("{} cannot be answered", exchange.getRequestURI(), e);
                new Reply(exchange).error(500, "the viewer failed; its terminal says more");
            }
        }
    }

    private void refuse(HttpExchange exchange) throws RequestFailure {
        Headers in = exchange.getRequestHeaders();
        List<String> host = in.getOrDefault("Host", List.of());
        // A page of another origin whose name was made to point here (DNS rebinding) still sends its own name.
        if (host.size() != 1 || !hosts.contains(host.get(0))) {
            throw new RequestFailure(403, "this viewer is " + address() + ", nothing else");
        }
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new RequestFailure(405, method + " is not possible: the viewer only reads");
        }
        String length = in.getFirst("Content-Length");
        if (in.containsKey("Transfer-Encoding") || (length != null && !length.equals("0"))) {
            throw new RequestFailure(413, "a request has no body here");
        }
        if (exchange.getRequestURI().toString().length() > MOST_ADDRESS_CHARACTERS) {
            throw new RequestFailure(413, "an address has at most " + MOST_ADDRESS_CHARACTERS + " characters");
        }
    }

    private void answer(HttpExchange exchange) throws RequestFailure, IOException {
        Reply reply = new Reply(exchange);
        // Compared as sent, still encoded: nothing that needs decoding names anything here.
        String path = String.valueOf(exchange.getRequestURI().getRawPath());
        PageFiles.PageFile file = page.at(path);
        Matcher ofRun = OF_RUN.matcher(path);
        if (file != null) {
            reply.bytes(file.bytes(), file.type(), file.tag());
        } else if (path.equals("/api/runs")) {
            reply.json(200, Map.of("runs", runs.stream().map(ViewedRun::listing).toList(), "exports", EXPORTS));
        } else if (path.equals("/api/events")) {
            updates.stream(exchange);
        } else if (ofRun.matches()) {
            answer(reply, ofRun);
        } else {
            throw new RequestFailure(404, "there is nothing at this address");
        }
    }

    private void answer(Reply reply, Matcher ofRun) throws RequestFailure, IOException {
        int id = Integer.parseInt(ofRun.group(1));
        if (id >= runs.size()) {
            throw new RequestFailure(404, "there are " + runs.size() + " runs, no number " + id);
        }
        ViewedRun run = runs.get(id);
        if (ofRun.group(4) != null) {
            text(reply, run, ofRun.group(4));
        } else if (ofRun.group(2) == null) {
            reply.json(200, run.frames());
        } else {
            frame(reply, run, Integer.parseInt(ofRun.group(2)), ofRun.group(3));
        }
    }

    private void frame(Reply reply, ViewedRun run, int number, @Nullable String part)
            throws RequestFailure, IOException {
        String tag = run.frameTag(number);
        String what = number + "/" + part;
        Matcher sites = SITES.matcher(part == null ? "" : part);
        if (sites.matches()) {
            Cut cut = sites.group(1) == null ? null : cut(sites.group(1));
            SiteValues.Wanted wanted = sites.group(2) == null ? null : wanted(sites.group(2));
            byte[] zipped = cache.gzipped(
                    run, what, tag, () -> wanted == null ? run.frame(number, cut) : run.values(number, cut, wanted));
            reply.gzipped(zipped, BINARY, tag);
            return;
        }
        Matcher site = SITE.matcher(part);
        Matcher section = SECTION.matcher(part);
        Matcher export = EXPORT.matcher(part);
        if (site.matches()) {
            reply.json(200, run.site(number, Integer.parseInt(site.group(1))));
        } else if (part.equals("tips")) {
            reply.json(200, Map.of("tips", run.tips(number)));
        } else if (part.equals("topography")) {
            // Heights are measured from the first frame.
            String both = number == 0
                    ? tag
                    : tag.replaceFirst("\"$", "-") + run.frameTag(0).substring(1);
            reply.gzipped(cache.gzipped(run, what, both, () -> run.topography(number)), BINARY, both);
        } else if (section.matches()) {
            boolean acrossX = section.group(1).equals("x");
            double atNm = Double.parseDouble(section.group(2));
            reply.gzipped(cache.gzipped(run, what, tag, () -> run.section(number, acrossX, atNm)), BINARY, tag);
        } else if (export.matches()) {
            try (ViewedRun.Exported made = run.export(number, export.group(1))) {
                reply.file(made.file(), BINARY);
            }
        } else {
            throw new RequestFailure(404, "there is nothing at this address");
        }
    }

    private static Cut cut(String planes) throws RequestFailure {
        Cut cut = Cut.parse(planes);
        if (cut == null) {
            throw new RequestFailure(400, "a cut is up to seven planes nx,ny,nz,d, joined by _, with unit normals");
        }
        return cut;
    }

    private static SiteValues.Wanted wanted(String name) throws RequestFailure {
        SiteValues.Wanted wanted = SiteValues.Wanted.parse(name);
        if (wanted == null) {
            throw new RequestFailure(404, "there is nothing at this address");
        }
        return wanted;
    }

    private static void text(Reply reply, ViewedRun run, String fileName) throws RequestFailure, IOException {
        ViewedRun.Text text = Arrays.stream(ViewedRun.Text.values())
                .filter(known -> known.fileName.equals(fileName))
                .findFirst()
                .orElseThrow(() -> new RequestFailure(404, "there is nothing at this address"));
        String type = (fileName.endsWith(".csv") ? "text/csv" : "text/plain") + "; charset=utf-8";
        long[] range = reply.range();
        if (range == null) {
            ViewedRun.Part whole = run.text(text, 0, Long.MAX_VALUE);
            reply.bytes(whole.bytes(), type, whole.tag());
        } else {
            ViewedRun.Part part = run.text(text, range[0], range[1]);
            reply.part(part.bytes(), part.from(), part.total(), type, part.tag());
        }
    }
}
