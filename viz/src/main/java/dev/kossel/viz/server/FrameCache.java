package dev.kossel.viz.server;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was encoded of frames last, compressed, up to a number of bytes. Thread-safe. */
final class FrameCache {

    private static final long MOST_BYTES = 64L << 20;

    /** Encodes what is asked for. */
    @FunctionalInterface
    interface Encoding {
        byte[] encode() throws RequestFailure;
    }

    private record Key(ViewedRun run, String what, String tag) {}

    private final Object encoding = new Object();
    private final Map<Key, byte[]> frames = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * Something of a run, compressed; encoded where it is not at hand, once, whoever else waits for it.
     *
     * @param what which thing, such as the address it is asked for under
     * @param tag changes with the files it is made of
     */
    byte[] gzipped(ViewedRun run, String what, String tag, Encoding of) throws RequestFailure {
        Key key = new Key(run, what, tag);
        byte[] known = find(key);
        if (known != null) {
            return known;
        }
        synchronized (encoding) {
            known = find(key);
            if (known != null) {
                return known;
            }
            byte[] zipped = Reply.gzip(of.encode());
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
