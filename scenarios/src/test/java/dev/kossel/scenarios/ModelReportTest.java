package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.kossel.engine.process.EnumeratedRates;
import dev.kossel.engine.process.StateRates;
import dev.kossel.scenarios.physics.Constants;
import org.junit.jupiter.api.Test;

/** The scales of the small electrode, against formulae worked out by hand. */
class ModelReportTest {

    private static final double SITE_AREA = 0.3e-9 * 0.3e-9;
    private static final double ATOM_CHARGE = 2 * Constants.ELEMENTARY_CHARGE;
    private static final double KT = Constants.thermalEnergyEv(298.15);

    private static Model model(String steps, String more) {
        return Electrodes.model(Electrodes.yaml(Electrodes.METAL, steps, more));
    }

    @Test
    void shouldRelateCurrentToLayers() {
        ModelReport report = ModelReport.of(
                model("{type: galvanostatic, current-density: 100 mA/cm^2, until: {charge: 8 C/m^2}}", ""));

        assertThat(report.currentDensity()).isEqualTo(1000);
        assertThat(report.monolayerChargeDensity()).isCloseTo(ATOM_CHARGE / SITE_AREA, withPercentage(1e-9));
        assertThat(report.monolayersPerSecond()).isCloseTo(1000 * SITE_AREA / ATOM_CHARGE, withPercentage(1e-9));
        assertThat(report.expectedElectrons())
                .isCloseTo(8 * 256 * SITE_AREA / Constants.ELEMENTARY_CHARGE, withPercentage(1e-9));
    }

    @Test
    void shouldSolveButlerVolmerAtKinks() {
        ModelReport report = ModelReport.of(
                model("{type: galvanostatic, current-density: 100 mA/cm^2, until: {charge: 8 C/m^2}}", ""));

        assertThat(report.transfers()).singleElement().satisfies(transfer -> {
            double exchange = 500 * ATOM_CHARGE / SITE_AREA;
            assertThat(transfer.kinkEnergyEv()).isCloseTo(3 * -0.05, within(1e-12));
            assertThat(transfer.exchangeRatePerSecond()).isEqualTo(500);
            assertThat(transfer.exchangeCurrentDensity()).isCloseTo(exchange, withPercentage(1e-9));
            // α = ½ and n = 2: i = 2 i₀ sinh(−η/kT).
            double sinh = 1000 / (2 * exchange);
            assertThat(transfer.overpotentialVolts())
                    .isCloseTo(-KT * Math.log(sinh + Math.sqrt(sinh * sinh + 1)), within(1e-9));
        });
    }

    @Test
    void shouldCountTheMovesOfAnAdatom() {
        String steps = "{type: galvanostatic, current-density: 100 mA/cm^2, until: {time: 1 s}}";
        ModelReport report = ModelReport.of(model(steps, ""));

        // One bond to break, four ways to go.
        double rate = 4 * 500 * Math.exp(-0.05 / KT);
        assertThat(report.adatoms()).singleElement().satisfies(move -> {
            assertThat(move.species()).isEqualTo("M");
            assertThat(move.energyEv()).isCloseTo(-0.05, within(1e-12));
            assertThat(move.ratePerSecond()).isCloseTo(rate, withPercentage(1e-9));
            assertThat(move.runRatePerSecond()).isEqualTo(move.ratePerSecond());
            assertThat(move.diffusionOverFlux())
                    .isCloseTo(rate / (4 * report.monolayersPerSecond()), withPercentage(1e-9));
        });
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("hop") && warning.contains("D/F"));

        ModelReport slowed =
                ModelReport.of(model(steps, "separation: {processes: [hop], ratio: 1, reason: to see it slowed}"));
        assertThat(slowed.adatoms()).singleElement().satisfies(move -> {
            assertThat(move.ratePerSecond()).isCloseTo(rate, withPercentage(1e-9));
            assertThat(move.runRatePerSecond()).isCloseTo(report.monolayersPerSecond(), withPercentage(1e-9));
        });
        assertThat(slowed.warnings()).anyMatch(warning -> warning.contains("[hop] are slowed"));
    }

    @Test
    void shouldListTheBonds() {
        ModelReport report = ModelReport.of(model("{type: rest, until: {time: 1 ms}}", ""));
        assertThat(report.bonds())
                .containsExactly(new ModelReport.Bond("M–M 1NN", -0.05), new ModelReport.Bond("M–inert 1NN", -0.05));
        assertThat(report.kT()).isEqualTo(KT);
        assertThat(report.adatoms())
                .allSatisfy(move -> assertThat(move.diffusionOverFlux()).isNaN());
    }

    @Test
    void shouldNotGuessTheChargeOfAPotential() {
        assertThat(ModelReport.of(model("{type: potentiostatic, overpotential: -10 mV, until: {time: 1 ms}}", ""))
                        .expectedElectrons())
                .isNaN();
    }

    @Test
    void shouldEstimateTheCostFromTheBeginning() {
        ModelReport.Cost cost = ModelReport.measured(
                        model("{type: galvanostatic, current-density: 1000 A/m^2, until: {time: 5 ms}}", ""), 60)
                .cost();
        assertThat(cost).isNotNull();
        // All of it fits in, so nothing is extrapolated.
        assertThat(cost.progress()).isEqualTo(1);
        assertThat(cost.expectedEvents()).isEqualTo(cost.events());
        assertThat(cost.expectedSeconds()).isEqualTo(cost.seconds());
        assertThat(cost.decades()).isBetween(0.5, 15.0);
    }

    @Test
    void shouldSayWhichProcessHasRatesEnumeratedAndWhatToDo() {
        // A hop leads to between one and five bonds of 0.05 eV: half of the difference is exp(0.1 eV/kT) = 49.
        String steps = "{type: galvanostatic, current-density: 1000 A/m^2, until: {time: 5 ms}}";
        String yaml = Electrodes.yaml(Electrodes.METAL, steps, "")
                .replace(
                        "{type: bond-counting, prefactor: 500 /s, barrier: 0 eV}",
                        "{type: bep, prefactor: 1e5 /s, barrier: 0.2 eV, slope: 0.5}");
        Model model = Electrodes.model(yaml);

        assertThat(SimulationAssembler.simulation(model, null).kmc().rates()).isInstanceOf(EnumeratedRates.class);
        assertThat(ModelReport.of(model).warnings())
                .filteredOn(warning -> warning.startsWith("Rates are enumerated"))
                .singleElement()
                .asString()
                .contains("of process hop,", "more than 30", "bond-counting", "smaller slope");

        Model counted = model(steps, "");
        assertThat(SimulationAssembler.simulation(counted, null).kmc().rates()).isInstanceOf(StateRates.class);
        assertThat(ModelReport.of(counted).warnings()).noneMatch(warning -> warning.contains("enumerated"));
    }
}
