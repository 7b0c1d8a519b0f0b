package dev.kossel.engine.observe;

import dev.kossel.engine.record.SpeciesLabel;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.morphology.LayerCensus;
import java.util.List;

/** How many sites hold each species. */
final class SpeciesInstrument implements Instrument {

    private final List<String> columns;
    private final CensusFollower census;

    SpeciesInstrument(LatticeGeometry geometry, List<SpeciesLabel> species) {
        columns = species.stream().map(label -> "sites_" + label.name()).toList();
        census = new CensusFollower(geometry);
    }

    /** The census as it was at the sample measured last, for instruments that come later in the row. */
    LayerCensus census() {
        return census.census();
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        census.follow(sample);
        for (int s = 0; s < columns.size(); s++) {
            out[offset + s] = census.census().count(s);
        }
    }
}
