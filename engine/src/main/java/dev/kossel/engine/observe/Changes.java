package dev.kossel.engine.observe;

import java.util.Arrays;

/**
 * Which sites hold another species than at the sample before: each once, in no order, with what it held then. Where there
 * is no sample before, they are not {@link #known} and whoever follows them looks at the lattice as a whole.
 *
 * <p>Filled and read on the recorder's thread. 5 bytes a change.
 */
public final class Changes {

    /** So many times more room than is needed is given back, beyond the least. */
    private static final int SPARE = 8;

    private static final int LEAST = 1 << 16;

    private int[] sites = {};
    private byte[] before = {};
    private int count;
    private boolean known;

    /** Begins anew: no changes, and they are known. */
    public void clear() {
        count = 0;
        known = true;
    }

    /** Makes room for so many more; what is kept is not much larger than it has to be. */
    public void reserve(int more) {
        int needed = count + more;
        if (sites.length < needed || sites.length > SPARE * needed + LEAST) {
            int length = needed + needed / 4;
            sites = Arrays.copyOf(sites, length);
            before = Arrays.copyOf(before, length);
        }
    }

    /** Adds a site, for which there must be room. */
    public void add(int site, byte speciesBefore) {
        sites[count] = site;
        before[count++] = speciesBefore;
    }

    /** Changes are not known. */
    public void forget() {
        known = false;
    }

    /** Whether the changes are all that has changed; if not, there is nothing to read here. */
    public boolean known() {
        return known;
    }

    /** How many sites have changed. */
    public int count() {
        return count;
    }

    public int site(int i) {
        return sites[i];
    }

    /** What the {@code i}-th site held at the sample before. */
    public int before(int i) {
        return before[i];
    }
}
