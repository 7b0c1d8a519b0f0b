package dev.kossel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.process.SiteRates;
import dev.kossel.engine.process.SiteStates;
import dev.kossel.engine.select.CompositionRejectionSelector;
import dev.kossel.engine.select.DirectSelector;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.engine.select.SumTreeSelector;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrivals from above beside other events: their times, their counts, their places. Bounds are 4.5σ. */
class ArrivalTest {

    private static final double SIGMAS = 4.5;
    private static final long ALL = Long.MAX_VALUE;
    private static final double FOREVER = Double.POSITIVE_INFINITY;

    private static final int ARRIVAL = 0;
    private static final int FAILED = 1;
    private static final int STRIP = 2;
    private static final int HOP = 3;

    static Stream<SiteRates.SelectorFactory> selectors() {
        return Stream.of(
                RateClassSelector::new, CompositionRejectionSelector::new, SumTreeSelector::new, DirectSelector::new);
    }

    /** Metal that arrives, hops and dissolves. */
    private static TestModel surface() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 8, 8, 120);
        return TestModel.on(geometry, 2)
                .arrival("arrive", 1, TestModel.touching(0, 1), 2, 0.75)
                .site("strip", 1, 0, TestModel.touching(0, 1), (d, e, t, s) -> 0.2)
                .hop("hop", 1, 1, TestModel.touching(0, 1), (d, e, t, s) -> 1)
                .compile();
    }

    private static Lattice floor(TestModel model, int layers) {
        Lattice lattice = new Lattice(model.geometry());
        for (int site = 0; site < model.geometry().siteCount(); site++) {
            lattice.setSpecies(site, model.geometry().layer(site) < layers ? 1 : 0);
        }
        return lattice;
    }

    private static KineticMonteCarlo start(
            TestModel model, Lattice initial, SiteRates.SelectorFactory selectors, EventListener listener) {
        SiteRates rates = SiteRates.byState(model.table(), SiteStates.of(model.table(), initial), selectors);
        return new KineticMonteCarlo(
                rates,
                RandomSource.XO_SHI_RO_256_PP.create(17L),
                new boolean[model.table().processCount()],
                listener);
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void shouldArriveAtItsOwnRateWhateverElseHappens(SiteRates.SelectorFactory selectors) {
        TestModel model = surface();
        List<Double> times = new ArrayList<>();
        KineticMonteCarlo kmc = start(model, floor(model, 10), selectors, (time, event) -> {
            if (event.process() == ARRIVAL) {
                times.add(time);
            }
        });
        double seconds = 12;
        assertThat(kmc.advance(seconds, ALL, ALL)).isEqualTo(Advance.TIME_REACHED);
        double attempts = 64 * 2 * seconds;
        long arrived = kmc.eventCount(ARRIVAL);
        long failed = kmc.eventCount(FAILED);
        assertThat((double) (arrived + failed)).isCloseTo(attempts, within(SIGMAS * Math.sqrt(attempts)));
        assertThat((double) failed).isCloseTo(attempts / 4, within(SIGMAS * Math.sqrt(attempts / 4)));
        assertThat(kmc.events()).isEqualTo(arrived + kmc.eventCount(STRIP) + kmc.eventCount(HOP));
        assertThat(kmc.eventCount(HOP)).isGreaterThan(10 * arrived);
        assertThat(kmc.nullEvents()).isGreaterThanOrEqualTo(failed);
        double[] waits = new double[times.size() - 1];
        for (int n = 0; n < waits.length; n++) {
            waits[n] = (times.get(n + 1) - times.get(n)) * 64 * 2 * 0.75;
        }
        assertThat(KolmogorovSmirnovTest.withDefaults()
                        .test(waits, x -> -Math.expm1(-x))
                        .getPValue())
                .isGreaterThan(0.01);
    }

    /** Without arrivals, what the selector offers happens at its own rates: dissolution from a fixed number of atoms. */
    @Test
    void shouldNotDisturbTheOtherProcesses() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SQUARE, "2d", 0.3, 1, 40, 40, 1);
        TestModel model = TestModel.on(geometry, 3)
                .arrival("turn", 1, List.of(), 0.7, 1)
                .site("back", 1, 0, List.of(), (d, e, t, s) -> 0.3)
                .compile();
        KineticMonteCarlo kmc = start(model, new Lattice(geometry), RateClassSelector::new, null);
        for (double time : new double[] {0.3, 1, 3, 30}) {
            kmc.advance(time, ALL, ALL);
            // On a lattice of one layer every site is a column of its own: Langmuir's adsorption.
            double expected = 0.7 * -Math.expm1(-time);
            double coverage = (double) (kmc.eventCount(0) - kmc.eventCount(2)) / geometry.siteCount();
            assertThat(coverage)
                    .isCloseTo(expected, within(SIGMAS * Math.sqrt(expected * (1 - expected) / geometry.siteCount())));
        }
    }

    /**
     * Ballistic deposition in 1 + 1 dimensions, where particles stick to the first neighbour they pass: the deposit's density
     * is 0.4684 (P. Meakin, P. Ramanlal, L. M. Sander, R. C. Ball, Phys. Rev. A 34, 5091 (1986), doi
     * 10.1103/PhysRevA.34.5091).
     */
    @Test
    void shouldDepositBallistically() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 1000, 1, 600);
        TestModel model = TestModel.on(geometry, 2)
                .arrival("arrive", 1, TestModel.touching(0, 1), 1, 1)
                .compile();
        KineticMonteCarlo kmc = start(model, floor(model, 1), RateClassSelector::new, null);
        assertThat(kmc.advance(200, ALL, ALL)).isEqualTo(Advance.TIME_REACHED);
        long filled = 0;
        long sites = 0;
        for (int site = 0; site < geometry.siteCount(); site++) {
            // Away from the substrate, near which the deposit is denser, and from its ragged top.
            if (geometry.layer(site) >= 100 && geometry.layer(site) < 350) {
                sites++;
                filled += kmc.rates().lattice().species(site);
            }
        }
        assertThat((double) filled / sites).isCloseTo(0.4684, within(0.006));
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void shouldContinueExactlyWhereItWasSaved(SiteRates.SelectorFactory selectors) throws IOException {
        TestModel model = surface();
        List<Double> straight = new ArrayList<>();
        KineticMonteCarlo first = start(model, floor(model, 10), selectors, (time, event) -> straight.add(time));
        first.advance(FOREVER, 3_000, ALL);
        Lattice lattice = Lattice.copyOf(first.rates().lattice());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        first.save(new DataOutputStream(bytes));
        straight.clear();
        first.advance(FOREVER, 3_000, ALL);

        List<Double> resumed = new ArrayList<>();
        KineticMonteCarlo second = start(model, lattice, selectors, (time, event) -> resumed.add(time));
        second.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        second.advance(FOREVER, 3_000, ALL);

        assertThat(resumed).isEqualTo(straight).isNotEmpty();
        assertThat(second.generatorState()).isEqualTo(first.generatorState());
        assertThat(second.eventCount(FAILED))
                .isEqualTo(first.eventCount(FAILED))
                .isPositive();
        assertThat(Lattice.copyOf(second.rates().lattice()).speciesArray())
                .isEqualTo(Lattice.copyOf(first.rates().lattice()).speciesArray());
    }

    @Test
    void shouldNotDependOnHowItIsSliced() {
        TestModel model = surface();
        KineticMonteCarlo whole = start(model, floor(model, 10), RateClassSelector::new, null);
        whole.advance(FOREVER, 3_000, ALL);
        KineticMonteCarlo sliced = start(model, floor(model, 10), RateClassSelector::new, null);
        for (int slice = 0; slice < 300; slice++) {
            sliced.advance(FOREVER, 10, ALL);
        }
        assertThat(sliced.timeSeconds()).isEqualTo(whole.timeSeconds());
        assertThat(sliced.generatorState()).isEqualTo(whole.generatorState());
    }

    @Test
    void shouldGoOnArrivingWhereNothingElseCanHappen() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 4, 4, 10);
        TestModel model = TestModel.on(geometry, 2)
                .arrival("arrive", 1, TestModel.touching(0, 1), 1, 1)
                .compile();
        KineticMonteCarlo kmc = start(model, floor(model, 1), RateClassSelector::new, null);
        assertThat(kmc.advance(1000, ALL, ALL)).isEqualTo(Advance.TIME_REACHED);
        assertThat(kmc.timeSeconds()).isEqualTo(1000);
        // Overhangs shut some sites off, and a column whose top is taken takes no more.
        assertThat(kmc.topReached()).isTrue();
        assertThat(kmc.eventCount(ARRIVAL)).isBetween(16L, 16L * 9);
        assertThat(kmc.eventCount(FAILED)).isGreaterThan(10_000);
    }
}
