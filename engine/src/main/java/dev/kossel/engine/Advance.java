package dev.kossel.engine;

/** Why {@link KineticMonteCarlo#advance} came back. */
public enum Advance {
    /** The end time was reached; the clock stands on it. */
    TIME_REACHED,
    /** As many draws as were asked for were made. */
    DRAWS_MADE,
    /** As many watched events as were asked for have happened. */
    WATCHED_EVENTS_HAPPENED,
    /** Nothing can happen any more: the sum of all rates is zero. */
    NOTHING_CAN_HAPPEN
}
