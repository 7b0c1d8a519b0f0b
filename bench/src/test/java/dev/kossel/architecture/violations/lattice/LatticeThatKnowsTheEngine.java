package dev.kossel.architecture.violations.lattice;

import dev.kossel.architecture.violations.engine.process.ProcessInACycle;

public final class LatticeThatKnowsTheEngine {
    ProcessInACycle process = new ProcessInACycle();
}
