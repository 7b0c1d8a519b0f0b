package dev.kossel.engine.observe;

import java.util.Arrays;
import java.util.List;

/** Measures with a costly instrument where a snapshot is taken, and leaves its columns empty elsewhere. */
final class SnapshotInstrument implements Instrument {

    private final Instrument instrument;

    SnapshotInstrument(Instrument instrument) {
        this.instrument = instrument;
    }

    @Override
    public List<String> columns() {
        return instrument.columns();
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        if (sample.snapshot()) {
            instrument.measure(sample, out, offset);
        } else {
            Arrays.fill(out, offset, offset + columns().size(), Double.NaN);
        }
    }
}
