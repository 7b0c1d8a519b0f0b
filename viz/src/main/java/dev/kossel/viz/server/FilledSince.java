package dev.kossel.viz.server;

import dev.kossel.engine.record.FillTimes;
import dev.kossel.engine.record.Snapshot;
import dev.kossel.lattice.Lattice;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@link FillTimes} of snapshots that do not hold them: derived by going through the run's snapshots in order.
 *
 * <p>Keeps what it has found for some snapshots, so that stepping on is cheap and going back costs a few. Thread-safe.
 */
final class FilledSince {

    private static final long MOST_BYTES = 96L << 20;

    /** The snapshots of a run, by number. */
    interface Snapshots {
        Snapshot read(int number) throws IOException, RequestFailure;

        /** Changes with the snapshot. */
        String tag(int number) throws RequestFailure;
    }

    private record Known(String tag, float[] seconds) {}

    private final TreeMap<Integer, Known> found = new TreeMap<>();

    /**
     * Times by site, s; not to be changed.
     *
     * @param originals {@link dev.kossel.engine.record.RunLayout#originals}: metal that has lost contact was not filled anew
     */
    synchronized FillTimes at(int number, Snapshots snapshots, int[] originals) throws IOException, RequestFailure {
        Map.Entry<Integer, Known> known = found.floorEntry(number);
        while (known != null && !known.getValue().tag.equals(snapshots.tag(known.getKey()))) {
            // The run went back to a checkpoint and wrote others.
            found.remove(known.getKey());
            known = found.floorEntry(number);
        }
        int from = known == null ? 0 : known.getKey();
        Snapshot before = snapshots.read(from);
        float[] seconds;
        if (known == null) {
            seconds = new float[before.lattice().geometry().siteCount()];
            Arrays.fill(seconds, (float) before.stamp().timeSeconds());
        } else {
            seconds = known.getValue().seconds;
        }
        for (int i = from + 1; i <= number; i++) {
            Snapshot after = snapshots.read(i);
            seconds = seconds.clone();
            note(before.lattice(), after, seconds, originals);
            before = after;
            keep(i, new Known(snapshots.tag(i), seconds));
        }
        return FillTimes.of(seconds);
    }

    private static void note(Lattice before, Snapshot after, float[] seconds, int[] originals) {
        float now = (float) after.stamp().timeSeconds();
        for (int site = 0; site < seconds.length; site++) {
            if (originals[before.species(site)] != originals[after.lattice().species(site)]) {
                seconds[site] = now;
            }
        }
    }

    /** Makes room by giving up every other one, the latest excepted. */
    private void keep(int number, Known known) {
        found.put(number, known);
        while (found.size() > 1 && found.size() * 4L * known.seconds.length > MOST_BYTES) {
            int latest = found.lastKey();
            boolean[] kept = {false};
            found.keySet().removeIf(key -> {
                kept[0] = !kept[0];
                return key != latest && kept[0];
            });
        }
    }
}
