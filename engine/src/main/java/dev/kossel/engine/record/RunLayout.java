package dev.kossel.engine.record;

import dev.kossel.lattice.LatticeGeometry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the numbers of a run mean: fixed from its first event to its last, stored in the manifest.
 *
 * @param geometry the sites
 * @param species species 0, 1, …; 1 to 127 of them
 * @param siteTypes names of the site types 0, 1, …; at least the plain one
 * @param processes names of the elementary processes, in the order in which events are counted
 * @param readings column names, with units, of what the driver reports at each sample, such as {@code overpotential_V}
 */
public record RunLayout(
        LatticeGeometry geometry,
        List<SpeciesLabel> species,
        List<String> siteTypes,
        List<String> processes,
        List<String> readings) {

    /** @throws IllegalArgumentException if there is no species or site type, there are more than 127 of either, or a name is unfit or given twice */
    public RunLayout {
        species = List.copyOf(species);
        siteTypes = List.copyOf(siteTypes);
        processes = List.copyOf(processes);
        readings = List.copyOf(readings);
        requireNames("species", species.stream().map(SpeciesLabel::name).toList(), 1, 127);
        requireNames("site type", siteTypes, 1, 127);
        requireNames("process", processes, 0, Integer.MAX_VALUE);
        requireNames("reading", readings, 0, Integer.MAX_VALUE);
    }

    /** Per species number, whether it is metal. A fresh array. */
    public boolean[] metal() {
        boolean[] metal = new boolean[species.size()];
        for (int s = 0; s < metal.length; s++) {
            metal[s] = species.get(s).metal();
        }
        return metal;
    }

    /** Per species number, whether it is vacant. A fresh array. */
    public boolean[] vacant() {
        boolean[] vacant = new boolean[species.size()];
        for (int s = 0; s < vacant.length; s++) {
            vacant[s] = species.get(s).vacant();
        }
        return vacant;
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
