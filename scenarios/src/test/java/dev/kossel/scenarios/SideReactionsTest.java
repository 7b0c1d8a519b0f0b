package dev.kossel.scenarios;

import static dev.kossel.scenarios.Electrodes.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.Lattice;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.file.ScenarioLibrary;
import dev.kossel.scenarios.physics.AcidBase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hydrogen, corrosion, local pH and precipitates on the electrode of {@link Electrodes}: 16 × 16 sites of 0.3 nm. */
class SideReactionsTest {

    private static final double SITES = 256;
    private static final double AREA = SITES * 0.09e-18;
    private static final double ELECTRON = 1.602176634e-19;
    private static final double KT = 0.025692579;

    /** Hydrogen on the inert substrate or on metal, in equilibrium 0.4 V above the metal, with a Tafel slope of 118 mV. */
    private static final String HYDROGEN = """
                  hydrogen:
                    reaction: vacant -> vacant
                    where: [{species: [M, inert], at-least: 1}]
                    law: {type: electrochemical, electrons: 2, transfer-coefficient: 0.25, equilibrium: 0.4 V, exchange-current-density: 1 A/m^2%s}
            """;

    private static final String WATER =
            "acidity: {ph: 4.3, proton-diffusivity: 9.31e-9 m^2/s, hydroxide-diffusivity: 5.27e-9 m^2/s, pkw: 14%s}";

    private static String transport(String water, String reactions) {
        return "transport: {type: continuum, boundary-layer: 100 um, cell: 1.2 nm, "
                + "electrolyte: {M2+: {charge: 2, concentration: 1 M, diffusivity: 1e-9 m^2/s}}, "
                + water + ", reactions: {hydrogen: {produces: {OH-: 2}}" + reactions + "}}";
    }

    private static String yaml(String initial, String steps, String more, String processes) {
        String yaml = Electrodes.yaml(initial, steps, more);
        int end = yaml.indexOf("  hop:");
        return yaml.substring(0, end)
                + processes.indent(2).replaceAll("(?m)^ +(?=\\w+:\\n)", "  ")
                + yaml.substring(end);
    }

    private static Simulation run(String yaml) {
        Simulation simulation = SimulationAssembler.simulation(Electrodes.model(yaml), null);
        while (simulation.endReason() == null) {
            simulation.advance();
        }
        return simulation;
    }

    /** 1 mM of nickel beside 2 M of zinc: D c/δ, although both dissolve by one law and zinc carries nearly all of the current. */
    @Test
    void shouldDepositATraceOfAnIonAsFastAsItDiffuses() throws ScenarioException {
        Model model = SimulationAssembler.model(ScenarioLibrary.read("zn-escort", List.of()));
        Simulation simulation = SimulationAssembler.simulation(model, null);
        while (simulation.timeSeconds() < 0.3) {
            simulation.advance();
        }

        double perSquareMetreAndSecond = 6.61e-10 * 1 / 100e-6 * 6.02214076e23;
        double limit = perSquareMetreAndSecond * model.areaSquareMetres() * simulation.timeSeconds();
        double deposited = count(simulation, "escort") - count(simulation, "escort-reverse");
        assertThat(deposited).isCloseTo(limit, within(0.25 * limit));
    }

    /** i = i0 exp(−α n f (η − η₀)) on every site of the face; the charge is none of metal. */
    @ParameterizedTest
    @CsvSource({"0.1, butler-volmer", "0.2, butler-volmer", "0.2, 'marcus-hush-chidsey, reorganization-energy: 40 eV'"})
    void shouldEvolveHydrogenByItsOwnTafelLaw(double overpotential, String kinetics) {
        String step = "{type: potentiostatic, overpotential: " + overpotential + " V, until: {time: 0.2 s}}";
        String yaml = yaml(Electrodes.BARE, step, "", HYDROGEN.formatted(", kinetics: " + kinetics))
                .replace("rate-constant: 500 /s", "rate-constant: 1e-9 /s");
        if (kinetics.startsWith("marcus")) {
            // With a large λ the law is Butler–Volmer's with α = ½ near equilibrium.
            yaml = yaml.replace(
                    "electrons: 2, transfer-coefficient: 0.25, eq", "electrons: 1, transfer-coefficient: 0.5, eq");
        }
        Simulation simulation = run(yaml);
        int electrons = kinetics.startsWith("marcus") ? 1 : 2;
        double current = Math.exp(-0.5 * (overpotential - 0.4) / KT);
        double expected = current * AREA * 0.2 / (electrons * ELECTRON);
        assertThat(count(simulation, "hydrogen"))
                .isCloseTo(Math.round(expected), within(Math.round(4.5 * Math.sqrt(expected) + 0.01 * expected)));
        assertThat(simulation.electrons()).isEqualTo(electrons * count(simulation, "hydrogen"));
        assertThat(simulation.sideElectrons()).isEqualTo(simulation.electrons());
        assertThat(simulation.model().electronsOfSpecies()).startsWith(0, 2);
    }

    /** At rest metal dissolves with the charge that hydrogen takes up, at a potential between the two. */
    @Test
    void shouldCorrodeAtRest() {
        Simulation simulation =
                run(yaml(Electrodes.METAL, "{type: rest, until: {time: 2 ms}}", "", HYDROGEN.formatted("")));
        long hydrogen = count(simulation, "hydrogen");
        long net = count(simulation, "deposition") - count(simulation, "deposition-reverse");
        double events = count(simulation, "deposition") + count(simulation, "deposition-reverse") + hydrogen;
        assertThat(hydrogen).isGreaterThan(150);
        assertThat(2 * (hydrogen + net)).isEqualTo(simulation.electrons());
        // No current flows but the noise of single electrons, which is far less than what corrodes.
        assertThat((double) Math.abs(hydrogen + net)).isLessThan(Math.min(4.5 * Math.sqrt(events), hydrogen));
        assertThat(simulation.overpotentialVolts()).isBetween(0.0, 0.4);
        assertThat(simulation.sideElectrons()).isEqualTo(2 * hydrogen);
    }

    /** The flux of base through the layer fixes ψ at the surface, ψ the pH: far from bulk without a buffer, near it with one. */
    @ParameterizedTest
    @CsvSource({
        "3, ''",
        "300, ''",
        "300, ', buffers: {acetate: {pka: 4.76, concentration: 1 M, diffusivity: 1.1e-9 m^2/s}}'"
    })
    void shouldRaiseThePh(double current, String buffers) {
        String step = "{type: galvanostatic, current-density: " + current + " A/m^2, until: {charge: 5 C/m^2}}";
        Simulation simulation =
                run(yaml(Electrodes.BARE, step, transport(WATER.formatted(buffers), ""), HYDROGEN.formatted(""))
                        .replace("rate-constant: 500 /s", "rate-constant: 1e-9 /s"));
        AcidBase water = new AcidBase(
                1e-14,
                9.31e9,
                5.27e9,
                buffers.isEmpty() ? List.of() : List.of(new AcidBase.Buffer(Math.pow(10, -4.76), 1, 1.1e9)));
        // mol/(L) nm/s: the flux over Avogadro's number and 10⁻²⁴ L/nm³. From layer 2 to the top of the box, and δ.
        double flux = current / ELECTRON * 1e-18 / (6.02214076e23 * 1e-24);
        double way = 100e3 + 18 * 0.3;
        double ph = -Math.log10(water.protons(water.potential(Math.pow(10, -4.3)) + flux * way, 1e-7));
        double[] readings = new double[Readings.columns(simulation.model()).size()];
        Readings.take(simulation, readings);
        int at = Readings.columns(simulation.model()).indexOf("mean_surface_pH");
        assertThat(readings[at]).isCloseTo(ph, within(0.02));
        assertThat(readings[at + 1]).isCloseTo(ph, within(0.02));
        assertThat(readings[at + 2]).isCloseTo(ph, within(0.02));
    }

    /** Precipitation on independent sites: θ = S/(1 + S) with S = (c/c_sat)^ν. */
    @ParameterizedTest
    @CsvSource({"1, 0.5 M", "2, 2 M", "0.5, 4 M"})
    void shouldPrecipitateByTheSupersaturation(double number, String saturation) {
        String precipitation = """
                  precipitation:
                    reaction: vacant <-> salt
                    where: [{species: [inert], at-least: 1}]
                    law: {type: precipitation, rate-constant: 1000 /s, saturation: {M2+: %s}}
            """.formatted(saturation);
        String transport = "transport: {type: continuum, boundary-layer: 1 nm, cell: 1.2 nm, "
                + "electrolyte: {M2+: {charge: 2, concentration: 1 M, diffusivity: 1e-9 m^2/s}}, "
                + "reactions: {precipitation: {consumes: {M2+: " + number + "}}}}";
        String yaml = yaml(
                        Electrodes.BARE,
                        "{type: potentiostatic, overpotential: 0.1 V, until: {time: 2 s}}",
                        transport,
                        precipitation)
                .replace("rate-constant: 500 /s", "rate-constant: 1e-9 /s")
                .replace("inert: {phase: inert}", "inert: {phase: inert}\n  salt: {phase: film}");
        Simulation simulation = SimulationAssembler.simulation(Electrodes.model(yaml), null);
        int salt = simulation.model().scenario().speciesNames().indexOf("salt");
        double covered = 0;
        int looks = 0;
        double next = 0.02;
        while (simulation.endReason() == null) {
            simulation.advance();
            // Ten relaxation times between two looks.
            if (simulation.timeSeconds() > next) {
                next += 0.01;
                looks++;
                for (int site = 0; site < simulation.model().geometry().siteCount(); site++) {
                    covered += simulation.lattice().species(site) == salt ? 1 : 0;
                }
            }
        }
        double s = Math.pow(1 / Double.parseDouble(saturation.replace(" M", "")), number);
        double theta = s / (1 + s);
        assertThat(looks).isGreaterThan(40);
        double error = Math.sqrt(theta * (1 - theta) / (SITES * looks));
        assertThat(covered / looks / SITES).isCloseTo(theta, within(5 * error));
    }

    /** Beside the metal that carries a held current, a nobler one comes as fast as it diffuses: 2FDc/δ of 0.01 M. */
    @Test
    void shouldDepositANoblerMetalAtItsLimitingCurrent() {
        String noble = """
                  noble:
                    reaction: vacant <-> N
                    where: [{species: [M, N, inert], at-least: 1}]
                    law: {type: electrochemical, electrons: 2, rate-constant: 1 /s, equilibrium: 0.5 V}
            """;
        String yaml = yaml(
                        Electrodes.METAL,
                        "{type: galvanostatic, current-density: 1000 A/m^2, until: {charge: 12 C/m^2}}",
                        "transport: {type: continuum, boundary-layer: 10 um, cell: 1.2 nm, electrolyte: {"
                                + "M2+: {charge: 2, concentration: 1 M, diffusivity: 1e-9 m^2/s}, "
                                + "N2+: {charge: 2, concentration: 0.01 M, diffusivity: 1e-9 m^2/s}}, "
                                + "reactions: {deposition: {consumes: {M2+: 1}}, noble: {consumes: {N2+: 1}}}}",
                        noble)
                .replace("inert: {phase: inert}", "inert: {phase: inert}\n  N: {phase: metal}")
                .replace(
                        "  pairs:\n",
                        "  pairs:\n    - {species: [N, N], energy: -0.05 eV}\n"
                                + "    - {species: [N, M], energy: -0.05 eV}\n    - {species: [N, inert], energy: -0.05 eV}\n")
                .replace("where: [{species: [M, inert]", "where: [{species: [M, N, inert]");
        Simulation simulation = run(yaml);
        assertThat(simulation.endReason()).isEqualTo("the protocol is done");
        double limiting = 2 * 96485.33212 * 1e-9 * 10 / 10e-6;
        double atoms = limiting * AREA * simulation.timeSeconds() / (2 * ELECTRON);
        double deposited = count(simulation, "noble") - count(simulation, "noble-reverse");
        assertThat(atoms).isGreaterThan(100);
        assertThat(deposited).isCloseTo(atoms, within(4.5 * Math.sqrt(atoms)));
    }

    @ParameterizedTest
    @CsvSource({
        "'galvanostatic, current-density: 300 A/m^2', quasi-steady",
        "'galvanostatic, current-density: 300 A/m^2', transient",
        "rest, quasi-steady",
        "rest, transient"
    })
    void shouldGoOnAfterARestartAsIfNothingHadHappened(String step, String change) throws IOException {
        String precipitation = """
                  precipitation:
                    reaction: vacant <-> salt
                    where: [{species: [M], at-least: 1}]
                    law: {type: precipitation, rate-constant: 0.02 /s, saturation: {M2+: 1 M, OH-: 1e-5 M}}
            """;
        String yaml = yaml(
                        Electrodes.METAL,
                        "{type: " + step + ", until: {time: 20 ms}}",
                        transport(
                                WATER.formatted(""),
                                ", precipitation: {consumes: {M2+: 0.667, OH-: 1}}, deposition: {consumes: {M2+: 1}}"),
                        HYDROGEN.formatted("") + precipitation)
                .replace("cell: 1.2 nm", "cell: 1.2 nm, change: " + change)
                .replace("inert: {phase: inert}", "inert: {phase: inert}\n  salt: {phase: film}");
        Model model = Electrodes.model(yaml);
        Simulation unbroken = SimulationAssembler.simulation(model, null);
        for (int n = 0; n < 100 && unbroken.endReason() == null; n++) {
            unbroken.advance();
        }
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        unbroken.save(new DataOutputStream(saved));
        Simulation resumed = SimulationAssembler.simulation(model, Lattice.copyOf(unbroken.lattice()), null);
        resumed.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
        for (Simulation simulation : List.of(unbroken, resumed)) {
            while (simulation.endReason() == null) {
                simulation.advance();
            }
        }
        assertThat(resumed.stateHash()).isEqualTo(unbroken.stateHash());
        assertThat(ph(resumed)).containsExactly(ph(unbroken));
        assertThat(count(unbroken, "precipitation")).isPositive();
        assertThat(count(unbroken, "hydrogen")).isPositive();
    }

    private static double[] ph(Simulation simulation) {
        return Objects.requireNonNull(simulation.electrolyte()).surfacePh();
    }
}
