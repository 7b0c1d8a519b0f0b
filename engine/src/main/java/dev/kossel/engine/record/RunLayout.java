package dev.kossel.engine.record;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the numbers of a run mean: fixed from its first event to its last, stored in the manifest.
 *
 * @param geometry the sites
 * @param species species 0, 1, …; 1 to 127 of them
 * @param siteTypes names of the site types 0, 1, …; at least the plain one
 * @param processes names of the elementary processes, in the order in which events are counted
 * @param readings column names, with units, of what the driver reports at each sample, such as {@code overpotential_V}
 * @param siteFields names, with units, of the numbers that snapshots hold of sites at the surface; none in runs older than them
 */
public record RunLayout(
        LatticeGeometry geometry,
        List<SpeciesLabel> species,
        List<String> siteTypes,
        List<String> processes,
        List<String> readings,
        List<String> siteFields) {

    /** Of a run that computes no fields. */
    public RunLayout(
            LatticeGeometry geometry,
            List<SpeciesLabel> species,
            List<String> siteTypes,
            List<String> processes,
            List<String> readings) {
        this(geometry, species, siteTypes, processes, readings, List.of());
    }

    /**
     * @throws IllegalArgumentException if there is no species or site type, there are more than 127 of either, or a
     *     name is unfit or given twice
     */
    public RunLayout {
        Json.require("geometry", geometry);
        Json.require("species", species);
        Json.require("site_types", siteTypes);
        Json.require("processes", processes);
        Json.require("readings", readings);
        species = List.copyOf(species);
        siteTypes = List.copyOf(siteTypes);
        processes = List.copyOf(processes);
        readings = List.copyOf(readings);
        siteFields = siteFields == null ? List.of() : List.copyOf(siteFields);
        requireNames("species", species.stream().map(SpeciesLabel::name).toList(), 1, 127);
        requireNames("site type", siteTypes, 1, 127);
        requireNames("process", processes, 0, Integer.MAX_VALUE);
        requireNames("reading", readings, 0, Integer.MAX_VALUE);
        requireNames("site field", siteFields, 0, Integer.MAX_VALUE);
    }

    /** The species that are metal. */
    public SpeciesSet metals() {
        return having(species, SpeciesLabel::metal);
    }

    /** The species that are not vacant: what pictures and exports show. */
    public SpeciesSet solids() {
        return having(species, label -> !label.vacant());
    }

    /**
     * By species: itself, or of metal that has lost contact the metal that it was, if that is known.
     */
    public int[] originals() {
        List<String> names = species.stream().map(SpeciesLabel::name).toList();
        return IntStream.range(0, species.size())
                .map(s -> {
                    SpeciesLabel label = species.get(s);
                    int original = label.isolated() ? names.indexOf(label.original()) : s;
                    return original < 0 ? s : original;
                })
                .toArray();
    }

    /** The numbers of the species with a property. */
    static SpeciesSet having(List<SpeciesLabel> species, Predicate<SpeciesLabel> property) {
        return SpeciesSet.of(IntStream.range(0, species.size())
                .filter(s -> property.test(species.get(s)))
                .toArray());
    }

    private static void requireNames(String what, List<String> names, int least, int most) {
        if (names.size() < least || names.size() > most) {
            throw new IllegalArgumentException(
                    what + ": " + names.size() + " names, but expected " + least + " to " + most);
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            requirePlainName(what, name);
            if (!seen.add(name)) {
                throw new IllegalArgumentException(what + " '" + name + "' is given twice");
            }
        }
    }

    static void requirePlainName(String what, String name) {
        if (name.isBlank() || name.chars().anyMatch(c -> c < ' ' || c == '"' || c == ',')) {
            throw new IllegalArgumentException(
                    what + " '" + name + "': a name must not be blank nor hold control characters, quotes or commas");
        }
    }
}
