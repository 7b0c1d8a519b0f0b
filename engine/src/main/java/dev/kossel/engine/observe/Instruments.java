package dev.kossel.engine.observe;

import dev.kossel.engine.record.RunLayout;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Substrate;
import java.util.ArrayList;
import java.util.List;

/** The built-in instruments. A new one is one class and one line here. */
public final class Instruments {

    private Instruments() {}

    /**
     * What every sample measures. It costs a few passes over the sites near the surface and one over all sites.
     *
     * @param layout names of readings, species and site types
     * @param substrate the initial surface
     * @param deposit what grows on it: the species whose height, coverage and islands are measured
     */
    public static List<Instrument> standard(RunLayout layout, Substrate substrate, SpeciesSet deposit) {
        return List.of(
                new ProgressInstrument(),
                new ReadingsInstrument(layout.readings()),
                new HeightInstrument(substrate, deposit),
                new CoverageInstrument(substrate, deposit, layout.siteTypes()),
                new IslandInstrument(substrate, deposit),
                new SpeciesInstrument(layout.species()));
    }

    /**
     * {@link #standard}, and at snapshots what costs several passes over all sites: lateral correlation, clusters, tips, surface area, porosity. In the other
     * rows these columns are empty.
     */
    public static List<Instrument> thorough(RunLayout layout, Substrate substrate, SpeciesSet deposit) {
        List<Instrument> instruments = new ArrayList<>(standard(layout, substrate, deposit));
        List<Instrument> costly = new ArrayList<>();
        costly.add(new CorrelationInstrument(substrate, deposit));
        costly.add(new ClusterInstrument(layout.geometry(), deposit));
        if (layout.geometry().layerCount() > 1) {
            costly.add(new TipInstrument(substrate, deposit));
            costly.add(new SurfaceInstrument(substrate, deposit));
            costly.add(new FacetInstrument(layout.geometry(), deposit));
            costly.add(new PorosityInstrument(substrate, deposit));
        }
        costly.forEach(instrument -> instruments.add(new SnapshotInstrument(instrument)));
        return instruments;
    }
}
