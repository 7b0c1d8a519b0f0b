package dev.kossel.engine.field;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Solves −∇·(K ∇u) + q u = s in the open space above a morphology, u being given at the top of the grid.
 *
 * <p>Finite volumes with two-point fluxes: the unknowns are means over cells, and what leaves one cell enters its neighbour, so the solution conserves to the
 * tolerance it is solved to. First order in the cell edge at curved surfaces; exact for a laterally uniform column between a flat surface and the top.
 *
 * <p>Conjugate gradients, preconditioned by a multigrid V-cycle: lines along z are solved exactly, columns in two colours (a checkerboard) forth and back, and
 * columns are merged 2 × 2 from level to level down to one. Lines along z and coarsening across make it robust whatever the ratio of the edges of a cell, in the
 * tall cells of the layer above the box as well (Trottenberg, Oosterlee, Schüller, Multigrid, Academic Press 2001, section 5.1). Some ten iterations from
 * nothing, one to five from a solution shortly before. Memory: nine doubles a cell, a third more for the coarser levels.
 *
 * <p>Deterministic; allocates nothing once made. Single-threaded.
 */
public final class Conduction {

    private static final int MOST_ITERATIONS = 200;

    /** Where nothing is absorbed or released, the residual at the start times this sets the scale. */
    private static final double LEAST_PROGRESS = 1e-3;

    /** Nothing, but not so little that numbers next to it become subnormal. */
    private static final double NIL = 1e-200;

    /** A few units in the last place of a double. */
    private static final double ROUNDING = 1e-15;
    /** Whether there is no more than that left is looked at every so many iterations. */
    private static final int ROUNDING_LOOKS = 4;

    private final FieldGrid grid;
    private final Level[] levels;
    private final double[] top;
    private final double[] residual;
    private final double[] direction;
    private final double[] image;
    private final double[] correction;
    private final double[] heldAbsorption;
    private final double[] heldSource;
    /** Cells in which something is absorbed or released. */
    private final IntArrayList active = new IntArrayList();

    private long iterations;

    public Conduction(FieldGrid grid) {
        this.grid = grid;
        int count = 1;
        for (int edge = Math.max(grid.cellsX(), grid.cellsY()); edge > 1; edge = (edge + 1) / 2) {
            count++;
        }
        levels = new Level[count];
        int nx = grid.cellsX();
        int ny = grid.cellsY();
        for (int n = 0; n < count; n++) {
            levels[n] = new Level(nx, ny, grid.layers());
            nx = (nx + 1) / 2;
            ny = (ny + 1) / 2;
        }
        top = new double[grid.cellsX() * grid.cellsY()];
        residual = new double[grid.cellCount()];
        direction = new double[residual.length];
        image = new double[residual.length];
        correction = new double[residual.length];
        heldAbsorption = new double[residual.length];
        heldSource = new double[residual.length];
    }

    /** Iterations so far, over all solutions: what the solver has cost. */
    public long iterations() {
        return iterations;
    }

    /**
     * Sets K.
     *
     * @param conductivity one a cell, or a single one for all
     */
    public void conduct(OpenSpace space, double... conductivity) {
        link(space, conductivity);
        mergeLinks();
    }

    /**
     * Sets a K that goes as the concentration of what conducts: from cell to cell the {@linkplain LogarithmicMean logarithmic mean}, the exact one where K changes linearly between them. So ln K is an exact
     * solution of the equations of the grid wherever K is one of those of a K that is the same everywhere, with what is absorbed and released as it is there (the idea of D. L. Scharfetter, H. K. Gummel,
     * <a href="https://doi.org/10.1109/T-ED.1969.16566">1969</a>).
     *
     * @param conductivity one a cell, all positive
     * @param topConductivity that at the top of the grid, positive
     */
    public void conductAsDissolved(OpenSpace space, double[] conductivity, double topConductivity) {
        link(space, 1);
        Level fine = levels[0];
        int nx = grid.cellsX();
        int ny = grid.cellsY();
        int nz = grid.layers();
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                int east = grid.cell((x + 1) % nx, y, 0);
                int north = grid.cell(x, (y + 1) % ny, 0);
                int here = grid.cell(x, y, 0);
                for (int z = 0; z < nz; z++) {
                    double k = conductivity[here + z];
                    fine.kx[here + z] *= LogarithmicMean.of(k, conductivity[east + z]);
                    fine.ky[here + z] *= LogarithmicMean.of(k, conductivity[north + z]);
                    fine.kz[here + z] *= z + 1 < nz ? LogarithmicMean.of(k, conductivity[here + z + 1]) : 1;
                }
                top[y * nx + x] *= LogarithmicMean.of(conductivity[here + nz - 1], topConductivity);
            }
        }
        mergeLinks();
    }

    private void link(OpenSpace space, double... conductivity) {
        Level fine = levels[0];
        int nx = grid.cellsX();
        int ny = grid.cellsY();
        int nz = grid.layers();
        boolean uniform = conductivity.length == 1;
        double k = conductivity[0];
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                int east = grid.cell((x + 1) % nx, y, 0);
                int north = grid.cell(x, (y + 1) % ny, 0);
                for (int z = 0; z < nz; z++) {
                    int cell = grid.cell(x, y, z);
                    double width = grid.widthNm(x);
                    double depth = grid.depthNm(y);
                    double height = grid.heightNm(z);
                    if (nx > 1) {
                        double reach = space.resistanceX(cell);
                        double other = space.resistanceX(east + z);
                        fine.kx[cell] = uniform
                                ? k * depth * height / (reach + other)
                                : depth * height / (reach / conductivity[cell] + other / conductivity[east + z]);
                    }
                    if (ny > 1) {
                        double reach = space.resistanceY(cell);
                        double other = space.resistanceY(north + z);
                        fine.ky[cell] = uniform
                                ? k * width * height / (reach + other)
                                : width * height / (reach / conductivity[cell] + other / conductivity[north + z]);
                    }
                    if (z + 1 < nz) {
                        double reach = space.resistanceZ(cell);
                        double other = space.resistanceZ(cell + 1);
                        fine.kz[cell] = uniform
                                ? k * width * depth / (reach + other)
                                : width * depth / (reach / conductivity[cell] + other / conductivity[cell + 1]);
                    } else {
                        fine.kz[cell] = 0;
                        top[y * nx + x] = width * depth * (uniform ? k : conductivity[cell]) / space.resistanceZ(cell);
                    }
                }
            }
        }
    }

    private void mergeLinks() {
        levels[0].sumLinks();
        for (int n = 1; n < levels.length; n++) {
            levels[n].mergeLinks(levels[n - 1]);
            levels[n].sumLinks();
        }
    }

    /**
     * Solves for u, starting from what {@code value} holds.
     *
     * @param value u of every cell; receives the solution; closed cells keep what they hold
     * @param absorption q of every cell times its volume, not negative
     * @param source s of every cell times its volume
     * @param topValue u at the top of the grid
     * @param tolerance what the balances of all cells may lack together, over all that is absorbed and released
     * @return what flows in through the top
     * @throws IllegalStateException if it does not converge, which a number that is not finite is the only known cause of
     */
    public double solve(double[] value, double[] absorption, double[] source, double topValue, double tolerance) {
        return solve(value, absorption, source, absorption, source, topValue, tolerance);
    }

    /**
     * A step of implicit Euler: as {@link #solve}, with what each cell holds beside what is absorbed and released. The tolerance is on the latter alone,
     * which in a large volume are small next to what is held.
     *
     * @param start u at the beginning of the step
     * @param capacity of every cell: its volume over the step in time
     */
    public double step(
            double[] value,
            double[] start,
            double[] capacity,
            double[] absorption,
            double[] source,
            double topValue,
            double tolerance) {
        for (int cell = 0; cell < value.length; cell++) {
            heldAbsorption[cell] = absorption[cell] + capacity[cell];
            heldSource[cell] = source[cell] + capacity[cell] * start[cell];
        }
        return solve(value, heldAbsorption, heldSource, absorption, source, topValue, tolerance);
    }

    /** @param absorbing the part of the absorption that the tolerance is about */
    private double solve(
            double[] value,
            double[] absorption,
            double[] source,
            double[] absorbing,
            double[] releasing,
            double topValue,
            double tolerance) {
        Level fine = levels[0];
        int nz = grid.layers();
        System.arraycopy(absorption, 0, fine.absorption, 0, absorption.length);
        for (int column = 0; column < top.length; column++) {
            fine.absorption[column * nz + nz - 1] += top[column];
        }
        fine.factor();
        for (int n = 1; n < levels.length; n++) {
            levels[n].mergeAbsorption(levels[n - 1]);
            levels[n].factor();
        }
        for (int cell = 0; cell < value.length; cell++) {
            value[cell] -= topValue;
        }
        double left = begin(value, absorption, source, topValue);
        double least = tolerance * LEAST_PROGRESS * left;
        double product = 0;
        gatherActive(absorbing, releasing);
        for (int n = 0;
                left > Math.max(least, tolerance * through(value, absorbing, releasing, topValue))
                        && !(n % ROUNDING_LOOKS == 0 && left <= ROUNDING * across(value));
                n++) {
            if (n == MOST_ITERATIONS || Double.isNaN(left)) {
                throw new IllegalStateException("the field did not converge in " + n + " iterations: residual " + left);
            }
            precondition();
            double before = product;
            product = dot(residual, correction);
            left = move(value, product, n == 0 ? 0 : product / before);
        }
        double inflow = 0;
        for (int column = 0; column < top.length; column++) {
            inflow -= top[column] * value[column * nz + nz - 1];
        }
        for (int cell = 0; cell < value.length; cell++) {
            value[cell] += topValue;
        }
        return inflow;
    }

    /** The residual of the start, in u less its value at the top, whose flux is not lost in the digits of u; returns its sum. */
    private double begin(double[] value, double[] absorption, double[] source, double topValue) {
        Level fine = levels[0];
        fine.apply(value, image);
        double left = 0;
        for (int cell = 0; cell < residual.length; cell++) {
            residual[cell] = fine.closed(cell) ? 0 : source[cell] - absorption[cell] * topValue - image[cell];
            left += Math.abs(residual[cell]);
        }
        return left;
    }

    /** A step of conjugate gradients; returns the sum of what is left. */
    private double move(double[] value, double product, double keep) {
        for (int cell = 0; cell < direction.length; cell++) {
            direction[cell] = correction[cell] + keep * direction[cell];
        }
        levels[0].apply(direction, image);
        double step = product / dot(direction, image);
        double left = 0;
        for (int cell = 0; cell < value.length; cell++) {
            value[cell] += step * direction[cell];
            residual[cell] -= step * image[cell];
            left += Math.abs(residual[cell]);
        }
        iterations++;
        return left;
    }

    private void gatherActive(double[] absorption, double[] source) {
        active.clear();
        for (int cell = 0; cell < absorption.length; cell++) {
            if (absorption[cell] != 0 || source[cell] != 0) {
                active.add(cell);
            }
        }
    }

    /** What is absorbed and released in all. */
    private double through(double[] value, double[] absorption, double[] source, double topValue) {
        double sum = 0;
        for (int n = 0; n < active.size(); n++) {
            int cell = active.getInt(n);
            sum += Math.abs(absorption[cell] * (value[cell] + topValue)) + Math.abs(source[cell]);
        }
        return sum;
    }

    /** What flows from cell to cell if nothing flowed back. */
    private double across(double[] value) {
        double sum = 0;
        double[] diagonal = levels[0].diagonal;
        for (int cell = 0; cell < value.length; cell++) {
            sum += diagonal[cell] * Math.abs(value[cell]);
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        // Four sums in turn, which a processor adds at the same time.
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int n = 0;
        for (; n + 3 < a.length; n += 4) {
            s0 += a[n] * b[n];
            s1 += a[n + 1] * b[n + 1];
            s2 += a[n + 2] * b[n + 2];
            s3 += a[n + 3] * b[n + 3];
        }
        for (; n < a.length; n++) {
            s0 += a[n] * b[n];
        }
        return s0 + s1 + s2 + s3;
    }

    /** correction = V-cycle of residual. */
    private void precondition() {
        System.arraycopy(residual, 0, levels[0].right, 0, residual.length);
        for (int n = 0; n < levels.length; n++) {
            Level level = levels[n];
            level.smoothForth();
            if (n + 1 < levels.length) {
                levels[n + 1].restrict(level);
            }
        }
        for (int n = levels.length - 1; n >= 0; n--) {
            Level level = levels[n];
            if (n + 1 < levels.length) {
                levels[n + 1].prolong(level);
            }
            level.smoothBack();
        }
        System.arraycopy(levels[0].unknown, 0, correction, 0, correction.length);
    }

    /** The equations on one grid: links to the next cell along x, y and z, and what is absorbed. */
    private static final class Level {

        /** Columns that are eliminated side by side: each step of an elimination waits for the one before. */
        private static final int ABREAST = 4;

        private final int nx;
        private final int ny;
        private final int nz;
        private final double[] kx;
        private final double[] ky;
        private final double[] kz;
        private final double[] absorption;
        /** Sum of a cell's links, */
        private final double[] links;
        /** and what is absorbed added to it. */
        private final double[] diagonal;
        /** Of a column as a tridiagonal system: the inverse of the diagonal after elimination from below, */
        private final double[] pivot;
        /** and that times the link to the cell above. */
        private final double[] carry;

        private final double[] right;
        private final double[] unknown;

        /** First cells of the columns, those of one colour before those of the other, each padded to whole rows abreast by its last. */
        private final int[][] colours;
        /** Both colours. */
        private final int[] inTurn;
        /** By column, first cells of those around it. */
        private final int[] west;

        private final int[] east;
        private final int[] south;
        private final int[] north;
        private final double[] work;

        Level(int nx, int ny, int nz) {
            this.nx = nx;
            this.ny = ny;
            this.nz = nz;
            int cells = nx * ny * nz;
            kx = new double[cells];
            ky = new double[cells];
            kz = new double[cells];
            absorption = new double[cells];
            links = new double[cells];
            diagonal = new double[cells];
            pivot = new double[cells];
            carry = new double[cells];
            right = new double[cells];
            unknown = new double[cells];
            work = new double[ABREAST * nz];
            west = new int[nx * ny];
            east = new int[nx * ny];
            south = new int[nx * ny];
            north = new int[nx * ny];
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    int column = y * nx + x;
                    west[column] = column(x == 0 ? nx - 1 : x - 1, y);
                    east[column] = column(x == nx - 1 ? 0 : x + 1, y);
                    south[column] = column(x, y == 0 ? ny - 1 : y - 1);
                    north[column] = column(x, y == ny - 1 ? 0 : y + 1);
                }
            }
            colours = new int[][] {colour(0), colour(1)};
            inTurn = IntStream.concat(Arrays.stream(colours[0]), Arrays.stream(colours[1]))
                    .toArray();
        }

        private int[] colour(int which) {
            IntArrayList columns = new IntArrayList();
            for (int y = 0; y < ny; y++) {
                for (int x = (y + which) % 2; x < nx; x += 2) {
                    columns.add(column(x, y));
                }
            }
            while (columns.size() % ABREAST != 0) {
                columns.add(columns.getInt(columns.size() - 1));
            }
            return columns.toIntArray();
        }

        private int column(int x, int y) {
            return (y * nx + x) * nz;
        }

        boolean closed(int cell) {
            return diagonal[cell] == 0;
        }

        /** Two links in parallel over twice the way: half of their sum; along z the links of the merged columns add. */
        void mergeLinks(Level fine) {
            Arrays.fill(kx, 0);
            Arrays.fill(ky, 0);
            Arrays.fill(kz, 0);
            for (int y = 0; y < fine.ny; y++) {
                for (int x = 0; x < fine.nx; x++) {
                    int from = fine.column(x, y);
                    int to = column(x / 2, y / 2);
                    boolean lastX = x % 2 == 1 || x == fine.nx - 1;
                    boolean lastY = y % 2 == 1 || y == fine.ny - 1;
                    for (int z = 0; z < nz; z++) {
                        kz[to + z] += fine.kz[from + z];
                        if (lastX && nx > 1) {
                            kx[to + z] += fine.kx[from + z] / 2;
                        }
                        if (lastY && ny > 1) {
                            ky[to + z] += fine.ky[from + z] / 2;
                        }
                    }
                }
            }
        }

        void mergeAbsorption(Level fine) {
            Arrays.fill(absorption, 0);
            for (int y = 0; y < fine.ny; y++) {
                for (int x = 0; x < fine.nx; x++) {
                    int from = fine.column(x, y);
                    int to = column(x / 2, y / 2);
                    for (int z = 0; z < nz; z++) {
                        absorption[to + z] += fine.absorption[from + z];
                    }
                }
            }
        }

        void sumLinks() {
            for (int column = 0; column < west.length; column++) {
                int here = column * nz;
                int w = west[column];
                int s = south[column];
                for (int z = 0; z < nz; z++) {
                    links[here + z] = kx[here + z] + kx[w + z] + ky[here + z] + ky[s + z] + kz[here + z];
                }
                for (int z = 1; z < nz; z++) {
                    links[here + z] += kz[here + z - 1];
                }
            }
        }

        void factor() {
            for (int cell = 0; cell < diagonal.length; cell++) {
                diagonal[cell] = absorption[cell] + links[cell];
            }
            for (int n = 0; n < inTurn.length; n += ABREAST) {
                factorColumns(inTurn[n], inTurn[n + 1], inTurn[n + 2], inTurn[n + 3]);
            }
        }

        private void factorColumns(int a, int b, int c, int d) {
            double offA = 0;
            double offB = 0;
            double offC = 0;
            double offD = 0;
            for (int z = 0; z < nz; z++) {
                offA = factorCell(a + z, offA);
                offB = factorCell(b + z, offB);
                offC = factorCell(c + z, offC);
                offD = factorCell(d + z, offD);
            }
        }

        /** Returns what the elimination takes off the diagonal of the cell above. */
        private double factorCell(int cell, double elimination) {
            double sum = diagonal[cell];
            double inverse = sum == 0 ? 1 : 1 / (sum - elimination);
            pivot[cell] = inverse;
            carry[cell] = kz[cell] * inverse;
            return kz[cell] * carry[cell];
        }

        /** out = A in. */
        void apply(double[] in, double[] out) {
            for (int column = 0; column < west.length; column++) {
                apply(column, in, out, column * nz);
            }
        }

        /** A column of A in, written from {@code to} on. */
        private void apply(int column, double[] in, double[] out, int to) {
            int here = column * nz;
            int w = west[column];
            int e = east[column];
            int s = south[column];
            int n = north[column];
            for (int z = 1; z < nz - 1; z++) {
                out[to + z] = diagonal[here + z] * in[here + z]
                        - kx[here + z] * in[e + z]
                        - kx[w + z] * in[w + z]
                        - ky[here + z] * in[n + z]
                        - ky[s + z] * in[s + z]
                        - kz[here + z] * in[here + z + 1]
                        - kz[here + z - 1] * in[here + z - 1];
            }
            out[to] = end(here, w, e, s, n, in) - (nz > 1 ? kz[here] * in[here + 1] : 0);
            if (nz > 1) {
                int z = nz - 1;
                out[to + z] = end(here + z, w + z, e + z, s + z, n + z, in) - kz[here + z - 1] * in[here + z - 1];
            }
        }

        private double end(int cell, int w, int e, int s, int n, double[] in) {
            return diagonal[cell] * in[cell] - kx[cell] * in[e] - kx[w] * in[w] - ky[cell] * in[n] - ky[s] * in[s];
        }

        /** Solves one column after another, from nothing, first those of one colour, then those of the other. */
        void smoothForth() {
            Arrays.fill(unknown, 0);
            for (int[] colour : colours) {
                for (int n = 0; n < colour.length; n += ABREAST) {
                    solveColumns(colour, n);
                }
            }
        }

        /** As {@link #smoothForth} in the opposite order, which makes the cycle symmetric. */
        void smoothBack() {
            for (int c = colours.length - 1; c >= 0; c--) {
                for (int n = colours[c].length - ABREAST; n >= 0; n -= ABREAST) {
                    solveColumns(colours[c], n);
                }
            }
        }

        private void solveColumns(int[] columns, int first) {
            int a = columns[first];
            int b = columns[first + 1];
            int c = columns[first + 2];
            int d = columns[first + 3];
            gather(a, 0);
            gather(b, nz);
            gather(c, 2 * nz);
            gather(d, 3 * nz);
            double atA = work[0];
            double atB = work[nz];
            double atC = work[2 * nz];
            double atD = work[3 * nz];
            for (int z = 1; z < nz; z++) {
                atA = work[z] + carry[a + z - 1] * atA;
                atB = work[nz + z] + carry[b + z - 1] * atB;
                atC = work[2 * nz + z] + carry[c + z - 1] * atC;
                atD = work[3 * nz + z] + carry[d + z - 1] * atD;
                work[z] = atA;
                work[nz + z] = atB;
                work[2 * nz + z] = atC;
                work[3 * nz + z] = atD;
            }
            atA = 0;
            atB = 0;
            atC = 0;
            atD = 0;
            for (int z = nz - 1; z >= 0; z--) {
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
        private void gather(int here, int to) {
            int column = here / nz;
            int w = west[column];
            int e = east[column];
            int s = south[column];
            int n = north[column];
            for (int z = 0; z < nz; z++) {
                // In a short step what is felt falls off by decades from cell to cell: not down to slow subnormal
                // numbers.
                work[to + z] = right[here + z]
                        + NIL
                        + kx[here + z] * unknown[e + z]
                        + kx[w + z] * unknown[w + z]
                        + ky[here + z] * unknown[n + z]
                        + ky[s + z] * unknown[s + z];
            }
        }

        /** right = what is left over on the finer grid, summed. */
        void restrict(Level fine) {
            Arrays.fill(right, 0);
            for (int y = 0; y < fine.ny; y++) {
                for (int x = 0; x < fine.nx; x++) {
                    int from = fine.column(x, y);
                    int to = column(x / 2, y / 2);
                    fine.apply(y * fine.nx + x, fine.unknown, work, 0);
                    for (int z = 0; z < nz; z++) {
                        right[to + z] += fine.right[from + z] - work[z];
                    }
                }
            }
        }

        /** Adds the correction to the finer grid. */
        void prolong(Level fine) {
            for (int y = 0; y < fine.ny; y++) {
                for (int x = 0; x < fine.nx; x++) {
                    int to = fine.column(x, y);
                    int from = column(x / 2, y / 2);
                    for (int z = 0; z < nz; z++) {
                        fine.unknown[to + z] += unknown[from + z];
                    }
                }
            }
        }
    }
}
