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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tables and pictures of zn.md from the runs of zn.sh, which calls this. */
public class ZnFigures {

    static final List<String> SCENARIOS = List.of("zn-002", "zn-100");
    static final List<String> NAMES = List.of("basal plane up", "on its side");
    static final List<String> RATIOS = List.of("1e2", "1e3");
    static final String RATIO = "1e3";
    static final int SEEDS = 5;
    static final Path DOCS = Path.of("docs");

    final Path runs;

    ZnFigures(Path runs) {
        this.runs = runs;
    }

    public static void main(String[] arguments) throws Exception {
        ZnFigures figures = new ZnFigures(Path.of(arguments[0]));
        figures.table();
        figures.plot("zn-overpotential.png", "Overpotential (mV)", 1e3, "overpotential_V");
        figures.plot("zn-facets.png", "Fraction of the surface that faces as (002)", 1, "facet_fraction_002");
        figures.morphologies();
    }

    Path run(String scenario, String ratio, int seed) {
        return runs.resolve(scenario + "-" + ratio + "-" + seed);
    }

    record Row(String name, String key, double scale, String format) {}

    void table() throws Exception {
        List<Row> rows = List.of(
                new Row("nucleation overpotential, mV", "nucleation_overpotential_V", 1e3, "%.1f"),
                new Row("dip, mV", "dip_overpotential_V", 1e3, "%.1f"),
                new Row("plateau, mV", "plateau_overpotential_V", 1e3, "%.1f"),
                new Row("RMS roughness, nm", "rms_roughness_nm", 1, "%.3f"),
                new Row("highest point, nm", "max_height_nm", 1, "%.2f"),
                new Row("coverage, %", "coverage", 100, "%.1f"),
                new Row("surface over that seen from above", "facet_area_ratio", 1, "%.2f"),
                new Row("of the surface (002), %", "facet_fraction_002", 100, "%.1f"),
                new Row("(100), %", "facet_fraction_100", 100, "%.1f"),
                new Row("(101), %", "facet_fraction_101", 100, "%.1f"),
                new Row("(110), %", "facet_fraction_110", 100, "%.1f"),
                new Row("other, %", "facet_fraction_other", 100, "%.1f"),
                new Row("texture coefficient of (002)", "texture_coefficient_002", 1, "%.2f"),
                new Row("events", "events", 1, "%.3g"));
        StringBuilder text = new StringBuilder("| |");
        RATIOS.forEach(ratio -> SCENARIOS.forEach(
                scenario -> text.append(' ').append(scenario).append(", ").append(ratio).append(" |")));
        text.append("\n| --- |").append(" --- |".repeat(RATIOS.size() * SCENARIOS.size()));
        for (Row row : rows) {
            text.append("\n| ").append(row.name()).append(" |");
            for (String ratio : RATIOS) {
                for (String scenario : SCENARIOS) {
                    double[] values = IntStream.rangeClosed(1, SEEDS)
                            .mapToDouble(seed -> value(row.key(), run(scenario, ratio, seed)))
                            .toArray();
                    String format = " " + row.format() + " ± " + row.format() + " |";
                    text.append(String.format(Locale.ROOT, format, row.scale() * mean(values), row.scale() * error(values))
                            .replace("e+0", "e"));
                }
            }
        }
        Path page = DOCS.resolve("scenarios/zn.md");
        String all = Files.readString(page);
        String begin = "<!-- made by zn.sh -->\n";
        int from = all.indexOf(begin) + begin.length();
        Files.writeString(page, all.substring(0, from) + text + "\n" + all.substring(all.indexOf("<!-- end -->")));
    }

    /** From the summary, or the last row of the statistics. */
    static double value(String key, Path run) {
        JsonNode summary = JsonMapper.builder().build().readTree(run.resolve("summary.json").toFile());
        if (summary.has(key)) {
            return summary.get(key).asDouble(Double.NaN);
        }
        double[] column = column(run, key);
        return column[column.length - 1];
    }

    static double[] column(Path run, String key) {
        try {
            return CsvTable.read(run.resolve("statistics.csv")).column(key);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** Standard error of the mean. */
    static double error(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }

    /** Mean over the seeds, row by row where a row has the column: all runs are sampled at the same charges. */
    void plot(String file, String title, double scale, String column) throws Exception {
        List<Curve> curves = new ArrayList<>();
        for (int s = 0; s < SCENARIOS.size(); s++) {
            String scenario = SCENARIOS.get(s);
            List<double[]> charges = new ArrayList<>();
            List<double[]> values = new ArrayList<>();
            for (int seed = 1; seed <= SEEDS; seed++) {
                double[] all = column(run(scenario, RATIO, seed), column);
                double[] charge = column(run(scenario, RATIO, seed), "charge_C_per_m2");
                int[] rows = IntStream.range(1, all.length).filter(row -> !Double.isNaN(all[row])).toArray();
                values.add(Arrays.stream(rows).mapToDouble(row -> scale * all[row]).toArray());
                charges.add(Arrays.stream(rows).mapToDouble(row -> charge[row] / 36).toArray());
            }
            int rows = values.stream().mapToInt(all -> all.length).min().orElseThrow();
            curves.add(new Curve(NAMES.get(s), means(charges, rows), means(values, rows)));
        }
        write(
                new LinePlot(
                                "Zinc at 10 mA cm⁻², mean of " + SEEDS + " seeds",
                                Axis.linear("Charge (µAh cm⁻²)"),
                                Axis.linear(title),
                                curves)
                        .image(1100, 620),
                file);
    }

    static double[] means(List<double[]> columns, int rows) {
        return IntStream.range(0, rows)
                .mapToDouble(row -> columns.stream().mapToDouble(column -> column[row]).average().orElseThrow())
                .toArray();
    }

    void morphologies() throws Exception {
        BufferedImage both = new BufferedImage(1200, 560, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = both.createGraphics();
        for (int s = 0; s < SCENARIOS.size(); s++) {
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
                    MorphologyStyle.of(looks).withSize(600, 560, 3).withTitle(NAMES.get(s)).withFrameHeightNm(12);
            graphics.drawImage(MorphologyRenderer.render(last.lattice(), style), 600 * s, 0, null);
        }
        graphics.dispose();
        write(both, "zn-002-and-zn-100.png");
    }

    static void write(BufferedImage image, String name) throws Exception {
        File file = DOCS.resolve("images").resolve(name).toFile();
        ImageIO.write(image, "png", file);
        System.out.println(file + " " + file.length() / 1000 + " kB");
    }
}
