package dev.kossel.engine.observe;

import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Clusters;
import dev.kossel.lattice.morphology.HeightMap;
import dev.kossel.lattice.morphology.LayerCensus;
import dev.kossel.lattice.morphology.Porosity;
import java.util.List;

/** Voids in the deposit; see {@link Porosity}. */
final class PorosityInstrument implements Instrument {

    private final Porosity porosity;
    private final LayerCensus census;
    private final HeightMap map;

    /**
     * @param scratch clusters of nearest neighbours, whose memory is shared with other instruments
     * @param census kept up to date by an instrument before this one in the row
     * @param map likewise
     */
    PorosityInstrument(Clusters scratch, SpeciesSet deposit, LayerCensus census, HeightMap map) {
        this.census = census;
        this.map = map;
        porosity = new Porosity(map.substrate(), deposit, scratch);
    }

    @Override
    public List<String> columns() {
        return List.of("porosity", "closed_porosity");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        porosity.measure(sample.lattice(), census, map);
        out[offset] = porosity.fraction();
        out[offset + 1] = porosity.closedFraction();
    }
}
