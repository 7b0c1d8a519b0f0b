package dev.kossel.viz.render;

import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.SpeciesLabel;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import java.util.ArrayList;
import java.util.List;

/**
 * What all pictures of a run have in common.
 *
 * @param species the look of each species by number
 * @param solids the species that are drawn
 */
public record RunLook(List<SpeciesStyle> species, SpeciesSet solids) {

    /** Deposits higher than this share of the box's width are looked at from further down. */
    private static final double TALL = 0.35;

    private static final double AZIMUTH = 32;

    public RunLook {
        species = List.copyOf(species);
    }

    public static RunLook of(RunLayout layout) {
        List<SpeciesStyle> looks = new ArrayList<>();
        for (SpeciesLabel label : layout.species()) {
            looks.add(
                    label.vacant()
                            ? SpeciesStyle.hidden(label.name())
                            : SpeciesStyle.solid(label.name(), label.color()));
        }
        return new RunLook(looks, layout.solids());
    }

    /** Layers at the bottom without a vacant site: of the initial state, the substrate. O(sites). */
    public int filledLayers(Lattice lattice) {
        LatticeGeometry geometry = lattice.geometry();
        int lowest = geometry.layerCount();
        for (int site = 0; site < geometry.siteCount(); site++) {
            if (!solids.contains(lattice.species(site))) {
                lowest = Math.min(lowest, geometry.layer(site));
            }
        }
        return lowest;
    }

    /** Height of the highest solid site, nm; 0 if there is none. O(sites). */
    public double highestNm(Lattice lattice) {
        LatticeGeometry geometry = lattice.geometry();
        double highestNm = 0;
        for (int site = 0; site < geometry.siteCount(); site++) {
            if (solids.contains(lattice.species(site))) {
                highestNm = Math.max(highestNm, geometry.zNm(site));
            }
        }
        return highestNm;
    }

    /** How many solid species there are in a lattice. O(sites). */
    public int solidSpecies(Lattice lattice) {
        boolean[] present = new boolean[SpeciesSet.SPECIES_LIMIT];
        int count = 0;
        for (byte species : lattice.speciesArray()) {
            if (!present[species]) {
                present[species] = true;
                count += solids.contains(species) ? 1 : 0;
            }
        }
        return count;
    }

    /** From the front right: down on a flat deposit, more from the side on a tall one. */
    public static Camera camera(LatticeGeometry geometry, double highestNm) {
        boolean tall = highestNm > TALL * Math.max(geometry.widthNm(), geometry.depthNm());
        return Camera.orthographic(AZIMUTH, tall ? 24 : 36);
    }
}
