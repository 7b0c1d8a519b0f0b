package dev.kossel.engine.process;

import org.apache.commons.rng.UniformRandomProvider;

/** What comes from outside the box in attempts that nothing inside changes the rate of: a Poisson process beside the selector's. */
public interface Outside {

    /** Attempts, s⁻¹; constant. */
    double ratePerSecond();

    /**
     * Draws an attempt.
     *
     * @param event receives what is to change, or, where the attempt fails, the process that counts failures (−1 for none)
     * @return whether anything changes; false is a null event
     */
    boolean draw(UniformRandomProvider random, Event event);

    /** The lowest number of a site of which {@link #follow} needs to know; changed by {@link #draw} alone. */
    int followedFrom();

    /** Keeps up with an event that has happened, of whatever process. */
    void follow(Event event);
}
