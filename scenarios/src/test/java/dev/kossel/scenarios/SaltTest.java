package dev.kossel.scenarios;

import static dev.kossel.scenarios.Electrodes.requireClosedAccount;
import static dev.kossel.scenarios.Electrodes.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.Lattice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A salt alone in its solvent at the small electrode of {@link Electrodes}: a divalent metal, 16 × 16 sites of 0.3 nm. */
class SaltTest {

    private static final double FARADAY = 96485.33212;
    private static final double KT = 8.617333262e-5 * 298.15;
    /** nFDc/δ of 1 M, 10⁻⁹ m²/s and 100 µm, A/m². */
    private static final double DIFFUSING = 2 * FARADAY * 1e-9 * 1000 / 100e-6;

    /** @param transferenceNumber that of M2+, and what else is said of it */
    private static String transport(String transferenceNumber, String more) {
        return "transport: {type: continuum, boundary-layer: 100 um, cell: 0.9 nm, potential: from-ions, "
                + "electrolyte: {M2+: {charge: 2, concentration: 1 M, diffusivity: 1e-9 m^2/s, transference-number: "
                + transferenceNumber + "}}" + more + "}";
    }

    private static Simulation simulation(String initial, String steps, String transport) {
        String yaml = Electrodes.yaml(initial, steps, transport).replace("size: [16, 16, 20]", "size: [16, 16, 40]");
        return SimulationAssembler.simulation(Electrodes.model(yaml), null);
    }

    private static double reading(Simulation simulation, String column) {
        double[] readings = new double[Readings.columns(simulation.model()).size()];
        Readings.take(simulation, readings);
        return readings[Readings.columns(simulation.model()).indexOf(column)];
    }

    /** In a steady state the anion is at rest, and where it is is Boltzmann's law: φ = (kT/|z₋|e) ln(c/c₀), everywhere around a tip. */
    @ParameterizedTest
    @CsvSource({"0.3, -1", "0.7, -1", "0.45, -2"})
    void shouldHaveTheAnionAtRest(double transference, int counterCharge) {
        double current = 0.8 * DIFFUSING * 100e-6 / 20e-9 / (1 - transference);
        String tip =
                "[{type: layers, species: M, count: 4}, {type: protrusion, species: M, radius: 0.9 nm, height: 4.5 nm}]";
        Simulation simulation = simulation(
                tip,
                "{type: galvanostatic, current-density: " + current + " A/m^2, until: {time: 1 ms}}",
                transport(transference + ", counter-charge: " + counterCharge, ", tolerance: 1e-10")
                        .replace("layer: 100 um", "layer: 9 nm"));
        Electrolyte electrolyte = Objects.requireNonNull(simulation.electrolyte());
        electrolyte.solve(-0.05, current);
        double[] concentrations = electrolyte.concentrations(0);
        double[] potentials = electrolyte.potentials();
        double[][] space = new double[3][concentrations.length];
        electrolyte.copySpace(space);
        double least = 1;
        for (int cell = 0; cell < potentials.length; cell++) {
            if (space[0][cell] > 0) {
                double boltzmann = KT / -counterCharge * Math.log(concentrations[cell]);
                assertThat(potentials[cell]).isCloseTo(boltzmann, within(1e-7));
                assertThat(space[1][cell]).isEqualTo(potentials[cell]);
                least = Math.min(least, concentrations[cell]);
            }
        }
        assertThat(least).isBetween(0.001, 0.5);
        assertThat(electrolyte.unsettledSolutions()).isZero();
    }

    /** Less is taken from the field by what migration brings: the limiting current is nFDc/(δ(1 − t)), and the account is closed. */
    @ParameterizedTest
    @ValueSource(doubles = {0.26, 0.6})
    void shouldDepositAtALimitingCurrentThatMigrationRaises(double transference) {
        double part = 0;
        int runs = 6;
        for (long seed = 1; seed <= runs; seed++) {
            String yaml = Electrodes.yaml(
                            Electrodes.METAL,
                            "{type: potentiostatic, overpotential: -400 mV, until: {charge: 4e-3 mAh/cm^2, time: 10 ms}}",
                            transport(transference + "", ""))
                    .replace("size: [16, 16, 20]", "size: [16, 16, 40]");
            Simulation simulation = run(SimulationAssembler.simulation(Electrodes.model(yaml), seed, null));
            assertThat(simulation.endReason()).isEqualTo("the protocol is done");
            part += simulation.chargeDensity() / (DIFFUSING / (1 - transference) * simulation.timeSeconds()) / runs;
            requireClosedAccount(simulation, transference);
            assertThat(Objects.requireNonNull(simulation.electrolyte()).unsettledSolutions())
                    .isZero();
        }
        // Single runs scatter by 2 %; 1 % of it is not reached at a finite overpotential.
        assertThat(part).isCloseTo(1, within(0.045));
    }

    /** Of {@link #flat}, m: many times as far as ions come from. */
    private static final double LAYER = 2e-6;

    private static Simulation flat(String steps, String transference, String more) {
        String transport = transport(transference, ", change: transient" + more);
        return Electrodes.flat(steps, transport.replace("layer: 100 um", "layer: 2 um"));
    }

    /** τ = πD(nFc/(2i(1 − t)))², when seven tenths of the layer are filled. */
    @Test
    void shouldRunDryLaterThanByDiffusionAlone() {
        Simulation simulation =
                flat("{type: galvanostatic, current-density: 24 A/cm^2, until: {time: 1 s}}", "0.3", "");
        double sand = Math.PI * 1e-9 * Math.pow(2 * FARADAY * 100 / (2 * 2.4e5 * 0.7), 2);
        assertThat(simulation.endReason()).startsWith("the electrolyte cannot supply 2.400e+04 mA/cm²");
        assertThat(simulation.timeSeconds()).isCloseTo(sand, within(0.05 * sand));
        assertThat(requireClosedAccount(simulation, 0.3).lost(0)).isCloseTo(0, within(1e-4 * simulation.electrons()));
    }

    /** Before that, Sand's profile of concentration and the ohmic drop over it, summed up strip by strip, with the diffusion potential on top. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", conductivity: 0.5 S/m"})
    void shouldHaveThePotentialOfSandsProfile(String conductivity) {
        double t = 0.3;
        double i = 1.6e5;
        double sand = Math.PI * 1e-9 * Math.pow(2 * FARADAY * 100 / (2 * i * (1 - t)), 2);
        double time = 0.6 * sand;
        Simulation simulation = flat(
                "{type: galvanostatic, current-density: 16 A/cm^2, until: {time: " + time + " s}}",
                "0.3",
                conductivity);
        // κ = z₊²|z₋| D c F²/((z₊ + |z₋|) t (1 − t) RT), or as given.
        double bulk = 100;
        double kappa = conductivity.isEmpty() ? 4 * 1e-9 * bulk * FARADAY / (3 * t * (1 - t) * KT) : 0.5;
        double slope = (1 - t) * i / (2 * FARADAY * 1e-9);
        double width = 2 * Math.sqrt(1e-9 * time);
        double dz = 5e-3 * width;
        double drop = -i * (LAYER - 6 * width) / kappa;
        for (double z = dz / 2; z < 6 * width; z += dz) {
            drop -= i * dz / (kappa * at(z, slope, width) / bulk);
        }
        double surface = at(0, slope, width) / bulk;
        double diffusion = -(t / 2 - (1 - t)) * KT * Math.log(surface);

        assertThat(simulation.endReason()).isEqualTo("the protocol is done");
        // Of the last solution, some percent of the time before.
        assertThat(reading(simulation, "diffusion_potential_V")).isCloseTo(diffusion, within(0.0015));
        assertThat(reading(simulation, "ohmic_drop_V")).isCloseTo(drop + diffusion, within(0.01 * Math.abs(drop)));
    }

    /** 100 mol/m³ less 2·slope·√(Dt/π) ∫ exp(−z²/(4Dt u²)) du over u from 0 to 1: Sand's profile as a sum over the past. */
    private static double at(double z, double slope, double width) {
        int points = 200;
        double integral = 0;
        for (int n = 0; n < points; n++) {
            double u = (n + 0.5) / points;
            integral += Math.exp(-z * z / (width * width * u * u)) / points;
        }
        return 100 - slope * width / Math.sqrt(Math.PI) * integral;
    }

    /** At a held current parts of η add up, and the diffusion potential is that of the concentration at the surface. */
    @Test
    void shouldTellThePartsOfTheOverpotential() {
        Simulation simulation = run(simulation(
                Electrodes.METAL,
                "{type: galvanostatic, current-density: 150 mA/cm^2, until: {charge: 1e-3 mAh/cm^2}}",
                transport("0.4", "")));
        double surface = 1 - 1500 * (1 - 0.4) / DIFFUSING;
        double[] readings = new double[Readings.columns(simulation.model()).size()];
        Readings.take(simulation, readings);
        assertThat(readings[13]).isCloseTo(surface, within(0.02));
        assertThat(readings[9]).isCloseTo(KT / 2 * Math.log(surface), within(0.001));
        assertThat(readings[10]).isCloseTo(KT * Math.log(surface), within(0.001));
        assertThat(readings[15]).isCloseTo((0.6 - 0.2) * KT * Math.log(surface), within(0.001));
        assertThat(readings[8] + readings[9] + readings[10]).isCloseTo(readings[0], within(1e-12));
    }

    /** An ion that goes into a film and is discharged beneath it later comes by diffusion and migration as one that is discharged at once. */
    @Test
    void shouldBringByMigrationWhatIsDischargedBeneathAFilm() {
        String yaml = Electrodes.yaml(
                        Electrodes.METAL,
                        "{type: rest, until: {time: 1 ms}}",
                        transport("0.3", ", reactions: {enter: {consumes: {M2+: 1}}, film: {consumes: {M2+: 1}}}"))
                .replace(
                        "inert: {phase: inert}",
                        "inert: {phase: inert}\n  S: {phase: film}\n  S+: {phase: film, charge: 2}")
                .replace(
                        "  hop:",
                        "  film: {reaction: vacant <-> S, law: {type: electrochemical, electrons: 2, rate-constant: 1 /s}}\n"
                                + "  enter: {reaction: vacant -> S+, law: {type: constant, rate: 1 /s}}\n"
                                + "  beneath: {reaction: S+ <-> M, law: {type: electrochemical, electrons: 2, rate-constant: 1 /s}}\n"
                                + "  hop:");
        Model model = Electrodes.model(yaml);
        TransportModel transport = Objects.requireNonNull(model.transport());
        assertThat(given(model, "deposition")).isCloseTo(-0.7, within(1e-12));
        assertThat(given(model, "deposition-reverse")).isCloseTo(0.7, within(1e-12));
        assertThat(given(model, "film")).isCloseTo(-0.7, within(1e-12));
        assertThat(given(model, "enter")).isCloseTo(-1, within(1e-12));
        assertThat(given(model, "beneath")).isCloseTo(0.3, within(1e-12));
        assertThat(transport.salt()).isNotNull();
    }

    private static double given(Model model, String process) {
        for (int p = 0; p < model.catalog().processes().size(); p++) {
            if (model.catalog().processes().get(p).name().equals(process)) {
                return Objects.requireNonNull(model.transport()).given(p)[0];
            }
        }
        throw new IllegalArgumentException(process);
    }

    @Test
    void shouldSayWhatMigrationDoesToTheScales() {
        Model model = Electrodes.model(Electrodes.yaml(
                Electrodes.METAL, "{type: rest, until: {time: 1 ms}}", transport("0.4", ", change: transient")));
        assertThat(Objects.requireNonNull(model.transport()).scales(model.geometry(), 1000))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("M2+: limiting current 321.6 mA/cm², Damköhler number i/i_lim = 0.311, "
                                + "Sand's time 81.24 s"))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("M2+: no supporting electrolyte; migration brings t = 0.400 of what reacts, "
                                + "which is in these numbers; D 5.56e-10 m²/s, of the counter-ion (charge -1) "
                                + "1.67e-09 m²/s; bulk conductivity 20.9 S/m (Nernst–Einstein)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quasi-steady", "transient"})
    void shouldGoOnAfterARestartAsIfNothingHadHappened(String change) throws IOException {
        String steps = "{type: galvanostatic, current-density: 150 mA/cm^2, until: {charge: 2e-4 mAh/cm^2}}, "
                + "{type: rest, until: {time: 0.1 ms}}, "
                + "{type: galvanostatic, current-density: -150 mA/cm^2, until: {charge: 2e-4 mAh/cm^2}}";
        Simulation unbroken = simulation(
                Electrodes.METAL, steps, transport("0.4", ", change: " + change).replace("cell: 0.9", "cell: 1.6"));
        for (int n = 0; n < 300 && unbroken.endReason() == null; n++) {
            unbroken.advance();
        }
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        unbroken.save(new DataOutputStream(saved));
        Simulation resumed = SimulationAssembler.simulation(unbroken.model(), Lattice.copyOf(unbroken.lattice()), null);
        resumed.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));

        assertThat(reading(resumed, "diffusion_potential_V")).isEqualTo(reading(unbroken, "diffusion_potential_V"));
        assertThat(Objects.requireNonNull(resumed.electrolyte()).potentials())
                .isEqualTo(Objects.requireNonNull(unbroken.electrolyte()).potentials());
        assertThat(run(resumed).stateHash()).isEqualTo(run(unbroken).stateHash());
        assertThat(unbroken.endReason()).isEqualTo("the protocol is done");
    }
}
