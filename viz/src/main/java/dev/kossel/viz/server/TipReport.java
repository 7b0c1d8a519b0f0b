package dev.kossel.viz.server;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Substrate;
import dev.kossel.lattice.morphology.Tips;
import java.util.List;

/**
 * A tip of a deposit, for whoever flies to it: {@link Tips}, as {@code statistics.csv} counts them.
 *
 * @param x where its topmost site lies, nm, as y and z
 * @param aspectRatio prominence over width
 */
record TipReport(double x, double y, double z, double prominenceNm, double radiusNm, double aspectRatio) {

    /** More than anybody flies to. */
    private static final int MOST = 100;

    /**
     * The most prominent first; none of a two-dimensional lattice.
     *
     * @param initial the lattice at time 0
     */
    static List<TipReport> of(LatticeView initial, LatticeView lattice, SpeciesSet solids) {
        LatticeGeometry g = lattice.geometry();
        if (g.layerCount() == 1) {
            return List.of();
        }
        Tips tips = new Tips(Substrate.of(initial, solids), solids).measure(lattice);
        return tips.tips().stream()
                .limit(MOST)
                .map(tip -> {
                    int site = tips.summitSite(tip);
                    return new TipReport(
                            g.xNm(site),
                            g.yNm(site),
                            g.zNm(site),
                            tip.prominenceNm(),
                            tip.radiusNm(),
                            tip.aspectRatio());
                })
                .toList();
    }
}
