package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import java.util.Arrays;
import java.util.List;

/**
 * The facets of a surface: which plane of the crystal each exposed site belongs to, by where the surface faces there.
 *
 * <p>An exposed site (one with a nearest neighbour that is not solid; enclosed voids have a surface, too) belongs to the family of planes whose normal lies
 * nearest to its own, averaged over its surroundings as in {@link SurfaceNormals}, if the angle is at most {@value #REACH_DEGREES}°, and to none
 * (<em>other</em>) beyond. So a terrace with steps on it counts as the terrace, and an edge between facets mostly as other.
 *
 * <p>With f the fraction of the area that a family has and f₀ the same of a sphere (the part of all directions that is assigned to the family), the
 * <em>texture coefficient</em> relative to all families is
 *
 * <pre>
 *   T = (f / f₀) / Σ_families (f / f₀)
 * </pre>
 *
 * in the form of L.-P. Bérubé and G. L'Espérance, J. Electrochem. Soc. 136, 2314 (1989), doi:10.1149/1.2097318, who take intensities of X-rays diffracted by
 * planes parallel to the substrate, and of a powder, where here are areas of the surface, and of a sphere: 1/families each where all directions are alike, 1 for
 * a face alone. NaN where no site belongs to a family.
 *
 * <p>O(sites between the lowest layer that is not full and the highest that is not empty) a measurement; 4 bytes for each site up to there and 35 an exposed one. Allocates only where the exposed sites grow in number.
 * Single-threaded.
 */
public final class Facets {

    /** Beyond this angle from all normals a surface is no facet. */
    public static final double REACH_DEGREES = 15;

    private static final double LEAST_COSINE = Math.cos(Math.toRadians(REACH_DEGREES));

    /** Directions by which the sphere is measured: on 20,000 of them a part is known to better than a thousandth. */
    private static final int DIRECTIONS = 20_000;

    private final SurfaceNormals surface;
    private final double electrodeNm2;
    private final List<PlaneFamily> families;
    private final double[] onSphere;
    private final double[] areaNm2;
    private byte[] family = new byte[0];
    private double totalNm2;

    /**
     * @param geometry of what is measured
     * @param solid what has a surface
     * @throws IllegalArgumentException if the lattice is two-dimensional
     */
    public Facets(LatticeGeometry geometry, SpeciesSet solid) {
        this(geometry, solid, new SiteNumbers());
    }

    /** The same, with numbers that are lent to other measures as well. */
    public Facets(LatticeGeometry geometry, SpeciesSet solid, SiteNumbers numbers) {
        families = PlaneFamily.of(geometry);
        surface = new SurfaceNormals(new Stacks(geometry), solid, solid.complement(), numbers);
        electrodeNm2 = geometry.widthNm() * geometry.depthNm();
        areaNm2 = new double[families.size() + 1];
        onSphere = new double[families.size() + 1];
        for (int i = 0; i < DIRECTIONS; i++) {
            // A spiral from pole to pole with equal areas a turn of the golden angle apart.
            double z = 1 - (2 * i + 1.0) / DIRECTIONS;
            double angle = i * Math.PI * (3 - Math.sqrt(5));
            double r = Math.sqrt(1 - z * z);
            onSphere[nearest(r * Math.cos(angle), r * Math.sin(angle), z)] += 1.0 / DIRECTIONS;
        }
    }

    /** Names of the families of planes of a lattice, the closest-packed first, as in {@code 002}. */
    public static List<String> families(LatticeGeometry geometry) {
        return PlaneFamily.of(geometry).stream().map(PlaneFamily::name).toList();
    }

    /** Measures {@code view}, which must have the geometry given. */
    public Facets measure(LatticeView view) {
        surface.measure(view);
        assign();
        return this;
    }

    /** The same where a census of {@code view} is at hand. */
    public Facets measure(LatticeView view, LayerCensus census) {
        surface.measure(view, census);
        assign();
        return this;
    }

    private void assign() {
        if (family.length < surface.count()) {
            family = new byte[surface.count() + surface.count() / 2];
        }
        Arrays.fill(areaNm2, 0);
        totalNm2 = 0;
        int nearest = families.size();
        for (int i = 0; i < surface.count(); i++) {
            // On a terrace one site faces as the next.
            if (i == 0 || !surface.isParallel(i, i - 1)) {
                nearest = nearest(surface.normal(i, 0), surface.normal(i, 1), surface.normal(i, 2));
            }
            double area = surface.areaNm2(i);
            family[i] = (byte) nearest;
            areaNm2[nearest] += area;
            totalNm2 += area;
        }
    }

    /** The family whose normal is nearest, as many as there are families for none; also of NaN. */
    private int nearest(double x, double y, double z) {
        int nearest = families.size();
        double largest = LEAST_COSINE;
        for (int f = 0; f < families.size(); f++) {
            double cosine = families.get(f).cosine(x, y, z);
            if (cosine >= largest) {
                largest = cosine;
                nearest = f;
            }
        }
        return nearest;
    }

    /** How many sites are exposed. */
    public int exposedCount() {
        return surface.count();
    }

    /** The {@code i}-th of them, from the bottom layer upwards. */
    public int exposedSite(int i) {
        return surface.site(i);
    }

    /** The family of the {@code i}-th exposed site: its place in {@link #families}, or as many as there are for other. */
    public int family(int i) {
        return family[i];
    }

    /** The family of a site, as above; −1 if it is not exposed. */
    public int familyOfSite(int site) {
        int i = surface.index(site);
        return i < 0 ? -1 : family[i];
    }

    /** Area of the surface from its vector areas, over that of the electrode seen from above: 1 for a flat face. */
    public double areaRatio() {
        return totalNm2 / electrodeNm2;
    }

    /** Area of a family's facets over that of the surface; the place after the last family is other. NaN without a surface. */
    public double fraction(int family) {
        return areaNm2[family] / totalNm2;
    }

    /** f₀: the same of a sphere. */
    public double fractionOfSphere(int family) {
        return onSphere[family];
    }

    /** T, 0 … 1. */
    public double textureCoefficient(int family) {
        double sum = 0;
        for (int f = 0; f < families.size(); f++) {
            sum += areaNm2[f] / onSphere[f];
        }
        return areaNm2[family] / onSphere[family] / sum;
    }
}
