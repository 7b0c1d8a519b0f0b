package dev.kossel.scenarios.file;

import static dev.kossel.scenarios.units.Measure.LENGTH;

import dev.kossel.scenarios.units.Quantity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where site types lie. Layers are counted from 0 at the bottom; without them a pattern goes through the whole box. */
@Doc("Where site types lie.")
@Variants(by = "pattern")
public sealed interface SitePattern
        permits SitePattern.All,
                SitePattern.Random,
                SitePattern.Checkerboard,
                SitePattern.Stripes,
                SitePattern.Discs,
                SitePattern.GrainBoundary,
                SitePattern.Mask,
                SitePattern.Points {

    /** The layers it covers; null for all. */
    @Nullable
    LayerRange layers();

    @Doc("Every site.")
    record All(
            @Key(value = LAYERS, example = "[2, 2]") @Nullable
            LayerRange layers,

            @Key(value = TOUCHING, example = "[VN]", fallback = "[]")
            List<String> touching,

            @Key(value = TYPE, example = "bridge") String type)
            implements SitePattern {}

    @Doc("Sites drawn by lot, in exact proportions.")
    record Random(
            @Key(value = LAYERS, example = "[2, 2]") @Nullable
            LayerRange layers,

            @Key(value = TOUCHING, example = "[VN]", fallback = "[]")
            List<String> touching,

            @Key(
                    value = "The fraction of sites of each type; what is missing to 1 stays as it is.",
                    example = "{bridge: 0.5, hollow: 0.25}",
                    min = 0,
                    max = 1,
                    physical = true)
            Map<String, Double> fractions)
            implements SitePattern {}

    @Doc("Squares like a chessboard's.")
    record Checkerboard(
            @Key(value = LAYERS, example = "[2, 2]") @Nullable
            LayerRange layers,

            @Key(
                    value = "The types of the two colours; `plain` leaves one as ordinary sites.",
                    example = "[bridge, plain]",
                    count = 2)
            List<String> types,

            @Key(
                    value = "Edge of a square; rounded so that a whole even number fits the box.",
                    example = "1 nm",
                    min = 0,
                    aboveMin = true)
            @Of(LENGTH)
            Quantity period)
            implements SitePattern {}

    @Doc("Stripes along x or y.")
    record Stripes(
            @Key(value = LAYERS, example = "[2, 2]") @Nullable
            LayerRange layers,

            @Key(value = TYPE, example = "bridge") String type,

            @Key(value = "Width of a stripe.", example = "2 nm", min = 0, aboveMin = true) @Of(LENGTH)
            Quantity width,

            @Key(
                    value = "Distance from one stripe to the next; rounded so that a whole number fits the box.",
                    example = "5 nm",
                    min = 0,
                    aboveMin = true)
            @Of(LENGTH)
            Quantity period,

            @Key(value = "The edge of the box the stripes run along.", example = "x", fallback = "y")
            Axis along)
            implements SitePattern {}

    @Doc("Discs, seen from above.")
    record Discs(
            @Key(value = LAYERS, example = "[2, 2]") @Nullable
            LayerRange layers,

            @Key(value = TYPE, example = "bridge") String type,

            @Key(value = "Radius of a disc.", example = "2 nm", min = 0, aboveMin = true) @Of(LENGTH)
            Quantity radius,

            @Key(value = "How many discs.", example = "8", min = 1)
            int count,

            @Key(
                    value = "Whether the discs' centres are drawn by lot or form a square grid.",
                    example = "grid",
                    fallback = "random")
            Arrangement arrangement)
            implements SitePattern {}

    @Doc("A grain boundary: a plane parallel to z.")
    record GrainBoundary(
            @Key(value = LAYERS, example = "[0, 20]") @Nullable
            LayerRange layers,

            @Key(value = TYPE, example = "boundary") String type,

            @Key(value = "The edge of the box the boundary runs along.", example = "x", fallback = "y")
            Axis along,

            @Key(value = "Distance of its middle from the edge of the box.", example = "10 nm", min = 0) @Of(LENGTH)
            Quantity position,

            @Key(value = "Its width.", example = "1 nm", min = 0, aboveMin = true) @Of(LENGTH)
            Quantity width)
            implements SitePattern {}

    @Doc(
            "Where a picture is dark, seen from above. The picture is stretched over the box, its top row at the largest y.")
    record Mask(
            @Key(value = LAYERS, example = "[2, 2]") @Nullable
            LayerRange layers,

            @Key(value = TYPE, example = "bridge") String type,

            @Key(value = "A PNG picture, relative to the scenario file.", example = "mask.png")
            Path file,

            @Key(value = "Brightness below which a pixel is dark.", example = "0.5", fallback = "0.5", min = 0, max = 1)
            double threshold)
            implements SitePattern {}

    @Doc("Sites one by one: those nearest to the given points.")
    record Points(
            @Key(value = TYPE, example = "defect") String type,

            @Key(value = AT, example = "[[0, 0, 1], [4.5, 4.5, 1.5]]")
            List<List<Double>> at)
            implements SitePattern {
        static final String AT = "Points x, y, z in lattice constants from the lower corner of the box.";

        @Override
        public @Nullable LayerRange layers() {
            return null;
        }
    }

    @Doc("An edge of the box.")
    enum Axis {
        @Doc("the first edge")
        X,
        @Doc("the second edge")
        Y
    }

    @Doc("How things are spread over the face.")
    enum Arrangement {
        @Doc("by lot")
        RANDOM,
        @Doc("on a square grid")
        GRID
    }

    /** Documentation of keys that several patterns share. */
    String LAYERS = "First and last atomic layer it covers, counted from 0 at the bottom; without it, all.";

    /** As {@link #LAYERS}. */
    String TOUCHING =
            "Only vacant sites with a nearest neighbour of one of these species at the beginning; none named: every site.";

    /** As {@link #LAYERS}. */
    String TYPE = "The site type.";
}
