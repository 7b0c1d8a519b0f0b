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
 * <p>The deposit is what is solid above the initial surface. O(sites + centres · columns of a ball) a measurement; 2 bits a site. Single-threaded.
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

    /** The lowest layer of the initial surface. */
    private final int lowestSurface;

    private final double[] squaredRadii;
    private final long[] masses;
    private final BitSet deposit = new BitSet();
    private final SiteColumns columns;

    /** Centres by basis atom: the cells along x, y and z of each. */
    private final IntArrayList[] centresOf;

    /** By radius: the lowest and the highest cell of a column within it, relative to the centre's. */
    private final int[] low;

    private final int[] high;
    private final int[] reach;

    /** Cells along z that hold deposit: balls are cut off there. */
    private int lowestCell;

    private int highestCell;
    private final double[] cellNm;

    public MassRadius(Substrate substrate, SpeciesSet solid) {
        this.substrate = substrate;
        this.solid = solid;
        LatticeGeometry geometry = substrate.geometry();
        row = new int[substrate.stackCount()];
        lowestSurface =
                IntStream.range(0, row.length).map(substrate::topLayer).min().orElse(-1);
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
        columns = new SiteColumns(geometry, Math.max(reach[0], reach[1]));
        centresOf = new IntArrayList[geometry.basisSize()];
        Arrays.setAll(centresOf, basis -> new IntArrayList(3 * CENTRES));
        low = new int[squaredRadii.length];
        high = new int[squaredRadii.length];
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
        columns.begin(lowestCell, highestCell, deposit::get);
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
        int layersPerCell = geometry.layerCount() / geometry.cellsZ();
        highestCell = Substrate.cellsBelowTop(geometry, view, solid) - 1;
        lowestCell = Math.max(0, lowestSurface + 1) / layersPerCell;
        for (int layer = lowestCell * layersPerCell; layer < (highestCell + 1) * layersPerCell; layer++) {
            substrate.stacks().sites(layer, row);
            for (int stack = 0; stack < row.length; stack++) {
                if (layer > substrate.topLayer(stack) && solid.contains(view.species(row[stack]))) {
                    deposit.set(row[stack]);
                }
            }
        }
    }

    /** Counts the sites of basis atom {@code to} about all centres that are of {@code from}: balls have the same columns about all of them. */
    private void addMasses(int from, int to) {
        LatticeGeometry geometry = substrate.geometry();
        int a = geometry.site(0, 0, 0, from);
        int b = geometry.site(0, 0, 0, to);
        double baseX = geometry.xNm(b) - geometry.xNm(a);
        double baseY = geometry.yNm(b) - geometry.yNm(a);
        double baseZ = geometry.zNm(b) - geometry.zNm(a);
        double largest = squaredRadii[squaredRadii.length - 1];
        for (int y = -reach[1]; y <= reach[1]; y++) {
            double dy = baseY + y * cellNm[1];
            for (int x = -reach[0]; x <= reach[0]; x++) {
                double dx = baseX + x * cellNm[0];
                if (dx * dx + dy * dy <= largest && findColumn(dx, dy, baseZ)) {
                    addColumn(centresOf[from], x, y, to);
                }
            }
        }
    }

    /** Which cells of a column lie within which radius; false if none does within any. */
    private boolean findColumn(double dx, double dy, double baseZ) {
        Arrays.fill(low, 1);
        Arrays.fill(high, 0);
        boolean any = false;
        // No farther up or down than deposit lies above deposit.
        int farthest = Math.min(reach[2], highestCell - lowestCell);
        for (int z = -farthest; z <= farthest; z++) {
            double dz = baseZ + z * cellNm[2];
            double squared = dy * dy + dz * dz + dx * dx;
            for (int r = low.length - 1; r >= 0 && squared <= squaredRadii[r]; r--) {
                low[r] = high[r] < low[r] ? z : low[r];
                high[r] = z;
                any = true;
            }
        }
        return any;
    }

    /** @param centres three cells each */
    private void addColumn(IntArrayList centres, int x, int y, int basis) {
        for (int i = 0; i < centres.size(); i += 3) {
            int cellX = centres.getInt(i) + x;
            int cellY = centres.getInt(i + 1) + y;
            int cellZ = centres.getInt(i + 2);
            for (int r = low.length - 1; r >= 0 && low[r] <= high[r]; r--) {
                masses[r] += columns.count(
                        cellX,
                        cellY,
                        basis,
                        Math.max(lowestCell, cellZ + low[r]),
                        Math.min(highestCell, cellZ + high[r]));
            }
        }
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
