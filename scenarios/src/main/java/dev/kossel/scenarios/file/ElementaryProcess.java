package dev.kossel.scenarios.file;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An elementary process: a reaction at one site, at a site and its neighbour, or on a pattern of sites. Exactly one of reaction and pattern is given. */
@Doc("A process: a reaction at one site, at a site and a neighbour of it, or on a pattern of sites.")
public record ElementaryProcess(
        @Key(
                value =
                        "States the process once for several species: lists of names that are gone through side by side, each name put where the key of its list stands as a whole word. A "
                                + "process of its own for each, named after the first: `hop-Zn6`.",
                example = "{A: [Zn6, Zn5], B: [Zn5, Zn4]}",
                fallback = "{}")
        Map<String, List<String>> forEach,

        @Key(
                value =
                        "What happens, in arrow notation, for one site or for a site and its neighbour. `->` is one way, `<->` adds the reverse with the "
                                + "rate that detailed balance asks for. Either this or `pattern`.",
                example = "vacant <-> Na")
        @Nullable
        Reaction reaction,

        @Key(value = "The shell in which the second site lies.", example = "2NN", fallback = "1NN")
        String shell,

        @Key(value = "Which way from the first site the second lies.", example = "in-plane", fallback = "all")
        Directions directions,

        @Key(value = "The rate.", example = "{type: metropolis, prefactor: 1e12 /s}")
        RateLaw law,

        @Key(value = "Site types of the (first) site; none named: all.", example = "[bridge, hollow]", fallback = "[]")
        List<String> siteTypes,

        @Key(value = "Site types of the second site; none named: all.", example = "[plain]", fallback = "[]")
        List<String> siteTypesTo,

        @Key(
                value = "Conditions on the neighbours of the (first) site, the second site not counted. All must hold.",
                example = "[{species: [Na, foil], at-least: 1}]",
                fallback = "[]")
        List<NeighborCount> where,

        @Key(
                value = "Conditions on the neighbours of the second site, the first site not counted. All must hold.",
                example = "[{species: [Na, foil], at-least: 1}]",
                fallback = "[]")
        List<NeighborCount> whereTo,

        @Key(
                value = "What happens on several sites at once, or depends on them.",
                example =
                        "[{at: [0, 0, 0], reaction: Na -> vacant}, {at: [1, 0, 0], reaction: vacant -> Na}, {at: [1, 0, -1], reaction: Na}]",
                fallback = "[]")
        List<PatternSite> pattern,

        @Key(
                value = "The symmetry operations over which a pattern is expanded.",
                example = "[rotations-z, mirrors]",
                fallback = "[]")
        List<Symmetry> symmetry) {

    @Doc("Which way the second site lies.")
    public enum Directions {
        @Doc("every neighbour of the shell")
        ALL,
        @Doc("neighbours in the same atomic layer")
        IN_PLANE,
        @Doc("neighbours in another atomic layer")
        INTER_LAYER
    }

    @Doc("Symmetry operations about the first site of a pattern.")
    public enum Symmetry {
        @Doc("the lattice's rotations about z")
        ROTATIONS_Z,
        @Doc("mirror images in planes that hold z")
        MIRRORS,
        @Doc("every operation that maps the lattice onto itself, turning z too")
        ALL
    }

    @Doc("A range for the number of neighbours of given species.")
    public record NeighborCount(
            @Key(value = "The species that count.", example = "[Na, foil]")
            List<String> species,

            @Key(value = "The shell.", example = "2NN", fallback = "1NN")
            String shell,

            @Key(value = "The least number.", example = "1", fallback = "0", min = 0)
            int atLeast,

            @Key(value = "The greatest number; without it, as many as there are.", example = "3", min = 0) @Nullable
            Integer atMost) {}

    @Doc("One site of a pattern.")
    public record PatternSite(
            @Key(
                    value = "Where it lies from the first site, in lattice constants along the edges of the box.",
                    example = "[0.5, 0.5, 0.5]",
                    count = 3)
            List<Double> at,

            @Key(
                    value = "What happens there, in arrow notation; without an arrow, what must be there.",
                    example = "vacant -> Na")
            Reaction reaction,

            @Key(value = "Site types it may be of; none named: all.", example = "[bridge]", fallback = "[]")
            List<String> siteTypes) {}
}
