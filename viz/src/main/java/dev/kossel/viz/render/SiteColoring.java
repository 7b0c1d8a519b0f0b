package dev.kossel.viz.render;

import java.util.function.IntToDoubleFunction;

/** What the colour of a sphere tells. */
public sealed interface SiteColoring {

    /** The species' own colour; a legend names those that occur. */
    record BySpecies() implements SiteColoring {}

    /**
     * Height of the site above the substrate's topmost layer, or the box's bottom layer; a colour bar in nm or µm spans
     * the deposit.
     */
    record ByHeight(ColorMap map) implements SiteColoring {}

    /**
     * Any number known of each site, such as the time at which it was deposited. The colour bar spans the finite values
     * that occur; NaN is grey.
     *
     * @param siteValue the number of a site index; called once for each drawn sphere
     * @param label title of the colour bar with its unit, e.g. {@code Deposited at (s)}
     */
    record ByValue(IntToDoubleFunction siteValue, String label, ColorMap map) implements SiteColoring {}
}
