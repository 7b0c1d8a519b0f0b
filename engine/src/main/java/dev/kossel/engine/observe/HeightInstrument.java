package dev.kossel.engine.observe;

import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.HeightMap;
import dev.kossel.lattice.morphology.Substrate;
import java.util.List;

/** The height map: mean, extremes, roughness, skewness and kurtosis; see {@link HeightMap}. */
final class HeightInstrument implements Instrument {

    private final HeightMap map;

    HeightInstrument(Substrate substrate, SpeciesSet deposit) {
        map = new HeightMap(substrate, deposit);
    }

    /** The map as it was at the sample measured last, for instruments that come later in the row. */
    HeightMap map() {
        return map;
    }

    @Override
    public List<String> columns() {
        return List.of(
                "mean_height_nm",
                "rms_roughness_nm",
                "max_height_nm",
                "min_height_nm",
                "mean_height_layers",
                "height_skewness",
                "height_kurtosis");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        Changes changes = sample.changes();
        if (changes.known()) {
            for (int i = 0; i < changes.count(); i++) {
                map.update(sample.lattice(), changes.site(i));
            }
        } else {
            map.measure(sample.lattice());
        }
        out[offset] = map.meanNm();
        out[offset + 1] = map.rmsRoughnessNm();
        out[offset + 2] = map.maxNm();
        out[offset + 3] = map.minNm();
        out[offset + 4] = map.meanLayers();
        out[offset + 5] = map.skewness();
        out[offset + 6] = map.kurtosis();
    }
}
