package dev.kossel.architecture.violations.scenarios;

import java.util.concurrent.atomic.AtomicInteger;

public final class ScenarioWithStaticState {
    static int runs;

    static final AtomicInteger RUNNING = new AtomicInteger();
}
