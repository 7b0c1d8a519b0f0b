import dev.kossel.engine.record.CsvTable;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** The picture of tip-effect.md from the runs of tip-effect.sh, which calls this. */
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
