package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.scenarios.physics.Dawson;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Voltammograms against what is known of them; electrodes as in {@link Electrodes}, larger. */
class SweepTest {

    private static final double FARADAY = 96485.33212;
    /** e/kT at 298.15 K, 1/V. */
    private static final double F = 1 / 0.025692579;

    /**
     * A monolayer that binds by 0.3 eV more than the kink comes at an underpotential of 0.15 V. Reversible and ideal, θ = 1/(1 + exp(nf(η − 0.15 V))) both ways: the charge under the peak is a
     * monolayer, and within 20 mV of it tanh(nf · 10 mV) of one, which is a peak of n²e²νΓ/4kT.
     */
    @Test
    void shouldDepositAMonolayerUnderpotential() {
        String yaml = Electrodes.yaml(
                        Electrodes.BARE, "{type: sweep, from: 350 mV, via: -50 mV, to: 350 mV, rate: 1 V/s}", "")
                .replace("size: [16, 16, 20]", "size: [48, 48, 6]")
                .replaceAll("- \\{species: \\[M, M].*\\n", "")
                .replaceAll("- \\{species: \\[M, inert].*\\n", "- {species: [M, inert], energy: -0.3 eV}\n")
                .replace("rate-constant: 500 /s", "rate-constant: 3000 /s");
        int hop = yaml.indexOf("  hop:");
        yaml = (yaml.substring(0, hop) + yaml.substring(yaml.indexOf("protocol:")))
                .replace("where: [{species: [M, inert]", "where: [{species: [inert]");
        Simulation simulation = SimulationAssembler.simulation(Electrodes.model(yaml), null);
        double sites = 48 * 48;
        double[] at = {0.17, 0.13, -0.045, 0.13, 0.17};
        double[] covered = new double[at.length];
        int next = 0;
        double before = Double.POSITIVE_INFINITY;
        while (simulation.endReason() == null) {
            simulation.advance();
            double eta = simulation.overpotentialVolts();
            boolean down = eta < before;
            while (next < at.length && (next < 3 ? eta <= at[next] : !down && eta >= at[next])) {
                covered[next++] = simulation.electrons() / 2.0 / sites;
            }
            before = eta;
        }
        double within = Math.tanh(2 * F * 0.02 / 2);
        double error = 4.5 * Math.sqrt(within * (1 - within) / sites) + 0.03;
        assertThat(covered[1] - covered[0]).isCloseTo(within, within(error));
        assertThat(covered[2]).isCloseTo(1, within(0.005));
        assertThat(covered[3] - covered[4]).isCloseTo(within, within(error));
        assertThat(simulation.electrons() / 2.0 / sites).isCloseTo(0, within(0.005));
    }

    /**
     * Reversible deposition on the metal itself from a solution at rest (Berzins and Delahay 1953, J. Am. Chem. Soc. 75, 555): i = nFc√(Dnfν) (2/√π) Daw(√x) with x = −nfη, its peak
     * 0.6105 nFc√(Dnfν) at x = 0.854.
     */
    @Test
    @Tag("slow")
    void shouldPeakAsDiffusionLets() {
        double rate = 50;
        String yaml = Electrodes.yaml(
                        Electrodes.METAL,
                        "{type: sweep, from: 0 V, to: -60 mV, rate: " + rate + " V/s}",
                        "transport: {type: continuum, change: transient, boundary-layer: 20 um, cell: 4.8 nm, step: 0.3, "
                                + "electrolyte: {M2+: {charge: 2, concentration: 0.1 M, diffusivity: 1e-9 m^2/s}}}")
                .replace("size: [16, 16, 20]", "size: [32, 32, 48]")
                .replace("rate-constant: 500 /s", "rate-constant: 5e5 /s");
        Simulation simulation = SimulationAssembler.simulation(Electrodes.model(yaml), null);
        double[] at = {0.3, 1.6, 3.5};
        double[] charge = new double[at.length];
        int next = 0;
        while (simulation.endReason() == null) {
            simulation.advance();
            while (next < at.length && -2 * F * simulation.overpotentialVolts() >= at[next]) {
                charge[next++] = simulation.chargeDensity();
            }
        }
        assertThat(simulation.endReason()).isEqualTo("the protocol is done");
        double perX = 2 * FARADAY * 100 * Math.sqrt(1e-9 * 2 * F * rate) / (2 * F * rate);
        for (int n = 1; n < at.length; n++) {
            double expected = perX * (charge(at[n]) - charge(at[n - 1]));
            assertThat(charge[n] - charge[n - 1])
                    .as("from x = %s to %s", at[n - 1], at[n])
                    .isCloseTo(expected, within(0.06 * expected));
        }
        assertThat(0.6105 / (2 / Math.sqrt(Math.PI) * Dawson.integral(Math.sqrt(0.854))))
                .isCloseTo(1, within(1e-3));
    }

    /** ∫ (2/√π) Daw(√u) du from 0 to x. */
    private static double charge(double x) {
        double sum = 0;
        int steps = 2000;
        for (int n = 0; n < steps; n++) {
            sum += Dawson.integral(Math.sqrt((n + 0.5) * x / steps)) * x / steps;
        }
        return sum * 2 / Math.sqrt(Math.PI);
    }
}
