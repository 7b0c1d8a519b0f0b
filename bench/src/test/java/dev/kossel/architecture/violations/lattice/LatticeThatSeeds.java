package dev.kossel.architecture.violations.lattice;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

public final class LatticeThatSeeds {
    UniformRandomProvider generator() {
        return RandomSource.XO_SHI_RO_256_PP.create(1L);
    }
}
