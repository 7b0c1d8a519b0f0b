package dev.kossel.scenarios.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.scenarios.physics.OverpotentialFactor.ButlerVolmer;
import dev.kossel.scenarios.physics.OverpotentialFactor.MarcusHushChidsey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElectrodeKineticsTest {

    private static final double ROOM_KELVIN = 298.15;
    private static final double AREA = 2e-15;
    /** Electrons per second each way at η = 0: the exchange current. */
    private static final double EXCHANGE = 4_000;

    private static final double[] BALANCED = {0, EXCHANGE, -EXCHANGE};
    private static final double EXCHANGE_CURRENT_DENSITY = EXCHANGE * Constants.ELEMENTARY_CHARGE / AREA;

    private static ElectrodeKinetics butlerVolmer(double transferCoefficient, int electrons, double kelvin) {
        double perVolt = electrons / Constants.thermalEnergyEv(kelvin);
        return new ElectrodeKinetics(
                List.of(
                        new ButlerVolmer(-transferCoefficient * perVolt),
                        new ButlerVolmer((1 - transferCoefficient) * perVolt)),
                AREA);
    }

    private static ElectrodeKinetics marcus(double reorganizationEv, int electrons) {
        double kT = Constants.thermalEnergyEv(ROOM_KELVIN);
        return new ElectrodeKinetics(
                List.of(
                        new MarcusHushChidsey(reorganizationEv / kT, -electrons / kT),
                        new MarcusHushChidsey(reorganizationEv / kT, electrons / kT)),
                AREA);
    }

    @Test
    void shouldCarryNoCurrentAtEquilibrium() {
        assertThat(butlerVolmer(0.5, 1, ROOM_KELVIN).currentDensity(BALANCED, 0))
                .isZero();
        assertThat(butlerVolmer(0.3, 2, ROOM_KELVIN).overpotential(BALANCED, 0, 0.4))
                .isCloseTo(0, within(1e-12));
        assertThat(marcus(0.6, 1).overpotential(BALANCED, 0, -0.7)).isCloseTo(0, within(1e-12));
    }

    @Test
    void shouldHaveTafelsSlope() {
        ElectrodeKinetics kinetics = butlerVolmer(0.5, 1, ROOM_KELVIN);
        double first = kinetics.overpotential(BALANCED, 1e6 * EXCHANGE_CURRENT_DENSITY, 0);
        double second = kinetics.overpotential(BALANCED, 1e7 * EXCHANGE_CURRENT_DENSITY, 0);
        assertThat((first - second) * 1e3).isCloseTo(118.32, within(0.005));
        double anodic = kinetics.overpotential(BALANCED, -1e6 * EXCHANGE_CURRENT_DENSITY, 0);
        assertThat(anodic).isCloseTo(-first, within(1e-12));
    }

    @Test
    void shouldHaveTheChargeTransferResistance() {
        for (int electrons = 1; electrons <= 2; electrons++) {
            ElectrodeKinetics kinetics = butlerVolmer(0.4, electrons, ROOM_KELVIN);
            double small = 1e-6;
            double resistance = small / kinetics.currentDensity(BALANCED, -small);
            double expected = Constants.thermalEnergyEv(ROOM_KELVIN) / (electrons * EXCHANGE_CURRENT_DENSITY);
            assertThat(resistance).isCloseTo(expected, within(1e-4 * expected));
        }
    }

    @Test
    void shouldGiveBackTheActivationEnergyInAnArrheniusPlot() {
        double activationEv = 0.412;
        double[] inverseThermalEnergy = new double[6];
        double[] logConductance = new double[6];
        for (int n = 0; n < 6; n++) {
            double kelvin = 273.15 + 10 * n;
            double kT = Constants.thermalEnergyEv(kelvin);
            double exchange = 1e12
                    * RateLaws.arrhenius(1, new double[] {activationEv}, kT).rate(0, 0, 0, 0);
            double[] balanced = {0, exchange, -exchange};
            double resistance = 1e-6 / butlerVolmer(0.5, 1, kelvin).currentDensity(balanced, -1e-6);
            inverseThermalEnergy[n] = 1 / kT;
            logConductance[n] = Math.log(kelvin / resistance);
        }
        double slope = (logConductance[5] - logConductance[0]) / (inverseThermalEnergy[5] - inverseThermalEnergy[0]);
        assertThat(-slope).isCloseTo(activationEv, within(1e-6));
        double middle = logConductance[0] + slope * (inverseThermalEnergy[2] - inverseThermalEnergy[0]);
        assertThat(logConductance[2]).isCloseTo(middle, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-9, -0.3, 0, 0.7, 9})
    void shouldFindTheOverpotentialOfAnyCurrent(double start) {
        for (int electrons = 1; electrons <= 2; electrons++) {
            for (double alpha : new double[] {0.2, 0.5, 0.9}) {
                ElectrodeKinetics kinetics = butlerVolmer(alpha, electrons, ROOM_KELVIN);
                for (int decade = -8; decade <= 7; decade++) {
                    for (int sign = -1; sign <= 1; sign += 2) {
                        double current = sign * Math.pow(10, decade) * EXCHANGE_CURRENT_DENSITY;
                        double eta = kinetics.overpotential(BALANCED, current, start);
                        // Near η = 0 the two halves cancel, so what is left of the current is known only as well as
                        // they are.
                        assertThat(kinetics.currentDensity(BALANCED, eta))
                                .isCloseTo(
                                        current, within(1e-10 * Math.abs(current) + 1e-11 * EXCHANGE_CURRENT_DENSITY));
                    }
                }
            }
        }
    }

    @Test
    void shouldFindTheOverpotentialWhereOneHalfHasNobody() {
        ElectrodeKinetics kinetics = butlerVolmer(0.05, 4, 250);
        double[] noMetal = {0, EXCHANGE, 0};
        double eta = kinetics.overpotential(noMetal, 1e-3 * EXCHANGE_CURRENT_DENSITY, 0);
        assertThat(kinetics.currentDensity(noMetal, eta))
                .isCloseTo(1e-3 * EXCHANGE_CURRENT_DENSITY, within(1e-12 * EXCHANGE_CURRENT_DENSITY));
        assertThat(kinetics.overpotential(noMetal, -EXCHANGE_CURRENT_DENSITY, 0))
                .isEqualTo(ElectrodeKinetics.LARGEST_OVERPOTENTIAL_VOLTS);
    }

    @Test
    void shouldSayThatALimitedCurrentCannotBeExceeded() {
        ElectrodeKinetics kinetics = marcus(0.3, 4);
        double most = kinetics.currentDensity(BALANCED, -ElectrodeKinetics.LARGEST_OVERPOTENTIAL_VOLTS);
        assertThat(most).isPositive().isFinite();
        assertThat(kinetics.overpotential(BALANCED, 2 * most, 0))
                .isEqualTo(-ElectrodeKinetics.LARGEST_OVERPOTENTIAL_VOLTS);
        double eta = kinetics.overpotential(BALANCED, 0.5 * most, 0);
        assertThat(kinetics.currentDensity(BALANCED, eta)).isCloseTo(0.5 * most, within(1e-9 * most));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 1.0, 1.5})
    void shouldIntegrateTheMarcusRateOverTheFermiDistribution(double reorganizationEv) {
        double kT = Constants.thermalEnergyEv(ROOM_KELVIN);
        double lambda = reorganizationEv / kT;
        MarcusHushChidsey oxidation = new MarcusHushChidsey(lambda, 1 / kT);
        MarcusHushChidsey reduction = new MarcusHushChidsey(lambda, -1 / kT);
        for (double volts = -1.5; volts <= 1.5; volts += 0.1) {
            double exact = marcusIntegral(lambda, volts / kT) / marcusIntegral(lambda, 0);
            assertThat(oxidation.at(volts)).as("%s V", volts).isCloseTo(exact, within(1e-7 * exact));
            assertThat(Math.log(oxidation.at(volts) / reduction.at(volts))).isCloseTo(volts / kT, within(1e-9));
            double slope = (oxidation.at(volts + 1e-4) - oxidation.at(volts - 1e-4)) / 2e-4;
            assertThat(oxidation.slopeAt(volts, oxidation.at(volts)))
                    .isCloseTo(slope, within(1e-4 * oxidation.at(volts) / kT));
        }
    }

    /** The textbook's form, ∫ exp(−(x − λ + η)²/4λ) / (1 + exp(x)) dx, by Simpson's rule. */
    private static double marcusIntegral(double lambda, double eta) {
        double edge = lambda + Math.abs(eta) + 20 * Math.sqrt(lambda) + 40;
        int intervals = 40_000;
        double step = 2 * edge / intervals;
        double sum = 0;
        for (int n = 0; n <= intervals; n++) {
            double x = -edge + n * step;
            double weight = n == 0 || n == intervals ? 1 : n % 2 == 0 ? 2 : 4;
            double exponent = -(x - lambda + eta) * (x - lambda + eta) / (4 * lambda);
            sum += weight * Math.exp(exponent) / (1 + Math.exp(x));
        }
        return sum * step / 3;
    }
}
