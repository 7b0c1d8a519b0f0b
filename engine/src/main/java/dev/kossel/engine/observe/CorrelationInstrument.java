package dev.kossel.engine.observe;

import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.HeightCorrelation;
import dev.kossel.lattice.morphology.HeightMap;
import dev.kossel.lattice.morphology.Substrate;
import java.util.List;

/** Lateral correlation length of the height map; see {@link HeightCorrelation}. */
final class CorrelationInstrument implements Instrument {

    private final HeightMap map;

    CorrelationInstrument(Substrate substrate, SpeciesSet deposit) {
        map = new HeightMap(substrate, deposit);
    }

    @Override
    public List<String> columns() {
        return List.of("correlation_length_nm");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        out[offset] = HeightCorrelation.of(map.measure(sample.lattice())).lengthNm();
    }
}
