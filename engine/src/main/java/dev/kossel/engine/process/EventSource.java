package dev.kossel.engine.process;

import org.apache.commons.rng.UniformRandomProvider;

/** What the event loop asks of {@link SiteRates} for every event. */
public interface EventSource {

    /** The rate at which events are drawn, null events included, s⁻¹. Zero exactly when nothing can happen. */
    double totalRate();

    /**
     * Draws an event.
     *
     * @return whether one was written; false is a null event
     */
    boolean draw(UniformRandomProvider random, Event event);

    /** Carries out an event: writes the lattice and moves every affected site to its new class. */
    void apply(Event event);
}
