package dev.kossel.architecture.violations.engine.process;

import dev.kossel.architecture.violations.engine.select.SelectorThatKnowsTheProcesses;

public final class ProcessInACycle {
    Object selector() {
        return new SelectorThatKnowsTheProcesses();
    }
}
