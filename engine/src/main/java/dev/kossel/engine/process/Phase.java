package dev.kossel.engine.process;

/** What kind of matter a species is. */
public enum Phase {
    VACANT,
    METAL,
    ION,
    FILM,
    GAS,
    INERT
}
