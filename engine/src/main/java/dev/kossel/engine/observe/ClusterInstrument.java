package dev.kossel.engine.observe;

import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Clusters;
import dev.kossel.lattice.morphology.LayerCensus;
import java.util.List;

/** Clusters of the deposit held together by nearest neighbours; see {@link Clusters}. */
final class ClusterInstrument implements Instrument {

    private final Clusters clusters;
    private final SpeciesSet deposit;
    private final LayerCensus census;

    /**
     * @param clusters of nearest neighbours, whose memory is shared with other instruments
     * @param census kept up to date by an instrument before this one in the row
     */
    ClusterInstrument(Clusters clusters, SpeciesSet deposit, LayerCensus census) {
        this.clusters = clusters;
        this.deposit = deposit;
        this.census = census;
    }

    @Override
    public List<String> columns() {
        return List.of("cluster_count", "largest_cluster_sites");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        clusters.measure(sample.lattice(), deposit, census);
        int largest = 0;
        for (int cluster = 0; cluster < clusters.count(); cluster++) {
            largest = Math.max(largest, clusters.size(cluster));
        }
        out[offset] = clusters.count();
        out[offset + 1] = largest;
    }
}
