package dev.kossel.viz.server;

import dev.kossel.engine.record.Snapshot;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * What the page draws of a snapshot, as bytes: its exposed sites, those that the sides of the box cut free, and behind both
 * their nearest neighbours, without which light would fall through the gaps between the spheres. A solid site is exposed if
 * one of its nearest neighbours is vacant or would lie above the box; a site of a two-dimensional lattice always is.
 *
 * <p>Little-endian; n points, the exposed ones first, each part in order of the sites' numbers:
 *
 * <pre>
 *  offset  size
 *       0     4  {@link #MAGIC}, "KSSF"
 *       4     4  {@link #VERSION}
 *       8     8  simulated time, s              (Float64)
 *      16     8  executed events                (Int64)
 *      24     4  n                              (Int32)
 *      28     4  how many of them are exposed   (Int32)
 *      32     4  solid sites, drawn or not      (Int32)
 *      36   12n  positions x, y, z, nm          (Float32)
 *         +  4n  number of the site             (Int32)
 *         +   n  species                        (UInt8)
 *         +   n  solid nearest neighbours       (UInt8)
 *         +   n  site type                      (UInt8)
 * </pre>
 *
 * <p>Stateless; O(sites) time; memory: a bit a site and what is drawn.
 */
final class SurfaceFrame {

    /** "KSSF", read as bytes. */
    static final int MAGIC = 'K' | 'S' << 8 | 'S' << 16 | 'F' << 24;

    /** Of the layout; the page refuses any other. */
    static final int VERSION = 1;

    static final int HEADER_BYTES = 36;
    static final int BYTES_PER_SITE = 12 + 4 + 3;

    private SurfaceFrame() {}

    /** @param solids the species that are drawn */
    static byte[] encode(Snapshot snapshot, SpeciesSet solids) {
        LatticeView lattice = snapshot.lattice();
        LatticeGeometry g = lattice.geometry();
        BitSet exposed = new BitSet(g.siteCount());
        int solidSites = 0;
        for (int site = 0; site < g.siteCount(); site++) {
            if (solids.contains(lattice.species(site))) {
                solidSites++;
                exposed.set(site, isExposed(lattice, site, solids));
            }
        }
        IntArrayList drawn = new IntArrayList(exposed.stream().toArray());
        int exposedSites = drawn.size();
        unexposed(lattice, exposed, solids).stream().forEach(drawn::add);
        int n = drawn.size();
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(HEADER_BYTES, Math.multiplyExact(BYTES_PER_SITE, n)))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putInt(VERSION);
        out.putDouble(snapshot.stamp().timeSeconds()).putLong(snapshot.stamp().events());
        out.putInt(n).putInt(exposedSites).putInt(solidSites);
        for (int i = 0; i < n; i++) {
            int site = drawn.getInt(i);
            out.putFloat((float) g.xNm(site)).putFloat((float) g.yNm(site)).putFloat((float) g.zNm(site));
        }
        for (int i = 0; i < n; i++) {
            out.putInt(drawn.getInt(i));
        }
        for (int i = 0; i < n; i++) {
            out.put((byte) lattice.species(drawn.getInt(i)));
        }
        for (int i = 0; i < n; i++) {
            out.put((byte) coordination(lattice, drawn.getInt(i), solids));
        }
        for (int i = 0; i < n; i++) {
            out.put((byte) lattice.siteType(drawn.getInt(i)));
        }
        return out.array();
    }

    private static boolean isExposed(LatticeView lattice, int site, SpeciesSet solids) {
        LatticeGeometry g = lattice.geometry();
        if (g.layerCount() == 1) {
            return true;
        }
        int basis = g.basis(site);
        for (int k = 0; k < g.shells().get(0).size(); k++) {
            int neighbor = g.neighbor(site, k);
            if (neighbor < 0 ? g.layerStep(basis, k) >= 0 : !solids.contains(lattice.species(neighbor))) {
                return true;
            }
        }
        return false;
    }

    /** The solid sites that are not exposed but drawn. */
    private static BitSet unexposed(LatticeView lattice, BitSet exposed, SpeciesSet solids) {
        LatticeGeometry g = lattice.geometry();
        BitSet front = (BitSet) exposed.clone();
        for (int site = 0; site < g.siteCount(); site++) {
            if (solids.contains(lattice.species(site)) && isCutFree(g, site)) {
                front.set(site);
            }
        }
        BitSet drawn = (BitSet) front.clone();
        for (int site = front.nextSetBit(0); site >= 0; site = front.nextSetBit(site + 1)) {
            for (int k = 0; k < g.shells().get(0).size(); k++) {
                int neighbor = g.neighbor(site, k);
                if (neighbor >= 0 && solids.contains(lattice.species(neighbor))) {
                    drawn.set(neighbor);
                }
            }
        }
        drawn.andNot(exposed);
        return drawn;
    }

    /** Whether a neighbour of the site lies across the box, which is periodic, so that from outside the site is seen. */
    private static boolean isCutFree(LatticeGeometry g, int site) {
        int x = g.cellX(site);
        int y = g.cellY(site);
        if (x > 0 && x < g.cellsX() - 1 && y > 0 && y < g.cellsY() - 1) {
            return false;
        }
        for (int k = 0; k < g.shells().get(0).size(); k++) {
            int neighbor = g.neighbor(site, k);
            if (neighbor >= 0 && (Math.abs(g.cellX(neighbor) - x) > 1 || Math.abs(g.cellY(neighbor) - y) > 1)) {
                return true;
            }
        }
        return false;
    }

    private static int coordination(LatticeView lattice, int site, SpeciesSet solids) {
        LatticeGeometry g = lattice.geometry();
        int count = 0;
        for (int k = 0; k < g.shells().get(0).size(); k++) {
            int neighbor = g.neighbor(site, k);
            if (neighbor >= 0 && solids.contains(lattice.species(neighbor))) {
                count++;
            }
        }
        return count;
    }
}
