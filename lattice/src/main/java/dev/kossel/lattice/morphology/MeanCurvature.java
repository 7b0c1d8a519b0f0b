package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.ints.Int2ShortOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/**
 * How the mean curvature H of the surface is distributed, as tomography reports it: positive on tips, negative in hollows, 1/r on a ball of radius r, 0 on a
 * plane and on a minimal surface.
 *
 * <p>From the volume V of the solid within a ball of radius R about a point of the surface,
 *
 * <pre>
 *   H = (4 / (π R⁴)) · (2π R³ / 3 − V)
 * </pre>
 *
 * which is exact for a plane and for a ball, and but for terms of higher order in R otherwise (H. Pottmann et al., Comput. Aided Geom. Des. 26, 37 (2009),
 * doi:10.1016/j.cagd.2008.01.002). A surface of sites lies between the exposed ones and their neighbours that are not solid: V is the mean of that about
 * either, and H of a site the mean over such pairs of it and of its nearest neighbours. So H = 0 on a flat face. R is {@value #RADIUS_SPACINGS} nearest-neighbour distances: what is more sharply curved comes out as 1/R about, and
 * |H| is at most 8/(3R).
 *
 * <p>Of {@value #MOST_SITES} exposed sites or fewer all are measured, of more evenly every second, third …, which is enough for a distribution; each counts
 * as its pairs do. The solid goes on below the box and ends at its top. A ball is counted column by column, each column a run of bits that is read once a
 * measurement: O(exposed sites measured · columns of a ball). Keeps a bit a site of the layers about the surface, at least 8 bytes a column. Single-threaded.
 */
public final class MeanCurvature {

    /** R in nearest-neighbour distances. */
    public static final double RADIUS_SPACINGS = 4;

    /** Exposed sites of which all are measured. */
    public static final int MOST_SITES = 2_000;

    /** Bins of the distribution, from −8/(3R) to 8/(3R): an odd number, so that what is flat lies in the middle of one. */
    public static final int BINS = 41;

    /** Of a ball that has not been counted. A ball holds some hundred sites. */
    private static final short UNKNOWN = -1;

    private final LatticeGeometry geometry;
    private final SpeciesSet solid;
    private final int[] slots;
    private final int[] neighbors;
    private final boolean[] climbs;

    /** By basis atom: the columns of the ball about it, each as cells along x and y, basis atom, lowest and highest cell along z, all but the basis atom relative. */
    private final int[][] ball;

    /** By basis atom: sites of the ball about it. */
    private final int[] ballSites;

    /** The farthest that a column of a ball goes up or down, in cells. */
    private final int reach;

    private final double radiusNm;
    private final double largest;
    private final double perShare;

    /** Solid sites in the balls that have been counted: neighbours look from the same sites. Not kept between measurements. */
    private Int2ShortOpenHashMap insideOf = new Int2ShortOpenHashMap(0);

    /** In the last measurement. */
    private int ballsCounted;

    private final SiteColumns columns;

    private final long[] weights = new long[BINS];
    private long total;
    private int pairs;
    private double shares;
    private double mean;
    private double deviation;

    /** @throws IllegalArgumentException if the lattice is two-dimensional */
    public MeanCurvature(LatticeGeometry geometry, SpeciesSet solid) {
        if (geometry.layerCount() < 2) {
            throw new IllegalArgumentException(
                    "lattice " + geometry.kind() + ": a curvature needs a three-dimensional lattice");
        }
        this.geometry = geometry;
        this.solid = solid;
        slots = NearestShells.slots(geometry);
        neighbors = new int[geometry.neighborCount()];
        climbs = new boolean[geometry.basisSize() * neighbors.length];
        for (int b = 0; b < geometry.basisSize(); b++) {
            for (int k : slots) {
                climbs[b * neighbors.length + k] = geometry.layerStep(b, k) > 0;
            }
        }
        radiusNm = RADIUS_SPACINGS * NearestShells.distanceNm(geometry);
        largest = 8 / (3 * radiusNm);
        // The share of the ball that is solid times its volume: the sites need not fill it evenly.
        perShare = 4 / (Math.PI * Math.pow(radiusNm, 4)) * (4 * Math.PI / 3 * Math.pow(radiusNm, 3));
        ball = new int[geometry.basisSize()][];
        ballSites = new int[ball.length];
        int farthest = 0;
        int span = 0;
        for (int b = 0; b < ball.length; b++) {
            ball[b] = ball(b);
            for (int i = 0; i < ball[b].length; i += SiteColumns.NUMBERS) {
                int low = ball[b][i + 3];
                int high = ball[b][i + 4];
                ballSites[b] += high - low + 1;
                farthest = Math.max(farthest, Math.max(-low, high));
                span = Math.max(span, Math.max(Math.abs(ball[b][i]), Math.abs(ball[b][i + 1])));
            }
        }
        reach = farthest;
        columns = new SiteColumns(geometry, 2 + span);
    }

    private int[] ball(int from) {
        double[] cellNm = {
            geometry.widthNm() / geometry.cellsX(),
            geometry.depthNm() / geometry.cellsY(),
            geometry.heightNm() / geometry.cellsZ()
        };
        int a = geometry.site(0, 0, 0, from);
        IntArrayList found = new IntArrayList();
        int[] within = new int[3];
        Arrays.setAll(within, axis -> 1 + (int) (radiusNm / cellNm[axis]));
        for (int y = -within[1]; y <= within[1]; y++) {
            for (int x = -within[0]; x <= within[0]; x++) {
                for (int to = 0; to < geometry.basisSize(); to++) {
                    int b = geometry.site(0, 0, 0, to);
                    double dx = geometry.xNm(b) - geometry.xNm(a) + x * cellNm[0];
                    double dy = geometry.yNm(b) - geometry.yNm(a) + y * cellNm[1];
                    double dz = geometry.zNm(b) - geometry.zNm(a);
                    int low = Integer.MAX_VALUE;
                    int high = Integer.MIN_VALUE;
                    for (int z = -within[2]; z <= within[2]; z++) {
                        double up = dz + z * cellNm[2];
                        if (dx * dx + dy * dy + up * up < radiusNm * radiusNm * (1 + 1e-9)) {
                            low = Math.min(low, z);
                            high = z;
                        }
                    }
                    if (low <= high) {
                        found.addElements(found.size(), new int[] {x, y, to, low, high});
                    }
                }
            }
        }
        return found.toIntArray();
    }

    /**
     * Measures {@code view}, which must have the geometry given.
     *
     * @param surface that has last measured the same view
     */
    public MeanCurvature measure(LatticeView view, Surface surface) {
        Arrays.fill(weights, 0);
        total = 0;
        double sum = 0;
        double squares = 0;
        int step = 1 + (surface.exposedCount() - 1) / MOST_SITES;
        int lowest = geometry.cellsZ();
        int highest = 0;
        for (int i = 0; i < surface.exposedCount(); i += step) {
            int cell = geometry.cellZ(surface.exposedSite(i));
            lowest = Math.min(lowest, cell);
            highest = Math.max(highest, cell);
        }
        forget(view, lowest, highest);
        for (int i = 0; i < surface.exposedCount(); i += step) {
            lookAround(view, surface.exposedSite(i));
            double curvature = perShare * (0.5 - shares / pairs);
            total += pairs;
            sum += pairs * curvature;
            squares += pairs * curvature * curvature;
            int bin = (int) ((curvature + largest) / (2 * largest) * BINS);
            weights[Math.max(0, Math.min(BINS - 1, bin))] += pairs;
        }
        ballsCounted = insideOf.size();
        insideOf = new Int2ShortOpenHashMap(0);
        mean = sum / total;
        deviation = Math.sqrt(Math.max(0, squares / total - mean * mean));
        return this;
    }

    /** H at an exposed site of {@code view}, nm⁻¹; NaN if neither it nor a nearest neighbour is exposed. */
    public double at(LatticeView view, int site) {
        forget(view, geometry.cellZ(site), geometry.cellZ(site));
        lookAround(view, site);
        return perShare * (0.5 - shares / pairs);
    }

    /** Makes ready for sites of these cells along z, and their nearest neighbours' nearest neighbours. */
    private void forget(LatticeView view, int lowestCell, int highestCell) {
        insideOf = new Int2ShortOpenHashMap(ballsCounted);
        columns.begin(lowestCell - reach - 2, highestCell + reach + 2, site -> solid.contains(view.species(site)));
    }

    /** Sums up the pairs across the surface of a site and of its solid nearest neighbours. */
    private void lookAround(LatticeView view, int site) {
        pairs = 0;
        shares = 0;
        addPairs(view, site);
        for (int k : slots) {
            int neighbor = geometry.neighbor(site, k);
            if (neighbor >= 0 && solid.contains(view.species(neighbor))) {
                addPairs(view, neighbor);
            }
        }
    }

    private void addPairs(LatticeView view, int site) {
        geometry.neighbors(site, neighbors);
        int base = geometry.basis(site) * neighbors.length;
        double own = Double.NaN;
        for (int k : slots) {
            int neighbor = neighbors[k];
            boolean outside = neighbor >= 0 ? !solid.contains(view.species(neighbor)) : climbs[base + k];
            if (!outside) {
                continue;
            }
            if (Double.isNaN(own)) {
                own = share(site);
            }
            // Above the box there is no site to look from: as if the surface were flat there.
            shares += neighbor < 0 ? 0.5 : 0.5 * (own + share(neighbor));
            pairs++;
        }
    }

    /** Which part of the sites of the ball about a site is solid: they need not fill it evenly. */
    private double share(int site) {
        int basis = geometry.basis(site);
        int inside = insideOf.getOrDefault(site, UNKNOWN);
        if (inside < 0) {
            inside = columns.count(ball[basis], geometry.cellX(site), geometry.cellY(site), geometry.cellZ(site));
            insideOf.put(site, (short) inside);
        }
        return (double) inside / ballSites[basis];
    }

    /** ⟨H⟩ over the exposed sites, nm⁻¹; NaN without a surface. */
    public double meanPerNm() {
        return mean;
    }

    /** Standard deviation of H, nm⁻¹. */
    public double deviationPerNm() {
        return deviation;
    }

    /** Middle of a bin, nm⁻¹. */
    public double binPerNm(int bin) {
        return largest * ((2 * bin + 1.0) / BINS - 1);
    }

    /** Density of the distribution in a bin, nm: its integral over H is 1; NaN without a surface. */
    public double densityNm(int bin) {
        return weights[bin] / (total * 2 * largest / BINS);
    }
}
