package dev.kossel.architecture.violations.scenarios;

public final class ScenarioWithThreads {
    Thread thread = new Thread(() -> {});
}
