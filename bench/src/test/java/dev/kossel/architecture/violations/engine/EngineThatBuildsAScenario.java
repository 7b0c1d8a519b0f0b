package dev.kossel.architecture.violations.engine;

import dev.kossel.architecture.violations.scenarios.ScenarioManager;

public final class EngineThatBuildsAScenario {
    ScenarioManager scenario = new ScenarioManager();
}
