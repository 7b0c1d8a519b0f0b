package dev.kossel.engine.observe;

import dev.kossel.engine.record.FillTimes;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.SiteFields;
import dev.kossel.engine.record.Snapshot;
import dev.kossel.engine.record.SnapshotReader;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SnapshotStamp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lattice to {@code snapshots/} at each sample that asks for it, with the time since which each site has
 * held what it holds, as {@link FillFollower} finds it; without times in a box of more than {@value #MOST_TIMES} sites.
 *
 * <p>A resumed run reads those times back from its last snapshot, so nothing of them is in the checkpoint.
 */
public final class SnapshotObserver implements EventObserver {

    /** Beyond, an array of them could be written but not read: a Java array has no more bytes. */
    private static final int MOST_TIMES = (Integer.MAX_VALUE - 8) / Float.BYTES;

    private final SnapshotSeries series;
    private final List<String> readings;
    private final @Nullable SurfaceFields fields;

    /** Null where no times are kept. */
    private @Nullable FillFollower filled;

    /** @param layout of the run */
    public SnapshotObserver(SnapshotSeries series, RunLayout layout) {
        this(series, layout, null);
    }

    /**
     * @param layout of the run
     * @param fields which fields sites at the surface are given numbers from; null for none
     */
    public SnapshotObserver(SnapshotSeries series, RunLayout layout, @Nullable SurfaceFields fields) {
        this.series = series;
        readings = layout.readings();
        this.fields = fields;
        int sites = layout.geometry().siteCount();
        filled = sites > MOST_TIMES ? null : new FillFollower(sites, layout.solids(), layout.originals());
    }

    @Override
    public String name() {
        return "snapshots";
    }

    @Override
    public void onSample(Sample sample) throws IOException {
        if (filled != null) {
            filled.note(sample.lattice(), sample.changes());
        }
        if (!sample.snapshot()) {
            return;
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < readings.size(); i++) {
            values.put(readings.get(i), sample.reading(i));
        }
        FillTimes times = FillTimes.unknown();
        if (filled != null) {
            filled.snapshot(sample.lattice(), (float) sample.timeSeconds());
            times = filled.times(sample.lattice());
        }
        series.append(
                sample.lattice(),
                new SnapshotStamp(sample.timeSeconds(), sample.events(), values),
                times,
                fields == null ? SiteFields.none() : fields.of(sample));
    }

    @Override
    public void save(DataOutput out) throws IOException {
        series.sync();
        out.writeInt(series.count());
    }

    @Override
    public void restore(DataInput in) throws IOException {
        series.resumeAt(in.readInt());
        Path last = series.last();
        if (last == null || filled == null) {
            return;
        }
        Snapshot snapshot = SnapshotReader.read(last);
        if (snapshot.filled().known()) {
            filled.restore(snapshot.lattice(), snapshot.filled());
        } else {
            // A run that a version without these times began goes on without them.
            filled = null;
        }
    }
}
