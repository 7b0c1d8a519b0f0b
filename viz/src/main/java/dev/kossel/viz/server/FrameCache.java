package dev.kossel.viz.server;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The frames that were encoded last, compressed, up to a number of bytes. Thread-safe. */
final class FrameCache {

    private static final long MOST_BYTES = 64L << 20;

    private record Key(ViewedRun run, int number, String tag) {}

    private final Object encoding = new Object();
    private final Map<Key, byte[]> frames = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** The compressed {@link SurfaceFrame} of a run; encoded where it is not at hand, once, whoever else waits for it. */
    byte[] gzipped(ViewedRun run, int number, String tag) throws RequestFailure {
        Key key = new Key(run, number, tag);
        byte[] known = find(key);
        if (known != null) {
            return known;
        }
        synchronized (encoding) {
            known = find(key);
            if (known != null) {
                return known;
            }
            byte[] zipped = Reply.gzip(run.frame(number));
            keep(key, zipped);
            return zipped;
        }
    }

    private synchronized byte @Nullable [] find(Key key) {
        return frames.get(key);
    }

    private synchronized void keep(Key key, byte[] zipped) {
        frames.put(key, zipped);
        bytes += zipped.length;
        Iterator<byte[]> oldest = frames.values().iterator();
        while (bytes > MOST_BYTES && oldest.hasNext()) {
            bytes -= oldest.next().length;
            oldest.remove();
        }
    }
}
