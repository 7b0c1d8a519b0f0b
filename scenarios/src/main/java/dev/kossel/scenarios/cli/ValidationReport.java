package dev.kossel.scenarios.cli;

import dev.kossel.engine.record.RunProcess;
import dev.kossel.scenarios.validation.Check;
import dev.kossel.scenarios.validation.Findings;
import dev.kossel.scenarios.validation.Measurement;
import dev.kossel.scenarios.validation.Verdict;
import dev.kossel.viz.plot.LinePlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code kossel validate} has measured: a table for a person, Markdown with plots, and JSON.
 *
 * @param date ISO 8601
 * @param arguments of the command line
 */
record ValidationReport(
        String version, String commit, String date, RunProcess process, List<String> arguments, List<Line> lines) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * One check.
     *
     * @param findings null if it could not be carried out
     * @param failure why not
     */
    record Line(Check check, @Nullable Findings findings, String failure, double seconds) {

        boolean pass() {
            return findings != null && findings.pass();
        }

        String text() {
            StringBuilder text = new StringBuilder(
                    String.format(Locale.ROOT, "%-4s  %s (%.1f s)%n", pass() ? "pass" : "FAIL", check.name(), seconds));
            if (findings == null) {
                return text.append("      ")
                        .append(failure)
                        .append(System.lineSeparator())
                        .toString();
            }
            for (Measurement one : findings.measurements()) {
                text.append(String.format(
                        Locale.ROOT,
                        "      %-62s expected %-22s measured %-28s %s%n",
                        one.quantity(),
                        one.expectation(),
                        one.result(),
                        verdict(one)));
            }
            return text.toString();
        }
    }

    private static String verdict(Measurement measurement) {
        return measurement.verdict() == Verdict.PASS
                ? "pass"
                : measurement.verdict().name();
    }

    boolean pass() {
        return lines.stream().allMatch(Line::pass);
    }

    String summary() {
        long passed = lines.stream().filter(Line::pass).count();
        return String.format(Locale.ROOT, "%d of %d checks pass.", passed, lines.size());
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Line line : lines) {
            if (line.findings() != null) {
                List<LinePlot> plots = line.findings().plots();
                for (int n = 0; n < plots.size(); n++) {
                    ImageIO.write(
                            plots.get(n).image(1000, 625),
                            "png",
                            directory.resolve(plotName(line, n)).toFile());
                }
            }
        }
        Files.writeString(directory.resolve("validation.md"), markdown());
        Files.writeString(directory.resolve("validation.json"), JSON.writeValueAsString(entries()) + "\n");
    }

    private static String plotName(Line line, int n) {
        return line.check().name() + (n == 0 ? "" : "-" + (n + 1)) + ".png";
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("# Validation\n\n");
        text.append("`kossel ")
                .append(String.join(" ", arguments))
                .append("`: ")
                .append(summary())
                .append("\n\n");
        text.append(String.format(
                Locale.ROOT,
                "%s, kossel %s (%s), %s, %s. A value passes within four standard errors and the tolerance stated with it.%n%n",
                date,
                version,
                commit,
                process.java(),
                process.machine()));
        text.append(
                "| check | quantity | expected | measured | verdict | s |\n| --- | --- | --- | --- | --- | ---: |\n");
        for (Line line : lines) {
            rows(text, line);
        }
        text.append("\n## The laws\n");
        for (Line line : lines) {
            text.append("\n### ").append(line.check().name()).append("\n\n");
            text.append(line.check().law())
                    .append(". Source: ")
                    .append(line.check().source())
                    .append(".\n");
            if (line.findings() != null) {
                for (int n = 0; n < line.findings().plots().size(); n++) {
                    text.append("\n![")
                            .append(line.findings().plots().get(n).title())
                            .append("](");
                    text.append(plotName(line, n)).append(")\n");
                }
            }
        }
        return text.toString();
    }

    private static void rows(StringBuilder text, Line line) {
        String name = line.check().name();
        String seconds = String.format(Locale.ROOT, "%.1f", line.seconds());
        if (line.findings() == null) {
            row(text, name, line.failure(), "", "", "FAIL", seconds);
            return;
        }
        for (Measurement one : line.findings().measurements()) {
            row(text, name, one.quantity(), one.expectation(), one.result(), verdict(one), seconds);
            name = "";
            seconds = "";
        }
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells).replace("\n", " ")).append(" |\n");
    }

    private Map<String, Object> entries() {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("date", date);
        entries.put("version", version);
        entries.put("commit", commit);
        entries.put("java", process.java());
        entries.put("machine", process.machine());
        entries.put("arguments", arguments);
        entries.put("pass", pass());
        entries.put("checks", lines.stream().map(ValidationReport::entry).toList());
        return entries;
    }

    private static Map<String, Object> entry(Line line) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", line.check().name());
        entry.put("law", line.check().law());
        entry.put("source", line.check().source());
        entry.put("pass", line.pass());
        entry.put("seconds", line.seconds());
        entry.put("failure", line.failure());
        entry.put(
                "measurements",
                line.findings() == null
                        ? List.of()
                        : line.findings().measurements().stream()
                                .map(ValidationReport::entry)
                                .toList());
        return entry;
    }

    private static Map<String, Object> entry(Measurement measurement) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("quantity", measurement.quantity());
        entry.put("comparison", measurement.comparison().name().toLowerCase(Locale.ROOT));
        entry.put("expected", measurement.expected());
        entry.put("measured", measurement.measured());
        entry.put("standard_error", measurement.standardError());
        entry.put("tolerance", measurement.tolerance());
        entry.put("verdict", measurement.verdict().name().toLowerCase(Locale.ROOT));
        return entry;
    }
}
