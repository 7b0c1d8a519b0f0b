package dev.kossel.engine;

import dev.kossel.engine.process.Event;

/**
 * Is told of every event, on the loop's thread and after it has happened; it must be quick and must not change
 * anything.
 */
@FunctionalInterface
public interface EventListener {

    /** @param event reused: read it, do not keep it */
    void happened(double timeSeconds, Event event);
}
