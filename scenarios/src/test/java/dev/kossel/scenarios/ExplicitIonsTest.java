package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.Lattice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ions on the lattice above electrodes of 16 × 16 sites. 1 M is 0.01626 of the sites of 0.3 nm. */
class ExplicitIonsTest {

    private static final double THERMAL_VOLTS = 0.025692579;
    private static final double SITES_PER_MOLAR = 0.602214076 * 0.027;

    private static String yaml(
            String size, String initial, String reaction, String hop, String transport, String steps) {
        return """
                kossel: 1
                title: Ions above an electrode
                seed: 5
                lattice: {type: sc, constant: 0.3 nm, size: %s}
                species:
                  vacant: {phase: vacant}
                  M: {phase: metal}
                  M2+: {phase: ion, charge: 2}
                  inert: {phase: inert}
                initial: %s
                energies:
                  pairs: [{species: [M, M], energy: -0.05 eV}]
                processes:
                  reaction: %s
                  hop: {reaction: M2+ + vacant -> vacant + M2+, law: {type: constant, rate: %s}}
                transport: {type: explicit, reservoir: {M2+: {concentration: %s
                protocol: {steps: [%s]}
                """.formatted(size, initial, reaction, hop, transport, steps);
    }

    /** Reduced to something that leaves at once, so that the surface stays where it is. */
    private static String redox(String size, String steps, String molar) {
        return yaml(
                size,
                "[{type: layers, species: inert, count: 2}]",
                "{reaction: M2+ -> vacant, where: [{species: [inert], at-least: 1}], law: {type: electrochemical, electrons: 2, rate-constant: 1e3 /s}}",
                "1e6 /s",
                molar + "}}}",
                steps);
    }

    private static Simulation run(String yaml) {
        return run(SimulationAssembler.simulation(Electrodes.model(yaml), null));
    }

    private static Simulation run(Simulation simulation) {
        while (simulation.endReason() == null) {
            simulation.advance();
        }
        return simulation;
    }

    /**
     * Layer by layer the mean occupation of an exclusion process diffuses linearly, however crowded: J = ρ₀/(N/Γ + 1/k) through N hops from the reservoir to the layer that
     * reacts at the rate k. nFDc/δ where k is large.
     */
    @ParameterizedTest
    @CsvSource({"1 M, -400 mV", "30 M, -400 mV", "30 M, -80 mV"})
    void shouldCarryTheLimitingCurrentAtAnyDensity(String concentration, String overpotential) {
        double density = SITES_PER_MOLAR * Double.parseDouble(concentration.split(" ")[0]);
        double volts = Double.parseDouble(overpotential.split(" ")[0]) / 1000;
        // The reaction is that of a kink whose energy is 0, against the ion in the reservoir.
        double reaction = 1e3 / density * Math.exp(-volts / THERMAL_VOLTS);
        double perSecond = 256 * density / (6 / 1e6 + 1 / reaction);
        double warmUp = 30e-6;
        Simulation simulation = SimulationAssembler.simulation(
                Electrodes.model(redox(
                        "[16, 16, 8]",
                        "{type: potentiostatic, overpotential: " + overpotential + ", until: {time: "
                                + (warmUp + 3000 / perSecond) + " s}}",
                        concentration)),
                null);
        while (simulation.timeSeconds() < warmUp) {
            simulation.advance();
        }
        long before = simulation.electrons();
        double start = simulation.timeSeconds();
        run(simulation);
        double expected = perSecond * (simulation.timeSeconds() - start);
        double found = (simulation.electrons() - before) / 2.0;
        assertThat(expected).isGreaterThan(2000);
        // Exclusion makes counts less noisy than Poisson's law.
        assertThat(found).isCloseTo(expected, within(4.5 * Math.sqrt(expected)));
    }

    /** q = 2nFc√(Dt/π), the continuum's, and the same of hops from layer to layer, exactly. */
    @Test
    void shouldPassTheChargeOfCottrell() {
        double density = 20 * SITES_PER_MOLAR;
        double hops = 40;
        double found = 0;
        int replicas = 4;
        Model model = Electrodes.model(
                redox("[24, 24, 40]", "{type: potentiostatic, overpotential: -600 mV, until: {time: 40 us}}", "20 M"));
        for (int replica = 0; replica < replicas; replica++) {
            found += run(SimulationAssembler.simulation(model, replica, null)).electrons() / 2.0 / 576 / replicas;
        }
        double layers = layerByLayer(38, density, hops);
        assertThat(2 * density * Math.sqrt(hops / Math.PI)).isCloseTo(layers, within(0.1 * layers));
        assertThat(found).isCloseTo(layers, within(4.5 * Math.sqrt(layers / 576 / replicas)));
    }

    /** From τ = πD(nFc/2i)² on the surface is empty; told when the charge is 50 ions behind, which layer by layer takes a third as long again. */
    @Test
    void shouldRunDryAtSandsTime() {
        double density = 20 * SITES_PER_MOLAR;
        double sand = 40e-6;
        double perSiteAndSecond = density / 2 * Math.sqrt(Math.PI * 1e6 / sand);
        double current = perSiteAndSecond * 2 * 1.602176634e-19 / 9e-20;
        Simulation simulation = run(redox(
                "[24, 24, 40]",
                "{type: galvanostatic, current-density: " + current + " A/m^2, until: {time: 1 ms}}",
                "20 M"));
        assertThat(simulation.endReason()).contains("used up at the surface");
        double late = secondsUntilBehind(38, density, perSiteAndSecond / 1e6, 50 / 576.0) / 1e6;
        assertThat(late).isBetween(sand, 1.5 * sand);
        assertThat(simulation.timeSeconds()).isCloseTo(late, within(0.1 * late));
    }

    /** What has been taken out at the lowest layer after so many hops a direction, by small steps in time. */
    private static double layerByLayer(int layers, double density, double hops) {
        double[] c = new double[layers + 1];
        Arrays.fill(c, density);
        double taken = c[0];
        c[0] = 0;
        double step = 0.01;
        for (double time = 0; time < hops; time += step) {
            double[] next = c.clone();
            taken += step * c[1];
            for (int n = 1; n < layers; n++) {
                next[n] += step * (c[n - 1] - 2 * c[n] + c[n + 1]);
            }
            c = next;
        }
        return taken;
    }

    /** Hops a direction until a flux that is held has taken so much less from the lowest layer than it should have. */
    private static double secondsUntilBehind(int layers, double density, double flux, double lack) {
        double[] c = new double[layers + 1];
        Arrays.fill(c, density);
        double step = 0.01;
        double owed = 0;
        double time = 0;
        for (; owed < lack; time += step) {
            double[] next = c.clone();
            next[0] += step * (c[1] - c[0]);
            for (int n = 1; n < layers; n++) {
                next[n] += step * (c[n - 1] - 2 * c[n] + c[n + 1]);
            }
            double taken = Math.min(next[0], step * flux + owed);
            next[0] -= taken;
            owed += step * flux - taken;
            c = next;
        }
        return time;
    }

    private static String crystal(String field, String overpotential, String time) {
        return yaml(
                "[12, 12, 12]",
                "[{type: layers, species: M, count: 4}]",
                "{reaction: M2+ <-> M, where: [{species: [M], at-least: 1}], law: {type: electrochemical, electrons: 2, rate-constant: 1e3 /s}}",
                "2e4 /s",
                "2 M}}, field: " + field + "}",
                "{type: potentiostatic, overpotential: " + overpotential + ", until: {time: " + time + "}}");
    }

    /** Whatever field the ions drift in: at η = 0 it takes part in the balance of the reaction as in that of the hops. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: none}",
                "{type: uniform, potential: 15 mV}",
                "{type: laplace, potential: -20 mV, cell: 0.6 nm}"
            })
    void shouldLeaveACrystalInEquilibriumWithItsReservoir(String field) {
        double[] grown = new double[3];
        for (int n = 0; n < 3; n++) {
            Model model = Electrodes.model(crystal(field, 16 * (1 - n) + " mV", "15 ms"));
            for (int seed = 1; seed <= 4; seed++) {
                grown[n] +=
                        run(SimulationAssembler.simulation(model, seed, null)).electrons() / 2.0 / 4;
            }
        }
        // Of 16 seeds the slowest, in the uniform field at 16 mV, lose 63 atoms with a standard deviation of 20: of the
        // mean of four the bound is 4σ away.
        assertThat(grown[0]).isLessThan(-20);
        assertThat(grown[1]).isBetween(-90.0, 90.0);
        assertThat(grown[2]).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{type: none}", "{type: laplace, potential: -20 mV, cell: 0.6 nm}"})
    void shouldGoOnFromACheckpointAsIfItHadNotStopped(String field) throws IOException {
        Model model = Electrodes.model(crystal(field, "-20 mV", "2 ms"));
        Simulation straight = SimulationAssembler.simulation(model, null);
        for (int n = 0; n < 40; n++) {
            straight.advance();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        straight.save(new DataOutputStream(bytes));
        Simulation resumed = SimulationAssembler.simulation(model, Lattice.copyOf(straight.lattice()), null);
        resumed.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(run(resumed).stateHash()).isEqualTo(run(straight).stateHash());
    }
}
