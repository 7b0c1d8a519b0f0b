package dev.kossel.engine.observe;

import dev.kossel.lattice.morphology.BoxCounting;
import dev.kossel.lattice.morphology.LayerCensus;
import dev.kossel.lattice.morphology.MeanCurvature;
import dev.kossel.lattice.morphology.Surface;
import java.util.List;

/** Surface area from broken bonds, dimension and curvature of the surface; see {@link Surface}, {@link BoxCounting} and {@link MeanCurvature}. */
final class SurfaceInstrument implements Instrument {

    private final SurfaceMeasurement measurement;
    private final BoxCounting boxes;
    private final LayerCensus census;

    /** @param census kept up to date by an instrument before this one in the row */
    SurfaceInstrument(SurfaceMeasurement measurement, LayerCensus census) {
        this.measurement = measurement;
        this.census = census;
        boxes = new BoxCounting(measurement.substrate().geometry());
    }

    @Override
    public List<String> columns() {
        return List.of(
                "surface_area_ratio",
                "specific_surface_per_nm",
                "box_counting_dimension",
                "mean_curvature_per_nm",
                "curvature_deviation_per_nm");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        Surface surface = measurement.of(sample, census).surface();
        MeanCurvature curvature = measurement.curvature();
        out[offset] = surface.areaRatio();
        out[offset + 1] = surface.specificSurfacePerNm();
        out[offset + 2] = boxes.dimension(surface);
        out[offset + 3] = curvature.meanPerNm();
        out[offset + 4] = curvature.deviationPerNm();
    }
}
