package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
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
 * <p>O(exposed sites · scales) a measurement; allocates nothing once it has seen as many boxes. 1 bit a box. Single-threaded.
 */
public final class BoxCounting {

    private static final double FINEST_SPACINGS = 2;
    private static final double RATIO = Math.sqrt(2);
    private static final int COARSEST_PARTS = 4;
    private static final int LEAST_SCALES = 3;

    private final LatticeGeometry geometry;
    private final int[] boxesX;
    private final int[] boxesY;
    private final BitSet hit = new BitSet();
    private final double[] logEdge;
    private final double[] logCount;

    public BoxCounting(LatticeGeometry geometry) {
        this.geometry = geometry;
        double nearestNm =
                geometry.shells().get(NearestShells.of(geometry)[0]).distance() * geometry.latticeConstantNm();
        double coarsestNm = Math.min(geometry.widthNm(), geometry.depthNm()) / COARSEST_PARTS * (1 + 1e-9);
        DoubleArrayList edges = new DoubleArrayList();
        for (double edge = FINEST_SPACINGS * nearestNm; edge <= coarsestNm; edge *= RATIO) {
            edges.add(edge);
        }
        boxesX = new int[edges.size()];
        boxesY = new int[edges.size()];
        logEdge = new double[edges.size()];
        logCount = new double[edges.size()];
        for (int scale = 0; scale < boxesX.length; scale++) {
            boxesX[scale] = (int) Math.round(geometry.widthNm() / edges.getDouble(scale));
            boxesY[scale] = (int) Math.round(geometry.depthNm() / edges.getDouble(scale));
            logEdge[scale] = Math.log(edgeNm(scale));
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
        for (int scale = 0; scale < logEdge.length; scale++) {
            logCount[scale] = Math.log(boxes(surface, scale));
        }
        return -slope();
    }

    private int boxes(Surface surface, int scale) {
        int nx = boxesX[scale];
        int ny = boxesY[scale];
        double perNmX = nx / geometry.widthNm();
        double perNmY = ny / geometry.depthNm();
        double perNmZ = 1 / edgeNm(scale);
        // The lowest layer is half a layer above the bottom.
        double bottomNm = 0.5 * geometry.layerSpacingNm();
        hit.clear();
        for (int i = 0; i < surface.exposedCount(); i++) {
            int site = surface.exposedSite(i);
            // A billionth of a box, so that a site on the border of two belongs to the upper one however its coordinate
            // is rounded.
            int x = Math.min(nx - 1, (int) (geometry.xNm(site) * perNmX + 1e-9));
            int y = Math.min(ny - 1, (int) (geometry.yNm(site) * perNmY + 1e-9));
            int z = (int) ((geometry.zNm(site) + bottomNm) * perNmZ + 1e-9);
            hit.set((z * ny + y) * nx + x);
        }
        return hit.cardinality();
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
