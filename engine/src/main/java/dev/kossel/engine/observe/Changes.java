package dev.kossel.engine.observe;

/**
 * Which sites hold another species than at the sample before: each once, in no order, with what it held then. Where there are too many to tell, or there
 * is no sample before, they are not {@link #known} and whoever follows them looks at the lattice as a whole.
 *
 * <p>Filled and read on the recorder's thread. 5 bytes a change.
 */
public final class Changes {

    private final int[] sites;
    private final byte[] before;
    private int count;
    private boolean known;

    /** None so far, and not known. @param capacity how many can be told */
    public Changes(int capacity) {
        sites = new int[capacity];
        before = new byte[capacity];
    }

    /** Begins anew: no changes, and they are known. */
    public void clear() {
        count = 0;
        known = true;
    }

    /** Adds a site; with more than the capacity, changes are no longer known. */
    public void add(int site, byte speciesBefore) {
        if (count < sites.length) {
            sites[count] = site;
            before[count++] = speciesBefore;
        } else {
            known = false;
        }
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
