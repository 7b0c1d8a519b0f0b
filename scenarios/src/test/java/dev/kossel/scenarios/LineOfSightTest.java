package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.kossel.engine.process.ElementaryProcess.ArrivalProcess;
import dev.kossel.scenarios.physics.Constants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrivals in line of sight, from the file to the run. */
class LineOfSightTest {

    /** An edge of bcc(100), nm: two sites a cell in two layers, so two columns for each site of a layer. */
    private static final double A = 0.4;

    private static final double SITE_AREA = A * A * 1e-18;

    private static String yaml(String law, String more, String step) {
        return """
                kossel: 1
                title: Arrivals
                seed: 3
                lattice: {type: bcc, orientation: '100', constant: 0.4 nm, size: [12, 12, 40], atoms-per-site: 3}
                species:
                  vacant: {phase: vacant}
                  M: {phase: metal}
                initial: [{type: layers, species: M, count: 2}]
                processes:
                  arrival:
                    reaction: vacant -> M
                    where: [{species: [M], at-least: 1}]
                    law: {type: line-of-sight, %s}
                %s
                protocol: {steps: [%s]}
                """.formatted(law, more, step);
    }

    private static Model model(String law) {
        return Electrodes.model(yaml(law, "", "{type: rest, until: {time: 1 s}}"));
    }

    /** Two sites per layer and cell would be one; the columns are twice as many as the sites of a layer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "rate: 2 /s; 2",
                "monolayers: 2 /s; 1",
                "flux: 6e19 /(m^2 s); 1.6",
                "current-density: 10 A/m^2, electrons: 2; 0.8322"
            })
    void shouldCountAttemptsPerColumn(String law, double perColumn) {
        ArrivalProcess arrival =
                (ArrivalProcess) model(law).catalog().processes().get(0);
        assertThat(arrival.ratePerColumn()).isCloseTo(perColumn, withPercentage(0.01));
        assertThat(SITE_AREA * 10 / (2 * 3 * Constants.ELEMENTARY_CHARGE) / 2).isCloseTo(0.8322, within(1e-4));
        assertThat(SITE_AREA * 6e19 / 3 / 2).isCloseTo(1.6, within(1e-9));
    }

    @Test
    void shouldSayHowMuchArrives() {
        ModelReport report = ModelReport.of(model("monolayers: 0.2 /s, sticking: 0.5"));
        assertThat(report.arrivingMonolayersPerSecond()).isCloseTo(0.1, within(1e-12));
        assertThat(report.adatoms()).isEmpty();
    }

    @Test
    void shouldBookTheElectronsOfWhatArrives() {
        Simulation simulation = SimulationAssembler.simulation(model("monolayers: 4 /s, electrons: 2"), null);
        while (simulation.endReason() == null) {
            simulation.advance();
        }
        assertThat(simulation.endReason()).isEqualTo("the protocol is done");
        long arrived = simulation.kmc().eventCount(0);
        assertThat(arrived).isGreaterThan(200);
        assertThat(simulation.electrons()).isEqualTo(6 * arrived);
        assertThat(simulation.model().transfersCharge()).isTrue();
        assertThat(simulation.meanCurrentDensity())
                .isCloseTo(6 * arrived * Constants.ELEMENTARY_CHARGE / (144 * SITE_AREA), withPercentage(1e-9));
    }

    /** The galvanostat leaves to the electrode what does not arrive by itself. */
    @Test
    void shouldHoldACurrentOfWhichArrivalsCarryAPart() {
        String deposition = """
                  deposition:
                    reaction: vacant <-> M
                    where: [{species: [M], at-least: 1}]
                    law: {type: electrochemical, electrons: 2, rate-constant: 2 /s}
                """;
        double set = 40;
        Simulation simulation = SimulationAssembler.simulation(
                Electrodes.model(yaml(
                        "current-density: 10 A/m^2, electrons: 2",
                        deposition,
                        "{type: galvanostatic, current-density: 40 A/m^2, until: {time: 0.7 s}}")),
                null);
        assertThat(simulation.model().arrivalCurrentDensity()).isCloseTo(10, within(1e-9));
        while (simulation.endReason() == null) {
            simulation.advance();
        }
        assertThat(simulation.endReason()).isEqualTo("the protocol is done");
        long electrons = simulation.electrons();
        double due = set * 0.7 * 144 * SITE_AREA / Constants.ELEMENTARY_CHARGE;
        // Charge that is ahead or behind is made up for within 300 electrons; exchange makes noise of some 40 about
        // that.
        assertThat((double) electrons).isCloseTo(due, withPercentage(7));
        long arrived = 6 * simulation.kmc().eventCount(0);
        assertThat(arrived).isBetween(electrons / 20, electrons / 3);
    }

    @Test
    void shouldCountFailuresBesideArrivals(@TempDir Path directory) throws Exception {
        Model model = model("rate: 30 /s, sticking: 0.25, count-failures: true");
        Path path = directory.resolve("run");
        try (ScenarioRun run = ScenarioRun.begin(model, "", path, "test", "unknown")) {
            run.run(ScenarioRun.Monitor.NOBODY);
        }
        List<String> lines = Files.readAllLines(path.resolve("events.csv"));
        assertThat(lines.get(0)).contains("arrival_count", "arrival-failed_count");
        List<String> names = List.of(lines.get(0).split(","));
        String[] last = lines.get(lines.size() - 1).split(",");
        long arrived = Long.parseLong(last[names.indexOf("arrival_count")]);
        long failed = Long.parseLong(last[names.indexOf("arrival-failed_count")]);
        long nulls = Long.parseLong(last[names.indexOf("null_events")]);
        double attempts = 30 * 2 * 144;
        assertThat((double) (arrived + failed)).isCloseTo(attempts, within(4.5 * Math.sqrt(attempts)));
        assertThat(arrived).isPositive();
        assertThat(nulls).isEqualTo(failed);
    }
}
