package dev.kossel.engine.record;

/**
 * Since when the sites hold what they hold: simulated time of the first snapshot that found a site as it is now, so
 * that the resolution is the interval of the snapshots. What sat there in the initial state has 0; a site that was
 * emptied and filled again between two snapshots has not been seen to change.
 *
 * <p>4 bytes a site where times are known, none where they are not. A view of an array that its maker may still be
 * changing; whoever reads it says how long.
 */
public final class FillTimes {

    private static final FillTimes UNKNOWN = new FillTimes(new float[0]);

    private final float[] seconds;

    private FillTimes(float[] seconds) {
        this.seconds = seconds;
    }

    /** @param seconds one a site, NaN where the site is vacant or nothing is known; not copied */
    public static FillTimes of(float[] seconds) {
        return new FillTimes(seconds);
    }

    /** Of a snapshot that does not say. */
    public static FillTimes unknown() {
        return UNKNOWN;
    }

    /** Whether there are times at all. */
    public boolean known() {
        return seconds.length > 0;
    }

    /** When a site was filled, s; NaN where it is vacant or nothing is known. */
    public float seconds(int site) {
        return known() ? seconds[site] : Float.NaN;
    }
}
