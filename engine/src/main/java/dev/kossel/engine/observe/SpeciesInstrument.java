package dev.kossel.engine.observe;

import dev.kossel.engine.record.SpeciesLabel;
import dev.kossel.lattice.LatticeView;
import java.util.List;

/** How many sites hold each species. */
final class SpeciesInstrument implements Instrument {

    private final List<String> columns;

    SpeciesInstrument(List<SpeciesLabel> species) {
        columns = species.stream().map(label -> "sites_" + label.name()).toList();
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        LatticeView lattice = sample.lattice();
        int sites = lattice.geometry().siteCount();
        int[] counts = new int[columns.size()];
        for (int site = 0; site < sites; site++) {
            counts[lattice.species(site)]++;
        }
        for (int s = 0; s < counts.length; s++) {
            out[offset + s] = counts[s];
        }
    }
}
