package dev.kossel.lattice.morphology;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/** What {@link SurfaceNormals} notes of exposed sites, one after the other: 34 bytes for each of the most there were. Lent by {@link SiteNumbers}. */
final class ExposedSites {

    private static final int FIRST_CAPACITY = 1024;

    final IntArrayList sites = new IntArrayList();

    /** Which slots of nearest neighbours lead to the outer set, a bit each. */
    short[] open = new short[0];

    /** Which of the slots that lead to a site's surroundings lead to an exposed site, a bit each. */
    int[] links = new int[0];

    /** By site and axis. */
    float[] normals = new float[0];

    /** As {@link #normals}, which they take turns with. */
    float[] smoother = new float[0];

    /** Makes room for one more. */
    void reserve() {
        if (sites.size() == open.length) {
            int length = Math.max(FIRST_CAPACITY, sites.size() + sites.size() / 4);
            open = Arrays.copyOf(open, length);
            links = Arrays.copyOf(links, length);
            normals = Arrays.copyOf(normals, 3 * length);
            smoother = Arrays.copyOf(smoother, 3 * length);
        }
    }

    /** The normals become what they have been smoothed to. */
    void swap() {
        float[] old = normals;
        normals = smoother;
        smoother = old;
    }
}
