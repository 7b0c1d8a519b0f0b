package dev.kossel.scenarios.cli;

import dev.kossel.engine.record.CsvTable;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunManifest;
import dev.kossel.engine.record.RunStatus;
import dev.kossel.engine.record.SnapshotSeries;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code kossel info}. */
@Command(
        name = "info",
        description = "Tell what a run directory holds and how its run stands, also while it goes on.",
        footerHeading = "%nExamples:%n",
        footer = {"  kossel info runs/na-vn-1", "  kossel info runs/na-vn-1 --json | jq .summary.rms_roughness_nm"})
final class InfoCommand implements Runnable {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The run directory.")
    private Path path;

    @Option(names = "--json", description = "Print manifest.json, summary.json and the latest statistics as JSON.")
    private boolean json;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try (RunDirectory directory = RunDirectory.read(path)) {
            if (json) {
                out.println(JSON.writeValueAsString(entries(directory)));
            } else {
                print(directory, out);
            }
            out.flush();
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CommandFailure.failed("the run directory cannot be read: " + e.getMessage());
        }
    }

    private static String state(RunManifest manifest, boolean beingWritten) {
        if (manifest.status() == RunStatus.RUNNING) {
            return beingWritten ? "running" : "killed";
        }
        return manifest.status().name().toLowerCase(Locale.ROOT);
    }

    private Map<String, @Nullable Object> entries(RunDirectory directory) throws IOException {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        entries.put("path", directory.root().toString());
        entries.put("state", state(directory.manifest(), directory.isBeingWritten()));
        entries.put("manifest", JSON.readTree(Files.readAllBytes(directory.manifestFile())));
        entries.put(
                "summary",
                isSummaryCurrent(directory) ? JSON.readTree(Files.readAllBytes(directory.summaryFile())) : null);
        entries.put("latest", latest(directory));
        return entries;
    }

    /** A resumed run that goes on has the summary of its last stop. */
    private static boolean isSummaryCurrent(RunDirectory directory) throws IOException {
        RunStatus status = directory.manifest().status();
        return Files.exists(directory.summaryFile()) && (status == RunStatus.COMPLETED || status == RunStatus.STOPPED);
    }

    private static Map<String, @Nullable Double> latest(RunDirectory directory) throws IOException {
        Map<String, @Nullable Double> latest = new LinkedHashMap<>();
        if (Files.exists(directory.statisticsFile())) {
            CsvTable table = CsvTable.read(directory.statisticsFile());
            for (String column : table.rowCount() == 0 ? java.util.List.<String>of() : table.columns()) {
                double value = table.column(column)[table.rowCount() - 1];
                latest.put(column, Double.isFinite(value) ? value : null);
            }
        }
        return latest;
    }

    private void print(RunDirectory directory, PrintWriter out) throws IOException {
        RunManifest manifest = directory.manifest();
        String state = state(manifest, directory.isBeingWritten());
        out.println(manifest.scenario());
        line(out, "run", path + ", " + state + (manifest.reason() == null ? "" : ": " + manifest.reason()));
        line(out, "started", manifest.started() + (manifest.ended() == null ? "" : ", ended " + manifest.ended()));
        line(
                out,
                "by",
                "kossel " + manifest.version() + " (" + manifest.commit() + "), "
                        + manifest.process().java());
        line(
                out,
                "on",
                manifest.process().host() + " (process " + manifest.process().pid() + "), "
                        + manifest.process().machine());
        if (!manifest.resumes().isEmpty()) {
            line(
                    out,
                    "resumed",
                    manifest.resumes().size() + " times, last "
                            + manifest.resumes()
                                    .get(manifest.resumes().size() - 1)
                                    .at());
        }
        line(out, "seed", Long.toString(manifest.seed()));
        line(out, "lattice", manifest.layout().geometry().toString());
        line(out, "snapshots", Integer.toString(SnapshotSeries.list(directory).size()));
        out.println();
        if (isSummaryCurrent(directory)) {
            out.print(Files.readString(directory.summaryTextFile()));
        } else {
            out.println("Latest row of statistics.csv");
            latest(directory).forEach((column, value) -> {
                if (value != null) {
                    line(out, column, String.format(Locale.ROOT, "%.6g", value));
                }
            });
        }
        if (state.equals("killed") || manifest.status() == RunStatus.STOPPED || manifest.status() == RunStatus.FAILED) {
            out.println();
            out.println("To go on: kossel resume " + path);
        }
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println(String.format(Locale.ROOT, "  %-27s %s", name, value));
    }
}
