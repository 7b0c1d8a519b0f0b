package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;

/**
 * The topography an atomic force microscope would find: the topmost solid site of every stack.
 *
 * <p>Heights h are in nm above the mean height of the initial surface; below an overhang they are those of the overhang.
 * Over the M stacks,
 *
 * <pre>
 *   mean ⟨h⟩ = Σ h / M,   Sq = √⟨(h − ⟨h⟩)²⟩,   Ssk = ⟨(h − ⟨h⟩)³⟩ / Sq³,   Sku = ⟨(h − ⟨h⟩)⁴⟩ / Sq⁴
 * </pre>
 *
 * as in ISO 25178-2 (for a Gaussian surface Ssk = 0 and Sku = 3).
 *
 * <p>O(sites above the lowest visible one) and no allocation a measurement; 16 bytes a stack. Single-threaded.
 */
public final class HeightMap {

    private final Substrate substrate;
    private final SpeciesSet solid;
    private final int[] topLayer;
    private final int[] row;
    private final double[] heightNm;

    private double meanNm;
    private double minNm;
    private double maxNm;
    private double meanLayers;
    private double rmsNm;
    private double skewness;
    private double kurtosis;

    public HeightMap(Substrate substrate, SpeciesSet solid) {
        this.substrate = substrate;
        this.solid = solid;
        topLayer = new int[substrate.stackCount()];
        row = new int[topLayer.length];
        heightNm = new double[topLayer.length];
    }

    /** Measures {@code view}, which must have the geometry of the substrate. */
    public HeightMap measure(LatticeView view) {
        Substrate.topLayers(substrate.stacks(), view, solid, topLayer, row);
        int stacks = topLayer.length;
        double sum = 0;
        long layers = 0;
        minNm = Double.POSITIVE_INFINITY;
        maxNm = Double.NEGATIVE_INFINITY;
        for (int stack = 0; stack < stacks; stack++) {
            double h = substrate.heightNm(topLayer[stack]) - substrate.meanHeightNm();
            heightNm[stack] = h;
            sum += h;
            layers += topLayer[stack] - substrate.topLayer(stack);
            minNm = Math.min(minNm, h);
            maxNm = Math.max(maxNm, h);
        }
        meanNm = sum / stacks;
        meanLayers = (double) layers / stacks;
        moments();
        return this;
    }

    private void moments() {
        double second = 0;
        double third = 0;
        double fourth = 0;
        if (maxNm > minNm) {
            for (double h : heightNm) {
                double deviation = h - meanNm;
                double square = deviation * deviation;
                second += square;
                third += square * deviation;
                fourth += square * square;
            }
        }
        double variance = second / heightNm.length;
        rmsNm = Math.sqrt(variance);
        skewness = third / heightNm.length / (variance * rmsNm);
        kurtosis = fourth / heightNm.length / (variance * variance);
    }

    public Substrate substrate() {
        return substrate;
    }

    /** Height of a stack, nm. */
    public double heightNm(int stack) {
        return heightNm[stack];
    }

    /** Layers a stack has gained since the beginning, negative where it lost some. */
    public int growthLayers(int stack) {
        return topLayer[stack] - substrate.topLayer(stack);
    }

    /** Layer of the topmost solid site of a stack, −1 if it has none. */
    public int topLayer(int stack) {
        return topLayer[stack];
    }

    public double meanNm() {
        return meanNm;
    }

    /** Mean of {@link #growthLayers}: without overhangs the deposited monolayers. */
    public double meanLayers() {
        return meanLayers;
    }

    public double minNm() {
        return minNm;
    }

    public double maxNm() {
        return maxNm;
    }

    /** Sq, nm. */
    public double rmsRoughnessNm() {
        return rmsNm;
    }

    /** Ssk, NaN for a flat surface. */
    public double skewness() {
        return skewness;
    }

    /** Sku (not the excess over 3), NaN for a flat surface. */
    public double kurtosis() {
        return kurtosis;
    }

    /**
     * The map as an image: {@code pixelsX × pixelsY} heights in nm, each that of the stack nearest to the pixel's centre
     * (by its lowest site), in rows along x, the first row at y = 0. Allocates.
     */
    public double[] rasterNm(int pixelsX, int pixelsY) {
        if (pixelsX < 1 || pixelsY < 1) {
            throw new IllegalArgumentException(
                    "raster: " + pixelsX + " × " + pixelsY + " pixels; expected at least 1 × 1");
        }
        Stacks stacks = substrate.stacks();
        double pixelWidthNm = substrate.geometry().widthNm() / pixelsX;
        double pixelDepthNm = substrate.geometry().depthNm() / pixelsY;
        double[] raster = new double[pixelsX * pixelsY];
        for (int y = 0; y < pixelsY; y++) {
            for (int x = 0; x < pixelsX; x++) {
                raster[y * pixelsX + x] = heightNm[stacks.nearest((x + 0.5) * pixelWidthNm, (y + 0.5) * pixelDepthNm)];
            }
        }
        return raster;
    }
}
