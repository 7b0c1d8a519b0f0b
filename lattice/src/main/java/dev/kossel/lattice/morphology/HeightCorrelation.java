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
 * @param lengthXNm ξ along x, nm
 * @param lengthYNm ξ along y, nm
 */
public record HeightCorrelation(double lengthXNm, double lengthYNm) {

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
        return new HeightCorrelation(
                length(deviation, variance, geometry.cellsX(), perCell, geometry.widthNm() / geometry.cellsX()),
                length(deviation, variance, geometry.cellsY(), perRow, geometry.depthNm() / geometry.cellsY()));
    }

    /** The mean over the axes that have a length, nm; NaN if none has. */
    public double lengthNm() {
        if (Double.isNaN(lengthXNm)) {
            return lengthYNm;
        }
        return Double.isNaN(lengthYNm) ? lengthXNm : 0.5 * (lengthXNm + lengthYNm);
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
