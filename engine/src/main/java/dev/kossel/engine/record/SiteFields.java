package dev.kossel.engine.record;

import java.util.List;

/**
 * Numbers of single sites, by name: what a run has computed at its surface, such as the local current density. Names carry units, as columns do. Immutable but for
 * what the values look at; whoever makes them says how long they may be read.
 */
public final class SiteFields {

    private static final SiteFields NONE = new SiteFields(List.of(), (field, site) -> Float.NaN);

    /** Where the numbers come from. */
    @FunctionalInterface
    public interface Values {
        /** The number of a site; NaN where there is none. */
        float at(int field, int site);
    }

    private final List<String> names;
    private final Values values;

    /**
     * @param names of the fields, with units
     * @param values called once a site and field when they are written
     */
    public SiteFields(List<String> names, Values values) {
        this.names = List.copyOf(names);
        this.values = values;
    }

    /** Of a run that computes none. */
    public static SiteFields none() {
        return NONE;
    }

    public List<String> names() {
        return names;
    }

    /**
     * The number of a site, NaN where there is none.
     *
     * @param field its place in {@link #names}
     */
    public float value(int field, int site) {
        return values.at(field, site);
    }
}
