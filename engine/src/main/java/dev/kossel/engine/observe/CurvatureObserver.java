package dev.kossel.engine.observe;

import dev.kossel.engine.record.CsvWriter;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.MeanCurvature;
import dev.kossel.lattice.morphology.Substrate;
import dev.kossel.lattice.morphology.Surface;
import java.io.IOException;
import java.util.List;

/** Writes {@code curvature.csv}: at each snapshot the distribution of the mean curvature of the surface, a row a bin; see {@link MeanCurvature}. */
public final class CurvatureObserver extends CsvObserver {

    /** The columns of the file. */
    public static final List<String> COLUMNS = List.of("time_s", "events", "curvature_per_nm", "density_nm");

    private final Surface surface;
    private final MeanCurvature curvature;

    /**
     * @param file begun with {@link #COLUMNS}; closed with this observer
     * @throws IllegalArgumentException if the lattice is two-dimensional
     */
    public CurvatureObserver(CsvWriter file, Substrate substrate, SpeciesSet deposit) {
        super(file);
        surface = new Surface(substrate, deposit);
        curvature = new MeanCurvature(substrate.geometry(), deposit);
    }

    @Override
    public String name() {
        return "curvature";
    }

    @Override
    public void onSample(Sample sample) throws IOException {
        if (!sample.snapshot()) {
            return;
        }
        curvature.measure(sample.lattice(), surface.measure(sample.lattice()));
        for (int bin = 0; bin < MeanCurvature.BINS; bin++) {
            file.add(sample.timeSeconds()).add(sample.events());
            file.add(curvature.binPerNm(bin)).add(curvature.densityNm(bin));
            file.endRow();
        }
        file.flush();
    }
}
