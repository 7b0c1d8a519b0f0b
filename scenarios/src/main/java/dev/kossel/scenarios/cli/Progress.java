package dev.kossel.scenarios.cli;

import dev.kossel.scenarios.ScenarioRun;
import dev.kossel.scenarios.Simulation;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows how far a run is: on a terminal a line that is redrawn in place, elsewhere a line every ten seconds. One thread.
 */
final class Progress {

    private static final long REDRAW_NANOS = 200_000_000;
    private static final long LINE_NANOS = 10_000_000_000L;
    private static final int BAR_WIDTH = 20;

    /** How much to show. */
    enum Form {
        BAR,
        LINES,
        NONE
    }

    private final PrintWriter out;
    private final Form form;
    private final int width;
    private final double startShare;
    private final long startEvents;
    private final long startNanos = System.nanoTime();
    private long lastNanos;
    private int drawn;

    /**
     * @param width columns of the terminal
     * @param run as it is when the progress begins, which for a resumed run is not at zero
     */
    Progress(PrintWriter out, Form form, int width, ScenarioRun run) {
        this.out = out;
        this.form = form;
        this.width = width;
        startShare = run.simulation().progress();
        startEvents = run.simulation().kmc().events();
        lastNanos = form == Form.BAR ? startNanos - REDRAW_NANOS : startNanos;
    }

    void show(ScenarioRun run) {
        long now = System.nanoTime();
        if (form == Form.NONE || now - lastNanos < (form == Form.BAR ? REDRAW_NANOS : LINE_NANOS)) {
            return;
        }
        lastNanos = now;
        String text = text(run.simulation(), (now - startNanos) * 1e-9);
        if (form == Form.LINES) {
            out.println(text);
        } else {
            // One column is left free: a terminal may wrap when the last one is written.
            String line = bar(run.simulation().progress()) + "  " + text;
            line = line.substring(0, Math.min(line.length(), Math.max(1, width - 1)));
            out.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
            drawn = line.length();
        }
        out.flush();
    }

    static String bar(double share) {
        int full = (int) Math.floor(share * BAR_WIDTH);
        return "[" + "#".repeat(full) + "-".repeat(BAR_WIDTH - full) + "]";
    }

    private String text(Simulation simulation, double seconds) {
        double share = simulation.progress();
        double remaining = seconds * (1 - share) / (share - startShare);
        String left = share > startShare && seconds > 1 ? Terminal.duration(remaining) + " left" : "estimating";
        return String.format(
                Locale.ROOT,
                "%5.1f %%  %s  %.2f M events/s  t = %s  η = %.1f mV",
                100 * share,
                left,
                (simulation.kmc().events() - startEvents) / Math.max(seconds, 1e-3) / 1e6,
                Terminal.quantity(simulation.timeSeconds(), "s"),
                1e3 * simulation.overpotentialVolts());
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
