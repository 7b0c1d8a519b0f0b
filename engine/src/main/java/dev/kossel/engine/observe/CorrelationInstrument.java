package dev.kossel.engine.observe;

import dev.kossel.lattice.morphology.HeightCorrelation;
import dev.kossel.lattice.morphology.HeightMap;
import java.util.List;

/** Lateral correlation length and roughness exponent of the height map; see {@link HeightCorrelation}. */
final class CorrelationInstrument implements Instrument {

    private final HeightMap map;

    /** @param map kept up to date by an instrument before this one in the row */
    CorrelationInstrument(HeightMap map) {
        this.map = map;
    }

    @Override
    public List<String> columns() {
        return List.of("correlation_length_nm", "hurst_exponent");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        HeightCorrelation correlation = HeightCorrelation.of(map);
        out[offset] = correlation.lengthNm();
        out[offset + 1] = correlation.hurstExponent();
    }
}
