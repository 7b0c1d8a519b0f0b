package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import java.util.stream.IntStream;

/** The shells that make up the nearest neighbours: one, or the basal and the pyramidal one of hcp. */
final class NearestShells {

    private NearestShells() {}

    static int[] of(LatticeGeometry geometry) {
        return IntStream.range(0, geometry.shells().size())
                .filter(shell -> geometry.shells().get(shell).name().startsWith("1NN"))
                .toArray();
    }
}
