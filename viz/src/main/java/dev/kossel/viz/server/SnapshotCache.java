package dev.kossel.viz.server;

import dev.kossel.engine.record.Snapshot;
import dev.kossel.engine.record.SnapshotReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that were read last, up to an amount of memory: whoever drags a cross-section through a deposit asks for the
 * same one again and again. Thread-safe; what it returns must not be changed.
 */
final class SnapshotCache {

    private static final long MOST_BYTES = 320L << 20;

    private record Key(Path file, String tag) {}

    private final Map<Key, Snapshot> snapshots = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * @param tag changes with the file
     * @throws IOException as {@link SnapshotReader#read}
     */
    Snapshot read(Path file, String tag) throws IOException {
        Key key = new Key(file, tag);
        Snapshot known = find(key);
        if (known == null) {
            known = SnapshotReader.read(file);
            keep(key, known);
        }
        return known;
    }

    private synchronized @Nullable Snapshot find(Key key) {
        return snapshots.get(key);
    }

    private synchronized void keep(Key key, Snapshot read) {
        if (snapshots.put(key, read) == null) {
            bytes += bytes(read);
        }
        Iterator<Snapshot> oldest = snapshots.values().iterator();
        while (bytes > MOST_BYTES && oldest.hasNext()) {
            bytes -= bytes(oldest.next());
            oldest.remove();
        }
    }

    /** Species and types of sites take a byte each, times and fields four. */
    private static long bytes(Snapshot snapshot) {
        long perSite = 2
                + 4L
                        * ((snapshot.filled().known() ? 1 : 0)
                                + snapshot.fields().names().size());
        return perSite * snapshot.lattice().geometry().siteCount();
    }
}
