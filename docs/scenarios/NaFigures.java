import dev.kossel.engine.record.CsvTable;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.Snapshot;
import dev.kossel.engine.record.SnapshotReader;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import dev.kossel.viz.render.MorphologyRenderer;
import dev.kossel.viz.render.MorphologyStyle;
import dev.kossel.viz.render.SpeciesStyle;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tables and pictures of na.md from the runs of na.sh, which calls this. */
public class NaFigures {

    static final List<String> SCENARIOS = List.of("na-bare", "na-vn");
    static final List<String> NAMES = List.of("Na on bare Na", "Na on VN");
    static final List<String> RATIOS = List.of("1e3", "1e4", "1e5");
    static final String RATIO = "1e4";
    static final int SEEDS = 5;
    static final Path DOCS = Path.of("docs");

    final Path runs;

    NaFigures(Path runs) {
        this.runs = runs;
    }

    public static void main(String[] arguments) throws Exception {
        NaFigures figures = new NaFigures(Path.of(arguments[0]));
        figures.tables();
        figures.overpotential();
        figures.morphologies();
    }

    Path run(String scenario, String ratio, int seed) {
        return runs.resolve(scenario + "-" + ratio + "-" + seed);
    }

    // Tables

    record Row(String name, String key, double scale, String format) {}

    void tables() throws Exception {
        List<Row> rows = List.of(
                new Row("nucleation overpotential, mV", "nucleation_overpotential_V", 1e3, "%.1f"),
                new Row("dip, mV", "dip_overpotential_V", 1e3, "%.1f"),
                new Row("plateau, mV", "plateau_overpotential_V", 1e3, "%.1f"),
                new Row("RMS roughness, nm", "rms_roughness_nm", 1, "%.3f"),
                new Row("highest point, nm", "max_height_nm", 1, "%.2f"),
                new Row("coverage, %", "coverage", 100, "%.1f"),
                new Row("most nuclei, 10¹² cm⁻²", "peak_island_density_per_m2", 1e-16, "%.2f"),
                new Row("events", "events", 1, "%.3g"));
        StringBuilder text = new StringBuilder("| |");
        RATIOS.forEach(ratio -> SCENARIOS.forEach(
                scenario -> text.append(' ').append(scenario).append(", ").append(ratio).append(" |")));
        text.append("\n| --- |").append(" --- |".repeat(RATIOS.size() * SCENARIOS.size()));
        for (Row row : rows) {
            text.append("\n| ").append(row.name()).append(" |");
            for (String ratio : RATIOS) {
                for (String scenario : SCENARIOS) {
                    text.append(' ').append(cell(row, scenario, ratio)).append(" |");
                }
            }
        }
        text.append("\n\nRatio of the nucleation overpotentials, bare to VN: ");
        text.append(String.join("; ", RATIOS.stream().map(this::quotient).toList())).append(" (measured: 68/36 = 1.9).\n");
        replace(DOCS.resolve("scenarios/na.md"), text.toString());
    }

    String quotient(String ratio) {
        double[] bare = values("nucleation_overpotential_V", "na-bare", ratio);
        double[] vn = values("nucleation_overpotential_V", "na-vn", ratio);
        double quotient = mean(bare) / mean(vn);
        double error = quotient * Math.hypot(error(bare) / mean(bare), error(vn) / mean(vn));
        return String.format(Locale.ROOT, "%.2f ± %.2f at %s", quotient, error, ratio);
    }

    String cell(Row row, String scenario, String ratio) {
        double[] values = values(row.key(), scenario, ratio);
        String format = row.format();
        return String.format(Locale.ROOT, format + " ± " + format, row.scale() * mean(values), row.scale() * error(values))
                .replace("e+0", "e");
    }

    double[] values(String key, String scenario, String ratio) {
        return IntStream.rangeClosed(1, SEEDS)
                .mapToDouble(seed -> summary(run(scenario, ratio, seed)).get(key).asDouble(Double.NaN))
                .toArray();
    }

    static JsonNode summary(Path run) {
        return JsonMapper.builder().build().readTree(run.resolve("summary.json").toFile());
    }

    static double mean(double[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
    }

    /** Standard error of the mean. */
    static double error(double[] values) {
        double mean = mean(values);
        double squares = IntStream.range(0, values.length).mapToDouble(i -> (values[i] - mean) * (values[i] - mean)).sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }

    static void replace(Path page, String text) throws Exception {
        String all = Files.readString(page);
        String begin = "<!-- made by na.sh -->\n";
        String end = "<!-- end -->\n";
        int from = all.indexOf(begin) + begin.length();
        Files.writeString(page, all.substring(0, from) + text + all.substring(all.indexOf(end)));
    }

    // Pictures

    /** Mean over the seeds, row by row: all runs are sampled at the same charges. */
    void overpotential() throws Exception {
        List<Curve> curves = new java.util.ArrayList<>();
        for (int s = 0; s < SCENARIOS.size(); s++) {
            String scenario = SCENARIOS.get(s);
            List<CsvTable> tables = new java.util.ArrayList<>();
            for (int seed = 1; seed <= SEEDS; seed++) {
                tables.add(CsvTable.read(run(scenario, RATIO, seed).resolve("statistics.csv")));
            }
            int rows = tables.stream().mapToInt(CsvTable::rowCount).min().orElseThrow();
            double[] charge = new double[rows - 1];
            double[] overpotential = new double[rows - 1];
            for (int row = 1; row < rows; row++) {
                int at = row;
                ToDoubleFunction<CsvTable> q = table -> table.column("charge_C_per_m2")[at];
                ToDoubleFunction<CsvTable> eta = table -> table.column("overpotential_V")[at];
                charge[row - 1] = tables.stream().mapToDouble(q).average().orElseThrow() / 36;
                overpotential[row - 1] = tables.stream().mapToDouble(eta).average().orElseThrow() * 1e3;
            }
            // Before the first layer on VN fills, the overpotential is positive and large; the plot begins below.
            for (int row = 0; row < overpotential.length && overpotential[row] > 20; row++) {
                overpotential[row] = Double.NaN;
            }
            curves.add(new Curve(NAMES.get(s), charge, overpotential));
        }
        BufferedImage image = new LinePlot(
                        "Plating at 0.5 mA cm⁻², mean of " + SEEDS + " seeds",
                        Axis.linear("Charge (µAh cm⁻²)"),
                        Axis.linear("Overpotential (mV)"),
                        curves)
                .image(1100, 620);
        write(image, "na-overpotential.png");
    }

    void morphologies() throws Exception {
        BufferedImage[] pictures = new BufferedImage[SCENARIOS.size()];
        for (int s = 0; s < pictures.length; s++) {
            Path run = run(SCENARIOS.get(s), RATIO, 1);
            Snapshot last = SnapshotReader.readLatest(run);
            RunLayout layout;
            try (RunDirectory directory = RunDirectory.read(run)) {
                layout = directory.manifest().layout();
            }
            List<SpeciesStyle> looks = layout.species().stream()
                    .map(label -> label.vacant()
                            ? SpeciesStyle.hidden(label.name())
                            : SpeciesStyle.solid(label.name(), label.color()))
                    .toList();
            MorphologyStyle style =
                    MorphologyStyle.of(looks).withSize(600, 480, 3).withTitle(NAMES.get(s)).withFrameHeightNm(5);
            pictures[s] = MorphologyRenderer.render(last.lattice(), style);
        }
        BufferedImage both = new BufferedImage(1200, 480, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = both.createGraphics();
        graphics.drawImage(pictures[0], 0, 0, null);
        graphics.drawImage(pictures[1], 600, 0, null);
        graphics.dispose();
        write(both, "na-bare-and-na-vn.png");
    }

    static void write(BufferedImage image, String name) throws Exception {
        File file = DOCS.resolve("images").resolve(name).toFile();
        ImageIO.write(image, "png", file);
        System.out.println(file + " " + file.length() / 1000 + " kB");
    }
}
