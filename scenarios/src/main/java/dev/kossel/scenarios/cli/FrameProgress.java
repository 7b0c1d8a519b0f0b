package dev.kossel.scenarios.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** Shows how many frames are drawn: on a terminal a line that is redrawn in place, elsewhere a line every ten seconds. One thread. */
final class FrameProgress {

    private static final long LINE_NANOS = 10_000_000_000L;

    private final PrintWriter out;
    private final Progress.Form form;
    private final int count;
    private final long startNanos = System.nanoTime();
    private long lastNanos = startNanos;
    private int drawn;

    FrameProgress(PrintWriter out, Progress.Form form, int count) {
        this.out = out;
        this.form = form;
        this.count = count;
    }

    static Progress.Form form() {
        return Terminal.isPresent() ? Progress.Form.BAR : Progress.Form.LINES;
    }

    void show(int done) {
        long now = System.nanoTime();
        if (form == Progress.Form.NONE || form == Progress.Form.LINES && now - lastNanos < LINE_NANOS) {
            return;
        }
        lastNanos = now;
        double remaining = (now - startNanos) * 1e-9 * (count - done) / done;
        String text = String.format(Locale.ROOT, "frame %d of %d  %s left", done, count, Terminal.duration(remaining));
        if (form == Progress.Form.LINES) {
            out.println(text);
        } else {
            String line = Progress.bar((double) done / count) + "  " + text;
            out.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
            drawn = line.length();
        }
        out.flush();
    }

    /** Removes the bar, so that what follows begins on a clear line. */
    void clear() {
        if (drawn > 0) {
            out.print("\r" + " ".repeat(drawn) + "\r");
            out.flush();
            drawn = 0;
        }
    }
}
