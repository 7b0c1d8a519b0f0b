package dev.kossel.engine.observe;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Clusters;
import java.util.List;

/** Clusters of the deposit held together by nearest neighbours; see {@link Clusters}. */
final class ClusterInstrument implements Instrument {

    private final Clusters clusters;
    private final SpeciesSet deposit;

    ClusterInstrument(LatticeGeometry geometry, SpeciesSet deposit) {
        clusters = Clusters.ofNearestNeighbors(geometry);
        this.deposit = deposit;
    }

    @Override
    public List<String> columns() {
        return List.of("cluster_count", "largest_cluster_sites");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        clusters.measure(sample.lattice(), deposit);
        int largest = 0;
        for (int cluster = 0; cluster < clusters.count(); cluster++) {
            largest = Math.max(largest, clusters.size(cluster));
        }
        out[offset] = clusters.count();
        out[offset + 1] = largest;
    }
}
