package dev.kossel.scenarios;

import static dev.kossel.scenarios.Electrodes.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pH in time at the electrode of {@link Electrodes}, 4.8 × 4.8 nm, on which hydrogen evolves into acid of pH 4. */
class AcidityInTimeTest {

    private static final double AREA_NM2 = 256 * 0.09;
    private static final double ELECTRON = 1.602176634e-19;
    /** Particles in nm³ at 1 mol/L. */
    private static final double MOLAR = 0.602214076;

    private static final double PROTONS = 1e-4;
    private static final double K_W = 1e-14;
    private static final double D_H = 9.31e9;
    private static final double D_OH = 5.27e9;
    private static final double K_A = Math.pow(10, -4.76);
    private static final double D_A = 1.1e9;
    /** From the substrate of two layers to the top of the box, and the layer above it, nm. */
    private static final double WAY = 18 * 0.3 + 100e3;

    /** OH⁻ of an event of two electrons: less than the two of hydrogen, so that there are many events and little noise. */
    private static final double YIELD = 0.02;

    /** With that yield acid of pH 4 has run out at the surface after a tenth of a second; A/m². */
    private static final double CURRENT = 260;

    private static Simulation simulation(double buffer, String initial, String steps, double deposition, double yield) {
        String yaml = Electrodes.yaml(initial, steps, """
                transport:
                  type: continuum
                  change: transient
                  boundary-layer: 100 um
                  cell: 1.2 nm
                  electrolyte: {M2+: {charge: 2, concentration: 1 M, diffusivity: 1e-9 m^2/s}}
                  acidity:
                    ph: 4
                    proton-diffusivity: %s nm^2/s
                    hydroxide-diffusivity: %s nm^2/s
                    pkw: 14
                    buffers: {acetate: {pka: 4.76, concentration: %s M, diffusivity: %s nm^2/s}}
                  reactions: {hydrogen: {produces: {OH-: %s}}}
                """.formatted(D_H, D_OH, buffer, D_A, yield));
        int end = yaml.indexOf("  hop:");
        yaml = yaml.substring(0, end) + """
                  hydrogen:
                    reaction: vacant -> vacant
                    where: [{species: [M, inert], at-least: 1}]
                    law: {type: electrochemical, electrons: 2, transfer-coefficient: 0.25, equilibrium: 0.4 V, exchange-current-density: 1 A/m^2}
                """ + yaml.substring(end);
        return SimulationAssembler.simulation(
                Electrodes.model(yaml.replace("rate-constant: 500 /s", "rate-constant: " + deposition + " /s")), null);
    }

    private static Electrolyte electrolyte(Simulation simulation) {
        return Objects.requireNonNull(simulation.electrolyte());
    }

    /** A time, s, and the pH at the surface. */
    private record Moment(double seconds, double ph) {}

    private static double excess(double protons, double buffer) {
        return K_W / protons + buffer * K_A / (K_A + protons) - protons;
    }

    private static double carried(double protons, double buffer) {
        return D_OH * K_W / protons + D_A * buffer * K_A / (K_A + protons) - D_H * protons;
    }

    /** The explicit method on 200 equal cells of a line, H+ of each found from its excess of base. */
    private static List<Moment> onALine(double flux, double buffer, double end) {
        int cells = 200;
        double width = WAY / cells;
        double step = 0.4 * width * width / D_H;
        double[] excess = new double[cells];
        double[] protons = new double[cells];
        double[] carried = new double[cells + 1];
        Arrays.fill(excess, excess(PROTONS, buffer));
        Arrays.fill(protons, PROTONS);
        double top = carried(PROTONS, buffer);
        List<Moment> moments = new ArrayList<>();
        for (int n = 1; n * step < end; n++) {
            for (int cell = 0; cell < cells; cell++) {
                carried[cell] = carried(protons[cell], buffer);
            }
            // The bulk is half a cell above the middle of the last.
            carried[cells] = 2 * top - carried[cells - 1];
            for (int cell = 0; cell < cells; cell++) {
                double in = cell == 0 ? flux : (carried[cell - 1] - carried[cell]) / width;
                double out = (carried[cell] - carried[cell + 1]) / width;
                excess[cell] += step * (in - out) / width;
                protons[cell] = protons(excess[cell], protons[cell], buffer);
            }
            if (n % 20 == 0) {
                double wall = carried(protons[0], buffer) + flux * width / 2;
                moments.add(new Moment(n * step, phOfCarried(wall, buffer)));
            }
        }
        return moments;
    }

    /** Newton's method in c(H+) itself, of which the excess is convex. */
    private static double protons(double excess, double start, double buffer) {
        double h = start;
        for (int n = 0; n < 100; n++) {
            double slope = -K_W / (h * h) - buffer * K_A / ((K_A + h) * (K_A + h)) - 1;
            double next = Math.max(h / 2, h - (excess(h, buffer) - excess) / slope);
            if (Math.abs(next - h) < 1e-10 * h) {
                return next;
            }
            h = next;
        }
        throw new AssertionError("no c(H+) for " + excess);
    }

    private static double phOfCarried(double carried, double buffer) {
        double acid = 0;
        double basic = 14;
        while (basic - acid > 1e-9) {
            double ph = (acid + basic) / 2;
            if (carried(Math.pow(10, -ph), buffer) > carried) {
                basic = ph;
            } else {
                acid = ph;
            }
        }
        return acid;
    }

    private static double at(List<Moment> moments, double seconds) {
        int n = 0;
        while (n < moments.size() - 1 && moments.get(n).seconds() < seconds) {
            n++;
        }
        return moments.get(n).ph();
    }

    /** Base at a constant flux into acid: the pH at the surface against time, past neutral; with a buffer later. */
    @ParameterizedTest
    @CsvSource({"0, 0.3", "2e-4, 0.5"})
    void shouldCrossNeutralWhenALineDoes(double buffer, double end) {
        Simulation simulation = simulation(
                buffer,
                Electrodes.BARE,
                "{type: galvanostatic, current-density: " + CURRENT + " A/m^2, until: {time: " + end + " s}}",
                1e-9,
                YIELD);
        double flux = CURRENT / ELECTRON * 1e-18 * YIELD / 2 / MOLAR;
        List<Moment> line = onALine(flux, buffer, 1.1 * end);
        List<Moment> moments = new ArrayList<>();
        long solutions = 0;
        while (simulation.endReason() == null) {
            simulation.advance();
            Electrolyte electrolyte = electrolyte(simulation);
            if (electrolyte.solutions() > solutions) {
                solutions = electrolyte.solutions();
                // The fields lead: they are those of the end of the step.
                moments.add(new Moment(electrolyte.dueSeconds(), electrolyte.surfacePh()[0]));
            }
        }
        int compared = 0;
        for (Moment moment : moments) {
            double t = moment.seconds();
            if (t > 0.02 && t < end) {
                compared++;
                // Steps are 3 % of the time.
                assertThat(moment.ph()).isBetween(at(line, 0.97 * t) - 0.01, at(line, 1.03 * t) + 0.01);
            }
        }
        assertThat(compared).isGreaterThan(50);
        assertThat(at(line, 0.02)).isLessThan(4.5);
        assertThat(moments.get(moments.size() - 1).ph()).isGreaterThan(9);
        assertThat(electrolyte(simulation).unsettledSolutions()).isZero();
        BaseInTime base = Objects.requireNonNull(electrolyte(simulation).heldBase());
        assertThat(base.lost()).isCloseTo(0, within(1e-5 * base.produced()));
        assertThat(base.gathered()).isLessThan(0.98 * base.produced());
    }

    /** What the fields hold, counted from c(H+) by the test, is what events have produced but for what is owed. Nothing has come as far as the top yet. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 5e-4})
    void shouldHoldWhatIsProduced(double buffer) {
        Simulation simulation = simulation(
                buffer,
                Electrodes.BARE,
                "{type: galvanostatic, current-density: " + CURRENT + " A/m^2, until: {time: 5 ms}}",
                1e-9,
                YIELD);
        double gathered = Double.NaN;
        double last = 0;
        long solutions = 0;
        while (simulation.endReason() == null) {
            simulation.advance();
            Electrolyte electrolyte = electrolyte(simulation);
            if (electrolyte.solutions() == solutions + 1) {
                last = gathered;
                gathered = gathered(simulation, buffer);
            }
            solutions = electrolyte.solutions();
        }
        BaseInTime base = Objects.requireNonNull(electrolyte(simulation).heldBase());
        double byEvents = YIELD * count(simulation, "hydrogen");
        assertThat(base.produced() + base.owed()).isCloseTo(byEvents, within(1e-9 * byEvents));
        assertThat(base.produced()).isCloseTo(last, within(1e-5 * last));
        assertThat(base.owed()).isCloseTo(0, within(4.5 * YIELD * Math.sqrt(count(simulation, "hydrogen"))));
    }

    private static double gathered(Simulation simulation, double buffer) {
        Electrolyte electrolyte = electrolyte(simulation);
        double[][] fields = new double[5][electrolyte.grid().cellCount()];
        electrolyte.copySpace(fields);
        double bulk = excess(PROTONS, buffer);
        double sum = 0;
        for (int cell = 0; cell < fields[0].length; cell++) {
            if (fields[0][cell] > 0) {
                double volume = fields[0][cell] * electrolyte.grid().volumeNm3(cell);
                sum += volume * (excess(fields[2][cell], buffer) - bulk) * MOLAR;
            }
        }
        return sum;
    }

    /** Plated, at rest and stripped, each of which cuts a step in time short, under hydrogen all the while. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1})
    void shouldLoseNothing(double buffer) {
        Simulation simulation = simulation(
                buffer,
                Electrodes.METAL,
                "{type: galvanostatic, current-density: 3000 A/m^2, until: {charge: 6 C/m^2}},"
                        + " {type: rest, until: {time: 0.3 ms}},"
                        + " {type: galvanostatic, current-density: -3000 A/m^2, until: {charge: 3 C/m^2}}",
                500,
                2);
        while (simulation.endReason() == null) {
            simulation.advance();
        }
        BaseInTime base = Objects.requireNonNull(electrolyte(simulation).heldBase());
        double byEvents = 2 * count(simulation, "hydrogen");
        assertThat(base.produced() + base.owed()).isCloseTo(byEvents, within(1e-9 * byEvents));
        assertThat(base.lost()).isCloseTo(0, within(1e-5 * byEvents));
        assertThat(electrolyte(simulation).unsettledSolutions()).isZero();
    }
}
