package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The box-counting dimension of the surface: how the number N(ε) of boxes of edge ε that hold an exposed site falls with ε,
 *
 * <pre>
 *   D = − d ln N / d ln ε,
 * </pre>
 *
 * the slope of least squares over ε ≈ 2, 2√2, 4, … nearest-neighbour distances, up to a quarter of the width and of the depth of the box (Mandelbrot 1982,
 * The Fractal Geometry of Nature; Liebovitch and Toth 1989, doi:10.1016/0375-9601(89)90854-2). 2 for a surface that is smooth on these scales, 3 for one
 * that fills space.
 *
 * <p>A whole number of boxes goes into the width and into the depth, so that no box is cut off: their edges along x and y differ a little, and ε is the
 * square root of their product and the edge along z.
 *
 * <p>O(exposed sites · scales) a measurement; allocates nothing once it has seen as many boxes. 1 bit a box of each scale, 4 bytes for each position along an axis and
 * scale. Single-threaded.
 */
public final class BoxCounting {

    private static final double FINEST_SPACINGS = 2;
    private static final double RATIO = Math.sqrt(2);
    private static final int COARSEST_PARTS = 4;
    private static final int LEAST_SCALES = 3;

    private final LatticeGeometry geometry;
    private final int[] boxesX;
    private final int[] boxesY;

    /** By scale, then by cell along the axis and site within the cell: the box along that axis. */
    private final int[][] boxOfX;

    private final int[][] boxOfY;
    private final int[][] boxOfZ;
    /** By scale: the boxes that hold an exposed site. */
    private final BitSet[] hit;

    /** By scale: the box of the site before, which often is that of the next. */
    private final int[] latest;

    private final double[] logEdge;
    private final double[] logCount;

    public BoxCounting(LatticeGeometry geometry) {
        this.geometry = geometry;
        double nearestNm = NearestShells.distanceNm(geometry);
        double coarsestNm = Math.min(geometry.widthNm(), geometry.depthNm()) / COARSEST_PARTS * (1 + 1e-9);
        DoubleArrayList edges = new DoubleArrayList();
        for (double edge = FINEST_SPACINGS * nearestNm; edge <= coarsestNm; edge *= RATIO) {
            edges.add(edge);
        }
        boxesX = new int[edges.size()];
        boxesY = new int[edges.size()];
        logEdge = new double[edges.size()];
        logCount = new double[edges.size()];
        hit = new BitSet[edges.size()];
        Arrays.setAll(hit, scale -> new BitSet());
        latest = new int[edges.size()];
        boxOfX = new int[boxesX.length][geometry.cellsX() * geometry.basisSize()];
        boxOfY = new int[boxesX.length][geometry.cellsY() * geometry.basisSize()];
        boxOfZ = new int[boxesX.length][geometry.cellsZ() * geometry.basisSize()];
        for (int scale = 0; scale < boxesX.length; scale++) {
            boxesX[scale] = (int) Math.round(geometry.widthNm() / edges.getDouble(scale));
            boxesY[scale] = (int) Math.round(geometry.depthNm() / edges.getDouble(scale));
            logEdge[scale] = Math.log(edgeNm(scale));
            for (int b = 0; b < geometry.basisSize(); b++) {
                assignBoxes(scale, b);
            }
        }
    }

    private void assignBoxes(int scale, int b) {
        int basisSize = geometry.basisSize();
        double perNmX = boxesX[scale] / geometry.widthNm();
        double perNmY = boxesY[scale] / geometry.depthNm();
        double perNmZ = 1 / edgeNm(scale);
        // The lowest layer is half a layer above the bottom.
        double bottomNm = 0.5 * geometry.layerSpacingNm();
        // A billionth of a box, so that a site on the border of two belongs to the upper one however its coordinate is
        // rounded.
        for (int x = 0; x < geometry.cellsX(); x++) {
            double xNm = geometry.xNm(geometry.site(x, 0, 0, b));
            boxOfX[scale][x * basisSize + b] = Math.min(boxesX[scale] - 1, (int) (xNm * perNmX + 1e-9));
        }
        for (int y = 0; y < geometry.cellsY(); y++) {
            double yNm = geometry.yNm(geometry.site(0, y, 0, b));
            boxOfY[scale][y * basisSize + b] = Math.min(boxesY[scale] - 1, (int) (yNm * perNmY + 1e-9));
        }
        for (int z = 0; z < geometry.cellsZ(); z++) {
            double zNm = geometry.zNm(geometry.site(0, 0, z, b));
            boxOfZ[scale][z * basisSize + b] = (int) ((zNm + bottomNm) * perNmZ + 1e-9);
        }
    }

    private double edgeNm(int scale) {
        return Math.sqrt(geometry.widthNm() / boxesX[scale] * geometry.depthNm() / boxesY[scale]);
    }

    /**
     * D of the exposed sites that {@code surface} found last; NaN where there are fewer than three scales (a box less than 16 nearest-neighbour distances
     * wide) or no exposed site.
     */
    public double dimension(Surface surface) {
        if (logEdge.length < LEAST_SCALES || surface.exposedCount() == 0) {
            return Double.NaN;
        }
        findBoxes(surface);
        for (int scale = 0; scale < logEdge.length; scale++) {
            logCount[scale] = Math.log(hit[scale].cardinality());
        }
        return -slope();
    }

    private void findBoxes(Surface surface) {
        int basisSize = geometry.basisSize();
        Arrays.stream(hit).forEach(BitSet::clear);
        Arrays.fill(latest, -1);
        for (int i = 0; i < surface.exposedCount(); i++) {
            int site = surface.exposedSite(i);
            int b = geometry.basis(site);
            int x = geometry.cellX(site) * basisSize + b;
            int y = geometry.cellY(site) * basisSize + b;
            int z = geometry.cellZ(site) * basisSize + b;
            for (int scale = 0; scale < latest.length; scale++) {
                int box = (boxOfZ[scale][z] * boxesY[scale] + boxOfY[scale][y]) * boxesX[scale] + boxOfX[scale][x];
                if (box != latest[scale]) {
                    latest[scale] = box;
                    hit[scale].set(box);
                }
            }
        }
    }

    private double slope() {
        double meanEdge = 0;
        double meanCount = 0;
        for (int i = 0; i < logEdge.length; i++) {
            meanEdge += logEdge[i] / logEdge.length;
            meanCount += logCount[i] / logEdge.length;
        }
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < logEdge.length; i++) {
            covariance += (logEdge[i] - meanEdge) * (logCount[i] - meanCount);
            variance += (logEdge[i] - meanEdge) * (logEdge[i] - meanEdge);
        }
        return covariance / variance;
    }
}
