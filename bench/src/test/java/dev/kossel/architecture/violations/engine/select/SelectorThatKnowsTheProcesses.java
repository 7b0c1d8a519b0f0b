package dev.kossel.architecture.violations.engine.select;

import dev.kossel.architecture.violations.engine.process.ProcessInACycle;

public final class SelectorThatKnowsTheProcesses {
    ProcessInACycle process = new ProcessInACycle();
}
