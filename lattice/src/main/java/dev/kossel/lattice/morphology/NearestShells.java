package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import java.util.stream.IntStream;

/** The shells that make up the nearest neighbours: one, or the basal and the pyramidal one of hcp. */
final class NearestShells {

    private NearestShells() {}

    static int[] of(LatticeGeometry geometry) {
        return IntStream.range(0, geometry.shells().size())
                .filter(shell -> geometry.firstSlot(shell) < geometry.nearestCount())
                .toArray();
    }

    /** The neighbour slots of these shells. */
    static int[] slots(LatticeGeometry geometry) {
        return IntStream.range(0, geometry.nearestCount()).toArray();
    }

    /** How far the nearest neighbours are, nm: in hcp those in the basal plane. */
    static double distanceNm(LatticeGeometry geometry) {
        return geometry.shells().get(of(geometry)[0]).distance() * geometry.latticeConstantNm();
    }
}
