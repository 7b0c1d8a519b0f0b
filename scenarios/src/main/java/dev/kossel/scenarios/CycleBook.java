package dev.kossel.scenarios;

import dev.kossel.engine.observe.BalanceInstrument;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.Species;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.HeightMap;
import dev.kossel.lattice.morphology.LayerCensus;
import dev.kossel.lattice.morphology.Substrate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Books what a cycle of the protocol comes to, while it goes on. Looks at the lattice at the ends of steps only, O(sites). */
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
    /** Sites by species: at time 0, and when the last step ended; none before the first has. */
    private long[] initialCounts = {};

    private long[] counts = {};

    private double massPlated;
    private long electronsOfPlatingSteps;
    private double massStripped;
    private long electronsOfStrippingSteps;

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

    /**
     * A step has ended.
     *
     * @param electrons that it has taken up net
     */
    void stepEnded(LatticeView lattice, long electrons) {
        if (initialCounts.length == 0) {
            initialCounts = count(model.initial());
        }
        long[] before = counts.length == 0 ? initialCounts : counts;
        counts = count(lattice);
        double gained = BalanceInstrument.massGained(model.balanceMassOfSpecies(), before, s -> counts[s]);
        if (electrons > 0) {
            massPlated += gained;
            electronsOfPlatingSteps += electrons;
            measureHeight(lattice);
        } else if (electrons < 0) {
            massStripped -= gained;
            electronsOfStrippingSteps -= electrons;
        }
    }

    private long[] count(LatticeView lattice) {
        LayerCensus census = new LayerCensus(lattice.geometry()).measure(lattice);
        return IntStream.range(0, model.catalog().species().size())
                .mapToLong(census::count)
                .toArray();
    }

    private void measureHeight(LatticeView lattice) {
        HeightMap map = heights == null ? new HeightMap(Substrate.of(model.initial(), solids), solids) : heights;
        heights = map;
        // Not Math.max: NaN is no height.
        double height = map.measure(lattice).maxNm();
        if (!(height <= maxHeightNm)) {
            maxHeightNm = height;
        }
    }

    /** The cycle has ended with its last step; the next one begins. */
    Cycle end(double timeSeconds) {
        long residueSites = 0;
        long deadSites = 0;
        long deadElectrons = 0;
        long[] electrons = model.electronsOfSpecies();
        for (int species = 0; species < electrons.length; species++) {
            if (metal.contains(species)) {
                residueSites += counts[species] - initialCounts[species];
            }
            if (isolated.contains(species)) {
                deadSites += counts[species];
                deadElectrons += counts[species] * electrons[species];
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
                massPlated / electronsOfPlatingSteps,
                massStripped / electronsOfStrippingSteps,
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
        massPlated = 0;
        electronsOfPlatingSteps = 0;
        massStripped = 0;
        electronsOfStrippingSteps = 0;
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
        out.writeInt(counts.length);
        for (long count : counts) {
            out.writeLong(count);
        }
        out.writeDouble(massPlated);
        out.writeLong(electronsOfPlatingSteps);
        out.writeDouble(massStripped);
        out.writeLong(electronsOfStrippingSteps);
    }

    void restore(DataInput in) throws IOException {
        number = in.readInt();
        startSeconds = in.readDouble();
        plated = in.readLong();
        stripped = in.readLong();
        endOfPlatingVolts = in.readDouble();
        endOfStrippingVolts = in.readDouble();
        maxHeightNm = in.readDouble();
        counts = new long[in.readInt()];
        for (int species = 0; species < counts.length; species++) {
            counts[species] = in.readLong();
        }
        massPlated = in.readDouble();
        electronsOfPlatingSteps = in.readLong();
        massStripped = in.readDouble();
        electronsOfStrippingSteps = in.readLong();
    }
}
