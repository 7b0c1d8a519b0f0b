package dev.kossel.scenarios.cli;

import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.file.ScenarioLibrary;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kossel list}. */
@Command(
        name = "list",
        description = "List the built-in scenarios.",
        footerHeading = "%nExample:%n",
        footer = "  kossel list")
final class ListCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        List<String> names = ScenarioLibrary.names();
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        for (String name : names) {
            out.println(name + " ".repeat(width - name.length() + 2) + title(name));
        }
    }

    private static String title(String name) {
        try {
            return ScenarioLibrary.read(name, List.of()).title();
        } catch (ScenarioException e) {
            throw new IllegalStateException(e);
        }
    }
}
