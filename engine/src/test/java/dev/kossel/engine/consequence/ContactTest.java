package dev.kossel.engine.consequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import dev.kossel.engine.KineticMonteCarlo;
import dev.kossel.engine.process.ElementaryProcess;
import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.PatternProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.process.Event;
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
import dev.kossel.lattice.SpeciesSet;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contact as it is kept, against a flood fill of the whole box after every event. */
class ContactTest {

    private static final int A = 1;
    private static final int A_ISOLATED = 2;
    private static final int B = 3;
    private static final int B_ISOLATED = 4;
    private static final int FILM = 5;
    private static final int ANCHOR = 6;
    private static final int SPECIES = 7;
    private static final int[] CONDUCTORS = {A, A_ISOLATED, B, B_ISOLATED};

    private final Conductors conductors = new Conductors(new int[] {-1, A_ISOLATED, -1, B_ISOLATED, -1, -1, ANCHOR});
    private final List<ElementaryProcess> processes = new ArrayList<>();
    private int relabelled;
    private int regained;
    private int largest;

    private static int isolated(int species) {
        return species == A ? A_ISOLATED : species == B ? B_ISOLATED : species;
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        IntStream.of(set).forEach(bits::set);
        return bits;
    }

    private void site(int before, int after, double rate) {
        processes.add(
                new SiteProcess("site " + before + after, before, after, bits(), List.of(), (d, e, t, s) -> rate, 0));
    }

    private void pair(int before, int beforeTo, int after, int afterTo, BitSet shells, double rate) {
        processes.add(new PairProcess(
                "pair " + before + beforeTo + after + afterTo + shells,
                before,
                beforeTo,
                after,
                afterTo,
                shells,
                Directions.ALL,
                bits(),
                bits(),
                List.of(),
                List.of(),
                (d, e, t, s) -> rate,
                0));
    }

    /** Two conductors vanish at once, or one and a film between, along every direction of the last shell. */
    private void patterns(LatticeGeometry geometry, int[] before) {
        List<List<PatternProcess.Entry>> variants = new ArrayList<>();
        double a = geometry.latticeConstantNm();
        for (int k = 0; k < geometry.neighborCount(); k++) {
            double[] nm = geometry.displacementNm(0, k);
            variants.add(List.of(
                    new PatternProcess.Entry(0, 0, 0, before[0], 0, bits()),
                    new PatternProcess.Entry(nm[0] / a, nm[1] / a, nm[2] / a, before[1], 0, bits())));
        }
        processes.add(
                new PatternProcess("pattern " + before[0] + before[1], variants, List.of(), (d, e, t, s) -> 0.02, 0));
    }

    /**
     * @param density of conductors
     * @param hops by direction
     */
    private RateTable table(LatticeGeometry geometry, double density, double hops) {
        double come = density / (1 - density);
        int shells = geometry.shells().size();
        BitSet all = bits(IntStream.range(0, shells).toArray());
        site(0, A, 0.6 * come);
        site(0, B, 0.4 * come);
        site(0, FILM, 0.05);
        site(FILM, 0, 0.5);
        for (int conductor : CONDUCTORS) {
            site(conductor, 0, 1);
        }
        site(A, FILM, 0.05);
        site(A_ISOLATED, FILM, 0.05);
        for (int mobile : CONDUCTORS) {
            pair(mobile, 0, 0, mobile, all, hops);
        }
        for (int a : new int[] {A, A_ISOLATED}) {
            for (int b : new int[] {B, B_ISOLATED}) {
                // What conducts stays live or isolated where it is; the kinds change places.
                pair(a, b, a == A ? B : B_ISOLATED, b == B ? A : A_ISOLATED, bits(shells - 1), 0.05);
            }
        }
        patterns(geometry, new int[] {A, A});
        patterns(geometry, new int[] {A, B_ISOLATED});
        List<Species> species = new ArrayList<>();
        for (int s = 0; s < SPECIES; s++) {
            species.add(new Species("species " + s, s == 0 ? Phase.VACANT : s == FILM ? Phase.FILM : Phase.METAL));
        }
        return RateTable.compile(
                new ProcessCatalog(
                        species, 1, Hamiltonian.builder(SPECIES, 1, shells).build(), processes, 1),
                geometry);
    }

    private void requireTruth(SiteStates lattice, BitSet shells, String when) {
        Lattice truth = Lattice.copyOf(lattice);
        Contact.label(truth, conductors, shells);
        byte[] kept = new byte[truth.speciesArray().length];
        lattice.copySpecies(kept);
        assertThat(kept).as(when).isEqualTo(truth.speciesArray());
    }

    @ParameterizedTest
    @CsvSource({
        "SC, 100, 0, 0.33",
        "SC, 100, 0 1, 0.14",
        "BCC, 110, 0, 0.26",
        "BCC, 100, 0, 0.26",
        "BCC, 100, 0 1, 0.18",
        "FCC, 111, 0, 0.2",
        "FCC, 100, 0, 0.2",
        "FCC, 110, 0, 0.2",
        "HCP, 002, 0 1, 0.2",
        "HCP, 100, 0 1, 0.2",
        "HCP, 110, 0 1, 0.2",
        "HCP, 002, 1, 0.3"
    })
    void shouldKnowWhatAFloodFillKnows(LatticeKind kind, String orientation, String linking, double density) {
        BitSet shells = new BitSet();
        for (String shell : linking.split(" ")) {
            shells.set(Integer.parseInt(shell));
        }
        int[] least = LatticeGeometry.leastCells(kind, orientation);
        LatticeGeometry geometry =
                LatticeGeometry.of(kind, orientation, 0.3, 1.7, least[0] + 2, least[1] + 1, least[2] + 3);
        RateTable table = table(geometry, density, 0.05);
        for (long seed = 1; seed <= 3; seed++) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
            Lattice initial = new Lattice(geometry);
            for (int site = 0; site < geometry.siteCount(); site++) {
                // With every second seed an anchor in the air.
                boolean filled = random.nextDouble() < density;
                initial.setSpecies(site, filled ? (random.nextBoolean() ? A : B) : 0);
            }
            if (seed % 2 == 0) {
                initial.setSpecies(geometry.siteCount() / 2, ANCHOR);
            }
            Contact.label(initial, conductors, shells);
            SiteRates rates = SiteRates.byState(table, SiteStates.of(table, initial), RateClassSelector::new);
            KineticMonteCarlo kmc = new KineticMonteCarlo(
                    rates,
                    RandomSource.XO_SHI_RO_256_PP.create(seed),
                    new boolean[table.processCount()],
                    SpeciesSet.of(),
                    List.of(new Contact(rates.lattice(), conductors, shells), this::count),
                    null);
            for (int event = 0; event < 1_000; event++) {
                kmc.advance(Double.POSITIVE_INFINITY, 1, 1);
                requireTruth(rates.lattice(), shells, "seed " + seed + ", event " + event);
            }
        }
        assertThat(relabelled).isGreaterThan(100);
        assertThat(regained).isGreaterThan(100);
        assertThat(largest).isGreaterThan(4);
    }

    /** How often contact was lost and regained by what did not move, and by how many at once. */
    private void count(Event happened, Event further) {
        int changes = 0;
        for (int m = 0; m < happened.count(); m++) {
            if (isolated(happened.before(m)) == happened.species(m)) {
                relabelled++;
                changes++;
            } else if (isolated(happened.species(m)) == happened.before(m)) {
                regained++;
                changes++;
            }
        }
        largest = Math.max(largest, changes);
    }

    @Test
    void shouldIsolateATowerWhoseNeckDissolvesAndBridgeItAgain() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 6, 6, 10);
        int neck = geometry.site(2, 2, 3, 0);
        Lattice initial = new Lattice(geometry);
        for (int z = 0; z < 9; z++) {
            initial.setSpecies(geometry.site(2, 2, z, 0), z == 3 ? B : A);
        }
        // Only the neck can go, and only what touches two sites of metal can come.
        processes.add(new SiteProcess("dissolve", B, 0, bits(), List.of(), (d, e, t, s) -> 1, 0));
        processes.add(new SiteProcess(
                "bridge",
                0,
                B,
                bits(),
                List.of(new NeighborCondition(bits(0), bits(A, A_ISOLATED), 2, 6)),
                (d, e, t, s) -> 1,
                0));
        RateTable table = RateTable.compile(
                new ProcessCatalog(
                        IntStream.range(0, SPECIES)
                                .mapToObj(s -> new Species("species " + s, Phase.METAL))
                                .toList(),
                        1,
                        Hamiltonian.builder(SPECIES, 1, 2).build(),
                        processes,
                        1),
                geometry);
        SiteRates rates = SiteRates.byState(table, SiteStates.of(table, initial), RateClassSelector::new);
        KineticMonteCarlo kmc = new KineticMonteCarlo(
                rates,
                RandomSource.XO_SHI_RO_256_PP.create(1L),
                new boolean[2],
                SpeciesSet.of(),
                List.of(new Contact(rates.lattice(), conductors, bits(0))),
                null);
        for (int time = 0; time < 3; time++) {
            for (int above : new int[] {A_ISOLATED, A}) {
                kmc.advance(Double.POSITIVE_INFINITY, 1, 1);
                assertThat(rates.lattice().species(neck)).isEqualTo(above == A ? B : 0);
                for (int z = 0; z < 9; z++) {
                    if (z != 3) {
                        assertThat(rates.lattice().species(geometry.site(2, 2, z, 0)))
                                .isEqualTo(z < 3 ? A : above);
                    }
                }
            }
        }
    }

    @Test
    void shouldAllocateNothingWhileTheMetalHangsTogether() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.BCC, "100", 0.3, 1, 12, 12, 8);
        RateTable table = table(geometry, 0.7, 5);
        Lattice initial = new Lattice(geometry);
        for (int site = 0; site < geometry.siteCount() / 2; site++) {
            initial.setSpecies(site, A);
        }
        SiteRates rates = SiteRates.byState(table, SiteStates.of(table, initial), RateClassSelector::new);
        KineticMonteCarlo kmc = new KineticMonteCarlo(
                rates,
                RandomSource.XO_SHI_RO_256_PP.create(1L),
                new boolean[table.processCount()],
                SpeciesSet.of(),
                List.of(new Contact(rates.lattice(), conductors, bits(0))),
                null);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        kmc.advance(Double.POSITIVE_INFINITY, 50_000, Long.MAX_VALUE);
        long before = threads.getCurrentThreadAllocatedBytes();
        kmc.advance(Double.POSITIVE_INFINITY, 50_000, Long.MAX_VALUE);
        // Lists that outgrow their capacity once more are let through; a single object an event is not.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(50_000);
    }

    @Test
    void shouldRefuseTwinsThatAreNot() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Conductors(new int[] {-1, 3, 3, -1}));
        assertThatIllegalArgumentException().isThrownBy(() -> new Conductors(new int[] {-1, 2, 3, -1}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Conductors(new int[] {-1, 2}))
                .withMessageContaining("species 1");
    }
}
