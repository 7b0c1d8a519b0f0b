package dev.kossel.engine.observe;

import dev.kossel.engine.record.CsvWriter;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.LayerCensus;
import dev.kossel.lattice.morphology.Substrate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code profiles.csv}: at each snapshot a row for each layer, from the lowest to the highest that holds deposit, with the fraction of its sites
 * that hold deposit, and that hold each species; see {@link LayerCensus}.
 *
 * <p>Costs what has changed since the sample before, and a pass over all sites at the first.
 */
public final class ProfileObserver extends CsvObserver {

    private final double surfaceNm;
    private final SpeciesSet deposit;
    private final CensusFollower census;
    private final List<SpeciesSet> ofSpecies = new ArrayList<>();

    /**
     * @param file begun with {@link #columns} of the same layout; closed with this observer
     * @param substrate the initial surface, whose mean height is the zero of heights
     */
    public ProfileObserver(CsvWriter file, RunLayout layout, Substrate substrate, SpeciesSet deposit) {
        super(file);
        surfaceNm = substrate.meanHeightNm();
        this.deposit = deposit;
        census = new CensusFollower(substrate.geometry());
        for (int species = 0; species < layout.species().size(); species++) {
            if (!layout.species().get(species).vacant()) {
                ofSpecies.add(SpeciesSet.of(species));
            }
        }
    }

    /** {@code time_s, events, layer, height_nm, deposit_fraction}, then {@code fraction_<species>} for each that is not vacant. */
    public static List<String> columns(RunLayout layout) {
        List<String> columns = new ArrayList<>(List.of("time_s", "events", "layer", "height_nm", "deposit_fraction"));
        layout.species().stream()
                .filter(species -> !species.vacant())
                .forEach(species -> columns.add("fraction_" + species.name()));
        return columns;
    }

    @Override
    public String name() {
        return "profiles";
    }

    @Override
    public void onSample(Sample sample) throws IOException {
        census.follow(sample);
        if (!sample.snapshot()) {
            return;
        }
        LayerCensus now = census.census();
        int layers = Math.max(1, now.layersInUse(deposit));
        for (int layer = 0; layer < layers; layer++) {
            file.add(sample.timeSeconds()).add(sample.events()).add(layer);
            file.add(now.zNm(layer) - surfaceNm).add(now.fraction(layer, deposit));
            for (SpeciesSet species : ofSpecies) {
                file.add(now.fraction(layer, species));
            }
            file.endRow();
        }
        file.flush();
    }
}
