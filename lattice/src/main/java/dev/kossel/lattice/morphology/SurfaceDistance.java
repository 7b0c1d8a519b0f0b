package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import java.util.Arrays;

/**
 * How far every site is from a set of species: the least number of steps to nearest neighbours that lead to a site that holds one. 1 is at the surface, whatever its shape.
 *
 * <p>Breadth-first over all sites, O(sites × neighbours) a measurement; 8 bytes a site, allocated once. Single-threaded.
 */
public final class SurfaceDistance {

    private final LatticeGeometry geometry;
    private final SpeciesSet solids;
    private final int nearest;
    private final int[] distance;
    private final int[] queue;

    /** @param solids the species that distances are from */
    public SurfaceDistance(LatticeGeometry geometry, SpeciesSet solids) {
        this.geometry = geometry;
        this.solids = solids;
        nearest = geometry.nearestCount();
        distance = new int[geometry.siteCount()];
        queue = new int[distance.length];
    }

    public SurfaceDistance measure(LatticeView view) {
        Arrays.fill(distance, Integer.MAX_VALUE);
        int size = 0;
        for (int site = 0; site < distance.length; site++) {
            if (solids.contains(view.species(site))) {
                distance[site] = 0;
                queue[size++] = site;
            }
        }
        for (int next = 0; next < size; next++) {
            int site = queue[next];
            for (int k = 0; k < nearest; k++) {
                int neighbor = geometry.neighbor(site, k);
                if (neighbor >= 0 && distance[neighbor] == Integer.MAX_VALUE) {
                    distance[neighbor] = distance[site] + 1;
                    queue[size++] = neighbor;
                }
            }
        }
        return this;
    }

    /** Steps to the nearest of the species; 0 at one of them, {@link Integer#MAX_VALUE} where there is none anywhere. */
    public int steps(int site) {
        return distance[site];
    }
}
