package dev.kossel.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kossel.engine.process.ElementaryProcess.ArrivalProcess;
import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.ElementaryProcess.FailedArrival;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
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

/** Where particles from above stay, against a look at every site from the top of the box down. */
class ArrivalsTest {

    private static final int EVENTS = 4_000;

    static Stream<Arguments> lattices() {
        return Arrays.stream(LatticeKind.values())
                .flatMap(kind -> LatticeGeometry.orientations(kind).stream()
                        .map(orientation -> Arguments.of(kind, orientation)));
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        for (int b : set) {
            bits.set(b);
        }
        return bits;
    }

    private static LatticeGeometry box(LatticeKind kind, String orientation, int cellsZ) {
        int[] least = LatticeGeometry.leastCells(kind, orientation);
        boolean planar = kind == LatticeKind.SQUARE || kind == LatticeKind.TRIANGULAR;
        return LatticeGeometry.of(
                kind, orientation, 0.3, Math.sqrt(8.0 / 3), least[0] + 2, least[1] + 1, planar ? 1 : cellsZ);
    }

    /** Two metals that arrive, hop and dissolve; a third species, of the bottom, on which nothing stays; two site types. */
    private static ProcessCatalog catalog(LatticeGeometry geometry) {
        int shells = geometry.shells().size();
        BitSet nearest = bits(0);
        BitSet all = new BitSet();
        all.set(0, shells);
        List<NeighborCondition> touching = List.of(new NeighborCondition(nearest, bits(1, 2), 1, 99));
        List<NeighborCondition> hollow = List.of(new NeighborCondition(all, bits(1, 2), 2, 6));
        List<Species> species = List.of(
                new Species("vacant", Phase.VACANT),
                new Species("A", Phase.METAL),
                new Species("B", Phase.METAL),
                new Species("mask", Phase.INERT));
        return new ProcessCatalog(
                species,
                2,
                Hamiltonian.builder(4, 2, shells).build(),
                List.of(
                        new ArrivalProcess("A arrives", 0, 1, bits(), touching, 3, 1),
                        new ArrivalProcess("B arrives", 0, 2, bits(0), hollow, 2, 0.7),
                        new FailedArrival("B fails", "B arrives"),
                        new ArrivalProcess("A turns into B", 1, 2, bits(), List.of(), 1, 0.5),
                        hop("A hops", 1, nearest, touching),
                        hop("B hops", 2, nearest, touching),
                        new SiteProcess("A dissolves", 1, 0, bits(), List.of(), (d, e, t, s) -> 1, 0),
                        new SiteProcess("B dissolves", 2, 0, bits(), List.of(), (d, e, t, s) -> 1, 0)),
                1);
    }

    private static PairProcess hop(String name, int mobile, BitSet shells, List<NeighborCondition> whereTo) {
        return new PairProcess(
                name,
                mobile,
                0,
                0,
                mobile,
                shells,
                Directions.ALL,
                bits(),
                bits(),
                List.of(),
                whereTo,
                (d, e, t, s) -> 4,
                0);
    }

    @ParameterizedTest
    @MethodSource("lattices")
    void shouldFindThePlaceThatALookFromTheTopFinds(LatticeKind kind, String orientation) {
        LatticeGeometry geometry = box(kind, orientation, 60);
        ProcessCatalog catalog = catalog(geometry);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(kind.ordinal());
        Lattice initial = new Lattice(geometry).withSiteTypes();
        for (int site = 0; site < geometry.siteCount(); site++) {
            initial.setSiteType(site, random.nextInt(2));
            if (geometry.layer(site) == 0 && (geometry.layerCount() > 1 || random.nextInt(3) == 0)) {
                initial.setSpecies(site, 1 + random.nextInt(3));
            }
        }
        RateTable table = RateTable.compile(catalog, geometry);
        SiteRates rates = SiteRates.byState(table, SiteStates.of(table, initial), RateClassSelector::new);
        Arrivals arrivals = new Arrivals(table, rates.lattice());
        Event event = new Event();
        long found = 0;
        for (int n = 0; n < EVENTS; n++) {
            // In turns of mostly growing and mostly dissolving, so that what the search knows of the surface grows
            // stale.
            boolean grows = n / 500 % 2 == 0 ? random.nextInt(4) > 0 : random.nextInt(12) == 0;
            boolean happens = grows || rates.selector().totalRate() == 0
                    ? arrivals.draw(random, event)
                    : rates.draw(RandomWord.of(random), random, event);
            if (happens) {
                rates.apply(event);
                arrivals.follow(event);
            }
            if (n % 10 == 0) {
                int column = random.nextInt(geometry.columnCount());
                List<ArrivalProcess> kinds = catalog.processes().stream()
                        .filter(ArrivalProcess.class::isInstance)
                        .map(ArrivalProcess.class::cast)
                        .toList();
                for (int k = 0; k < kinds.size(); k++) {
                    int expected = lookFromTheTop(kinds.get(k), rates.lattice(), column);
                    assertThat(arrivals.landing(k, column))
                            .as("%s in column %d after %d events", kinds.get(k).name(), column, n)
                            .isEqualTo(expected);
                    found += expected >= 0 ? 1 : 0;
                }
            }
        }
        assertThat(found).isBetween(EVENTS / 100L, 3L * EVENTS / 10 - EVENTS / 100);
    }

    /** The definition, word for word. */
    private static int lookFromTheTop(ArrivalProcess arrival, SiteStates lattice, int column) {
        LatticeGeometry geometry = lattice.geometry();
        for (int step = geometry.cellsZ() - 1; step >= 0; step--) {
            int site = geometry.columnSite(column, step);
            if (lattice.species(site) != arrival.before()) {
                return -1;
            }
            boolean allowed =
                    arrival.siteTypes().isEmpty() || arrival.siteTypes().get(lattice.siteType(site));
            if (allowed && arrival.where().stream().allMatch(condition -> holds(condition, lattice, site))) {
                return site;
            }
        }
        return -1;
    }

    private static boolean holds(NeighborCondition condition, SiteStates lattice, int site) {
        LatticeGeometry geometry = lattice.geometry();
        int count = 0;
        for (int k = 0; k < geometry.neighborCount(); k++) {
            int neighbor = geometry.neighbor(site, k);
            if (neighbor >= 0
                    && condition.shells().get(geometry.shellOf(k))
                    && condition.species().get(lattice.species(neighbor))) {
                count++;
            }
        }
        return count >= condition.atLeast() && count <= condition.atMost();
    }

    @ParameterizedTest
    @MethodSource("lattices")
    void shouldKnowColumnsOfOneProjectionEach(LatticeKind kind, String orientation) {
        LatticeGeometry geometry = box(kind, orientation, 3);
        for (int column = 0; column < geometry.columnCount(); column++) {
            int first = geometry.columnSite(column, 0);
            for (int step = 1; step < geometry.cellsZ(); step++) {
                int site = geometry.columnSite(column, step);
                assertThat(geometry.xNm(site)).isEqualTo(geometry.xNm(first));
                assertThat(geometry.yNm(site)).isEqualTo(geometry.yNm(first));
                assertThat(geometry.zNm(site)).isGreaterThan(geometry.zNm(geometry.columnSite(column, step - 1)));
            }
            for (int other = 0; other < column; other++) {
                int site = geometry.columnSite(other, 0);
                assertThat(Math.hypot(
                                geometry.xNm(site) - geometry.xNm(first), geometry.yNm(site) - geometry.yNm(first)))
                        .isGreaterThan(0.01);
            }
        }
    }

    /** What lets most events pass with a comparison. */
    @ParameterizedTest
    @MethodSource("lattices")
    void shouldNumberSitesUpwards(LatticeKind kind, String orientation) {
        LatticeGeometry geometry = box(kind, orientation, 11);
        for (int site = 0; site < geometry.siteCount(); site++) {
            for (int z = 0; z <= geometry.cellZ(site); z++) {
                int first = Integer.MAX_VALUE;
                for (int basis = 0; basis < geometry.basisSize(); basis++) {
                    first = Math.min(first, geometry.site(0, 0, z, basis));
                }
                assertThat(site).isGreaterThanOrEqualTo(first);
            }
        }
    }

    @Test
    void shouldStandStillInABoxHigherThanItsBoundsCount() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 1, 1, 70_000);
        RateTable table = RateTable.compile(catalog(geometry), geometry);
        Lattice lattice = new Lattice(geometry);
        for (int step = 0; step < 69_998; step++) {
            lattice.setSpecies(geometry.columnSite(0, step), 1);
        }
        Arrivals arrivals = new Arrivals(table, SiteStates.of(table, lattice));
        assertThat(arrivals.landing(0, 0)).isEqualTo(geometry.columnSite(0, 69_998));
        assertThat(arrivals.landing(0, 0)).isEqualTo(geometry.columnSite(0, 69_998));
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArrivalProcess("a", 0, 0, bits(), List.of(), 1, 1))
                .withMessageContaining("a changes nothing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArrivalProcess("a", 0, 1, bits(), List.of(), -1, 1))
                .withMessageContaining("rate -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArrivalProcess("a", 0, 1, bits(), List.of(), 1, 1.5))
                .withMessageContaining("sticking probability 1.5");
        LatticeGeometry geometry = box(LatticeKind.SC, "100", 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProcessCatalog(
                        List.of(new Species("vacant", Phase.VACANT)),
                        1,
                        Hamiltonian.builder(1, 1, geometry.shells().size()).build(),
                        List.of(new FailedArrival("lost", "a")),
                        1))
                .withMessageContaining("counts the failures of a, which is not there");
    }
}
