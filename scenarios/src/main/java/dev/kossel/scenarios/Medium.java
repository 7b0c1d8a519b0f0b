package dev.kossel.scenarios;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** What is computed of the electrolyte between slices, as the surface moves, and makes rates differ from place to place. */
interface Medium {

    /** Has it solved at the next opportunity: something else is held. */
    void demand();

    /** Whether it is to be solved before the next slice. */
    boolean isDue();

    /** When it is to be solved at the latest. */
    double dueSeconds();

    /**
     * Solves it and sets the local factors.
     *
     * @param overpotentialVolts η now, against a reference in the bulk
     * @param currentDensity the current density that is held, A/m²; NaN where η is
     * @return η: the given one, or the one that carries the current
     */
    double solve(double overpotentialVolts, double currentDensity);

    /**
     * Follows what reacts now, between two solutions.
     *
     * @param factors by group of laws, at the overpotential of now
     * @param answers by group, what these are to be multiplied by; overwritten
     */
    default void follow(double[] factors, double[] answers) {
        copyAnswers(answers);
    }

    /** Whether what {@link #follow} finds may be anything but 1 until the next solution. */
    default boolean answers() {
        return false;
    }

    /** Copies what {@link #follow} found last. */
    default void copyAnswers(double[] answers) {
        Arrays.fill(answers, 1);
    }

    /** Whether the current that is held is supplied. */
    boolean supplies();

    /** Whether the last solution settled well enough for rates to mean anything. */
    boolean settles();

    void save(DataOutput out) throws IOException;

    /** Restores what {@link #save} wrote and sets the local factors. */
    void restore(DataInput in) throws IOException;
}
