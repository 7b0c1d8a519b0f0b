package dev.kossel.engine.observe;

import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Coverage;
import dev.kossel.lattice.morphology.Substrate;
import java.util.ArrayList;
import java.util.List;

/** Coverage of the first growth layer, in total and by site type; see {@link Coverage}. */
final class CoverageInstrument implements Instrument {

    private final Coverage coverage;
    private final List<String> columns;
    private final int siteTypes;

    /** Site types are told apart where there is more than one. */
    CoverageInstrument(Substrate substrate, SpeciesSet deposit, List<String> siteTypeNames) {
        coverage = new Coverage(substrate, deposit);
        siteTypes = siteTypeNames.size() > 1 ? siteTypeNames.size() : 0;
        List<String> names = new ArrayList<>(List.of("coverage"));
        for (int type = 0; type < siteTypes; type++) {
            names.add("coverage_" + siteTypeNames.get(type));
        }
        columns = List.copyOf(names);
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        if (isConcerned(sample.changes())) {
            coverage.measure(sample.lattice());
        }
        out[offset] = coverage.fraction();
        for (int type = 0; type < siteTypes; type++) {
            out[offset + 1 + type] = coverage.fraction(type);
        }
    }

    /** Away from the first growth layer, as most of a thick deposit is, nothing has to be done. */
    private boolean isConcerned(Changes changes) {
        for (int i = 0; changes.known() && i < changes.count(); i++) {
            if (coverage.concerns(changes.site(i))) {
                return true;
            }
        }
        return !changes.known();
    }
}
