package dev.kossel.engine.record;

import java.util.Locale;

/**
 * How a species is named and drawn in a run directory; its number is its place in {@link RunLayout#species()}.
 *
 * @param name as in the scenario file
 * @param metal whether it counts as metal: morphology is measured on it
 * @param vacant whether it is electrolyte, that is, left out of pictures and exports
 * @param color {@code 0xRRGGBB}
 */
public record SpeciesLabel(String name, boolean metal, boolean vacant, int color) {

    /** What the name of a metal that has lost contact with the electrode ends with, after that of the metal. */
    public static final String ISOLATED = " (isolated)";

    /**
     * @throws IllegalArgumentException if the name is blank or holds a line break, a quote or a comma (they would break
     *     the text formats), or the colour is not within 0x000000 … 0xFFFFFF
     */
    public SpeciesLabel {
        RunLayout.requirePlainName("species", name);
        if (color < 0 || color > 0xFFFFFF) {
            throw new IllegalArgumentException("species " + name + ": colour must be 0x000000 … 0xFFFFFF, but is 0x"
                    + Integer.toHexString(color).toUpperCase(Locale.ROOT));
        }
    }

    /** Whether it is metal that has lost contact with the electrode. */
    public boolean isolated() {
        return name.endsWith(ISOLATED);
    }

    /** The name without what says that contact is lost. */
    String original() {
        return isolated() ? name.substring(0, name.length() - ISOLATED.length()) : name;
    }

    /** The colour as {@code #rrggbb}. */
    public String colorCode() {
        return String.format(Locale.ROOT, "#%06x", color);
    }
}
