package dev.kossel.scenarios.file;

import dev.kossel.scenarios.units.Measure;
import dev.kossel.scenarios.units.Quantity;
import java.lang.reflect.AnnotatedType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An energy that may depend on the site type.
 *
 * @param other the energy on site types that are not in {@code bySiteType}; null only if the process cannot happen there
 */
public record EnergyBySite(@Of(Measure.ENERGY) @Nullable Quantity other, Map<String, Quantity> bySiteType) {

    /** The name in the file under which the energy on all other site types is given. */
    static final String OTHER = "other";

    /** The type of the energies: one that stands alone is for all site types. */
    static final AnnotatedType UNIFORM = EnergyBySite.class.getRecordComponents()[0].getAnnotatedType();

    /** The energy on sites of {@code siteType}, or null if the process cannot happen there. */
    public @Nullable Quantity on(String siteType) {
        return bySiteType.getOrDefault(siteType, other);
    }
}
