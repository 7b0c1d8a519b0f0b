package dev.kossel.engine.observe;

import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.Substrate;
import dev.kossel.lattice.morphology.Surface;
import java.util.List;

/** Surface area from broken bonds; see {@link Surface}. */
final class SurfaceInstrument implements Instrument {

    private final Surface surface;

    SurfaceInstrument(Substrate substrate, SpeciesSet deposit) {
        surface = new Surface(substrate, deposit);
    }

    @Override
    public List<String> columns() {
        return List.of("surface_area_ratio", "specific_surface_per_nm");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        surface.measure(sample.lattice());
        out[offset] = surface.areaRatio();
        out[offset + 1] = surface.specificSurfacePerNm();
    }
}
