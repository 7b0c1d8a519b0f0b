package dev.kossel.engine.observe;

import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Porosity;
import dev.kossel.lattice.morphology.Substrate;
import java.util.List;

/** Voids in the deposit; see {@link Porosity}. */
final class PorosityInstrument implements Instrument {

    private final Porosity porosity;

    PorosityInstrument(Substrate substrate, SpeciesSet deposit) {
        porosity = new Porosity(substrate, deposit);
    }

    @Override
    public List<String> columns() {
        return List.of("porosity", "closed_porosity");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        porosity.measure(sample.lattice());
        out[offset] = porosity.fraction();
        out[offset + 1] = porosity.closedFraction();
    }
}
