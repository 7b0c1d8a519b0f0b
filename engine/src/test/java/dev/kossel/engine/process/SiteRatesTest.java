package dev.kossel.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
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
            assertThat(rates.selector().totalRate())
                    .isEqualTo(freshRates.selector().totalRate());
            assertWeightedRates(model, rates);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldDrawTheSameBitForBitWhenSpecialised(LatticeKind kind, String orientation, int seed) {
        RandomModel model = RandomModel.of(kind, orientation, seed);
        RateTable table = model.compile();
        SiteRates plain = SiteRates.byState(table, SiteStates.of(table, model.initial()), RateClassSelector::new);
        SiteRates other = SiteRates.byState(table, SiteStates.of(table, model.initial()), RateClassSelector::new);
        EventSource specialised = other.specialised();
        assertThat(specialised).isNotSameAs(other);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        UniformRandomProvider same = RandomSource.XO_SHI_RO_256_PP.create(seed);
        Event event = new Event();
        Event twin = new Event();
        for (int n = 0; n < EVENTS; n++) {
            if (n == EVENTS / 2) {
                plain.refactor(model.factors());
                other.refactor(model.factors());
            }
            // Now and then the plain way in between: calls to either may be mixed.
            EventSource source = n % 50 == 49 ? other : specialised;
            assertThat(source.totalRate()).isEqualTo(plain.totalRate());
            if (plain.totalRate() == 0) {
                break;
            }
            boolean drawn = plain.draw(random, event);
            assertThat(source.draw(same, twin)).isEqualTo(drawn);
            assertThat(twin.process()).isEqualTo(event.process());
            if (drawn) {
                plain.apply(event);
                source.apply(twin);
                for (int m = 0; m < event.count(); m++) {
                    assertThat(twin.site(m)).isEqualTo(event.site(m));
                    assertThat(twin.species(m)).isEqualTo(event.species(m));
                    assertThat(twin.before(m)).isEqualTo(event.before(m));
                }
            }
        }
        for (int site = 0; site < plain.lattice().geometry().siteCount(); site++) {
            assertThat(other.lattice().state(site)).isEqualTo(plain.lattice().state(site));
        }
    }

    @Test
    void shouldTryLatticesWithAndWithoutATableOfRowsWhenSpecialised() {
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
            int site = rates.selector().select(random);
            if (rates.draw(site, random, event)) {
                rates.apply(event);
                happened[event.process()]++;
            }
        }
        return happened;
    }
}
