package dev.kossel.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.select.EventSelector;
import dev.kossel.engine.select.RandomWord;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scales of classes of events beside local factors of others: each against plain sums, and what fields read against rates that nothing scales. */
class ScaledLocalRatesTest {

    private static final double KT = 0.1;
    private static final double ROUNDING = 1e-9;
    private static final double[] FACTORS = {1, 0.4, 1.7};
    private static final boolean[] LOCAL = {false, true, true};

    /** By number in the catalogue. */
    private static final int HOP = 0;

    private static final int TURN = 1;
    private static final int TURN_BACK = 2;
    private static final int DEPOSITION = 3;

    /** A hops and turns into B and back, for which no factor is needed; A and B are deposited and dissolve at the factors of their place; B is lost at none. */
    private static ProcessCatalog catalog(LatticeGeometry geometry) {
        Hamiltonian.Builder energies =
                Hamiltonian.builder(3, 1, geometry.shells().size());
        energies.site(2, 0, 0.03).pair(0, 1, 1, -0.11).pair(0, 1, 2, -0.07);
        RateLaw law = (change, energy, type, step) -> Math.exp(-change / 2 / KT) * (step == 0 ? 1 : 0.25);
        BitSet nearest = new BitSet();
        nearest.set(0);
        PairProcess hop = new PairProcess(
                "hop",
                1,
                0,
                0,
                1,
                nearest,
                Directions.ALL,
                new BitSet(),
                new BitSet(),
                List.of(),
                List.of(),
                (change, energy, type, step) -> 3 * law.rate(change, energy, type, step),
                0);
        return new ProcessCatalog(
                List.of(
                        new Species("vacant", Phase.VACANT),
                        new Species("A", Phase.METAL),
                        new Species("B", Phase.METAL)),
                1,
                energies.build(),
                List.of(
                        hop,
                        site("turn", 1, 2, law, 0),
                        site("turn back", 2, 1, law, 0),
                        site("deposition", 0, 1, law, 1),
                        site("dissolution", 1, 0, law, 2),
                        site("other deposition", 0, 2, law, 1),
                        site("loss", 2, 0, (change, energy, type, step) -> 0.1, 0)),
                FACTORS.length);
    }

    private static SiteProcess site(String name, int before, int after, RateLaw law, int factor) {
        return new SiteProcess(name, before, after, new BitSet(), List.of(), law, factor);
    }

    private static BitSet set(int... members) {
        BitSet set = new BitSet();
        Arrays.stream(members).forEach(set::set);
        return set;
    }

    private static final class Run {
        final RateTable table;
        final SiteStates lattice;
        final EventClasses classes;
        final LocalRates rates;
        final double[] scales;
        final double[][] values;
        private final UniformRandomProvider random;

        Run(LatticeKind kind, String orientation, int seed) {
            int[] least = LatticeGeometry.leastCells(kind, orientation);
            LatticeGeometry geometry =
                    LatticeGeometry.of(kind, orientation, 0.3, Math.sqrt(8.0 / 3), least[0] + 1, least[1] + 1, 3);
            table = RateTable.compile(catalog(geometry), geometry);
            classes = EventClasses.of(table, set(HOP, TURN, TURN_BACK));
            random = RandomSource.XO_SHI_RO_256_PP.create(seed);
            Lattice start = new Lattice(geometry);
            for (int site = 0; site < geometry.siteCount(); site++) {
                start.setSpecies(site, random.nextInt(3));
            }
            lattice = SiteStates.of(table, start);
            double edge = geometry.widthNm() / 2;
            FieldGrid grid = new FieldGrid(geometry, edge, edge, 1.5);
            rates = new LocalRates(table, lattice, RateClassSelector::new, grid, LOCAL, classes);
            scales = new double[classes.classCount()];
            values = new double[FACTORS.length][grid.cellCount()];
            rates.refactor(FACTORS);
            localise();
            rescale();
        }

        void localise() {
            for (double[] row : values) {
                Arrays.setAll(row, cell -> random.nextInt(8) == 0 ? 0 : Math.exp(4 * random.nextDouble() - 2));
            }
            rates.localise(values);
        }

        void rescale() {
            Arrays.setAll(scales, c -> Math.exp(-5 * random.nextDouble()));
            rates.scaled().rescale(scales);
        }

        /** Lets as many draws pass; returns how many of the events were of processes that are scaled. */
        long happen(int draws) {
            long scaled = 0;
            Event event = new Event();
            for (int draw = 0; draw < draws; draw++) {
                if (rates.draw(RandomWord.of(random), random, event)) {
                    rates.apply(event);
                    scaled += event.process() < DEPOSITION ? 1 : 0;
                }
            }
            return scaled;
        }

        /** The rate of every event that can happen. */
        Map<String, Double> expected() {
            Map<String, Double> expected = new HashMap<>();
            Event event = new Event();
            for (int p = 0; p < table.processCount(); p++) {
                int factor = table.factorOf(p);
                for (int site = 0; site < table.geometry().siteCount(); site++) {
                    for (int direction = 0; direction < table.compiled(p).directions(); direction++) {
                        double rate = table.compiled(p).rate(lattice, site, direction) * FACTORS[factor];
                        if (factor > 0) {
                            rate *= values[factor][rates.cells().cellOf(site)];
                        }
                        if (rate > 0) {
                            int code = classes.code(lattice, p, site, direction);
                            event.of(p);
                            table.compiled(p).describe(lattice, site, direction, event);
                            expected.merge(name(event), code < 0 ? rate : rate * scales[code >> 1], Double::sum);
                        }
                    }
                }
            }
            return expected;
        }
    }

    private static String name(Event event) {
        return event.process() + " at " + event.site(0) + (event.count() > 1 ? " to " + event.site(1) : "");
    }

    /** As often as its share of the total: 5σ over all that is expected ten times and more. */
    @ParameterizedTest
    @CsvSource({"SC, 100", "FCC, 111", "HCP, 002"})
    void shouldDrawEveryEventAtItsLocalRateOrAtItsScale(LatticeKind kind, String orientation) {
        Run run = new Run(kind, orientation, 3);
        run.happen(400);
        run.localise();
        run.rescale();
        int draws = 400_000;
        Map<String, Integer> drawn = new HashMap<>();
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(9);
        Event event = new Event();
        for (int draw = 0; draw < draws; draw++) {
            if (run.rates.draw(RandomWord.of(random), random, event)) {
                drawn.merge(name(event), 1, Integer::sum);
            }
        }
        Map<String, Double> rates = run.expected();
        assertThat(rates.keySet()).containsAll(drawn.keySet());
        int compared = 0;
        for (Map.Entry<String, Double> entry : rates.entrySet()) {
            double expected = entry.getValue() * draws / run.rates.totalRate();
            if (expected > 10) {
                compared++;
                assertThat((double) drawn.getOrDefault(entry.getKey(), 0))
                        .isCloseTo(expected, within(5 * Math.sqrt(expected) + 3));
            }
        }
        assertThat(compared).isGreaterThan(50);
    }

    /** Scales are changed while local factors stand, and the other way round: tallies, sums and what is drawn of the others stay those of rates without scales. */
    @ParameterizedTest
    @CsvSource({"SC, 100", "BCC, 110", "FCC, 111"})
    void shouldShowFieldsTheRatesThatNothingScales(LatticeKind kind, String orientation) {
        Run run = new Run(kind, orientation, 5);
        double[] ones = new double[run.scales.length];
        Arrays.fill(ones, 1);
        double[] weights = {0, 0, 0, 1, -1, 2, 0};
        long counted = 0;
        for (int round = 0; round < 12; round++) {
            if (round % 2 == 0) {
                run.rescale();
            } else {
                Arrays.fill(run.scales, 1);
                run.rates.scaled().rescale(ones);
            }
            if (round % 3 == 2) {
                run.localise();
            }
            counted += run.happen(100);
            SiteStates copy = SiteStates.of(run.table, Lattice.copyOf(run.lattice));
            LocalRates plain = new LocalRates(run.table, copy, RateClassSelector::new, run.rates.cells(), LOCAL);
            plain.refactor(FACTORS);
            plain.localise(run.values);
            for (int factor = 1; factor < FACTORS.length; factor++) {
                double sum = plain.weightedRate(factor, weights);
                assertThat(run.rates.weightedRate(factor, weights))
                        .isCloseTo(sum, within(ROUNDING * Math.max(1, Math.abs(sum))));
            }
            double[][] tally = tally(run.rates);
            double[][] expected = tally(plain);
            for (int p = DEPOSITION; p < tally.length; p++) {
                assertThat(tally[p]).containsExactly(expected[p]);
            }
            // Of what is drawn by scale, the plain sum over all events.
            double scaled = 0;
            for (Map.Entry<String, Double> entry : run.expected().entrySet()) {
                scaled += entry.getKey().charAt(0) < '0' + DEPOSITION ? entry.getValue() : 0;
            }
            double enumerated = 0;
            for (int site = 0; site < run.table.geometry().siteCount(); site++) {
                enumerated += run.rates.scaled().sum(site);
            }
            assertThat(enumerated).isCloseTo(scaled, within(ROUNDING * scaled));
        }
        long happened = 0;
        for (int c = 0; c < run.scales.length; c++) {
            happened +=
                    run.rates.scaled().happened(c, false) + run.rates.scaled().happened(c, true);
        }
        assertThat(happened).isEqualTo(counted).isGreaterThan(100);
    }

    private static double[][] tally(LocalRates rates) {
        double[][] tally = new double[rates.table().processCount()][];
        for (int p = DEPOSITION; p < tally.length; p++) {
            tally[p] = new double[rates.cells().cellCount()];
        }
        rates.tally(tally);
        return tally;
    }

    @Test
    void shouldShowBothSelectorsAndTheirTotal() {
        Run run = new Run(LatticeKind.SC, "100", 1);
        assertThat(run.rates.selectors().mapToDouble(EventSelector::totalRate).toArray())
                .hasSize(2)
                .doesNotContain(0)
                .satisfies(rates -> assertThat(rates[0] + rates[1]).isEqualTo(run.rates.totalRate()));
    }

    @Test
    void shouldRefuseToScaleWhatFeelsAFactor() {
        Run run = new Run(LatticeKind.SC, "100", 1);
        ProcessCatalog catalog = new ProcessCatalog(
                run.table.catalog().species(),
                1,
                run.table.catalog().hamiltonian(),
                List.of(
                        site("up", 0, 1, (change, energy, type, step) -> 1, 1),
                        site("down", 1, 0, (change, energy, type, step) -> 1, 0)),
                FACTORS.length);
        RateTable table = RateTable.compile(catalog, run.table.geometry());
        SiteStates lattice = SiteStates.of(table, Lattice.copyOf(run.lattice));
        EventClasses classes = EventClasses.of(table, set(0, 1));
        assertThatThrownBy(
                        () -> new LocalRates(table, lattice, RateClassSelector::new, run.rates.cells(), LOCAL, classes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("process up has a factor");
    }
}
