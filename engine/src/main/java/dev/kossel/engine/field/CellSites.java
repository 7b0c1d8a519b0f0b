package dev.kossel.engine.field;

import java.util.Arrays;

/** The sites of every cell, in rising order. Four bytes a site and four a cell. Immutable; thread-safe. */
public final class CellSites {

    private final int[] first;
    private final int[] sites;

    /** O(sites). */
    public CellSites(Cells cells, int siteCount) {
        first = new int[cells.cellCount() + 1];
        for (int site = 0; site < siteCount; site++) {
            first[cells.cellOf(site) + 1]++;
        }
        for (int cell = 0; cell < cells.cellCount(); cell++) {
            first[cell + 1] += first[cell];
        }
        sites = new int[siteCount];
        int[] next = Arrays.copyOf(first, cells.cellCount());
        for (int site = 0; site < siteCount; site++) {
            sites[next[cells.cellOf(site)]++] = site;
        }
    }

    /** The place of the first site of a cell; those of the cell are at the places from here up to the first of the next cell. */
    public int first(int cell) {
        return first[cell];
    }

    /** The site at a place. */
    public int site(int place) {
        return sites[place];
    }
}
