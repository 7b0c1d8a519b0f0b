package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.process.EventClasses;
import dev.kossel.engine.process.RateTable;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hops are slowed, forth and back alike, beside fields of the electrolyte: these see charge transfers as they would without. A small electrode near its limiting current. */
class ScaledElectrolyteTest {

    private static final String ADAPTIVE = "separation: {adaptive: {}}";

    private static final String STEPS =
            "{type: galvanostatic, current-density: 100 mA/cm^2, until: {charge: 3e-4 mAh/cm^2}}, "
                    + "{type: potentiostatic, overpotential: -60 mV, until: {time: 2 ms}}";

    /** The electrode of {@link Electrodes}, with hops millions of times as frequent, in a thin layer of a viscous electrolyte, so that concentrations differ from place to place. */
    private static Model model(String steps, String separation) {
        return model(steps, "1.6e9", separation);
    }

    /** @param prefactor of hops, 1/s */
    private static Model model(String steps, String prefactor, String separation) {
        String transport = "transport: {type: continuum, boundary-layer: 9 nm, cell: 0.9 nm, "
                + "electrolyte: {M2+: {charge: 2, concentration: 1 M, diffusivity: 1e-13 m^2/s}}}\n";
        return Electrodes.model(Electrodes.yaml(Electrodes.METAL, steps, transport + separation)
                .replace("size: [16, 16, 20]", "size: [9, 9, 20]")
                .replace("prefactor: 500 /s", "prefactor: " + prefactor + " /s"));
    }

    private static AdaptiveSeparation separation(Simulation simulation) {
        return Objects.requireNonNull(simulation.separation());
    }

    private static Electrolyte electrolyte(Simulation simulation) {
        return Objects.requireNonNull(simulation.electrolyte());
    }

    /** What is compared, averaged over time where it changes with it. */
    private static final List<String> OBSERVABLES = List.of(
            "overpotential, V",
            "least concentration at the surface, mol/L",
            "tip ratio",
            "RMS height, layers",
            "dissolved for each deposited atom",
            "charge while the potential is held, C/m²",
            "events, unscaled");

    private static double[] observe(Simulation simulation) {
        double[] sums = new double[OBSERVABLES.size()];
        double before = 0;
        double held = 0;
        while (simulation.endReason() == null) {
            int step = simulation.step();
            simulation.advance();
            double now = simulation.timeSeconds();
            double[] values = {
                step == 0 ? simulation.overpotentialVolts() : 0,
                electrolyte(simulation).leastConcentration(0),
                electrolyte(simulation).currents().tipRatio(),
                rmsHeight(simulation)
            };
            for (int n = 0; n < values.length; n++) {
                sums[n] += (now - before) * values[n];
            }
            before = now;
            if (step == 0 && simulation.step() == 1) {
                sums[0] /= now;
                held = simulation.chargeDensity();
            }
        }
        for (int n = 1; n < 4; n++) {
            sums[n] /= before;
        }
        sums[4] = (double) Electrodes.count(simulation, "deposition-reverse")
                / Electrodes.count(simulation, "deposition");
        sums[5] = simulation.chargeDensity() - held;
        sums[6] = simulation.unscaledEvents();
        return sums;
    }

    private static double rmsHeight(Simulation simulation) {
        LatticeGeometry geometry = simulation.model().geometry();
        double sum = 0;
        double squares = 0;
        for (int column = 0; column < geometry.columnCount(); column++) {
            int height = 0;
            for (int site = geometry.columnSite(column, 0), n = 0; site >= 0; site = geometry.columnSite(column, ++n)) {
                height += simulation.lattice().species(site) == 0 ? 0 : 1;
            }
            sum += height;
            squares += (double) height * height;
        }
        double mean = sum / geometry.columnCount();
        return Math.sqrt(squares / geometry.columnCount() - mean * mean);
    }

    @Test
    @Tag("slow")
    void shouldShowTheSameWithEightTimesFewerEvents() {
        int runs = 8;
        Model plain = model(STEPS, "1e9", "");
        Model scaled = model(STEPS, "1e9", ADAPTIVE);
        double[][] means = new double[2][OBSERVABLES.size()];
        double[][] squares = new double[2][OBSERVABLES.size()];
        long[] events = new long[2];
        for (int run = 0; run < runs; run++) {
            for (int which = 0; which < 2; which++) {
                Simulation simulation =
                        SimulationAssembler.simulation(which == 0 ? plain : scaled, 1 + run + 1000 * which, null);
                double[] observed = observe(simulation);
                assertThat(simulation.endReason()).isEqualTo("the protocol is done");
                events[which] += simulation.kmc().events();
                for (int n = 0; n < observed.length; n++) {
                    means[which][n] += observed[n] / runs;
                    squares[which][n] += observed[n] * observed[n] / runs;
                }
            }
        }
        for (int n = 0; n < OBSERVABLES.size(); n++) {
            double variance = squares[0][n] - means[0][n] * means[0][n] + squares[1][n] - means[1][n] * means[1][n];
            double error = Math.sqrt(variance / (runs - 1));
            assertThat(means[1][n]).as(OBSERVABLES.get(n)).isCloseTo(means[0][n], within(4 * error));
        }
        assertThat(events[1]).isLessThan(events[0] / 8);
    }

    /** What the fields have let through and what events have taken beyond that are the events of charge transfer, to the last digit. */
    @Test
    void shouldCloseTheAccountOfTheIon() {
        Simulation simulation = SimulationAssembler.simulation(
                model("{type: galvanostatic, current-density: 100 mA/cm^2, until: {charge: 2e-4 mAh/cm^2}}", ADAPTIVE),
                null);
        while (simulation.endReason() == null) {
            simulation.advance();
        }
        assertThat(separation(simulation).leastScale()).isLessThan(0.1);
        assertThat(simulation.unscaledEvents())
                .isGreaterThan(3.0 * simulation.kmc().events());
        Electrolyte electrolyte = electrolyte(simulation);
        electrolyte.demand();
        electrolyte.solve(simulation.overpotentialVolts(), Double.NaN);
        long atoms = Electrodes.count(simulation, "deposition") - Electrodes.count(simulation, "deposition-reverse");
        assertThat(simulation.electrons()).isEqualTo(2 * atoms);
        assertThat(Electrodes.gained(simulation, "M")).isEqualTo(atoms);
        assertThat(electrolyte.takenOut(0) + electrolyte.owed(0)).isCloseTo(atoms, within(1e-9 * atoms));
    }

    /** Saved at several moments, in unscaled windows and between them, between solutions of the fields. */
    @Test
    void shouldGoOnAfterARestartAsIfThereHadBeenNone() throws IOException {
        Model model = model(
                "{type: galvanostatic, current-density: 100 mA/cm^2, until: {charge: 1e-4 mAh/cm^2}}",
                "separation: {adaptive: {windows: 0.4, separation: 30}}");
        Simulation unbroken = SimulationAssembler.simulation(model, null);
        List<Simulation> resumed = new ArrayList<>();
        for (int slice = 1; unbroken.endReason() == null; slice++) {
            unbroken.advance();
            if (slice % 100 == 0) {
                ByteArrayOutputStream saved = new ByteArrayOutputStream();
                unbroken.save(new DataOutputStream(saved));
                Simulation next = SimulationAssembler.simulation(model, Lattice.copyOf(unbroken.lattice()), null);
                next.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
                resumed.add(next);
            }
        }
        assertThat(separation(unbroken).windows()).isPositive();
        assertThat(separation(unbroken).leastScale()).isLessThan(0.1);
        assertThat(resumed).hasSizeGreaterThan(3);
        for (Simulation next : resumed) {
            while (next.endReason() == null) {
                next.advance();
            }
            assertThat(next.stateHash()).isEqualTo(unbroken.stateHash());
            assertThat(next.unscaledEvents()).isEqualTo(unbroken.unscaledEvents());
            assertThat(separation(next).meanBias())
                    .isEqualTo(separation(unbroken).meanBias());
            assertThat(electrolyte(next).owed(0))
                    .isEqualTo(electrolyte(unbroken).owed(0));
        }
    }

    @Test
    void shouldScaleNothingThatTransfersChargeOrExchangesIons() {
        String reactions = "reaction: M + vacant -> vacant + M";
        String yaml = Electrodes.yaml(
                        Electrodes.METAL,
                        STEPS,
                        "transport: {type: continuum, boundary-layer: 100 um, cell: 0.9 nm, "
                                + "electrolyte: {M2+: {charge: 2, concentration: 1 M, diffusivity: 1e-9 m^2/s}},"
                                + " reactions: {turning: {consumes: {M2+: 1}}}}\n" + ADAPTIVE)
                .replace("inert: {phase: inert}", "inert: {phase: inert}\n  salt: {phase: film}")
                .replace(
                        "  hop:\n",
                        "  turning: {reaction: vacant <-> salt, law: {type: constant, rate: 1 /s}}\n"
                                + "  aging: {reaction: salt <-> inert, law: {type: constant, rate: 1 /s}}\n  hop:\n");
        assertThat(yaml).contains(reactions);
        Model model = Electrodes.model(yaml);
        List<String> classes = new ArrayList<>();
        EventClasses of = EventClasses.of(model.table(), model.scalableProcesses(List.of()));
        for (int c = 0; c < of.classCount(); c++) {
            classes.add(
                    model.catalog().processes().get(of.eventClass(c).process()).name());
        }
        assertThat(classes).contains("hop", "aging").allMatch(name -> name.equals("hop") || name.equals("aging"));
        assertThat(ModelReport.of(model).warnings())
                .anySatisfy(
                        warning -> assertThat(warning)
                                .isEqualTo(
                                        "Only aging, hop may be slowed, at every place alike; deposition, turning keep their rates, which the fields of the electrolyte answer to."));
    }

    @Test
    void shouldSayThatNothingCanBeSlowed() {
        Model model = Electrodes.model(Electrodes.yaml(Electrodes.METAL, STEPS, ADAPTIVE)
                .replace("reaction: M + vacant -> vacant + M", "reaction: M + vacant -> vacant + inert"));
        assertThat(ModelReport.of(model).warnings())
                .anySatisfy(warning ->
                        assertThat(warning).startsWith("There is nothing that an adaptive separation could slow"));
    }

    /** A stated ratio is in the tables: tallies, and with them the fields, are those of an unslowed run but for the hops. */
    @Test
    void shouldSlowStatedProcessesByARatioAndNothingElse() {
        Model plain = model(STEPS, "");
        Model slowed = model(STEPS, "separation: {processes: [hop], ratio: 100, reason: to see it slowed}");
        // The adatom's four ways over one bond; 281 layers a second.
        double layers = 1000 * 0.09e-18 / (2 * 1.602176634e-19);
        double adatom = 4 * 1.6e9 * Math.exp(-0.05 / (8.617333262e-5 * 298.15));
        assertThat(slowed.slowdown()).isCloseTo(100 * layers / adatom, within(1e-12));
        for (String process : List.of("deposition", "deposition-reverse", "hop")) {
            double factor = process.equals("hop") ? slowed.slowdown() : 1;
            double expected = factor * bounds(plain, process);
            assertThat(bounds(slowed, process)).isPositive().isCloseTo(expected, within(1e-9 * expected));
        }
    }

    /** Rates of a process at factor 1, as the table bounds them, summed over all states. */
    private static double bounds(Model model, String process) {
        RateTable table = model.table();
        double sum = 0;
        for (int state = 0; state < table.stateCount(); state++) {
            int of = table.rateClass(state);
            for (int channel = table.firstChannel(of); channel < table.firstChannel(of + 1); channel++) {
                int p = table.channelProcess(channel);
                sum += table.catalog().processes().get(p).name().equals(process) ? table.channelBound(channel) : 0;
            }
        }
        return sum;
    }
}
