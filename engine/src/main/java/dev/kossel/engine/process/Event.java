package dev.kossel.engine.process;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of a process: which sites change and to what. Mutable and reused by one thread, so that drawing an
 * event allocates nothing.
 */
public final class Event {

    int[] sites = new int[2];
    int[] species = new int[2];
    int[] before = new int[2];
    int count;
    private int process = -1;
    /** What the event does to the states around it, where that is known beforehand. */
    @Nullable
    Footprint footprint;

    /** How many sites change. */
    public int count() {
        return count;
    }

    /** The m-th changing site. The first is where the event started, if that changes at all. */
    public int site(int m) {
        return sites[m];
    }

    /** What the m-th changing site becomes. */
    public int species(int m) {
        return species[m];
    }

    /** What the m-th changing site was. Known once the event has been carried out. */
    public int before(int m) {
        return before[m];
    }

    /** The process, an index into the catalogue. */
    public int process() {
        return process;
    }

    /** Whether a site of this number or a higher one changes. */
    boolean reaches(int number) {
        for (int m = 0; m < count; m++) {
            if (sites[m] >= number) {
                return true;
            }
        }
        return false;
    }

    void of(int newProcess) {
        process = newProcess;
    }

    /** Forgets all changes. */
    public void clear() {
        count = 0;
        footprint = null;
    }

    void change(int site, int after) {
        sites[0] = site;
        species[0] = after;
        count = 1;
        footprint = null;
    }

    void change(int site, int after, int to, int afterTo, Footprint how) {
        sites[0] = site;
        species[0] = after;
        sites[1] = to;
        species[1] = afterTo;
        count = 2;
        footprint = how;
    }

    /** A site that has changed already. */
    void changed(int site, int after, int was) {
        change(site, after);
        before[0] = was;
    }

    /** A pair that has changed already. */
    void changed(int site, int after, int to, int afterTo, int was, int wasTo) {
        sites[0] = site;
        species[0] = after;
        before[0] = was;
        sites[1] = to;
        species[1] = afterTo;
        before[1] = wasTo;
        count = 2;
        footprint = null;
    }

    /** Adds a change. Allocates where there are more changes than ever before. */
    public void add(int site, int after) {
        if (count == sites.length) {
            sites = Arrays.copyOf(sites, 2 * count);
            species = Arrays.copyOf(species, 2 * count);
            before = Arrays.copyOf(before, 2 * count);
        }
        sites[count] = site;
        species[count++] = after;
    }
}
