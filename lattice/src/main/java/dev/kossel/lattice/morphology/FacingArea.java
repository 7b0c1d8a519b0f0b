package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.ints.IntArrayList;

/**
 * The area of the surface that an open site faces.
 *
 * <p>Of the vectors d to its solid nearest neighbours, all nearest neighbours having M = Σ d dᵀ and a site the volume Ω,
 *
 * <pre>
 *   A = |2 Ω M⁻¹ Σ d|
 * </pre>
 *
 * A plane of area A and normal n cuts A d·n/Ω bonds of each d with d·n &gt; 0, so Σ d over them is A M n/2Ω: summed as vectors
 * over the open sites at a flat face of any direction this is exact. Summed as lengths it is exact where the open sites see the same
 * neighbours and look straight away from it (on sc the faces 100, 110 and 111), and too large between them, by a tenth on a sphere; it counts steps. 0 for a
 * site without solid neighbours, and for one half way between two walls. Unlike the area of {@link SurfaceNormals} it does not smooth: around an atom that sticks out there is as much area as
 * there are sites that can react.
 *
 * <p>O(neighbours) a site, allocation-free; single-threaded. M is diagonal in all boxes; a direction along which no neighbour lies has no area.
 */
public final class FacingArea {

    private final LatticeGeometry geometry;
    private final SpeciesSet solid;
    private final int[] slots;
    private final int[] neighbors;
    /** By basis site and slot: 2 Ω M⁻¹ d, nm². */
    private final double[][] areas;

    public FacingArea(LatticeGeometry geometry, SpeciesSet solid) {
        this.geometry = geometry;
        this.solid = solid;
        IntArrayList nearest = new IntArrayList();
        for (int shell : NearestShells.of(geometry)) {
            for (int k = 0; k < geometry.shells().get(shell).size(); k++) {
                nearest.add(geometry.firstSlot(shell) + k);
            }
        }
        slots = nearest.toIntArray();
        neighbors = new int[geometry.neighborCount()];
        double siteVolumeNm3 = geometry.widthNm() * geometry.depthNm() * geometry.heightNm() / geometry.siteCount();
        areas = new double[geometry.basisSize() * neighbors.length][];
        for (int b = 0; b < geometry.basisSize(); b++) {
            double[] squares = new double[3];
            for (int k : slots) {
                double[] d = geometry.displacementNm(b, k);
                for (int axis = 0; axis < 3; axis++) {
                    squares[axis] += d[axis] * d[axis];
                }
            }
            for (int k : slots) {
                double[] d = geometry.displacementNm(b, k);
                for (int axis = 0; axis < 3; axis++) {
                    d[axis] *= squares[axis] > 0 ? 2 * siteVolumeNm3 / squares[axis] : 0;
                }
                areas[b * neighbors.length + k] = d;
            }
        }
    }

    /** Of a site that is not solid, nm². The bottom of the box is no neighbour. */
    public double areaNm2(LatticeView view, int site) {
        geometry.neighbors(site, neighbors);
        int first = geometry.basis(site) * neighbors.length;
        double x = 0;
        double y = 0;
        double z = 0;
        for (int k : slots) {
            if (neighbors[k] >= 0 && solid.contains(view.species(neighbors[k]))) {
                double[] area = areas[first + k];
                x += area[0];
                y += area[1];
                z += area[2];
            }
        }
        return Math.sqrt(x * x + y * y + z * z);
    }
}
