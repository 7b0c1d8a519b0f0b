package dev.kossel.scenarios;

import static dev.kossel.scenarios.Electrodes.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.Lattice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Steps of the protocol at temperatures of their own. */
class TemperatureStepTest {

    /** Independent sites that bind a film by 0.05 eV. */
    private static final String FILM = """
              adsorption:
                reaction: vacant <-> film
                where: [{species: [inert], at-least: 1}]
                law: {type: arrhenius, prefactor: 1e9 /s, activation-energy: 0.3 eV}
            """;

    private static Model model(String steps) {
        String yaml = Electrodes.yaml(Electrodes.BARE, steps, "")
                .replace("  hop:\n", FILM + "  hop:\n")
                .replace("inert: {phase: inert}", "inert: {phase: inert}\n  film: {phase: film}")
                .replace("energies:\n", "energies:\n  site: [{species: film, energy: -0.05 eV}]\n")
                .replace("rate-constant: 500 /s", "rate-constant: 1e-9 /s");
        return Electrodes.model(yaml);
    }

    /** In equilibrium as many come as there are vacant sites times ν exp(−Ea/kT), and exp(−E/kT) as many sites are taken as not. */
    @Test
    void shouldTakeTheRatesOfItsTemperature() {
        Simulation simulation = SimulationAssembler.simulation(
                model("{type: rest, until: {time: 50 ms}}, {type: rest, temperature: 400 K, until: {time: 5 ms}}, "
                        + "{type: rest, until: {time: 50 ms}}"),
                null);
        double[] temperatures = {298.15, 400, 298.15};
        double[] times = {0.05, 0.005, 0.05};
        for (int step = 0; step < 3; step++) {
            long before = count(simulation, "adsorption");
            while (simulation.step() == step && simulation.endReason() == null) {
                simulation.advance();
            }
            double kT = 8.617333262e-5 * temperatures[step];
            double vacant = 256 / (1 + Math.exp(0.05 / kT));
            double expected = vacant * 1e9 * Math.exp(-0.3 / kT) * times[step];
            assertThat(count(simulation, "adsorption") - (double) before)
                    .isCloseTo(expected, within(4.5 * Math.sqrt(expected) + 300));
            assertThat(expected).isGreaterThan(5_000);
        }
    }

    @Test
    void shouldGoOnAfterARestartInAWarmStep() throws IOException {
        Model model = model("{type: rest, until: {time: 5 ms}}, {type: rest, temperature: 350 K, until: {time: 5 ms}}, "
                + "{type: rest, until: {time: 5 ms}}");
        Simulation unbroken = SimulationAssembler.simulation(model, null);
        while (unbroken.step() < 1) {
            unbroken.advance();
        }
        unbroken.advance();
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        unbroken.save(new DataOutputStream(saved));
        Simulation resumed = SimulationAssembler.simulation(model, Lattice.copyOf(unbroken.lattice()), null);
        resumed.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
        assertThat(resumed.temperatureKelvin()).isEqualTo(350);
        for (Simulation simulation : new Simulation[] {unbroken, resumed}) {
            while (simulation.endReason() == null) {
                simulation.advance();
            }
        }
        assertThat(resumed.stateHash()).isEqualTo(unbroken.stateHash());
        assertThat(unbroken.temperatureKelvin()).isEqualTo(298.15);
    }
}
