package dev.kossel.lattice;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Where the site types of a lattice lie, seen from above.
 *
 * <p>A pattern is applied to a set of sites, in any order but without repetition: those of a {@link LayerRange}, of the
 * first growth layer of a substrate, or any list. It writes the type of the sites it hits and leaves the others as they
 * are, so patterns may be laid over one another. x and y are periodic.
 *
 * <p>All patterns are immutable; the same generator state gives the same sites. O(sites) unless stated otherwise.
 */
public sealed interface SitePattern {

    /**
     * Writes the site types.
     *
     * @param lattice one with room for site types, see {@link Lattice#withSiteTypes}
     * @throws IllegalArgumentException if it has no room, or the pattern does not fit the box
     */
    void apply(Lattice lattice, int[] sites, UniformRandomProvider rng);

    /** Every site; with a list of sites, those of the list. Draws nothing. */
    record All(int siteType) implements SitePattern {
        public All {
            requireType(siteType);
        }

        @Override
        public void apply(Lattice lattice, int[] sites, UniformRandomProvider rng) {
            requireRoom(lattice);
            for (int site : sites) {
                lattice.setSiteType(site, siteType);
            }
        }
    }

    /**
     * Sites drawn by lot in exact proportions. Of n sites a share f gets round(n f), by the method of largest remainders,
     * so that the counts add up; what the shares leave of 1 stays as it is. One draw for each site that gets a type;
     * allocates 4 bytes a site.
     */
    record Random(List<Share> shares) implements SitePattern {

        /** @param fraction of the sites that get the type, 0 … 1 */
        public record Share(int siteType, double fraction) {
            public Share {
                requireType(siteType);
                if (!(fraction >= 0 && fraction < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("fraction " + fraction + " of site type " + siteType
                            + ": expected a finite number, not negative");
                }
            }
        }

        /** @throws IllegalArgumentException if the fractions add up to more than 1 */
        public Random {
            shares = List.copyOf(shares);
            double sum = sum(shares);
            if (sum > 1 + 1e-9) {
                throw new IllegalArgumentException(
                        "fractions " + shares + " add up to " + sum + ": expected at most 1");
            }
        }

        /**
         * All sites in the proportion of the weights, as 1 : 1 : 2 : 4 for top-on-V, top-on-N, hollow and bridge sites on a
         * rock-salt (100) face.
         *
         * @param weights shares whose fractions may have any sum above 0
         */
        public static Random weighted(List<Share> weights) {
            double sum = sum(weights);
            if (!(sum > 0)) {
                throw new IllegalArgumentException(
                        "weights " + weights + " add up to " + sum + ": expected more than 0");
            }
            return new Random(weights.stream()
                    .map(share -> new Share(share.siteType, share.fraction / sum))
                    .toList());
        }

        private static double sum(List<Share> shares) {
            return shares.stream().mapToDouble(Share::fraction).sum();
        }

        @Override
        public void apply(Lattice lattice, int[] sites, UniformRandomProvider rng) {
            requireRoom(lattice);
            int[] urn = sites.clone();
            int[] counts = counts(urn.length);
            int drawn = 0;
            for (int share = 0; share < counts.length; share++) {
                for (int i = 0; i < counts[share]; i++) {
                    int pick = drawn + rng.nextInt(urn.length - drawn);
                    lattice.setSiteType(urn[pick], shares.get(share).siteType);
                    urn[pick] = urn[drawn++];
                }
            }
        }

        private int[] counts(int sites) {
            int parts = shares.size() + 1;
            double[] remainder = new double[parts];
            int[] counts = new int[parts];
            int missing = sites;
            for (int part = 0; part < parts; part++) {
                double fraction = part < shares.size() ? shares.get(part).fraction : Math.max(0, 1 - sum(shares));
                // Without the allowance a third of 3 would be none and a remainder of almost 1.
                counts[part] = (int) Math.min(missing, Math.floor(fraction * sites + 1e-9));
                remainder[part] = fraction * sites - counts[part];
                missing -= counts[part];
            }
            for (; missing > 0; missing--) {
                int largest = 0;
                for (int part = 1; part < parts; part++) {
                    largest = remainder[part] > remainder[largest] + 1e-9 ? part : largest;
                }
                counts[largest]++;
                remainder[largest]--;
            }
            return Arrays.copyOf(counts, shares.size());
        }
    }

    /**
     * The squares of a chessboard, the one at the corner of the box of the first type. Their edges are rounded, along x and
     * y, so that a whole even number of them fits the box; across a box one cell wide there is one. Draws nothing.
     *
     * @param squareNm the edge of a square, nm; at most a box edge
     */
    record Checkerboard(int firstType, int secondType, double squareNm) implements SitePattern {
        public Checkerboard {
            requireType(firstType);
            requireType(secondType);
            requireLength("square edge", squareNm);
        }

        @Override
        public void apply(Lattice lattice, int[] sites, UniformRandomProvider rng) {
            requireRoom(lattice);
            LatticeGeometry geometry = lattice.geometry();
            double width = geometry.widthNm();
            double depth = geometry.depthNm();
            int alongX = geometry.cellsX() == 1 ? 1 : 2 * periods("pair of squares", 2 * squareNm, width);
            int alongY = geometry.cellsY() == 1 ? 1 : 2 * periods("pair of squares", 2 * squareNm, depth);
            for (int site : sites) {
                int square = (int) (geometry.xNm(site) / width * alongX + Face.EDGE)
                        + (int) (geometry.yNm(site) / depth * alongY + Face.EDGE);
                lattice.setSiteType(site, square % 2 == 0 ? firstType : secondType);
            }
        }
    }

    /** An edge of the box. */
    enum Axis {
        X,
        Y
    }

    /**
     * Parallel stripes, the first with its edge on the edge of the box. Draws nothing.
     *
     * @param widthNm the width of a stripe, nm; at most the period
     * @param periodNm from one stripe to the next, nm, rounded so that a whole number fits the box
     * @param along the edge of the box that the stripes run along
     */
    record Stripes(int siteType, double widthNm, double periodNm, Axis along) implements SitePattern {
        public Stripes {
            requireType(siteType);
            requireLength("stripe width", widthNm);
            requireLength("stripe period", periodNm);
            if (widthNm > periodNm) {
                throw new IllegalArgumentException(
                        "stripe width " + widthNm + " nm: expected at most the period, " + periodNm + " nm");
            }
        }

        @Override
        public void apply(Lattice lattice, int[] sites, UniformRandomProvider rng) {
            requireRoom(lattice);
            LatticeGeometry geometry = lattice.geometry();
            double edge = along == Axis.X ? geometry.depthNm() : geometry.widthNm();
            int stripes = periods("stripe period", periodNm, edge);
            double period = edge / stripes;
            for (int site : sites) {
                double across = (along == Axis.X ? geometry.yNm(site) : geometry.xNm(site)) / period;
                double phase = across - Math.floor(across + Face.EDGE);
                if (phase * period < widthNm - Face.EDGE * geometry.latticeConstantNm()) {
                    lattice.setSiteType(site, siteType);
                }
            }
        }
    }

    /** Round areas. O(sites + columns of the discs). */
    record Discs(int siteType, double radiusNm, Placement centres) implements SitePattern {
        public Discs {
            requireType(siteType);
            requireLength("disc radius", radiusNm);
        }

        @Override
        public void apply(Lattice lattice, int[] sites, UniformRandomProvider rng) {
            requireRoom(lattice);
            LatticeGeometry geometry = lattice.geometry();
            double[] relief = new Face(geometry).relief(centres.points(geometry, rng), radiusNm, Form.CYLINDER);
            for (int site : sites) {
                if (relief[geometry.column(site)] > 0) {
                    lattice.setSiteType(site, siteType);
                }
            }
        }
    }

    /**
     * A grain boundary: a strip parallel to z along a straight line through a point. At 0° and 90° it closes on itself over
     * the periodic edges; at other angles it is one straight piece, cut half a box from the point. Draws nothing.
     *
     * @param angleDegrees between the line and x, counter-clockwise seen from above
     * @param widthNm the width of the strip, nm; sites half of it from the line belong to it
     */
    record GrainBoundary(int siteType, Placement.Point through, double angleDegrees, double widthNm)
            implements SitePattern {
        public GrainBoundary {
            requireType(siteType);
            requireLength("width of the grain boundary", widthNm);
            if (!Double.isFinite(angleDegrees)) {
                throw new IllegalArgumentException("angle " + angleDegrees + "°: expected a finite number");
            }
        }

        @Override
        public void apply(Lattice lattice, int[] sites, UniformRandomProvider rng) {
            requireRoom(lattice);
            LatticeGeometry geometry = lattice.geometry();
            Face face = new Face(geometry);
            double sine = Math.sin(Math.toRadians(angleDegrees));
            double cosine = Math.cos(Math.toRadians(angleDegrees));
            double reach = widthNm / 2 + Face.EDGE * geometry.latticeConstantNm();
            for (int site : sites) {
                double dx = face.alongXNm(geometry.xNm(site) - through.xNm());
                double dy = face.alongYNm(geometry.yNm(site) - through.yNm());
                if (Math.abs(cosine * dy - sine * dx) <= reach) {
                    lattice.setSiteType(site, siteType);
                }
            }
        }
    }

    /**
     * A picture stretched over the box: a site under a pixel of value v gets the type with probability v. Pixels of 0 and 1
     * decide without drawing; others draw one number a site, in the order of the sites.
     *
     * @param pixelsX pixels along x
     * @param pixelsY pixels along y
     * @param values {@code pixelsX · pixelsY} numbers 0 … 1 in rows along x, the first row at y = 0 (a picture seen from
     *     above has it at the bottom); not copied
     */
    record Mask(int siteType, int pixelsX, int pixelsY, double[] values) implements SitePattern {
        public Mask {
            requireType(siteType);
            if (pixelsX < 1 || pixelsY < 1 || (long) pixelsX * pixelsY != values.length) {
                throw new IllegalArgumentException("mask of " + pixelsX + " × " + pixelsY + " pixels with "
                        + values.length + " values: expected one value a pixel");
            }
            for (int pixel = 0; pixel < values.length; pixel++) {
                if (!(values[pixel] >= 0 && values[pixel] <= 1)) {
                    throw new IllegalArgumentException("mask pixel (" + pixel % pixelsX + ", " + pixel / pixelsX
                            + ") = " + values[pixel] + ": expected a number from 0 to 1");
                }
            }
        }

        /** A mask of nothing between: the type lies where {@code set} is true. */
        public static Mask of(int siteType, int pixelsX, int pixelsY, boolean[] set) {
            double[] values = new double[set.length];
            Arrays.setAll(values, pixel -> set[pixel] ? 1 : 0);
            return new Mask(siteType, pixelsX, pixelsY, values);
        }

        @Override
        public void apply(Lattice lattice, int[] sites, UniformRandomProvider rng) {
            requireRoom(lattice);
            LatticeGeometry geometry = lattice.geometry();
            for (int site : sites) {
                int x = (int) (geometry.xNm(site) / geometry.widthNm() * pixelsX + Face.EDGE);
                int y = (int) (geometry.yNm(site) / geometry.depthNm() * pixelsY + Face.EDGE);
                double value = values[Math.min(y, pixelsY - 1) * pixelsX + Math.min(x, pixelsX - 1)];
                if (value == 1 || (value > 0 && rng.nextDouble() < value)) {
                    lattice.setSiteType(site, siteType);
                }
            }
        }
    }

    /**
     * Sites one by one: for every place the site of the set that lies nearest to it (the first in the set's order, where
     * several do). O(sites · places). Draws nothing.
     */
    record Nearest(int siteType, List<Place> places) implements SitePattern {

        public Nearest {
            requireType(siteType);
            places = List.copyOf(places);
        }

        @Override
        public void apply(Lattice lattice, int[] sites, UniformRandomProvider rng) {
            requireRoom(lattice);
            for (Place place : places) {
                if (sites.length == 0) {
                    throw new IllegalArgumentException("place " + place + ": there is no site to choose from");
                }
                int nearest = place.nearest(lattice.geometry(), sites.length, index -> sites[index]);
                lattice.setSiteType(nearest, siteType);
            }
        }
    }

    private static void requireRoom(Lattice lattice) {
        if (lattice.siteTypeArray().length == 0) {
            throw new IllegalArgumentException("the lattice has no room for site types: expected withSiteTypes()");
        }
    }

    private static void requireType(int siteType) {
        if (siteType < 0 || siteType >= SpeciesSet.SPECIES_LIMIT) {
            throw new IllegalArgumentException("site type " + siteType + ": expected a number from 0 to 126");
        }
    }

    private static void requireLength(String name, double lengthNm) {
        if (!(lengthNm > 0 && lengthNm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + lengthNm + " nm: expected a positive length");
        }
    }

    /** How many periods an edge of the box takes. */
    private static int periods(String name, double periodNm, double edgeNm) {
        long periods = Math.round(edgeNm / periodNm);
        if (periods < 1 || periods > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException(
                    name + " " + periodNm + " nm: does not fit an edge of the box of " + edgeNm + " nm");
        }
        return (int) periods;
    }
}
