package dev.kossel.engine.observe;

import dev.kossel.engine.record.FillTimes;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.floats.Float2IntOpenHashMap;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Since when each site has held what it holds, as a series of snapshots finds it: what has changed since the snapshot before gets this one's time; metal that has
 * only lost contact has not changed.
 *
 * <p>A time is that of a snapshot, so a site keeps the number of one: 0 is the first. Numbers are kept byte by byte, in pages of {@value #PAGE} consecutive sites, which
 * lie near each other, and a page only where a number has this byte: a byte a site where solids have come, two from the 256th time on. A page in which
 * anything has changed since the last snapshot keeps what it held then, a byte a site. One thread.
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

    /** The times of the snapshots since which any site is filled. */
    private final FloatArrayList seconds = new FloatArrayList();

    /** By byte of the numbers of times, the lowest first, and page: these bytes; null where all are 0. */
    private final List<byte[] @Nullable []> numbers = new ArrayList<>();

    /** @param originals by species: what its metal is when it is not dead */
    FillFollower(int sites, SpeciesSet solids, int[] originals) {
        this.sites = sites;
        this.solids = solids;
        this.originals = originals;
        before = new byte[(sites + PAGE - 1) >> SHIFT][];
    }

    /** Notes what has changed since the sample before. Changes may be unknown before the first snapshot, and once after a {@link #restore}. */
    void note(LatticeView lattice, Changes changes) {
        if (seconds.isEmpty() || !changes.known()) {
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
        if (seconds.isEmpty()) {
            seconds.add(timeSeconds);
        }
        int number = seconds.size();
        boolean any = false;
        for (int page = 0; page < before.length; page++) {
            byte[] held = before[page];
            if (held != null) {
                any |= date(lattice, page, held, number);
                before[page] = null;
            }
        }
        if (any) {
            seconds.add(timeSeconds);
        }
    }

    /** Gives the sites of a page a number where they are newly filled; returns whether any are. */
    private boolean date(LatticeView lattice, int page, byte[] held, int number) {
        boolean any = false;
        for (int i = 0; i < held.length; i++) {
            int species = originals[lattice.species((page << SHIFT) + i)];
            if (species != held[i] && solids.contains(species)) {
                put(page, i, held.length, number);
                any = true;
            }
        }
        return any;
    }

    private void put(int page, int i, int length, int number) {
        for (int place = 0; place < numbers.size() || number >> place * Byte.SIZE != 0; place++) {
            if (place == numbers.size()) {
                numbers.add(new byte[before.length][]);
            }
            byte[][] pages = numbers.get(place);
            byte low = (byte) (number >> place * Byte.SIZE);
            byte[] bytes = pages[page];
            if (bytes == null && low != 0) {
                bytes = new byte[length];
                pages[page] = bytes;
            }
            if (bytes != null) {
                bytes[i] = low;
            }
        }
    }

    private int number(int site) {
        int number = 0;
        for (int place = 0; place < numbers.size(); place++) {
            byte[] bytes = numbers.get(place)[site >> SHIFT];
            number |= bytes == null ? 0 : (bytes[site & PAGE - 1] & 0xFF) << place * Byte.SIZE;
        }
        return number;
    }

    /** The times of a lattice of which a snapshot has just been {@linkplain #snapshot noted}, as long as it stays as it is. */
    FillTimes times(LatticeView lattice) {
        return FillTimes.of(
                site -> solids.contains(originals[lattice.species(site)]) ? seconds.getFloat(number(site)) : Float.NaN);
    }

    /** Goes on after a snapshot that knows times, to be called once, first. What has happened since is found by comparing, at the next one. */
    void restore(LatticeView lattice, FillTimes filled) {
        Float2IntOpenHashMap numberOf = new Float2IntOpenHashMap();
        numberOf.put(0, 0);
        seconds.add(0);
        for (int page = 0; page < before.length; page++) {
            byte[] held = copy(lattice, page);
            before[page] = held;
            for (int i = 0; i < held.length; i++) {
                if (solids.contains(held[i])) {
                    float time = filled.seconds((page << SHIFT) + i);
                    int number = numberOf.computeIfAbsent(time, unseen -> seconds.size());
                    if (number == seconds.size()) {
                        seconds.add(time);
                    }
                    put(page, i, held.length, number);
                }
            }
        }
    }
}
