package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Which sites are solid, a bit each, column by column, so that those within a ball are counted by whole words. A column holds the sites of a basis atom
 * above one another in the cells of one place of the plane; it is read when first asked for. Below the box all is solid, above it nothing.
 *
 * <p>A bit a site of the layers {@linkplain #begin looked at}, at least a word a column. Allocates where these grow in number. Single-threaded.
 */
final class SiteColumns {

    /** Numbers that describe a column from a cell: cells along x and y, basis atom, lowest and highest cell along z, all but the basis atom relative. */
    static final int NUMBERS = 5;

    /** The lowest bit of a column's first word: whether the column has been read. */
    private static final long READ = 1;

    private final LatticeGeometry geometry;
    private final int margin;

    /** By cell along x and y, from −margin on: what it adds to the number of a column. */
    private final int[] ofX;

    private final int[] ofY;

    private IntPredicate solid = site -> false;

    /** The cell of the lowest bit, which is {@link #READ}. */
    private int base;

    private int ceiling;
    private int words;
    private long[] bits = {};

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
     * @param lowestCell the lowest cell along z that will be asked for; may lie below the box
     * @param highestCell the highest; may lie above it
     * @param isSolid whether a site of the box is
     */
    void begin(int lowestCell, int highestCell, IntPredicate isSolid) {
        solid = isSolid;
        base = lowestCell - 1;
        ceiling = highestCell;
        words = Math.max(1, (highestCell - base + Long.SIZE) / Long.SIZE);
        int needed = geometry.cellsX() * geometry.cellsY() * geometry.basisSize() * words;
        if (bits.length < needed) {
            bits = new long[needed];
        } else {
            Arrays.fill(bits, 0, needed, 0);
        }
    }

    /** How many sites of the cells {@code low} to {@code high} of a column are solid. */
    int count(int cellX, int cellY, int basis, int low, int high) {
        int column = (ofX[cellX + margin] + ofY[cellY + margin] + basis) * words;
        if ((bits[column] & READ) == 0) {
            read(column, cellX, cellY, basis);
        }
        int from = low - base;
        int to = high - base;
        // Shifts count modulo 64.
        if (words == 1) {
            return Long.bitCount(bits[column] & -1L << from & -1L >>> 63 - to);
        }
        int first = column + (from >> 6);
        int last = column + (to >> 6);
        if (first == last) {
            return Long.bitCount(bits[first] & -1L << from & -1L >>> 63 - to);
        }
        int count = Long.bitCount(bits[first] & -1L << from) + Long.bitCount(bits[last] & -1L >>> 63 - to);
        for (int word = first + 1; word < last; word++) {
            count += Long.bitCount(bits[word]);
        }
        return count;
    }

    /** As {@link #count}, over columns of {@value #NUMBERS} numbers each, described from one cell. */
    int count(int[] of, int cellX, int cellY, int cellZ) {
        int count = 0;
        if (words > 1) {
            for (int i = 0; i < of.length; i += NUMBERS) {
                count += count(cellX + of[i], cellY + of[i + 1], of[i + 2], cellZ + of[i + 3], cellZ + of[i + 4]);
            }
            return count;
        }
        int x = cellX + margin;
        int y = cellY + margin;
        int z = cellZ - base;
        for (int i = 0; i < of.length; i += NUMBERS) {
            int column = ofX[x + of[i]] + ofY[y + of[i + 1]] + of[i + 2];
            if ((bits[column] & READ) == 0) {
                read(column, cellX + of[i], cellY + of[i + 1], of[i + 2]);
            }
            count += Long.bitCount(bits[column] & -1L << z + of[i + 3] & -1L >>> 63 - z - of[i + 4]);
        }
        return count;
    }

    private void read(int column, int cellX, int cellY, int basis) {
        int x = Math.floorMod(cellX, geometry.cellsX());
        int y = Math.floorMod(cellY, geometry.cellsY());
        bits[column] |= READ;
        for (int cell = base + 1; cell <= Math.min(ceiling, geometry.cellsZ() - 1); cell++) {
            if (cell < 0 || solid.test(geometry.site(x, y, cell, basis))) {
                bits[column + (cell - base >> 6)] |= 1L << cell - base;
            }
        }
    }
}
