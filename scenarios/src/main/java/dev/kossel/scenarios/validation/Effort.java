package dev.kossel.scenarios.validation;

/** How much is spent on a check. */
public enum Effort {
    /** All checks within five minutes on two cores. */
    QUICK,
    /** All checks within an hour on two cores. */
    FULL;

    /** One number or the other. */
    int of(int quick, int full) {
        return this == QUICK ? quick : full;
    }
}
