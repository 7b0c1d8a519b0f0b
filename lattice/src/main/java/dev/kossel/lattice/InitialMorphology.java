package dev.kossel.lattice;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A piece of what a box holds at the beginning. Each builds on what the pieces before it have left, with species 0 as the
 * vacant one.
 *
 * <p>Heights are above the <em>surface</em>: the topmost layer that holds anything, one layer below the box if it is empty.
 * A layer belongs to a body if the middle of its thickness does, so heights are rounded to the nearest layer. x and y are
 * periodic.
 *
 * <p>All pieces are immutable; the same generator state gives the same lattice. O(sites), and 8 bytes a column, unless
 * stated otherwise. A piece that does not fit the box is refused before anything is written.
 */
public sealed interface InitialMorphology {

    /**
     * Writes the species.
     *
     * @throws IllegalArgumentException if the piece does not fit the box
     */
    void apply(Lattice lattice, UniformRandomProvider rng);

    /**
     * Full atomic layers: fills every vacant site up to {@code count} layers above the surface. On an empty box a flat
     * substrate; on a rough surface its hollows are filled as well. Draws nothing.
     */
    record FullLayers(int species, int count) implements InitialMorphology {
        public FullLayers {
            requireSpecies(species);
            if (count < 1) {
                throw new IllegalArgumentException("layers " + count + ": expected at least 1");
            }
        }

        @Override
        public void apply(Lattice lattice, UniformRandomProvider rng) {
            LatticeGeometry geometry = lattice.geometry();
            int surface = surfaceLayer(lattice);
            if (count > geometry.layerCount() - 1 - surface) {
                throw new IllegalArgumentException("layers " + count + ": there is room for "
                        + (geometry.layerCount() - 1 - surface) + " above the surface");
            }
            for (int site = 0; site < geometry.siteCount(); site++) {
                if (lattice.species(site) == 0 && geometry.layer(site) <= surface + count) {
                    lattice.setSpecies(site, species);
                }
            }
        }
    }

    /**
     * A rough surface: heights h over the old surface from a Gaussian random field of given mean, standard deviation and
     * autocorrelation ⟨δh(0) δh(r)⟩ = σ² exp(−r²/ξ²). Where h is negative the old surface is cut away.
     *
     * <p>White noise, one value a cell, is smoothed by exp(−2r²/ξ²) over the periodic cells, then shifted and scaled so that
     * its mean and standard deviation are exact (Garcia and Stoll 1984, doi:10.1103/PhysRevLett.52.1798); rounding to whole
     * layers of thickness d adds d²/12 to σ². Two draws a cell. O(sites + cells of a layer · ξ in cells).
     *
     * @param species what is added
     * @param meanNm mean height added, nm
     * @param rmsNm σ, nm
     * @param correlationNm ξ, nm, at most a quarter of a box edge; 0 for independent cells
     */
    record Rough(int species, double meanNm, double rmsNm, double correlationNm) implements InitialMorphology {
        public Rough {
            requireSpecies(species);
            requireNotNegative("mean height", meanNm);
            requireNotNegative("RMS roughness", rmsNm);
            requireNotNegative("correlation length", correlationNm);
        }

        @Override
        public void apply(Lattice lattice, UniformRandomProvider rng) {
            LatticeGeometry geometry = lattice.geometry();
            requireCorrelationFits(geometry.cellsX(), geometry.widthNm());
            requireCorrelationFits(geometry.cellsY(), geometry.depthNm());
            double[] field = field(geometry, rng);
            double surface = heightNm(geometry, surfaceLayer(lattice));
            double[] height = new double[geometry.columnCount()];
            for (int column = 0; column < height.length; column++) {
                int site = geometry.columnSite(column, 0);
                height[column] = surface + field[geometry.cellY(site) * geometry.cellsX() + geometry.cellX(site)];
            }
            requireInside("rough surface", geometry, height);
            cut(lattice, height);
            fill(lattice, species, height);
        }

        private void requireCorrelationFits(int cells, double edgeNm) {
            if (cells > 1 && correlationNm > edgeNm / 4) {
                throw new IllegalArgumentException("correlation length " + correlationNm
                        + " nm: expected at most a quarter of an edge of the box, " + edgeNm / 4 + " nm");
            }
        }

        private double[] field(LatticeGeometry geometry, UniformRandomProvider rng) {
            int cellsX = geometry.cellsX();
            int cellsY = geometry.cellsY();
            double[] noise = new double[cellsX * cellsY];
            // Box and Muller; 1 − u lies in (0, 1], where the logarithm is finite.
            Arrays.setAll(
                    noise,
                    cell -> Math.sqrt(-2 * Math.log(1 - rng.nextDouble())) * Math.cos(2 * Math.PI * rng.nextDouble()));
            double[] field = smooth(noise, cellsX, 1, geometry.widthNm() / cellsX);
            field = smooth(field, cellsY, cellsX, geometry.depthNm() / cellsY);
            double mean = Arrays.stream(field).average().orElseThrow();
            double variance = Arrays.stream(field)
                    .map(h -> (h - mean) * (h - mean))
                    .average()
                    .orElseThrow();
            double scale = variance > 0 ? rmsNm / Math.sqrt(variance) : 0;
            return Arrays.stream(field).map(h -> meanNm + scale * (h - mean)).toArray();
        }

        /** Along the axis of {@code cells} cells whose numbers differ by {@code stride} from one to the next. */
        private double[] smooth(double[] field, int cells, int stride, double cellNm) {
            // Beyond 3 ξ the kernel is below 2e-8.
            int reach = (int) Math.min(Math.ceil(3 * correlationNm / cellNm), (cells - 1) / 2);
            double[] kernel = new double[reach + 1];
            Arrays.setAll(kernel, i -> i == 0 ? 1 : Math.exp(-2 * Math.pow(i * cellNm / correlationNm, 2)));
            double[] smoothed = new double[field.length];
            for (int cell = 0; cell < field.length; cell++) {
                int position = cell / stride % cells;
                for (int i = -reach; i <= reach; i++) {
                    int other = Math.floorMod(position + i, cells);
                    smoothed[cell] += kernel[Math.abs(i)] * field[cell + (other - position) * stride];
                }
            }
            return smoothed;
        }
    }

    /** Round pits cut into the surface. */
    record Pits(Form form, double radiusNm, double depthNm, Placement places) implements InitialMorphology {
        public Pits {
            requirePositive("radius of a pit", radiusNm);
            requirePositive("depth of a pit", depthNm);
        }

        @Override
        public void apply(Lattice lattice, UniformRandomProvider rng) {
            LatticeGeometry geometry = lattice.geometry();
            double surface = heightNm(geometry, surfaceLayer(lattice));
            double[] height = heights(lattice, places.points(geometry, rng), radiusNm, -depthNm, form, surface);
            requireInside("pit", geometry, height);
            cut(lattice, height);
        }
    }

    /** Bodies of revolution on the surface: a tip, half balls, discs. Vacant sites beneath them are filled as well. */
    record Protrusion(int species, Form form, double radiusNm, double heightNm, Placement places)
            implements InitialMorphology {
        public Protrusion {
            requireSpecies(species);
            requirePositive("radius of a protrusion", radiusNm);
            requirePositive("height of a protrusion", heightNm);
        }

        @Override
        public void apply(Lattice lattice, UniformRandomProvider rng) {
            LatticeGeometry geometry = lattice.geometry();
            double surface = InitialMorphology.heightNm(geometry, surfaceLayer(lattice));
            double[] height = heights(lattice, places.points(geometry, rng), radiusNm, heightNm, form, surface);
            requireInside("protrusion", geometry, height);
            fill(lattice, species, height);
        }
    }

    /** Balls that rest on the surface. They may overlap; sites already occupied stay what they are. */
    record Particles(int species, double radiusNm, Placement places) implements InitialMorphology {
        public Particles {
            requireSpecies(species);
            requirePositive("radius of a particle", radiusNm);
        }

        @Override
        public void apply(Lattice lattice, UniformRandomProvider rng) {
            LatticeGeometry geometry = lattice.geometry();
            double centre = heightNm(geometry, surfaceLayer(lattice)) + radiusNm;
            List<Placement.Point> points = places.points(geometry, rng);
            requireInside("particle", geometry, new double[] {centre + radiusNm});
            Face face = new Face(geometry);
            for (Placement.Point point : points) {
                face.around(point, radiusNm, (column, distanceNm) -> {
                    for (int step = 0; geometry.columnSite(column, step) >= 0; step++) {
                        int site = geometry.columnSite(column, step);
                        double middle = layerMiddleNm(geometry, geometry.layer(site));
                        if (lattice.species(site) == 0 && Math.hypot(middle - centre, distanceNm) <= radiusNm) {
                            lattice.setSpecies(site, species);
                        }
                    }
                });
            }
        }
    }

    /** Single sites, whatever is there: those nearest to given places. Draws nothing; O(places · sites). */
    record Points(int species, List<Place> places) implements InitialMorphology {
        public Points {
            requireSpecies(species);
            places = List.copyOf(places);
        }

        @Override
        public void apply(Lattice lattice, UniformRandomProvider rng) {
            LatticeGeometry geometry = lattice.geometry();
            for (Place place : places) {
                lattice.setSpecies(place.nearest(geometry, geometry.siteCount(), geometry::siteOfRank), species);
            }
        }
    }

    /**
     * Single sites drawn by lot from the vacant ones above the surface, as ions in a solution: exactly the nearest whole
     * number to {@code fraction} of them. One draw a vacant site (selection sampling, Knuth, TAOCP 2, algorithm 3.4.2 S).
     */
    record Dispersed(int species, double fraction) implements InitialMorphology {
        public Dispersed {
            requireSpecies(species);
            if (!(fraction >= 0 && fraction <= 1)) {
                throw new IllegalArgumentException("fraction " + fraction + ": expected 0 to 1");
            }
        }

        @Override
        public void apply(Lattice lattice, UniformRandomProvider rng) {
            LatticeGeometry geometry = lattice.geometry();
            int surface = surfaceLayer(lattice);
            int[] vacant = IntStream.range(0, geometry.siteCount())
                    .map(geometry::siteOfRank)
                    .filter(site -> geometry.layer(site) > surface)
                    .toArray();
            long wanted = Math.round(fraction * vacant.length);
            for (int index = 0; index < vacant.length; index++) {
                if (rng.nextLong(vacant.length - index) < wanted) {
                    lattice.setSpecies(vacant[index], species);
                    wanted--;
                }
            }
        }
    }

    /** The occupancy of another lattice of the same geometry; replaces everything but the site types. Draws nothing. */
    record CopyOf(LatticeView source) implements InitialMorphology {

        @Override
        public void apply(Lattice lattice, UniformRandomProvider rng) {
            if (!source.geometry().equals(lattice.geometry())) {
                throw new IllegalArgumentException(
                        "lattice to copy: " + source.geometry() + ", expected " + lattice.geometry());
            }
            for (int site = 0; site < lattice.geometry().siteCount(); site++) {
                lattice.setSpecies(site, source.species(site));
            }
        }
    }

    /** The topmost layer that holds anything, −1 if the lattice is empty. */
    private static int surfaceLayer(LatticeView lattice) {
        LatticeGeometry geometry = lattice.geometry();
        int top = -1;
        for (int site = 0; site < geometry.siteCount(); site++) {
            if (lattice.species(site) != 0) {
                top = Math.max(top, geometry.layer(site));
            }
        }
        return top;
    }

    /** Height of the upper side of a layer, by convention where its sites are. */
    private static double heightNm(LatticeGeometry geometry, int layer) {
        return layer < 0 ? -geometry.layerSpacingNm() : geometry.layerHeightNm(layer);
    }

    /** Height of the middle of a layer, which reaches down to the sites of the layer below. */
    private static double layerMiddleNm(LatticeGeometry geometry, int layer) {
        return (heightNm(geometry, layer - 1) + heightNm(geometry, layer)) / 2;
    }

    /** By column, the height of bodies at {@code points} over the surface, nm; NaN elsewhere. */
    private static double[] heights(
            Lattice lattice,
            List<Placement.Point> points,
            double radiusNm,
            double heightNm,
            Form form,
            double surfaceNm) {
        double[] height = new Face(lattice.geometry()).relief(points, radiusNm, form);
        Arrays.setAll(height, column -> height[column] < 0 ? Double.NaN : surfaceNm + heightNm * height[column]);
        return height;
    }

    /** Fills the vacant sites below the given heights, by column; NaN leaves a column alone. */
    private static void fill(Lattice lattice, int species, double[] heightNm) {
        LatticeGeometry geometry = lattice.geometry();
        for (int site = 0; site < geometry.siteCount(); site++) {
            if (lattice.species(site) == 0
                    && layerMiddleNm(geometry, geometry.layer(site)) <= heightNm[geometry.column(site)]) {
                lattice.setSpecies(site, species);
            }
        }
    }

    /** Vacates the sites above the given heights, by column; NaN leaves a column alone. */
    private static void cut(Lattice lattice, double[] heightNm) {
        LatticeGeometry geometry = lattice.geometry();
        for (int site = 0; site < geometry.siteCount(); site++) {
            if (layerMiddleNm(geometry, geometry.layer(site)) > heightNm[geometry.column(site)]) {
                lattice.setSpecies(site, 0);
            }
        }
    }

    private static void requireInside(String name, LatticeGeometry geometry, double[] heightNm) {
        double bottom = heightNm(geometry, -1);
        double top = heightNm(geometry, geometry.layerCount() - 1);
        double tolerance = geometry.layerSpacingNm() / 2;
        for (double height : heightNm) {
            if (height < bottom - tolerance || height > top + tolerance) {
                throw new IllegalArgumentException(
                        name + " reaches z = " + height + " nm: the box reaches from " + bottom + " to " + top + " nm");
            }
        }
    }

    private static void requireSpecies(int species) {
        if (species < 1 || species >= SpeciesSet.SPECIES_LIMIT) {
            throw new IllegalArgumentException("species " + species + ": expected a number from 1 to 126; 0 is vacant");
        }
    }

    private static void requirePositive(String name, double lengthNm) {
        if (!(lengthNm > 0 && lengthNm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + lengthNm + " nm: expected a positive length");
        }
    }

    private static void requireNotNegative(String name, double lengthNm) {
        if (!(lengthNm >= 0 && lengthNm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + lengthNm + " nm: expected a length, not negative");
        }
    }
}
