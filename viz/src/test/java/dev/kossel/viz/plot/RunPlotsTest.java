package dev.kossel.viz.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.record.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunPlotsTest {

    @TempDir
    private Path directory;

    private CsvTable table(String text) throws IOException {
        return CsvTable.read(Files.writeString(directory.resolve("table.csv"), text));
    }

    @Test
    void shouldShowPotentialInMillivoltsAndTimeInMinutes() throws IOException {
        LinePlot plot = RunPlots.ofStatistics(table("time_s,overpotential_V\n0,-0.01\n600,-0.068\n"), "na-bare")
                .get("overpotential");

        assertThat(plot.x().label()).isEqualTo("Time (min)");
        assertThat(plot.y().label()).isEqualTo("Overpotential (mV)");
        assertThat(plot.curves()).hasSize(1);
        assertThat(plot.curves().get(0).x()).containsExactly(0, 10);
        assertThat(plot.curves().get(0).y()).usingComparatorWithPrecision(1e-9).containsExactly(-10, -68);
    }

    @Test
    void shouldLeaveOutPlotsWithoutColumns() throws IOException {
        assertThat(RunPlots.ofStatistics(table("time_s,coverage\n0,0\n"), "x")).containsOnlyKeys("coverage");
        assertThat(RunPlots.ofStatistics(table("coverage\n0\n"), "x")).isEmpty();
    }

    @Test
    void shouldShowCoverageBySiteType() throws IOException {
        LinePlot plot = RunPlots.ofStatistics(table("time_s,coverage,coverage_plain,coverage_VN-top\n0,0,0,0\n"), "x")
                .get("coverage");

        assertThat(plot.curves()).extracting(Curve::name).containsExactly("all sites", "plain", "VN-top");
    }

    @Test
    void shouldLeaveOutProcessesThatNeverHappened() throws IOException {
        LinePlot plot =
                RunPlots.ofEvents(table("time_s,hop_count,strip_count\n0,0,0\n1,5,0\n"), List.of("hop", "strip"), "x");

        assertThat(plot.curves()).extracting(Curve::name).containsExactly("hop");
        assertThat(plot.y().logarithmic()).isTrue();
    }

    @Test
    void shouldJoinWhatIsMeasuredAtSnapshots() throws IOException {
        LinePlot plot = RunPlots.ofStatistics(
                        table(
                                "time_s,coverage,cluster_count,porosity,closed_porosity\n0,0,1,,\n1,0,,,\n2,0,1,0.2,0.1\n"),
                        "x")
                .get("porosity");

        assertThat(plot.curves()).extracting(Curve::name).containsExactly("all voids", "closed");
        assertThat(plot.curves().get(0).x()).containsExactly(0, 2);
        assertThat(plot.curves().get(0).y()).containsExactly(Double.NaN, 0.2);
    }

    @Test
    void shouldShowTheProfilesOfFiveMomentsAndTheLast() throws IOException {
        StringBuilder rows = new StringBuilder("time_s,height_nm,deposit_fraction\n");
        for (int moment = 0; moment < 21; moment++) {
            rows.append(moment).append(",0,1\n").append(moment).append(",0.5,0.25\n");
        }
        LinePlot plot = RunPlots.ofProfiles(table(rows.toString()), "x");

        assertThat(plot.curves()).extracting(Curve::name).hasSize(5).endsWith("20 s");
        assertThat(plot.curves().get(4).x()).containsExactly(0, 0.5);
        assertThat(plot.curves().get(4).y()).containsExactly(1, 0.25);
        assertThat(RunPlots.ofProfiles(table("time_s,height_nm,deposit_fraction\n"), "x")
                        .curves())
                .isEmpty();
    }

    @Test
    void shouldNameFacetsByTheirPlanes() throws IOException {
        LinePlot plot = RunPlots.ofStatistics(
                        table(
                                "time_s,cluster_count,facet_fraction_002,facet_fraction_101,facet_fraction_other\n0,1,0.7,0.1,0.2\n"),
                        "x")
                .get("facets");

        assertThat(plot.curves()).extracting(Curve::name).containsExactly("(002)", "(101)", "other");
        assertThat(plot.curves().get(0).y()).containsExactly(0.7);
    }

    @Test
    void shouldShowTheCurvatureOfSeveralMoments() throws IOException {
        LinePlot plot = RunPlots.ofCurvature(
                table("time_s,curvature_per_nm,density_nm\n0,-0.5,0\n0,0.5,1\n3,-0.5,0.25\n3,0.5,0.75\n"), "x");

        assertThat(plot.curves()).extracting(Curve::name).containsExactly("0 s", "3 s");
        assertThat(plot.curves().get(1).x()).containsExactly(-0.5, 0.5);
        assertThat(plot.curves().get(1).y()).containsExactly(0.25, 0.75);
    }

    @Test
    void shouldShowCycles() throws IOException {
        String header = "cycle,plated_C_per_m2,stripped_C_per_m2,coulombic_efficiency,max_height_nm\n";
        assertThat(RunPlots.ofCycles(table(header + "1,36,18,0.5,2\n"), "x")).isEmpty();

        Map<String, LinePlot> plots = RunPlots.ofCycles(table(header + "1,36,18,0.5,2\n2,36,27,0.75,3\n"), "x");
        assertThat(plots).containsOnlyKeys("cycle-efficiency", "cycle-charge", "cycle-height");
        assertThat(plots.get("cycle-charge").curves()).extracting(Curve::name).containsExactly("plated", "stripped");
        assertThat(plots.get("cycle-efficiency").curves().get(0).y()).containsExactly(0.5, 0.75);
    }

    @Test
    void shouldPlotTheScalesOfTheBusiestClasses() throws IOException {
        StringBuilder rows = new StringBuilder("time_s,process,from_eV,to_eV,layer_step,scale,rate_per_s\n");
        for (int c = 0; c < 12; c++) {
            rows.append("1,hop,-0.1,")
                    .append(-0.1 * c)
                    .append(",0,1,")
                    .append(c)
                    .append('\n');
        }
        rows.append("2,hop,-0.1,-0.1,1,0.25,1e6\n").append("2,hop,-0.1,-0.1,-1,0.5,1e5\n");
        Path file = Files.createTempFile("scaling", ".csv");
        Files.writeString(file, rows.toString());

        LinePlot plot = RunPlots.ofScaling(CsvTable.read(file, Set.of(RunPlots.SCALED_PROCESS)), "x");
        Files.delete(file);

        assertThat(plot.curves()).hasSize(8);
        assertThat(plot.curves().get(0).name()).startsWith("hop ").endsWith(" eV up");
        assertThat(plot.curves().get(0).y()).containsExactly(0.25);
        assertThat(plot.curves().get(1).name()).startsWith("hop ").endsWith(" eV down");
        assertThat(plot.curves().get(1).y()).containsExactly(0.5);
    }

    @ParameterizedTest
    @CsvSource({
        "charge_C_per_m2, 36000, 1, mAh cm⁻²",
        "charge_C_per_m2, 36, 1, µAh cm⁻²",
        "charge_C_per_m2, 0.036, 1, nAh cm⁻²",
        "current_density_A_per_m2, 5, 0.5, mA cm⁻²",
        "overpotential_V, 0.068, 68, mV",
        "cell_V, 3, 3, V",
        "mean_height_nm, 5000, 5, µm",
        "gas_formed_mol_per_m2, 1e-3, 0.1, µmol cm⁻²",
        "time_s, 1e-4, 100, µs",
        "time_s, 36000, 10, h",
        "coverage, 0.5, 0.5, ''"
    })
    void shouldConvertToTheUnitsOfTheLaboratory(String column, double stored, double shown, String symbol) {
        DisplayUnit unit = DisplayUnit.of(column, stored);

        assertThat(unit.symbol()).isEqualTo(symbol);
        assertThat(unit.shown(new double[] {stored})[0]).isCloseTo(shown, within(1e-9));
    }

    @Test
    void shouldHeadAPictureWithTimeAndCharge() {
        assertThat(RunPlots.title("na-vn", 12.34567, Map.of("charge_C_per_m2", 3.6)))
                .isEqualTo("na-vn     t = 12.35 s     q = 0.1 µAh cm⁻²");
    }
}
