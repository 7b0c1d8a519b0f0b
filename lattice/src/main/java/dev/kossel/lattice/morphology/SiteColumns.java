package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * Which sites belong to a set, a bit each, column by column, so that those within a ball are counted by whole words. A column holds the sites of a basis atom
 * above one another in the cells of one place of the plane; it is read when first asked for.
 *
 * <p>A bit a site of the layers {@linkplain #begin looked at}. Allocates where these grow in number. Single-threaded.
 */
final class SiteColumns {

    private final LatticeGeometry geometry;
    private final int margin;

    /** By cell along x and y, from −margin on: what it adds to the number of a column. */
    private final int[] ofX;

    private final int[] ofY;

    private IntPredicate holds = site -> false;
    private int floor;
    private int ceiling;
    private int words;
    private long[] bits = {};
    private final BitSet read = new BitSet();

    /** @param margin how many cells beyond either side of the box columns may be asked for along x and y; it is periodic */
    SiteColumns(LatticeGeometry geometry, int margin) {
        this.geometry = geometry;
        this.margin = margin;
        ofX = new int[geometry.cellsX() + 2 * margin];
        ofY = new int[geometry.cellsY() + 2 * margin];
        for (int i = 0; i < ofX.length; i++) {
            ofX[i] = Math.floorMod(i - margin, geometry.cellsX()) * geometry.basisSize();
        }
        for (int i = 0; i < ofY.length; i++) {
            ofY[i] = Math.floorMod(i - margin, geometry.cellsY()) * geometry.cellsX() * geometry.basisSize();
        }
    }

    /**
     * Forgets all columns.
     *
     * @param lowestCell the lowest cell along z that will be asked for
     * @param highestCell the highest
     * @param member whether a site is in the set
     */
    void begin(int lowestCell, int highestCell, IntPredicate member) {
        holds = member;
        floor = lowestCell;
        ceiling = highestCell;
        words = Math.max(1, (highestCell - lowestCell + 64) / 64);
        read.clear();
        int needed = geometry.cellsX() * geometry.cellsY() * geometry.basisSize() * words;
        if (bits.length < needed) {
            bits = new long[needed];
        }
    }

    /** How many sites of the cells {@code low} to {@code high} of a column are in the set; 0 if {@code high} is less. */
    int count(int cellX, int cellY, int basis, int low, int high) {
        if (high < low) {
            return 0;
        }
        int column = ofX[cellX + margin] + ofY[cellY + margin] + basis;
        if (!read.get(column)) {
            read(column, cellX, cellY, basis);
        }
        int from = low - floor;
        int to = high - floor;
        int first = column * words + (from >> 6);
        int last = column * words + (to >> 6);
        // Shifts count modulo 64.
        if (first == last) {
            return Long.bitCount(bits[first] & -1L << from & -1L >>> 63 - to);
        }
        int count = Long.bitCount(bits[first] & -1L << from) + Long.bitCount(bits[last] & -1L >>> 63 - to);
        for (int word = first + 1; word < last; word++) {
            count += Long.bitCount(bits[word]);
        }
        return count;
    }

    private void read(int column, int cellX, int cellY, int basis) {
        read.set(column);
        int x = Math.floorMod(cellX, geometry.cellsX());
        int y = Math.floorMod(cellY, geometry.cellsY());
        int first = column * words;
        Arrays.fill(bits, first, first + words, 0);
        for (int cell = 0; cell <= ceiling - floor; cell++) {
            if (holds.test(geometry.site(x, y, floor + cell, basis))) {
                bits[first + (cell >> 6)] |= 1L << cell;
            }
        }
    }
}
