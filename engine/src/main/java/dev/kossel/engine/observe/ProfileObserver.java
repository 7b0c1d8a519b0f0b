package dev.kossel.engine.observe;

import dev.kossel.engine.record.CsvWriter;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.DensityProfile;
import dev.kossel.lattice.morphology.Substrate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code profiles.csv}: at each snapshot a row for each layer, from the lowest to the highest that holds deposit, with the fraction of its sites
 * that hold deposit, and that hold each species; see {@link DensityProfile}.
 *
 * <p>A pass over the sites for each species a snapshot; 4 bytes a stack for each.
 */
public final class ProfileObserver extends CsvObserver {

    private final double surfaceNm;
    private final DensityProfile deposit;
    private final List<DensityProfile> ofSpecies = new ArrayList<>();

    /**
     * @param file begun with {@link #columns} of the same layout; closed with this observer
     * @param substrate the initial surface, whose mean height is the zero of heights
     */
    public ProfileObserver(CsvWriter file, RunLayout layout, Substrate substrate, SpeciesSet deposit) {
        super(file);
        surfaceNm = substrate.meanHeightNm();
        this.deposit = new DensityProfile(substrate.geometry(), deposit);
        for (int species = 0; species < layout.species().size(); species++) {
            if (!layout.species().get(species).vacant()) {
                ofSpecies.add(new DensityProfile(substrate.geometry(), SpeciesSet.of(species)));
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
        if (!sample.snapshot()) {
            return;
        }
        deposit.measure(sample.lattice());
        ofSpecies.forEach(profile -> profile.measure(sample.lattice()));
        int highest = deposit.layerCount() - 1;
        while (highest > 0 && deposit.count(highest) == 0) {
            highest--;
        }
        for (int layer = 0; layer <= highest; layer++) {
            file.add(sample.timeSeconds()).add(sample.events()).add(layer);
            file.add(deposit.zNm(layer) - surfaceNm).add(deposit.fraction(layer));
            for (DensityProfile profile : ofSpecies) {
                file.add(profile.fraction(layer));
            }
            file.endRow();
        }
        file.flush();
    }
}
