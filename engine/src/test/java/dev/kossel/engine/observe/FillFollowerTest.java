package dev.kossel.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.engine.record.FillTimes;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.SpeciesSet;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class FillFollowerTest {

    private static final LatticeGeometry GEOMETRY = LatticeGeometry.of(LatticeKind.SC, "100", 0.25, 1, 40, 36, 20);
    private static final SpeciesSet SOLIDS = SpeciesSet.of(2, 3);

    /** Vacant, water, a metal, and the same metal dead. */
    private static final int[] ORIGINALS = {0, 1, 2, 2};

    private final UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(4);
    private final Lattice lattice = new Lattice(GEOMETRY);
    private final Changes changes = new Changes();

    // What the definition says: all sites are compared at every snapshot.
    private final int[] seen = new int[GEOMETRY.siteCount()];
    private final float[] expected = new float[seen.length];

    private void date(float time) {
        for (int site = 0; site < seen.length; site++) {
            int species = ORIGINALS[lattice.species(site)];
            if (species != seen[site]) {
                seen[site] = species;
                expected[site] = SOLIDS.contains(species) ? time : Float.NaN;
            }
        }
    }

    /** In the lower part of the box alone, so that upper pages stay as they were. */
    private void change(int count) {
        changes.clear();
        changes.reserve(count);
        BitSet once = new BitSet();
        for (int i = 0; i < count; i++) {
            int site = random.nextInt(seen.length / 3);
            int species = random.nextInt(4);
            if (!once.get(site) && species != lattice.species(site)) {
                once.set(site);
                changes.add(site, (byte) lattice.species(site));
                lattice.setSpecies(site, species);
            }
        }
    }

    private float[] times(FillFollower follower) {
        FillTimes times = follower.times(lattice);
        float[] all = new float[seen.length];
        for (int site = 0; site < all.length; site++) {
            all[site] = times.seconds(site);
        }
        return all;
    }

    private FillFollower follower() {
        return new FillFollower(seen.length, SOLIDS, ORIGINALS);
    }

    @Test
    void shouldFindWhatALookAtAllSitesFindsAlsoAfterARestart() {
        Arrays.fill(seen, -1);
        for (int site = 0; site < seen.length; site++) {
            lattice.setSpecies(site, random.nextInt(4));
        }
        FillFollower follower = follower();
        changes.clear();
        changes.forget();
        for (int sample = 0; sample < 1200; sample++) {
            follower.note(lattice, changes);
            if (sample % 4 == 1) {
                float time = 0.1f * sample;
                date(time);
                follower.snapshot(lattice, time);
                assertThat(times(follower)).isEqualTo(expected);
            }
            if (sample == 21 || sample == 1101) {
                float[] read = expected.clone();
                FillFollower resumed = follower();
                resumed.restore(Lattice.copyOf(lattice), FillTimes.of(read));
                assertThat(times(resumed)).isEqualTo(expected);
                follower = resumed;
            }
            change(sample % 5 == 0 ? 3000 : random.nextInt(40));
            if (sample == 21 || sample == 1101) {
                changes.forget();
            }
        }
    }
}
