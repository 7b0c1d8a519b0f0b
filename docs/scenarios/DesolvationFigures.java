import dev.kossel.engine.record.CsvTable;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** The pictures of zn-desolvation.md from the runs of zn-desolvation.sh, which calls this. */
public class DesolvationFigures {

    static final int SEEDS = 3;
    static final List<String> CASES = List.of("bare", "catalytic", "ligand");
    static final List<String> NAMES = List.of("bare electrode", "catalytic sites", "ligand, four waters");

    public static void main(String[] arguments) throws Exception {
        Path runs = Path.of(arguments[0]);
        List<Curve> charge = new ArrayList<>();
        List<Curve> coordination = new ArrayList<>();
        for (int n = 0; n < CASES.size(); n++) {
            charge.add(charge(runs, CASES.get(n), NAMES.get(n)));
            coordination.add(coordination(runs, CASES.get(n), NAMES.get(n)));
        }
        write(
                new LinePlot(
                        "Zinc deposited at −80 mV, mean of 3 seeds",
                        Axis.linear("Time (ms)"),
                        Axis.linear("Charge (C m⁻²)"),
                        charge),
                "docs/images/zn-desolvation-charge.png");
        write(
                new LinePlot(
                        "Waters lost from the shell, mean over 0.2 s and 3 seeds",
                        Axis.linear("Steps from the surface"),
                        Axis.linear("Waters lost per ion"),
                        coordination),
                "docs/images/zn-desolvation-coordination.png");
    }

    static void write(LinePlot plot, String name) throws Exception {
        File file = new File(name);
        ImageIO.write(plot.image(1100, 620), "png", file);
        System.out.println(file + " " + file.length() / 1000 + " kB");
    }

    /** Mean over the seeds, row by row: all runs are sampled at the same times. */
    static Curve charge(Path runs, String of, String name) throws Exception {
        double[] time = {};
        double[] charge = {};
        StringBuilder last = new StringBuilder();
        for (int seed = 1; seed <= SEEDS; seed++) {
            CsvTable table = CsvTable.read(runs.resolve(of + "-" + seed).resolve("statistics.csv"));
            int rows = seed == 1 ? table.rowCount() : Math.min(time.length, table.rowCount());
            time = java.util.Arrays.copyOf(time, rows);
            charge = java.util.Arrays.copyOf(charge, rows);
            double[] passed = table.column("charge_C_per_m2");
            for (int row = 0; row < rows; row++) {
                time[row] += table.column("time_s")[row] * 1e3 / SEEDS;
                charge[row] += passed[row] / SEEDS;
            }
            last.append(String.format(Locale.ROOT, " %.3f", passed[rows - 1]));
        }
        System.out.println(of + ": C/m2 at the end:" + last + "; mean " + charge[charge.length - 1]);
        return new Curve(name, time, charge);
    }

    /** Over all snapshots but the first, which is of the box before anything has happened. */
    static Curve coordination(Path runs, String of, String name) throws Exception {
        int most = 9;
        double[] shells = new double[most];
        double[] ions = new double[most];
        for (int seed = 1; seed <= SEEDS; seed++) {
            CsvTable table = CsvTable.read(runs.resolve(of + "-" + seed).resolve("coordination.csv"));
            for (int row = 0; row < table.rowCount(); row++) {
                int steps = (int) table.column("steps_from_surface")[row];
                double count = table.column("ions")[row];
                if (steps <= most && count > 0 && table.column("time_s")[row] > 0) {
                    ions[steps - 1] += count;
                    shells[steps - 1] += count * table.column("mean_coordination")[row];
                }
            }
        }
        int full = of.equals("ligand") ? 4 : 6;
        double[] distance = new double[most];
        StringBuilder told = new StringBuilder();
        for (int n = 0; n < most; n++) {
            distance[n] = n + 1;
            shells[n] /= ions[n];
            told.append(String.format(Locale.ROOT, " %.3f", shells[n]));
            shells[n] = full - shells[n];
        }
        System.out.println(of + ": mean coordination from the surface up:" + told);
        return new Curve(name, distance, shells);
    }
}
