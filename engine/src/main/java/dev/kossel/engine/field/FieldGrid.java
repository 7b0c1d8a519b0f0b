package dev.kossel.engine.field;

import dev.kossel.lattice.LatticeGeometry;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/**
 * A grid of boxes around a lattice and in the layer of thickness δ above it, on which fields are computed.
 *
 * <p>Within the box of the lattice a cell of the grid is a block of whole lattice cells, as near to the wanted edge as that allows; where the number of
 * lattice cells is no multiple, blocks differ by one. Above the box the cells grow by a constant factor until they reach δ: a field that is laterally uniform
 * up there (it is, a box width above the surface) sees a column in one dimension, whose steady profile is exact however tall its cells are. x and y are
 * periodic.
 *
 * <p>Cells are numbered upwards first: {@code (y · cellsX + x) · layers + layer}. Immutable; thread-safe.
 */
public final class FieldGrid implements Cells {

    private final LatticeGeometry geometry;
    private final double[] widthsNm;
    private final double[] depthsNm;
    private final double[] heightsNm;
    private final int boxLayers;
    private final int[] columnX;
    private final int[] columnY;
    private final int[] layerOf;
    /** By column, the lowest cells of those around it: east, west, north and south. */
    private final int[][] around;

    /**
     * @param geometry the lattice
     * @param edgeNm wanted edge of a cell, nm; a cell is at least one lattice cell wide
     * @param layerNm δ, the thickness of the layer above the box, nm
     * @param growth factor from a cell above the box to the next, at least 1; the error of a transient grows with it
     */
    public FieldGrid(LatticeGeometry geometry, double edgeNm, double layerNm, double growth) {
        if (!(edgeNm > 0 && layerNm > 0 && growth >= 1 && Double.isFinite(edgeNm + layerNm + growth))) {
            throw new IllegalArgumentException("grid of edge " + edgeNm + " nm, layer " + layerNm + " nm and growth "
                    + growth + ": expected positive lengths and a growth of at least 1");
        }
        this.geometry = geometry;
        columnX = blocks(geometry.cellsX(), geometry.widthNm(), edgeNm);
        columnY = blocks(geometry.cellsY(), geometry.depthNm(), edgeNm);
        layerOf = blocks(geometry.cellsZ(), geometry.heightNm(), edgeNm);
        widthsNm = edges(columnX, geometry.widthNm());
        depthsNm = edges(columnY, geometry.depthNm());
        double[] box = edges(layerOf, geometry.heightNm());
        boxLayers = box.length;
        heightsNm = stack(box, layerNm, growth);
        around = new int[widthsNm.length * depthsNm.length][];
        Arrays.setAll(around, this::columnsAround);
    }

    private int[] columnsAround(int column) {
        int nx = cellsX();
        int ny = cellsY();
        int x = column % nx;
        int y = column / nx;
        return new int[] {
            cell((x + 1) % nx, y, 0),
            cell((x + nx - 1) % nx, y, 0),
            cell(x, (y + 1) % ny, 0),
            cell(x, (y + ny - 1) % ny, 0)
        };
    }

    /** The lowest cells of the columns around one ({@code y · cellsX + x}): east, west, north and south. */
    int[] around(int column) {
        return around[column];
    }

    /** Which block each of {@code cells} lattice cells belongs to. */
    private static int[] blocks(int cells, double lengthNm, double edgeNm) {
        int count = (int) Math.max(1, Math.min(cells, Math.round(lengthNm / edgeNm)));
        int[] block = new int[cells];
        Arrays.setAll(block, cell -> (int) ((long) cell * count / cells));
        return block;
    }

    private static double[] edges(int[] block, double lengthNm) {
        double[] edges = new double[block[block.length - 1] + 1];
        for (int of : block) {
            edges[of] += lengthNm / block.length;
        }
        return edges;
    }

    private static double[] stack(double[] box, double layerNm, double growth) {
        DoubleArrayList above = new DoubleArrayList();
        double sum = 0;
        for (double height = box[box.length - 1] * growth; sum < layerNm; height *= growth) {
            above.add(height);
            sum += height;
        }
        double[] all = Arrays.copyOf(box, box.length + above.size());
        for (int n = 0; n < above.size(); n++) {
            all[box.length + n] = above.getDouble(n) * layerNm / sum;
        }
        return all;
    }

    public LatticeGeometry geometry() {
        return geometry;
    }

    public int cellsX() {
        return widthsNm.length;
    }

    public int cellsY() {
        return depthsNm.length;
    }

    /** Layers of cells, those above the box included. */
    public int layers() {
        return heightsNm.length;
    }

    /** Layers of cells within the box; the others lie above it. */
    public int boxLayers() {
        return boxLayers;
    }

    @Override
    public int cellCount() {
        return widthsNm.length * depthsNm.length * heightsNm.length;
    }

    /** The cell in column (x, y) and layer. */
    public int cell(int x, int y, int layer) {
        return (y * widthsNm.length + x) * heightsNm.length + layer;
    }

    @Override
    public int cellOf(int site) {
        return (columnY[geometry.cellY(site)] * widthsNm.length + columnX[geometry.cellX(site)]) * heightsNm.length
                + layerOf[geometry.cellZ(site)];
    }

    /**
     * Finds for every cell the nearest of some cells, by steps over faces; among equals the one listed first, but for cells above all that are listed, which have what the uppermost layer of these
     * has in their column, and likewise below.
     *
     * @param cells at least one
     * @param queue room for the search, as long as there are cells
     * @param out receives one of them for every cell
     */
    public void nearest(IntArrayList cells, int[] queue, int[] out) {
        int nz = layers();
        int lowest = nz;
        int uppermost = 0;
        for (int n = 0; n < cells.size(); n++) {
            lowest = Math.min(lowest, cells.getInt(n) % nz);
            uppermost = Math.max(uppermost, cells.getInt(n) % nz);
        }
        Arrays.fill(out, -1);
        int size = 0;
        for (int n = 0; n < cells.size(); n++) {
            queue[size++] = cells.getInt(n);
            out[cells.getInt(n)] = cells.getInt(n);
        }
        for (int next = 0; next < size; next++) {
            size = spread(queue[next], lowest, uppermost, queue, size, out);
        }
        for (int column = 0; column < around.length; column++) {
            int here = column * nz;
            Arrays.fill(out, here, here + lowest, out[here + lowest]);
            Arrays.fill(out, here + uppermost + 1, here + nz, out[here + uppermost]);
        }
    }

    /** Gives what a cell has to those around it that have nothing yet, and puts these at the end of the queue; returns its length. */
    private int spread(int cell, int lowest, int uppermost, int[] queue, int size, int[] out) {
        int column = cell / layers();
        int z = cell - column * layers();
        int[] beside = around[column];
        int end = size;
        if (z > lowest && out[cell - 1] < 0) {
            out[cell - 1] = out[cell];
            queue[end++] = cell - 1;
        }
        if (z < uppermost && out[cell + 1] < 0) {
            out[cell + 1] = out[cell];
            queue[end++] = cell + 1;
        }
        for (int n = 0; n < beside.length; n++) {
            int neighbor = beside[n] + z;
            if (out[neighbor] < 0) {
                out[neighbor] = out[cell];
                queue[end++] = neighbor;
            }
        }
        return end;
    }

    public double widthNm(int x) {
        return widthsNm[x];
    }

    public double depthNm(int y) {
        return depthsNm[y];
    }

    public double heightNm(int layer) {
        return heightsNm[layer];
    }

    /** Height of the middle of a layer above the bottom of the box, nm. */
    public double middleNm(int layer) {
        double bottom = 0;
        for (int below = 0; below < layer; below++) {
            bottom += heightsNm[below];
        }
        return bottom + heightsNm[layer] / 2;
    }

    /** Volume of a cell with all that is in it, nm³. */
    public double volumeNm3(int cell) {
        int column = cell / heightsNm.length;
        return widthsNm[column % widthsNm.length]
                * depthsNm[column / widthsNm.length]
                * heightsNm[cell % heightsNm.length];
    }
}
