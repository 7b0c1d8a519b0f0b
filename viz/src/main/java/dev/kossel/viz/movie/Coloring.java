package dev.kossel.viz.movie;

/** What colours tell. */
public sealed interface Coloring {

    /** What can be told of any run; the same names as in the viewer. */
    enum Known implements Coloring {
        /** The species' own colours. */
        SPECIES,
        /** Height above the substrate. */
        HEIGHT,
        /** How many of the nearest neighbours are solid. */
        COORDINATION,
        /** When the site was filled. */
        AGE,
        /** Whether the site hangs together with the bottom of the box, through solid nearest neighbours. */
        DEAD,
        /** Which plane of the crystal the surface has there. */
        FACET,
        /** The type of the site. */
        SITE_TYPE
    }

    /**
     * A number that the run has computed at its surface.
     *
     * @param name that of the {@link dev.kossel.engine.record.SiteFields field}, or its {@link SiteFieldName#shortened short} form
     */
    record Field(String name) implements Coloring {}
}
