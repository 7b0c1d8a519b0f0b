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
 * @param wide the same in boxes of a width at which memory by site counts, one turn each
 * @param replicas one entry a turn
 * @param rivals the same of the other program; empty without one
 * @param jdks on two JDKs, one entry a turn and scenario; empty without another
 */
record SuiteReport(
        BenchReport where,
        List<BenchReport.Row> r1,
        List<BenchReport.Row> observed,
        List<BenchReport.Row> wide,
        List<Pair> replicas,
        List<Pair> rivals,
        List<JdkTurn> jdks) {

    private static final int PLOT_WIDTH = 900;
    private static final int PLOT_HEIGHT = 540;

    SuiteReport {
        r1 = List.copyOf(r1);
        observed = List.copyOf(observed);
        wide = List.copyOf(wide);
        replicas = List.copyOf(replicas);
        rivals = List.copyOf(rivals);
        jdks = List.copyOf(jdks);
    }

    /** Nanoseconds an event on this JDK and on another, one after the other. */
    record JdkTurn(String scenario, String here, double hereNanos, String there, double thereNanos) {}

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
        all.addAll(wide);
        BenchReport.tables(text, all);
        jdks(text);
        return text.toString();
    }

    private void jdks(StringBuilder text) {
        if (jdks.isEmpty()) {
            return;
        }
        JdkTurn first = jdks.get(0);
        text.append('\n');
        line(text, "scenario", first.here() + ", ns/event", first.there() + ", ns/event", "second/first");
        line(text, "---", "---:", "---:", "---:");
        for (String scenario : jdks.stream().map(JdkTurn::scenario).distinct().toList()) {
            List<JdkTurn> turns = jdks.stream()
                    .filter(turn -> turn.scenario().equals(scenario))
                    .toList();
            line(
                    text,
                    scenario,
                    number("%.1f", median(turns, JdkTurn::hereNanos)),
                    number("%.1f", median(turns, JdkTurn::thereNanos)),
                    number("%.2f", median(turns, turn -> turn.thereNanos() / turn.hereNanos())));
        }
    }

    /** A row of the table of targets. Limits that are NaN are not there. */
    private static void target(
            StringBuilder text,
            String what,
            boolean higher,
            double atLeast,
            double aim,
            double value,
            String measured) {
        double sign = higher ? 1 : -1;
        String verdict = Double.isNaN(atLeast) || Double.isNaN(value)
                ? ""
                : sign * value >= sign * aim ? "aim" : sign * value >= sign * atLeast ? "met" : "missed";
        String relation = higher ? "≥ " : "≤ ";
        line(
                text,
                what,
                Double.isNaN(atLeast) ? "" : relation + plain(atLeast),
                Double.isNaN(aim) ? "" : relation + plain(aim),
                measured,
                verdict);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private void targets(StringBuilder text) {
        line(text, "", "at least", "aim", "measured", "verdict");
        line(text, "---", "---:", "---:", "---:", "---");
        for (BenchReport.Row row : r1) {
            if (!row.rival().isEmpty()) {
                boolean middle = edge(row) >= 128 && edge(row) <= 512;
                boolean beyond = edge(row) > 2048;
                target(
                        text,
                        "R1, L = " + edge(row) + ", ns/event over those of the other program",
                        false,
                        beyond ? Double.NaN : middle ? 1.6 : 2,
                        beyond ? Double.NaN : middle ? 1 : 1.2,
                        row.ratioToRival(),
                        number("%.2f", row.ratioToRival()) + number(" (CPU %.2f)", row.cpuRatioToRival()));
            }
        }
        BenchReport.Row smallest = r1.get(0);
        BenchReport.Row largest = r1.get(r1.size() - 1);
        double growth = value(largest, Timing::nanosPerEvent) / value(smallest, Timing::nanosPerEvent);
        target(
                text,
                String.format(
                        Locale.ROOT, "growth of ns/event from %.1e to %.1e sites", sites(smallest), sites(largest)),
                false,
                3,
                2,
                growth,
                number("%.2f", growth)
                        + number(
                                " (CPU %.2f)",
                                value(largest, Timing::cpuNanosPerEvent) / value(smallest, Timing::cpuNanosPerEvent)));
        List<BenchReport.Row> large =
                r1.stream().filter(row -> edge(row) >= 512).toList();
        bytes(text, "live heap per site, B, R1 at L ≥ 512 (the process's RSS in brackets)", 6, 3, large, false);
        bytesOf(text, observed, "in their own boxes");
        bytesOf(text, wide, "in boxes " + edges(wide) + " cells wide");
        for (BenchReport.Row row : observed) {
            loss(text, row, 15, 5);
        }
        // One turn tells nothing to the per cent: what a wider box makes of it.
        wide.forEach(row -> loss(text, row, Double.NaN, Double.NaN));
        observed.stream().filter(row -> row.scenario().startsWith("na-")).forEach(row -> {
            double millions = value(row, Timing::eventsPerSecond) * 1e-6;
            target(
                    text,
                    "sodium scenario (" + row.scenario() + "), million events/s",
                    true,
                    3,
                    8,
                    millions,
                    number("%.2f", millions)
                            + number(" (a CPU second: %.2f)", 1e3 / value(row, Timing::cpuNanosPerEvent)));
        });
        double allocated = value(largest, Timing::allocatedBytesPerEvent);
        // What the loop's lists grow by, and a look at the counters now and then, is no allocation of an event.
        target(text, "allocation in the loop, B/event, R1", false, 0.05, 0.05, allocated, number("%.3f", allocated));
        double gain = median(replicas, Pair::gain);
        target(
                text,
                "two replicas at once against one after the other, events/s",
                true,
                1.7,
                1.95,
                gain,
                number("%.2f", gain));
        if (!rivals.isEmpty()) {
            double rivalGain = median(rivals, Pair::gain);
            target(
                    text,
                    "the same of the other program",
                    true,
                    Double.NaN,
                    Double.NaN,
                    rivalGain,
                    number("%.2f", rivalGain));
        }
    }

    private static void loss(StringBuilder text, BenchReport.Row row, double atLeast, double aim) {
        double loss = 100 * row.lossWithObservers();
        target(
                text,
                "loss of events/s with observers, %, " + row.scenario() + ", " + row.box()
                        + " (to the end of the run in brackets)",
                false,
                atLeast,
                aim,
                loss,
                number("%.1f", loss) + number(" (%.1f)", 100 * row.lossToTheEnd()));
    }

    private static void bytesOf(StringBuilder text, List<BenchReport.Row> rows, String where) {
        String what = "the same of " + scenarios(rows) + " " + where;
        bytes(text, what, 16, 8, rows, false);
        bytes(text, what + ", with observers", 16, 8, rows, true);
    }

    private static String scenarios(List<BenchReport.Row> rows) {
        return String.join(
                ", ", rows.stream().map(BenchReport.Row::scenario).distinct().toList());
    }

    private static String edges(List<BenchReport.Row> rows) {
        return String.join(
                ", ",
                rows.stream().map(row -> Integer.toString(edge(row))).distinct().toList());
    }

    private static void bytes(
            StringBuilder text,
            String what,
            double atLeast,
            double aim,
            List<BenchReport.Row> rows,
            boolean withObservers) {
        double heap = highest(rows, withObservers, Timing::heapBytesPerSite);
        target(
                text,
                what,
                false,
                atLeast,
                aim,
                heap,
                number("%.2f", heap) + number(" (%.1f)", highest(rows, withObservers, Timing::rssBytesPerSite)));
    }

    private static double value(BenchReport.Row row, ToDoubleFunction<Timing> value) {
        return median(row.bare(), value);
    }

    private static double highest(List<BenchReport.Row> rows, boolean withObservers, ToDoubleFunction<Timing> value) {
        return rows.stream()
                .mapToDouble(row -> median(withObservers ? row.observed() : row.bare(), value))
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
