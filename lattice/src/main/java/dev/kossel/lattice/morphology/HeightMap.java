package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import java.util.Arrays;

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
 * <p>{@link #measure} is O(sites above the lowest visible one); {@link #update} follows a change of one site, O(1) but where the top of a stack has gone. No
 * allocation; 4 bytes a stack. Single-threaded.
 */
public final class HeightMap {

    private final Substrate substrate;
    private final SpeciesSet solid;
    private final int[] topLayer;
    private final int[] row;

    /** By layer, from −1: stacks whose topmost solid site is there. All moments follow from it. */
    private final int[] stacksAt;

    private final long substrateLayers;

    private boolean evaluated;
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
        row = substrate.stacks().row();
        stacksAt = new int[substrate.geometry().layerCount() + 1];
        long sum = 0;
        for (int stack = 0; stack < topLayer.length; stack++) {
            sum += substrate.topLayer(stack);
        }
        substrateLayers = sum;
    }

    /** Measures {@code view}, which must have the geometry of the substrate. */
    public HeightMap measure(LatticeView view) {
        Substrate.topLayers(substrate.stacks(), view, solid, topLayer, row);
        Arrays.fill(stacksAt, 0);
        for (int top : topLayer) {
            stacksAt[top + 1]++;
        }
        evaluated = false;
        return this;
    }

    /**
     * Follows a change of one site of a view that has been measured. Where several sites have changed, the view may show all changes from the beginning;
     * the map is right when each has been followed.
     */
    public void update(LatticeView view, int site) {
        int layer = substrate.geometry().layer(site);
        int stack = substrate.stacks().stack(site);
        int top = topLayer[stack];
        if (layer > top) {
            if (solid.contains(view.species(site))) {
                moveTop(stack, layer);
            }
        } else if (layer == top && !solid.contains(view.species(site))) {
            int below = layer - 1;
            while (below >= 0 && !solid.contains(view.species(substrate.stacks().site(below, stack)))) {
                below--;
            }
            moveTop(stack, below);
        }
    }

    private void moveTop(int stack, int layer) {
        stacksAt[topLayer[stack] + 1]--;
        stacksAt[layer + 1]++;
        topLayer[stack] = layer;
        evaluated = false;
    }

    private double heightOfLayerNm(int layer) {
        return substrate.heightNm(layer) - substrate.meanHeightNm();
    }

    private void evaluate() {
        if (evaluated) {
            return;
        }
        evaluated = true;
        double sum = 0;
        long layers = 0;
        minNm = Double.NaN;
        maxNm = Double.NaN;
        for (int layer = -1; layer < stacksAt.length - 1; layer++) {
            int stacks = stacksAt[layer + 1];
            if (stacks > 0) {
                double h = heightOfLayerNm(layer);
                sum += stacks * h;
                layers += (long) stacks * layer;
                minNm = Double.isNaN(minNm) ? h : minNm;
                maxNm = h;
            }
        }
        meanNm = sum / topLayer.length;
        meanLayers = (double) (layers - substrateLayers) / topLayer.length;
        moments();
    }

    private void moments() {
        double second = 0;
        double third = 0;
        double fourth = 0;
        if (maxNm > minNm) {
            for (int layer = -1; layer < stacksAt.length - 1; layer++) {
                int stacks = stacksAt[layer + 1];
                double deviation = heightOfLayerNm(layer) - meanNm;
                double square = deviation * deviation;
                second += stacks * square;
                third += stacks * (square * deviation);
                fourth += stacks * (square * square);
            }
        }
        double variance = second / topLayer.length;
        rmsNm = Math.sqrt(variance);
        skewness = third / topLayer.length / (variance * rmsNm);
        kurtosis = fourth / topLayer.length / (variance * variance);
    }

    public Substrate substrate() {
        return substrate;
    }

    /** Height of a stack, nm. */
    public double heightNm(int stack) {
        return heightOfLayerNm(topLayer[stack]);
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
        evaluate();
        return meanNm;
    }

    /** Mean of {@link #growthLayers}: without overhangs the deposited monolayers. */
    public double meanLayers() {
        evaluate();
        return meanLayers;
    }

    public double minNm() {
        evaluate();
        return minNm;
    }

    public double maxNm() {
        evaluate();
        return maxNm;
    }

    /** Sq, nm. */
    public double rmsRoughnessNm() {
        evaluate();
        return rmsNm;
    }

    /** Ssk, NaN for a flat surface. */
    public double skewness() {
        evaluate();
        return skewness;
    }

    /** Sku (not the excess over 3), NaN for a flat surface. */
    public double kurtosis() {
        evaluate();
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
                raster[y * pixelsX + x] = heightNm(stacks.nearest((x + 0.5) * pixelWidthNm, (y + 0.5) * pixelDepthNm));
            }
        }
        return raster;
    }
}
