package dev.kossel.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.TestModel;
import dev.kossel.engine.select.RandomWord;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.engine.select.WaitingTime;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.RandomProviderDefaultState;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiled tables and incremental bookkeeping against {@link PlainRates}, on random models over all lattices. */
class SiteRatesTest {

    private static final int EVENTS = 600;
    private static final double ROUNDING = 1e-9;

    static Stream<Arguments> models() {
        return Arrays.stream(LatticeKind.values())
                .flatMap(kind -> LatticeGeometry.orientations(kind).stream()
                        .flatMap(orientation ->
                                IntStream.range(0, 3).mapToObj(seed -> Arguments.of(kind, orientation, seed))));
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldKnowEveryEventItsRateAndTheirSums(LatticeKind kind, String orientation, int seed) {
        RandomModel model = RandomModel.of(kind, orientation, seed);
        RateTable table = model.compile();
        SiteStates lattice = SiteStates.of(table, model.initial());
        SiteRates rates = SiteRates.byState(table, lattice, RateClassSelector::new);
        run(rates, EVENTS, seed);

        PlainRates plain = new PlainRates(model.catalog(), lattice, model.factors());
        Map<PlainRates.Change, Double> expected = plain.rates();
        Map<PlainRates.Change, Double> compiled = compiledRates(lattice, table);
        assertThat(compiled.keySet()).isEqualTo(expected.keySet());
        expected.forEach((change, rate) ->
                assertThat(compiled.get(change)).as(change.toString()).isCloseTo(rate, within(ROUNDING * rate)));
        assertSums(model, table, lattice, plain.sums());
    }

    private static Map<PlainRates.Change, Double> compiledRates(SiteStates lattice, RateTable table) {
        Map<PlainRates.Change, Double> sums = new HashMap<>();
        Event event = new Event();
        for (int p = 0; p < table.processCount(); p++) {
            CompiledProcess compiled = table.compiled(p);
            for (int site = 0; site < lattice.geometry().siteCount(); site++) {
                for (int direction = 0; direction < compiled.directions(); direction++) {
                    double rate = compiled.rate(lattice, site, direction);
                    if (rate > 0) {
                        compiled.describe(lattice, site, direction, event);
                        Map<Integer, Integer> after = new HashMap<>();
                        for (int m = 0; m < event.count(); m++) {
                            after.put(event.site(m), event.species(m));
                        }
                        assertThat(event.site(0)).as("start").isNotNegative();
                        sums.merge(new PlainRates.Change(p, after), rate, Double::sum);
                    }
                }
            }
        }
        return sums;
    }

    private static void assertSums(RandomModel model, RateTable table, SiteStates lattice, double[] expected) {
        EnumeratedRates rates = new EnumeratedRates(table, lattice, RateClassSelector::new);
        rates.refactor(model.factors());
        double[] bounds = new double[table.classCount()];
        table.classRates(model.factors(), bounds);
        double total = 0;
        for (int site = 0; site < expected.length; site++) {
            double sum = rates.sum(site);
            assertThat(sum).isCloseTo(expected[site], within(ROUNDING * expected[site]));
            assertThat(bounds[table.rateClass(lattice.state(site))]).isGreaterThanOrEqualTo(sum * (1 - ROUNDING));
            total += sum;
        }
        // The bins are a factor 2^¼ wide.
        assertThat(rates.selector().totalRate()).isBetween(total * (1 - ROUNDING), total * Math.pow(2, 0.25));
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldKeepStatesAndClassesTrueToTheLattice(LatticeKind kind, String orientation, int seed) {
        RandomModel model = RandomModel.of(kind, orientation, seed);
        RateTable table = model.compile();
        for (boolean enumerated : new boolean[] {false, true}) {
            SiteStates lattice = SiteStates.of(table, model.initial());
            SiteRates rates = rates(enumerated, table, lattice);
            run(rates, EVENTS / 2, seed);
            rates.refactor(model.factors());
            run(rates, EVENTS / 2, seed);

            SiteStates fresh = SiteStates.of(table, Lattice.copyOf(lattice));
            SiteRates freshRates = rates(enumerated, table, fresh);
            freshRates.refactor(model.factors());
            for (int site = 0; site < lattice.geometry().siteCount(); site++) {
                assertThat(lattice.state(site)).isEqualTo(fresh.state(site));
            }
            for (int c = 1; c < rates.selector().classCount(); c++) {
                assertThat(rates.selector().count(c))
                        .as("class %d", c)
                        .isEqualTo(freshRates.selector().count(c));
            }
            // Rate classes stand in the order of their first use, on which sums depend by rounding.
            double total = freshRates.selector().totalRate();
            assertThat(rates.selector().totalRate()).isCloseTo(total, within(1e-13 * total));
            assertWeightedRates(model, rates);
        }
    }

    /** One run, with all that must come out the same however it goes on. */
    private static final class Run {
        private final SiteRates rates;
        private final RestorableUniformRandomProvider random;
        private final Course course;
        private final Event event = new Event();
        private final List<List<Integer>> attended = new ArrayList<>();

        Run(RateTable table, Lattice initial, long seed) {
            this(table, initial, seed, RateClassSelector::new);
        }

        Run(RateTable table, Lattice initial, long seed, SiteRates.SelectorFactory selectors) {
            rates = SiteRates.byState(table, SiteStates.of(table, initial), selectors);
            random = RandomSource.XO_SHI_RO_256_PP.create(seed);
            boolean[] watched = new boolean[table.processCount()];
            watched[(int) seed % watched.length] = true;
            course = new Course(watched);
        }

        Course.End atAStretch(double horizonSeconds, int attendedFrom) {
            EventLoop loop = rates.loop(Long.MAX_VALUE);
            assertThat(loop).isNotNull();
            return loop.run(course, horizonSeconds, random, event, attendedFrom, this::attend);
        }

        /** The oracle. */
        Course.End stepByStep(double horizonSeconds, int attendedFrom) {
            while (course.end() == Course.End.UNDER_WAY) {
                if (rates.totalRate() == 0) {
                    return Course.End.NOTHING;
                }
                RandomWord word = RandomWord.of(random);
                double waiting = WaitingTime.next(random) / rates.totalRate();
                if (course.timeSeconds() + waiting > horizonSeconds) {
                    return Course.End.HORIZON;
                }
                course.pass(waiting);
                if (rates.draw(word, random, event)) {
                    rates.apply(event);
                    if (IntStream.range(0, event.count()).anyMatch(m -> event.site(m) >= attendedFrom)) {
                        attend(event);
                    }
                    course.count(event.process());
                } else {
                    course.countNull();
                }
            }
            return course.end();
        }

        private void attend(Event seen) {
            List<Integer> all = new ArrayList<>();
            all.add(seen.process());
            for (int m = 0; m < seen.count(); m++) {
                all.addAll(List.of(seen.site(m), seen.species(m), seen.before(m)));
            }
            attended.add(all);
        }

        List<Object> state() {
            SiteStates lattice = rates.lattice();
            List<Object> all = new ArrayList<>(
                    List.of(course.timeSum, course.timeCarry, course.events, course.nullEvents, course.watchedEvents));
            all.addAll(List.of(course.drawsLeft, course.watchedLeft, rates.totalRate()));
            Arrays.stream(course.eventCounts).forEach(all::add);
            IntStream.range(0, lattice.geometry().siteCount())
                    .map(lattice::state)
                    .forEach(all::add);
            all.add(Arrays.hashCode(((RandomProviderDefaultState) random.saveState()).getState()));
            return all;
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldDoTheSameBitForBitAtAStretchAsStepByStep(LatticeKind kind, String orientation, int seed) {
        RandomModel model = RandomModel.of(kind, orientation, seed);
        assertSameAtAStretch(model.compile(), model.initial(), model.factors(), seed);
    }

    /** A box of whole bricks, where the loop has a table of the sites around pairs; hops at the rate of the first site alone. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldDoTheSameAtAStretchWithATableOfPairs(boolean exact) {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 8, 12, 8);
        assertThat(Objects.requireNonNull(geometry.neighborRows()).settlePairs())
                .isTrue();
        TestModel model = TestModel.on(geometry, 2)
                .energies(Hamiltonian.builder(2, 1, 2).pair(0, 1, 1, -0.05))
                .hop("hop", 1, 1, TestModel.touching(0, 1), (d, e, t, s) -> Math.exp((exact ? e : -0.5 * d) / 0.05))
                .compile();
        assertThat(((CompiledProcess.Pair) model.table().compiled(0)).isExact).isEqualTo(exact);
        Lattice initial = new Lattice(geometry);
        for (int site = 0; site < geometry.siteCount(); site++) {
            initial.setSpecies(site, geometry.layer(site) < 2 || site % 3 == 0 ? 1 : 0);
        }
        for (int seed = 0; seed < 5; seed++) {
            assertSameAtAStretch(model.table(), initial, new double[] {1, 1}, seed);
        }
    }

    private static void assertSameAtAStretch(RateTable table, Lattice initial, double[] factors, long seed) {
        Run plain = new Run(table, initial, seed);
        Run fast = new Run(table, initial, seed);
        UniformRandomProvider limits = RandomSource.XO_SHI_RO_256_PP.create(seed + 100);
        int sites = table.geometry().siteCount();
        for (int stretch = 0; stretch < 40; stretch++) {
            if (stretch == 20) {
                plain.rates.refactor(factors);
                fast.rates.refactor(factors);
            }
            long draws = 1 + limits.nextInt(60);
            long watched = 1 + limits.nextInt(20);
            double mean = plain.rates.totalRate() > 0 ? 1 / plain.rates.totalRate() : 0;
            double horizon = plain.course.timeSeconds() + mean * limits.nextInt(60);
            int from = limits.nextInt(3) * (sites / 2);
            plain.course.allow(draws, watched);
            fast.course.allow(draws, watched);
            Course.End end = plain.stepByStep(horizon, from);
            // Now and then the plain way in between: the two may take turns.
            assertThat(stretch % 10 == 9 ? fast.stepByStep(horizon, from) : fast.atAStretch(horizon, from))
                    .isEqualTo(end);
            assertThat(fast.state()).isEqualTo(plain.state());
            assertThat(fast.attended).isEqualTo(plain.attended);
        }
    }

    /**
     * Classes that are listed and those that are only counted, and many changes from one to the other: the same step by step and at a stretch, and after a restart; counts
     * those of the lattice.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 3, 1e300})
    void shouldDoTheSameWhetherClassesAreListedOrNot(double fewTries) throws IOException {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 8, 12, 8);
        TestModel model = TestModel.on(geometry, 2)
                .energies(Hamiltonian.builder(2, 1, 2).pair(0, 1, 1, -0.05))
                .hop("hop", 1, 1, TestModel.touching(0, 1), (d, e, t, s) -> Math.exp(e / 0.03))
                .compile();
        assertThat(model.table().classCount()).isBetween(4, 8);
        Lattice initial = new Lattice(geometry);
        for (int site = 0; site < geometry.siteCount(); site++) {
            initial.setSpecies(site, geometry.layer(site) < 2 || site % 9 == 0 ? 1 : 0);
        }
        SiteRates.SelectorFactory selectors = (items, classes) -> new RateClassSelector(items, classes, fewTries, 1);
        Run plain = new Run(model.table(), initial, 3, selectors);
        Run fast = new Run(model.table(), initial, 3, selectors);
        Set<List<Integer>> seen = new HashSet<>();
        for (int stretch = 0; stretch < 150; stretch++) {
            plain.course.allow(150, Long.MAX_VALUE);
            fast.course.allow(150, Long.MAX_VALUE);
            plain.stepByStep(Double.POSITIVE_INFINITY, 0);
            if (stretch % 10 == 9) {
                fast.stepByStep(Double.POSITIVE_INFINITY, 0);
            } else {
                fast.atAStretch(Double.POSITIVE_INFINITY, 0);
            }
            assertThat(fast.state()).isEqualTo(plain.state());
            assertThat(fast.attended).isEqualTo(plain.attended);
            byte[] saved = save(fast.rates);
            assertThat(saved).isEqualTo(save(plain.rates));
            if (stretch % 7 == 3) {
                fast.rates.restore(new DataInputStream(new ByteArrayInputStream(saved)));
                assertThat(save(fast.rates)).isEqualTo(saved);
            }
            RateClassSelector selector = (RateClassSelector) fast.rates.selector();
            seen.add(Arrays.stream(selector.inside().listOf()).boxed().toList());
            for (int c = 1; c < selector.classCount(); c++) {
                int rateClass = c;
                assertThat(selector.count(c)).as("class %d", c).isEqualTo((int) IntStream.range(0, geometry.siteCount())
                        .filter(site ->
                                model.table().rateClass(fast.rates.lattice().state(site)) == rateClass)
                        .count());
            }
        }
        assertThat(seen).as("what was listed").hasSizeGreaterThan(1);
    }

    private static byte[] save(SiteRates rates) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        rates.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void shouldTryLatticesWithAndWithoutATableOfRowsAtAStretch() {
        assertThat(models().map(Arguments::get)
                        .map(of -> RandomModel.of((LatticeKind) of[0], (String) of[1], (int) of[2]))
                        .map(model -> model.initial().geometry().neighborRows() != null))
                .contains(true, false);
    }

    private static void assertWeightedRates(RandomModel model, SiteRates rates) {
        double[] weights = new double[model.catalog().processes().size()];
        Arrays.setAll(weights, process -> process % 3 - 1);
        PlainRates plain = new PlainRates(model.catalog(), rates.lattice(), model.factors());
        for (int factor = 0; factor < model.factors().length; factor++) {
            double expected = plain.weightedRate(factor, weights);
            assertThat(rates.weightedRate(factor, weights))
                    .isCloseTo(expected, within(1e-6 * Math.max(1e-3, Math.abs(expected))));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNeverDrawWhatAFactorForbids(boolean enumerated) {
        RandomModel model = RandomModel.of(LatticeKind.BCC, "100", 2);
        RateTable table = model.compile();
        SiteRates rates = rates(enumerated, table, SiteStates.of(table, model.initial()));
        rates.refactor(new double[] {1, 0, 0});
        long[] drawn = run(rates, 5_000, 1);
        int forbidden = 0;
        for (int p = 0; p < drawn.length; p++) {
            if (model.catalog().processes().get(p).factor() != 0) {
                forbidden++;
                assertThat(drawn[p]).isZero();
            }
        }
        assertThat(forbidden).isPositive();
        assertThat(Arrays.stream(drawn).sum()).isPositive();
    }

    private static SiteRates rates(boolean enumerated, RateTable table, SiteStates lattice) {
        return enumerated
                ? SiteRates.enumerated(table, lattice, RateClassSelector::new)
                : SiteRates.byState(table, lattice, RateClassSelector::new);
    }

    /** Draws so many times; returns how often each process happened. */
    private static long[] run(SiteRates rates, int draws, long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        Event event = new Event();
        long[] happened = new long[rates.table().processCount()];
        for (int draw = 0; draw < draws; draw++) {
            if (rates.draw(RandomWord.of(random), random, event)) {
                rates.apply(event);
                happened[event.process()]++;
            }
        }
        return happened;
    }
}
