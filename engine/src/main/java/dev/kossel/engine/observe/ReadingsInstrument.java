package dev.kossel.engine.observe;

import java.util.List;

/** What the driver reports, as it is. */
final class ReadingsInstrument implements Instrument {

    private final List<String> readings;

    ReadingsInstrument(List<String> readings) {
        this.readings = List.copyOf(readings);
    }

    @Override
    public List<String> columns() {
        return readings;
    }

    @Override
    public void measure(Sample sample, double[] out, int offset) {
        for (int i = 0; i < readings.size(); i++) {
            out[offset + i] = sample.reading(i);
        }
    }
}
