package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The initial surface, from which growth is measured: the topmost solid site of every stack, taken once from the initial
 * lattice.
 *
 * <p>The sites one layer above it are the <em>first growth layer</em>, where a deposit nucleates. A stack without any
 * solid site (all stacks of an empty two-dimensional lattice, for instance) has its surface one layer below the box.
 *
 * <p>Immutable and thread-safe. 4 bytes a stack.
 */
public final class Substrate {

    private final Stacks stacks;
    private final int[] topLayer;
    private final double[] layerHeightNm;
    private final double meanHeightNm;

    private final int lowestTopLayer;
    private final int highestTopLayer;

    private Substrate(Stacks stacks, int[] topLayer) {
        LatticeGeometry geometry = stacks.geometry();
        int layers = geometry.layerCount();
        this.stacks = stacks;
        this.topLayer = topLayer;
        layerHeightNm = new double[layers + 1];
        for (int layer = 0; layer < layers; layer++) {
            layerHeightNm[layer + 1] = geometry.layerHeightNm(layer);
        }
        layerHeightNm[0] = -geometry.layerSpacingNm();
        double sum = 0;
        int highest = -1;
        int lowest = layers;
        for (int stack = 0; stack < topLayer.length; stack++) {
            highest = Math.max(highest, topLayer[stack]);
            lowest = Math.min(lowest, topLayer[stack]);
            sum += heightNm(topLayer[stack]);
        }
        meanHeightNm = sum / topLayer.length;
        lowestTopLayer = lowest;
        highestTopLayer = highest;
    }

    /** The surface of {@code initial}; O(sites). */
    public static Substrate of(LatticeView initial, SpeciesSet solid) {
        Stacks stacks = new Stacks(initial.geometry());
        int[] topLayer = new int[stacks.count()];
        topLayers(stacks, initial, solid, topLayer, stacks.row());
        return new Substrate(stacks, topLayer);
    }

    /** Writes the topmost layer with a member of {@code solid}, or −1, of every stack into {@code topLayer}. */
    static void topLayers(Stacks stacks, LatticeView view, SpeciesSet solid, int[] topLayer, int[] row) {
        Arrays.fill(topLayer, -1);
        int open = topLayer.length;
        for (int layer = highestLayer(stacks.geometry(), view, solid); layer >= 0 && open > 0; layer--) {
            for (int first = 0; first < topLayer.length; first += row.length) {
                stacks.sites(layer, first, row);
                for (int i = 0; i < row.length; i++) {
                    if (topLayer[first + i] < 0 && solid.contains(view.species(row[i]))) {
                        topLayer[first + i] = layer;
                        open--;
                    }
                }
            }
        }
    }

    /** A layer above which there is no member of {@code solid}; −1 if there is none at all. */
    private static int highestLayer(LatticeGeometry geometry, LatticeView view, SpeciesSet solid) {
        return cellsBelowTop(geometry, view, solid) * (geometry.layerCount() / geometry.cellsZ()) - 1;
    }

    /**
     * A number of cells, counted from the bottom, above which there is no member of {@code solid}; 0 if there is none at all. Reads what is empty in one
     * sweep, much faster than stack by stack.
     */
    static int cellsBelowTop(LatticeGeometry geometry, LatticeView view, SpeciesSet solid) {
        int site = geometry.siteCount() - 1;
        while (site >= 0 && !solid.contains(view.species(site))) {
            site--;
        }
        return site < 0 ? 0 : geometry.highestCellUpTo(site) + 1;
    }

    public LatticeGeometry geometry() {
        return stacks.geometry();
    }

    /** Stacks: as many as a layer has sites. */
    public int stackCount() {
        return topLayer.length;
    }

    /** Layer of the initial surface in a stack, −1 where the stack held no solid. */
    public int topLayer(int stack) {
        return topLayer[stack];
    }

    /** The lowest layer of the initial surface. */
    int lowestTopLayer() {
        return lowestTopLayer;
    }

    /** The highest layer of the initial surface. */
    int highestTopLayer() {
        return highestTopLayer;
    }

    /** The site of a stack just above the initial surface, or −1 where the surface reached the top of the box. */
    public int growthSite(int stack) {
        return topLayer[stack] + 1 < geometry().layerCount() ? stacks.site(topLayer[stack] + 1, stack) : -1;
    }

    /** Writes {@link #growthSite} of each stack of a row; as {@link Stacks#sites}. */
    void growthSites(int firstStack, int[] row) {
        if (lowestTopLayer == highestTopLayer
                && highestTopLayer + 1 < geometry().layerCount()) {
            stacks.sites(highestTopLayer + 1, firstStack, row);
            return;
        }
        for (int i = 0; i < row.length; i++) {
            row[i] = growthSite(firstStack + i);
        }
    }

    /** Whether a site belongs to the first growth layer. */
    boolean isGrowthSite(int site) {
        int below = geometry().layer(site) - 1;
        return below <= highestTopLayer && below == topLayer[stacks.stack(site)];
    }

    /** The sites of the first growth layer, for a site pattern on a surface of any shape. Allocates. */
    public int[] growthSites() {
        return IntStream.range(0, topLayer.length)
                .map(this::growthSite)
                .filter(site -> site >= 0)
                .toArray();
    }

    /** Mean height of the initial surface, nm, in the coordinate z of the geometry: the zero of {@link HeightMap}. */
    public double meanHeightNm() {
        return meanHeightNm;
    }

    /** Area of the electrode seen from above, nm². */
    public double areaNm2() {
        return geometry().widthNm() * geometry().depthNm();
    }

    /** Height of a layer, nm; layer −1 lies one layer below the lowest. */
    double heightNm(int layer) {
        return layerHeightNm[layer + 1];
    }

    Stacks stacks() {
        return stacks;
    }
}
