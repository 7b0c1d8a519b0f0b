package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The surface of the solid: its exposed sites, its broken bonds, its area.
 *
 * <p>A solid site is <em>exposed</em> if at least one of its nearest neighbours is not solid; every such pair is a
 * <em>broken bond</em>. Beyond the top of the box lies electrolyte, below its bottom solid. Area is counted in broken
 * bonds: a flat face of the box's orientation has n = ⟨Σ max(0, layers climbed)⟩ of them a site (the mean over the
 * terminations, where these differ), so
 *
 * <pre>
 *   A = broken bonds / n · area of a site of a layer
 * </pre>
 *
 * which is exact for a flat face and, on sc, for anything made of cubes. A curved surface comes out larger than its
 * smooth counterpart, by the anisotropy of the broken-bond surface energy (on sc a sphere by 3/2).
 *
 * <p>O(sites between the lowest layer that is not full and the highest that is not empty) a measurement, beyond a {@link LayerCensus}; no allocation while the
 * list of exposed sites has room. Single-threaded.
 */
public final class Surface {

    /** A surface may grow by one part of so many before its list does. */
    private static final int SPARE = 8;

    private final Substrate substrate;
    private final SpeciesSet solid;
    private final int[] slots;
    private final int[] neighbors;
    private final int[] row;
    private final boolean[] climbs;
    private final double areaPerBondNm2;
    private final double siteVolumeNm3;

    /** How many layers up or down the nearest neighbours of a site lie. */
    private final int reach;

    private @Nullable LayerCensus ownCensus;
    private final IntArrayList exposed = new IntArrayList();
    private long brokenBonds;
    private long deposited;

    /** @throws IllegalArgumentException if the lattice is two-dimensional, where there is no bond to break upwards */
    public Surface(Substrate substrate, SpeciesSet solid) {
        this.substrate = substrate;
        this.solid = solid;
        LatticeGeometry geometry = substrate.geometry();
        slots = NearestShells.slots(geometry);
        neighbors = new int[geometry.neighborCount()];
        row = substrate.stacks().row();
        climbs = new boolean[geometry.basisSize() * neighbors.length];
        long climbed = 0;
        int farthest = 0;
        for (int b = 0; b < geometry.basisSize(); b++) {
            for (int k : slots) {
                int step = geometry.layerStep(b, k);
                climbs[b * neighbors.length + k] = step > 0;
                climbed += Math.max(0, step);
                farthest = Math.max(farthest, Math.abs(step));
            }
        }
        if (climbed == 0) {
            throw new IllegalArgumentException(
                    "lattice " + geometry.kind() + ": a surface area needs a three-dimensional lattice");
        }
        reach = farthest;
        areaPerBondNm2 = substrate.areaNm2() / geometry.sitesPerLayer() * geometry.basisSize() / climbed;
        siteVolumeNm3 = substrate.areaNm2() * geometry.heightNm() / geometry.siteCount();
    }

    /** Measures {@code view}, which must have the geometry of the substrate. */
    public Surface measure(LatticeView view) {
        LayerCensus census = ownCensus == null ? new LayerCensus(substrate.geometry()) : ownCensus;
        ownCensus = census;
        return measure(view, census.measure(view));
    }

    /** The same where a census of {@code view} is at hand. */
    public Surface measure(LatticeView view, LayerCensus census) {
        exposed.clear();
        brokenBonds = 0;
        // A site is buried if the layers that its neighbours lie in are full.
        int buried = Math.max(0, census.fullLayers(solid) - reach);
        deposited = depositedBelow(buried);
        int solidLayers = census.layersInUse(solid);
        for (int layer = buried; layer < solidLayers; layer++) {
            for (int first = 0; first < substrate.stackCount(); first += row.length) {
                substrate.stacks().sites(layer, first, row);
                for (int i = 0; i < row.length; i++) {
                    if (solid.contains(view.species(row[i]))) {
                        deposited += layer > substrate.topLayer(first + i) ? 1 : 0;
                        expose(view, row[i]);
                    }
                }
            }
        }
        exposed.trim(exposed.size() + exposed.size() / SPARE);
        return this;
    }

    private void expose(LatticeView view, int site) {
        int broken = brokenBonds(view, site);
        if (broken > 0) {
            exposed.add(site);
            brokenBonds += broken;
        }
    }

    /** Sites above the initial surface in the lowest {@code layers} layers. */
    private long depositedBelow(int layers) {
        long sites = 0;
        for (int stack = 0; stack < substrate.stackCount(); stack++) {
            sites += Math.max(0, layers - 1 - substrate.topLayer(stack));
        }
        return sites;
    }

    private int brokenBonds(LatticeView view, int site) {
        LatticeGeometry geometry = substrate.geometry();
        geometry.neighbors(site, neighbors);
        int broken = 0;
        for (int k : slots) {
            int neighbor = neighbors[k];
            boolean bound = neighbor >= 0
                    ? solid.contains(view.species(neighbor))
                    : !climbs[geometry.basis(site) * neighbors.length + k];
            broken += bound ? 0 : 1;
        }
        return broken;
    }

    /** How many solid sites are exposed. */
    public int exposedCount() {
        return exposed.size();
    }

    /** The {@code i}-th exposed site, from the bottom layer upwards. */
    public int exposedSite(int i) {
        return exposed.getInt(i);
    }

    /** Pairs of a solid site and a non-solid nearest neighbour. */
    public long brokenBonds() {
        return brokenBonds;
    }

    /** Surface area A, nm². */
    public double areaNm2() {
        return brokenBonds * areaPerBondNm2;
    }

    /** A over the area of the electrode seen from above: 1 for a flat face. */
    public double areaRatio() {
        return areaNm2() / substrate.areaNm2();
    }

    /** Specific surface: A over the volume of the solid above the initial surface, nm²/nm³; NaN without a deposit. */
    public double specificSurfacePerNm() {
        return deposited == 0 ? Double.NaN : areaNm2() / (deposited * siteVolumeNm3);
    }
}
