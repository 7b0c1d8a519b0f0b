package dev.kossel.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.KineticMonteCarlo;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.file.ScenarioLibrary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The built-in scenario {@code r1} against a program of another hand: what an independent program for this one model, which shares no line with this
 * one, finds over many seeds (docs/scenarios/r1.md). Bounds are 4.5σ of the difference of two means.
 */
class BenchmarkModelTest {

    private static final double SIGMAS = 4.5;

    private static final int MANY = 24;

    private static final int HOP = 0;
    private static final int DEPOSITION = 1;
    private static final int FAILED = 2;

    /**
     * An observable of a box at a time.
     *
     * @param mean over the other program's runs
     * @param deviation of a single run, standard
     * @param runs of the other program
     */
    private record Expected(double mean, double deviation, int runs) {
        static Expected of(double mean, double standardError, int runs) {
            return new Expected(mean, standardError * Math.sqrt(runs), runs);
        }
    }

    /**
     * A box and a time, with what is expected.
     *
     * @param cells along x, y and z; nothing reaches the top
     */
    private record Case(
            int edge,
            int height,
            String time,
            Expected hops,
            Expected deposited,
            Expected failed,
            Expected meanHeight) {

        @Override
        public String toString() {
            return edge + " × " + edge + ", " + time;
        }
    }

    private static final Case BRIEF = new Case(
            32,
            8,
            "1e14 s",
            Expected.of(88_003, 505, 400),
            Expected.of(80.31, 0.456, 400),
            Expected.of(22.03, 0.231, 400),
            Expected.of(1.07877, 0.00045, 400));

    private static final List<Case> LONG = List.of(
            new Case(
                    32,
                    32,
                    "1e15 s",
                    Expected.of(637_083, 7_366, 120),
                    Expected.of(804.6, 2.81, 120),
                    Expected.of(218.8, 1.36, 120),
                    Expected.of(1.78743, 0.00273, 120)),
            new Case(
                    128,
                    32,
                    "3e13 s",
                    Expected.of(458_480, 2_184, 60),
                    Expected.of(382.6, 2.43, 60),
                    Expected.of(103.8, 1.46, 60),
                    Expected.of(1.02344, 0.00015, 60)),
            new Case(
                    512,
                    32,
                    "1e13 s",
                    Expected.of(1_907_262, 6_411, 30),
                    Expected.of(2_059.6, 10.5, 30),
                    Expected.of(560.1, 3.98, 30),
                    Expected.of(1.00787, 0.00004, 30)));

    /** A linear search over half a million sites takes longer than it tells. */
    static Stream<Arguments> longCases() {
        return Arrays.stream(Scenario.Selector.values())
                .flatMap(selector -> (selector == Scenario.Selector.DIRECT ? List.of(BRIEF) : LONG)
                        .stream().map(box -> Arguments.of(selector, box)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindWhatAnIndependentProgramFinds(Scenario.Selector selector) throws ScenarioException {
        compare(selector, BRIEF, selector == Scenario.Selector.DIRECT ? 1 : 6);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("longCases")
    void shouldFindItOverManySeedsToo(Scenario.Selector selector, Case box) throws ScenarioException {
        compare(selector, box, MANY);
    }

    private static void compare(Scenario.Selector selector, Case box, int seeds) throws ScenarioException {
        List<double[]> runs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            runs.add(run(selector, box, seed));
        }
        Expected[] expected = {box.hops(), box.deposited(), box.failed(), box.meanHeight()};
        String[] names = {"hops", "deposited", "failed", "mean height"};
        for (int n = 0; n < expected.length; n++) {
            int observable = n;
            double mean =
                    runs.stream().mapToDouble(run -> run[observable]).average().orElseThrow();
            double sigma = expected[n].deviation() * Math.sqrt(1.0 / seeds + 1.0 / expected[n].runs());
            if (seeds == MANY) {
                System.out.printf(
                        Locale.ROOT,
                        "%s, %s: %s %.6g, expected %.6g: %.1f sigma%n",
                        selector,
                        box,
                        names[n],
                        mean,
                        expected[n].mean(),
                        (mean - expected[n].mean()) / sigma);
            }
            assertThat(mean).as(names[n]).isCloseTo(expected[n].mean(), within(SIGMAS * sigma));
        }
    }

    private static double[] run(Scenario.Selector selector, Case box, int seed) throws ScenarioException {
        Scenario scenario = ScenarioLibrary.read(
                "r1",
                List.of(
                        "lattice.size=[" + box.edge() + ", " + box.edge() + ", " + box.height() + "]",
                        "protocol.steps.0.until.time=" + box.time(),
                        "engine.selector="
                                + selector.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        "seed=" + seed));
        Simulation simulation = SimulationAssembler.simulation(SimulationAssembler.model(scenario), null);
        while (simulation.endReason() == null) {
            simulation.advance();
        }
        assertThat(simulation.endReason()).isEqualTo("the protocol is done");
        KineticMonteCarlo kmc = simulation.kmc();
        assertThat(kmc.events()).isEqualTo(kmc.eventCount(HOP) + kmc.eventCount(DEPOSITION));
        return new double[] {
            kmc.eventCount(HOP), kmc.eventCount(DEPOSITION), kmc.eventCount(FAILED), meanHeight(simulation)
        };
    }

    /** The mean of the layer of the topmost atom of every column; the substrate's top is layer 1. */
    private static double meanHeight(Simulation simulation) {
        LatticeGeometry geometry = simulation.model().geometry();
        long sum = 0;
        for (int column = 0; column < geometry.columnCount(); column++) {
            int step = geometry.cellsZ() - 1;
            while (simulation.lattice().species(geometry.columnSite(column, step)) == 0) {
                step--;
            }
            sum += step;
        }
        return (double) sum / geometry.columnCount();
    }
}
