package dev.kossel.viz.server;

/** A request that is answered with an error: the message is for the user and becomes {@code {"error": …}}. */
final class RequestFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    RequestFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status. */
    int status() {
        return status;
    }
}
