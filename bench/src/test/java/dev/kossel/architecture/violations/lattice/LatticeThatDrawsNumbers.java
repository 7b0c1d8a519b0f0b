package dev.kossel.architecture.violations.lattice;

import java.util.Random;

public final class LatticeThatDrawsNumbers {
    double next() {
        return new Random(1).nextDouble();
    }
}
