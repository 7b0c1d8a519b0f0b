package dev.kossel.engine.observe;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.morphology.LayerCensus;

/** A census of the layers that follows the samples of a run, all of them. */
final class CensusFollower {

    private final LayerCensus census;

    CensusFollower(LatticeGeometry geometry) {
        census = new LayerCensus(geometry);
    }

    void follow(Sample sample) {
        Changes changes = sample.changes();
        if (changes.known()) {
            for (int i = 0; i < changes.count(); i++) {
                int site = changes.site(i);
                census.update(site, changes.before(i), sample.lattice().species(site));
            }
        } else {
            census.measure(sample.lattice());
        }
    }

    LayerCensus census() {
        return census;
    }
}
