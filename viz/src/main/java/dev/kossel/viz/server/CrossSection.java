package dev.kossel.viz.server;

import dev.kossel.engine.record.Snapshot;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The solid sites of an upright slab of a snapshot, as bytes: what a microscope would see of the deposit cut there, with its
 * voids and overhangs. The slab is as thick as two nearest neighbours are apart and centred on a plane of constant x or y;
 * the box is periodic across it.
 *
 * <p>Little-endian; n sites, the farthest from the eye first, which looks along +x or +y:
 *
 * <pre>
 *  offset  size
 *       0     4  {@link #MAGIC}, "KSCS"
 *       4     4  {@link #VERSION}
 *       8     8  simulated time, s                   (Float64)
 *      16     4  n                                   (Int32)
 *      20    4n  place along the section, nm: y at constant x, else x (Float32)
 *         +  4n  z, nm                               (Float32)
 *         +   n  species                             (UInt8)
 *         +   n  depth in the slab, 0 … 255, nearest first (UInt8)
 * </pre>
 *
 * <p>Stateless; O(sites) time.
 */
final class CrossSection {

    /** "KSCS", read as bytes. */
    static final int MAGIC = 'K' | 'S' << 8 | 'C' << 16 | 'S' << 24;

    /** Of the layout; the page refuses any other. */
    static final int VERSION = 1;

    static final int HEADER_BYTES = 20;

    private CrossSection() {}

    /**
     * @param acrossX whether x is constant, not y
     * @param atNm where the plane lies; any number, taken modulo the box
     * @param thicknessNm of the slab
     */
    static byte[] encode(Snapshot snapshot, SpeciesSet solids, boolean acrossX, double atNm, double thicknessNm) {
        LatticeView lattice = snapshot.lattice();
        LatticeGeometry g = lattice.geometry();
        double periodNm = acrossX ? g.widthNm() : g.depthNm();
        IntArrayList sites = new IntArrayList();
        for (int site = 0; site < g.siteCount(); site++) {
            if (solids.contains(lattice.species(site))
                    && Math.abs(offsetNm(acrossX ? g.xNm(site) : g.yNm(site), atNm, periodNm)) <= thicknessNm / 2) {
                sites.add(site);
            }
        }
        double[] offset = new double[sites.size()];
        Integer[] order = new Integer[sites.size()];
        for (int i = 0; i < offset.length; i++) {
            int site = sites.getInt(i);
            offset[i] = offsetNm(acrossX ? g.xNm(site) : g.yNm(site), atNm, periodNm);
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> Double.compare(offset[b], offset[a]));
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + 10 * order.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putInt(VERSION).putDouble(snapshot.stamp().timeSeconds());
        out.putInt(order.length);
        for (int i : order) {
            int site = sites.getInt(i);
            out.putFloat((float) (acrossX ? g.yNm(site) : g.xNm(site)));
        }
        for (int i : order) {
            out.putFloat((float) g.zNm(sites.getInt(i)));
        }
        for (int i : order) {
            out.put((byte) lattice.species(sites.getInt(i)));
        }
        for (int i : order) {
            out.put((byte) Math.round(255 * Math.max(0, Math.min(1, offset[i] / thicknessNm + 0.5))));
        }
        return out.array();
    }

    /** The shortest way from the plane to a place, the box being periodic. */
    private static double offsetNm(double placeNm, double atNm, double periodNm) {
        double offset = placeNm - atNm;
        return offset - periodNm * Math.rint(offset / periodNm);
    }
}
