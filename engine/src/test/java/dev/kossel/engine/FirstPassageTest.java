package dev.kossel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.ElementaryProcess.FirstPassageProcess;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.process.ElementaryProcess.TopProcess;
import dev.kossel.engine.process.Hamiltonian;
import dev.kossel.engine.process.NeighborCondition;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.ProcessCatalog;
import dev.kossel.engine.process.RateTable;
import dev.kossel.engine.process.SiteRates;
import dev.kossel.engine.process.SiteStates;
import dev.kossel.engine.process.Species;
import dev.kossel.engine.select.RateClassSelector;
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
import java.util.BitSet;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/** Walkers (species 1) that vanish at a wall (species 2), by hops and by first passages. */
class FirstPassageTest {

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        Arrays.stream(set).forEach(bits::set);
        return bits;
    }

    private static RateTable table(LatticeGeometry geometry, boolean passages, double vanishing, double density) {
        List<ElementaryProcess> processes = new ArrayList<>();
        processes.add(new PairProcess(
                "hop",
                1,
                0,
                0,
                1,
                bits(0),
                Directions.ALL,
                bits(),
                bits(),
                List.of(),
                List.of(),
                (change, initial, type, step) -> 1,
                0));
        processes.add(new SiteProcess(
                "vanish",
                1,
                0,
                bits(),
                List.of(new NeighborCondition(bits(0), bits(2), 1, 99)),
                (change, initial, type, step) -> vanishing,
                0));
        if (density > 0) {
            processes.add(new TopProcess("in", 0, 1, (change, initial, type, step) -> density));
            processes.add(new TopProcess("out", 1, 0, (change, initial, type, step) -> 1 - density));
        }
        if (passages) {
            processes.add(new FirstPassageProcess("passage", "hop"));
        }
        List<Species> species = List.of(
                new Species("vacant", Phase.VACANT), new Species("ion", Phase.ION), new Species("wall", Phase.INERT));
        Hamiltonian none = Hamiltonian.builder(3, 1, geometry.shells().size()).build();
        return RateTable.compile(new ProcessCatalog(species, 1, none, processes, 1), geometry);
    }

    private static KineticMonteCarlo start(RateTable table, Lattice initial, long seed) {
        SiteRates rates = SiteRates.of(table, SiteStates.of(table, initial), RateClassSelector::new);
        boolean[] watched = new boolean[table.processCount()];
        watched[1] = true;
        return new KineticMonteCarlo(rates, RandomSource.XO_SHI_RO_256_PP.create(seed), watched, null);
    }

    private static LatticeGeometry sc(int x, int y, int z) {
        return LatticeGeometry.of(LatticeKind.SC, "100", 1, Double.NaN, x, y, z);
    }

    /** Where and when single walkers vanish. */
    private static double[][] hits(boolean passages, int walks, long[] events) {
        LatticeGeometry geometry = sc(24, 24, 40);
        RateTable table = table(geometry, passages, 1e6, 0);
        Lattice initial = new Lattice(geometry);
        for (int site = 0; site < geometry.siteCount(); site++) {
            if (geometry.layer(site) == 0 || geometry.isInTopLayer(site)) {
                initial.setSpecies(site, 2);
            }
        }
        initial.setSpecies(geometry.site(12, 12, 14, 0), 1);
        double[][] hits = new double[3][walks];
        int[] place = new int[1];
        for (int n = 0; n < walks; n++) {
            SiteRates rates = SiteRates.of(table, SiteStates.of(table, initial), RateClassSelector::new);
            KineticMonteCarlo kmc = new KineticMonteCarlo(
                    rates,
                    RandomSource.XO_SHI_RO_256_PP.create(n),
                    new boolean[] {false, true, false},
                    (time, event) -> {
                        if (event.process() == 1) {
                            place[0] = event.site(0);
                        }
                    });
            kmc.advance(Double.POSITIVE_INFINITY, Long.MAX_VALUE, 1);
            hits[0][n] = kmc.timeSeconds();
            hits[1][n] = geometry.layer(place[0]);
            hits[2][n] = Math.floorMod(geometry.cellX(place[0]) - 12 + 2, 24) / 4;
            events[0] += kmc.events();
        }
        return hits;
    }

    /**
     * The same distribution of time (Kolmogorov and Smirnov) and place (χ²) as by hops; and of time as of the walk along z alone: mean k(N − k)/2, and k/N of them at the top.
     */
    @Test
    void shouldHitWhereAndWhenHopsDo() {
        long[] plainEvents = {0};
        long[] passageEvents = {0};
        int plainWalks = 250;
        int walks = 1000;
        double[][] plain = hits(false, plainWalks, plainEvents);
        double[][] passages = hits(true, walks, passageEvents);
        assertThat((double) passageEvents[0] / walks).isLessThan(0.12 * plainEvents[0] / plainWalks);

        // From layer 14 to the layers next to the walls, 1 and 38.
        double mean = 13.0 * 24 / 2;
        double found = Arrays.stream(passages[0]).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(passages[0]).map(t -> (t - found) * (t - found)).sum() / walks / walks);
        assertThat(found).isCloseTo(mean, within(4.5 * deviation));
        double top = Arrays.stream(passages[1]).filter(layer -> layer > 20).count() / (double) walks;
        assertThat(top).isCloseTo(13 / 37.0, within(4.5 * Math.sqrt(13 * 24 / 37.0 / 37 / walks)));

        Arrays.sort(plain[0]);
        Arrays.sort(passages[0]);
        double distance = 0;
        int k = 0;
        for (int n = 0; n < walks; n++) {
            while (k < plainWalks && plain[0][k] <= passages[0][n]) {
                k++;
            }
            distance = Math.max(distance, Math.abs((double) k / plainWalks - (n + 1.0) / walks));
        }
        // Exceeded once in 10,000: 2 exp(−2 λ²) with λ² = d² n m/(n + m).
        assertThat(distance).isLessThan(2.23 * Math.sqrt(1.0 / walks + 1.0 / plainWalks));

        double chiSquare = 0;
        for (int bin = 0; bin < 6; bin++) {
            int of = bin;
            double a = Arrays.stream(plain[2]).filter(x -> x == of).count();
            double b = Arrays.stream(passages[2]).filter(x -> x == of).count();
            double scaled = a * Math.sqrt((double) walks / plainWalks) - b * Math.sqrt((double) plainWalks / walks);
            chiSquare += scaled * scaled / (a + b);
        }
        // χ² with 5 degrees of freedom exceeds 25.7 once in 10,000.
        assertThat(chiSquare).isLessThan(25.7);
    }

    /** Many walkers that meet, between a reservoir of density ρ and a wall: J = ρ/(N/Γ + 1/k) per site. */
    @Test
    void shouldCarryTheCurrentOfHopsWhereWalkersMeet() {
        LatticeGeometry geometry = sc(24, 24, 20);
        double density = 0.0015;
        Lattice initial = new Lattice(geometry);
        UniformRandomProvider lot = RandomSource.XO_SHI_RO_256_PP.create(2);
        for (int site = 0; site < geometry.siteCount(); site++) {
            initial.setSpecies(site, geometry.layer(site) == 0 ? 2 : lot.nextDouble() < density ? 1 : 0);
        }
        KineticMonteCarlo kmc = start(table(geometry, true, 1e3, density), initial, 5);
        kmc.advance(600, Long.MAX_VALUE, Long.MAX_VALUE);
        long before = kmc.eventCount(1);
        double seconds = 14_000;
        kmc.advance(600 + seconds, Long.MAX_VALUE, Long.MAX_VALUE);
        double expected = 576 * density / 19 * seconds;
        assertThat((double) (kmc.eventCount(1) - before)).isCloseTo(expected, within(4.5 * Math.sqrt(expected)));
        // Some of the walkers are on the way at any time, and come back when asked.
        long counted = kmc.eventCount(2) - kmc.eventCount(3) - kmc.eventCount(1) + count(initial);
        assertThat(count(kmc.rates().lattice())).isLessThanOrEqualTo((int) counted);
        kmc.recall();
        assertThat(count(kmc.rates().lattice())).isEqualTo((int) counted);
        assertThat(kmc.eventCount(4)).isGreaterThan(1000);
    }

    private static int count(dev.kossel.lattice.LatticeView lattice) {
        int count = 0;
        for (int site = 0; site < lattice.geometry().siteCount(); site++) {
            count += lattice.species(site) == 1 ? 1 : 0;
        }
        return count;
    }

    @Test
    void shouldGoOnFromACheckpointAsIfItHadNotStopped() throws IOException {
        LatticeGeometry geometry = sc(20, 20, 30);
        Lattice initial = new Lattice(geometry);
        UniformRandomProvider lot = RandomSource.XO_SHI_RO_256_PP.create(2);
        for (int site = 0; site < geometry.siteCount(); site++) {
            initial.setSpecies(site, geometry.layer(site) == 0 ? 2 : lot.nextDouble() < 0.004 ? 1 : 0);
        }
        RateTable table = table(geometry, true, 1e3, 0.004);
        KineticMonteCarlo straight = start(table, initial, 5);
        straight.advance(200, Long.MAX_VALUE, Long.MAX_VALUE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        straight.save(new DataOutputStream(bytes));
        KineticMonteCarlo resumed = start(table, Lattice.copyOf(straight.rates().lattice()), 99);
        resumed.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        straight.advance(900, Long.MAX_VALUE, Long.MAX_VALUE);
        resumed.advance(900, Long.MAX_VALUE, Long.MAX_VALUE);
        assertThat(resumed.events()).isEqualTo(straight.events());
        assertThat(resumed.generatorState()).isEqualTo(straight.generatorState());
        for (int site = 0; site < geometry.siteCount(); site++) {
            assertThat(resumed.rates().lattice().species(site))
                    .isEqualTo(straight.rates().lattice().species(site));
        }
    }
}
