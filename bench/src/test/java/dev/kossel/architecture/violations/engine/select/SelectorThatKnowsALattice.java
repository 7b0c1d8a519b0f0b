package dev.kossel.architecture.violations.engine.select;

import dev.kossel.architecture.violations.lattice.LatticeThatReadsTheClock;

public final class SelectorThatKnowsALattice {
    LatticeThatReadsTheClock lattice = new LatticeThatReadsTheClock();
}
