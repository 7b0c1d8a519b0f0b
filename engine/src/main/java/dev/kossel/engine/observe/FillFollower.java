package dev.kossel.engine.observe;

import dev.kossel.engine.record.FillTimes;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Since when each site has held what it holds, as a series of snapshots finds it: what has changed since the snapshot before gets this one's time; metal that has
 * only lost contact has not changed.
 *
 * <p>Sites are kept in pages of {@value #PAGE} consecutive numbers, which lie near each other. A page has times of its own, 4 bytes a site, once a
 * solid in it has come or gone; what is solid in all others has been there since the first snapshot. A page in which anything has changed since the last
 * snapshot keeps what it held then, a byte a site. One thread.
 */
final class FillFollower {

    private static final int SHIFT = 12;
    private static final int PAGE = 1 << SHIFT;

    private final int sites;
    private final SpeciesSet solids;

    /** By species: what its metal is when it is not dead. */
    private final int[] originals;

    /** By page: what it held at the snapshot before, as {@link #originals}; null where nothing has changed since. */
    private final byte[] @Nullable [] before;

    /** Pages that have been copied for the changes being noted. */
    private final BitSet copied = new BitSet();

    /** By page: times of its sites; null where they are {@link #firstSeconds}, NaN where not solid. */
    private final float[] @Nullable [] seconds;

    private float firstSeconds;
    private boolean begun;

    /** @param originals by species: what its metal is when it is not dead */
    FillFollower(int sites, SpeciesSet solids, int[] originals) {
        this.sites = sites;
        this.solids = solids;
        this.originals = originals;
        int pages = (sites + PAGE - 1) >> SHIFT;
        before = new byte[pages][];
        seconds = new float[pages][];
    }

    /** Notes what has changed since the sample before. Changes may be unknown before the first snapshot, and once after a {@link #restore}. */
    void note(LatticeView lattice, Changes changes) {
        if (!begun || !changes.known()) {
            return;
        }
        for (int i = 0; i < changes.count(); i++) {
            int page = changes.site(i) >> SHIFT;
            if (before[page] == null) {
                before[page] = copy(lattice, page);
                copied.set(page);
            }
        }
        // The lattice shows what the sites have become already.
        for (int i = 0; i < changes.count() && !copied.isEmpty(); i++) {
            int page = changes.site(i) >> SHIFT;
            byte[] held = before[page];
            if (held != null && copied.get(page)) {
                held[changes.site(i) & PAGE - 1] = (byte) originals[changes.before(i)];
            }
        }
        copied.clear();
    }

    private byte[] copy(LatticeView lattice, int page) {
        int first = page << SHIFT;
        byte[] held = new byte[Math.min(PAGE, sites - first)];
        for (int i = 0; i < held.length; i++) {
            held[i] = (byte) originals[lattice.species(first + i)];
        }
        return held;
    }

    /** Dates what has changed since the snapshot before. */
    void snapshot(LatticeView lattice, float timeSeconds) {
        if (!begun) {
            begun = true;
            firstSeconds = timeSeconds;
        }
        for (int page = 0; page < before.length; page++) {
            byte[] held = before[page];
            if (held != null) {
                date(lattice, page, held, timeSeconds);
                before[page] = null;
            }
        }
    }

    private void date(LatticeView lattice, int page, byte[] held, float timeSeconds) {
        float[] times = seconds[page];
        for (int i = 0; i < held.length; i++) {
            int species = originals[lattice.species((page << SHIFT) + i)];
            if (species == held[i]) {
                continue;
            }
            boolean isSolid = solids.contains(species);
            if (times == null && (isSolid || solids.contains(held[i]))) {
                times = undated(held);
                seconds[page] = times;
            }
            if (times != null) {
                times[i] = isSolid ? timeSeconds : Float.NaN;
            }
        }
    }

    private float[] undated(byte[] held) {
        float[] times = new float[held.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = undated(held[i]);
        }
        return times;
    }

    private float undated(int species) {
        return solids.contains(species) ? firstSeconds : Float.NaN;
    }

    /** The times of a lattice of which a snapshot has just been {@linkplain #snapshot noted}, as long as it stays as it is. */
    FillTimes times(LatticeView lattice) {
        return FillTimes.of(site -> {
            float[] times = seconds[site >> SHIFT];
            return times == null ? undated(originals[lattice.species(site)]) : times[site & PAGE - 1];
        });
    }

    /** Goes on after a snapshot that knows times. What has happened since is found by comparing, at the next one. */
    void restore(LatticeView lattice, FillTimes filled) {
        begun = true;
        firstSeconds = 0;
        for (int page = 0; page < before.length; page++) {
            byte[] held = copy(lattice, page);
            float[] times = new float[held.length];
            for (int i = 0; i < held.length; i++) {
                times[i] = filled.seconds((page << SHIFT) + i);
            }
            before[page] = held;
            seconds[page] = Arrays.equals(times, undated(held)) ? null : times;
        }
    }
}
