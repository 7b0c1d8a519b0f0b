package dev.kossel.engine.field;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a morphology leaves open of each cell of a grid, and how that conducts.
 *
 * <p>A cell is <em>open</em> to the fraction ε of its sites that is not solid. It is closed where ε is below {@link #LEAST_OPEN}, and where no way over open cells leads to it
 * from the top. From the middle of what is open of it, the
 * way to a face at h/2 is
 *
 * <pre>
 *   r = (h/2) (n² ε + (1 − n²)/ε)
 * </pre>
 *
 * for unit conductivity and face area, n being the component along it of the unit normal ∇ε/|∇ε|: across a surface the open part is thinner than the cell
 * and nearer to the face (ε h/2); along a surface it is narrower (1/ε). A flat surface anywhere in a cell thus leaves the resistance above it exact. Two
 * halves of a way are in series. Nothing crosses a face of a closed cell, nor the bottom.
 *
 * <p>A closed cell has a <em>host</em>, the open cell nearest by steps over faces: what reacts at sites in the closed cell reacts in its host's liquid.
 *
 * <p>O(sites + cells) a measurement, or the sites of changed cells where these are known; no allocation afterwards. Single-threaded.
 */
public final class OpenSpace {

    /** A cell less open than this is closed: it holds too little to resolve anything. */
    public static final double LEAST_OPEN = 0.125;

    private final FieldGrid grid;
    private final int[] sites;
    private final int[] solid;
    /** ε, 0 where that is too little, */
    private final double[] fraction;
    /** and where no way leads to it from the top. */
    private final double[] open;

    private final double[] volume;
    private final double[] resistanceX;
    private final double[] resistanceY;
    private final double[] resistanceZ;
    private final double[] wall;
    private final int[] host;
    private final IntArrayList queue;
    private final int[] search;
    /** By layer, cells that are not wholly open. */
    private final int[] cut;

    private int ceiling;
    /** Whether a cell has become open or closed. */
    private boolean closes;

    private int measuredAt = CellChanges.NEVER;

    /** All open. */
    public OpenSpace(FieldGrid grid) {
        this.grid = grid;
        LatticeGeometry geometry = grid.geometry();
        sites = new int[grid.cellCount()];
        for (int site = 0; site < geometry.siteCount(); site++) {
            sites[grid.cellOf(site)]++;
        }
        solid = new int[sites.length];
        fraction = new double[sites.length];
        open = new double[sites.length];
        volume = new double[sites.length];
        resistanceX = new double[sites.length];
        resistanceY = new double[sites.length];
        resistanceZ = new double[sites.length];
        wall = new double[sites.length];
        host = new int[sites.length];
        queue = new IntArrayList();
        search = new int[sites.length];
        cut = new int[grid.layers()];
        Arrays.fill(fraction, Double.NaN);
        Arrays.fill(open, Double.NaN);
        compareAll();
        derive();
    }

    /**
     * Measures {@code view}.
     *
     * @param solids species through which nothing passes
     */
    public OpenSpace measure(LatticeView view, SpeciesSet solids) {
        Arrays.fill(solid, 0);
        int count = grid.geometry().siteCount();
        for (int site = 0; site < count; site++) {
            if (solids.contains(view.species(site))) {
                solid[grid.cellOf(site)]++;
            }
        }
        compareAll();
        derive();
        return this;
    }

    /**
     * As {@link #measure(LatticeView, SpeciesSet)}, with a look at the cells alone that have changed since the last measurement, which was of the same lattice.
     *
     * @param sitesOf the sites of the cells of this grid
     */
    public OpenSpace measure(LatticeView view, SpeciesSet solids, CellSites sitesOf, CellChanges changes) {
        int look = changes.look();
        for (int cell = 0; cell < solid.length; cell++) {
            if (changes.since(cell, measuredAt)) {
                int count = 0;
                for (int n = sitesOf.first(cell); n < sitesOf.first(cell + 1); n++) {
                    count += solids.contains(view.species(sitesOf.site(n))) ? 1 : 0;
                }
                solid[cell] = count;
                compare(cell);
            }
        }
        measuredAt = look;
        derive();
        return this;
    }

    private void compareAll() {
        for (int cell = 0; cell < open.length; cell++) {
            compare(cell);
        }
    }

    /** What of a cell is not solid, against what was. */
    private void compare(int cell) {
        double before = fraction[cell];
        double now = sites[cell] == 0 ? 1 : 1 - (double) solid[cell] / sites[cell];
        now = now < LEAST_OPEN ? 0 : now;
        fraction[cell] = now;
        closes |= Double.isNaN(before) || (now > 0) != (before > 0);
        // What is closed as a pocket has something above it that is not open either.
        cut[cell % grid.layers()] += (now < 1 ? 1 : 0) - (before < 1 ? 1 : 0);
    }

    private void derive() {
        int nz = grid.layers();
        // The layers above the box are always open.
        int highest = Double.isNaN(open[0]) ? nz : ceiling;
        ceiling = nz;
        while (ceiling > 0 && cut[ceiling - 1] == 0) {
            ceiling--;
        }
        highest = Math.max(highest, ceiling);
        if (closes) {
            closePockets();
        }
        queue.clear();
        for (int column = 0; column < open.length; column += nz) {
            gatherChanged(column, column + highest);
        }
        int nx = grid.cellsX();
        int ny = grid.cellsY();
        for (int n = 0; n < queue.size(); n++) {
            resistAround(queue.getInt(n), nx, ny, nz);
        }
        if (closes) {
            findHosts();
        }
        closes = false;
    }

    private void gatherChanged(int from, int to) {
        for (int cell = from; cell < to; cell++) {
            double now = host[cell] == cell ? fraction[cell] : 0;
            if (now != open[cell]) {
                open[cell] = now;
                queue.add(cell);
            }
        }
    }

    /** A cell's resistances follow from what is open of it and of those that share a face with it. */
    private void resistAround(int cell, int nx, int ny, int nz) {
        int z = cell % nz;
        int x = cell / nz % nx;
        int y = cell / nz / nx;
        for (int layer = Math.max(0, z - 1); layer <= Math.min(nz - 1, z + 1); layer++) {
            resist(x, y, layer, nx, ny, nz);
        }
        resist((x + 1) % nx, y, z, nx, ny, nz);
        resist((x + nx - 1) % nx, y, z, nx, ny, nz);
        resist(x, (y + 1) % ny, z, nx, ny, nz);
        resist(x, (y + ny - 1) % ny, z, nx, ny, nz);
    }

    /** Closes what no way leads to from the top: nothing is exchanged with it. */
    private void closePockets() {
        int nz = grid.layers();
        queue.clear();
        for (int column = 0; column < open.length; column += nz) {
            Arrays.fill(host, column, column + ceiling, -1);
            for (int cell = column + ceiling; cell < column + nz; cell++) {
                host[cell] = cell;
            }
            queue.add(column + ceiling);
        }
        for (int next = 0; next < queue.size(); next++) {
            visitAround(queue.getInt(next));
        }
    }

    private void visitAround(int cell) {
        int nz = grid.layers();
        int column = cell / nz;
        int z = cell - column * nz;
        if (z > 0) {
            visit(cell - 1);
        }
        if (z + 1 < nz) {
            visit(cell + 1);
        }
        for (int beside : grid.around(column)) {
            visit(beside + z);
        }
    }

    private void visit(int cell) {
        if (fraction[cell] > 0 && host[cell] < 0) {
            host[cell] = cell;
            queue.add(cell);
        }
    }

    private void resist(int x, int y, int z, int nx, int ny, int nz) {
        int cell = grid.cell(x, y, z);
        double part = open[cell];
        double across = 1.0 / 3;
        double deep = across;
        double up = across;
        if (part < 1) {
            double gx = open[grid.cell((x + 1) % nx, y, z)] - open[grid.cell((x + nx - 1) % nx, y, z)];
            double gy = open[grid.cell(x, (y + 1) % ny, z)] - open[grid.cell(x, (y + ny - 1) % ny, z)];
            double gz = (z + 1 < nz ? open[cell + 1] : 1) - (z > 0 ? open[cell - 1] : 0);
            double square = gx * gx + gy * gy + gz * gz;
            if (square > 0) {
                across = gx * gx / square;
                deep = gy * gy / square;
                up = gz * gz / square;
            }
        }
        wall[cell] = part == 0
                ? 0
                : part < 1 ? cutWall(cell, x, y, z, across, deep, up) : closedFaces(cell, x, y, z, nx, ny);
        volume[cell] = part * grid.volumeNm3(cell);
        resistanceX[cell] = half(grid.widthNm(x), across, part);
        resistanceY[cell] = half(grid.depthNm(y), deep, part);
        resistanceZ[cell] = half(grid.heightNm(z), up, part);
    }

    private static double half(double edge, double normal, double fraction) {
        return fraction == 0 ? Double.POSITIVE_INFINITY : edge / 2 * (normal * fraction + (1 - normal) / fraction);
    }

    /** A plane with the normal of the surface cuts the cell; what is open of it lies on average half its thickness away. */
    private double cutWall(int cell, int x, int y, int z, double across, double deep, double up) {
        double volume = grid.volumeNm3(cell);
        double thickness = Math.max(
                Math.sqrt(across) * grid.widthNm(x),
                Math.max(Math.sqrt(deep) * grid.depthNm(y), Math.sqrt(up) * grid.heightNm(z)));
        double area = volume / thickness;
        return area / (open[cell] * thickness / 2);
    }

    private double closedFaces(int cell, int x, int y, int z, int nx, int ny) {
        double volume = grid.volumeNm3(cell);
        int alongX =
                (closed(grid.cell((x + 1) % nx, y, z)) ? 1 : 0) + (closed(grid.cell((x + nx - 1) % nx, y, z)) ? 1 : 0);
        int alongY =
                (closed(grid.cell(x, (y + 1) % ny, z)) ? 1 : 0) + (closed(grid.cell(x, (y + ny - 1) % ny, z)) ? 1 : 0);
        int below = z == 0 || closed(cell - 1) ? 1 : 0;
        int above = z + 1 < grid.layers() && closed(cell + 1) ? 1 : 0;
        double width = grid.widthNm(x);
        double depth = grid.depthNm(y);
        double height = grid.heightNm(z);
        return 2 * volume * (alongX / (width * width) + alongY / (depth * depth) + (below + above) / (height * height));
    }

    private boolean closed(int cell) {
        return open[cell] == 0;
    }

    private void findHosts() {
        int nz = grid.layers();
        queue.clear();
        for (int column = 0; column < open.length; column += nz) {
            for (int cell = column; cell <= column + ceiling; cell++) {
                if (!closed(cell)) {
                    queue.add(cell);
                }
            }
        }
        grid.nearest(queue, search, host);
        for (int column = 0; column < open.length; column += nz) {
            for (int cell = column + ceiling; cell < column + nz; cell++) {
                host[cell] = cell;
            }
        }
    }

    public FieldGrid grid() {
        return grid;
    }

    /** ε of a cell: 0, or from {@link #LEAST_OPEN} to 1. */
    public double open(int cell) {
        return open[cell];
    }

    /** The lowest layer from which on up all cells are wholly open; the uppermost layer is. */
    public int ceiling() {
        return ceiling;
    }

    /** Volume of what is open of a cell, nm³. */
    public double volumeNm3(int cell) {
        return volume[cell];
    }

    /** The open cell that stands in for a cell: itself where it is open. */
    public int host(int cell) {
        return host[cell];
    }

    /** Writes what was measured: a restart cannot measure the lattice of that moment again. */
    public void save(DataOutput out) throws IOException {
        for (int sitesFilled : solid) {
            out.writeInt(sitesFilled);
        }
    }

    /** Restores what {@link #save} wrote. */
    public void restore(DataInput in) throws IOException {
        for (int cell = 0; cell < solid.length; cell++) {
            solid[cell] = in.readInt();
        }
        measuredAt = CellChanges.NEVER;
        compareAll();
        derive();
    }

    /**
     * How what is open of a cell conducts to the solid that bounds it, nm, at unit conductivity: area of the wall over the distance to it. 0 where nothing
     * bounds it.
     */
    public double wallNm(int cell) {
        return wall[cell];
    }

    /** From the middle of the cell to its face towards x, nm; infinite where the cell is closed. */
    double resistanceX(int cell) {
        return resistanceX[cell];
    }

    double resistanceY(int cell) {
        return resistanceY[cell];
    }

    double resistanceZ(int cell) {
        return resistanceZ[cell];
    }
}
