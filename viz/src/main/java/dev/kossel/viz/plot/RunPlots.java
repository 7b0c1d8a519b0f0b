package dev.kossel.viz.plot;

import dev.kossel.engine.record.CsvTable;
import dev.kossel.viz.draw.NiceNumbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The standard plots of a run, from the columns of its {@code statistics.csv} and {@code events.csv}.
 *
 * <p>A plot whose columns a run does not have is left out; one whose columns hold nothing yet shows empty axes.
 */
public final class RunPlots {

    private static final String OVERPOTENTIAL = "overpotential_V";

    private RunPlots() {}

    /**
     * Plots against time and charge, by file name without extension, in the order of the summary.
     *
     * @param title what each plot is headed with, such as the scenario's name
     */
    public static Map<String, LinePlot> ofStatistics(CsvTable statistics, String title) {
        Map<String, LinePlot> plots = new LinkedHashMap<>();
        Plotter plotter = new Plotter(statistics, title);
        plotter.plot("overpotential", "time_s", "Time", "Overpotential", OVERPOTENTIAL, plots);
        plotter.plot("overpotential-charge", "charge_C_per_m2", "Charge", "Overpotential", OVERPOTENTIAL, plots);
        plotter.plot("current-density", "time_s", "Time", "Current density", "current_density_A_per_m2", plots);
        plotter.plot("roughness", "time_s", "Time", "RMS roughness", "rms_roughness_nm", plots);
        plotter.plot(
                "height",
                "time_s",
                "Time",
                "Height",
                named("max_height_nm", "highest", "mean_height_nm", "mean", "min_height_nm", "lowest"),
                plots);
        plotter.plot("coverage", "time_s", "Time", "Coverage", coverages(statistics), plots);
        plotter.plot("islands", "time_s", "Time", "Islands", "island_count", plots);
        return plots;
    }

    /**
     * Plots against the cycle, by file name without extension; none for a run of less than two cycles.
     *
     * @param cycles {@code cycles.csv}
     */
    public static Map<String, LinePlot> ofCycles(CsvTable cycles, String title) {
        Map<String, LinePlot> plots = new LinkedHashMap<>();
        if (cycles.column("cycle").length < 2) {
            return plots;
        }
        Plotter plotter = new Plotter(cycles, title);
        plotter.plot("cycle-efficiency", "cycle", "Cycle", "Coulombic efficiency", "coulombic_efficiency", plots);
        plotter.plot(
                "cycle-charge",
                "cycle",
                "Cycle",
                "Charge",
                named("plated_C_per_m2", "plated", "stripped_C_per_m2", "stripped", "dead_charge_C_per_m2", "dead"),
                plots);
        plotter.plot(
                "cycle-overpotential",
                "cycle",
                "Cycle",
                "Overpotential",
                named("end_of_plating_V", "end of plating", "end_of_stripping_V", "end of stripping"),
                plots);
        plotter.plot("cycle-height", "cycle", "Cycle", "Highest point", "max_height_nm", plots);
        return plots;
    }

    /**
     * Executed events of each process against time, over decades.
     *
     * @param events {@code events.csv}
     * @param processes the processes' names
     */
    public static LinePlot ofEvents(CsvTable events, List<String> processes, String title) {
        double[] time = events.column("time_s");
        DisplayUnit unit = DisplayUnit.of("time_s", largest(time));
        List<Curve> curves = new ArrayList<>();
        for (String process : processes) {
            double[] counts = events.column(process + "_count");
            if (largest(counts) > 0) {
                curves.add(new Curve(process, unit.shown(time), counts));
            }
        }
        return new LinePlot(title, Axis.linear(unit.label("Time")), Axis.logarithmic("Events"), curves);
    }

    /**
     * A line that heads a picture of one moment: name, time and, where it is known, charge.
     *
     * @param readings values by column name, of which {@code charge_C_per_m2} is used
     */
    public static String title(String name, double timeSeconds, Map<String, Double> readings) {
        String title = name + "     t = " + shortly("time_s", timeSeconds);
        double charge = readings.getOrDefault("charge_C_per_m2", Double.NaN);
        return Double.isNaN(charge) ? title : title + "     q = " + shortly("charge_C_per_m2", charge);
    }

    private static String shortly(String column, double value) {
        DisplayUnit unit = DisplayUnit.of(column, Math.abs(value));
        double shown = new BigDecimal(value * unit.perStored(), new MathContext(4)).doubleValue();
        return NiceNumbers.text(shown) + " " + unit.symbol();
    }

    private static Map<String, String> coverages(CsvTable statistics) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String column : statistics.columns()) {
            if (column.equals("coverage")) {
                columns.put(column, "all sites");
            } else if (column.startsWith("coverage_")) {
                columns.put(column, column.substring("coverage_".length()));
            }
        }
        return columns;
    }

    private static Map<String, String> named(String... columnsAndNames) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndNames.length; i += 2) {
            named.put(columnsAndNames[i], columnsAndNames[i + 1]);
        }
        return named;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            if (Double.isFinite(value)) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }

    /** Makes plots of one table. */
    private record Plotter(CsvTable table, String title) {

        void plot(String file, String x, String xName, String yName, String column, Map<String, LinePlot> plots) {
            plot(file, x, xName, yName, Map.of(column, yName), plots);
        }

        /** @param columns curve names by column; those the table lacks are left out */
        void plot(
                String file,
                String x,
                String xName,
                String yName,
                Map<String, String> columns,
                Map<String, LinePlot> plots) {
            List<String> present =
                    columns.keySet().stream().filter(table::hasColumn).toList();
            if (present.isEmpty() || !table.hasColumn(x)) {
                return;
            }
            double[] abscissae = table.column(x);
            DisplayUnit xUnit = DisplayUnit.of(x, largest(abscissae));
            double largest = 0;
            for (String column : present) {
                largest = Math.max(largest, largest(table.column(column)));
            }
            DisplayUnit yUnit = DisplayUnit.of(present.get(0), largest);
            double[] shown = xUnit.shown(abscissae);
            List<Curve> curves = present.stream()
                    .map(column -> new Curve(columns.get(column), shown, yUnit.shown(table.column(column))))
                    .toList();
            plots.put(
                    file,
                    new LinePlot(
                            title,
                            Axis.linear(xUnit.label(xName)),
                            // The first monolayer on a foreign metal may be deposited hundreds of mV before the others.
                            columns.containsKey(OVERPOTENTIAL)
                                    ? Axis.cropped(yUnit.label(yName))
                                    : Axis.linear(yUnit.label(yName)),
                            curves));
        }
    }
}
