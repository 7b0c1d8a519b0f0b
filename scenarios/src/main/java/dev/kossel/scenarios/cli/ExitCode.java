package dev.kossel.scenarios.cli;

/** What {@code kossel} tells the shell. */
public final class ExitCode {

    /** The command did what it was asked to do. */
    public static final int OK = 0;

    /** The command was well formed but could not be carried out: the run failed, a disk was full, a defect was hit. */
    public static final int RUN_FAILED = 1;

    /** The arguments or the scenario are wrong; nothing was written. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
