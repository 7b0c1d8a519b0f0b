package dev.kossel.engine.observe;

import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.LayerCensus;
import dev.kossel.lattice.morphology.MeanCurvature;
import dev.kossel.lattice.morphology.Substrate;
import dev.kossel.lattice.morphology.Surface;

/** The surface of a deposit and its curvature, measured once a sample for all that ask; see {@link Surface} and {@link MeanCurvature}. One thread. */
public final class SurfaceMeasurement {

    private static final long NONE = -1;

    private final Substrate substrate;
    private final Surface surface;
    private final MeanCurvature curvature;
    private long measured = NONE;

    /** @throws IllegalArgumentException if the lattice is two-dimensional */
    public SurfaceMeasurement(Substrate substrate, SpeciesSet deposit) {
        this.substrate = substrate;
        surface = new Surface(substrate, deposit);
        curvature = new MeanCurvature(substrate.geometry(), deposit);
    }

    Substrate substrate() {
        return substrate;
    }

    /** Measures a sample, unless it was the last one measured. */
    SurfaceMeasurement of(Sample sample) {
        if (measured != sample.index()) {
            take(sample, surface.measure(sample.lattice()));
        }
        return this;
    }

    /** The same where a census of the sample is at hand. */
    SurfaceMeasurement of(Sample sample, LayerCensus census) {
        if (measured != sample.index()) {
            take(sample, surface.measure(sample.lattice(), census));
        }
        return this;
    }

    private void take(Sample sample, Surface now) {
        measured = NONE;
        curvature.measure(sample.lattice(), now);
        measured = sample.index();
    }

    Surface surface() {
        return surface;
    }

    MeanCurvature curvature() {
        return curvature;
    }
}
