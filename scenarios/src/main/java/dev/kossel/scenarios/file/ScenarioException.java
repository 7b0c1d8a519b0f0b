package dev.kossel.scenarios.file;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario that cannot be run, with everything that is wrong with it. The message lists the problems, one a line, the first hundred of them. */
public final class ScenarioException extends Exception {

    private static final long serialVersionUID = 1;

    private static final int LISTED = 100;

    private final transient List<Problem> problems;

    ScenarioException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        String listed = problems.stream()
                .limit(LISTED)
                .map(Problem::toString)
                .collect(Collectors.joining(System.lineSeparator()));
        int more = problems.size() - LISTED;
        return more > 0 ? listed + System.lineSeparator() + "… and " + more + " more problems" : listed;
    }
}
