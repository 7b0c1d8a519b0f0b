package dev.kossel.engine.observe;

import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Branches;
import dev.kossel.lattice.morphology.LayerCensus;
import dev.kossel.lattice.morphology.MassRadius;
import dev.kossel.lattice.morphology.SiteNumbers;
import dev.kossel.lattice.morphology.Substrate;
import java.util.List;

/** Dendrites, their branches, and how densely they fill space; see {@link Branches} and {@link MassRadius}. */
final class DendriteInstrument implements Instrument {

    private final Branches branches;
    private final MassRadius mass;
    private final LayerCensus census;

    /**
     * @param numbers shared with other instruments
     * @param census kept up to date by an instrument before this one in the row
     */
    DendriteInstrument(Substrate substrate, SpeciesSet deposit, SiteNumbers numbers, LayerCensus census) {
        this.census = census;
        branches = new Branches(substrate.geometry(), deposit, numbers);
        mass = new MassRadius(substrate, deposit);
    }

    @Override
    public List<String> columns() {
        return List.of(
                "dendrite_count", "branch_count", "branch_point_count", "branch_angle_deg", "mass_radius_dimension");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        branches.measure(sample.lattice(), census);
        out[offset] = branches.dendrites();
        out[offset + 1] = branches.branches();
        out[offset + 2] = branches.branchPoints();
        out[offset + 3] = branches.meanAngleDegrees();
        out[offset + 4] = mass.dimension(sample.lattice());
    }
}
