package dev.kossel.scenarios.cli;

import java.io.Console;
import java.time.Duration;
import java.util.Locale;

/** What is written for a person's eyes: whether there is one to see it, and times and numbers in words. Stateless. */
final class Terminal {

    private Terminal() {}

    /** Whether standard input and output are a terminal. */
    static boolean isPresent() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From Java 22 on there is always a console, and it is asked.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** {@code 7 s}, {@code 3 min 20 s}, {@code 5 h 02 min}, {@code 12 days}. */
    static String duration(double seconds) {
        if (!(seconds < 1e10)) {
            return "for ever";
        }
        Duration time = Duration.ofSeconds(Math.round(seconds));
        if (time.toMinutes() == 0) {
            return time.toSeconds() + " s";
        } else if (time.toHours() == 0) {
            return String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart());
        } else if (time.toDays() < 3) {
            return String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart());
        }
        return time.toDays() + " days";
    }

    /** Four digits and the unit with a prefix: {@code 1.234 ms}. */
    static String quantity(double value, String unit) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0 " + unit : value + " " + unit;
        }
        String prefixes = "afpnµm kMGTPE";
        int thousands = (int) Math.floor(Math.log10(Math.abs(value)) / 3);
        thousands = Math.max(-6, Math.min(6, thousands));
        char prefix = prefixes.charAt(thousands + 6);
        return String.format(Locale.ROOT, "%.4g", value / Math.pow(1000, thousands)) + " "
                + (prefix == ' ' ? "" : prefix) + unit;
    }
}
