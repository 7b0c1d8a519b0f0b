package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import java.util.Arrays;

/**
 * How many sites of each layer hold each species: the density profile ρ(z), and which layers are full, which empty.
 *
 * <p>{@link #measure} counts all sites, O(sites); {@link #update} follows a change of one site, O(1). 4 bytes a layer and species, no allocation but for a row of cells and the
 * first site of each species. Single-threaded.
 */
public final class LayerCensus {

    private final LatticeGeometry geometry;
    private final int[] layerOfBasis;
    private int[][] counts = new int[0][];

    public LayerCensus(LatticeGeometry geometry) {
        this.geometry = geometry;
        layerOfBasis = new int[geometry.basisSize()];
        for (int b = 0; b < layerOfBasis.length; b++) {
            layerOfBasis[b] = geometry.layer(geometry.site(0, 0, 0, b));
        }
    }

    /** Counts {@code view}, which must have the geometry given. */
    public LayerCensus measure(LatticeView view) {
        for (int[] ofSpecies : counts) {
            Arrays.fill(ofSpecies, 0);
        }
        int layersPerCell = geometry.layerCount() / geometry.cellsZ();
        int[] row = geometry.rowOfCells();
        for (int z = 0; z < geometry.cellsZ(); z++) {
            for (int y = 0; y < geometry.cellsY(); y++) {
                geometry.rowOfCells(y, z, row);
                for (int i = 0; i < row.length; i++) {
                    of(view.species(row[i]))[z * layersPerCell + layerOfBasis[i % layerOfBasis.length]]++;
                }
            }
        }
        return this;
    }

    /** A site that has been counted holds another species now. */
    public void update(int site, int before, int now) {
        int layer = geometry.layer(site);
        of(before)[layer]--;
        of(now)[layer]++;
    }

    private int[] of(int species) {
        if (species >= counts.length) {
            int known = counts.length;
            counts = Arrays.copyOf(counts, species + 1);
            for (int s = known; s <= species; s++) {
                counts[s] = new int[geometry.layerCount()];
            }
        }
        return counts[species];
    }

    /** Layers, those of the geometry. */
    public int layerCount() {
        return geometry.layerCount();
    }

    /** Height of a layer above the lowest, nm. */
    public double zNm(int layer) {
        return geometry.layerHeightNm(layer);
    }

    /** Sites that hold a species. */
    public long count(int species) {
        return species < counts.length
                ? Arrays.stream(counts[species]).asLongStream().sum()
                : 0;
    }

    /** Sites of a layer that hold a member of a set. */
    public int count(int layer, SpeciesSet members) {
        int count = 0;
        for (int species = 0; species < counts.length; species++) {
            if (members.contains(species)) {
                count += counts[species][layer];
            }
        }
        return count;
    }

    /** ρ of a layer, 0 … 1: the fraction of its sites that hold a member of a set. */
    public double fraction(int layer, SpeciesSet members) {
        return (double) count(layer, members) / geometry.sitesPerLayer();
    }

    /** How many layers, from the lowest upwards, hold nothing but members of a set. */
    public int fullLayers(SpeciesSet members) {
        int layer = 0;
        while (layer < layerCount() && count(layer, members) == geometry.sitesPerLayer()) {
            layer++;
        }
        return layer;
    }

    /** How many layers, from the lowest upwards, there are up to the highest that holds a member of a set. */
    public int layersInUse(SpeciesSet members) {
        int layers = layerCount();
        while (layers > 0 && count(layers - 1, members) == 0) {
            layers--;
        }
        return layers;
    }
}
