package dev.kossel.architecture.violations.scenarios;

public final class ScenarioManager {}
