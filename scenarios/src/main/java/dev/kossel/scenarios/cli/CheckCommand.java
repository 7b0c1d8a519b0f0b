package dev.kossel.scenarios.cli;

import dev.kossel.scenarios.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kossel check}. */
@Command(
        name = "check",
        description = "Validate a scenario and tell what a run of it would be. Writes nothing.",
        footerHeading = "%nExample:%n",
        footer = "  kossel check my.yaml --set temperature=\"313 K\"")
final class CheckCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioArgument scenario;

    @Override
    public void run() {
        Model model = scenario.model();
        spec.commandLine().getOut().println(model.scenario().title());
    }
}
