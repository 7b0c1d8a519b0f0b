package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The mass–radius dimension of a deposit: how its mass M(r) within a ball of radius r about a point of it grows with r,
 *
 * <pre>
 *   D = d ln ⟨M⟩ / d ln r,
 * </pre>
 *
 * the slope of least squares over r ≈ 2, 2√2, 4, … nearest-neighbour distances up to a quarter of the width and of the depth of the box, ⟨ ⟩ the mean over up
 * to {@value #CENTRES} sites of the deposit spread evenly over it (the sandbox method: S. R. Forrest and T. A. Witten, J. Phys. A 12, L109 (1979),
 * doi:10.1088/0305-4470/12/5/008; T. Tél et al., Physica A 159, 155 (1989), doi:10.1016/0378-4371(89)90563-3). 3 for what fills space on these scales, 2
 * for a film thinner than they are, 1 for needles; a film about as thick as they are lies between.
 *
 * <p>The deposit is what is solid above the initial surface. A ball is counted row by row along x, by whole words: O(sites of the deposit's layers + centres · rows of the balls that
 * lie within these) a measurement; 2 bits a site of these layers. Single-threaded.
 */
public final class MassRadius {

    /** Sites about which mass is counted. */
    public static final int CENTRES = 64;

    private static final double FINEST_SPACINGS = 2;
    private static final double RATIO = Math.sqrt(2);
    private static final int COARSEST_PARTS = 4;
    private static final int LEAST_SCALES = 3;

    private final Substrate substrate;
    private final SpeciesSet solid;
    private final int[] row;

    /** By basis atom: its layer within the cell. */
    private final int[] layerOfBasis;

    private final double[] squaredRadii;
    private final long[] masses;

    /** By site: whether it belongs to the deposit. */
    private final BitSet deposit = new BitSet();

    /** The same by row: the sites of a basis atom in the cells of one y and z, from {@link #lowestCell} on, each row in words of its own. */
    private long[] rows = {};

    private final int wordsPerRow;

    /** Centres by basis atom: the cells along x, y and z of each. */
    private final IntArrayList[] centresOf;

    /** How many cells the largest ball reaches along y and z. */
    private final int[] reach;

    /** Cells along z that hold deposit: balls are cut off there. */
    private int lowestCell;

    private int highestCell;
    private final double[] cellNm;

    public MassRadius(Substrate substrate, SpeciesSet solid) {
        this.substrate = substrate;
        this.solid = solid;
        LatticeGeometry geometry = substrate.geometry();
        row = geometry.rowOfCells();
        layerOfBasis = IntStream.range(0, geometry.basisSize())
                .map(b -> geometry.layer(geometry.site(0, 0, 0, b)))
                .toArray();
        double coarsestNm = Math.min(geometry.widthNm(), geometry.depthNm()) / COARSEST_PARTS * (1 + 1e-9);
        DoubleArrayList radii = new DoubleArrayList();
        for (double r = FINEST_SPACINGS * NearestShells.distanceNm(geometry); r <= coarsestNm; r *= RATIO) {
            // A thousandth more, so that a sphere of sites does not depend on rounding.
            radii.add(r * r * 1.002);
        }
        squaredRadii = radii.toDoubleArray();
        masses = new long[squaredRadii.length];
        cellNm = new double[] {
            geometry.widthNm() / geometry.cellsX(),
            geometry.depthNm() / geometry.cellsY(),
            geometry.heightNm() / geometry.cellsZ()
        };
        double largest = squaredRadii.length == 0 ? 0 : Math.sqrt(squaredRadii[squaredRadii.length - 1]);
        reach = Arrays.stream(cellNm)
                .mapToInt(edge -> 1 + (int) (largest / edge))
                .toArray();
        wordsPerRow = (geometry.cellsX() + Long.SIZE - 1) / Long.SIZE;
        centresOf = new IntArrayList[geometry.basisSize()];
        Arrays.setAll(centresOf, basis -> new IntArrayList(3 * CENTRES));
    }

    /** D of {@code view}, which must have the geometry of the substrate; NaN for fewer than three radii (a box less than 16 distances wide) or no deposit. */
    public double dimension(LatticeView view) {
        if (squaredRadii.length < LEAST_SCALES) {
            return Double.NaN;
        }
        findDeposit(view);
        int sites = deposit.cardinality();
        if (sites == 0) {
            return Double.NaN;
        }
        for (IntArrayList centres : centresOf) {
            centres.clear();
        }
        int centres = Math.min(CENTRES, sites);
        int passed = 0;
        int used = 0;
        for (int site = deposit.nextSetBit(0); site >= 0 && used < centres; site = deposit.nextSetBit(site + 1)) {
            // The middle of each of as many equal parts of the list as there are centres.
            if (passed++ == (int) ((used + 0.5) * sites / centres)) {
                LatticeGeometry geometry = substrate.geometry();
                IntArrayList centre = centresOf[geometry.basis(site)];
                centre.add(geometry.cellX(site));
                centre.add(geometry.cellY(site));
                centre.add(geometry.cellZ(site));
                used++;
            }
        }
        Arrays.fill(masses, 0);
        for (int from = 0; from < centresOf.length; from++) {
            for (int to = 0; !centresOf[from].isEmpty() && to < centresOf.length; to++) {
                addMasses(from, to);
            }
        }
        return slope();
    }

    private void findDeposit(LatticeView view) {
        deposit.clear();
        LatticeGeometry geometry = substrate.geometry();
        int basisSize = geometry.basisSize();
        int layersPerCell = geometry.layerCount() / geometry.cellsZ();
        highestCell = Substrate.cellsBelowTop(geometry, view, solid) - 1;
        lowestCell = Math.max(0, substrate.lowestTopLayer() + 1) / layersPerCell;
        int needed = Math.max(0, highestCell - lowestCell + 1) * geometry.cellsY() * basisSize * wordsPerRow;
        if (rows.length < needed) {
            rows = new long[needed];
        }
        Arrays.fill(rows, 0, needed, 0);
        for (int z = lowestCell; z <= highestCell; z++) {
            for (int y = 0; y < geometry.cellsY(); y++) {
                geometry.rowOfCells(y, z, row);
                for (int i = 0; i < row.length; i++) {
                    int basis = i % basisSize;
                    if (solid.contains(view.species(row[i]))
                            && isAboveSurface(row[i], z * layersPerCell + layerOfBasis[basis])) {
                        deposit.set(row[i]);
                        int x = i / basisSize;
                        rows[rowOf(y, z, basis) + (x >> 6)] |= 1L << x;
                    }
                }
            }
        }
    }

    private boolean isAboveSurface(int site, int layer) {
        return layer > substrate.highestTopLayer()
                || layer > substrate.lowestTopLayer()
                        && layer > substrate.topLayer(substrate.stacks().stack(site));
    }

    /** Where a row begins. */
    private int rowOf(int y, int z, int basis) {
        LatticeGeometry geometry = substrate.geometry();
        return (((z - lowestCell) * geometry.cellsY() + y) * geometry.basisSize() + basis) * wordsPerRow;
    }

    /** Counts the sites of basis atom {@code to} about all centres that are of {@code from}: balls have the same rows about all of them. */
    private void addMasses(int from, int to) {
        LatticeGeometry geometry = substrate.geometry();
        int a = geometry.site(0, 0, 0, from);
        int b = geometry.site(0, 0, 0, to);
        double baseX = geometry.xNm(b) - geometry.xNm(a);
        double baseY = geometry.yNm(b) - geometry.yNm(a);
        double baseZ = geometry.zNm(b) - geometry.zNm(a);
        // No farther up or down than deposit lies above deposit.
        int farthest = Math.min(reach[2], highestCell - lowestCell);
        for (int z = -farthest; z <= farthest; z++) {
            double dz = baseZ + z * cellNm[2];
            for (int y = -reach[1]; y <= reach[1]; y++) {
                double dy = baseY + y * cellNm[1];
                double beside = dy * dy + dz * dz;
                for (int r = masses.length - 1; r >= 0 && beside <= squaredRadii[r]; r--) {
                    masses[r] += rowsOf(centresOf[from], y, z, to, baseX, beside, squaredRadii[r]);
                }
            }
        }
    }

    /**
     * The deposit in the rows of balls of one radius about all centres.
     *
     * @param centres three cells each
     * @param y of the row, in cells from the centre
     * @param z likewise
     * @param baseX how far along x a site of the row lies from the centre in the same cell, nm
     * @param beside the square of how far the row passes the centre by, nm²
     */
    private long rowsOf(
            IntArrayList centres, int y, int z, int basis, double baseX, double beside, double squaredRadius) {
        double half = Math.sqrt(squaredRadius - beside);
        // One more on either side, as roots and quotients are rounded; what is within is as the sum of squares says.
        int low = (int) Math.floor((-half - baseX) / cellNm[0]) - 1;
        int high = (int) Math.ceil((half - baseX) / cellNm[0]) + 1;
        while (low <= high && !isWithin(low, baseX, beside, squaredRadius)) {
            low++;
        }
        while (low <= high && !isWithin(high, baseX, beside, squaredRadius)) {
            high--;
        }
        if (high < low) {
            return 0;
        }
        LatticeGeometry geometry = substrate.geometry();
        int cellsX = geometry.cellsX();
        long mass = 0;
        for (int i = 0; i < centres.size(); i += 3) {
            int cellZ = centres.getInt(i + 2) + z;
            if (cellZ < lowestCell || cellZ > highestCell) {
                continue;
            }
            int at = rowOf(Math.floorMod(centres.getInt(i + 1) + y, geometry.cellsY()), cellZ, basis);
            int first = Math.floorMod(centres.getInt(i) + low, cellsX);
            int last = first + high - low;
            mass += last < cellsX ? count(at, first, last) : count(at, first, cellsX - 1) + count(at, 0, last - cellsX);
        }
        return mass;
    }

    private boolean isWithin(int x, double baseX, double beside, double squaredRadius) {
        double dx = baseX + x * cellNm[0];
        return beside + dx * dx <= squaredRadius;
    }

    /** Sites of the deposit from one cell of the row at {@code at} to another. */
    private int count(int at, int from, int to) {
        int first = at + (from >> 6);
        int last = at + (to >> 6);
        // Shifts count modulo 64.
        if (first == last) {
            return Long.bitCount(rows[first] & -1L << from & -1L >>> 63 - to);
        }
        int count = Long.bitCount(rows[first] & -1L << from) + Long.bitCount(rows[last] & -1L >>> 63 - to);
        for (int word = first + 1; word < last; word++) {
            count += Long.bitCount(rows[word]);
        }
        return count;
    }

    private double slope() {
        double meanX = 0;
        double meanY = 0;
        int n = masses.length;
        for (int r = 0; r < n; r++) {
            meanX += 0.5 * Math.log(squaredRadii[r]) / n;
            meanY += Math.log(masses[r]) / n;
        }
        double covariance = 0;
        double variance = 0;
        for (int r = 0; r < n; r++) {
            double x = 0.5 * Math.log(squaredRadii[r]) - meanX;
            covariance += x * (Math.log(masses[r]) - meanY);
            variance += x * x;
        }
        return covariance / variance;
    }
}
