package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;

/**
 * How far heights resemble each other along the surface.
 *
 * <p>The height–height correlation C(r) = ⟨h(x) h(x + r)⟩ − ⟨h⟩² falls from C(0) = Sq²; the correlation length ξ is the
 * first r at which C(r) = C(0)/e (the autocorrelation length of ISO 25178-2 at the level 1/e; Barabási and Stanley,
 * Fractal Concepts in Surface Growth, 1995, doi:10.1017/CBO9780511599798). C is taken at whole cells along x and along y,
 * up to half the periodic box, and interpolated linearly between.
 *
 * <p>An axis along which C never falls to C(0)/e (a flat surface, ridges along that axis) has length NaN.
 *
 * <p>Below ξ the mean square difference of heights, 2 (C(0) − C(r)), of a self-affine surface grows as r<sup>2α</sup>; α is the Hurst or roughness exponent
 * (same source): half the slope of least squares over the logarithms, r from one cell to ξ/2. 1 for smooth slopes, ½ for a random walk, 0 for uncorrelated
 * heights. An axis has none where there are fewer than three such cells.
 *
 * @param lengthXNm ξ along x, nm
 * @param lengthYNm ξ along y, nm
 * @param exponentX α along x
 * @param exponentY α along y
 */
public record HeightCorrelation(double lengthXNm, double lengthYNm, double exponentX, double exponentY) {

    private static final int LEAST_LAGS = 3;

    /** Of the surface last measured by {@code map}; O(stacks · ξ in cells); allocates 8 bytes a stack. */
    public static HeightCorrelation of(HeightMap map) {
        LatticeGeometry geometry = map.substrate().geometry();
        double[] deviation = new double[map.substrate().stackCount()];
        for (int stack = 0; stack < deviation.length; stack++) {
            deviation[stack] = map.heightNm(stack) - map.meanNm();
        }
        double variance = map.rmsRoughnessNm() * map.rmsRoughnessNm();
        int perCell = map.substrate().stacks().perCell();
        int perRow = geometry.cellsX() * perCell;
        double cellXNm = geometry.widthNm() / geometry.cellsX();
        double cellYNm = geometry.depthNm() / geometry.cellsY();
        double lengthX = length(deviation, variance, geometry.cellsX(), perCell, cellXNm);
        double lengthY = length(deviation, variance, geometry.cellsY(), perRow, cellYNm);
        return new HeightCorrelation(
                lengthX,
                lengthY,
                exponent(deviation, variance, geometry.cellsX(), perCell, lengthX / cellXNm),
                exponent(deviation, variance, geometry.cellsY(), perRow, lengthY / cellYNm));
    }

    /** The mean over the axes that have a length, nm; NaN if none has. */
    public double lengthNm() {
        return mean(lengthXNm, lengthYNm);
    }

    /** α, the mean over the axes that have one; NaN if none has. */
    public double hurstExponent() {
        return mean(exponentX, exponentY);
    }

    private static double mean(double x, double y) {
        if (Double.isNaN(x)) {
            return y;
        }
        return Double.isNaN(y) ? x : 0.5 * (x + y);
    }

    /** Half the slope of the logarithm of the mean square difference against that of the lag, up to half of ξ, in cells. */
    private static double exponent(double[] deviation, double variance, int cells, int stride, double lengthCells) {
        int lags = (int) (lengthCells / 2);
        if (lags < LEAST_LAGS) {
            return Double.NaN;
        }
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        for (int lag = 1; lag <= lags; lag++) {
            double x = Math.log(lag);
            double y = Math.log(2 * (variance - covariance(deviation, cells * stride, lag * stride)));
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
        }
        return 0.5 * (lags * sumXy - sumX * sumY) / (lags * sumXx - sumX * sumX);
    }

    /** Along the axis of {@code cells} cells whose stacks' numbers differ by {@code stride} from one to the next. */
    private static double length(double[] deviation, double variance, int cells, int stride, double cellNm) {
        double level = 1 / Math.E;
        double previous = 1;
        for (int lag = 1; lag <= cells / 2 && variance > 0; lag++) {
            double correlation = covariance(deviation, cells * stride, lag * stride) / variance;
            if (correlation <= level) {
                return (lag - 1 + (previous - level) / (previous - correlation)) * cellNm;
            }
            previous = correlation;
        }
        return Double.NaN;
    }

    /** In periods of {@code period} stacks, over a distance of {@code lag} of them. */
    private static double covariance(double[] deviation, int period, int lag) {
        double sum = 0;
        for (int first = 0; first < deviation.length; first += period) {
            int seam = first + period - lag;
            for (int stack = first; stack < seam; stack++) {
                sum += deviation[stack] * deviation[stack + lag];
            }
            for (int stack = seam; stack < first + period; stack++) {
                sum += deviation[stack] * deviation[stack + lag - period];
            }
        }
        return sum / deviation.length;
    }
}
