package dev.kossel.scenarios;

import static dev.kossel.scenarios.Electrodes.requireClosedAccount;
import static dev.kossel.scenarios.Electrodes.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.FacingArea;
import dev.kossel.scenarios.file.ScenarioLibrary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transport to the small electrode of {@link Electrodes}: 16 × 16 sites of 0.3 nm, a divalent metal, 256 atoms and 3.56 C/m² a layer. */
class ElectrolyteTest {

    private static final double FARADAY = 96485.33212;
    private static final double ATOMS_PER_COULOMB_PER_M2 = 256 / 3.5604;

    private static String transport(String more) {
        return "transport: {type: continuum, boundary-layer: 100 um, cell: 0.9 nm, "
                + "electrolyte: {M2+: {charge: 2, concentration: 1 M, diffusivity: 1e-9 m^2/s}}" + more + "}";
    }

    private static final String TALL = "lattice: {type: sc, constant: 0.3 nm, size: [16, 16, 20]}";

    private static Simulation simulation(String steps, String transport) {
        String yaml = Electrodes.yaml(Electrodes.METAL, steps, transport)
                .replace(TALL, "lattice: {type: sc, constant: 0.3 nm, size: [16, 16, 40]}");
        return SimulationAssembler.simulation(Electrodes.model(yaml), null);
    }

    /** nFDc/δ, n = 2: 1930 A/m², however fast the electrode would be and though its surface grows between two solutions. */
    @Test
    void shouldDepositAtTheLimitingCurrent() {
        double limiting = 2 * FARADAY * 1e-9 * 1000 / 100e-6;
        double part = 0;
        int runs = 12;
        for (long seed = 1; seed <= runs; seed++) {
            String yaml = Electrodes.yaml(
                            Electrodes.METAL,
                            "{type: potentiostatic, overpotential: -300 mV, until: {charge: 4e-3 mAh/cm^2, time: 10 ms}}",
                            transport(""))
                    .replace(TALL, "lattice: {type: sc, constant: 0.3 nm, size: [16, 16, 40]}");
            Simulation simulation = run(SimulationAssembler.simulation(Electrodes.model(yaml), seed, null));
            assertThat(simulation.endReason()).isEqualTo("the protocol is done");
            part += simulation.chargeDensity() / (limiting * simulation.timeSeconds()) / runs;

            Electrolyte electrolyte = simulation.electrolyte();
            electrolyte.demand();
            electrolyte.solve(simulation.overpotentialVolts(), Double.NaN);
            double atoms = simulation.electrons() / 2.0;
            assertThat(electrolyte.takenOut(0) + electrolyte.owed(0)).isCloseTo(atoms, within(1e-9 * atoms));
        }
        // Single runs scatter by 2 %.
        assertThat(part).isCloseTo(1, within(0.035));
    }

    private static Simulation flat(String steps) {
        return Electrodes.flat(steps, transport(", change: transient"));
    }

    /** q = 2nFc√(Dt/π). */
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-5})
    void shouldPassTheChargeOfCottrell(double time) {
        Simulation simulation = flat("{type: potentiostatic, overpotential: -400 mV, until: {time: " + time + " s}}");
        double charge = 2 * 2 * FARADAY * 100 * Math.sqrt(1e-9 * time / Math.PI);
        double atoms = 4 * charge * ATOMS_PER_COULOMB_PER_M2;
        assertThat(simulation.electrons() / 2.0).isCloseTo(atoms, within(4.5 * Math.sqrt(atoms)));
        assertThatNothingIsLost(simulation);
    }

    /** τ = πD(nFc/2i)². */
    @Test
    void shouldRunDryAtSandsTime() {
        Simulation simulation = flat("{type: galvanostatic, current-density: 16 A/cm^2, until: {time: 1 s}}");
        double sand = Math.PI * 1e-9 * Math.pow(2 * FARADAY * 100 / (2 * 1.6e5), 2);
        assertThat(simulation.endReason()).startsWith("the electrolyte cannot supply 1.600e+04 mA/cm²");
        assertThat(simulation.timeSeconds()).isCloseTo(sand, within(0.05 * sand));
        assertThatNothingIsLost(simulation);
    }

    /** The account to the last digit, the field to its tolerance. */
    private static void assertThatNothingIsLost(Simulation simulation) {
        assertThat(requireClosedAccount(simulation, 0).lost(0))
                .isCloseTo(0, within(1e-4 * simulation.electrons() / 2.0));
    }

    @Test
    void shouldHoldTheCurrentBelowTheLimit() {
        Simulation simulation = run(simulation(
                "{type: galvanostatic, current-density: 150 mA/cm^2, until: {charge: 1e-3 mAh/cm^2}}", transport("")));
        double[] readings = new double[Readings.columns(simulation.model()).size()];
        Readings.take(simulation, readings);
        assertThat(simulation.endReason()).isEqualTo("the protocol is done");
        assertThat(simulation.chargeDensity() / simulation.timeSeconds()).isCloseTo(1500, within(60.0));
        // 1 − i/i_lim; RT/nF ln of it.
        assertThat(readings[13]).isCloseTo(1 - 1500 / 1929.7, within(0.02));
        assertThat(readings[9]).isCloseTo(0.012846 * Math.log(1 - 1500 / 1929.7), within(0.002));
        assertThat(readings[8] + readings[9] + readings[10]).isCloseTo(readings[0], within(1e-12));
    }

    @Test
    void shouldSayThatACurrentCannotBeSupplied() {
        Simulation simulation = run(simulation(
                "{type: galvanostatic, current-density: 250 mA/cm^2, until: {charge: 1e-3 mAh/cm^2}}", transport("")));
        assertThat(simulation.failed()).isTrue();
        assertThat(simulation.endReason()).startsWith("the electrolyte cannot supply 250.0 mA/cm²");
    }

    /** i (δ + way to the box's top)/σ over the electrolyte, on top of what the kinetics need. */
    @ParameterizedTest
    @ValueSource(strings = {"butler-volmer", "marcus-hush-chidsey, reorganization-energy: 1 eV"})
    void shouldDropThePotentialInTheElectrolyte(String kinetics) {
        String step = "{type: galvanostatic, current-density: 100 mA/cm^2, until: {charge: 1e-4 mAh/cm^2}}";
        String potential = transport(", potential: uniform, conductivity: 1 S/m")
                .replace("concentration: 1 M", "concentration: 1000 M");
        Simulation with = reading(step, potential, kinetics);
        Simulation without = reading(step, transport(""), kinetics);
        double[] readings = new double[Readings.columns(with.model()).size()];
        Readings.take(with, readings);
        double[] reservoir = new double[readings.length];
        Readings.take(without, reservoir);

        assertThat(readings[10]).isCloseTo(-1000 * 100e-6 / 1, within(1e-3));
        assertThat(readings[8]).isCloseTo(reservoir[8], within(0.01));
    }

    /** A drop of a hundred kT/e: what the balances of the potential may lack is a part of the currents, however far from that of the bulk the potential is. */
    @ParameterizedTest
    @ValueSource(strings = {"quasi-steady", "transient"})
    void shouldSettleFarFromThePotentialOfTheBulk(String change) {
        Simulation simulation = run(simulation(
                "{type: galvanostatic, current-density: 100 mA/cm^2, until: {charge: 1e-4 mAh/cm^2}}",
                transport(", potential: uniform, conductivity: 0.04 S/m, change: " + change)
                        .replace("concentration: 1 M", "concentration: 1000 M")));
        double[] readings = new double[Readings.columns(simulation.model()).size()];
        Readings.take(simulation, readings);
        assertThat(simulation.endReason()).isEqualTo("the protocol is done");
        assertThat(simulation.electrolyte().unsettledSolutions()).isZero();
        assertThat(readings[10]).isCloseTo(-1000 * 100e-6 / 0.04, within(3e-3));
    }

    private static Simulation reading(String step, String transport, String kinetics) {
        String yaml = Electrodes.yaml(Electrodes.METAL, step, transport)
                .replace("rate-constant: 500 /s", "rate-constant: 500 /s, kinetics: " + kinetics);
        Simulation simulation = SimulationAssembler.simulation(Electrodes.model(yaml), null);
        simulation.startMeans();
        return run(simulation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quasi-steady", "transient"})
    void shouldGoOnAfterARestartAsIfNothingHadHappened(String change) throws IOException {
        String steps = "{type: galvanostatic, current-density: 150 mA/cm^2, until: {charge: 2e-4 mAh/cm^2}}, "
                + "{type: rest, until: {time: 0.1 ms}}, "
                + "{type: galvanostatic, current-density: -150 mA/cm^2, until: {charge: 2e-4 mAh/cm^2}}";
        String transport =
                transport(", change: " + change + ", potential: from-ions").replace("cell: 0.9", "cell: 1.6");
        Simulation unbroken = simulation(steps, transport);
        for (int n = 0; n < 300 && unbroken.endReason() == null; n++) {
            unbroken.advance();
        }
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        unbroken.save(new DataOutputStream(saved));
        Simulation resumed = SimulationAssembler.simulation(unbroken.model(), Lattice.copyOf(unbroken.lattice()), null);
        resumed.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));

        assertThat(surface(resumed)).isDeepEqualTo(surface(unbroken));
        assertThat(run(resumed).stateHash()).isEqualTo(run(unbroken).stateHash());
        assertThat(unbroken.endReason()).isEqualTo("the protocol is done");
    }

    /** A tip near its limiting current, with a potential. */
    private static String tip(String more) {
        return Electrodes.yaml(
                        "[{type: layers, species: M, count: 4},"
                                + " {type: protrusion, species: M, radius: 0.9 nm, height: 4.5 nm}]",
                        "{type: galvanostatic, current-density: 60 mA/cm^2, until: {charge: 2e-4 mAh/cm^2}}",
                        transport(", potential: uniform, conductivity: 2e-3 S/m" + more)
                                .replace("layer: 100 um", "layer: 9 nm"))
                .replace("1e-9 m^2/s", "1e-13 m^2/s")
                .replace("size: [16, 16, 20]", "size: [24, 24, 40]");
    }

    /** As good as stated: local factors to ten times the tolerance, from wherever a solution starts, beside one of the same state that is solved a million times as well. */
    @ParameterizedTest
    @ValueSource(ints = {1, 40, 120})
    void shouldComeAsNearToTheThoroughSolutionAsItSays(int slices) throws IOException {
        Simulation quick = SimulationAssembler.simulation(Electrodes.model(tip("")), null);
        for (int n = 0; n < slices * 10 && quick.endReason() == null; n++) {
            quick.advance();
        }
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        quick.save(new DataOutputStream(saved));
        Simulation thorough = SimulationAssembler.simulation(
                Electrodes.model(tip(", tolerance: 1e-10")), Lattice.copyOf(quick.lattice()), null);
        thorough.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
        double eta = solved(quick);
        assertThat(eta).isCloseTo(solved(thorough), within(2e-5));
        double[][] near = quick.electrolyte().localFactors();
        double[][] exact = thorough.electrolyte().localFactors();
        double largest = 0;
        for (int g = 1; g < near.length; g++) {
            for (int cell = 0; cell < near[g].length; cell++) {
                largest = Math.max(largest, Math.abs(near[g][cell] / exact[g][cell] - 1));
            }
        }
        assertThat(largest).isBetween(1e-12, 1e-3);
        assertThat(quick.electrolyte().iterations())
                .isLessThan(thorough.electrolyte().iterations() * 20);
    }

    private static double solved(Simulation simulation) {
        simulation.electrolyte().demand();
        return simulation.electrolyte().solve(simulation.overpotentialVolts(), 600);
    }

    /**
     * Between two solutions the concentration answers as a solution would have it: of the one ion at a held potential, with a rate that is proportional to it or not, and of a
     * trace beside the metal at a held current, as the surface grows rough.
     */
    @ParameterizedTest
    @CsvSource({"1, potential", "0.5, potential", "1, current", "2, current"})
    void shouldAnswerBetweenSolutionsAsASolutionWould(double exponent, String held) {
        boolean isTrace = held.equals("current");
        String trace = "  trace:\n    reaction: vacant -> N\n    where: [{species: [M, N], at-least: 1}]\n"
                + "    law: {type: electrochemical, electrons: 2, rate-constant: 4 /s, activity-exponent: " + exponent
                + "}\n  hop:";
        String yaml = Electrodes.yaml(
                        Electrodes.METAL,
                        isTrace
                                ? "{type: galvanostatic, current-density: 20 mA/cm^2, until: {charge: 1e-3 mAh/cm^2}}"
                                : "{type: potentiostatic, overpotential: -20 mV, until: {time: 1 s}}",
                        transport(isTrace ? ", reactions: {trace: {consumes: {N2+: 1}}}, step: 10" : ", step: 10")
                                .replace("cell: 0.9 nm", "cell: 6 nm")
                                .replace(
                                        "electrolyte: {",
                                        isTrace
                                                ? "electrolyte: {N2+: {concentration: 0.1 M, diffusivity: 1e-9 m^2/s}, "
                                                : "electrolyte: {"))
                .replace("size: [16, 16, 20]", "size: [16, 16, 60]")
                .replace(
                        "500 /s}\n  hop:",
                        "500 /s" + (isTrace ? "" : ", activity-exponent: " + exponent) + "}\n  hop:");
        if (isTrace) {
            yaml = yaml.replace("  inert: {", "  N: {phase: metal}\n  inert: {").replace("  hop:", trace);
        }
        Simulation simulation = SimulationAssembler.simulation(Electrodes.model(yaml), null);
        simulation.advance();
        int group = group(simulation, isTrace ? "trace" : "deposition");
        int cell = simulation
                .electrolyte()
                .grid()
                .cellOf(simulation.lattice().geometry().site(3, 3, 5, 0));
        double first = simulation.electrolyte().localFactors()[group][cell];
        for (int n = 0; n < (isTrace ? 1500 : 400); n++) {
            simulation.advance();
        }
        Electrolyte electrolyte = simulation.electrolyte();
        assertThat(electrolyte.solutions()).isEqualTo(1);
        double[] answers = new double[simulation.model().kinetics().groupCount()];
        electrolyte.copyAnswers(answers);
        assertThat(Math.abs(Math.log(answers[group]))).isGreaterThan(0.02);

        electrolyte.demand();
        electrolyte.solve(simulation.overpotentialVolts(), Double.NaN);
        double solved = electrolyte.localFactors()[group][cell];
        assertThat(answers[group] * first).isCloseTo(solved, within(0.1 * Math.abs(first - solved)));
        assertThat(electrolyte.takenOut(0) + electrolyte.owed(0))
                .isCloseTo(Electrodes.gained(simulation, isTrace ? "N" : "M"), within(1e-6));
    }

    /** Nickel is deposited as fast as it diffuses, with a solution for some thirty events: the overpotential, which its rate follows, moves between solutions, and had asked for one at every other event. */
    @Test
    @Tag("slow")
    void shouldSupplyATraceAsFastAsItDiffusesWithFewSolutions() throws Exception {
        int runs = 8;
        Model model = SimulationAssembler.model(ScenarioLibrary.read("zn-escort", List.of()));
        double excess = 0;
        for (long seed = 1; seed <= runs; seed++) {
            Simulation simulation = run(SimulationAssembler.simulation(model, seed, null));
            Electrolyte electrolyte = simulation.electrolyte();
            TransportModel.Ion nickel = model.transport().ions().get(1);
            double limit = nickel.diffusivityNm2PerSecond()
                    * nickel.bulkPerNm3()
                    / model.transport().layerNm()
                    * model.areaSquareMetres()
                    * 1e18
                    * simulation.timeSeconds();
            excess += (Electrodes.gained(simulation, "Ni") + Electrodes.gained(simulation, "Ni (isolated)") - limit)
                    / runs;
            assertThat(electrolyte.solutions()).isLessThan(simulation.kmc().events() / 15);
        }
        // Debts that are not settled yet scatter by some 7 atoms of 300.
        assertThat(excess).isCloseTo(0, within(4 * 7 / Math.sqrt(runs)));
    }

    private static int group(Simulation simulation, String process) {
        return simulation.model().catalog().processes().stream()
                .filter(p -> p.name().equals(process))
                .mapToInt(ElementaryProcess::factor)
                .findFirst()
                .orElseThrow();
    }

    /** What makes more of what it lives on, ρ times as much from turn to turn: in a layer that lets it out at once it settles, in a thicker one slowly, in one thicker still never. */
    @ParameterizedTest
    @CsvSource({"0.3, 0, false", "0.93, 1, false", "1.3, 1, true"})
    void shouldSayWhereFieldsDoNotSettle(double ratio, long unsettled, boolean fails) {
        // ρ = k n δ/(D c) with n = 1/(0.3 nm)² sites, δ = 100 µm and what lies between surface and top, D = 10⁻⁹ m²/s,
        // c = 1 M.
        double rate = ratio * 1e9 * 0.60221408 * 0.09 / (1e5 + 36 * 0.3);
        String yaml = Electrodes.yaml(
                        Electrodes.METAL,
                        "{type: potentiostatic, overpotential: 0 mV, until: {time: 1 ns}}",
                        transport(", reactions: {growth: {produces: {X: 1}, activity-of: X}}")
                                .replace(
                                        "electrolyte: {",
                                        "electrolyte: {X: {concentration: 1 M, diffusivity: 1e-9 m^2/s}, "))
                .replace(
                        "  hop:",
                        "  growth:\n    reaction: vacant -> inert\n    where: [{species: [M], at-least: 1}]\n"
                                + "    law: {type: constant, rate: " + rate + " /s}\n  hop:");
        Simulation simulation = SimulationAssembler.simulation(Electrodes.model(yaml), null);
        simulation.advance();
        Electrolyte electrolyte = simulation.electrolyte();
        assertThat(electrolyte.unsettledSolutions()).isEqualTo(unsettled);
        assertThat(electrolyte.largestLeftover()).isBetween(unsettled * 1e-3, unsettled * 10.0);
        assertThat(simulation.failed()).isEqualTo(fails);
        FieldsSummary summary = FieldsSummary.of(electrolyte);
        assertThat(summary.text(4 * summary.wallTimeS())).contains("solved 1 times in", " s, 25 % of the run");
        assertThat(summary.text(1).contains("WARNING: 1 times they did not settle"))
                .isEqualTo(unsettled == 1);
        if (fails) {
            assertThat(simulation.endReason()).startsWith("the fields of the electrolyte did not settle");
        }
    }

    /**
     * Hydrogen gives OH-, on which precipitation lives, and follows an overpotential that swings while metal nucleates: what goes to hydrogen comes out as with fields solved ten times as often.
     * With changes weighed by groups of laws it came to a quarter more.
     */
    @Test
    @Tag("slow")
    void shouldSolveOftenEnoughForSeveralReactionsAtOneElectrode() throws Exception {
        int runs = 32;
        double[] usual = sidePart(runs, List.of());
        double[] often = sidePart(runs, List.of("transport.step=0.01"));
        assertThat(Math.abs(usual[0] - often[0])).isLessThan(4 * Math.hypot(usual[1], often[1]));
        assertThat(4 * Math.hypot(usual[1], often[1])).isLessThan(0.2 * often[0]);
    }

    /** Side charge over all at the end of the first plating of zn-bare: mean over seeds, and its error. */
    private static double[] sidePart(int runs, List<String> changes) throws Exception {
        Model model = SimulationAssembler.model(ScenarioLibrary.read("zn-bare", changes));
        double sum = 0;
        double squares = 0;
        for (long seed = 1; seed <= runs; seed++) {
            Simulation simulation = SimulationAssembler.simulation(model, seed, null);
            while (simulation.endReason() == null && simulation.step() == 0) {
                simulation.advance();
            }
            double part = (double) simulation.sideElectrons() / simulation.electrons();
            sum += part / runs;
            squares += part * part / runs;
        }
        return new double[] {sum, Math.sqrt((squares - sum * sum) / (runs - 1))};
    }

    private static double[][] surface(Simulation simulation) {
        double[][] rows =
                new double[simulation.model().transport().surfaceFields().size()]
                        [simulation.electrolyte().grid().cellCount()];
        simulation.electrolyte().copySurface(simulation.overpotentialVolts(), rows);
        return rows;
    }

    /** Where the whole surface lies in one cell the local fields are those of the electrode. */
    @Test
    void shouldCarryTheCurrentOfTheElectrodeWhereAllIsAlike() {
        Simulation simulation = run(simulation(
                "{type: galvanostatic, current-density: 150 mA/cm^2, until: {charge: 1e-3 mAh/cm^2}}",
                transport(", potential: uniform, conductivity: 1 S/m").replace("cell: 0.9 nm", "cell: 6 nm")));
        Electrolyte electrolyte = simulation.electrolyte();
        electrolyte.demand();
        double eta = electrolyte.solve(simulation.overpotentialVolts(), 1500);
        simulation.kmc().rates().refactor(factors(simulation, eta));
        double[][] rows = new double[3][electrolyte.grid().cellCount()];
        electrolyte.copySurface(eta, rows);

        SpeciesSet solids = SpeciesSet.of(1, 2);
        FacingArea facing = new FacingArea(simulation.lattice().geometry(), solids);
        double area = 0;
        for (int site = 0; site < simulation.lattice().geometry().siteCount(); site++) {
            area += simulation.lattice().species(site) == 0 ? facing.areaNm2(simulation.lattice(), site) : 0;
        }
        int cell = electrolyte.grid().cellOf(simulation.lattice().geometry().site(3, 3, 5, 0));
        assertThat(rows[0][cell]).isCloseTo(1500 * 16 * 16 * 0.09 / area, within(0.5));
        assertThat(rows[1][cell])
                .isCloseTo(
                        eta
                                - electrolyte.currents().concentrationVolts()
                                - electrolyte.currents().ohmicVolts(),
                        within(1e-9));
        assertThat(rows[2][cell]).isCloseTo(electrolyte.leastConcentration(0), within(1e-12));
        assertThat(rows[2][cell]).isCloseTo(1 - 1500 / 1929.7, within(0.02));
    }

    private static double[] factors(Simulation simulation, double volts) {
        double[] factors = new double[simulation.model().kinetics().groupCount()];
        simulation.model().kinetics().factors(volts, factors);
        return factors;
    }

    /** On a tip more reaches it; closed cells hold nothing; and nothing is known before anything is held. */
    @Test
    void shouldCopyFieldsThatTellATipFromTheGround() {
        String yaml = Electrodes.yaml(
                        "[{type: layers, species: M, count: 4},"
                                + " {type: protrusion, species: M, radius: 0.9 nm, height: 4.5 nm}]",
                        "{type: galvanostatic, current-density: 60 mA/cm^2, until: {charge: 2e-5 mAh/cm^2}}",
                        transport(", potential: uniform, conductivity: 1 S/m").replace("layer: 100 um", "layer: 9 nm"))
                .replace("1e-9 m^2/s", "1e-13 m^2/s")
                // Slow enough that nearly nothing dissolves again, whose noise would hide the field.
                .replace("500 /s", "5 /s")
                .replace("size: [16, 16, 20]", "size: [24, 24, 40]");
        Simulation simulation = SimulationAssembler.simulation(Electrodes.model(yaml), null);
        Electrolyte electrolyte = simulation.electrolyte();
        double[][] before = surface(simulation);
        assertThat(before[0]).containsOnly(Double.NaN);
        assertThat(before[2]).containsOnly(1.0);
        run(simulation);
        assertThat(simulation.endReason()).isEqualTo("the protocol is done");
        double[][] rows = surface(simulation);
        int tip = electrolyte.grid().cellOf(simulation.lattice().geometry().site(12, 12, 19, 0));
        int ground = electrolyte.grid().cellOf(simulation.lattice().geometry().site(0, 0, 4, 0));
        assertThat(rows[0][tip]).isGreaterThan(1.2 * rows[0][ground]);
        assertThat(rows[2][tip]).isGreaterThan(1.05 * rows[2][ground]);

        double[][] space = new double[3][electrolyte.grid().cellCount()];
        electrolyte.copySpace(space);
        int buried = electrolyte.grid().cellOf(simulation.lattice().geometry().site(0, 0, 0, 0));
        assertThat(space[0][buried]).isZero();
        assertThat(space[2][buried]).isNaN();
        int top = electrolyte.grid().cell(0, 0, electrolyte.grid().layers() - 1);
        assertThat(space[0][top]).isEqualTo(1);
        assertThat(space[2][top]).isBetween(rows[2][tip], 1.0);
        assertThat(space[2][top]).isEqualTo(electrolyte.concentrations(0)[top]);
    }
}
