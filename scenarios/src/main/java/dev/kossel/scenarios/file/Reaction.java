package dev.kossel.scenarios.file;

import java.util.ArrayList;
import java.util.List;

/**
 * What a process does, in arrow notation: {@code vacant <-> Na}, {@code Na + vacant -> vacant + Na}; or, without an arrow, what must be there.
 *
 * @param before the species before, one a site: one or two of them
 * @param after the species after, on the same sites; equal to {@code before} where there is no arrow
 * @param reversible whether the reverse happens too, with the rate that detailed balance gives it
 * @param condition whether there is no arrow: the site is looked at and left as it is
 */
@Text("a reaction: `A -> B`, `A <-> B`, `A + B -> C + D`")
public record Reaction(List<String> before, List<String> after, boolean reversible, boolean condition) {

    /**
     * Reads the arrow notation; names are not checked.
     *
     * @throws IllegalArgumentException with the rest of a sentence that begins with the text
     */
    public static Reaction parse(String text) {
        String[] sides = text.split("\\s*<?->\\s*", -1);
        if (sides.length == 1) {
            List<String> seen = sites(text);
            return new Reaction(seen, seen, false, true);
        }
        if (sides.length > 2) {
            throw new IllegalArgumentException("has more than one arrow");
        }
        List<String> before = sites(sides[0]);
        List<String> after = sites(sides[1]);
        if (before.size() != after.size()) {
            throw new IllegalArgumentException(
                    "has " + before.size() + " on the left and " + after.size()
                            + " on the right: sites are neither made nor lost, so write the vacant species where a site is empty");
        }
        return new Reaction(before, after, text.contains("<->"), false);
    }

    private static List<String> sites(String side) {
        List<String> species = new ArrayList<>();
        for (String name : (" " + side + " ").split("\\s\\+\\s", -1)) {
            if (!Binder.NAME.matcher(name.strip()).matches()) {
                throw new IllegalArgumentException(
                        "is not a reaction in arrow notation, e.g. vacant <-> Na or Na + vacant -> vacant + Na (spaces around the +)");
            }
            species.add(name.strip());
        }
        if (species.size() > 2) {
            throw new IllegalArgumentException(
                    "is about " + species.size() + " sites, expected one or two; use 'pattern' for more");
        }
        return List.copyOf(species);
    }

    /** From right to left. */
    public Reaction reversed() {
        return new Reaction(after, before, reversible, condition);
    }

    /** Whether something happens that leaves the site as it is: {@code Zn -> Zn}. */
    public boolean isTurnover() {
        return !condition && before.equals(after);
    }

    @Override
    public String toString() {
        return condition
                ? before.get(0)
                : String.join(" + ", before) + (reversible ? " <-> " : " -> ") + String.join(" + ", after);
    }
}
