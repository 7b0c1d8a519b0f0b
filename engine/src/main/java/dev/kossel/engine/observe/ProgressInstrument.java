package dev.kossel.engine.observe;

import java.util.List;

/** Simulated time and executed events. */
final class ProgressInstrument implements Instrument {

    @Override
    public List<String> columns() {
        return List.of("time_s", "events");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        out[offset] = sample.timeSeconds();
        out[offset + 1] = sample.events();
    }
}
