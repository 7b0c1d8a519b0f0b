package dev.kossel.viz.movie;

/** What colours tell; the same names as in the viewer. */
public enum Coloring {
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
    /** The type of the site. */
    SITE_TYPE
}
