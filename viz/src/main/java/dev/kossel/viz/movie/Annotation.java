package dev.kossel.viz.movie;

/** What may be written on a picture. */
public enum Annotation {
    /** The run's title. */
    TITLE,
    /** Simulated time. */
    TIME,
    /** Net charge an area. */
    CHARGE,
    /** Overpotential, the mean since the sample before. */
    POTENTIAL,
    /** A bar of a round length. */
    SCALE_BAR,
    /** What the colours mean. */
    LEGEND
}
