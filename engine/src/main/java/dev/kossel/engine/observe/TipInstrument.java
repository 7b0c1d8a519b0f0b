package dev.kossel.engine.observe;

import dev.kossel.lattice.morphology.HeightMap;
import dev.kossel.lattice.morphology.SiteNumbers;
import dev.kossel.lattice.morphology.Tips;
import java.util.Arrays;
import java.util.List;

/** How many tips there are, and what the most prominent is like; see {@link Tips}. */
final class TipInstrument implements Instrument {

    private final Tips tips;
    private final HeightMap map;

    /**
     * @param map kept up to date by an instrument before this one in the row
     * @param numbers shared with other instruments
     */
    TipInstrument(HeightMap map, SiteNumbers numbers) {
        this.map = map;
        tips = new Tips(map, numbers);
    }

    @Override
    public List<String> columns() {
        return List.of("tip_count", "tip_prominence_nm", "tip_radius_nm", "tip_aspect_ratio");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        List<Tips.Tip> found = tips.measure(map).tips();
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
