package dev.kossel.engine.observe;

import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Clusters;
import dev.kossel.lattice.morphology.LayerCensus;
import dev.kossel.lattice.morphology.Porosity;
import dev.kossel.lattice.morphology.Substrate;
import java.util.List;

/**
 * Metal that has lost contact: how much, in how many clusters (held together by nearest neighbours); and the voids that the electrolyte cannot reach (see
 * {@link Porosity}).
 *
 * <p>Costs what has changed since the sample before; where there is dead metal or a void, a pass over the sites near the surface. 4 bytes a site.
 * Single-threaded.
 */
public final class DeadMetalInstrument implements Instrument {

    private final SpeciesSet isolated;
    private final double[] massPerArea;
    private final double[] chargePerArea;
    private final Clusters clusters;
    private final Porosity porosity;
    private final CensusFollower census;
    private final HeightInstrument heights;
    private final double[] heightRow;

    /**
     * @param deposit what counts as solid
     * @param isolated the species that have lost contact
     * @param massPerArea by species, the mass of a site over the area of the electrode, kg/m²; NaN where it is not known
     * @param chargePerArea by species, the charge that a site has cost over that area, C/m²
     */
    public DeadMetalInstrument(
            Substrate substrate,
            SpeciesSet deposit,
            SpeciesSet isolated,
            double[] massPerArea,
            double[] chargePerArea) {
        this.isolated = isolated;
        this.massPerArea = massPerArea.clone();
        this.chargePerArea = chargePerArea.clone();
        clusters = Clusters.ofNearestNeighbors(substrate.geometry());
        porosity = new Porosity(substrate, deposit, clusters);
        census = new CensusFollower(substrate.geometry());
        heights = new HeightInstrument(substrate, deposit);
        heightRow = new double[heights.columns().size()];
    }

    @Override
    public List<String> columns() {
        return List.of(
                "dead_sites",
                "dead_mass_kg_per_m2",
                "dead_charge_C_per_m2",
                "dead_cluster_count",
                "largest_dead_cluster_sites",
                "closed_void_sites");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        census.follow(sample);
        heights.measure(sample, heightRow, 0);
        LayerCensus now = census.census();
        long sites = 0;
        double mass = 0;
        double charge = 0;
        for (int species = 0; species < massPerArea.length; species++) {
            long count = isolated.contains(species) ? now.count(species) : 0;
            if (count > 0) {
                sites += count;
                mass += count * massPerArea[species];
                charge += count * chargePerArea[species];
            }
        }
        out[offset] = sites;
        out[offset + 1] = mass;
        out[offset + 2] = charge;
        countClusters(sample, out, offset + 3);
        out[offset + 5] = porosity.measure(sample.lattice(), now, heights.map()).closedVoidSites();
    }

    private void countClusters(Sample sample, double[] out, int offset) {
        clusters.measure(sample.lattice(), isolated, census.census());
        int largest = 0;
        for (int cluster = 0; cluster < clusters.count(); cluster++) {
            largest = Math.max(largest, clusters.size(cluster));
        }
        out[offset] = clusters.count();
        out[offset + 1] = largest;
    }
}
