package dev.kossel.lattice;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

/**
 * How the sites of a box are numbered: in bricks of {@code edgeX × edgeY × edgeZ} cells, small enough for a cache line, so that most neighbours of a
 * site share its line (decision 0008).
 *
 * <pre>
 *   site  = brick · volume + place
 *   brick = (brickZ · bricksY + brickY) · bricksX + brickX
 *   place = ((z · edgeY + y) · edgeX + x) · basisSize + b         x, y, z within the brick
 * </pre>
 *
 * <p>The edges divide those of the box, so no number is left out. Immutable and thread-safe; memory does not grow with the box.
 */
final class SiteOrder {

    /** Bytes of a cache line, and the most sites of a brick: one byte a site is the commonest state. */
    static final int LINE = 64;

    /** What share of the neighbours more a brick must keep in the line if its volume is no power of two: shifts are cheaper than multiplications. */
    private static final double SHIFT_BONUS = 0.05;

    /** What share they must keep more if bricks are too small for a table of them. */
    private static final double TABLE_BONUS = 0.1;

    /** Sites of a brick from which on a table of one byte a brick saves time and is small beside the lattice. */
    private static final int LEAST_TABULATED = 16;

    final int edgeX;
    final int edgeY;
    final int edgeZ;
    final int bricksX;
    final int bricksY;
    final int bricksZ;
    /** Sites of a brick. */
    final int volume;

    private final int nx;
    private final int ny;
    private final int nz;
    private final int basisSize;

    /** log₂ of the volume, or −1. */
    private final int shift;

    private final long reciprocalVolume;
    private final long reciprocalX;
    private final long reciprocalPlane;
    private final long reciprocalEdgeX;
    private final long reciprocalEdgeY;
    private final long reciprocalEdgeZ;
    private final long reciprocalBasis;
    private final long reciprocalRow;
    private final long reciprocalRows;

    /** What a step of one cell adds to a number, by axis (along x it is the basis), and what one into the next brick adds on top of that. */
    private final int cellStepY;

    private final int cellStepZ;
    private final int brickStepX;
    private final int brickStepY;
    private final int brickStepZ;

    private final byte[] placeX;
    private final byte[] placeY;
    private final byte[] placeZ;
    private final byte[] placeBasis;

    SiteOrder(int nx, int ny, int nz, int basisSize, int edgeX, int edgeY, int edgeZ) {
        this.nx = nx;
        this.ny = ny;
        this.nz = nz;
        this.basisSize = basisSize;
        this.edgeX = edgeX;
        this.edgeY = edgeY;
        this.edgeZ = edgeZ;
        bricksX = nx / edgeX;
        bricksY = ny / edgeY;
        bricksZ = nz / edgeZ;
        volume = edgeX * edgeY * edgeZ * basisSize;
        shift = Integer.bitCount(volume) == 1 ? Integer.numberOfTrailingZeros(volume) : -1;
        reciprocalVolume = Reciprocal.of(volume);
        reciprocalX = Reciprocal.of(bricksX);
        reciprocalPlane = Reciprocal.of(bricksX * bricksY);
        reciprocalEdgeX = Reciprocal.of(edgeX);
        reciprocalEdgeY = Reciprocal.of(edgeY);
        reciprocalEdgeZ = Reciprocal.of(edgeZ);
        reciprocalBasis = Reciprocal.of(basisSize);
        reciprocalRow = Reciprocal.of(nx);
        reciprocalRows = Reciprocal.of(ny);
        cellStepY = edgeX * basisSize;
        cellStepZ = edgeY * cellStepY;
        brickStepX = volume - edgeX * basisSize;
        brickStepY = bricksX * volume - edgeY * cellStepY;
        brickStepZ = bricksX * bricksY * volume - edgeZ * cellStepZ;
        placeX = new byte[volume];
        placeY = new byte[volume];
        placeZ = new byte[volume];
        placeBasis = new byte[volume];
        for (int place = 0; place < volume; place++) {
            int cell = place / basisSize;
            placeBasis[place] = (byte) (place % basisSize);
            placeX[place] = (byte) (cell % edgeX);
            placeY[place] = (byte) (cell / edgeX % edgeY);
            placeZ[place] = (byte) (cell / edgeX / edgeY);
        }
    }

    /** The bricks of at most {@value #LINE} sites that keep the most neighbours of a site in its line. */
    static SiteOrder of(List<List<UnitCell.Neighbor>> neighbors, int nx, int ny, int nz) {
        int basisSize = neighbors.size();
        SiteOrder best = null;
        double most = -1;
        int cells = Math.max(1, LINE / basisSize);
        for (int edgeZ = 1; edgeZ <= Math.min(nz, cells); edgeZ++) {
            for (int edgeY = 1; edgeY <= Math.min(ny, cells / edgeZ); edgeY++) {
                for (int edgeX = 1; edgeX <= Math.min(nx, cells / edgeZ / edgeY); edgeX++) {
                    if (nx % edgeX == 0 && ny % edgeY == 0 && nz % edgeZ == 0) {
                        SiteOrder order = new SiteOrder(nx, ny, nz, basisSize, edgeX, edgeY, edgeZ);
                        double kept = order.neighborsInLine(neighbors)
                                + (order.shift >= 0 ? SHIFT_BONUS : 0)
                                + (order.tabulated() ? TABLE_BONUS : 0);
                        // Of bricks that fill lines equally well, the largest: there are fewer of them.
                        if (kept > most - 1e-9) {
                            most = kept;
                            best = order;
                        }
                    }
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("a brick of one cell divides every box");
        }
        return best;
    }

    /** The share of the neighbours that lie in the cache line of their site, away from the faces of the box. */
    private double neighborsInLine(List<List<UnitCell.Neighbor>> neighbors) {
        boolean aligned = LINE % volume == 0;
        double sum = 0;
        for (int place = 0; place < volume; place++) {
            for (UnitCell.Neighbor n : neighbors.get(placeBasis[place])) {
                long delta = delta(place, n);
                if (!aligned) {
                    sum += Math.max(0, LINE - Math.abs(delta)) * (1.0 / LINE);
                } else {
                    int inLine = 0;
                    for (int p = place; p < LINE; p += volume) {
                        inLine += p + delta >= 0 && p + delta < LINE ? 1 : 0;
                    }
                    sum += (double) inLine * volume / LINE;
                }
            }
        }
        return sum / volume / neighbors.get(0).size();
    }

    /** What leads from a place to a neighbour, in an endless box. */
    private long delta(int place, UnitCell.Neighbor n) {
        int x = placeX[place] + n.cells()[0];
        int y = placeY[place] + n.cells()[1];
        int z = placeZ[place] + n.cells()[2];
        long brick = ((long) Math.floorDiv(z, edgeZ) * bricksY + Math.floorDiv(y, edgeY)) * bricksX
                + Math.floorDiv(x, edgeX);
        int to = ((Math.floorMod(z, edgeZ) * edgeY + Math.floorMod(y, edgeY)) * edgeX + Math.floorMod(x, edgeX))
                        * basisSize
                + n.basis();
        return brick * volume + to - place;
    }

    /** Whether bricks are so large that a table of them pays. */
    boolean tabulated() {
        return volume >= LEAST_TABULATED;
    }

    int site(int x, int y, int z, int b) {
        return b
                + x * basisSize
                + Reciprocal.quotient(x, reciprocalEdgeX) * brickStepX
                + y * cellStepY
                + Reciprocal.quotient(y, reciprocalEdgeY) * brickStepY
                + z * cellStepZ
                + Reciprocal.quotient(z, reciprocalEdgeZ) * brickStepZ;
    }

    /** log₂ of the sites of a brick, or −1 where they are no power of two. */
    int shift() {
        return shift;
    }

    int brick(int site) {
        return shift >= 0 ? site >>> shift : Reciprocal.quotient(site, reciprocalVolume);
    }

    int place(int site) {
        return site - brick(site) * volume;
    }

    /** brickZ · bricksY + brickY */
    int brickRow(int brick) {
        return Reciprocal.quotient(brick, reciprocalX);
    }

    /** brickZ */
    int brickPlane(int brick) {
        return Reciprocal.quotient(brick, reciprocalPlane);
    }

    int basis(int site) {
        return placeBasis[place(site)];
    }

    int x(int site) {
        int brick = brick(site);
        return (brick - brickRow(brick) * bricksX) * edgeX + placeX[site - brick * volume];
    }

    int y(int site) {
        int brick = brick(site);
        return (brickRow(brick) - brickPlane(brick) * bricksY) * edgeY + placeY[site - brick * volume];
    }

    int z(int site) {
        int brick = brick(site);
        return brickPlane(brick) * edgeZ + placeZ[site - brick * volume];
    }

    /** The highest z of the sites numbered up to this one. */
    int highestZ(int site) {
        return (brickPlane(brick(site)) + 1) * edgeZ - 1;
    }

    /** Beyond the numbers of all sites with a z up to this one. */
    int endOfZ(int highestZ) {
        return (highestZ / edgeZ + 1) * bricksX * bricksY * volume;
    }

    /** The (x, y) position of a site, as one number: its rank in the lowest plane of cells. */
    int column(int site) {
        int brick = brick(site);
        int place = site - brick * volume;
        int row = brickRow(brick);
        int x = (brick - row * bricksX) * edgeX + placeX[place];
        int y = (row - brickPlane(brick) * bricksY) * edgeY + placeY[place];
        return (y * nx + x) * basisSize + placeBasis[place];
    }

    int columnSite(int column, int z) {
        int cell = Reciprocal.quotient(column, reciprocalBasis);
        int y = Reciprocal.quotient(cell, reciprocalRow);
        return site(cell - y * nx, y, z, column - cell * basisSize);
    }

    int rank(int site) {
        int brick = brick(site);
        int place = site - brick * volume;
        int row = brickRow(brick);
        int plane = brickPlane(brick);
        int x = (brick - row * bricksX) * edgeX + placeX[place];
        int y = (row - plane * bricksY) * edgeY + placeY[place];
        int z = plane * edgeZ + placeZ[place];
        return ((z * ny + y) * nx + x) * basisSize + placeBasis[place];
    }

    int siteOfRank(int rank) {
        int cell = Reciprocal.quotient(rank, reciprocalBasis);
        int row = Reciprocal.quotient(cell, reciprocalRow);
        int z = Reciprocal.quotient(row, reciprocalRows);
        return site(cell - row * nx, row - z * ny, z, rank - cell * basisSize);
    }

    /** Writes the sites of a row of cells along x, in the order of their ranks. */
    void row(int y, int z, int[] row) {
        int inBrick = edgeX * basisSize;
        int first = site(0, y, z, 0);
        for (int i = 0; i < row.length; i += inBrick, first += volume) {
            for (int j = 0; j < inBrick; j++) {
                row[i + j] = first + j;
            }
        }
    }

    /** Visits all sites in the order of their ranks, a row of cells after the other. */
    final class Sweep implements PrimitiveIterator.OfInt {
        private final int[] row = new int[nx * basisSize];
        private int inRow = row.length;
        private int y;
        private int z;

        @Override
        public boolean hasNext() {
            return inRow < row.length || z < nz;
        }

        @Override
        public int nextInt() {
            if (inRow == row.length) {
                fill();
                inRow = 0;
            }
            return row[inRow++];
        }

        private void fill() {
            if (z == nz) {
                throw new NoSuchElementException();
            }
            row(y, z, row);
            if (++y == ny) {
                y = 0;
                z++;
            }
        }
    }

    @Override
    public String toString() {
        return "bricks of " + edgeX + " × " + edgeY + " × " + edgeZ + " cells";
    }
}
