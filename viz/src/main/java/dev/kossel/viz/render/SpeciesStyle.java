package dev.kossel.viz.render;

/**
 * How a species looks.
 *
 * @param name the name in legends
 * @param rgb colour, 0xRRGGBB
 * @param role what it is to the picture
 */
public record SpeciesStyle(String name, int rgb, Role role) {

    /** What a species is to the picture. */
    public enum Role {
        /** Never drawn, and what lies behind it is seen: the electrolyte. */
        HIDDEN,
        /** Drawn where it touches a site that is not solid, and hides what lies below. */
        SOLID,
        /** Drawn always, as a small sphere: ions and molecules in the electrolyte. */
        DISPERSED
    }

    public static SpeciesStyle hidden(String name) {
        return new SpeciesStyle(name, 0, Role.HIDDEN);
    }

    public static SpeciesStyle solid(String name, int rgb) {
        return new SpeciesStyle(name, rgb, Role.SOLID);
    }

    public static SpeciesStyle dispersed(String name, int rgb) {
        return new SpeciesStyle(name, rgb, Role.DISPERSED);
    }
}
