package dev.kossel.viz.plot;

import dev.kossel.engine.record.CsvTable;
import dev.kossel.viz.draw.NiceNumbers;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The standard plots of a run, from the columns of its {@code statistics.csv} and {@code events.csv}.
 *
 * <p>A plot whose columns a run does not have is left out; one whose columns hold nothing yet shows empty axes.
 */
public final class RunPlots {

    private static final String OVERPOTENTIAL = "overpotential_V";
    private static final int MOST_PROFILES = 5;
    private static final int MOST_SCALES = 8;

    /** The column of {@code scaling.csv} that holds text. */
    public static final String SCALED_PROCESS = "process";

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
        plotter.plot(
                "quartz-balance", "time_s", "Time", "Mass per electron (g/mol)", "mass_per_electron_g_per_mol", plots);
        plotter.plot(
                "gas",
                "time_s",
                "Time",
                "Gas",
                named("gas_formed_mol_per_m2", "formed", "gas_released_mol_per_m2", "released"),
                plots);
        plotter.plot(
                "coordination",
                "time_s",
                "Time",
                "Mean coordination number of ions",
                named("surface_ion_coordination", "at the surface", "ion_coordination", "in the box"),
                plots);
        Plotter atSnapshots = plotter.whereMeasured("cluster_count");
        atSnapshots.plot(
                "correlation-length", "time_s", "Time", "Lateral correlation length", "correlation_length_nm", plots);
        atSnapshots.plot(
                "tips",
                "time_s",
                "Time",
                "Most prominent tip",
                named("tip_prominence_nm", "prominence", "tip_radius_nm", "radius at the top"),
                plots);
        atSnapshots.plot(
                "surface-area",
                "time_s",
                "Time",
                "Surface area over that seen from above",
                "surface_area_ratio",
                plots);
        atSnapshots.plot("facets", "time_s", "Time", "Fraction of the surface", facets(statistics), plots);
        atSnapshots.plot(
                "curvature",
                "time_s",
                "Time",
                "Mean curvature (nm⁻¹)",
                named("mean_curvature_per_nm", "mean", "curvature_deviation_per_nm", "standard deviation"),
                plots);
        atSnapshots.plot(
                "dimensions",
                "time_s",
                "Time",
                "Fractal dimension",
                named("box_counting_dimension", "surface, boxes", "mass_radius_dimension", "deposit, mass–radius"),
                plots);
        atSnapshots.plot(
                "branches",
                "time_s",
                "Time",
                "Number",
                named(
                        "dendrite_count", "dendrites",
                        "branch_count", "branches",
                        "branch_point_count", "branch points"),
                plots);
        atSnapshots.plot("film", "time_s", "Time", "Film thickness", "film_thickness_nm", plots);
        atSnapshots.plot(
                "porosity",
                "time_s",
                "Time",
                "Porosity",
                named("porosity", "all voids", "closed_porosity", "closed"),
                plots);
        return plots;
    }

    /**
     * Fraction of the sites that hold deposit against height, at the last snapshot and up to four before it, evenly spread.
     *
     * @param profiles {@code profiles.csv}
     */
    public static LinePlot ofProfiles(CsvTable profiles, String title) {
        return againstHeight(profiles, "deposit_fraction", "Fraction of sites in the deposit", title);
    }

    /**
     * Current per reacting site over the mean of the surface against height, at the last snapshot and up to four before it, evenly spread.
     *
     * @param currents {@code currents.csv}
     */
    public static LinePlot ofCurrents(CsvTable currents, String title) {
        return againstHeight(currents, "current_ratio", "Current per site over the mean", title);
    }

    private static LinePlot againstHeight(CsvTable table, String column, String name, String title) {
        double[] height = table.column("height_nm");
        DisplayUnit heightUnit = DisplayUnit.of("height_nm", largest(height));
        List<Curve> curves = moments(table, heightUnit.shown(height), table.column(column));
        return new LinePlot(title, Axis.linear(heightUnit.label("Height")), Axis.linear(name), curves);
    }

    /**
     * The distribution of the surface's mean curvature, at the last snapshot and up to four before it, evenly spread.
     *
     * @param curvature {@code curvature.csv}
     */
    public static LinePlot ofCurvature(CsvTable curvature, String title) {
        return new LinePlot(
                title,
                Axis.linear("Mean curvature (nm⁻¹)"),
                Axis.linear("Density (nm)"),
                moments(curvature, curvature.column("curvature_per_nm"), curvature.column("density_nm")));
    }

    /** A curve for each of up to five moments of a table that has several rows a moment. */
    private static List<Curve> moments(CsvTable table, double[] x, double[] y) {
        double[] time = table.column("time_s");
        IntArrayList starts = new IntArrayList();
        for (int row = 0; row < time.length; row++) {
            if (row == 0 || time[row] != time[row - 1]) {
                starts.add(row);
            }
        }
        int moments = starts.size();
        starts.add(time.length);
        List<Curve> curves = new ArrayList<>();
        int shown = Math.min(moments, MOST_PROFILES);
        for (int i = 1; i <= shown; i++) {
            int moment = i * moments / shown - 1;
            int from = starts.getInt(moment);
            int to = starts.getInt(moment + 1);
            curves.add(new Curve(
                    shortly("time_s", time[from]), Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(y, from, to)));
        }
        return curves;
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
        plotter.plot(
                "cycle-mass",
                "cycle",
                "Cycle",
                "Mass per electron (g/mol)",
                named(
                        "plated_mass_per_electron_g_per_mol", "plated",
                        "stripped_mass_per_electron_g_per_mol", "stripped"),
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
     * By what the rates of classes of events were multiplied, against time: of the classes that would have made most of the events.
     *
     * @param scaling {@code scaling.csv}
     */
    public static LinePlot ofScaling(CsvTable scaling, String title) {
        double[] time = scaling.column("time_s");
        double[] from = scaling.column("from_eV");
        double[] to = scaling.column("to_eV");
        double[] step = scaling.column("layer_step");
        double[] scale = scaling.column("scale");
        double[] rate = scaling.column("rate_per_s");
        List<String> process = scaling.text(SCALED_PROCESS);
        Map<String, IntArrayList> rows = new LinkedHashMap<>();
        Map<String, Double> highest = new LinkedHashMap<>();
        for (int row = 0; row < time.length; row++) {
            String name = process.get(row) + " " + NiceNumbers.text(from[row]) + " → " + NiceNumbers.text(to[row])
                    + " eV" + (step[row] == 0 ? "" : step[row] > 0 ? " up" : " down");
            rows.computeIfAbsent(name, unused -> new IntArrayList()).add(row);
            highest.merge(name, rate[row], Math::max);
        }
        DisplayUnit unit = DisplayUnit.of("time_s", largest(time));
        List<Curve> curves = rows.keySet().stream()
                .sorted((a, b) -> Double.compare(highest.getOrDefault(b, 0.0), highest.getOrDefault(a, 0.0)))
                .limit(MOST_SCALES)
                .map(name -> {
                    int[] of = rows.getOrDefault(name, new IntArrayList()).toIntArray();
                    return new Curve(
                            name,
                            unit.shown(Arrays.stream(of)
                                    .mapToDouble(row -> time[row])
                                    .toArray()),
                            Arrays.stream(of).mapToDouble(row -> scale[row]).toArray());
                })
                .toList();
        return new LinePlot(title, Axis.linear(unit.label("Time")), Axis.logarithmic("Scale of the rate"), curves);
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

    private static Map<String, String> facets(CsvTable statistics) {
        String prefix = "facet_fraction_";
        Map<String, String> columns = new LinkedHashMap<>();
        for (String column : statistics.columns()) {
            if (column.startsWith(prefix)) {
                String plane = column.substring(prefix.length());
                columns.put(column, plane.equals("other") ? plane : "(" + plane + ")");
            }
        }
        return columns;
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

    /**
     * Makes plots of one table.
     *
     * @param measured the column without which a row is left out; {@code null} where all rows count
     */
    private record Plotter(
            CsvTable table, String title, @Nullable String measured) {

        Plotter(CsvTable table, String title) {
            this(table, title, null);
        }

        /** Of the rows alone in which a column has a value: what is measured at snapshots is one line, not points. */
        Plotter whereMeasured(String column) {
            return new Plotter(table, title, table.hasColumn(column) ? column : null);
        }

        private double[] values(String column) {
            double[] all = table.column(column);
            if (measured == null) {
                return all;
            }
            double[] decisive = table.column(measured);
            return IntStream.range(0, all.length)
                    .filter(row -> Double.isFinite(decisive[row]))
                    .mapToDouble(row -> all[row])
                    .toArray();
        }

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
            double[] abscissae = values(x);
            DisplayUnit xUnit = DisplayUnit.of(x, largest(abscissae));
            double largest = 0;
            for (String column : present) {
                largest = Math.max(largest, largest(values(column)));
            }
            DisplayUnit yUnit = DisplayUnit.of(present.get(0), largest);
            double[] shown = xUnit.shown(abscissae);
            List<Curve> curves = present.stream()
                    .map(column -> new Curve(columns.get(column), shown, yUnit.shown(values(column))))
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
