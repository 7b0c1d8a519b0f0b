package dev.kossel.engine;

import dev.kossel.engine.process.Event;

/**
 * Is told of every event, on the loop's thread and after it has happened; it must be quick and must not change
 * anything.
 */
@FunctionalInterface
public interface EventListener {

    /**
     * Whether events are of interest at present; asked now and then, at least once a call of {@code advance}. Where they are not, some may be told all the
     * same.
     */
    default boolean listens() {
        return true;
    }

    /** @param event reused: read it, do not keep it. Its process is −1 where a first passage begins or is broken off: particles come and go, but nothing is counted */
    void happened(double timeSeconds, Event event);
}
