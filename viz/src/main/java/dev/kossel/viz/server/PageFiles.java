package dev.kossel.viz.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of the page, all of them and no others, in memory. Immutable. */
final class PageFiles {

    private static final List<String> NAMES = List.of(
            "index.html",
            "style.css",
            "icon.svg",
            "main.js",
            "api.js",
            "axis.js",
            "camera.js",
            "chart-choices.js",
            "chart-files.js",
            "charts.js",
            "coloring.js",
            "colors.js",
            "columns.js",
            "cut.js",
            "depth.js",
            "derived.js",
            "dom.js",
            "film.js",
            "frame-format.js",
            "frame-worker.js",
            "frames.js",
            "gif-worker.js",
            "keys.js",
            "legend.js",
            "link.js",
            "live.js",
            "marks.js",
            "morphology.js",
            "notice.js",
            "numbers.js",
            "outline.js",
            "panels.js",
            "panes.js",
            "pick.js",
            "picture.js",
            "playback.js",
            "plot.js",
            "preferences.js",
            "resolution.js",
            "runs.js",
            "scene.js",
            "section.js",
            "selection.js",
            "shortcuts.js",
            "site-panel.js",
            "speed.js",
            "sphere-shader.js",
            "spheres.js",
            "takeaway.js",
            "timeline.js",
            "topography.js",
            "view-parts.js",
            "view-tools.js",
            "viewer.js",
            "three/three.module.min.js",
            "three/three.core.min.js",
            "three/OrbitControls.js",
            "three/LICENSE");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "js", "text/javascript; charset=utf-8");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    /** A file; the tag is that of its content. */
    record PageFile(byte[] bytes, String type, String tag) {}

    private final Map<String, PageFile> files = new LinkedHashMap<>();
    private final String policy;

    PageFiles() {
        for (String name : NAMES) {
            byte[] bytes = load(name);
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain; charset=utf-8");
            files.put(
                    "/" + name, new PageFile(bytes, type, "\"" + HexFormat.of().formatHex(sha256(bytes), 0, 8) + "\""));
        }
        PageFile index = files.get("/index.html");
        files.put("/", index);
        Matcher map = IMPORT_MAP.matcher(new String(index.bytes, StandardCharsets.UTF_8));
        if (!map.find()) {
            throw new IllegalStateException("index.html has no import map");
        }
        String hash = Base64.getEncoder().encodeToString(sha256(map.group(1).getBytes(StandardCharsets.UTF_8)));
        policy = "default-src 'none'; script-src 'self' 'sha256-" + hash + "'; style-src 'self'; img-src 'self';"
                + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /** The file at a path of the server, or null. */
    @Nullable
    PageFile at(String path) {
        return files.get(path);
    }

    /** The Content-Security-Policy: nothing inline but the import map, known by its hash. */
    String policy() {
        return policy;
    }

    private static byte[] load(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("page/" + name + " is missing from this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
