package dev.kossel.scenarios;

import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.Species;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.HeightMap;
import dev.kossel.lattice.morphology.Substrate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Books what a cycle of the protocol comes to, while it goes on. Looks at the lattice at the ends of steps and cycles only, O(sites). */
final class CycleBook {

    private final Model model;
    private final SpeciesSet metal;
    private final SpeciesSet isolated;
    private final SpeciesSet solids;

    /** Made when the first step that plates has ended. */
    private @Nullable HeightMap heights;

    private int number = 1;
    private double startSeconds;
    private long plated;
    private long stripped;
    private double endOfPlatingVolts = Double.NaN;
    private double endOfStrippingVolts = Double.NaN;
    private double maxHeightNm = Double.NaN;

    CycleBook(Model model) {
        this.model = model;
        metal = having(model, Phase.METAL);
        isolated = model.isolatedSpecies();
        solids = having(model, Phase.METAL, Phase.FILM, Phase.INERT);
    }

    private static SpeciesSet having(Model model, Phase... phases) {
        List<Species> all = model.catalog().species();
        return SpeciesSet.of(IntStream.range(0, all.size())
                .filter(s -> List.of(phases).contains(all.get(s).phase()))
                .toArray());
    }

    /**
     * A part of the protocol that was not at open circuit has ended.
     *
     * @param electrons net, plating positive
     */
    void partEnded(long electrons, double overpotentialVolts) {
        if (electrons > 0) {
            plated += electrons;
            endOfPlatingVolts = overpotentialVolts;
        } else if (electrons < 0) {
            stripped -= electrons;
            endOfStrippingVolts = overpotentialVolts;
        }
    }

    /** A step that has plated, net, has ended. */
    void platingStepEnded(LatticeView lattice) {
        HeightMap map = heights == null ? new HeightMap(Substrate.of(model.initial(), solids), solids) : heights;
        heights = map;
        // Not Math.max: NaN is no height.
        double height = map.measure(lattice).maxNm();
        if (!(height <= maxHeightNm)) {
            maxHeightNm = height;
        }
    }

    /** The cycle has ended; the next one begins. */
    Cycle end(LatticeView lattice, double timeSeconds) {
        long residueSites = 0;
        long deadSites = 0;
        long deadElectrons = 0;
        long[] electrons = model.electronsOfSpecies();
        for (int site = 0; site < lattice.geometry().siteCount(); site++) {
            int species = lattice.species(site);
            residueSites += metal.contains(species) ? 1 : 0;
            residueSites -= metal.contains(model.initial().species(site)) ? 1 : 0;
            if (isolated.contains(species)) {
                deadSites++;
                deadElectrons += electrons[species];
            }
        }
        Cycle cycle = new Cycle(
                number,
                startSeconds,
                timeSeconds,
                plated,
                stripped,
                endOfPlatingVolts,
                endOfStrippingVolts,
                maxHeightNm,
                residueSites,
                deadSites,
                deadElectrons);
        number++;
        startSeconds = timeSeconds;
        plated = 0;
        stripped = 0;
        endOfPlatingVolts = Double.NaN;
        endOfStrippingVolts = Double.NaN;
        maxHeightNm = Double.NaN;
        return cycle;
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(number);
        out.writeDouble(startSeconds);
        out.writeLong(plated);
        out.writeLong(stripped);
        out.writeDouble(endOfPlatingVolts);
        out.writeDouble(endOfStrippingVolts);
        out.writeDouble(maxHeightNm);
    }

    void restore(DataInput in) throws IOException {
        number = in.readInt();
        startSeconds = in.readDouble();
        plated = in.readLong();
        stripped = in.readLong();
        endOfPlatingVolts = in.readDouble();
        endOfStrippingVolts = in.readDouble();
        maxHeightNm = in.readDouble();
    }
}
