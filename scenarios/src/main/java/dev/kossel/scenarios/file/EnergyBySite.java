package dev.kossel.scenarios.file;

import dev.kossel.scenarios.units.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An energy that may depend on the site type.
 *
 * @param other the energy on site types that are not in {@code bySiteType}; null only if the process cannot happen there
 */
public record EnergyBySite(@Nullable Quantity other, Map<String, Quantity> bySiteType) {

    /** The energy on sites of {@code siteType}, or null if the process cannot happen there. */
    public @Nullable Quantity on(String siteType) {
        return bySiteType.getOrDefault(siteType, other);
    }
}
