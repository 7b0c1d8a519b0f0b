package dev.kossel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.kossel.engine.process.Course;
import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.Event;
import dev.kossel.engine.process.Hamiltonian;
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
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the loop promises, whichever rates and selector it works with. */
class KineticMonteCarloTest {

    private static final double KT = 0.0257;
    private static final long ALL = Long.MAX_VALUE;
    private static final double FOREVER = Double.POSITIVE_INFINITY;

    /** How sites find their rates, and how a site is drawn. */
    record Method(String name, boolean enumerated, SiteRates.SelectorFactory selectors) {

        SiteRates rates(TestModel model, Lattice initial) {
            SiteStates states = SiteStates.of(model.table(), initial);
            return enumerated
                    ? SiteRates.enumerated(model.table(), states, selectors)
                    : SiteRates.byState(model.table(), states, selectors);
        }

        @Override
        public String toString() {
            return name + (enumerated ? ", enumerated" : ", by state");
        }
    }

    static Stream<Method> methods() {
        return Stream.of(false, true)
                .flatMap(enumerated -> Stream.of(
                        new Method("rate classes", enumerated, RateClassSelector::new),
                        new Method("composition–rejection", enumerated, CompositionRejectionSelector::new),
                        new Method("sum tree", enumerated, SumTreeSelector::new),
                        new Method("direct", enumerated, DirectSelector::new)));
    }

    private static final Method BY_STATE = new Method("rate classes", false, RateClassSelector::new);
    private static final Method ENUMERATED = new Method("rate classes", true, RateClassSelector::new);

    /** An event as the listener saw it. */
    private record Seen(long timeBits, int process, List<Integer> sites, List<Integer> species) {

        static Seen of(double timeSeconds, Event event) {
            List<Integer> sites = new ArrayList<>();
            List<Integer> species = new ArrayList<>();
            for (int m = 0; m < event.count(); m++) {
                sites.add(event.site(m));
                species.add(event.species(m));
            }
            return new Seen(Double.doubleToLongBits(timeSeconds), event.process(), sites, species);
        }
    }

    /** Metal that grows, dissolves and diffuses on a bcc surface. */
    private static TestModel surface(int cells) {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.BCC, "100", 0.4291, 1, cells, cells, 8);
        return TestModel.on(geometry, 2)
                .energies(Hamiltonian.builder(2, 1, 2).pair(0, 1, 1, -0.05).pair(1, 1, 1, -0.03))
                .site("deposit", 0, 1, TestModel.touching(0, 1), (d, e, t, s) -> Math.exp(-0.5 * (d + 0.29) / KT))
                .site("strip", 1, 0, TestModel.touching(0, 1), 1, (d, e, t, s) -> Math.exp(-0.5 * (d - 0.29) / KT))
                .pair(
                        "hop",
                        1,
                        0,
                        0,
                        1,
                        1,
                        Directions.ALL,
                        (d, e, t, s) -> 10 * Math.exp((e - (s == 0 ? 0 : 0.02)) / KT))
                .compile();
    }

    private static Lattice halfFull(TestModel model) {
        Lattice lattice = new Lattice(model.geometry());
        for (int site = 0; site < model.geometry().siteCount(); site++) {
            lattice.setSpecies(
                    site, model.geometry().layer(site) < model.geometry().layerCount() / 2 ? 1 : 0);
        }
        return lattice;
    }

    private static KineticMonteCarlo start(TestModel model, Method method, Lattice initial, EventListener listener) {
        SiteRates rates = method.rates(model, initial);
        rates.refactor(new double[] {1, 1.3});
        boolean[] watched = new boolean[model.table().processCount()];
        watched[0] = true;
        return new KineticMonteCarlo(rates, RandomSource.XO_SHI_RO_256_PP.create(11L), watched, listener);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldContinueExactlyWhereItWasSaved(Method method) throws IOException {
        TestModel model = surface(4);
        List<Seen> straight = new ArrayList<>();
        KineticMonteCarlo first =
                start(model, method, halfFull(model), (time, event) -> straight.add(Seen.of(time, event)));
        first.advance(FOREVER, 3_000, ALL);
        Lattice lattice = Lattice.copyOf(first.rates().lattice());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        first.save(new DataOutputStream(bytes));
        straight.clear();
        first.advance(FOREVER, 3_000, ALL);

        List<Seen> resumed = new ArrayList<>();
        KineticMonteCarlo second = start(model, method, lattice, (time, event) -> resumed.add(Seen.of(time, event)));
        second.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        second.advance(FOREVER, 3_000, ALL);

        assertThat(resumed).isEqualTo(straight).isNotEmpty();
        assertThat(second.timeSeconds()).isEqualTo(first.timeSeconds());
        assertThat(second.events()).isEqualTo(first.events());
        assertThat(second.nullEvents()).isEqualTo(first.nullEvents());
        assertThat(second.generatorState()).isEqualTo(first.generatorState());
        for (int process = 0; process < model.table().processCount(); process++) {
            assertThat(second.eventCount(process)).isEqualTo(first.eventCount(process));
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldNotDependOnHowItIsSliced(Method method) {
        TestModel model = surface(4);
        KineticMonteCarlo whole = start(model, method, halfFull(model), null);
        whole.advance(FOREVER, 3_000, ALL);

        KineticMonteCarlo sliced = start(model, method, halfFull(model), null);
        long draws = 0;
        for (int slice = 0; draws < 3_000; slice++) {
            if (slice % 2 == 0) {
                assertThat(sliced.advance(FOREVER, Math.min(7, 3_000 - draws), ALL))
                        .isEqualTo(Advance.DRAWS_MADE);
            } else {
                sliced.advance(FOREVER, Math.min(20, 3_000 - draws), 2);
            }
            draws = sliced.events() + sliced.nullEvents();
        }
        assertThat(sliced.timeSeconds()).isEqualTo(whole.timeSeconds());
        assertThat(sliced.generatorState()).isEqualTo(whole.generatorState());
        assertThat(Lattice.copyOf(sliced.rates().lattice()).speciesArray())
                .isEqualTo(Lattice.copyOf(whole.rates().lattice()).speciesArray());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldTellItsListenerAllThatChanges(Method method) {
        TestModel model = surface(4);
        Lattice replica = halfFull(model);
        long[] told = new long[model.table().processCount()];
        double[] last = {0};
        KineticMonteCarlo kmc = start(model, method, halfFull(model), (time, event) -> {
            assertThat(time).isGreaterThan(last[0]);
            last[0] = time;
            told[event.process()]++;
            for (int m = 0; m < event.count(); m++) {
                replica.setSpecies(event.site(m), event.species(m));
            }
        });
        kmc.advance(FOREVER, 3_000, ALL);

        assertThat(replica.speciesArray())
                .isEqualTo(Lattice.copyOf(kmc.rates().lattice()).speciesArray());
        long[] counts = new long[told.length];
        kmc.copyEventCounts(counts);
        assertThat(counts).isEqualTo(told);
        assertThat(kmc.events() + kmc.nullEvents()).isEqualTo(3_000);
    }

    @Test
    void shouldStopTheClockAtTheEndAndChangeNothing() {
        TestModel model = surface(4);
        KineticMonteCarlo kmc = start(model, BY_STATE, halfFull(model), null);
        double meanWaiting = 1 / kmc.rates().selector().totalRate();
        for (int slice = 1; slice <= 100; slice++) {
            long before = kmc.events() + kmc.nullEvents();
            double end = kmc.timeSeconds() + 1e-9 * meanWaiting;
            assertThat(kmc.advance(end, 1_000, ALL)).isEqualTo(Advance.TIME_REACHED);
            assertThat(kmc.timeSeconds()).isEqualTo(end);
            assertThat(kmc.events() + kmc.nullEvents()).isEqualTo(before);
        }
        assertThat(Lattice.copyOf(kmc.rates().lattice()).speciesArray())
                .isEqualTo(halfFull(model).speciesArray());
        double end = 50 * meanWaiting;
        assertThat(kmc.advance(end, ALL, ALL)).isEqualTo(Advance.TIME_REACHED);
        assertThat(kmc.timeSeconds()).isEqualTo(end);
        assertThat(kmc.events()).isPositive();
    }

    @Test
    void shouldStopAfterSoManyWatchedEvents() {
        TestModel model = surface(4);
        KineticMonteCarlo kmc = start(model, BY_STATE, halfFull(model), null);
        for (int n = 1; n <= 20; n++) {
            assertThat(kmc.advance(FOREVER, ALL, 3)).isEqualTo(Advance.WATCHED_EVENTS_HAPPENED);
            assertThat(kmc.eventCount(0)).isEqualTo(3L * n);
        }
    }

    @Test
    void shouldSayWhenNothingCanHappen() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SQUARE, "2d", 0.3, 1, 5, 5, 1);
        TestModel model = TestModel.on(geometry, 2)
                .site("adsorb", 0, 1, List.of(), (d, e, t, s) -> 1)
                .compile();
        for (Method method : List.of(BY_STATE, ENUMERATED)) {
            KineticMonteCarlo kmc = new KineticMonteCarlo(
                    method.rates(model, new Lattice(geometry)),
                    RandomSource.XO_SHI_RO_256_PP.create(1L),
                    new boolean[1],
                    null);
            assertThat(kmc.advance(FOREVER, ALL, ALL)).isEqualTo(Advance.NOTHING_CAN_HAPPEN);
            assertThat(kmc.events()).isEqualTo(25);
            double last = kmc.timeSeconds();
            assertThat(kmc.advance(last + 1, ALL, ALL)).isEqualTo(Advance.NOTHING_CAN_HAPPEN);
            assertThat(kmc.timeSeconds()).isEqualTo(last);
            kmc.idleUntil(last + 1);
            assertThat(kmc.timeSeconds()).isEqualTo(last + 1);
        }
    }

    @Test
    void shouldRefuseAnEndInThePast() {
        TestModel model = surface(4);
        KineticMonteCarlo kmc = start(model, BY_STATE, halfFull(model), null);
        kmc.advance(FOREVER, 10, ALL);
        double past = kmc.timeSeconds() / 2;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kmc.advance(past, 1, ALL))
                .withMessageContaining(String.valueOf(past));
        assertThatIllegalArgumentException().isThrownBy(() -> kmc.advance(Double.NaN, 1, ALL));
        assertThatIllegalArgumentException().isThrownBy(() -> kmc.idleUntil(past));
    }

    @Test
    void shouldAllocateNothing() {
        TestModel model = surface(12);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (Method method : List.of(BY_STATE, ENUMERATED)) {
            int draws = method.enumerated() ? 100_000 : 1_000_000;
            KineticMonteCarlo kmc = start(model, method, halfFull(model), null);
            kmc.advance(FOREVER, draws, ALL);
            long before = threads.getCurrentThreadAllocatedBytes();
            kmc.advance(FOREVER, draws, ALL);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            // Lists that outgrow their capacity once more are let through; a single object a step is not.
            assertThat(allocated).as(method.toString()).isLessThan(draws / 2);
            assertThat(kmc.eventCount(0)).isPositive();
            assertThat(kmc.eventCount(2)).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldWaitExponentially(Method method) {
        TestModel model = surface(4);
        KineticMonteCarlo kmc = start(model, method, halfFull(model), null);
        double[] reduced = new double[4_000];
        for (int draw = 0; draw < reduced.length; draw++) {
            double total = kmc.rates().selector().totalRate();
            double before = kmc.timeSeconds();
            kmc.advance(FOREVER, 1, ALL);
            reduced[draw] = (kmc.timeSeconds() - before) * total;
        }
        assertThat(KolmogorovSmirnovTest.withDefaults()
                        .test(reduced, x -> -Math.expm1(-x))
                        .getPValue())
                .isGreaterThan(0.01);
    }

    @Test
    void shouldSmoothASurfaceAlikeByStateAndEnumerated() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 16, 16, 8);
        // Surface diffusion with bonds of 4 kT, and only to places where there is something to hold on to.
        TestModel model = TestModel.on(geometry, 2)
                .energies(Hamiltonian.builder(2, 1, 2).pair(0, 1, 1, -4 * KT))
                .hop("hop", 1, 1, TestModel.touching(0, 1), (d, e, t, s) -> 1e4 * Math.exp(e / KT))
                .compile();
        Lattice initial = new Lattice(geometry);
        for (int site = 0; site < geometry.siteCount(); site++) {
            boolean scattered = geometry.layer(site) == 2 && (geometry.cellX(site) + 2 * geometry.cellY(site)) % 5 == 0;
            initial.setSpecies(site, geometry.layer(site) < 2 || scattered ? 1 : 0);
        }
        double[][] byState = hopsAndEnergies(model, BY_STATE, initial);
        double[][] enumerated = hopsAndEnergies(model, ENUMERATED, initial);
        for (int observable = 0; observable < byState.length; observable++) {
            assertAlike(byState[observable], enumerated[observable]);
        }
    }

    private static double[][] hopsAndEnergies(TestModel model, Method method, Lattice initial) {
        int replicas = 24;
        double[][] observed = new double[2][replicas];
        for (int replica = 0; replica < replicas; replica++) {
            KineticMonteCarlo kmc = new KineticMonteCarlo(
                    method.rates(model, initial),
                    RandomSource.XO_SHI_RO_256_PP.create(replica + (method.enumerated() ? 100L : 0)),
                    new boolean[1],
                    null);
            kmc.advance(0.15, Long.MAX_VALUE, Long.MAX_VALUE);
            observed[0][replica] = kmc.events();
            observed[1][replica] =
                    model.table().catalog().hamiltonian().total(kmc.rates().lattice());
        }
        return observed;
    }

    /** Student's t for two samples; 46 degrees of freedom, t > 4.5 once in 20,000. */
    private static void assertAlike(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double squares = Arrays.stream(a).map(x -> (x - meanA) * (x - meanA)).sum()
                + Arrays.stream(b).map(x -> (x - meanB) * (x - meanB)).sum();
        double sigma = Math.sqrt(squares / (a.length * (a.length - 1.0)));
        assertThat(sigma).isLessThan(0.05 * Math.abs(meanA));
        assertThat(meanA).isCloseTo(meanB, within(4.5 * sigma));
    }

    @Test
    void shouldNotLoseShortWaitsInALongTime() {
        Course course = new Course(new boolean[0]);
        course.pass(1e9);
        for (int step = 0; step < 1_000_000; step++) {
            course.pass(1e-8);
        }
        assertThat(course.timeSeconds() - 1e9).isBetween(0.01 - 2e-7, 0.01 + 2e-7);
    }
}
