package dev.kossel.engine.record;

import org.jspecify.annotations.Nullable;

/**
 * Since when the sites hold what they hold: simulated time of the first snapshot that found a site as it is now, so
 * that the resolution is the interval of the snapshots. What sat there in the initial state has 0; a site that was
 * emptied and filled again between two snapshots has not been seen to change.
 *
 * <p>A view of what its maker may still be changing; whoever reads it says how long.
 */
public final class FillTimes {

    private static final FillTimes UNKNOWN = new FillTimes(null);

    private final @Nullable Seconds seconds;

    /** Where the times come from. */
    @FunctionalInterface
    public interface Seconds {
        /** When a site was filled, s; NaN where it is vacant or nothing is known. */
        float of(int site);
    }

    private FillTimes(@Nullable Seconds seconds) {
        this.seconds = seconds;
    }

    /** Times that are looked up when they are asked for. */
    public static FillTimes of(Seconds seconds) {
        return new FillTimes(seconds);
    }

    /** @param seconds one a site, NaN where the site is vacant or nothing is known; not copied */
    public static FillTimes of(float[] seconds) {
        return new FillTimes(site -> seconds[site]);
    }

    /** Of a snapshot that does not say. */
    public static FillTimes unknown() {
        return UNKNOWN;
    }

    /** Whether there are times at all. */
    public boolean known() {
        return seconds != null;
    }

    /** When a site was filled, s; NaN where it is vacant or nothing is known. */
    public float seconds(int site) {
        return seconds == null ? Float.NaN : seconds.of(site);
    }
}
