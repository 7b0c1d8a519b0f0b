package dev.kossel.engine.field;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The equations of {@link Conduction} on one grid of columns: links to the next cell along x, y and z, and what is absorbed.
 *
 * <p>What is done to every cell is a method for a column: called so often, these are compiled within a run of a second.
 *
 * <p>A level reaches from the lowest cell that is open in each column up to its <em>roof</em>. Cells between the roof of the next finer level and its own are unknowns, below that they correct
 * those of the finer level. What lies above its roof is zero to it, unless told otherwise. Single-threaded.
 */
final class ConductionLevel {

    /** Columns that are eliminated side by side: each step of an elimination waits for the one before. */
    private static final int ABREAST = 4;
    /** Nothing, but not so little that numbers next to it become subnormal. */
    private static final double NIL = 1e-200;

    final int nx;
    final int ny;
    final int nz;
    final double[] widths;
    final double[] depths;
    /** Links to the next cell; the uppermost along z leads to the top of the grid, where u is given. */
    final double[] kx;

    final double[] ky;
    final double[] kz;
    final double[] absorption;
    /** Lowest cell of each column that is open. */
    final int[] first;

    /** Of the system as a whole: what is left over, the direction of a step, and its image. */
    final double[] residual;

    final double[] direction;
    final double[] image;
    /** Of the V-cycle: the right-hand side, which on the finest level is what is left over, and the correction. */
    private final double[] right;

    private final double[] unknown;

    /** Sum of a cell's links, */
    private final double[] links;
    /** and what is absorbed added to it. */
    private final double[] diagonal;
    /** Of a column as a tridiagonal system: the inverse of the diagonal after elimination from below, */
    private final double[] pivot;
    /** and that times the link to the cell above. */
    private final double[] carry;

    /** First cells of the columns, those of one colour before those of the other, each padded to whole rows abreast by its last. */
    private final int[][] colours;
    /** Both colours. */
    private final int[] inTurn;
    /** Whether no column has one of its own colour beside it. */
    private final boolean isCheckered;
    /** By column, first cells of those around it. */
    private final int[] west;

    private final int[] east;
    private final int[] south;
    private final int[] north;
    private final double[] work;

    /** First layer of the cells that are unknowns of this level, and the first above them. */
    private int floor;

    private int roof;

    /** Cells of the given widths and depths, nm. */
    ConductionLevel(double[] widths, double[] depths, int nz, boolean isFinest) {
        this.widths = widths;
        this.depths = depths;
        nx = widths.length;
        ny = depths.length;
        this.nz = nz;
        int cells = nx * ny * nz;
        kx = new double[cells];
        ky = new double[cells];
        kz = new double[cells];
        absorption = new double[cells];
        first = new int[nx * ny];
        residual = new double[cells];
        direction = new double[cells];
        image = new double[cells];
        right = isFinest ? residual : new double[cells];
        unknown = new double[cells];
        links = new double[cells];
        diagonal = new double[cells];
        pivot = new double[cells];
        carry = new double[cells];
        work = new double[ABREAST * nz];
        west = new int[nx * ny];
        east = new int[nx * ny];
        south = new int[nx * ny];
        north = new int[nx * ny];
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                int column = y * nx + x;
                west[column] = cell(x == 0 ? nx - 1 : x - 1, y);
                east[column] = cell(x == nx - 1 ? 0 : x + 1, y);
                south[column] = cell(x, y == 0 ? ny - 1 : y - 1);
                north[column] = cell(x, y == ny - 1 ? 0 : y + 1);
            }
        }
        colours = new int[][] {colour(0), colour(1)};
        inTurn = IntStream.concat(Arrays.stream(colours[0]), Arrays.stream(colours[1]))
                .toArray();
        isCheckered = (nx == 1 || nx % 2 == 0) && (ny == 1 || ny % 2 == 0);
    }

    /** The same with columns merged 2 × 2. */
    ConductionLevel merged() {
        return new ConductionLevel(merged(widths), merged(depths), nz, false);
    }

    private static double[] merged(double[] edges) {
        double[] merged = new double[(edges.length + 1) / 2];
        for (int n = 0; n < edges.length; n++) {
            merged[n / 2] += edges[n];
        }
        return merged;
    }

    private int[] colour(int which) {
        IntArrayList columns = new IntArrayList();
        for (int y = 0; y < ny; y++) {
            for (int x = (y + which) % 2; x < nx; x += 2) {
                columns.add(cell(x, y));
            }
        }
        while (columns.size() % ABREAST != 0) {
            columns.add(columns.getInt(columns.size() - 1));
        }
        return columns.toIntArray();
    }

    /** The lowest cell of a column. */
    private int cell(int x, int y) {
        return (y * nx + x) * nz;
    }

    /** The lowest cell of the column of this level that a column of the finer one is merged into. */
    private int mergedInto(int column, ConductionLevel fine) {
        return cell(column % fine.nx / 2, column / fine.nx / 2);
    }

    /** Sets which layers are unknowns of this level. */
    void reach(int floorLayer, int roofLayer) {
        floor = floorLayer;
        roof = roofLayer;
    }

    int floor() {
        return floor;
    }

    int roof() {
        return roof;
    }

    /** First of the unknowns of a column. */
    int start(int column) {
        return Math.max(first[column], floor);
    }

    /** Two links in parallel over a way that is as much longer as the middles of the merged columns are apart; along z the links of merged columns add. */
    void mergeLinks(ConductionLevel fine, int layers) {
        Arrays.fill(first, nz);
        for (int column = 0; column < first.length; column++) {
            Arrays.fill(kx, column * nz, column * nz + layers, 0);
            Arrays.fill(ky, column * nz, column * nz + layers, 0);
            Arrays.fill(kz, column * nz, column * nz + layers, 0);
        }
        for (int y = 0; y < fine.ny; y++) {
            for (int x = 0; x < fine.nx; x++) {
                boolean crossesX = nx > 1 && (x % 2 == 1 || x == fine.nx - 1);
                boolean crossesY = ny > 1 && (y % 2 == 1 || y == fine.ny - 1);
                double partX = crossesX ? way(fine.widths, x) / way(widths, x / 2) : 0;
                double partY = crossesY ? way(fine.depths, y) / way(depths, y / 2) : 0;
                mergeLinks(fine, fine.cell(x, y), cell(x / 2, y / 2), partX, partY, layers);
            }
        }
    }

    private void mergeLinks(ConductionLevel fine, int from, int to, double partX, double partY, int layers) {
        first[to / nz] = Math.min(first[to / nz], fine.first[from / nz]);
        for (int z = fine.first[from / nz]; z < layers; z++) {
            kz[to + z] += fine.kz[from + z];
            kx[to + z] += partX * fine.kx[from + z];
            ky[to + z] += partY * fine.ky[from + z];
        }
    }

    /** From the middle of a column to that of the next. */
    private static double way(double[] edges, int n) {
        return (edges[n] + edges[n + 1 == edges.length ? 0 : n + 1]) / 2;
    }

    void mergeAbsorption(ConductionLevel fine, int layers) {
        Arrays.fill(absorption, 0);
        for (int column = 0; column < fine.first.length; column++) {
            mergeAbsorption(fine, column, mergedInto(column, fine), layers);
        }
    }

    private void mergeAbsorption(ConductionLevel fine, int column, int to, int layers) {
        for (int z = fine.first[column]; z < layers; z++) {
            absorption[to + z] += fine.absorption[column * nz + z];
        }
    }

    void sumLinks(int layers) {
        for (int column = 0; column < west.length; column++) {
            sumLinks(column * nz, west[column], south[column], layers);
        }
    }

    private void sumLinks(int here, int w, int s, int layers) {
        double below = 0;
        for (int z = 0; z < layers; z++) {
            double above = kz[here + z];
            links[here + z] = kx[here + z] + kx[w + z] + ky[here + z] + ky[s + z] + above + below;
            below = above;
        }
    }

    void factor() {
        for (int n = 0; n < inTurn.length; n += ABREAST) {
            factorColumns(inTurn[n], inTurn[n + 1], inTurn[n + 2], inTurn[n + 3]);
        }
    }

    private void factorColumns(int a, int b, int c, int d) {
        double offA = 0;
        double offB = 0;
        double offC = 0;
        double offD = 0;
        for (int z = lowest(a, b, c, d); z < roof; z++) {
            offA = factorCell(a + z, offA);
            offB = factorCell(b + z, offB);
            offC = factorCell(c + z, offC);
            offD = factorCell(d + z, offD);
        }
    }

    private int lowest(int a, int b, int c, int d) {
        return Math.min(Math.min(first[a / nz], first[b / nz]), Math.min(first[c / nz], first[d / nz]));
    }

    /** Returns what the elimination takes off the diagonal of the cell above. */
    private double factorCell(int cell, double elimination) {
        double sum = absorption[cell] + links[cell];
        diagonal[cell] = sum;
        double inverse = sum == 0 ? 1 : 1 / (sum - elimination);
        pivot[cell] = inverse;
        carry[cell] = kz[cell] * inverse;
        return kz[cell] * carry[cell];
    }

    boolean closed(int cell) {
        return diagonal[cell] == 0;
    }

    /** What flows from cell to cell if nothing flowed back. */
    double across(double[] value) {
        double sum = 0;
        for (int column = 0; column < first.length; column++) {
            sum += across(value, column * nz + start(column), column * nz + roof);
        }
        return sum;
    }

    private double across(double[] value, int from, int to) {
        double sum = 0;
        for (int cell = from; cell < to; cell++) {
            sum += diagonal[cell] * Math.abs(value[cell]);
        }
        return sum;
    }

    /** out = A in, of the unknowns of this level, but for the links to other levels. */
    void apply(double[] in, double[] out) {
        for (int column = 0; column < west.length; column++) {
            apply(column, in, out, column * nz, start(column));
        }
    }

    /** The links between the unknowns of this level and those of the coarser one above its roof. */
    void applyAcross(double[] in, double[] out, ConductionLevel coarse, double[] inCoarse, double[] outCoarse) {
        for (int column = 0; roof < nz && column < first.length; column++) {
            int here = column * nz + roof - 1;
            int above = coarse.mergedInto(column, this) + roof;
            out[here] -= kz[here] * inCoarse[above];
            outCoarse[above] -= kz[here] * in[here];
        }
    }

    /** A column of A in from one of its cells on, written as far from {@code to} as the cell is from the lowest of its column. */
    private void apply(int column, double[] in, double[] out, int to, int from) {
        int here = column * nz;
        int w = west[column];
        int e = east[column];
        int s = south[column];
        int n = north[column];
        double below = 0;
        double middle = from < roof ? in[here + from] : 0;
        double down = 0;
        for (int z = from; z < roof; z++) {
            double above = z + 1 < roof ? in[here + z + 1] : 0;
            double up = kz[here + z];
            out[to + z] = diagonal[here + z] * middle
                    - kx[here + z] * in[e + z]
                    - kx[w + z] * in[w + z]
                    - ky[here + z] * in[n + z]
                    - ky[s + z] * in[s + z]
                    - up * above
                    - down * below;
            below = middle;
            middle = above;
            down = up;
        }
    }

    /** Has nothing left over. */
    void clear() {
        Arrays.fill(residual, 0);
    }

    /** Takes the image of a start from what is left over; returns the sum of what is left then. */
    double leave() {
        double left = 0;
        for (int column = 0; column < first.length; column++) {
            left += leave(column * nz + start(column), column * nz + roof);
        }
        return left;
    }

    private double leave(int from, int to) {
        double left = 0;
        for (int cell = from; cell < to; cell++) {
            residual[cell] -= image[cell];
            left += Math.abs(residual[cell]);
        }
        return left;
    }

    /** direction = correction + keep · direction. */
    void redirect(double keep) {
        for (int column = 0; column < first.length; column++) {
            redirect(keep, column * nz + start(column), column * nz + roof);
        }
    }

    private void redirect(double keep, int from, int to) {
        for (int cell = from; cell < to; cell++) {
            direction[cell] = unknown[cell] + keep * direction[cell];
        }
    }

    /** residual · correction. */
    double product() {
        return dot(residual, unknown);
    }

    /** direction · image. */
    double curvature() {
        return dot(direction, image);
    }

    /** A step along the direction; returns the sum of what is left. */
    double move(double[] value, double step) {
        double left = 0;
        for (int column = 0; column < first.length; column++) {
            left += move(value, step, column * nz + start(column), column * nz + roof);
        }
        return left;
    }

    private double move(double[] value, double step, int from, int to) {
        double left = 0;
        for (int cell = from; cell < to; cell++) {
            value[cell] += step * direction[cell];
            double rest = residual[cell] - step * image[cell];
            residual[cell] = rest;
            left += Math.abs(rest);
        }
        return left;
    }

    private double dot(double[] a, double[] b) {
        double sum = 0;
        for (int column = 0; column < first.length; column++) {
            sum += dot(a, b, column * nz + start(column), column * nz + roof);
        }
        return sum;
    }

    private static double dot(double[] a, double[] b, int from, int to) {
        // Two sums in turn, which a processor adds at the same time.
        double s0 = 0;
        double s1 = 0;
        int cell = from;
        for (; cell + 1 < to; cell += 2) {
            s0 += a[cell] * b[cell];
            s1 += a[cell + 1] * b[cell + 1];
        }
        return cell < to ? s0 + a[cell] * b[cell] + s1 : s0 + s1;
    }

    // The V-cycle

    /** Solves one column after another, from nothing, first those of one colour, then those of the other. */
    void smoothForth() {
        if (isCheckered) {
            for (int n = 0; n < colours[0].length; n += ABREAST) {
                solveColumns(colours[0], n, null, true);
            }
            for (int n = 0; n < colours[1].length; n += ABREAST) {
                solveColumns(colours[1], n, null, false);
            }
            return;
        }
        Arrays.fill(unknown, 0);
        for (int[] colour : colours) {
            for (int n = 0; n < colour.length; n += ABREAST) {
                solveColumns(colour, n, null, false);
            }
        }
    }

    /** As {@link #smoothForth} in the opposite order, which makes the cycle symmetric, with what a coarser level has found above the roof. */
    void smoothBack(@Nullable ConductionLevel coarse) {
        for (int c = colours.length - 1; c >= 0; c--) {
            for (int n = colours[c].length - ABREAST; n >= 0; n -= ABREAST) {
                solveColumns(colours[c], n, coarse, false);
            }
        }
    }

    private void solveColumns(int[] columns, int start, @Nullable ConductionLevel coarse, boolean alone) {
        int a = columns[start];
        int b = columns[start + 1];
        int c = columns[start + 2];
        int d = columns[start + 3];
        int from = lowest(a, b, c, d);
        gather(a, 0, from, coarse, alone);
        gather(b, nz, from, coarse, alone);
        gather(c, 2 * nz, from, coarse, alone);
        gather(d, 3 * nz, from, coarse, alone);
        double atA = 0;
        double atB = 0;
        double atC = 0;
        double atD = 0;
        for (int z = from; z < roof; z++) {
            work[z] = atA += work[z];
            work[nz + z] = atB += work[nz + z];
            work[2 * nz + z] = atC += work[2 * nz + z];
            work[3 * nz + z] = atD += work[3 * nz + z];
            atA *= carry[a + z];
            atB *= carry[b + z];
            atC *= carry[c + z];
            atD *= carry[d + z];
        }
        atA = 0;
        atB = 0;
        atC = 0;
        atD = 0;
        for (int z = roof - 1; z >= from; z--) {
            atA = work[z] * pivot[a + z] + carry[a + z] * atA;
            atB = work[nz + z] * pivot[b + z] + carry[b + z] * atB;
            atC = work[2 * nz + z] * pivot[c + z] + carry[c + z] * atC;
            atD = work[3 * nz + z] * pivot[d + z] + carry[d + z] * atD;
            unknown[a + z] = atA;
            unknown[b + z] = atB;
            unknown[c + z] = atC;
            unknown[d + z] = atD;
        }
    }

    /** What the columns around one and its own right-hand side leave for it to solve. */
    private void gather(int here, int to, int from, @Nullable ConductionLevel coarse, boolean alone) {
        // In a short step what is felt falls off by decades from cell to cell: not down to slow subnormal numbers.
        if (alone) {
            for (int z = from; z < roof; z++) {
                work[to + z] = right[here + z] + NIL;
            }
            return;
        }
        int column = here / nz;
        int w = west[column];
        int e = east[column];
        int s = south[column];
        int n = north[column];
        for (int z = from; z < roof; z++) {
            work[to + z] = right[here + z]
                    + NIL
                    + kx[here + z] * unknown[e + z]
                    + kx[w + z] * unknown[w + z]
                    + ky[here + z] * unknown[n + z]
                    + ky[s + z] * unknown[s + z];
        }
        if (coarse != null && roof < nz) {
            int z = roof - 1;
            work[to + z] += kz[here + z] * coarse.unknown[coarse.mergedInto(column, this) + roof];
        }
    }

    /** right = what is left over on the finer grid, summed, and of the unknowns of this level. */
    void restrict(ConductionLevel fine) {
        for (int column = 0; column < first.length; column++) {
            int here = column * nz;
            Arrays.fill(right, here + first[column], here + floor, 0);
            System.arraycopy(residual, here + floor, right, here + floor, roof - floor);
        }
        for (int column = 0; column < fine.first.length; column++) {
            restrict(fine, column, mergedInto(column, fine));
        }
    }

    private void restrict(ConductionLevel fine, int column, int to) {
        int from = column * nz;
        // Those that were solved last leave nothing over.
        if (!fine.isCheckered || (column % fine.nx + column / fine.nx) % 2 == 0) {
            int start = fine.first[column];
            fine.apply(column, fine.unknown, work, 0, start);
            for (int z = start; z < fine.roof; z++) {
                right[to + z] += fine.right[from + z] - work[z];
            }
        }
        if (fine.roof < nz) {
            right[to + fine.roof] += fine.kz[from + fine.roof - 1] * fine.unknown[from + fine.roof - 1];
        }
    }

    /** Adds the correction to the finer grid. */
    void prolong(ConductionLevel fine) {
        for (int column = 0; column < fine.first.length; column++) {
            prolong(fine, column, mergedInto(column, fine));
        }
    }

    private void prolong(ConductionLevel fine, int column, int from) {
        for (int z = fine.first[column]; z < fine.roof; z++) {
            fine.unknown[column * nz + z] += unknown[from + z];
        }
    }
}
