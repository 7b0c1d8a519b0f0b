/** The command line: one command, one class. Exit codes are those of {@link dev.kossel.scenarios.cli.ExitCode}. */
@NullMarked
package dev.kossel.scenarios.cli;

import org.jspecify.annotations.NullMarked;
