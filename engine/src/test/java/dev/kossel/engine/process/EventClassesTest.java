package dev.kossel.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.process.EventClasses.EventClass;
import dev.kossel.engine.select.RandomWord;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Events and those that undo them are of one class, and scales of classes keep detailed balance. */
class EventClassesTest {

    private static final double KT = 0.1;
    private static final double ROUNDING = 1e-9;

    static Stream<Arguments> lattices() {
        return Stream.of(
                Arguments.of(LatticeKind.SQUARE, "2d"),
                Arguments.of(LatticeKind.SC, "100"),
                Arguments.of(LatticeKind.BCC, "110"),
                Arguments.of(LatticeKind.FCC, "111"),
                Arguments.of(LatticeKind.HCP, "002"));
    }

    private static BitSet set(int... members) {
        BitSet set = new BitSet();
        Arrays.stream(members).forEach(set::set);
        return set;
    }

    /** Two kinds of atoms: A hops, up and down by a process each, trades places with B and turns into it. */
    private static ProcessCatalog catalog(LatticeGeometry geometry) {
        Hamiltonian.Builder energies =
                Hamiltonian.builder(3, 1, geometry.shells().size());
        energies.site(1, 0, -0.05).site(2, 0, 0.03);
        energies.pair(0, 1, 1, -0.11).pair(0, 1, 2, -0.07).pair(0, 2, 2, -0.02);
        RateLaw law = (change, energy, type, step) -> Math.exp(-change / 2 / KT) * (step == 0 ? 1 : 0.25);
        return new ProcessCatalog(
                List.of(
                        new Species("vacant", Phase.VACANT),
                        new Species("A", Phase.METAL),
                        new Species("B", Phase.METAL)),
                1,
                energies.build(),
                List.of(
                        pair("hop", 1, 0, 0, 1, Directions.IN_PLANE, law),
                        pair("up", 1, 0, 0, 1, Directions.UP, law),
                        pair("down", 1, 0, 0, 1, Directions.DOWN, law),
                        pair("exchange", 1, 2, 2, 1, Directions.ALL, law),
                        pair("turn", 1, 0, 2, 0, Directions.ALL, law),
                        pair("turn back", 2, 0, 1, 0, Directions.ALL, law),
                        new SiteProcess("change", 1, 2, new BitSet(), List.of(), law, 0),
                        new SiteProcess("change back", 2, 1, new BitSet(), List.of(), law, 0),
                        new SiteProcess(
                                "loss", 2, 0, new BitSet(), List.of(), (change, energy, type, step) -> 1e-3, 0)),
                1);
    }

    private static PairProcess pair(
            String name, int before, int beforeTo, int after, int afterTo, Directions directions, RateLaw law) {
        return new PairProcess(
                name,
                before,
                beforeTo,
                after,
                afterTo,
                set(0),
                directions,
                new BitSet(),
                new BitSet(),
                List.of(),
                List.of(),
                law,
                0);
    }

    private static SiteStates configuration(RateTable table, int seed) {
        Lattice lattice = new Lattice(table.geometry());
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        for (int site = 0; site < table.geometry().siteCount(); site++) {
            lattice.setSpecies(site, random.nextInt(3));
        }
        return SiteStates.of(table, lattice);
    }

    private static LatticeGeometry geometry(LatticeKind kind, String orientation) {
        int[] least = LatticeGeometry.leastCells(kind, orientation);
        return LatticeGeometry.of(
                kind, orientation, 0.3, Math.sqrt(8.0 / 3), least[0] + 1, least[1], kind == LatticeKind.SQUARE ? 1 : 3);
    }

    @Test
    void shouldFindWhatUndoesAProcess() {
        ProcessCatalog catalog = catalog(geometry(LatticeKind.SC, "100"));
        int[] reverse = new int[catalog.processes().size()];
        Arrays.setAll(reverse, p -> EventClasses.reverse(catalog, p));
        assertThat(reverse).containsExactly(0, 2, 1, 3, 5, 4, 7, 6, -1);
    }

    @Test
    void shouldRefuseAProcessThatNothingUndoes() {
        LatticeGeometry geometry = geometry(LatticeKind.SC, "100");
        RateTable table = RateTable.compile(catalog(geometry), geometry);
        assertThatThrownBy(() -> EventClasses.of(table, set(8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loss has no reverse");
        assertThatThrownBy(() -> EventClasses.of(table, set(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("up has no reverse");
    }

    /** Every event that can happen is carried out, the event that undoes it looked for by hand, and both are compared. */
    @ParameterizedTest
    @MethodSource("lattices")
    void shouldPutWhatUndoesAnEventOnTheOtherSideOfItsClass(LatticeKind kind, String orientation) {
        LatticeGeometry geometry = geometry(kind, orientation);
        RateTable table = RateTable.compile(catalog(geometry), geometry);
        EventClasses classes = EventClasses.of(table, set(0, 1, 2, 3, 4, 5, 6, 7));
        Event event = new Event();
        Event undoing = new Event();
        int compared = 0;
        for (int seed = 0; seed < 4; seed++) {
            SiteStates before = configuration(table, seed);
            byte[] species = new byte[geometry.siteCount()];
            before.copySpecies(species);
            for (int site = 0; site < geometry.siteCount(); site++) {
                for (int p = 0; p < table.processCount(); p++) {
                    CompiledProcess process = table.compiled(p);
                    for (int direction = 0; direction < process.directions(); direction++) {
                        double rate = process.rate(before, site, direction);
                        if (rate == 0) {
                            continue;
                        }
                        int code = classes.code(before, p, site, direction);
                        if (p == 8) {
                            assertThat(code).isNegative();
                            continue;
                        }
                        process.describe(before, site, direction, event);
                        byte[] changed = species.clone();
                        for (int m = 0; m < event.count(); m++) {
                            changed[event.site(m)] = (byte) event.species(m);
                        }
                        SiteStates after = SiteStates.of(table, new Lattice(geometry, changed, new byte[0]));
                        assertUndone(table, classes, before, event, after, undoing, code, rate);
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    private static void assertUndone(
            RateTable table,
            EventClasses classes,
            SiteStates before,
            Event event,
            SiteStates after,
            Event undoing,
            int code,
            double rate) {
        EventClass of = classes.eventClass(code >> 1);
        int reverse = (code & 1) == 0 ? of.reverse() : of.process();
        boolean found = false;
        for (int m = 0; m < event.count(); m++) {
            int start = event.site(m);
            CompiledProcess process = table.compiled(reverse);
            for (int direction = 0; direction < process.directions(); direction++) {
                double back = process.rate(after, start, direction);
                if (back > 0) {
                    process.describe(after, start, direction, undoing);
                    if (restores(before, event, undoing)) {
                        found = true;
                        int other = classes.code(after, reverse, start, direction);
                        assertThat(other >> 1).isEqualTo(code >> 1);
                        assertThat(other & 1).isEqualTo(of.directed() ? 1 - (code & 1) : 0);
                        double change = of.to().energy() - of.from().energy();
                        double expected = Math.exp(((code & 1) == 0 ? -1 : 1) * change / KT);
                        assertThat(rate / back).isCloseTo(expected, within(1e-6 * expected));
                    }
                }
            }
        }
        assertThat(found).isTrue();
    }

    private static boolean restores(SiteStates before, Event event, Event undoing) {
        int same = 0;
        for (int m = 0; m < undoing.count(); m++) {
            for (int n = 0; n < event.count(); n++) {
                same += undoing.site(m) == event.site(n) && undoing.species(m) == before.species(event.site(n)) ? 1 : 0;
            }
        }
        return same == event.count();
    }

    @ParameterizedTest
    @MethodSource("lattices")
    void shouldMultiplyRatesByTheScaleOfTheirClassAndCountEvents(LatticeKind kind, String orientation) {
        LatticeGeometry geometry = geometry(kind, orientation);
        RateTable table = RateTable.compile(catalog(geometry), geometry);
        EventClasses classes = EventClasses.of(table, set(0, 1, 2, 3, 4, 5, 6, 7));
        SiteStates lattice = configuration(table, 7);
        EnumeratedRates rates = SiteRates.scaled(table, lattice, RateClassSelector::new, classes);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(11);
        double[] scales = new double[classes.classCount()];
        Event event = new Event();
        long events = 0;
        for (int round = 0; round < 3; round++) {
            Arrays.setAll(scales, c -> Math.exp(-6 * random.nextDouble()));
            rates.rescale(scales);
            for (int draw = 0; draw < 300; draw++) {
                if (rates.draw(RandomWord.of(random), random, event)) {
                    rates.apply(event);
                    events += event.process() == 8 ? 0 : 1;
                }
            }
            for (int site = 0; site < geometry.siteCount(); site++) {
                double expected = 0;
                for (int p = 0; p < table.processCount(); p++) {
                    for (int d = 0; d < table.compiled(p).directions(); d++) {
                        double rate = table.compiled(p).rate(lattice, site, d);
                        int code = rate == 0 ? -1 : classes.code(lattice, p, site, d);
                        expected += code < 0 ? rate : rate * scales[code >> 1];
                    }
                }
                assertThat(rates.sum(site)).isCloseTo(expected, within(ROUNDING * expected));
                assertThat(rates.selector().totalRate()).isPositive();
            }
        }
        long counted = 0;
        for (int c = 0; c < classes.classCount(); c++) {
            counted += rates.happened(c, false) + rates.happened(c, true);
        }
        assertThat(counted).isEqualTo(events);
    }
}
