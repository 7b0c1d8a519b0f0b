package dev.kossel.viz.render;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/** What the colour of a sphere tells. */
public sealed interface SiteColoring {

    /** The species' own colour; a legend names those that occur. */
    record BySpecies() implements SiteColoring {}

    /**
     * Height of the site above the substrate's topmost layer, or the box's bottom layer; a colour bar in nm or µm spans
     * the deposit.
     *
     * @param mostNm the height at which the colours end, so that frames of an animation can be compared; NaN for the
     *     highest that occurs
     */
    record ByHeight(ColorMap map, double mostNm) implements SiteColoring {

        /** Of which the colours span what occurs. */
        public ByHeight(ColorMap map) {
            this(map, Double.NaN);
        }
    }

    /**
     * Any number known of each site, such as the time at which it was deposited. NaN is grey.
     *
     * @param siteValue the number of a site index; called once for each drawn sphere
     * @param label title of the colour bar with its unit, e.g. {@code Deposited at (s)}
     * @param least the number at which the colours begin; NaN for the least that occurs
     * @param most the number at which the colours end; NaN for the largest that occurs
     */
    record ByValue(IntToDoubleFunction siteValue, String label, ColorMap map, double least, double most)
            implements SiteColoring {

        /** Of which the colours span the finite values that occur. */
        public ByValue(IntToDoubleFunction siteValue, String label, ColorMap map) {
            this(siteValue, label, map, Double.NaN, Double.NaN);
        }
    }

    /**
     * One of a few kinds, such as the type of the site; a legend names those that occur.
     *
     * @param siteKind the place in {@code kinds} of a site index; called once for each drawn sphere
     * @param kinds names and colours
     */
    record ByKind(IntUnaryOperator siteKind, List<Kind> kinds) implements SiteColoring {

        public ByKind {
            kinds = List.copyOf(kinds);
        }
    }

    /** @param rgb colour, 0xRRGGBB */
    record Kind(String name, int rgb) {}
}
