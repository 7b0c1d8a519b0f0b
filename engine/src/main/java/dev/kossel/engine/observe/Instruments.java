package dev.kossel.engine.observe;

import dev.kossel.engine.record.RunLayout;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Clusters;
import dev.kossel.lattice.morphology.SiteNumbers;
import dev.kossel.lattice.morphology.Substrate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The built-in instruments. A new one is one class and one line here. */
public final class Instruments {

    private Instruments() {}

    /**
     * What every sample measures. It costs what has changed since the sample before, and where that concerns the first growth layer, a pass over it.
     *
     * @param layout names of readings, species and site types
     * @param substrate the initial surface
     * @param deposit what grows on it: the species whose height, coverage and islands are measured
     */
    public static List<Instrument> standard(RunLayout layout, Substrate substrate, SpeciesSet deposit) {
        return standard(layout, new HeightInstrument(substrate, deposit), species(layout), deposit);
    }

    private static SpeciesInstrument species(RunLayout layout) {
        return new SpeciesInstrument(layout.geometry(), layout.species());
    }

    private static List<Instrument> standard(
            RunLayout layout, HeightInstrument heights, SpeciesInstrument species, SpeciesSet deposit) {
        Substrate substrate = heights.map().substrate();
        return List.of(
                new ProgressInstrument(),
                new ReadingsInstrument(layout.readings()),
                heights,
                new CoverageInstrument(substrate, deposit, layout.siteTypes()),
                new IslandInstrument(substrate, deposit),
                species);
    }

    /**
     * {@link #standard}, and at snapshots what costs several passes over the sites near the surface: lateral correlation, clusters, tips, surface area and
     * curvature, facets, branches, fractal dimensions, porosity. In the other rows these columns are empty.
     *
     * @param surface of the deposit, which others may ask, too; null on a two-dimensional lattice, which has none
     * @param numbers that these and other instruments of the row are lent
     */
    public static List<Instrument> thorough(
            RunLayout layout,
            Substrate substrate,
            SpeciesSet deposit,
            @Nullable SurfaceMeasurement surface,
            SiteNumbers numbers) {
        HeightInstrument heights = new HeightInstrument(substrate, deposit);
        SpeciesInstrument species = species(layout);
        Clusters clusters = Clusters.ofNearestNeighbors(layout.geometry(), numbers);
        List<Instrument> instruments = new ArrayList<>(standard(layout, heights, species, deposit));
        List<Instrument> costly = new ArrayList<>();
        costly.add(new CorrelationInstrument(heights.map()));
        costly.add(new ClusterInstrument(clusters, deposit, species.census()));
        if (surface != null) {
            costly.add(new TipInstrument(heights.map(), numbers));
            costly.add(new SurfaceInstrument(surface, species.census()));
            costly.add(new FacetInstrument(layout.geometry(), deposit, numbers, species.census()));
            costly.add(new DendriteInstrument(substrate, deposit, numbers, species.census()));
            costly.add(new PorosityInstrument(clusters, deposit, species.census(), heights.map()));
        }
        costly.forEach(instrument -> instruments.add(atSnapshots(instrument)));
        return instruments;
    }

    /** An instrument that measures where a snapshot is taken, and leaves its columns empty in other rows. It must keep nothing between samples. */
    public static Instrument atSnapshots(Instrument instrument) {
        return new SnapshotInstrument(instrument);
    }
}
