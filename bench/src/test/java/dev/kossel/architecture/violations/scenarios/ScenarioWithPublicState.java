package dev.kossel.architecture.violations.scenarios;

public final class ScenarioWithPublicState {
    public double temperatureKelvin = 298.15;
}
