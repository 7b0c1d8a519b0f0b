package dev.kossel.engine.observe;

import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Islands;
import dev.kossel.lattice.morphology.Substrate;
import java.util.List;

/** Islands of the first growth layer; see {@link Islands}. */
final class IslandInstrument implements Instrument {

    /** Two atoms and more: a single one is an adatom. */
    private static final int SMALLEST_ISLAND = 2;

    private final Islands islands;

    IslandInstrument(Substrate substrate, SpeciesSet deposit) {
        islands = new Islands(substrate, deposit);
    }

    @Override
    public List<String> columns() {
        return List.of("island_count", "island_density_per_m2", "adatom_count", "mean_island_sites");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        if (isConcerned(sample.changes())) {
            islands.measure(sample.lattice());
        }
        int count = islands.count(SMALLEST_ISLAND);
        int adatoms = islands.count() - count;
        int sites = 0;
        for (int island = 0; island < islands.count(); island++) {
            sites += islands.size(island);
        }
        out[offset] = count;
        out[offset + 1] = islands.numberDensityPerM2(SMALLEST_ISLAND);
        out[offset + 2] = adatoms;
        out[offset + 3] = count == 0 ? Double.NaN : (double) (sites - adatoms) / count;
    }

    /** Away from the first growth layer, as most of a thick deposit is, nothing has to be done. */
    private boolean isConcerned(Changes changes) {
        for (int i = 0; changes.known() && i < changes.count(); i++) {
            if (islands.concerns(changes.site(i))) {
                return true;
            }
        }
        return !changes.known();
    }
}
