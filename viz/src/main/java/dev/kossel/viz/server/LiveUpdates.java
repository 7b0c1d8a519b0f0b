package dev.kossel.viz.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Server-sent events: a {@code change} with the {@link ViewedRun.State} of every run at first, and again whenever it has
 * changed. Each stream holds a thread, so there are few; who gets none polls instead. Thread-safe.
 */
final class LiveUpdates {

    private static final int MOST_STREAMS = 16;
    private static final long LOOK_MILLIS = 500;
    private static final long BEAT_MILLIS = 10_000;

    /** The server cuts answers off that take longer than a slow client may; a stream ends before, and the page reopens it. */
    private static final long MOST_MILLIS = 120_000;

    private final List<ViewedRun> runs;
    private final Semaphore streams = new Semaphore(MOST_STREAMS);

    LiveUpdates(List<ViewedRun> runs) {
        this.runs = runs;
    }

    /** Serves a stream until the client leaves or the server is closed. */
    void stream(HttpExchange exchange) throws IOException, RequestFailure {
        if (!streams.tryAcquire()) {
            throw new RequestFailure(503, "there are " + MOST_STREAMS + " streams already; poll /api/runs instead");
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                follow(out);
            }
        } finally {
            streams.release();
        }
    }

    private void follow(OutputStream out) throws IOException {
        Map<ViewedRun, ViewedRun.State> told = new HashMap<>();
        long silentMillis = 0;
        long openMillis = 0;
        out.write("retry: 500\n\n".getBytes(StandardCharsets.US_ASCII));
        try {
            while (openMillis < MOST_MILLIS && !Thread.currentThread().isInterrupted()) {
                StringBuilder news = new StringBuilder();
                for (ViewedRun run : runs) {
                    ViewedRun.State state = run.state();
                    if (!state.equals(told.put(run, state))) {
                        news.append("event: change\ndata: ")
                                .append(Reply.jsonText(state))
                                .append("\n\n");
                    }
                }
                if (news.length() == 0 && silentMillis >= BEAT_MILLIS) {
                    // Writing is how a client that has left is noticed.
                    news.append(": still here\n\n");
                }
                if (news.length() > 0) {
                    out.write(news.toString().getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    silentMillis = 0;
                }
                Thread.sleep(LOOK_MILLIS);
                silentMillis += LOOK_MILLIS;
                openMillis += LOOK_MILLIS;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
