package dev.kossel.engine.record;

/** How a run stands. */
public enum RunStatus {
    /** A process works on it, or was killed while it did. */
    RUNNING,
    /** It reached the end that its scenario asks for. */
    COMPLETED,
    /** Stopped on request; can be resumed. */
    STOPPED,
    /** It ended with an error. */
    FAILED
}
