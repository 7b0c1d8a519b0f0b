package dev.kossel.lattice;

/**
 * Consecutive atomic layers, counted from 0 at the bottom.
 *
 * @param first the lowest layer
 * @param last the highest layer, included
 */
public record LayerRange(int first, int last) {

    public LayerRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("layers " + first + " to " + last
                    + ": expected the first at 0 or above, and the last not below it");
        }
    }

    /** All layers of a box. */
    public static LayerRange all(LatticeGeometry geometry) {
        return new LayerRange(0, geometry.layerCount() - 1);
    }

    /**
     * The sites of these layers in canonical order (see {@link LatticeGeometry#rank}); O(sites), allocates 4 bytes a site of the layers.
     *
     * @throws IllegalArgumentException if the box has not so many layers
     */
    public int[] sites(LatticeGeometry geometry) {
        if (last >= geometry.layerCount()) {
            throw new IllegalArgumentException(
                    "layers " + first + " to " + last + ": the box has layers 0 to " + (geometry.layerCount() - 1));
        }
        int[] sites = new int[Math.multiplyExact(last - first + 1, geometry.sitesPerLayer())];
        int count = 0;
        for (var all = geometry.sites(); all.hasNext(); ) {
            int site = all.nextInt();
            int layer = geometry.layer(site);
            if (layer >= first && layer <= last) {
                sites[count++] = site;
            }
        }
        return sites;
    }
}
