package dev.kossel.viz.movie;

import dev.kossel.viz.plot.DisplayUnit;
import java.util.List;
import java.util.Optional;

/** Names of site fields, such as {@code local_current_density_A_per_m2}, as people give and read them. */
public final class SiteFieldName {

    private static final String LOCAL = "local_";
    private static final List<String> UNITS = List.of("_A_per_m2", "_mol_per_L", "_V");

    private SiteFieldName() {}

    /** Without {@code local_} and the unit, and with hyphens: {@code current-density}, {@code Zn2+}. */
    public static String shortened(String field) {
        return words(field).replace('_', '-');
    }

    /** Which of the fields is meant by a full or a short name. */
    public static Optional<String> find(List<String> fields, String given) {
        return fields.stream()
                .filter(field -> field.equals(given) || shortened(field).equals(given))
                .findFirst();
    }

    /** A title for a colour bar, such as {@code Local current density (mA cm⁻²)}. */
    static String title(String field, DisplayUnit unit) {
        String words = words(field).replace('_', ' ');
        return unit.label(field.endsWith("_mol_per_L") ? words + " at the surface" : "Local " + words);
    }

    private static String words(String field) {
        String name = field.startsWith(LOCAL) ? field.substring(LOCAL.length()) : field;
        for (String unit : UNITS) {
            if (name.endsWith(unit)) {
                return name.substring(0, name.length() - unit.length());
            }
        }
        return name;
    }
}
