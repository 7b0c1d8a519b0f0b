package dev.kossel.scenarios.file;

import static dev.kossel.scenarios.units.Measure.LENGTH;

import dev.kossel.scenarios.units.Quantity;
import java.nio.file.Path;
import java.util.List;

/** A piece of the initial morphology. Each builds on the surface that the pieces before it have left. */
@Doc("A piece of what the box holds at the beginning. Each builds on the surface that the pieces before it have left.")
@Variants(by = "type")
public sealed interface Morphology
        permits Morphology.Layers,
                Morphology.Rough,
                Morphology.Pits,
                Morphology.Protrusion,
                Morphology.Particles,
                Morphology.Points,
                Morphology.Dispersed,
                Morphology.Snapshot {

    @Doc("Full atomic layers on top of what is there.")
    record Layers(
            @Key(value = SPECIES, example = "foil") String species,

            @Key(value = "How many atomic layers.", example = "2", min = 1)
            int count)
            implements Morphology {}

    @Doc("A rough surface: heights from a Gaussian distribution, correlated over a length.")
    record Rough(
            @Key(value = SPECIES, example = "Na") String species,

            @Key(value = "Mean height added.", example = "2 nm", min = 0, aboveMin = true) @Of(LENGTH)
            Quantity mean,

            @Key(value = "Root mean square deviation from it.", example = "0.5 nm", min = 0) @Of(LENGTH)
            Quantity rms,

            @Key(value = "Length over which heights are correlated.", example = "3 nm", fallback = "0 nm", min = 0)
            @Of(LENGTH)
            Quantity correlation)
            implements Morphology {}

    @Doc("Round pits cut into what is there, filled with the vacant species.")
    record Pits(
            @Key(value = "How many, at places drawn by lot.", example = "3", min = 1)
            int count,

            @Key(value = "Radius at the mouth.", example = "2 nm", min = 0, aboveMin = true) @Of(LENGTH)
            Quantity radius,

            @Key(value = "Depth.", example = "1 nm", min = 0, aboveMin = true) @Of(LENGTH)
            Quantity depth)
            implements Morphology {}

    @Doc("A protrusion in the middle of the face: a half ellipsoid, or a cone.")
    record Protrusion(
            @Key(value = SPECIES, example = "Na") String species,

            @Key(value = "Radius at the foot.", example = "2 nm", min = 0, aboveMin = true) @Of(LENGTH)
            Quantity radius,

            @Key(value = "Height.", example = "4 nm", min = 0, aboveMin = true) @Of(LENGTH)
            Quantity height,

            @Key(value = "Its form.", example = "cone", fallback = "ellipsoid")
            Form form)
            implements Morphology {}

    @Doc("Balls that rest on the surface, at places drawn by lot.")
    record Particles(
            @Key(value = SPECIES, example = "Na") String species,

            @Key(value = "How many.", example = "5", min = 1)
            int count,

            @Key(value = "Radius.", example = "1 nm", min = 0, aboveMin = true) @Of(LENGTH)
            Quantity radius)
            implements Morphology {}

    @Doc("Single sites, whatever is there: those nearest to the given points.")
    record Points(
            @Key(value = SPECIES, example = "Na") String species,

            @Key(value = SitePattern.Points.AT, example = "[[0, 0, 1], [4.5, 4.5, 1.5]]")
            List<List<Double>> at)
            implements Morphology {}

    @Doc("Single sites drawn by lot from the vacant ones above everything that is there: ions in a solution.")
    record Dispersed(
            @Key(value = SPECIES, example = "Zn2+") String species,

            @Key(value = "Which fraction of those sites.", example = "0.018", min = 0, max = 1, physical = true)
            double fraction)
            implements Morphology {}

    @Doc(
            "The lattice as another run left it. It must have the same geometry and the same species; nothing may come before it.")
    record Snapshot(
            @Key(
                    value =
                            "A snapshot file or a run directory, whose last snapshot is taken; relative to the scenario file.",
                    example = "runs/first")
            Path file)
            implements Morphology {}

    @Doc("Form of a protrusion.")
    enum Form {
        @Doc("half an ellipsoid")
        ELLIPSOID,
        @Doc("a cone")
        CONE
    }

    /** Documentation of a key that several pieces share. */
    String SPECIES = "What it is made of.";
}
