package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import org.jspecify.annotations.Nullable;

/**
 * The voids of a deposit. The deposit's envelope holds the sites of every stack above the initial surface, up to its
 * topmost solid site. A <em>void</em> is a site of the envelope that is not solid; it is <em>closed</em> if no path of
 * non-solid nearest neighbours leads from it to the top of the box, so that neither electrolyte nor gas gets out.
 *
 * <p>Porosity = voids / envelope; 0 for a compact deposit, however rough.
 *
 * <p>O(sites between the lowest layer that is not full and the highest that is not empty) a measurement, beyond a {@link LayerCensus} and a {@link HeightMap};
 * it allocates one byte for each connected piece of the non-solid. The memory is that of {@link Clusters}. Single-threaded.
 */
public final class Porosity {

    private final Substrate substrate;
    private final SpeciesSet solid;
    private final Clusters electrolyte;
    private final int[] row;
    private @Nullable LayerCensus ownCensus;
    private @Nullable HeightMap ownHeights;
    private long envelope;
    private long voids;
    private long closedVoids;

    public Porosity(Substrate substrate, SpeciesSet solid) {
        this(substrate, solid, Clusters.ofNearestNeighbors(substrate.geometry()));
    }

    /** @param scratch clusters of nearest neighbours, whose memory is shared: what they held before a measurement is lost */
    public Porosity(Substrate substrate, SpeciesSet solid, Clusters scratch) {
        this.substrate = substrate;
        this.solid = solid;
        electrolyte = scratch;
        row = substrate.stacks().row();
    }

    /** Measures {@code view}, which must have the geometry of the substrate. */
    public Porosity measure(LatticeView view) {
        LayerCensus census = ownCensus == null ? new LayerCensus(substrate.geometry()) : ownCensus;
        ownCensus = census;
        HeightMap heights = ownHeights == null ? new HeightMap(substrate, solid) : ownHeights;
        ownHeights = heights;
        return measure(view, census.measure(view), heights.measure(view));
    }

    /** The same where a census and a height map of the solid in {@code view} are at hand. */
    public Porosity measure(LatticeView view, LayerCensus census, HeightMap heights) {
        Stacks stacks = substrate.stacks();
        int fullLayers = census.fullLayers(solid);
        int solidLayers = census.layersInUse(solid);
        // From any site above the deposit the top of the box can be reached: the sites of one cell hang together there.
        int layersPerCell =
                substrate.geometry().layerCount() / substrate.geometry().cellsZ();
        int layers = Math.min(solidLayers + layersPerCell, substrate.geometry().layerCount());
        electrolyte.measure(view, solid.complement(), 0, fullLayers, layers);
        boolean[] open = new boolean[electrolyte.count()];
        for (int layer = Math.min(solidLayers, layers - 1); layer < layers; layer++) {
            for (int first = 0; first < stacks.count(); first += row.length) {
                stacks.sites(layer, first, row);
                for (int site : row) {
                    if (electrolyte.cluster(site) >= 0) {
                        open[electrolyte.cluster(site)] = true;
                    }
                }
            }
        }
        envelope = 0;
        voids = 0;
        closedVoids = 0;
        for (int stack = 0; stack < stacks.count(); stack++) {
            envelope += Math.max(0, heights.topLayer(stack) - substrate.topLayer(stack));
        }
        for (int layer = fullLayers; layer < solidLayers; layer++) {
            for (int first = 0; first < stacks.count(); first += row.length) {
                stacks.sites(layer, first, row);
                for (int i = 0; i < row.length; i++) {
                    if (layer > substrate.topLayer(first + i) && layer < heights.topLayer(first + i)) {
                        int component = electrolyte.cluster(row[i]);
                        if (component >= 0) {
                            voids++;
                            closedVoids += open[component] ? 0 : 1;
                        }
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
