package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;

/**
 * The density profile ρ(z): the fraction of the sites of each layer that hold a species of the given set.
 *
 * <p>O(sites) and no allocation a measurement. Single-threaded.
 */
public final class DensityProfile {

    private final Stacks stacks;
    private final SpeciesSet members;
    private final int[] row;
    private final int[] counts;

    public DensityProfile(LatticeGeometry geometry, SpeciesSet members) {
        this.members = members;
        stacks = new Stacks(geometry);
        row = new int[stacks.count()];
        counts = new int[geometry.layerCount()];
    }

    /** Measures {@code view}, which must have the geometry given. */
    public DensityProfile measure(LatticeView view) {
        for (int layer = 0; layer < counts.length; layer++) {
            stacks.sites(layer, row);
            int count = 0;
            for (int site : row) {
                count += members.contains(view.species(site)) ? 1 : 0;
            }
            counts[layer] = count;
        }
        return this;
    }

    /** Layers, those of the geometry. */
    public int layerCount() {
        return counts.length;
    }

    /** Height of a layer above the lowest, nm. */
    public double zNm(int layer) {
        return stacks.geometry().layerHeightNm(layer);
    }

    /** ρ of a layer, 0 … 1. */
    public double fraction(int layer) {
        return (double) counts[layer] / row.length;
    }

    /** Member sites of a layer. */
    public int count(int layer) {
        return counts[layer];
    }
}
