package dev.kossel.lattice;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;

/**
 * Which sites a box has, where they lie and who their neighbours are.
 *
 * <p>The box is made of {@code nx × ny × nz} copies of an orthogonal cell of {@link #basisSize()} sites, chosen so that the requested crystal
 * orientation points along +z (towards the electrolyte). x and y are periodic, z is open. Sites are numbered 0 … {@link #siteCount()} − 1, neighbours
 * close together in memory (see {@link SiteOrder}); the numbering is a private matter of this package, so use the conversions. What is written to
 * files, hashed, or drawn by lot goes through the sites in the canonical order instead ({@link #sites}, {@link #rank}), and so does not depend on it.
 *
 * <table>
 * <caption>The cells: direction and length of the edges in units of a, sites and atomic layers in a cell</caption>
 * <tr><th>lattice</th><th>x</th><th>y</th><th>z</th><th>sites</th><th>layers</th></tr>
 * <tr><td>sc(100)</td><td>[100], 1</td><td>[010], 1</td><td>1</td><td>1</td><td>1</td></tr>
 * <tr><td>bcc(110)</td><td>[001], 1</td><td>[11̄0], √2</td><td>√2</td><td>4</td><td>2</td></tr>
 * <tr><td>bcc(100)</td><td>[100], 1</td><td>[010], 1</td><td>1</td><td>2</td><td>2</td></tr>
 * <tr><td>fcc(111)</td><td>[11̄0], 1/√2</td><td>[112̄], √(3/2)</td><td>√3</td><td>6</td><td>3</td></tr>
 * <tr><td>fcc(100)</td><td>[100], 1</td><td>[010], 1</td><td>1</td><td>4</td><td>2</td></tr>
 * <tr><td>fcc(110)</td><td>[1̄10], 1/√2</td><td>[001], 1</td><td>1/√2</td><td>2</td><td>2</td></tr>
 * <tr><td>hcp(002)</td><td>along a, 1</td><td>across a, √3</td><td>c/a</td><td>4</td><td>2</td></tr>
 * <tr><td>hcp(100)</td><td>along a, 1</td><td>along c, c/a</td><td>√3</td><td>4</td><td>4</td></tr>
 * <tr><td>hcp(110)</td><td>across a, √3</td><td>along c, c/a</td><td>1</td><td>4</td><td>2</td></tr>
 * <tr><td>square(2d)</td><td>[10], 1</td><td>[01], 1</td><td>1</td><td>1</td><td>1</td></tr>
 * <tr><td>triangular(2d)</td><td>along a, 1</td><td>across a, √3</td><td>1</td><td>2</td><td>1</td></tr>
 * </table>
 *
 * <p>Neighbour slots are ordered by shell and within a shell by the displacement along z, then y, then x, ascending. In the Bravais lattices (all but
 * hcp) every basis site therefore has the same displacement in the same slot. The shells are those of the ideal crystal, whatever c/a.
 *
 * <p>Immutable and thread-safe. A byte for each brick of up to 64 sites and tables of up to 0.2 MB, of which the few kB of the bricks away from the
 * faces are in use most of the time. Only the static methods,
 * {@link #displacementNm} and {@link #toString} allocate.
 */
public final class LatticeGeometry {

    /** Between these, the six 2NN of the ideal hcp crystal are nearer than the neighbours at c and at √3 a. */
    private static final double LEAST_AXIAL_RATIO = 4.0 / 3.0;

    private static final double GREATEST_AXIAL_RATIO = Math.sqrt(20.0 / 3.0);

    /** How far from a site, in units of a, {@link #siteAt} still finds it. */
    private static final double SITE_TOLERANCE = 0.01;

    /** In {@link #deltas}: there is no neighbour. No two sites are that far apart. */
    private static final int NONE = Integer.MIN_VALUE;

    private final UnitCell cell;
    private final double latticeConstantNm;
    private final double axialRatio;
    private final int nx;
    private final int ny;
    private final int nz;
    private final int basisSize;
    private final int planeSize;
    private final int siteCount;
    private final double[] edges;
    private final double[][] basisPositions;

    private final int layersPerCell;
    private final int[] basisLayer;
    private final double[] layerZ;

    private final List<Shell> shells;
    private final int slots;
    private final int nearest;
    private final boolean rowsSettlePairs;
    /** Rows of {@link #deltas} begin at multiples of 2<sup>this</sup>. */
    private final int rowShift;

    private final int[] firstSlot;
    private final int[] slotShell;
    private final int[] reverseSlot;
    private final int[] layerStep;
    private final double[][] displacements;

    private final SiteOrder order;

    /*
     * Along each axis the bricks within reach of the box's lower and upper face have a seam class of their own, all others share one. Sites in the
     * same place of bricks of the same three classes have the same differences between their own number and their neighbours': a row of `deltas`.
     */
    private final int lowX;
    private final int lowY;
    private final int lowZ;
    private final int highX;
    private final int highY;
    private final int highZ;
    private final int classesX;
    private final int classesY;
    private final int[] deltas;
    /** The classes of a brick, as one number; empty where bricks are so small that the table would be large. */
    private final byte[] seams;

    /** Where the bricks of the lowest plane end. */
    private final int bottomEnd;

    /** Where the bricks of the highest plane begin, and which of their places lie in the top layer of the box. */
    private final int topBricks;

    private final boolean[] topPlace;

    /**
     * @param kind the lattice
     * @param orientation the plane normal to +z: sc {@code 100}; bcc {@code 110}, {@code 100}; fcc {@code 111}, {@code 100}, {@code 110}; hcp
     *     {@code 002} (basal plane up), {@code 100} (prismatic plane up: lying on its side), {@code 110} (second prismatic plane up); square and
     *     triangular: {@code 2d}
     * @param latticeConstantNm a, nm
     * @param axialRatio c/a, used by hcp only, 4/3 … √(20/3) (the ideal value is √(8/3))
     * @param nx cells along x; at least what keeps all neighbours of a site distinct (see {@link #leastCells}). In lattices with one site a cell also
     *     1: then the slots that point along x have no neighbour, which leaves a lattice of one dimension less
     * @param ny cells along y, as nx
     * @param nz cells along z; 1 for the two-dimensional lattices
     * @throws IllegalArgumentException if the orientation is unknown for the lattice, a size is refused, or there would be more than 2³¹ − 1 sites
     */
    public static LatticeGeometry of(
            LatticeKind kind, String orientation, double latticeConstantNm, double axialRatio, int nx, int ny, int nz) {
        UnitCell cell = UnitCell.of(kind, orientation);
        if (!(latticeConstantNm > 0 && Double.isFinite(latticeConstantNm))) {
            throw new IllegalArgumentException(
                    cell.name() + ": lattice constant " + latticeConstantNm + " nm, expected a positive length");
        }
        requireAxialRatio(cell, axialRatio);
        requireCells(cell, 0, nx);
        requireCells(cell, 1, ny);
        requireCells(cell, 2, nz);
        BigInteger sites = BigInteger.valueOf(cell.basis().length);
        for (int n : new int[] {nx, ny, nz}) {
            sites = sites.multiply(BigInteger.valueOf(n));
        }
        if (sites.bitLength() > 31) {
            throw new IllegalArgumentException(cell.name() + ": " + nx + " × " + ny + " × " + nz + " cells have "
                    + sites + " sites, expected at most " + Integer.MAX_VALUE);
        }
        return new LatticeGeometry(cell, latticeConstantNm, cell.axialAxis() >= 0 ? axialRatio : 1, nx, ny, nz);
    }

    /** The orientations {@link #of} accepts for {@code kind}, the default (the closest-packed plane) first. */
    public static List<String> orientations(LatticeKind kind) {
        return UnitCell.orientations(kind);
    }

    /**
     * The fewest cells, by axis (x, y, z), with which all neighbours of a site are distinct.
     *
     * @throws IllegalArgumentException if the orientation is unknown for the lattice
     */
    public static int[] leastCells(LatticeKind kind, String orientation) {
        UnitCell cell = UnitCell.of(kind, orientation);
        return new int[] {leastCells(cell, 0), leastCells(cell, 1), 1};
    }

    /**
     * The edges of a cell by axis (x, y, z), in units of the lattice constant: what turns a box in nm into cells.
     *
     * @throws IllegalArgumentException if the orientation is unknown for the lattice, or c/a of hcp is out of range
     */
    public static double[] cellEdges(LatticeKind kind, String orientation, double axialRatio) {
        UnitCell cell = UnitCell.of(kind, orientation);
        requireAxialRatio(cell, axialRatio);
        return cell.edges(axialRatio);
    }

    private LatticeGeometry(UnitCell cell, double latticeConstantNm, double axialRatio, int nx, int ny, int nz) {
        this.cell = cell;
        this.latticeConstantNm = latticeConstantNm;
        this.axialRatio = axialRatio;
        this.nx = nx;
        this.ny = ny;
        this.nz = nz;
        basisSize = cell.basis().length;
        planeSize = basisSize * nx * ny;
        siteCount = planeSize * nz;

        edges = cell.edges(axialRatio);
        basisPositions = new double[basisSize][];
        for (int b = 0; b < basisSize; b++) {
            basisPositions[b] = inUnitsOfA(cell.basis()[b]);
        }
        int[] heights =
                Arrays.stream(cell.basis()).mapToInt(p -> p[2]).distinct().toArray();
        layersPerCell = heights.length;
        basisLayer = new int[basisSize];
        layerZ = new double[layersPerCell];
        for (int b = 0; b < basisSize; b++) {
            basisLayer[b] = Arrays.binarySearch(heights, cell.basis()[b][2]);
            layerZ[basisLayer[b]] = basisPositions[b][2];
        }

        List<List<UnitCell.Neighbor>> neighbors = new ArrayList<>();
        for (int b = 0; b < basisSize; b++) {
            neighbors.add(cell.neighbors(b));
        }
        slots = neighbors.get(0).size();
        rowShift = Integer.SIZE - Integer.numberOfLeadingZeros(slots - 1);
        slotShell = neighbors.get(0).stream().mapToInt(UnitCell.Neighbor::shell).toArray();
        shells = cell.shells(axialRatio);
        nearest = shells.stream()
                .filter(shell -> shell.name().startsWith("1NN"))
                .mapToInt(Shell::size)
                .sum();
        firstSlot = new int[shells.size()];
        for (int shell = 1; shell < firstSlot.length; shell++) {
            firstSlot[shell] = firstSlot[shell - 1] + shells.get(shell - 1).size();
        }

        reverseSlot = new int[basisSize * slots];
        layerStep = new int[basisSize * slots];
        displacements = new double[basisSize * slots][];
        int[] below = new int[3];
        int[] above = new int[3];
        for (int b = 0; b < basisSize; b++) {
            for (int k = 0; k < slots; k++) {
                UnitCell.Neighbor n = neighbors.get(b).get(k);
                int entry = b * slots + k;
                reverseSlot[entry] = slotOfOpposite(n, neighbors.get(n.basis()));
                layerStep[entry] = n.cells()[2] * layersPerCell + basisLayer[n.basis()] - basisLayer[b];
                displacements[entry] = inUnitsOfA(n.step());
                for (int axis = 0; axis < 3; axis++) {
                    below[axis] = Math.max(below[axis], -n.cells()[axis]);
                    above[axis] = Math.max(above[axis], n.cells()[axis]);
                }
            }
        }
        order = SiteOrder.of(neighbors, nx, ny, nz);
        rowsSettlePairs = settlesPairs(below[0], above[0], order.edgeX)
                && settlesPairs(below[1], above[1], order.edgeY)
                && settlesPairs(below[2], above[2], order.edgeZ);
        lowX = bricks(below[0], order.edgeX);
        lowY = bricks(below[1], order.edgeY);
        lowZ = bricks(below[2], order.edgeZ);
        highX = order.bricksX - bricks(above[0], order.edgeX);
        highY = order.bricksY - bricks(above[1], order.edgeY);
        highZ = order.bricksZ - bricks(above[2], order.edgeZ);
        classesX = classes(lowX, highX, order.bricksX);
        classesY = classes(lowY, highY, order.bricksY);
        deltas = new int[classesX * classesY * classes(lowZ, highZ, order.bricksZ) * order.volume << rowShift];
        seams = seams();
        fillDeltas(neighbors);
        bottomEnd = order.bricksX * order.bricksY * order.volume;
        topBricks = siteCount - bottomEnd;
        topPlace = new boolean[order.volume];
        for (int place = 0; place < topPlace.length; place++) {
            topPlace[place] = layer(topBricks + place) == layerCount() - 1;
        }
    }

    private byte[] seams() {
        if (!order.tabulated()) {
            return new byte[0];
        }
        byte[] seams = new byte[siteCount / order.volume];
        int brick = 0;
        for (int z = 0; z < order.bricksZ; z++) {
            for (int y = 0; y < order.bricksY; y++) {
                int inColumn = (seamClass(z, lowZ, highZ) * classesY + seamClass(y, lowY, highY)) * classesX;
                for (int x = 0; x < order.bricksX; x++) {
                    seams[brick++] = (byte) (inColumn + seamClass(x, lowX, highX));
                }
            }
        }
        return seams;
    }

    /** Whether bricks that no neighbour of theirs reaches a face from are not within reach of a neighbour's neighbour either. */
    private static boolean settlesPairs(int below, int above, int edge) {
        return bricks(below, edge) * edge >= 2 * below && bricks(above, edge) * edge >= 2 * above;
    }

    /** Bricks within reach of {@code cells} cells. */
    private static int bricks(int cells, int edge) {
        return (cells + edge - 1) / edge;
    }

    private static int classes(int low, int high, int bricks) {
        return low + 1 + bricks - high;
    }

    private void fillDeltas(List<List<UnitCell.Neighbor>> neighbors) {
        for (int z : representatives(order.bricksZ, lowZ, highZ)) {
            for (int y : representatives(order.bricksY, lowY, highY)) {
                for (int x : representatives(order.bricksX, lowX, highX)) {
                    int brick = (z * order.bricksY + y) * order.bricksX + x;
                    for (int place = 0; place < order.volume; place++) {
                        int site = brick * order.volume + place;
                        int row = row(site);
                        for (UnitCell.Neighbor n : neighbors.get(basis(site))) {
                            deltas[row++] = delta(cellX(site), cellY(site), cellZ(site), basis(site), n);
                        }
                    }
                }
            }
        }
    }

    private int delta(int x, int y, int z, int b, UnitCell.Neighbor n) {
        int[] to = n.cells();
        boolean acrossFlat = (flat(0) && to[0] != 0) || (flat(1) && to[1] != 0);
        if (acrossFlat || z + to[2] < 0 || z + to[2] >= nz) {
            return NONE;
        }
        return site(Math.floorMod(x + to[0], nx), Math.floorMod(y + to[1], ny), z + to[2], n.basis())
                - site(x, y, z, b);
    }

    /** Bricks that between them belong to every seam class that {@code n} bricks in a row have. */
    private static int[] representatives(int n, int low, int high) {
        int skipped = Math.max(0, high - low - 1);
        int[] chosen = new int[n - skipped];
        Arrays.setAll(chosen, i -> i <= low ? i : i + skipped);
        return chosen;
    }

    private static int slotOfOpposite(UnitCell.Neighbor n, List<UnitCell.Neighbor> candidates) {
        int[] back = {-n.step()[0], -n.step()[1], -n.step()[2]};
        for (int k = 0; k < candidates.size(); k++) {
            if (Arrays.equals(candidates.get(k).step(), back)) {
                return k;
            }
        }
        throw new IllegalStateException("a neighbour without the way back");
    }

    private static void requireAxialRatio(UnitCell cell, double axialRatio) {
        if (cell.axialAxis() >= 0 && !(axialRatio > LEAST_AXIAL_RATIO && axialRatio < GREATEST_AXIAL_RATIO)) {
            throw new IllegalArgumentException(cell.name() + ": c/a = " + axialRatio
                    + ", expected more than 4/3 and less than √(20/3) = 2.58, where the second neighbours of hcp are"
                    + " those of the ideal crystal");
        }
    }

    private static void requireCells(UnitCell cell, int axis, int n) {
        String expected;
        boolean allowed;
        if (axis == 2) {
            allowed = cell.planar() ? n == 1 : n >= 1;
            expected = cell.planar() ? "expected 1" : "expected at least 1";
        } else {
            int least = leastCells(cell, axis);
            boolean mayBeFlat = cell.basis().length == 1;
            allowed = n >= least || (mayBeFlat && n == 1);
            expected = "expected " + (mayBeFlat ? "1 or " : "") + "at least " + least
                    + ", so that the neighbours of a site are distinct";
        }
        if (!allowed) {
            throw new IllegalArgumentException(
                    cell.name() + ": " + n + " cells along " + "xyz".charAt(axis) + ", " + expected);
        }
    }

    private static int leastCells(UnitCell cell, int axis) {
        int widest = 0;
        for (int b = 0; b < cell.basis().length; b++) {
            int[] steps = cell.neighbors(b).stream()
                    .mapToInt(n -> n.step()[axis])
                    .sorted()
                    .toArray();
            widest = Math.max(widest, steps[steps.length - 1] - steps[0]);
        }
        return widest / cell.parts()[axis] + 1;
    }

    private boolean flat(int axis) {
        return (axis == 0 ? nx : ny) == 1;
    }

    private double[] inUnitsOfA(int[] parts) {
        double[] lengths = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            lengths[axis] = parts[axis] * edges[axis] / cell.parts()[axis];
        }
        return lengths;
    }

    public LatticeKind kind() {
        return cell.kind();
    }

    public String orientation() {
        return cell.orientation();
    }

    public double latticeConstantNm() {
        return latticeConstantNm;
    }

    /** c/a of hcp; 1 in other lattices. */
    public double axialRatio() {
        return axialRatio;
    }

    /** Cells along x. */
    public int cellsX() {
        return nx;
    }

    public int cellsY() {
        return ny;
    }

    public int cellsZ() {
        return nz;
    }

    /** Sites per cell. */
    public int basisSize() {
        return basisSize;
    }

    public int siteCount() {
        return siteCount;
    }

    /** Edges of the box in nm. A two-dimensional lattice counts as one a high. */
    public double widthNm() {
        return nx * edges[0] * latticeConstantNm;
    }

    public double depthNm() {
        return ny * edges[1] * latticeConstantNm;
    }

    public double heightNm() {
        return nz * edges[2] * latticeConstantNm;
    }

    /** Position of a site, nm; 0 ≤ x < width, 0 ≤ y < depth, 0 ≤ z < height. The lowest layer lies at z = 0. */
    public double xNm(int site) {
        return (cellX(site) * edges[0] + basisPositions[basis(site)][0]) * latticeConstantNm;
    }

    public double yNm(int site) {
        return (cellY(site) * edges[1] + basisPositions[basis(site)][1]) * latticeConstantNm;
    }

    public double zNm(int site) {
        return (cellZ(site) * edges[2] + basisPositions[basis(site)][2]) * latticeConstantNm;
    }

    /** Site of basis atom {@code b} in cell (x, y, z); the inverse of the four methods below. */
    public int site(int cellX, int cellY, int cellZ, int b) {
        return order.site(cellX, cellY, cellZ, b);
    }

    public int cellX(int site) {
        return order.x(site);
    }

    public int cellY(int site) {
        return order.y(site);
    }

    public int cellZ(int site) {
        return order.z(site);
    }

    public int basis(int site) {
        return order.basis(site);
    }

    /**
     * Where a site stands in the canonical order: ((z · cells along y + y) · cells along x + x) · sites per cell + basis atom. Files and whatever else
     * is compared count sites by it.
     */
    public int rank(int site) {
        return order.rank(site);
    }

    /** The site of a rank; the inverse of {@link #rank}. */
    public int siteOfRank(int rank) {
        return order.siteOfRank(rank);
    }

    /** All sites in canonical order, at about a nanosecond each. Allocates 4 bytes for each site of a row along x. */
    public PrimitiveIterator.OfInt sites() {
        return order.new Sweep();
    }

    /** Room for the sites of a row of cells along x. */
    public int[] rowOfCells() {
        return new int[nx * basisSize];
    }

    /** Writes the sites of a row of cells in canonical order; see {@link #rank}. Faster than {@link #sites()}. @param row from {@link #rowOfCells()} */
    public void rowOfCells(int cellY, int cellZ, int[] row) {
        order.row(cellY, cellZ, row);
    }

    /**
     * The highest cell, counted in z, that any site with a number up to {@code site} lies in: a sweep from the highest number down finds empty space
     * as fast as memory can be read.
     */
    public int highestCellUpTo(int site) {
        return order.highestZ(site);
    }

    /** A number beyond those of all sites in the lowest {@code layers} layers, as low as the order of the sites allows. */
    public int endOfLayers(int layers) {
        return layers == 0 ? 0 : order.endOfZ((layers - 1) / layersPerCell);
    }

    /** How the sites are numbered: what sites mean is the same in two versions of Kossel exactly where this is. */
    public String siteOrder() {
        return order.toString();
    }

    /** Atomic layers: the distinct heights z, counted from 0 at the bottom. */
    public int layerCount() {
        return nz * layersPerCell;
    }

    public int layer(int site) {
        return cellZ(site) * layersPerCell + basisLayer[basis(site)];
    }

    /** Whether a site lies in the lowest layer. Cheap for all other sites: meant for the hot loop. */
    public boolean isInBottomLayer(int site) {
        return site < bottomEnd && layer(site) == 0;
    }

    /** Whether a site lies in the highest layer. Cheap for all other sites: meant for the hot loop. */
    public boolean isInTopLayer(int site) {
        return site >= topBricks && topPlace[order.place(site)];
    }

    /** No site of the highest layer has a lower number; most others do. */
    public int firstOfTop() {
        return topBricks;
    }

    /** Height of a layer, nm (layers need not be equally spaced, as in hcp lying on its side). */
    public double layerHeightNm(int layer) {
        return (layer / layersPerCell * edges[2] + layerZ[layer % layersPerCell]) * latticeConstantNm;
    }

    /** Mean distance between neighbouring layers, nm: the thickness of one monolayer. */
    public double layerSpacingNm() {
        return edges[2] * latticeConstantNm / layersPerCell;
    }

    public int sitesPerLayer() {
        return planeSize / layersPerCell;
    }

    /** Sites of one layer per area, nm⁻²: a monolayer. */
    public double sitesPerAreaNm2() {
        return sitesPerLayer() / (widthNm() * depthNm());
    }

    /**
     * Columns: the distinct (x, y) positions, 0 … columnCount − 1; {@link #columnSite} lists a column's sites upwards, one a cell (so in fcc(111) one
     * every third layer).
     */
    public int columnCount() {
        return planeSize;
    }

    public int column(int site) {
        return order.column(site);
    }

    /** The {@code step}-th site of a column counted from the bottom, or −1 above the top. */
    public int columnSite(int column, int step) {
        return step < nz ? order.columnSite(column, step) : -1;
    }

    /** The shells, nearest first (of the ideal crystal); neighbour slots are numbered through them in this order. */
    public List<Shell> shells() {
        return shells;
    }

    /** Neighbour slots of a site over all shells: the sum of the shells' sizes. */
    public int neighborCount() {
        return slots;
    }

    /** Neighbour slots of the nearest neighbours, which come first: of one shell, or of the basal and the pyramidal one of hcp. */
    public int nearestCount() {
        return nearest;
    }

    /** The shell (index into {@link #shells()}) that neighbour slot {@code k} belongs to. */
    public int shellOf(int k) {
        return slotShell[k];
    }

    /** First neighbour slot of a shell; the shell's slots are consecutive. */
    public int firstSlot(int shell) {
        return firstSlot[shell];
    }

    /**
     * The neighbour of {@code site} in slot {@code k}, or −1 where it would lie below the bottom or above the top (or, in a box one cell wide, across
     * that width). O(1), allocation-free, meant for the hot loop.
     */
    public int neighbor(int site, int k) {
        assert site >= 0 && site < siteCount : site;
        return orNone(site + deltas[row(site) + k]);
    }

    /**
     * Writes the neighbours of {@code site} in slot order into {@code out} (−1 as in {@link #neighbor}), as many as it has room for. Faster than single
     * calls.
     */
    public void neighbors(int site, int[] out) {
        assert site >= 0 && site < siteCount : site;
        int row = row(site);
        for (int k = 0; k < out.length; k++) {
            out[k] = orNone(site + deltas[row + k]);
        }
    }

    /** −1 for what is below 0, as every site plus {@link #NONE} is; without a branch, so that loops over slots become vector instructions. */
    private static int orNone(int site) {
        return site | site >> 31;
    }

    /** Where in {@link #deltas} the row of a site begins. */
    private int row(int site) {
        int brick = order.brick(site);
        int classes = seams.length != 0 ? seams[brick] : classes(brick);
        return site + (classes - brick) * order.volume << rowShift;
    }

    /**
     * The table behind {@link #neighbor}, for a loop that is compiled for this lattice alone and wants its arrays to be constants (decision 0015): the
     * chain of constants would end at a call. Null where bricks are no power of two or have no seam table; everyone else asks {@link #neighbor}.
     */
    public @Nullable NeighborRows neighborRows() {
        return order.shift() < 0 || seams.length == 0
                ? null
                : new NeighborRows(deltas, seams, order.shift(), rowShift, rowsSettlePairs);
    }

    /**
     * Where the neighbours of the sites are: that of {@code site} in slot k is {@code site + deltas[row + k]} with row = (({@code seams[site >> shift] << shift}) +
     * {@code site} mod 2<sup>shift</sup>) · 2<sup>rowShift</sup>; a negative sum is no neighbour. The arrays are the geometry's own: not to be written.
     *
     * @param settlePairs whether sites of one row have the neighbours of their neighbours, too, at the same distances in numbers
     */
    public record NeighborRows(int[] deltas, byte[] seams, int shift, int rowShift, boolean settlePairs) {}

    private int classes(int brick) {
        int z = order.brickPlane(brick);
        int y = order.brickRow(brick);
        int classes = seamClass(z, lowZ, highZ) * classesY + seamClass(y - z * order.bricksY, lowY, highY);
        return classes * classesX + seamClass(brick - y * order.bricksX, lowX, highX);
    }

    /** 0 … low − 1 below {@code low}, {@code low} from there to {@code high} − 1, and on from {@code low} + 1 from there upwards. */
    private static int seamClass(int brick, int low, int high) {
        return Math.min(brick, low) + Math.max(brick - high + 1, 0);
    }

    /** The slot under which {@code site} is the neighbour of its neighbour in slot {@code k}. Depends on the site's basis atom only. */
    public int reverseSlot(int basis, int k) {
        return reverseSlot[basis * slots + k];
    }

    /** Layers climbed by going to slot {@code k} from basis atom {@code basis}: 0 within a layer, positive towards the electrolyte. */
    public int layerStep(int basis, int k) {
        return layerStep[basis * slots + k];
    }

    /** Displacement (dx, dy, dz) in nm to slot {@code k} from basis atom {@code basis}; a new array. */
    public double[] displacementNm(int basis, int k) {
        return Arrays.stream(displacements[basis * slots + k])
                .map(d -> d * latticeConstantNm)
                .toArray();
    }

    /**
     * The site at displacement (dx, dy, dz), in units of the lattice constant along the box axes, from {@code site}: periodic in x and y, −1 beyond
     * bottom or top or across a box one cell wide, −2 where no site lies there (within 0.01 a). Not for the hot loop.
     */
    public int siteAt(int site, double dx, double dy, double dz) {
        double[] from = basisPositions[basis(site)];
        for (int b = 0; b < basisSize; b++) {
            double[] to = basisPositions[b];
            double x = from[0] + dx - to[0];
            double y = from[1] + dy - to[1];
            double z = from[2] + dz - to[2];
            long stepX = Math.round(x / edges[0]);
            long stepY = Math.round(y / edges[1]);
            long stepZ = Math.round(z / edges[2]);
            double offX = x - stepX * edges[0];
            double offY = y - stepY * edges[1];
            double offZ = z - stepZ * edges[2];
            if (offX * offX + offY * offY + offZ * offZ < SITE_TOLERANCE * SITE_TOLERANCE) {
                long cellZ = cellZ(site) + stepZ;
                boolean acrossFlat = (flat(0) && stepX != 0) || (flat(1) && stepY != 0);
                if (acrossFlat || cellZ < 0 || cellZ >= nz) {
                    return -1;
                }
                int cellX = (int) Math.floorMod(cellX(site) + stepX, (long) nx);
                int cellY = (int) Math.floorMod(cellY(site) + stepY, (long) ny);
                return site(cellX, cellY, (int) cellZ, b);
            }
        }
        return -2;
    }

    /** Whether both have the same sites in the same places, with the same numbers. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LatticeGeometry g
                && kind() == g.kind()
                && orientation().equals(g.orientation())
                && latticeConstantNm == g.latticeConstantNm
                && axialRatio == g.axialRatio
                && nx == g.nx
                && ny == g.ny
                && nz == g.nz;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind(), orientation(), latticeConstantNm, axialRatio, nx, ny, nz);
    }

    /** As in {@code bcc(110) 32 × 32 × 16 cells, a = 0.4291 nm}. */
    @Override
    public String toString() {
        return cell.name() + " " + nx + " × " + ny + " × " + nz + " cells, a = " + latticeConstantNm + " nm"
                + (cell.axialAxis() >= 0 ? ", c/a = " + axialRatio : "");
    }
}
