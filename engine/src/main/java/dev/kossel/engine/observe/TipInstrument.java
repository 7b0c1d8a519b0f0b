package dev.kossel.engine.observe;

import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Substrate;
import dev.kossel.lattice.morphology.Tips;
import java.util.Arrays;
import java.util.List;

/** How many tips there are, and what the most prominent is like; see {@link Tips}. */
final class TipInstrument implements Instrument {

    private final Tips tips;

    TipInstrument(Substrate substrate, SpeciesSet deposit) {
        tips = new Tips(substrate, deposit);
    }

    @Override
    public List<String> columns() {
        return List.of("tip_count", "tip_prominence_nm", "tip_radius_nm", "tip_aspect_ratio");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        List<Tips.Tip> found = tips.measure(sample.lattice()).tips();
        out[offset] = found.size();
        Arrays.fill(out, offset + 1, offset + 4, Double.NaN);
        if (!found.isEmpty()) {
            Tips.Tip first = found.get(0);
            out[offset + 1] = first.prominenceNm();
            out[offset + 2] = first.radiusNm();
            out[offset + 3] = first.aspectRatio();
        }
    }
}
