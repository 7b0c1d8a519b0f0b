package dev.kossel.viz.server;

import dev.kossel.engine.record.FillTimes;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.SiteFields;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.morphology.Facets;
import dev.kossel.viz.render.DeadMetal;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A number for each of the {@link DrawnSites}, in their order, by which they can be coloured: Float32, little-endian; NaN
 * where there is none.
 *
 * <p>Stateless; each takes O(sites), the curvature some hundred times the surface besides.
 */
final class SiteValues {

    /** Of the ball that measures the curvature, in distances of nearest neighbours. */
    static final double CURVATURE_RADIUS = 4;

    /** What can be asked for, by its name in lower case; of fields with a hyphen and their number. */
    enum Kind {
        /** {@link #dead}. */
        DEAD,
        /** {@link #curvature}. */
        CURVATURE,
        /** {@link #filled}. */
        FILLED,
        /** {@link #facet}. */
        FACET,
        /** {@link #field}. */
        FIELD
    }

    private static final Pattern NAME = Pattern.compile("([a-z]{1,16})(?:-(\\d{1,4}))?");

    /**
     * What is asked for.
     *
     * @param field of {@link Kind#FIELD}: its place in {@link RunLayout#siteFields}; else −1
     */
    record Wanted(Kind kind, int field) {

        /** What a name stands for; null for nothing. */
        static @Nullable Wanted parse(String name) {
            Matcher parts = NAME.matcher(name);
            for (Kind kind : Kind.values()) {
                if (parts.matches() && kind.name().toLowerCase(Locale.ROOT).equals(parts.group(1))) {
                    boolean numbered = parts.group(2) != null;
                    return numbered != (kind == Kind.FIELD)
                            ? null
                            : new Wanted(kind, numbered ? Integer.parseInt(parts.group(2)) : -1);
                }
            }
            return null;
        }
    }

    private SiteValues() {}

    /** 0 where metal hangs together with the electrode, 1 where it does not: {@link DeadMetal}. */
    static float[] dead(DeadMetal metal, SpeciesGrid grid, DrawnSites drawn) {
        float[] values = new float[drawn.count()];
        for (int i = 0; i < values.length; i++) {
            int site = grid.site(drawn.place(i));
            values[i] = !metal.isMetal(site) ? Float.NaN : metal.isDead(site) ? 1 : 0;
        }
        return values;
    }

    /**
     * The mean curvature H of the surface, nm⁻¹: positive on tips, negative in hollows, 1/r on a sphere of radius r.
     *
     * <p>From the volume V of the solid within a ball of radius R about a point of the surface,
     *
     * <pre>
     *   H = (4 / (π R⁴)) · (2π R³ / 3 − V)
     * </pre>
     *
     * but for terms of higher order in R (H. Pottmann et al., Comput. Aided Geom. Des. 26, 37 (2009),
     * doi:10.1016/j.cagd.2008.01.002). A surface of sites lies between the exposed ones and their vacant neighbours: it has a
     * point in the middle of each such pair, where V is the mean of that about either. So H = 0 on every flat face. The value
     * of a site is the mean of these points of its own and of its exposed neighbours. R is {@value #CURVATURE_RADIUS}
     * distances of nearest neighbours; below the box all is solid, above it nothing.
     */
    static float[] curvature(SpeciesGrid grid, DrawnSites drawn) {
        LatticeGeometry g = grid.geometry;
        double radiusNm = CURVATURE_RADIUS * 2 * SurfaceFrame.radiusNm(g);
        Neighbors[] nearest = Neighbors.nearest(g);
        Neighbors[] ball = Neighbors.within(g, radiusNm);
        // The share of the ball that is solid times its volume: the sites need not fill it evenly.
        double scale = 4 / (Math.PI * Math.pow(radiusNm, 4)) * (4 * Math.PI / 3 * Math.pow(radiusNm, 3));
        Int2IntOpenHashMap indices = new Int2IntOpenHashMap(drawn.exposed());
        indices.defaultReturnValue(-1);
        double[] sums = new double[drawn.exposed()];
        int[] pairs = new int[drawn.exposed()];
        for (int i = 0; i < drawn.exposed(); i++) {
            indices.put(drawn.place(i), i);
        }
        IntStream.range(0, drawn.exposed()).parallel().forEach(i -> {
            int place = drawn.place(i);
            double here = solidShare(grid, place, ball);
            for (int neighbor : around(grid, place, nearest)) {
                if (neighbor >= 0 && !grid.isSolid(neighbor)) {
                    sums[i] += scale * (0.5 - 0.5 * (here + solidShare(grid, neighbor, ball)));
                    pairs[i]++;
                }
            }
        });
        float[] values = new float[drawn.count()];
        Arrays.fill(values, Float.NaN);
        IntStream.range(0, drawn.exposed()).parallel().forEach(i -> {
            double sum = sums[i];
            int count = pairs[i];
            for (int neighbor : around(grid, drawn.place(i), nearest)) {
                int index = neighbor < 0 ? -1 : indices.get(neighbor);
                sum += index < 0 ? 0 : sums[index];
                count += index < 0 ? 0 : pairs[index];
            }
            if (count > 0) {
                values[i] = (float) (sum / count);
            }
        });
        return values;
    }

    private static int[] around(SpeciesGrid grid, int place, Neighbors[] nearest) {
        Neighbors around = nearest[place % grid.basisSize];
        int[] places = new int[around.count()];
        for (int k = 0; k < places.length; k++) {
            places[k] = grid.neighbor(grid.x(place), grid.y(place), grid.z(place), around, k);
        }
        return places;
    }

    private static double solidShare(SpeciesGrid grid, int place, Neighbors[] ball) {
        int x = grid.x(place);
        int y = grid.y(place);
        int z = grid.z(place);
        Neighbors around = ball[place % grid.basisSize];
        int solid = grid.isSolid(place) ? 1 : 0;
        for (int k = 0; k < around.count(); k++) {
            int neighbor = grid.neighbor(x, y, z, around, k);
            solid += neighbor >= 0 ? (grid.isSolid(neighbor) ? 1 : 0) : neighbor == SpeciesGrid.BELOW ? 1 : 0;
        }
        return (double) solid / (around.count() + 1);
    }

    /** Since when a site holds its species, s. */
    static float[] filled(FillTimes times, SpeciesGrid grid, DrawnSites drawn) {
        float[] values = new float[drawn.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = times.seconds(grid.site(drawn.place(i)));
        }
        return values;
    }

    /** Which family of planes an exposed site's surroundings face: its place in {@link Facets#families}, or as many as there are for none. */
    static float[] facet(Facets facets, SpeciesGrid grid, DrawnSites drawn) {
        float[] values = new float[drawn.count()];
        for (int i = 0; i < values.length; i++) {
            int family = facets.familyOfSite(grid.site(drawn.place(i)));
            values[i] = family < 0 ? Float.NaN : family;
        }
        return values;
    }

    /** One of the numbers that the snapshot holds of sites at the surface; none where it does not hold this one. */
    static float[] field(SiteFields fields, String name, SpeciesGrid grid, DrawnSites drawn) {
        int field = fields.names().indexOf(name);
        float[] values = new float[drawn.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = field < 0 ? Float.NaN : fields.value(field, grid.site(drawn.place(i)));
        }
        return values;
    }

    static byte[] encode(float[] values) {
        ByteBuffer out =
                ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            out.putFloat(value);
        }
        return out.array();
    }
}
