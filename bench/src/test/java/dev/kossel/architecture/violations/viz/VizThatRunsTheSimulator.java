package dev.kossel.architecture.violations.viz;

import dev.kossel.architecture.violations.engine.EngineThatWritesAFile;

public final class VizThatRunsTheSimulator {
    EngineThatWritesAFile engine = new EngineThatWritesAFile();
}
