package dev.kossel.viz.server;

import dev.kossel.engine.record.Snapshot;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.viz.render.SkyLight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the page draws of a snapshot, as bytes: the {@link DrawnSites}, or those that a {@link Cut} lays open besides.
 *
 * <p>Little-endian; n sites, of which the first m form the surface and of these the first e are exposed:
 *
 * <pre>
 *  offset  size
 *       0     4  {@link #MAGIC}, "KSSF"
 *       4     4  {@link #VERSION}
 *       8     8  simulated time, s              (Float64)
 *      16     8  executed events                (Int64)
 *      24     4  n                              (Int32)
 *      28     4  m                              (Int32)
 *      32     4  e                              (Int32)
 *      36     4  solid sites, drawn or not      (Int32)
 *      40    4n  place of the site ({@link SpeciesGrid}), less that of the one before it (Int32)
 *         +  4m  light of the sky, {@link SkyLight}: mean 0 … 1 (UInt8, ÷ 255), gradient x, y, z (Int8, ÷ 127)
 *         +  4m  outward direction of the surface x, y, z, 0 where there is none; how much of the surroundings
 *                is void (Int8, ÷ 127)
 *         +   n  species                        (UInt8)
 *         +   n  solid nearest neighbours       (UInt8)
 *         +   n  site type                      (UInt8)
 * </pre>
 *
 * <p>The surface is that of the block which is seen: at its sides it looks outward, though the box is periodic.
 *
 * <p>Stateless; O(sites) time on all processors; memory: two bytes a site and what is drawn.
 */
final class SurfaceFrame {

    /** "KSSF", read as bytes. */
    static final int MAGIC = 'K' | 'S' << 8 | 'S' << 16 | 'F' << 24;

    /** Of the layout; the page refuses any other. */
    static final int VERSION = 2;

    static final int HEADER_BYTES = 40;
    static final int BYTES_PER_SITE = 4 + 3;
    static final int BYTES_PER_SURFACE_SITE = 4 + 4;

    /** The surroundings of a site: so many distances of nearest neighbours. */
    private static final double SMOOTHING = 2.6;

    private SurfaceFrame() {}

    /**
     * @param solids the species that are drawn
     * @param cut null for the whole; else what the cut lays open
     */
    static byte[] encode(Snapshot snapshot, SpeciesSet solids, @Nullable Cut cut) {
        SpeciesGrid grid = new SpeciesGrid(snapshot.lattice(), solids);
        DrawnSites drawn = DrawnSites.of(grid, cut);
        int n = drawn.count();
        int m = drawn.surface();
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(
                        HEADER_BYTES, Math.addExact(Math.multiplyExact(BYTES_PER_SITE, n), BYTES_PER_SURFACE_SITE * m)))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putInt(VERSION);
        out.putDouble(snapshot.stamp().timeSeconds()).putLong(snapshot.stamp().events());
        out.putInt(n).putInt(m).putInt(drawn.exposed()).putInt(cut == null ? solidSites(grid) : 0);
        for (int i = 0; i < n; i++) {
            out.putInt(drawn.place(i) - (i == 0 ? 0 : drawn.place(i - 1)));
        }
        if (cut == null) {
            float[] directions = new float[3 * m];
            float[] openness = new float[m];
            surroundings(grid, drawn, directions, openness);
            putLight(out, SkyLight.of(positions(grid, drawn), directions, radiusNm(grid.geometry)));
            for (int i = 0; i < m; i++) {
                for (int axis = 0; axis < 3; axis++) {
                    out.put((byte) Math.round(127 * directions[3 * i + axis]));
                }
                out.put((byte) Math.round(127 * openness[i]));
            }
        } else {
            // A cut face is there to be looked at: in the open, whatever it lay under.
            for (int i = 0; i < m; i++) {
                out.putInt(0xff);
            }
            for (int i = 0; i < m; i++) {
                out.putInt(63 << 24);
            }
        }
        Neighbors[] nearest = Neighbors.nearest(grid.geometry);
        for (int i = 0; i < n; i++) {
            out.put((byte) grid.species(drawn.place(i)));
        }
        for (int i = 0; i < n; i++) {
            out.put((byte) coordination(grid, drawn.place(i), nearest));
        }
        for (int i = 0; i < n; i++) {
            out.put((byte) snapshot.lattice().siteType(grid.site(drawn.place(i))));
        }
        return out.array();
    }

    /** Half the shortest distance of two sites: spheres of nearest neighbours touch, and none overlap. */
    static double radiusNm(LatticeGeometry g) {
        return IntStream.range(0, g.nearestCount())
                        .mapToObj(k -> g.displacementNm(0, k))
                        .mapToDouble(d -> Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]))
                        .min()
                        .orElse(g.latticeConstantNm())
                / 2;
    }

    static int coordination(SpeciesGrid grid, int place, Neighbors[] nearest) {
        Neighbors around = nearest[place % grid.basisSize];
        int count = 0;
        for (int k = 0; k < around.count(); k++) {
            int neighbor = grid.neighbor(grid.x(place), grid.y(place), grid.z(place), around, k);
            count += neighbor >= 0 && grid.isSolid(neighbor) ? 1 : 0;
        }
        return count;
    }

    private static int solidSites(SpeciesGrid grid) {
        return (int) IntStream.range(0, grid.places())
                .parallel()
                .filter(grid::isSolid)
                .count();
    }

    private static float[] positions(SpeciesGrid grid, DrawnSites drawn) {
        LatticeGeometry g = grid.geometry;
        float[] positions = new float[3 * drawn.surface()];
        for (int i = 0; i < drawn.surface(); i++) {
            int site = grid.site(drawn.place(i));
            positions[3 * i] = (float) g.xNm(site);
            positions[3 * i + 1] = (float) g.yNm(site);
            positions[3 * i + 2] = (float) g.zNm(site);
        }
        return positions;
    }

    /**
     * Where the void lies, as seen from each site of the surface, 0 or of unit length, and how much of the surroundings it
     * makes up.
     */
    private static void surroundings(SpeciesGrid grid, DrawnSites drawn, float[] directions, float[] openness) {
        double radiusNm = SMOOTHING * 2 * radiusNm(grid.geometry);
        Neighbors[] ball = Neighbors.within(grid.geometry, radiusNm);
        boolean flat = grid.geometry.layerCount() == 1;
        IntStream.range(0, drawn.surface()).parallel().forEach(i -> {
            int place = drawn.place(i);
            int x = grid.x(place);
            int y = grid.y(place);
            int z = grid.z(place);
            Neighbors around = ball[place % grid.basisSize];
            double sumX = 0;
            double sumY = 0;
            double sumZ = flat ? 1 : 0;
            int open = 0;
            for (int k = 0; k < around.count() && !flat; k++) {
                int neighbor = grid.isAcross(x, y, around, k) ? SpeciesGrid.OPEN : grid.neighbor(x, y, z, around, k);
                if (neighbor >= 0 ? !grid.isSolid(neighbor) : neighbor == SpeciesGrid.OPEN) {
                    open++;
                    sumX += around.displacementNm(k, 0);
                    sumY += around.displacementNm(k, 1);
                    sumZ += around.displacementNm(k, 2);
                }
            }
            openness[i] = flat ? 0.5f : (float) open / around.count();
            double length = Math.sqrt(sumX * sumX + sumY * sumY + sumZ * sumZ);
            if (length > 1e-6 * radiusNm) {
                directions[3 * i] = (float) (sumX / length);
                directions[3 * i + 1] = (float) (sumY / length);
                directions[3 * i + 2] = (float) (sumZ / length);
            }
        });
    }

    private static void putLight(ByteBuffer out, float[] light) {
        for (int i = 0; i < light.length; i += 4) {
            out.put((byte) Math.round(255 * Math.max(0, Math.min(1, light[i]))));
            for (int axis = 1; axis < 4; axis++) {
                out.put((byte) Math.round(127 * Math.max(-1, Math.min(1, light[i + axis]))));
            }
        }
    }
}
