package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;

/**
 * Connected components in three dimensions: two sites holding members of a species set belong to one cluster if a path of
 * such sites, each a neighbour of the next in one of the given shells, leads from one to the other (periodic in x, y).
 *
 * <p>O(sites up to the highest member) a measurement, and hardly anything for the layers below in which every site is one, where a {@link LayerCensus} says
 * so; 4 bytes for each site up to there, no allocation once this has been seen. Single-threaded.
 */
public final class Clusters {

    /** A patch along x and y in which full layers hang together exactly if they do in every box: no step between neighbours is longer than three cells. */
    private static final int PATCH_CELLS = 6;

    private final LatticeGeometry geometry;
    private final boolean[] linking;
    private final int[] neighbors;
    private final Stacks stacks;
    private final int[] row;
    private final DisjointSets sets;

    /** So many full layers, from the bottom, and more are one cluster. */
    private final int slab;

    /**
     * @param shells indices into {@link LatticeGeometry#shells()}: the bonds that hold a cluster together
     * @throws IllegalArgumentException if there is no such shell
     */
    public Clusters(LatticeGeometry geometry, int... shells) {
        this(geometry, new SiteNumbers(), shells);
    }

    private Clusters(LatticeGeometry geometry, SiteNumbers numbers, int... shells) {
        this.geometry = geometry;
        sets = new DisjointSets(numbers);
        for (int shell : shells) {
            int known = geometry.shells().size();
            if (shell < 0 || shell >= known) {
                throw new IllegalArgumentException("shell " + shell + ": the lattice has shells 0 to " + (known - 1));
            }
        }
        linking = linking(geometry, shells);
        neighbors = new int[linking.length];
        stacks = new Stacks(geometry);
        row = stacks.row();
        slab = slab(patch(geometry), linking);
    }

    private static boolean[] linking(LatticeGeometry geometry, int... shells) {
        boolean[] linking = new boolean[geometry.neighborCount()];
        for (int shell : shells) {
            int first = geometry.firstSlot(shell);
            for (int k = first; k < first + geometry.shells().get(shell).size(); k++) {
                linking[k] = true;
            }
        }
        return linking;
    }

    private static LatticeGeometry patch(LatticeGeometry geometry) {
        return LatticeGeometry.of(
                geometry.kind(),
                geometry.orientation(),
                geometry.latticeConstantNm(),
                geometry.axialRatio(),
                geometry.cellsX() == 1 ? 1 : PATCH_CELLS,
                geometry.cellsY() == 1 ? 1 : PATCH_CELLS,
                Math.min(geometry.cellsZ(), PATCH_CELLS));
    }

    /** How many full layers of the patch it takes at least for one cluster; no number of layers is enough where the patch as a whole is none. */
    private static int slab(LatticeGeometry patch, boolean[] linking) {
        int layers = patch.layerCount();
        while (layers > 0 && isOnePiece(patch, linking, layers)) {
            layers--;
        }
        return layers == patch.layerCount() ? Integer.MAX_VALUE : layers + 1;
    }

    private static boolean isOnePiece(LatticeGeometry patch, boolean[] linking, int layers) {
        DisjointSets sets = new DisjointSets();
        sets.clear(patch.siteCount());
        for (int site = 0; site < patch.siteCount(); site++) {
            if (patch.layer(site) < layers) {
                sets.add(site);
                for (int k = 0; k < linking.length; k++) {
                    int neighbor = patch.neighbor(site, k);
                    if (linking[k] && neighbor >= 0 && sets.contains(neighbor)) {
                        sets.join(site, neighbor);
                    }
                }
            }
        }
        sets.label();
        return sets.count() == 1;
    }

    /** Clusters held together by nearest neighbours (both kinds in hcp). */
    public static Clusters ofNearestNeighbors(LatticeGeometry geometry) {
        return ofNearestNeighbors(geometry, new SiteNumbers());
    }

    /** The same, with numbers that are lent to other measures as well. */
    public static Clusters ofNearestNeighbors(LatticeGeometry geometry, SiteNumbers numbers) {
        return new Clusters(geometry, numbers, NearestShells.of(geometry));
    }

    /** Finds the clusters of {@code members} in {@code view}, which must have the geometry given. */
    public Clusters measure(LatticeView view, SpeciesSet members) {
        int bound = geometry.siteCount();
        while (bound > 0 && !members.contains(view.species(bound - 1))) {
            bound--;
        }
        sets.clear(bound);
        for (int site = 0; site < bound; site++) {
            if (members.contains(view.species(site))) {
                add(site);
            }
        }
        sets.label();
        return this;
    }

    /** The same where a census of {@code view} is at hand, which tells which layers need no search. */
    public Clusters measure(LatticeView view, SpeciesSet members, LayerCensus census) {
        int full = census.fullLayers(members);
        return measure(view, members, full < slab ? 0 : full, 0, census.layersInUse(members));
    }

    /**
     * Finds the clusters of some layers alone: what is higher up or lower down is no member.
     *
     * @param full so many of the lowest layers are full and one cluster
     * @param from the lowest layer that counts, if there are no full ones
     * @param to beyond the highest
     */
    Clusters measure(LatticeView view, SpeciesSet members, int full, int from, int to) {
        sets.clear(geometry.endOfLayers(to));
        if (full > 0) {
            int root = 0;
            while (geometry.layer(root) >= full) {
                // Sites 0, 1, … are those of the cell at the origin, so the first of a full layer comes before all
                // others.
                root++;
            }
            for (int layer = 0; layer < full; layer++) {
                for (int first = 0; first < stacks.count(); first += row.length) {
                    stacks.sites(layer, first, row);
                    for (int site : row) {
                        sets.add(site, root);
                    }
                }
            }
        }
        for (int layer = Math.max(from, full); layer < to; layer++) {
            for (int first = 0; first < stacks.count(); first += row.length) {
                stacks.sites(layer, first, row);
                for (int site : row) {
                    if (members.contains(view.species(site))) {
                        add(site);
                    }
                }
            }
        }
        sets.label();
        return this;
    }

    private void add(int site) {
        sets.add(site);
        geometry.neighbors(site, neighbors);
        for (int k = 0; k < neighbors.length; k++) {
            int neighbor = neighbors[k];
            // A pair is joined when the second of its sites is added; −1 is nobody.
            if (linking[k] && neighbor >= 0 && sets.contains(neighbor)) {
                sets.join(site, neighbor);
            }
        }
    }

    /** How many clusters there are. */
    public int count() {
        return sets.count();
    }

    /** The cluster a site belongs to, 0 … {@link #count()} − 1 by the lowest numbers of their sites, or −1. */
    public int cluster(int site) {
        return sets.labelOf(site);
    }

    /** Sites of a cluster. */
    public int size(int cluster) {
        return sets.size(cluster);
    }

    /** Sites of every cluster. Allocates. */
    public int[] sizes() {
        return sets.sizes();
    }
}
