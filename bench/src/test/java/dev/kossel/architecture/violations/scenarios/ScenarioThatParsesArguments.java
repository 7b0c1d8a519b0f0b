package dev.kossel.architecture.violations.scenarios;

import picocli.CommandLine;

public final class ScenarioThatParsesArguments {
    CommandLine arguments = new CommandLine(this);
}
