package dev.kossel.scenarios.validation;

import dev.kossel.scenarios.file.ScenarioException;
import java.io.IOException;
import java.nio.file.Path;

/** A result that a correct simulator reproduces, and how it is measured. Stateless: a check may run on any thread. */
public interface Check {

    /** What it is called on the command line: lower case, with hyphens. */
    String name();

    /** The law, in a line. */
    String law();

    /** Where the law is from: a reference with its DOI, or what it follows from. */
    String source();

    /**
     * Measures.
     *
     * @param effort how many replicas and how large
     * @param directory a new directory that the check may fill; it need not exist
     */
    Findings run(Effort effort, Path directory) throws ScenarioException, IOException;
}
