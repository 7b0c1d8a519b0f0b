package dev.kossel.architecture.violations.lattice;

public final class LatticeThatReadsTheClock {
    long stamp() {
        return System.nanoTime();
    }
}
