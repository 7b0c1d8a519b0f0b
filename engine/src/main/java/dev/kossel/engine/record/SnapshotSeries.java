package dev.kossel.engine.record;

import dev.kossel.lattice.LatticeView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of a run in order of time, with the index {@code snapshots.pvd} that ParaView opens as an animation.
 * The index is rewritten, atomically, after each snapshot, so it never names a file that is not complete, whenever the process is killed; {@link #sync}
 * makes what there is durable against power failure. One thread.
 */
public final class SnapshotSeries {

    /**
     * An entry of the index.
     *
     * @param timeSeconds simulated time
     * @param file the snapshot
     */
    public record Entry(double timeSeconds, Path file) {}

    private final VtkSeries series;
    private final VtkScratch scratch = new VtkScratch();

    private SnapshotSeries(VtkSeries series) {
        this.series = series;
    }

    /**
     * An empty series, to be written. In a resumed run the earlier snapshots stay until {@link #resumeAt} or the first
     * {@link #append}.
     */
    public static SnapshotSeries begin(RunDirectory directory) {
        return new SnapshotSeries(
                new VtkSeries(directory, directory.snapshotIndexFile(), directory.snapshotDirectory()));
    }

    /**
     * What a run's index lists; empty where there is no index yet.
     *
     * @throws IOException if the index cannot be read
     */
    public static List<Entry> list(RunDirectory directory) throws IOException {
        return VtkSeries.list(directory.snapshotIndexFile());
    }

    /** The snapshot written last, in this process or the one before, or null. */
    public @Nullable Path last() {
        return series.last();
    }

    /** Snapshots so far. */
    public int count() {
        return series.count();
    }

    /** Writes the next snapshot, of which nothing else is known, and the index. */
    public void append(LatticeView lattice, SnapshotStamp stamp) throws IOException {
        append(lattice, stamp, FillTimes.unknown(), SiteFields.none());
    }

    /** Writes the next snapshot and the index. */
    public void append(LatticeView lattice, SnapshotStamp stamp, FillTimes filled, SiteFields fields)
            throws IOException {
        series.append(
                stamp.timeSeconds(),
                SnapshotWriter.extension(lattice.geometry()),
                file -> SnapshotWriter.writeLazily(file, lattice, stamp, filled, fields, scratch));
    }

    /** Makes the snapshots so far, and their index, durable. */
    public void sync() throws IOException {
        series.sync();
    }

    /**
     * Goes on after the first {@code count} snapshots of an earlier process and removes later ones.
     *
     * @throws IOException if the index lists fewer
     */
    public void resumeAt(int count) throws IOException {
        series.resumeAt(count);
    }
}
