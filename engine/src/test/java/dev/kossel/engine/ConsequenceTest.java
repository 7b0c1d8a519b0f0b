package dev.kossel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.engine.process.Event;
import dev.kossel.engine.process.SiteRates;
import dev.kossel.engine.process.SiteStates;
import dev.kossel.engine.select.RateClassSelector;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Clusters;
import java.util.List;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/** What events entail: two consequences of the kind that users of the hook have, and what becomes of the rates. */
class ConsequenceTest {

    private static final LatticeGeometry BOX = LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 6, 6, 8);
    private static final int GRAIN = 1;
    private static final int GAS = 2;
    private static final int BUBBLE = 5;

    private final TestModel model = TestModel.on(BOX, 3)
            .site("sprinkle", 0, GRAIN, List.of(), (d, e, t, s) -> 1)
            .site("take", GRAIN, 0, List.of(), (d, e, t, s) -> 0.5)
            .site("evolve", 0, GAS, TestModel.touching(0, GRAIN), (d, e, t, s) -> 0.5)
            .site("evolve in the bulk", 0, GAS, TestModel.touching(0, GAS), 1, (d, e, t, s) -> 0.5)
            .compile();

    private final SiteRates rates =
            SiteRates.of(model.table(), SiteStates.of(model.table(), new Lattice(BOX)), RateClassSelector::new);

    /** Grains that nothing carries fall by one layer; what lies on them follows in the next round. */
    private static final class Falling implements Consequence {
        private static final int BELOW = below();
        private final LatticeView lattice;
        private long rounds;

        Falling(LatticeView lattice) {
            this.lattice = lattice;
        }

        private static int below() {
            int k = 0;
            while (BOX.layerStep(0, k) >= 0) {
                k++;
            }
            return k;
        }

        @Override
        public void follow(Event happened, Event further) {
            for (int m = 0; m < happened.count(); m++) {
                int site = happened.site(m);
                fall(site, further);
                if (happened.before(m) != 0 && happened.species(m) == 0) {
                    int above = BOX.neighbor(site, BOX.reverseSlot(0, BELOW));
                    if (above >= 0) {
                        fall(above, further);
                    }
                }
            }
        }

        private void fall(int site, Event further) {
            int below = BOX.neighbor(site, BELOW);
            if (lattice.species(site) == GRAIN && below >= 0 && lattice.species(below) == 0) {
                rounds++;
                further.add(site, 0);
                further.add(below, GRAIN);
            }
        }
    }

    /** Gas goes when its cluster has grown to a size. */
    private static final class Detachment implements Consequence {
        private final LatticeView lattice;
        private final Clusters clusters = Clusters.ofNearestNeighbors(BOX);
        private long bubbles;

        Detachment(LatticeView lattice) {
            this.lattice = lattice;
        }

        @Override
        public void follow(Event happened, Event further) {
            clusters.measure(lattice, SpeciesSet.of(GAS));
            for (int m = 0; m < happened.count(); m++) {
                int bubble = clusters.cluster(happened.site(m));
                if (bubble >= 0 && clusters.size(bubble) >= BUBBLE) {
                    bubbles++;
                    for (int site = 0; site < BOX.siteCount(); site++) {
                        if (clusters.cluster(site) == bubble) {
                            further.add(site, 0);
                        }
                    }
                }
            }
        }
    }

    @Test
    void shouldCarryOutWhatEventsEntailUntilNothingFollows() {
        Falling falling = new Falling(rates.lattice());
        Detachment detachment = new Detachment(rates.lattice());
        KineticMonteCarlo kmc = new KineticMonteCarlo(
                rates,
                RandomSource.XO_SHI_RO_256_PP.create(5L),
                new boolean[4],
                SpeciesSet.of(GRAIN),
                List.of(falling, detachment),
                null);
        Clusters clusters = Clusters.ofNearestNeighbors(BOX);
        for (int event = 0; event < 3_000; event++) {
            kmc.advance(Double.POSITIVE_INFINITY, 1, 1);
            for (int site = 0; site < BOX.siteCount(); site++) {
                int below = BOX.neighbor(site, Falling.BELOW);
                assertThat(rates.lattice().species(site) == GRAIN
                                && below >= 0
                                && rates.lattice().species(below) == 0)
                        .as("grain in the air after event %d", event)
                        .isFalse();
            }
            for (int size :
                    clusters.measure(rates.lattice(), SpeciesSet.of(GAS)).sizes()) {
                assertThat(size).isLessThan(BUBBLE);
            }
        }
        assertThat(falling.rounds).isGreaterThan(1_000);
        assertThat(detachment.bubbles).isGreaterThan(20);

        SiteRates anew = SiteRates.of(
                model.table(), SiteStates.of(model.table(), Lattice.copyOf(rates.lattice())), RateClassSelector::new);
        for (int rateClass = 0; rateClass < model.table().classCount(); rateClass++) {
            assertThat(rates.selector().count(rateClass))
                    .isEqualTo(anew.selector().count(rateClass));
        }
    }

    @Test
    void shouldLookAtTheTopWhenAllHasFollowed() {
        KineticMonteCarlo kmc = new KineticMonteCarlo(
                rates,
                RandomSource.XO_SHI_RO_256_PP.create(5L),
                new boolean[4],
                SpeciesSet.of(GRAIN),
                List.of(new Falling(rates.lattice())),
                null);
        // Grains are sprinkled everywhere, but as long as no column is full none comes to rest in the top layer.
        while (!kmc.topReached()) {
            kmc.advance(Double.POSITIVE_INFINITY, 1, 1);
            boolean top = false;
            for (int site = 0; site < BOX.siteCount(); site++) {
                top |= BOX.isInTopLayer(site) && rates.lattice().species(site) == GRAIN;
            }
            assertThat(kmc.topReached()).isEqualTo(top);
        }
        assertThat(kmc.topReachedSeconds()).isEqualTo(kmc.timeSeconds());
        assertThat(kmc.events()).isGreaterThan(50);
    }
}
