import dev.kossel.engine.record.CsvTable;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** The pictures of tip-effect.md from the runs of tip-effect.sh, which calls this. */
public class TipFigures {

    static final int SEEDS = 5;

    public static void main(String[] arguments) throws Exception {
        Path runs = Path.of(arguments[0]);
        List<Curve> curves = List.of(
                lead(runs, "tip-effect", "with transport and field"),
                lead(runs, "tip-effect-reservoir", "from a reservoir"));
        File file = new File("docs/images/tip-effect.png");
        ImageIO.write(
                new LinePlot(
                                "A protrusion of 3 µm plated at 400 mA cm⁻², mean of 5 seeds",
                                Axis.linear("Charge (mAh cm⁻²)"),
                                Axis.linear("Tip above the mean height (µm)"),
                                curves)
                        .image(1100, 620),
                "png",
                file);
        System.out.println(file + " " + file.length() / 1000 + " kB");
        file = new File("docs/images/tip-current.png");
        ImageIO.write(
                new LinePlot(
                                "Where the current goes, after 0.07 mAh cm⁻², mean of 5 seeds",
                                Axis.linear("Height above the initial plate (µm)"),
                                Axis.linear("Current per site over the mean"),
                                List.of(
                                        profile(runs, "tip-effect", "protrusion, with transport and field", -1, 3.6, 0),
                                        profile(runs, "pit-effect", "pit, with transport and field", -3.2, 0.8, 0),
                                        new Curve("from a reservoir", new double[] {-3, 3.6}, new double[] {1, 1})))
                        .image(1100, 620),
                "png",
                file);
        System.out.println(file + " " + file.length() / 1000 + " kB");
        for (String scenario : List.of("tip-effect", "pit-effect")) {
            for (String column : List.of("tip_current_ratio", "pit_current_ratio", "max_height_nm", "min_height_nm")) {
                System.out.println(scenario + " " + column + ", first row and last, mean: " + ends(runs, scenario, column));
            }
        }
    }

    /** Of the snapshot {@code moment}, from 0, mean over the seeds by height; layers of the same height, to 10 nm, are one. */
    static Curve profile(Path runs, String scenario, String name, double from, double to, int moment) throws Exception {
        TreeMap<Integer, double[]> byHeight = new TreeMap<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            CsvTable table = CsvTable.read(runs.resolve(scenario + "-" + seed).resolve("currents.csv"));
            double[] time = table.column("time_s");
            double wanted = Arrays.stream(time).distinct().skip(moment).findFirst().orElseThrow();
            for (int row = 0; row < time.length; row++) {
                if (time[row] == wanted) {
                    double[] sums = byHeight.computeIfAbsent(
                            (int) Math.rint(table.column("height_nm")[row] / 10), height -> new double[2]);
                    sums[0] += table.column("current_ratio")[row];
                    sums[1]++;
                }
            }
        }
        double[] heights = byHeight.keySet().stream()
                .filter(height -> height >= 100 * from && height <= 100 * to)
                .mapToDouble(height -> height * 1e-2)
                .toArray();
        double[] ratios = Arrays.stream(heights)
                .map(height -> {
                    double[] sums = byHeight.get((int) Math.rint(height * 1e2));
                    return sums[0] / sums[1];
                })
                .toArray();
        System.out.println(scenario + ": " + Arrays.toString(heights) + " " + Arrays.toString(ratios));
        return new Curve(name, heights, ratios);
    }

    static String ends(Path runs, String scenario, String column) throws Exception {
        double first = 0;
        double last = 0;
        double squares = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            double[] values = CsvTable.read(runs.resolve(scenario + "-" + seed).resolve("statistics.csv")).column(column);
            first += values[1] / SEEDS;
            last += values[values.length - 1] / SEEDS;
            squares += values[values.length - 1] * values[values.length - 1] / SEEDS;
        }
        return String.format(
                Locale.ROOT, "%.3f, %.3f ± %.3f", first, last, Math.sqrt((squares - last * last) / (SEEDS - 1)));
    }

    /** Mean over the seeds, row by row: all runs are sampled at the same charges. */
    static Curve lead(Path runs, String scenario, String name) throws Exception {
        double[] charge = {};
        double[] lead = {};
        StringBuilder last = new StringBuilder();
        for (int seed = 1; seed <= SEEDS; seed++) {
            CsvTable table = CsvTable.read(runs.resolve(scenario + "-" + seed).resolve("statistics.csv"));
            int rows = seed == 1 ? table.rowCount() : Math.min(charge.length, table.rowCount());
            charge = Arrays.copyOf(charge, rows);
            lead = Arrays.copyOf(lead, rows);
            double[] top = table.column("max_height_nm");
            double[] mean = table.column("mean_height_nm");
            for (int row = 0; row < rows; row++) {
                charge[row] += table.column("charge_C_per_m2")[row] / 36e3 / SEEDS;
                lead[row] += (top[row] - mean[row]) * 1e-3 / SEEDS;
            }
            last.append(String.format(Locale.ROOT, " %.2f", (top[rows - 1] - mean[rows - 1]) * 1e-3));
        }
        System.out.println(scenario + ": lead at the end, µm:" + last + "; mean " + lead[lead.length - 1]);
        return new Curve(name, charge, lead);
    }
}
