package dev.kossel.viz.movie;

/** What runs that are shown side by side have in common. */
public enum Alignment {
    TIME,
    CHARGE
}
