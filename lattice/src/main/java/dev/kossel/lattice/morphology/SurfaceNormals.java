package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import org.jspecify.annotations.Nullable;

/**
 * The boundary between two sets of species, site by site: where it faces, and how large it is.
 *
 * <p>A site of the inner set is <em>exposed</em> if a nearest neighbour belongs to the outer one. With the displacements d to these neighbours its
 * <em>vector area</em> is
 *
 * <pre>
 *   a = v M⁻¹ Σ_outer d,   M = ½ Σ_all d dᵀ
 * </pre>
 *
 * where v is the volume of a site. Summed over a piece of the boundary with a periodic rim this is its area times its normal, exactly and for any
 * orientation: of the bonds along d, as many more lead out than in as a prism on the piece with edge d holds sites. (That is the divergence theorem on a
 * lattice; broken bonds alone would count a slanting face too large.)
 *
 * <p>The <em>normal</em> n of a site is the direction of the vector areas summed over its surroundings: {@value #ROUNDS} rounds over nearest exposed
 * neighbours (on sc the next nearest, too), leaving out those that face away (so a thin plate keeps its two sides, and faces at right angles do not round each other's edge off). The
 * site's <em>area</em> is a · n.
 *
 * <p>Above the box lies the outer set if it contains the vacant species 0; below it nothing is outer. O(sites between the lowest layer that is not full and the highest that
 * is not empty) a measurement, beyond a {@link LayerCensus}; 4 bytes for each site up to the highest inner one and 34 an exposed one. Allocates only where the exposed sites grow in number. Single-threaded.
 */
final class SurfaceNormals {

    private static final int ROUNDS = 4;

    /** On sc the six nearest neighbours do not hold a slanting face together: the next nearest count, too. */
    private static final int LEAST_LINKS = 8;

    private static final int VACANT = 0;

    private final Stacks stacks;
    private final SpeciesSet inner;
    private final SpeciesSet outer;
    private final int[] slots;

    /** The first so many slots lead to a site's surroundings. */
    private final int linkingSlots;

    private final int[] neighbors;
    private final int[] row;
    private final boolean[] climbs;

    /** By basis atom, slot and axis: v M⁻¹ d. */
    private final double[] areaOf;

    private final double siteVolumeNm3;

    /** How many layers up or down the nearest neighbours of a site lie. */
    private final int reach;

    private @Nullable LayerCensus ownCensus;
    private final SiteNumbers numbers;
    private int bound;
    private final ExposedSites exposed;

    /** @throws IllegalArgumentException if the lattice is two-dimensional */
    SurfaceNormals(Stacks stacks, SpeciesSet inner, SpeciesSet outer, SiteNumbers numbers) {
        this.stacks = stacks;
        this.numbers = numbers;
        exposed = numbers.exposed;
        this.inner = inner;
        this.outer = outer;
        LatticeGeometry geometry = stacks.geometry();
        if (geometry.layerCount() < 2) {
            throw new IllegalArgumentException(
                    "lattice " + geometry.kind() + ": a surface needs a three-dimensional lattice");
        }
        slots = NearestShells.slots(geometry);
        linkingSlots = slots.length < LEAST_LINKS ? geometry.neighborCount() : slots.length;
        if (slots.length >= Short.SIZE || linkingSlots > Integer.SIZE) {
            throw new IllegalStateException("lattice " + geometry.kind() + ": more neighbours than bits");
        }
        neighbors = new int[geometry.neighborCount()];
        row = stacks.row();
        climbs = new boolean[geometry.basisSize() * neighbors.length];
        areaOf = new double[3 * climbs.length];
        siteVolumeNm3 = geometry.widthNm() * geometry.depthNm() * geometry.heightNm() / geometry.siteCount();
        double[] moments = new double[3];
        for (int k : slots) {
            double[] d = geometry.displacementNm(0, k);
            for (int axis = 0; axis < 3; axis++) {
                // M is diagonal: the cells are orthogonal, and the axes of a lattice's symmetry lie along their edges.
                moments[axis] += 0.5 * d[axis] * d[axis];
            }
        }
        for (int b = 0; b < geometry.basisSize(); b++) {
            for (int k : slots) {
                int entry = b * neighbors.length + k;
                climbs[entry] = geometry.layerStep(b, k) > 0;
                double[] d = geometry.displacementNm(b, k);
                for (int axis = 0; axis < 3; axis++) {
                    areaOf[3 * entry + axis] = siteVolumeNm3 * d[axis] / moments[axis];
                }
            }
        }
        int farthest = 0;
        for (int b = 0; b < geometry.basisSize(); b++) {
            for (int k : slots) {
                farthest = Math.max(farthest, Math.abs(geometry.layerStep(b, k)));
            }
        }
        reach = farthest;
    }

    /** Measures {@code view}, which must have the geometry given. */
    SurfaceNormals measure(LatticeView view) {
        LayerCensus census = ownCensus == null ? new LayerCensus(stacks.geometry()) : ownCensus;
        ownCensus = census;
        return measure(view, census.measure(view));
    }

    /** The same where a census of {@code view} is at hand, which tells which layers need no search. */
    SurfaceNormals measure(LatticeView view, LayerCensus census) {
        exposed.sites.clear();
        int layers = census.layersInUse(inner);
        bound = stacks.geometry().endOfLayers(layers);
        numbers.begin(bound);
        // A site is buried if the layers that its neighbours lie in are full.
        int buried = Math.max(0, census.fullLayers(inner) - reach);
        for (int layer = buried; layer < layers; layer++) {
            for (int first = 0; first < stacks.count(); first += row.length) {
                stacks.sites(layer, first, row);
                for (int site : row) {
                    if (inner.contains(view.species(site))) {
                        expose(view, site);
                    }
                }
            }
        }
        exposed.sites.trim(exposed.open.length);
        findLinks();
        for (int round = 0; round < ROUNDS; round++) {
            smooth();
        }
        float[] normals = exposed.normals;
        for (int i = 0; i < exposed.sites.size(); i++) {
            double length = Math.sqrt(dot(normals, i, normals, i));
            for (int axis = 0; axis < 3; axis++) {
                normals[3 * i + axis] = length == 0 ? Float.NaN : (float) (normals[3 * i + axis] / length);
            }
        }
        return this;
    }

    private void expose(LatticeView view, int site) {
        LatticeGeometry geometry = stacks.geometry();
        geometry.neighbors(site, neighbors);
        int base = geometry.basis(site) * neighbors.length;
        int outside = 0;
        for (int s = 0; s < slots.length; s++) {
            int neighbor = neighbors[slots[s]];
            boolean out = neighbor >= 0
                    ? outer.contains(view.species(neighbor))
                    : climbs[base + slots[s]] && outer.contains(VACANT);
            outside |= out ? 1 << s : 0;
        }
        if (outside != 0) {
            exposed.reserve();
            int i = exposed.sites.size();
            exposed.open[i] = (short) outside;
            for (int axis = 0; axis < 3; axis++) {
                exposed.normals[3 * i + axis] = vectorArea(base, outside, axis);
            }
            numbers.last()[site] = i;
            exposed.sites.add(site);
        }
    }

    /** @param base of the site's basis atom in {@link #areaOf}, without axes */
    private float vectorArea(int base, int outside, int axis) {
        double sum = 0;
        for (int left = outside; left != 0; left &= left - 1) {
            sum += areaOf[3 * (base + slots[Integer.numberOfTrailingZeros(left)]) + axis];
        }
        return (float) sum;
    }

    private void findLinks() {
        int[] indexOf = numbers.last();
        for (int i = 0; i < exposed.sites.size(); i++) {
            stacks.geometry().neighbors(exposed.sites.getInt(i), neighbors);
            int found = 0;
            for (int k = 0; k < linkingSlots; k++) {
                int neighbor = neighbors[k];
                found |= neighbor >= 0 && neighbor < bound && indexOf[neighbor] >= 0 ? 1 << k : 0;
            }
            exposed.links[i] = found;
        }
    }

    /** Each normal becomes the sum of its own and those beside it that do not face away. */
    private void smooth() {
        LatticeGeometry geometry = stacks.geometry();
        int[] indexOf = numbers.last();
        int[] links = exposed.links;
        float[] normals = exposed.normals;
        float[] smoother = exposed.smoother;
        for (int i = 0; i < exposed.sites.size(); i++) {
            int site = exposed.sites.getInt(i);
            float x = normals[3 * i];
            float y = normals[3 * i + 1];
            float z = normals[3 * i + 2];
            for (int left = links[i]; left != 0; left &= left - 1) {
                int j = indexOf[geometry.neighbor(site, Integer.numberOfTrailingZeros(left))];
                if (dot(normals, i, normals, j) > 0) {
                    x += normals[3 * j];
                    y += normals[3 * j + 1];
                    z += normals[3 * j + 2];
                }
            }
            smoother[3 * i] = x;
            smoother[3 * i + 1] = y;
            smoother[3 * i + 2] = z;
        }
        exposed.swap();
    }

    private static double dot(float[] a, int i, float[] b, int j) {
        return (double) a[3 * i] * b[3 * j]
                + (double) a[3 * i + 1] * b[3 * j + 1]
                + (double) a[3 * i + 2] * b[3 * j + 2];
    }

    /** How many inner sites are exposed. */
    int count() {
        return exposed.sites.size();
    }

    /** The {@code i}-th of them, from the bottom layer upwards. */
    int site(int i) {
        return exposed.sites.getInt(i);
    }

    /** Which exposed site a site is, −1 if it is none. */
    int index(int site) {
        return site < bound ? numbers.last()[site] : -1;
    }

    /** Along x, y or z (0, 1, 2); not a number where nothing can be said, as for a site alone. */
    double normal(int i, int axis) {
        return exposed.normals[3 * i + axis];
    }

    /** Whether two exposed sites have the same normal, to the last bit. */
    boolean isParallel(int i, int j) {
        float[] normals = exposed.normals;
        return normals[3 * i] == normals[3 * j]
                && normals[3 * i + 1] == normals[3 * j + 1]
                && normals[3 * i + 2] == normals[3 * j + 2];
    }

    /** Area of an exposed site, nm²; 0 where it has no normal. */
    double areaNm2(int i) {
        int base = stacks.geometry().basis(exposed.sites.getInt(i)) * neighbors.length;
        double area = 0;
        for (int axis = 0; axis < 3; axis++) {
            area += (double) vectorArea(base, exposed.open[i], axis) * exposed.normals[3 * i + axis];
        }
        return Double.isNaN(area) ? 0 : area;
    }

    /** Area of the boundary, nm². */
    double areaNm2() {
        double sum = 0;
        for (int i = 0; i < exposed.sites.size(); i++) {
            sum += areaNm2(i);
        }
        return sum;
    }

    /** Volume of a site, nm³. */
    double siteVolumeNm3() {
        return siteVolumeNm3;
    }
}
