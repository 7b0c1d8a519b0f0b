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
        Changes changes = sample.changes();
        if (changes.known()) {
            for (int i = 0; i < changes.count(); i++) {
                coverage.update(sample.lattice(), changes.site(i), changes.before(i));
            }
        } else {
            coverage.measure(sample.lattice());
        }
        out[offset] = coverage.fraction();
        for (int type = 0; type < siteTypes; type++) {
            out[offset + 1 + type] = coverage.fraction(type);
        }
    }
}
