package dev.kossel.engine.observe;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Facets;
import dev.kossel.lattice.morphology.LayerCensus;
import dev.kossel.lattice.morphology.SiteNumbers;
import java.util.ArrayList;
import java.util.List;

/** Which planes of the crystal the surface shows, and its area by where it faces; see {@link Facets}. */
final class FacetInstrument implements Instrument {

    private final Facets facets;
    private final List<String> columns;
    private final int families;
    private final LayerCensus census;

    /**
     * @param numbers shared with other instruments
     * @param census kept up to date by an instrument before this one in the row
     */
    FacetInstrument(LatticeGeometry geometry, SpeciesSet deposit, SiteNumbers numbers, LayerCensus census) {
        this.census = census;
        facets = new Facets(geometry, deposit, numbers);
        List<String> names = Facets.families(geometry);
        families = names.size();
        List<String> all = new ArrayList<>(List.of("facet_area_ratio"));
        names.forEach(name -> all.add("facet_fraction_" + name));
        all.add("facet_fraction_other");
        names.forEach(name -> all.add("texture_coefficient_" + name));
        columns = List.copyOf(all);
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        facets.measure(sample.lattice(), census);
        out[offset] = facets.areaRatio();
        for (int f = 0; f <= families; f++) {
            out[offset + 1 + f] = facets.fraction(f);
        }
        for (int f = 0; f < families; f++) {
            out[offset + 2 + families + f] = facets.textureCoefficient(f);
        }
    }
}
