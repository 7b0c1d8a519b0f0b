package dev.kossel.engine.observe;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.record.SiteFields;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import java.util.BitSet;
import java.util.List;

/**
 * Numbers of the sites at the surface, from fields on a grid: a site has that of its cell. At the surface are solid sites with an open nearest neighbour, and open
 * sites with a solid one; all others have none. O(sites + solid sites · neighbours) a snapshot, and a bit a site. One thread.
 */
public final class SurfaceFields {

    private final FieldGrid grid;
    private final List<String> names;
    private final SpeciesSet solids;
    private final int nearest;
    private final int[] neighbors;
    private final BitSet surface;

    /**
     * @param grid of the fields
     * @param names of the first fields of a sample, with units; those after them are not of the surface
     * @param solids species through which nothing passes
     */
    public SurfaceFields(FieldGrid grid, List<String> names, SpeciesSet solids) {
        this.grid = grid;
        this.names = List.copyOf(names);
        this.solids = solids;
        LatticeGeometry geometry = grid.geometry();
        nearest = geometry.nearestCount();
        neighbors = new int[geometry.neighborCount()];
        surface = new BitSet(geometry.siteCount());
    }

    /** Those of a sample; to be read until it, or another, is given again. */
    SiteFields of(Sample sample) {
        LatticeView lattice = sample.lattice();
        surface.clear();
        for (int site = 0; site < grid.geometry().siteCount(); site++) {
            if (solids.contains(lattice.species(site))) {
                mark(lattice, site);
            }
        }
        return new SiteFields(
                names, (field, site) -> surface.get(site) ? (float) sample.field(field, grid.cellOf(site)) : Float.NaN);
    }

    /** Marks a solid site and its open nearest neighbours, if it has any. */
    private void mark(LatticeView lattice, int site) {
        grid.geometry().neighbors(site, neighbors);
        for (int k = 0; k < nearest; k++) {
            if (neighbors[k] >= 0 && !solids.contains(lattice.species(neighbors[k]))) {
                surface.set(site);
                surface.set(neighbors[k]);
            }
        }
    }
}
