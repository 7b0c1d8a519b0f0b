package dev.kossel.viz.server;

import dev.kossel.engine.record.Snapshot;
import dev.kossel.engine.record.SpeciesLabel;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.HeightMap;
import dev.kossel.lattice.morphology.LayerCensus;
import dev.kossel.lattice.morphology.Substrate;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What an atomic force microscope and a depth profile would find in a snapshot, as bytes: its {@link HeightMap} as an image
 * of about as many pixels as there are stacks, and the {@link LayerCensus} of every species that is not vacant.
 *
 * <p>Little-endian; p pixels along x, q along y, m layers, k species:
 *
 * <pre>
 *  offset  size
 *       0     4  {@link #MAGIC}, "KSTG"
 *       4     4  {@link #VERSION}
 *       8     8  simulated time, s                                       (Float64)
 *      16     8  mean height ⟨h⟩, nm                                     (Float64)
 *      24     8  Sq, nm                                                  (Float64)
 *      32     8  Ssk, NaN where flat                                     (Float64)
 *      40     8  Sku, NaN where flat                                     (Float64)
 *      48     8  mean height of the initial surface: z where h is 0, nm  (Float64)
 *      56    16  p, q, m, k                                              (Int32)
 *      72   4pq  h of every pixel, nm, rows along x, the first at y = 0  (Float32)
 *         +  4m  z of every layer, nm                                    (Float32)
 *         + 4km  of every species in turn the fraction of the sites of each layer that it holds (Float32)
 *         +   k  the numbers of the species                              (UInt8)
 * </pre>
 *
 * <p>Stateless; O(sites · species) time.
 */
final class Topography {

    /** "KSTG", read as bytes. */
    static final int MAGIC = 'K' | 'S' << 8 | 'T' << 16 | 'G' << 24;

    /** Of the layout; the page refuses any other. */
    static final int VERSION = 1;

    static final int HEADER_BYTES = 72;

    private static final int MOST_PIXELS = 1024;

    private Topography() {}

    /**
     * @param initial the lattice at time 0, which is where heights are measured from
     * @param species in the order of their numbers
     * @param solids the species that are not vacant
     */
    static byte[] encode(LatticeView initial, Snapshot snapshot, List<SpeciesLabel> species, SpeciesSet solids) {
        LatticeView lattice = snapshot.lattice();
        LatticeGeometry g = lattice.geometry();
        HeightMap map = new HeightMap(Substrate.of(initial, solids), solids).measure(lattice);
        double pitchNm = Math.sqrt(g.widthNm() * g.depthNm() / g.sitesPerLayer());
        int p = pixels(g.widthNm(), pitchNm);
        int q = pixels(g.depthNm(), pitchNm);
        LayerCensus census = new LayerCensus(g).measure(lattice);
        List<Integer> numbers = new ArrayList<>();
        for (int s = 0; s < species.size(); s++) {
            if (solids.contains(s)) {
                numbers.add(s);
            }
        }
        int m = g.layerCount();
        int k = numbers.size();
        ByteBuffer out =
                ByteBuffer.allocate(HEADER_BYTES + 4 * (p * q + m + k * m) + k).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putInt(VERSION).putDouble(snapshot.stamp().timeSeconds());
        out.putDouble(map.meanNm()).putDouble(map.rmsRoughnessNm());
        out.putDouble(map.skewness()).putDouble(map.kurtosis());
        out.putDouble(map.substrate().meanHeightNm());
        out.putInt(p).putInt(q).putInt(m).putInt(k);
        for (double h : map.rasterNm(p, q)) {
            out.putFloat((float) h);
        }
        for (int layer = 0; layer < m; layer++) {
            out.putFloat((float) g.layerHeightNm(layer));
        }
        for (int number : numbers) {
            for (int layer = 0; layer < m; layer++) {
                out.putFloat((float) census.fraction(layer, SpeciesSet.of(number)));
            }
        }
        numbers.forEach(number -> out.put(number.byteValue()));
        return out.array();
    }

    private static int pixels(double lengthNm, double pitchNm) {
        return (int) Math.max(1, Math.min(MOST_PIXELS, Math.round(lengthNm / pitchNm)));
    }
}
