package dev.kossel.engine.field;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/**
 * Solves −∇·(K ∇u) + q u = s in the open space above a morphology, u being given at the top of the grid.
 *
 * <p>Finite volumes with two-point fluxes: the unknowns are means over cells, and what leaves one cell enters its neighbour, so the solution conserves to the
 * tolerance it is solved to. First order in the cell edge at curved surfaces; exact for a laterally uniform column between a flat surface and the top.
 *
 * <p>Conjugate gradients, preconditioned by a multigrid V-cycle: lines along z are solved exactly, columns in two colours (a checkerboard) forth and back, and
 * columns are merged 2 × 2 from level to level down to one. Lines along z and coarsening across make it robust whatever the ratio of the edges of a cell, in the
 * tall cells of the layer above the box as well (Trottenberg, Oosterlee, Schüller, Multigrid, Academic Press 2001, section 5.1). Some ten iterations from
 * nothing, one to five from a solution shortly before.
 *
 * <p>Six widths of a cell above all that is not wholly open the columns of the grid end, and those of the next level are the unknowns, for six of their widths, and so on: a composite grid, each level of which also
 * corrects the finer ones below it (S. F. McCormick, Multilevel Adaptive Methods for Partial Differential Equations, SIAM 1989). What flows is conserved over these borders too. Nothing is done below the lowest
 * open cell of a column. Cells of merged columns all receive the value of their mean. Memory: 15 doubles a cell, a third more for the coarser levels.
 *
 * <p>Deterministic; allocates nothing once made. Single-threaded.
 */
public final class Conduction {

    private static final int MOST_ITERATIONS = 200;

    /** Where nothing is absorbed or released, the residual at the start times this sets the scale. */
    private static final double LEAST_PROGRESS = 1e-3;

    /** A few units in the last place of a double. */
    private static final double ROUNDING = 1e-15;
    /** Whether there is no more than that left is looked at every so many iterations. */
    private static final int ROUNDING_LOOKS = 4;

    /** Each level is so many of its own widths high, above all that is not open, before its columns are merged into those of the next. */
    private static final double HEIGHT = 6;

    /** No columns are merged. */
    public static final double UNMERGED = Double.POSITIVE_INFINITY;

    private final FieldGrid grid;
    private final double height;
    private final ConductionLevel[] levels;
    /** By level, the lowest cell of the column that a column of the grid is merged into, */
    private final int[][] mergedInto;
    /** that of the first column of the grid which is, */
    private final int[][] corners;
    /** and the part that a column is of the area. */
    private final double[][] share;
    /** By level, u less its value at the top. */
    private final double[][] values;

    private double conductivity = Double.NaN;
    private int ceiling;
    private long iterations;

    public Conduction(FieldGrid grid) {
        this(grid, HEIGHT);
    }

    /**
     * @param height of a level above all that is not open, in its own widths; {@link #UNMERGED} where u far from what reacts is wanted as finely as the grid has it
     */
    public Conduction(FieldGrid grid, double height) {
        this.grid = grid;
        this.height = height;
        int nx = grid.cellsX();
        int ny = grid.cellsY();
        int nz = grid.layers();
        double[] widths = new double[nx];
        double[] depths = new double[ny];
        Arrays.setAll(widths, grid::widthNm);
        Arrays.setAll(depths, grid::depthNm);
        int count = 1;
        for (int edge = Math.max(nx, ny); edge > 1; edge = (edge + 1) / 2) {
            count++;
        }
        levels = new ConductionLevel[count];
        mergedInto = new int[count][nx * ny];
        corners = new int[count][nx * ny];
        share = new double[count][nx * ny];
        values = new double[count][];
        levels[0] = new ConductionLevel(widths, depths, nz, true);
        for (int n = 0; n < count; n++) {
            ConductionLevel level = n == 0 ? levels[0] : levels[n - 1].merged();
            levels[n] = level;
            values[n] = new double[n == 0 ? 0 : level.nx * level.ny * nz];
            for (int column = 0; column < nx * ny; column++) {
                int x = column % nx;
                int y = column / nx;
                mergedInto[n][column] = ((y >> n) * level.nx + (x >> n)) * nz;
                corners[n][column] = ((y >> n << n) * nx + (x >> n << n)) * nz;
                share[n][column] = widths[x] * depths[y] / (level.widths[x >> n] * level.depths[y >> n]);
            }
        }
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
        boolean isUniform = conductivity.length == 1;
        // Above the ceiling all is open, as it was above the last.
        int changed =
                isUniform && conductivity[0] == this.conductivity ? Math.max(ceiling, space.ceiling()) : grid.layers();
        link(space, conductivity, changed);
        this.conductivity = isUniform ? conductivity[0] : Double.NaN;
        mergeLinks(space, changed);
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
        link(space, new double[] {1}, grid.layers());
        for (int y = 0; y < grid.cellsY(); y++) {
            for (int x = 0; x < grid.cellsX(); x++) {
                dissolve(conductivity, topConductivity, x, y);
            }
        }
        this.conductivity = Double.NaN;
        mergeLinks(space, grid.layers());
    }

    private void dissolve(double[] conductivity, double topConductivity, int x, int y) {
        ConductionLevel fine = levels[0];
        int east = grid.cell((x + 1) % grid.cellsX(), y, 0);
        int north = grid.cell(x, (y + 1) % grid.cellsY(), 0);
        int here = grid.cell(x, y, 0);
        for (int z = 0; z < grid.layers(); z++) {
            double k = conductivity[here + z];
            fine.kx[here + z] *= LogarithmicMean.of(k, conductivity[east + z]);
            fine.ky[here + z] *= LogarithmicMean.of(k, conductivity[north + z]);
            fine.kz[here + z] *=
                    LogarithmicMean.of(k, z + 1 < grid.layers() ? conductivity[here + z + 1] : topConductivity);
        }
    }

    /** Makes the links of the coarser levels from those of the finest, of which the lowest layers have changed, and finds how far the levels reach. */
    private void mergeLinks(OpenSpace space, int changed) {
        ConductionLevel fine = levels[0];
        int nz = grid.layers();
        ceiling = space.ceiling();
        for (int column = 0; column < fine.first.length; column++) {
            int lowest = 0;
            while (space.open(column * nz + lowest) == 0) {
                lowest++;
            }
            fine.first[column] = lowest;
        }
        int summed = Math.min(changed + 1, nz);
        fine.sumLinks(summed);
        for (int n = 1; n < levels.length; n++) {
            levels[n].mergeLinks(levels[n - 1], changed);
            levels[n].sumLinks(summed);
        }
        raiseRoofs();
    }

    private void link(OpenSpace space, double[] conductivity, int layers) {
        for (int y = 0; y < grid.cellsY(); y++) {
            for (int x = 0; x < grid.cellsX(); x++) {
                if (conductivity.length == 1) {
                    linkEvenly(space, conductivity[0], x, y, layers);
                } else {
                    link(space, conductivity, x, y, layers);
                }
            }
        }
    }

    private void linkEvenly(OpenSpace space, double k, int x, int y, int layers) {
        ConductionLevel fine = levels[0];
        int here = grid.cell(x, y, 0);
        int east = grid.cell((x + 1) % grid.cellsX(), y, 0);
        int north = grid.cell(x, (y + 1) % grid.cellsY(), 0);
        double width = grid.widthNm(x);
        double depth = grid.depthNm(y);
        double widthThrough = grid.cellsY() > 1 ? k * width : 0;
        double depthThrough = grid.cellsX() > 1 ? k * depth : 0;
        double above = space.resistanceZ(here);
        for (int z = 0; z < layers; z++) {
            double height = grid.heightNm(z);
            double reach = above;
            above = z + 1 < grid.layers() ? space.resistanceZ(here + z + 1) : 0;
            fine.kz[here + z] = k * width * depth / (reach + above);
            fine.kx[here + z] = depthThrough * height / (space.resistanceX(here + z) + space.resistanceX(east + z));
            fine.ky[here + z] = widthThrough * height / (space.resistanceY(here + z) + space.resistanceY(north + z));
        }
    }

    private void link(OpenSpace space, double[] k, int x, int y, int layers) {
        ConductionLevel fine = levels[0];
        int here = grid.cell(x, y, 0);
        int east = grid.cell((x + 1) % grid.cellsX(), y, 0);
        int north = grid.cell(x, (y + 1) % grid.cellsY(), 0);
        double width = grid.widthNm(x);
        double depth = grid.depthNm(y);
        double above = space.resistanceZ(here) / k[here];
        for (int z = 0; z < layers; z++) {
            double height = grid.heightNm(z);
            double reach = above;
            above = z + 1 < grid.layers() ? space.resistanceZ(here + z + 1) / k[here + z + 1] : 0;
            fine.kz[here + z] = width * depth / (reach + above);
            if (grid.cellsX() > 1) {
                double reachX = space.resistanceX(here + z) / k[here + z];
                fine.kx[here + z] = depth * height / (reachX + space.resistanceX(east + z) / k[east + z]);
            }
            if (grid.cellsY() > 1) {
                double reachY = space.resistanceY(here + z) / k[here + z];
                fine.ky[here + z] = width * height / (reachY + space.resistanceY(north + z) / k[north + z]);
            }
        }
    }

    /** Finds how far up each level reaches: it has a layer at least, so that there are cells of the next one above its roof. */
    private void raiseRoofs() {
        double width = Math.max(
                Arrays.stream(levels[0].widths).max().orElseThrow(),
                Arrays.stream(levels[0].depths).max().orElseThrow());
        int floor = 0;
        int roof = ceiling;
        for (int n = 0; n < levels.length; n++) {
            double left = n + 1 == levels.length ? UNMERGED : height * Math.scalb(width, n);
            while (left > 0 && roof < grid.layers()) {
                left -= grid.heightNm(roof++);
            }
            levels[n].reach(floor, roof);
            floor = roof;
        }
    }

    /**
     * Solves for u, starting from what {@code value} holds.
     *
     * @param value u of every cell; receives the solution; closed cells keep what they hold
     * @param active the cells in which something is absorbed or released
     * @param absorption q of these cells times their volume, not negative; what other cells have is not read
     * @param source s of these cells times their volume
     * @param topValue u at the top of the grid
     * @param tolerance what the balances of all cells may lack together, over all that is absorbed and released
     * @return what flows in through the top
     * @throws IllegalStateException if it does not converge, which a number that is not finite is the only known cause of
     */
    public double solve(
            double[] value,
            IntArrayList active,
            double[] absorption,
            double[] source,
            double topValue,
            double tolerance) {
        double[] absorbed = levels[0].absorption;
        Arrays.fill(absorbed, 0);
        int layers = 0;
        for (int n = 0; n < active.size(); n++) {
            int cell = active.getInt(n);
            absorbed[cell] = absorption[cell];
            layers = Math.max(layers, cell % grid.layers() + 1);
        }
        factor(layers);
        start(value, topValue);
        for (int n = 0; n < active.size(); n++) {
            int cell = active.getInt(n);
            release(cell, source[cell] - absorption[cell] * topValue);
        }
        return solve(active, absorption, source, topValue, tolerance);
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
            IntArrayList active,
            double[] absorption,
            double[] source,
            double topValue,
            double tolerance) {
        double[] held = levels[0].absorption;
        System.arraycopy(capacity, 0, held, 0, held.length);
        for (int n = 0; n < active.size(); n++) {
            held[active.getInt(n)] += absorption[active.getInt(n)];
        }
        factor(grid.layers());
        start(value, topValue);
        for (int cell = 0; cell < held.length; cell++) {
            release(cell, capacity[cell] * (start[cell] - topValue));
        }
        for (int n = 0; n < active.size(); n++) {
            int cell = active.getInt(n);
            release(cell, source[cell] - absorption[cell] * topValue);
        }
        return solve(active, absorption, source, topValue, tolerance);
    }

    /** Eliminates with what is absorbed on the finest level, up to a layer. */
    private void factor(int layers) {
        levels[0].factor();
        for (int n = 1; n < levels.length; n++) {
            levels[n].mergeAbsorption(levels[n - 1], layers);
            levels[n].factor();
        }
    }

    /** Begins with given values, and with nothing left over. */
    private void start(double[] value, double topValue) {
        values[0] = value;
        levels[0].clear();
        for (int n = 1; n < levels.length; n++) {
            levels[n].clear();
        }
        for (int column = 0; column < mergedInto[0].length; column++) {
            startColumn(column, value, topValue);
        }
    }

    private void startColumn(int column, double[] value, double topValue) {
        int here = column * grid.layers();
        for (int z = levels[0].start(column); z < levels[0].roof(); z++) {
            value[here + z] -= topValue;
        }
        for (int n = 1; n < levels.length; n++) {
            int corner = corners[n][column];
            double part = share[n][column];
            int to = mergedInto[n][column];
            for (int z = levels[n].floor(); z < levels[n].roof(); z++) {
                // The mean; where all are alike, to the last digit.
                values[n][to + z] = corner == here
                        ? value[here + z] - topValue
                        : values[n][to + z] + part * (value[here + z] - value[corner + z]);
            }
        }
    }

    private void release(int cell, double amount) {
        int n = levelOf(cell % grid.layers());
        // What is merged is open.
        if (n > 0 || !levels[0].closed(cell)) {
            levels[n].residual[mergedInto[n][cell / grid.layers()] + cell % grid.layers()] += amount;
        }
    }

    /** The level of which a layer's cells are unknowns. */
    private int levelOf(int layer) {
        int n = 0;
        while (layer >= levels[n].roof()) {
            n++;
        }
        return n;
    }

    private double solve(
            IntArrayList active, double[] absorbing, double[] releasing, double topValue, double tolerance) {
        double left = begin();
        double least = tolerance * LEAST_PROGRESS * left;
        double product = 0;
        for (int n = 0;
                left > Math.max(least, tolerance * through(active, absorbing, releasing, topValue))
                        && !(n % ROUNDING_LOOKS == 0 && left <= ROUNDING * across());
                n++) {
            if (n == MOST_ITERATIONS || Double.isNaN(left)) {
                throw new IllegalStateException("the field did not converge in " + n + " iterations: residual " + left);
            }
            precondition();
            double before = product;
            product = 0;
            for (ConductionLevel level : levels) {
                product += level.product();
            }
            left = move(product, n == 0 ? 0 : product / before);
        }
        return end(topValue);
    }

    /** The residual of the start, in u less its value at the top, whose flux is not lost in the digits of u; returns its sum. */
    private double begin() {
        for (int n = 0; n < levels.length; n++) {
            levels[n].apply(values[n], levels[n].image);
        }
        double left = 0;
        for (int n = 0; n < levels.length; n++) {
            ConductionLevel level = levels[n];
            if (n + 1 < levels.length) {
                level.applyAcross(values[n], level.image, levels[n + 1], values[n + 1], levels[n + 1].image);
            }
            left += level.leave();
        }
        return left;
    }

    /** A step of conjugate gradients; returns the sum of what is left. */
    private double move(double product, double keep) {
        for (ConductionLevel level : levels) {
            level.redirect(keep);
            level.apply(level.direction, level.image);
        }
        double curvature = 0;
        for (int n = 0; n < levels.length; n++) {
            ConductionLevel level = levels[n];
            if (n + 1 < levels.length) {
                ConductionLevel coarse = levels[n + 1];
                level.applyAcross(level.direction, level.image, coarse, coarse.direction, coarse.image);
            }
            curvature += level.curvature();
        }
        double left = 0;
        for (int n = 0; n < levels.length; n++) {
            left += levels[n].move(values[n], product / curvature);
        }
        iterations++;
        return left;
    }

    /** Gives all cells their values; returns what flows in through the top. */
    private double end(double topValue) {
        int nz = grid.layers();
        double[] value = values[0];
        double inflow = 0;
        int last = levelOf(nz - 1);
        ConductionLevel uppermost = levels[last];
        for (int column = 0; column < uppermost.first.length; column++) {
            int cell = column * nz + nz - 1;
            inflow -= uppermost.kz[cell] * values[last][cell];
        }
        for (int column = 0; column < mergedInto[0].length; column++) {
            endColumn(column, value, topValue);
        }
        return inflow;
    }

    private void endColumn(int column, double[] value, double topValue) {
        int here = column * grid.layers();
        for (int z = levels[0].start(column); z < levels[0].roof(); z++) {
            value[here + z] += topValue;
        }
        for (int n = 1; n < levels.length; n++) {
            int from = mergedInto[n][column];
            for (int z = levels[n].floor(); z < levels[n].roof(); z++) {
                value[here + z] = values[n][from + z] + topValue;
            }
        }
    }

    /** What is absorbed and released in all. */
    private double through(IntArrayList active, double[] absorption, double[] source, double topValue) {
        double sum = 0;
        for (int n = 0; n < active.size(); n++) {
            int cell = active.getInt(n);
            sum += Math.abs(absorption[cell] * (valueOf(cell) + topValue)) + Math.abs(source[cell]);
        }
        return sum;
    }

    private double valueOf(int cell) {
        int n = levelOf(cell % grid.layers());
        return values[n][mergedInto[n][cell / grid.layers()] + cell % grid.layers()];
    }

    /** What flows from cell to cell if nothing flowed back. */
    private double across() {
        double sum = 0;
        for (int n = 0; n < levels.length; n++) {
            sum += levels[n].across(values[n]);
        }
        return sum;
    }

    /** correction = V-cycle of residual. */
    private void precondition() {
        for (int n = 0; n < levels.length; n++) {
            levels[n].smoothForth();
            if (n + 1 < levels.length) {
                levels[n + 1].restrict(levels[n]);
            }
        }
        levels[levels.length - 1].smoothBack(null);
        for (int n = levels.length - 2; n >= 0; n--) {
            levels[n + 1].prolong(levels[n]);
            levels[n].smoothBack(levels[n + 1]);
        }
    }
}
