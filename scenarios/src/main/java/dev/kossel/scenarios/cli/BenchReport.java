package dev.kossel.scenarios.cli;

import dev.kossel.engine.record.RunProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code kossel bench} has measured, and where: as a Markdown table of medians and as JSON with every single timing. Ratios are taken turn by
 * turn, then their median: what disturbs a turn disturbs both sides of it.
 *
 * @param date ISO 8601
 * @param arguments of the command line
 */
record BenchReport(
        String version, String commit, String date, RunProcess process, List<String> arguments, List<Row> rows) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    BenchReport {
        arguments = List.copyOf(arguments);
        rows = List.copyOf(rows);
    }

    /**
     * A scenario in one size. The lists hold an entry a turn; {@code observed} and {@code rival} are empty where they were not asked for.
     *
     * @param box edges in cells
     */
    record Row(String scenario, String box, List<Timing> bare, List<Timing> observed, List<Rival.Result> rival) {

        Row(String scenario, String box) {
            this(scenario, box, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        /** By how much observers lower the events a second: 0.05 is a loss of 5 %. */
        double lossWithObservers() {
            return medianOfTurns(
                    observed.size(),
                    n -> 1 - observed.get(n).eventsPerSecond() / bare.get(n).eventsPerSecond());
        }

        /** The same with what it takes to end the runs that have come to their end; bare, there is nothing to end. */
        double lossToTheEnd() {
            return medianOfTurns(
                    observed.size(),
                    n -> 1
                            - observed.get(n).eventsPerSecondToTheEnd()
                                    / bare.get(n).eventsPerSecond());
        }

        /** The same in processor time, which on a machine that is not idle says more. */
        double cpuRatioToRival() {
            return medianOfTurns(
                    rival.size(),
                    n -> bare.get(n).cpuNanosPerEvent() / rival.get(n).cpuNanosPerEvent());
        }

        /** Kossel's nanoseconds an event over the rival's: 1.6 is 60 % slower. */
        double ratioToRival() {
            return medianOfTurns(
                    rival.size(),
                    n -> bare.get(n).nanosPerEvent() / rival.get(n).nanosPerEvent());
        }
    }

    @FunctionalInterface
    private interface Turn {
        double value(int n);
    }

    private static double medianOfTurns(int turns, Turn of) {
        double[] values = new double[turns];
        for (int n = 0; n < turns; n++) {
            values[n] = of.value(n);
        }
        return median(values);
    }

    /** NaN of nothing; the mean of the middle two of an even number. */
    static double median(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    static <T> double median(List<T> turns, ToDoubleFunction<T> value) {
        return median(turns.stream().mapToDouble(value).toArray());
    }

    /** The tables, with a line on where they were measured. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("kossel ").append(String.join(" ", arguments)).append("\n\n");
        text.append(String.format(
                Locale.ROOT,
                "%s, kossel %s (%s), %s, %s%nMedians of %d.%n%n",
                date,
                version,
                commit,
                process.java(),
                process.machine(),
                rows.isEmpty() ? 0 : rows.get(0).bare().size()));
        tables(text, rows);
        return text.toString();
    }

    /** The timings, and what they come to set against each other. */
    static void tables(StringBuilder text, List<Row> rows) {
        line(
                text,
                "scenario",
                "box",
                "observers",
                "events/s",
                "ns/event",
                "CPU ns/event",
                "nulls/event",
                "B/event",
                "heap B/site",
                "RSS B/site",
                "slice p50 µs",
                "p99 µs",
                "p99.9 µs",
                "max µs");
        line(
                text, "---", "---", "---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:",
                "---:", "---:");
        for (Row row : rows) {
            timings(text, row, "none", row.bare());
            timings(text, row, "all", row.observed());
        }
        if (rows.stream()
                .anyMatch(row -> !row.observed().isEmpty() || !row.rival().isEmpty())) {
            text.append('\n');
            line(
                    text,
                    "scenario",
                    "box",
                    "loss with observers",
                    "to the end",
                    "other, ns/event",
                    "other, CPU ns/event",
                    "Kossel/other",
                    "CPU");
            line(text, "---", "---", "---:", "---:", "---:", "---:", "---:", "---:");
            for (Row row : rows) {
                line(
                        text,
                        row.scenario(),
                        row.box(),
                        number("%.1f %%", 100 * row.lossWithObservers()),
                        number("%.1f %%", 100 * row.lossToTheEnd()),
                        number("%.1f", median(row.rival(), Rival.Result::nanosPerEvent)),
                        number("%.1f", median(row.rival(), Rival.Result::cpuNanosPerEvent)),
                        number("%.2f", row.ratioToRival()),
                        number("%.2f", row.cpuRatioToRival()));
            }
        }
    }

    private static void timings(StringBuilder text, Row row, String observers, List<Timing> turns) {
        if (turns.isEmpty()) {
            return;
        }
        line(
                text,
                row.scenario(),
                row.box(),
                observers,
                number("%.4g", median(turns, Timing::eventsPerSecond)),
                number("%.1f", median(turns, Timing::nanosPerEvent)),
                number("%.1f", median(turns, Timing::cpuNanosPerEvent)),
                number("%.3f", median(turns, Timing::nullsPerEvent)),
                number("%.2f", median(turns, Timing::allocatedBytesPerEvent)),
                number("%.2f", median(turns, Timing::heapBytesPerSite)),
                number("%.1f", median(turns, Timing::rssBytesPerSite)),
                number("%.1f", median(turns, timing -> timing.latency().p50Us())),
                number("%.1f", median(turns, timing -> timing.latency().p99Us())),
                number("%.1f", median(turns, timing -> timing.latency().p999Us())),
                number("%.1f", median(turns, timing -> timing.latency().maxUs())));
    }

    static void line(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    static String number(String format, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    /** What {@link #json} wrote. */
    static BenchReport read(String json) {
        return JSON.readValue(json, BenchReport.class);
    }
}
