package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.util.Arrays;

/**
 * The branches of dendrites: the tree that what stands above the compact part of a deposit forms.
 *
 * <p>The <em>compact part</em> reaches up to the last layer below which every layer is at least half full. Each solid site above it has a distance from it,
 * counted in steps between nearest neighbours through the solid. Seen from the farthest sites inwards, pieces appear and meet; where two meet, the one
 * that reaches less far ends, and is a <em>branch</em> if it reaches at least {@value #LEAST_STEPS} steps beyond (less is roughness). Where both do, this is a
 * <em>branch point</em>. A piece that reaches down to the compact part without having met a larger one is a <em>dendrite</em>, with the branch that leads
 * to its farthest tip. (This is the merge tree, the skeleton, of the distance: F. Lazarus and A. Verroust, Level set diagrams of polyhedral objects, Proc.
 * ACM Symposium on Solid Modeling and Applications, 1999, p. 130, doi:10.1145/304012.304025.)
 *
 * <p>The <em>angle</em> at a branch point is that between its two arms, each taken from the centre of its first {@value #LEAST_STEPS} steps to the centre of
 * its third {@value #LEAST_STEPS}, or as far as it goes.
 *
 * <p>O(sites above the compact part) a measurement, beyond a {@link LayerCensus}; 4 bytes for each site up to the highest solid one and 20 one that stands above the compact part. Allocates where there are more of these than before.
 * Single-threaded.
 */
public final class Branches {

    /** Fewer are roughness. */
    public static final int LEAST_STEPS = 5;

    private static final int ARM_STEPS = 3 * LEAST_STEPS;

    private final Stacks stacks;
    private final SpeciesSet solid;
    private final int[] slots;
    private final int[] neighbors;
    private final int[] row;
    private final double[][] displacements;

    /** By site: its place in {@link #reached}, none where it has none. */
    private final SiteNumbers numbers;

    private int bound;

    /** Sites above the compact part, by rising distance. */
    private final IntArrayList reached = new IntArrayList();

    private final IntArrayList distance = new IntArrayList();
    private int[] parent = new int[0];
    private int[] farthest = new int[0];

    private final IntArrayList queue = new IntArrayList();
    private final IntOpenHashSet seen = new IntOpenHashSet();
    private double[] offsets = new double[0];

    private int dendrites;
    private int branches;
    private int branchPoints;
    private double angles;
    private int measuredAngles;

    /** @throws IllegalArgumentException if the lattice is two-dimensional */
    public Branches(LatticeGeometry geometry, SpeciesSet solid) {
        this(geometry, solid, new SiteNumbers());
    }

    /** The same, with numbers that are lent to other measures as well. */
    public Branches(LatticeGeometry geometry, SpeciesSet solid, SiteNumbers numbers) {
        if (geometry.layerCount() < 2) {
            throw new IllegalArgumentException(
                    "lattice " + geometry.kind() + ": branches need a three-dimensional lattice");
        }
        this.stacks = new Stacks(geometry);
        this.solid = solid;
        this.numbers = numbers;
        slots = NearestShells.slots(geometry);
        neighbors = new int[geometry.neighborCount()];
        row = stacks.row();
        displacements = new double[geometry.basisSize() * neighbors.length][];
        for (int b = 0; b < geometry.basisSize(); b++) {
            for (int k : slots) {
                displacements[b * neighbors.length + k] = geometry.displacementNm(b, k);
            }
        }
    }

    /** Measures {@code view}, which must have the geometry given. */
    public Branches measure(LatticeView view) {
        return measure(view, new LayerCensus(stacks.geometry()).measure(view));
    }

    /** The same where a census of {@code view} is at hand. */
    public Branches measure(LatticeView view, LayerCensus census) {
        spread(view, census);
        merge();
        return this;
    }

    /** Finds the distances, breadth first. */
    private void spread(LatticeView view, LayerCensus census) {
        reached.clear();
        distance.clear();
        LatticeGeometry geometry = stacks.geometry();
        int layers = census.layersInUse(solid);
        int compact = 0;
        while (compact < layers && 2 * census.count(compact, solid) >= stacks.count()) {
            compact++;
        }
        bound = geometry.endOfLayers(layers);
        int[] place = numbers.begin(bound);
        for (int layer = compact; layer < layers; layer++) {
            for (int first = 0; first < stacks.count(); first += row.length) {
                stacks.sites(layer, first, row);
                for (int site : row) {
                    if (solid.contains(view.species(site)) && standsOn(view, site, compact)) {
                        reach(site, 1);
                    }
                }
            }
        }
        for (int i = 0; i < reached.size(); i++) {
            geometry.neighbors(reached.getInt(i), neighbors);
            for (int k : slots) {
                int next = neighbors[k];
                if (next >= 0
                        && solid.contains(view.species(next))
                        && place[next] < 0
                        && geometry.layer(next) >= compact) {
                    reach(next, distance.getInt(i) + 1);
                }
            }
        }
    }

    private void reach(int site, int steps) {
        numbers.last()[site] = reached.size();
        reached.add(site);
        distance.add(steps);
    }

    private boolean standsOn(LatticeView view, int site, int compact) {
        LatticeGeometry geometry = stacks.geometry();
        geometry.neighbors(site, neighbors);
        for (int k : slots) {
            int other = neighbors[k];
            boolean below = other >= 0
                    ? geometry.layer(other) < compact && solid.contains(view.species(other))
                    : geometry.layerStep(geometry.basis(site), k) < 0;
            if (below) {
                return true;
            }
        }
        return false;
    }

    /** −1 for what lies outside the box or above all that is solid, too. */
    private int placeOf(int site) {
        return site < 0 || site >= bound ? -1 : numbers.last()[site];
    }

    /** Joins what has been reached, from the farthest sites inwards. */
    private void merge() {
        int n = reached.size();
        if (parent.length < n) {
            parent = new int[n + n / 2];
            farthest = new int[parent.length];
        }
        Arrays.fill(parent, 0, n, -1);
        dendrites = 0;
        branches = 0;
        branchPoints = 0;
        angles = 0;
        measuredAngles = 0;
        for (int i = n - 1; i >= 0; i--) {
            parent[i] = i;
            farthest[i] = distance.getInt(i);
            for (int k : slots) {
                int other = stacks.geometry().neighbor(reached.getInt(i), k);
                int j = placeOf(other);
                if (j >= 0 && parent[j] >= 0) {
                    join(i, root(i), root(j));
                }
            }
        }
        for (int i = 0; i < n; i++) {
            if (parent[i] == i && farthest[i] >= LEAST_STEPS) {
                dendrites++;
                branches++;
            }
        }
    }

    private int root(int at) {
        int i = at;
        while (parent[i] != i) {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        return i;
    }

    private void join(int where, int a, int b) {
        if (a == b) {
            return;
        }
        int shorter = farthest[a] < farthest[b] ? a : b;
        int longer = shorter == a ? b : a;
        if (farthest[shorter] - distance.getInt(where) >= LEAST_STEPS) {
            branches++;
            branchPoints++;
            double angle = angle(where, a, b);
            if (!Double.isNaN(angle)) {
                angles += angle;
                measuredAngles++;
            }
        }
        parent[shorter] = longer;
    }

    /** Between the arms a and b that meet at a site, degrees. Looks at sites within reach of the arms alone. */
    private double angle(int where, int a, int b) {
        double[] sums = new double[16];
        queue.clear();
        seen.clear();
        queue.add(where);
        seen.add(where);
        offsets = ensured(offsets, 3);
        Arrays.fill(offsets, 0, 3, 0);
        int start = distance.getInt(where);
        for (int next = 0; next < queue.size(); next++) {
            int i = queue.getInt(next);
            int site = reached.getInt(i);
            int basis = stacks.geometry().basis(site);
            for (int k : slots) {
                int other = stacks.geometry().neighbor(site, k);
                int j = placeOf(other);
                if (j < 0 || parent[j] < 0 || distance.getInt(j) - start > ARM_STEPS || !seen.add(j)) {
                    continue;
                }
                double[] d = displacements[basis * neighbors.length + k];
                int at = 3 * queue.size();
                offsets = ensured(offsets, at + 3);
                for (int axis = 0; axis < 3; axis++) {
                    offsets[at + axis] = offsets[3 * next + axis] + d[axis];
                }
                queue.add(j);
                int arm = root(j) == a ? 0 : root(j) == b ? 1 : -1;
                int part = (distance.getInt(j) - start - 1) / LEAST_STEPS;
                // An arm of less than two parts has its end in the first; its direction is that from the branch point.
                if (arm >= 0 && distance.getInt(j) > start && part != 1) {
                    int sum = 8 * arm + (part == 0 ? 0 : 4);
                    for (int axis = 0; axis < 3; axis++) {
                        sums[sum + axis] += offsets[at + axis];
                    }
                    sums[sum + 3]++;
                }
            }
        }
        double[] first = direction(sums, 0);
        double[] second = direction(sums, 8);
        double dot = first[0] * second[0] + first[1] * second[1] + first[2] * second[2];
        return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, dot))));
    }

    /** From the first part of an arm to its last, or from the branch point to the first where there is no more. */
    private static double[] direction(double[] sums, int from) {
        double[] d = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double near = sums[from + axis] / sums[from + 3];
            d[axis] = sums[from + 7] == 0 ? near : sums[from + 4 + axis] / sums[from + 7] - near;
        }
        double length = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
        for (int axis = 0; axis < 3; axis++) {
            d[axis] /= length;
        }
        return d;
    }

    private static double[] ensured(double[] array, int length) {
        return array.length >= length ? array : Arrays.copyOf(array, Math.max(length, 2 * array.length));
    }

    /** Dendrites: trees of their own that stand on the compact part. */
    public int dendrites() {
        return dendrites;
    }

    /** Branches of all of them, each ending in a tip: at least one each. */
    public int branches() {
        return branches;
    }

    /** Where branches part. */
    public int branchPoints() {
        return branchPoints;
    }

    /** Mean angle between the arms at a branch point, degrees; NaN without any. */
    public double meanAngleDegrees() {
        return angles / measuredAngles;
    }
}
