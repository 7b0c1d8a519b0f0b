package dev.kossel.engine.observe;

import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SnapshotStamp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the lattice to {@code snapshots/} at each sample that asks for it. O(sites) there. */
public final class SnapshotObserver implements EventObserver {

    private final SnapshotSeries series;
    private final List<String> readings;

    /** @param readings names of the readings that come with a sample */
    public SnapshotObserver(SnapshotSeries series, List<String> readings) {
        this.series = series;
        this.readings = List.copyOf(readings);
    }

    @Override
    public String name() {
        return "snapshots";
    }

    @Override
    public void onSample(Sample sample) throws IOException {
        if (!sample.snapshot()) {
            return;
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < readings.size(); i++) {
            values.put(readings.get(i), sample.reading(i));
        }
        series.append(sample.lattice(), new SnapshotStamp(sample.timeSeconds(), sample.events(), values));
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(series.count());
    }

    @Override
    public void restore(DataInput in) throws IOException {
        series.resumeAt(in.readInt());
    }
}
