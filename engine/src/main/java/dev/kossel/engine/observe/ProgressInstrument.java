package dev.kossel.engine.observe;

import java.util.List;

/** Simulated time, executed events, and which part of all draws they are. */
final class ProgressInstrument implements Instrument {

    @Override
    public List<String> columns() {
        return List.of("time_s", "events", "acceptance");
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        out[offset] = sample.timeSeconds();
        out[offset + 1] = sample.events();
        // Not a number before the first draw.
        out[offset + 2] = (double) sample.events() / (sample.events() + sample.nullEvents());
    }
}
