package dev.kossel.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.select.RandomWord;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeKind;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against plain sums over all events, each multiplied by the factor of its cell. */
class LocalRatesTest {

    private static final double ROUNDING = 1e-9;

    private record Run(RandomModel model, RateTable table, SiteStates lattice, LocalRates rates, double[][] values) {

        static Run of(LatticeKind kind, String orientation, int seed, double spread) {
            RandomModel model = RandomModel.of(kind, orientation, seed);
            RateTable table = model.compile();
            SiteStates lattice = SiteStates.of(table, model.initial());
            double edge = table.geometry().widthNm() / 3;
            FieldGrid grid = new FieldGrid(table.geometry(), edge, edge, 1.5);
            boolean[] local = new boolean[model.factors().length];
            Arrays.fill(local, 1, local.length, true);
            LocalRates rates = new LocalRates(table, lattice, RateClassSelector::new, grid, local);
            rates.refactor(model.factors());
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
            double[][] values = new double[local.length][grid.cellCount()];
            for (double[] row : values) {
                Arrays.setAll(row, cell -> random.nextInt(8) == 0 ? 0 : Math.exp(spread * (random.nextDouble() - 0.5)));
            }
            rates.localise(values);
            return new Run(model, table, lattice, rates, values);
        }

        /** The rate of process {@code p} from {@code site}. */
        double rate(int p, int site) {
            int factor = table.factorOf(p);
            double sum = 0;
            for (int direction = 0; direction < table.compiled(p).directions(); direction++) {
                sum += table.compiled(p).rate(lattice, site, direction);
            }
            return sum
                    * model.factors()[factor]
                    * (factor == 0 ? 1 : values[factor][rates.cells().cellOf(site)]);
        }

        void happen(int draws, long seed) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
            Event event = new Event();
            for (int draw = 0; draw < draws; draw++) {
                if (rates.draw(RandomWord.of(random), random, event)) {
                    rates.apply(event);
                }
            }
        }
    }

    /** Each (process, site) as often as its share of the selector's total: 5σ over all that is expected ten times and more. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 12})
    void shouldDrawEveryEventAtItsLocalRate(double spread) {
        Run run = Run.of(LatticeKind.BCC, "100", 2, spread);
        run.happen(400, 4);
        int draws = 400_000;
        int sites = run.table.geometry().siteCount();
        long[] drawn = new long[run.table.processCount() * sites];
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(9);
        Event event = new Event();
        for (int draw = 0; draw < draws; draw++) {
            RandomWord word = RandomWord.of(random);
            int site = run.rates.selector().select(word, random);
            if (run.rates.draw(site, word, random, event)) {
                drawn[event.process() * sites + site]++;
            }
        }
        double perRate = draws / run.rates.selector().totalRate();
        int compared = 0;
        for (int p = 0; p < run.table.processCount(); p++) {
            for (int site = 0; site < sites; site++) {
                double expected = run.rate(p, site) * perRate;
                if (expected == 0) {
                    assertThat(drawn[p * sites + site]).isZero();
                } else if (expected > 10) {
                    compared++;
                    assertThat((double) drawn[p * sites + site])
                            .isCloseTo(expected, within(5 * Math.sqrt(expected) + 3));
                }
            }
        }
        assertThat(compared).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldKeepClassesAndSumsTrueWhileTheLatticeChanges(int seed) {
        Run run = Run.of(LatticeKind.FCC, "111", seed, 4);
        run.happen(500, seed);
        SiteStates fresh = SiteStates.of(run.table, Lattice.copyOf(run.lattice));
        boolean[] local = new boolean[run.values.length];
        Arrays.fill(local, 1, local.length, true);
        LocalRates again = new LocalRates(run.table, fresh, RateClassSelector::new, run.rates.cells(), local);
        again.refactor(run.model.factors());
        again.localise(run.values);

        for (int c = 1; c < again.selector().classCount(); c++) {
            assertThat(run.rates.selector().count(c)).isEqualTo(again.selector().count(c));
        }
        double[] weights = new double[run.table.processCount()];
        Arrays.setAll(weights, p -> p % 3 - 1);
        for (int factor = 1; factor < run.values.length; factor++) {
            double expected = 0;
            for (int p = 0; p < weights.length; p++) {
                if (run.table.factorOf(p) == factor && run.table.compiled(p) instanceof CompiledProcess.Site) {
                    for (int site = 0; site < run.table.geometry().siteCount(); site++) {
                        expected += weights[p] * run.rate(p, site) / run.model.factors()[factor];
                    }
                }
            }
            assertThat(run.rates.weightedRate(factor, weights))
                    .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
        }
    }

    @Test
    void shouldTallyRatesByCell() {
        Run run = Run.of(LatticeKind.HCP, "002", 1, 2);
        run.happen(300, 1);
        int cells = run.rates.cells().cellCount();
        double[][] tally = new double[run.table.processCount()][cells];
        run.rates.tally(tally);
        double[][] expected = new double[tally.length][cells];
        for (int p = 0; p < tally.length; p++) {
            for (int site = 0; site < run.table.geometry().siteCount(); site++) {
                for (int direction = 0; direction < run.table.compiled(p).directions(); direction++) {
                    expected[p][run.rates.cells().cellOf(site)] +=
                            run.table.compiled(p).rate(run.lattice, site, direction);
                }
            }
            for (int cell = 0; cell < cells; cell++) {
                assertThat(tally[p][cell])
                        .isCloseTo(expected[p][cell], within(ROUNDING * Math.max(1e-9, expected[p][cell])));
            }
        }
    }

    /** What is kept of cells between looks, against a sum over all sites at each. */
    @Test
    void shouldKeepTalliesAndSumsTrueFromLookToLook() {
        Run run = Run.of(LatticeKind.FCC, "111", 2, 3);
        int cells = run.rates.cells().cellCount();
        double[][] tally = new double[run.table.processCount()][];
        for (int p = 0; p < tally.length; p++) {
            tally[p] = run.table.compiled(p) instanceof CompiledProcess.Site ? new double[cells] : null;
        }
        assertThat(Arrays.stream(tally).anyMatch(row -> row != null)).isTrue();
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(5);
        for (int look = 0; look < 40; look++) {
            run.happen(1 << look % 8, look);
            if (look % 3 != 0) {
                run.rates.tally(tally);
            }
            if (look % 2 == 0) {
                for (double[] row : run.values) {
                    Arrays.setAll(row, cell -> Math.exp(6 * random.nextDouble() - 3));
                }
                run.rates.localise(run.values);
            }
            for (int p = 0; p < tally.length; p++) {
                if (tally[p] == null) {
                    continue;
                }
                double[] expected = new double[cells];
                double sum = 0;
                int factor = run.table.factorOf(p);
                for (int site = 0; site < run.table.geometry().siteCount(); site++) {
                    expected[run.rates.cells().cellOf(site)] +=
                            run.table.compiled(p).rate(run.lattice, site, 0);
                    sum += run.rate(p, site) / run.model.factors()[factor];
                }
                if (look % 3 != 0) {
                    assertThat(tally[p]).containsExactly(expected);
                }
                double[] alone = new double[tally.length];
                alone[p] = 1;
                if (factor > 0) {
                    assertThat(run.rates.weightedRate(factor, alone))
                            .isCloseTo(sum, within(ROUNDING * Math.max(1, sum)));
                }
            }
        }
    }

    /** Where all local factors are 1 nothing is refused that plain rates do not refuse: the sums of the rates agree. */
    @Test
    void shouldBoundNothingTwiceWhereFactorsAreOne() {
        Run run = Run.of(LatticeKind.SC, "100", 0, 0);
        double[][] ones = new double[run.values.length][run.rates.cells().cellCount()];
        Arrays.stream(ones).forEach(row -> Arrays.fill(row, 1));
        run.rates.localise(ones);
        SiteRates plain = SiteRates.byState(run.table, run.lattice, RateClassSelector::new);
        plain.refactor(run.model.factors());

        double total = plain.selector().totalRate();
        assertThat(run.rates.selector().totalRate()).isCloseTo(total, within(ROUNDING * total));
    }
}
