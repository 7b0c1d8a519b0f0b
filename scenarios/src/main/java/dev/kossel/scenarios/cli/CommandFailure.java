package dev.kossel.scenarios.cli;

/**
 * An expected end of a command: the message is written for the user, and no stack trace belongs to it.
 *
 * <p>Anything else that leaves a command is taken for a defect of Kossel and reported as such.
 */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The arguments or the scenario are wrong ({@link ExitCode#USAGE}). The message may have several lines, one a problem. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    /** The command could not be carried out ({@link ExitCode#RUN_FAILED}). */
    public static CommandFailure failed(String message) {
        return new CommandFailure(ExitCode.RUN_FAILED, message);
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
