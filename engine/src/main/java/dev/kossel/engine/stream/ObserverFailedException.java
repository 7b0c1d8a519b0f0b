package dev.kossel.engine.stream;

/**
 * An observer threw, died or made no progress; the message names it, the cause is what it threw. The run cannot go on.
 */
public final class ObserverFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ObserverFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
