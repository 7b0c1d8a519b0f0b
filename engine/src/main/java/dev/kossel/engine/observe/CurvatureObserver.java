package dev.kossel.engine.observe;

import dev.kossel.engine.record.CsvWriter;
import dev.kossel.lattice.morphology.MeanCurvature;
import java.io.IOException;
import java.util.List;

/** Writes {@code curvature.csv}: at each snapshot the distribution of the mean curvature of the surface, a row a bin; see {@link MeanCurvature}. */
public final class CurvatureObserver extends CsvObserver {

    /** The columns of the file. */
    public static final List<String> COLUMNS = List.of("time_s", "events", "curvature_per_nm", "density_nm");

    private final SurfaceMeasurement measurement;

    /** @param file begun with {@link #COLUMNS}; closed with this observer */
    public CurvatureObserver(CsvWriter file, SurfaceMeasurement measurement) {
        super(file);
        this.measurement = measurement;
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
        MeanCurvature curvature = measurement.of(sample).curvature();
        for (int bin = 0; bin < MeanCurvature.BINS; bin++) {
            file.add(sample.timeSeconds()).add(sample.events());
            file.add(curvature.binPerNm(bin)).add(curvature.densityNm(bin));
            file.endRow();
        }
        file.flush();
    }
}
