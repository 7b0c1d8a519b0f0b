package dev.kossel.engine.stream;

import java.util.Arrays;

/**
 * The sites that the loop has changed since a sample, in order, with what they became; a site that changes again is there again. Once there are more than
 * the capacity, the log is lost, and the lattice is compared with what it was: then that is cheaper.
 *
 * <p>5 bytes an entry, as many as there have been at once.
 */
final class ChangeLog {

    private static final int FIRST_LENGTH = 256;

    private final int capacity;
    int[] sites = new int[FIRST_LENGTH];
    byte[] species = new byte[FIRST_LENGTH];
    int size;
    private boolean lost;

    ChangeLog(int capacity) {
        this.capacity = capacity;
    }

    void clear() {
        size = 0;
        lost = false;
    }

    void add(int site, int newSpecies) {
        if (size < sites.length) {
            sites[size] = site;
            species[size++] = (byte) newSpecies;
        } else if (!lost) {
            grow(site, newSpecies);
        }
    }

    private void grow(int site, int newSpecies) {
        if (size >= capacity) {
            lost = true;
            return;
        }
        int length = Math.min(capacity, 2 * sites.length);
        sites = Arrays.copyOf(sites, length);
        species = Arrays.copyOf(species, length);
        add(site, newSpecies);
    }

    boolean lost() {
        return lost;
    }
}
