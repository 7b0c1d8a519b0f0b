package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;

/**
 * The voids of a deposit. The deposit's envelope holds the sites of every stack above the initial surface, up to its
 * topmost solid site. A <em>void</em> is a site of the envelope that is not solid; it is <em>closed</em> if no path of
 * non-solid nearest neighbours leads from it to the top of the box, so that neither electrolyte nor gas gets out.
 *
 * <p>Porosity = voids / envelope; 0 for a compact deposit, however rough.
 *
 * <p>O(sites up to the highest solid one) a measurement, which allocates one byte for each connected piece of the non-solid; 4 bytes a site. Single-threaded.
 */
public final class Porosity {

    private final Substrate substrate;
    private final SpeciesSet solid;
    private final HeightMap heights;
    private final Clusters electrolyte;
    private final int[] row;
    private long envelope;
    private long voids;
    private long closedVoids;

    public Porosity(Substrate substrate, SpeciesSet solid) {
        this.substrate = substrate;
        this.solid = solid;
        heights = new HeightMap(substrate, solid);
        electrolyte = Clusters.ofNearestNeighbors(substrate.geometry());
        row = new int[substrate.stackCount()];
    }

    /** Measures {@code view}, which must have the geometry of the substrate. */
    public Porosity measure(LatticeView view) {
        heights.measure(view);
        LatticeGeometry geometry = substrate.geometry();
        Stacks stacks = substrate.stacks();
        int layersPerCell = geometry.layerCount() / geometry.cellsZ();
        // From any site above the deposit the top of the box can be reached: one cell of what is above stands for all.
        int solidLayers = Substrate.cellsBelowTop(geometry, view, solid) * layersPerCell;
        int layers = Math.min(solidLayers + layersPerCell, geometry.layerCount());
        electrolyte.measure(view, solid.complement(), stacks, layers);
        boolean[] open = new boolean[electrolyte.count()];
        for (int layer = Math.min(solidLayers, layers - 1); layer < layers; layer++) {
            stacks.sites(layer, row);
            for (int site : row) {
                if (electrolyte.cluster(site) >= 0) {
                    open[electrolyte.cluster(site)] = true;
                }
            }
        }
        envelope = 0;
        voids = 0;
        closedVoids = 0;
        for (int layer = 0; layer < solidLayers; layer++) {
            stacks.sites(layer, row);
            for (int stack = 0; stack < row.length; stack++) {
                if (layer > substrate.topLayer(stack) && layer <= heights.topLayer(stack)) {
                    int component = electrolyte.cluster(row[stack]);
                    envelope++;
                    if (component >= 0) {
                        voids++;
                        closedVoids += open[component] ? 0 : 1;
                    }
                }
            }
        }
        return this;
    }

    /** Voids / envelope, NaN where there is no deposit. */
    public double fraction() {
        return (double) voids / envelope;
    }

    /** Closed voids / envelope, NaN where there is no deposit. */
    public double closedFraction() {
        return (double) closedVoids / envelope;
    }

    /** Sites of the envelope. */
    public long envelopeSites() {
        return envelope;
    }

    /** Void sites. */
    public long voidSites() {
        return voids;
    }

    /** Void sites cut off from the electrolyte. */
    public long closedVoidSites() {
        return closedVoids;
    }
}
