package dev.kossel.scenarios.file;

import java.util.List;

/**
 * What a process does, in arrow notation: {@code vacant <-> Na}, {@code Na + vacant -> vacant + Na}; or, without an arrow, what must be there.
 *
 * @param before the species before, one a site: one or two of them
 * @param after the species after, on the same sites; equal to {@code before} where there is no arrow
 * @param reversible whether the reverse happens too, with the rate that detailed balance gives it
 * @param condition whether there is no arrow: the site is looked at and left as it is
 */
public record Reaction(List<String> before, List<String> after, boolean reversible, boolean condition) {

    /** From right to left. */
    public Reaction reversed() {
        return new Reaction(after, before, reversible, condition);
    }

    @Override
    public String toString() {
        return condition
                ? before.get(0)
                : String.join(" + ", before) + (reversible ? " <-> " : " -> ") + String.join(" + ", after);
    }
}
