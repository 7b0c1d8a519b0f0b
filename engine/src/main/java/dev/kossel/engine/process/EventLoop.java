package dev.kossel.engine.process;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Many events at a stretch: what {@link SiteRates} does step by step, bit for bit, but in one method that the just-in-time compiler sees as a whole.
 */
public interface EventLoop {

    /** Is shown events that have been carried out and not yet been counted. */
    @FunctionalInterface
    interface Attendant {
        /** @param event reused: read it, do not keep it */
        void attend(Event event);
    }

    /**
     * Goes on until a limit of {@code course} or the horizon is reached; beyond that the clock is left where the last event was.
     *
     * @param horizonSeconds no event may lie later
     * @param attendedFrom events that change a site of this number or a higher one are shown to {@code attendant}; 0 means all
     */
    Course.End run(
            Course course,
            double horizonSeconds,
            UniformRandomProvider random,
            Event event,
            int attendedFrom,
            Attendant attendant);
}
