package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;

/**
 * The interface between two kinds of species: its area, and which part of the surface of the first kind it is.
 *
 * <p>Area is counted by vector areas (see {@link Facets}): exact for flat interfaces of any orientation. Coverage is counted in nearest neighbours of the
 * first kind: those that belong to the second over these and those that cover nothing. Beyond the top of the box nothing covers, below it lies nothing.
 *
 * <p>Two passes over the sites of the first kind a measurement; 4 bytes a site and 44 one at the interface. Single-threaded.
 */
public final class Interface {

    private final LatticeGeometry geometry;
    private final SpeciesSet inner;
    private final SpeciesSet outer;
    private final SpeciesSet uncovered;
    private final SurfaceNormals boundary;
    private final int[] slots;
    private final int[] neighbors;
    private long shared;
    private long open;

    /**
     * @param inner the first kind
     * @param outer the second
     * @param uncovered what covers nothing: electrolyte, say
     * @throws IllegalArgumentException if the lattice is two-dimensional
     */
    public Interface(LatticeGeometry geometry, SpeciesSet inner, SpeciesSet outer, SpeciesSet uncovered) {
        this(geometry, inner, outer, uncovered, new SiteNumbers());
    }

    /** The same, with numbers that are lent to other measures as well. */
    public Interface(
            LatticeGeometry geometry, SpeciesSet inner, SpeciesSet outer, SpeciesSet uncovered, SiteNumbers numbers) {
        this.geometry = geometry;
        this.inner = inner;
        this.outer = outer;
        this.uncovered = uncovered;
        boundary = new SurfaceNormals(new Stacks(geometry), inner, outer, numbers);
        slots = NearestShells.slots(geometry);
        neighbors = new int[geometry.neighborCount()];
    }

    /** Measures {@code view}, which must have the geometry given. */
    public Interface measure(LatticeView view) {
        boundary.measure(view);
        shared = 0;
        open = 0;
        for (int site = 0; site < geometry.siteCount(); site++) {
            if (inner.contains(view.species(site))) {
                geometry.neighbors(site, neighbors);
                for (int k : slots) {
                    int neighbor = neighbors[k];
                    if (neighbor >= 0) {
                        int species = view.species(neighbor);
                        shared += outer.contains(species) ? 1 : 0;
                        open += uncovered.contains(species) ? 1 : 0;
                    } else if (geometry.layerStep(geometry.basis(site), k) > 0) {
                        open++;
                    }
                }
            }
        }
        return this;
    }

    /** Area of the interface, nm². */
    public double areaNm2() {
        return boundary.areaNm2();
    }

    /** Which part of the surface of the first kind borders on the second rather than on what covers nothing, 0 … 1; NaN where it has neither. */
    public double coverage() {
        return (double) shared / (shared + open);
    }
}
