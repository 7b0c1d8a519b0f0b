package dev.kossel.architecture.violations.scenarios;

import dev.kossel.architecture.violations.bench.Benchmarked;

public final class ScenarioThatIsBenchmarked {
    Benchmarked benchmark = new Benchmarked();
}
