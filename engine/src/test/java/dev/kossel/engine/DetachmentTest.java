package dev.kossel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.engine.consequence.Detachment;
import dev.kossel.engine.process.Event;
import dev.kossel.engine.process.SiteRates;
import dev.kossel.engine.process.SiteStates;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Clusters;
import java.util.BitSet;
import java.util.List;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes off, against a look at the whole box after every event. */
class DetachmentTest {

    private static final LatticeGeometry BOX = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 7, 7, 8);
    private static final int GRAIN = 1;
    private static final int GAS = 2;
    private static final int FOAM = 3;
    private static final SpeciesSet MEMBERS = SpeciesSet.of(GAS, FOAM);

    @ParameterizedTest
    @CsvSource({"6, false", "6, true", "2147483647, true", "1, false"})
    void shouldTakeOffWhatIsLargeOrNotHeld(int atLeast, boolean held) {
        TestModel model = TestModel.on(BOX, 4)
                .site("sprinkle", 0, GRAIN, List.of(), (d, e, t, s) -> 0.3)
                .site("take", GRAIN, 0, List.of(), (d, e, t, s) -> 0.5)
                .site("evolve", 0, GAS, TestModel.touching(0, GRAIN), (d, e, t, s) -> 0.5)
                .site("grow", 0, FOAM, TestModel.touching(0, GAS), (d, e, t, s) -> 0.5)
                .site("dissolve", GAS, 0, List.of(), (d, e, t, s) -> 0.6)
                .site("pop", FOAM, 0, List.of(), (d, e, t, s) -> 1)
                .compile();
        SiteRates rates =
                SiteRates.of(model.table(), SiteStates.of(model.table(), new Lattice(BOX)), RateClassSelector::new);
        BitSet nearest = new BitSet();
        nearest.set(0);
        SpeciesSet holders = held ? SpeciesSet.of(GRAIN) : SpeciesSet.of();
        Lattice plain = new Lattice(BOX);
        EventListener listener = (time, event) -> apply(event, plain);
        KineticMonteCarlo kmc = new KineticMonteCarlo(
                rates,
                RandomSource.XO_SHI_RO_256_PP.create(11L),
                new boolean[6],
                SpeciesSet.of(),
                List.of(new Detachment(rates.lattice(), MEMBERS, atLeast, holders, 0, nearest)),
                listener);
        int gone = 0;
        int together = 0;
        for (int n = 0; n < 4_000; n++) {
            kmc.advance(Double.POSITIVE_INFINITY, 1, 1);
            int off = takeOff(plain, atLeast, held);
            gone += off;
            together += off > 1 ? 1 : 0;
            for (int site = 0; site < BOX.siteCount(); site++) {
                assertThat(rates.lattice().species(site)).isEqualTo(plain.species(site));
            }
        }
        assertThat(gone).isGreaterThan(20);
        assertThat(together).isGreaterThan(atLeast == 6 ? 10 : -1);
    }

    private static void apply(Event event, Lattice plain) {
        for (int m = 0; m < event.count(); m++) {
            plain.setSpecies(event.site(m), event.species(m));
        }
    }

    private static int takeOff(Lattice lattice, int atLeast, boolean held) {
        Clusters clusters = Clusters.ofNearestNeighbors(BOX).measure(lattice, MEMBERS);
        boolean[] touches = new boolean[clusters.count()];
        int[] around = new int[BOX.neighborCount()];
        for (int site = 0; site < BOX.siteCount(); site++) {
            if (clusters.cluster(site) >= 0) {
                BOX.neighbors(site, around);
                for (int k = 0; k < 6; k++) {
                    touches[clusters.cluster(site)] |= around[k] >= 0 && lattice.species(around[k]) == GRAIN;
                }
            }
        }
        int off = 0;
        for (int site = 0; site < BOX.siteCount(); site++) {
            int cluster = clusters.cluster(site);
            if (cluster >= 0 && (clusters.size(cluster) >= atLeast || held && !touches[cluster])) {
                lattice.setSpecies(site, 0);
                off++;
            }
        }
        return off;
    }
}
