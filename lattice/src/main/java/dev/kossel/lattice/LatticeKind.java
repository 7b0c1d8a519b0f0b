package dev.kossel.lattice;

/** The lattices Kossel knows. {@link #SQUARE} and {@link #TRIANGULAR} are two-dimensional: one layer, periodic in x and y. */
public enum LatticeKind {
    SC,
    BCC,
    FCC,
    HCP,
    SQUARE,
    TRIANGULAR
}
