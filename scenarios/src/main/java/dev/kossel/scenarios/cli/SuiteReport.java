package dev.kossel.scenarios.cli;

import static dev.kossel.scenarios.cli.BenchReport.line;
import static dev.kossel.scenarios.cli.BenchReport.median;
import static dev.kossel.scenarios.cli.BenchReport.number;

import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;

/**
 * What {@link BenchSuite} has measured: the table of targets, the tables behind it, and a plot of nanoseconds an event against the size of the box.
 *
 * @param where machine, JDK and commit, which all parts share
 * @param r1 by size, without observers
 * @param observed scenarios with and without observers: r1, the sodium scenario, the one of many species
 * @param replicas one entry a turn
 * @param rivals the same of the other program; empty without one
 */
record SuiteReport(
        BenchReport where,
        List<BenchReport.Row> r1,
        List<BenchReport.Row> observed,
        List<Pair> replicas,
        List<Pair> rivals) {

    private static final int PLOT_WIDTH = 900;
    private static final int PLOT_HEIGHT = 540;

    SuiteReport {
        r1 = List.copyOf(r1);
        observed = List.copyOf(observed);
        replicas = List.copyOf(replicas);
        rivals = List.copyOf(rivals);
    }

    /**
     * Events a second.
     *
     * @param together of two processes at the same time, added up
     */
    record Pair(double alone, double together) {
        double gain() {
            return together / alone;
        }
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s, kossel %s (%s), %s, %s%nMedians of %d; ratios turn by turn.%n%n",
                where.date(),
                where.version(),
                where.commit(),
                where.process().java(),
                where.process().machine(),
                r1.get(0).bare().size()));
        targets(text);
        text.append('\n');
        List<BenchReport.Row> all = new ArrayList<>(r1);
        all.addAll(observed);
        BenchReport.tables(text, all);
        return text.toString();
    }

    private void targets(StringBuilder text) {
        line(text, "", "at least", "aim", "measured");
        line(text, "---", "---:", "---:", "---:");
        for (BenchReport.Row row : r1) {
            if (!row.rival().isEmpty()) {
                boolean middle = edge(row) >= 128 && edge(row) <= 512;
                line(
                        text,
                        "R1, L = " + edge(row) + ", ns/event over those of the other program",
                        edge(row) > 2048 ? "" : middle ? "1.6" : "2",
                        edge(row) > 2048 ? "" : middle ? "1.0" : "1.2",
                        number("%.2f", row.ratioToRival()) + number(" (CPU %.2f)", row.cpuRatioToRival()));
            }
        }
        BenchReport.Row smallest = r1.get(0);
        BenchReport.Row largest = r1.get(r1.size() - 1);
        line(
                text,
                String.format(
                        Locale.ROOT, "growth of ns/event from %.1e to %.1e sites", sites(smallest), sites(largest)),
                "≤ 3",
                "≤ 2",
                number("%.2f", value(largest, Timing::nanosPerEvent) / value(smallest, Timing::nanosPerEvent))
                        + number(
                                " (CPU %.2f)",
                                value(largest, Timing::cpuNanosPerEvent) / value(smallest, Timing::cpuNanosPerEvent)));
        line(
                text,
                "resident bytes per site, R1 at L ≥ 512",
                "6",
                "3",
                number(
                        "%.2f",
                        highest(r1.stream().filter(row -> edge(row) >= 512).toList())));
        line(text, "resident bytes per site, other scenarios", "16", "8", number("%.2f", highest(observed)));
        for (BenchReport.Row row : observed) {
            line(
                    text,
                    "loss of events/s with observers, " + row.scenario(),
                    "≤ 15 %",
                    "≤ 5 %",
                    number("%.1f %%", 100 * row.lossWithObservers()));
        }
        observed.stream()
                .filter(row -> row.scenario().startsWith("na-"))
                .forEach(row -> line(
                        text,
                        "sodium scenario (" + row.scenario() + "), million events/s",
                        "3",
                        "8",
                        number("%.2f", value(row, Timing::eventsPerSecond) * 1e-6)
                                + number(" (a CPU second: %.2f)", 1e3 / value(row, Timing::cpuNanosPerEvent))));
        line(
                text,
                "allocation in the loop, B/event, R1",
                "0",
                "0",
                number("%.3f", value(largest, Timing::allocatedBytesPerEvent)));
        line(
                text,
                "two replicas at once against one, events/s",
                "1.7",
                "1.95",
                number("%.2f", median(replicas, Pair::gain)));
        if (!rivals.isEmpty()) {
            line(text, "the same of the other program", "", "", number("%.2f", median(rivals, Pair::gain)));
        }
    }

    private static double value(BenchReport.Row row, ToDoubleFunction<Timing> value) {
        return median(row.bare(), value);
    }

    private static double highest(List<BenchReport.Row> rows) {
        return rows.stream()
                .mapToDouble(row -> value(row, Timing::bytesPerSite))
                .max()
                .orElse(Double.NaN);
    }

    private static double sites(BenchReport.Row row) {
        return row.bare().get(0).sites();
    }

    private static int edge(BenchReport.Row row) {
        return Integer.parseInt(row.box().split(" ")[0]);
    }

    /** Nanoseconds an event against sites, of r1. */
    LinePlot plot() {
        double[] sites = r1.stream().mapToDouble(SuiteReport::sites).toArray();
        List<Curve> curves = new ArrayList<>();
        curves.add(curve("Kossel", sites, row -> value(row, Timing::nanosPerEvent)));
        curves.add(curve("Kossel, processor time", sites, row -> value(row, Timing::cpuNanosPerEvent)));
        if (r1.stream().noneMatch(row -> row.rival().isEmpty())) {
            curves.add(curve("other program", sites, row -> median(row.rival(), Rival.Result::nanosPerEvent)));
            curves.add(curve(
                    "other program, processor time",
                    sites,
                    row -> median(row.rival(), Rival.Result::cpuNanosPerEvent)));
        }
        return new LinePlot("R1", Axis.logarithmic("Sites"), Axis.linear("ns/event"), curves);
    }

    private Curve curve(String name, double[] sites, ToDoubleFunction<BenchReport.Row> value) {
        return new Curve(name, sites, r1.stream().mapToDouble(value).toArray());
    }

    /** Writes {@code suite.md} and {@code ns-per-event.png}; the parts have written theirs. */
    void save(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("suite.md"), markdown());
        ImageIO.write(
                plot().image(PLOT_WIDTH, PLOT_HEIGHT),
                "png",
                directory.resolve("ns-per-event.png").toFile());
    }
}
