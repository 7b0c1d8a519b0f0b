package dev.kossel.viz.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Answers one request: conditional, partial and compressed where the request allows it. One thread. */
final class Reply {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})?");
    private static final int LEAST_TO_COMPRESS = 1024;

    private final HttpExchange exchange;

    Reply(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /** The bytes, unless the client has those of this tag. */
    void bytes(byte[] bytes, String type, String tag) throws IOException {
        if (!unchanged(tag)) {
            boolean zip = mayCompress(bytes.length);
            send(200, zip ? gzip(bytes) : bytes, type, zip);
        }
    }

    /** As {@link #bytes}, of bytes that are compressed already. */
    void gzipped(byte[] zipped, String type, String tag) throws IOException {
        if (!unchanged(tag)) {
            boolean zip = mayCompress(Integer.MAX_VALUE);
            send(200, zip ? zipped : gunzip(zipped), type, zip);
        }
    }

    /** What the request's {@code Range} names, first and end, or null; ranges of other kinds are ignored. */
    long @Nullable [] range() {
        String asked = exchange.getRequestHeaders().getFirst("Range");
        Matcher range = RANGE.matcher(asked == null ? "" : asked);
        if (!range.matches()) {
            return null;
        }
        long end = range.group(2) == null ? Long.MAX_VALUE : Long.parseLong(range.group(2)) + 1;
        return new long[] {Long.parseLong(range.group(1)), end};
    }

    /** The part of something that {@link #range} has named. */
    void part(byte[] bytes, long from, long total, String type, String tag) throws IOException {
        Headers out = exchange.getResponseHeaders();
        if (bytes.length == 0) {
            out.set("Content-Range", "bytes */" + total);
            error(416, "there are " + total + " bytes, none of those asked for");
            return;
        }
        out.set("Content-Range", "bytes " + from + "-" + (from + bytes.length - 1) + "/" + total);
        out.set("ETag", tag);
        send(206, bytes, type, false);
    }

    /** A file, to be saved by the browser under its name. */
    void file(Path file, String type) throws IOException {
        Headers out = exchange.getResponseHeaders();
        out.set("Content-Type", type);
        out.set("Content-Disposition", "attachment; filename=\"" + file.getFileName() + "\"");
        long length = Files.size(file);
        if (exchange.getRequestMethod().equals("HEAD")) {
            out.set("Content-Length", Long.toString(length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, length);
            try (OutputStream sink = exchange.getResponseBody()) {
                Files.copy(file, sink);
            }
        }
    }

    void json(int status, Object value) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(value);
        boolean zip = mayCompress(bytes.length);
        send(status, zip ? gzip(bytes) : bytes, "application/json", zip);
    }

    void error(int status, @Nullable String message) throws IOException {
        json(status, Map.of("error", String.valueOf(message)));
    }

    static String jsonText(Object value) {
        return JSON.writeValueAsString(value);
    }

    private boolean unchanged(String tag) throws IOException {
        exchange.getResponseHeaders().set("ETag", tag);
        String known = exchange.getRequestHeaders().getFirst("If-None-Match");
        if (known != null && (known.equals("*") || known.contains(tag))) {
            exchange.sendResponseHeaders(304, -1);
            return true;
        }
        return false;
    }

    private boolean mayCompress(int length) {
        exchange.getResponseHeaders().set("Vary", "Accept-Encoding");
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        return length >= LEAST_TO_COMPRESS
                && accepted != null
                && accepted.matches("(?s).*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*");
    }

    private void send(int status, byte[] body, String type, boolean zipped) throws IOException {
        Headers out = exchange.getResponseHeaders();
        out.set("Content-Type", type);
        if (zipped) {
            out.set("Content-Encoding", "gzip");
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            out.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            try (OutputStream sink = exchange.getResponseBody()) {
                sink.write(body);
            }
        }
    }

    /** Fastest level: the page is on the same machine or one hop away, and waits. */
    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream(bytes.length / 2 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(zipped, 1 << 16) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private static byte[] gunzip(byte[] zipped) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            return in.readAllBytes();
        }
    }
}
