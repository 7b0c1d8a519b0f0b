package dev.kossel.engine.observe;

import dev.kossel.engine.record.FillTimes;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.SiteFields;
import dev.kossel.engine.record.Snapshot;
import dev.kossel.engine.record.SnapshotReader;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SnapshotStamp;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lattice to {@code snapshots/} at each sample that asks for it, with the time since which each site has
 * held what it holds: what has changed since the snapshot before gets this one's time; metal that has only lost contact has not. 5 bytes a site,
 * up to {@value #MOST_TIMES} sites, and no times for a larger box.
 *
 * <p>A resumed run reads those times back from its last snapshot, so nothing of them is in the checkpoint.
 */
public final class SnapshotObserver implements EventObserver {

    private static final byte NEVER_SEEN = -1;

    /** Beyond, an array of them could be written but not read: a Java array has no more bytes. */
    private static final int MOST_TIMES = (Integer.MAX_VALUE - 8) / Float.BYTES;

    private static final int SITES_PER_TOUCH = 16;

    private final SnapshotSeries series;
    private final List<String> readings;
    private final SpeciesSet solids;
    /** By species: what its metal is when it is not dead. */
    private final int[] originals;

    private final @Nullable SurfaceFields fields;
    private final byte[] before;
    private final float[] filledSeconds;
    private FillTimes filled;

    /** Sites that have changed since the snapshot before, some more than once; of no meaning where {@link #lost}. */
    private final IntArrayList touched = new IntArrayList();

    /** So many have been touched that a look at all sites is as cheap. */
    private boolean lost = true;

    /** What times take in a box of so many sites, bytes. */
    public static long bytes(int sites) {
        return sites > MOST_TIMES ? 0 : (long) sites * (Byte.BYTES + Float.BYTES);
    }

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
        solids = layout.solids();
        originals = layout.originals();
        this.fields = fields;
        int sites = layout.geometry().siteCount();
        before = new byte[sites > MOST_TIMES ? 0 : sites];
        filledSeconds = new float[before.length];
        Arrays.fill(before, NEVER_SEEN);
        filled = FillTimes.of(filledSeconds);
    }

    @Override
    public String name() {
        return "snapshots";
    }

    @Override
    public void onSample(Sample sample) throws IOException {
        note(sample.changes());
        if (!sample.snapshot()) {
            return;
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < readings.size(); i++) {
            values.put(readings.get(i), sample.reading(i));
        }
        date(sample.lattice(), (float) sample.timeSeconds());
        series.append(
                sample.lattice(),
                new SnapshotStamp(sample.timeSeconds(), sample.events(), values),
                filled,
                fields == null ? SiteFields.none() : fields.of(sample));
    }

    private void note(Changes changes) {
        if (!changes.known() || touched.size() + changes.count() > before.length / SITES_PER_TOUCH) {
            lost = true;
        }
        for (int i = 0; !lost && i < changes.count(); i++) {
            touched.add(changes.site(i));
        }
    }

    private void date(LatticeView lattice, float timeSeconds) {
        if (lost) {
            for (int site = 0; site < before.length; site++) {
                date(lattice, site, timeSeconds);
            }
        } else {
            for (int i = 0; i < touched.size(); i++) {
                date(lattice, touched.getInt(i), timeSeconds);
            }
        }
        touched.clear();
        lost = false;
    }

    private void date(LatticeView lattice, int site, float timeSeconds) {
        // Metal that loses contact, or finds it again, stays where it was deposited when it was.
        byte species = (byte) originals[lattice.species(site)];
        if (species != before[site]) {
            before[site] = species;
            filledSeconds[site] = solids.contains(species) ? timeSeconds : Float.NaN;
        }
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
        if (last == null || !filled.known()) {
            return;
        }
        Snapshot snapshot = SnapshotReader.read(last);
        // A run that a version without these times began goes on without them.
        filled = snapshot.filled().known() ? FillTimes.of(filledSeconds) : FillTimes.unknown();
        for (int site = 0; site < before.length; site++) {
            before[site] = (byte) originals[snapshot.lattice().species(site)];
            filledSeconds[site] = snapshot.filled().seconds(site);
        }
    }
}
