package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** A voltammogram against what is known of it; the electrode is that of {@link Electrodes}, larger. */
class SweepTest {

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
}
