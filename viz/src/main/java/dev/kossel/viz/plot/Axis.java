package dev.kossel.viz.plot;

import java.util.Arrays;

/**
 * An axis of a plot.
 *
 * @param label the quantity with its unit, e.g. {@code Current density (mA cm⁻²)}
 * @param logarithmic whether it counts decades; values that are not positive are then left out
 * @param cropped whether it may end before the few values that lie far from most, lest most look like a flat line; the
 *     plot then says how many are beyond
 */
public record Axis(String label, boolean logarithmic, boolean cropped) {

    /** Most values: the share in the shortest range from which a cropped axis is found. */
    private static final double MOST = 0.8;

    /** Room on either side of that range, as a share of it. */
    private static final double ROOM = 0.4;

    /** How many times as far all values must reach for the axis to be cropped at all. */
    private static final double FAR = 3;

    public static Axis linear(String label) {
        return new Axis(label, false, false);
    }

    public static Axis logarithmic(String label) {
        return new Axis(label, true, false);
    }

    /** A linear axis that may end before values far from most. */
    public static Axis cropped(String label) {
        return new Axis(label, false, true);
    }

    /** The ends between which most values lie with some room, or those of all values if these are not much farther. */
    static double[] ends(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        int most = (int) Math.ceil(MOST * n);
        double[] all = {sorted[0], sorted[n - 1]};
        double[] best = all;
        for (int i = 0; i + most <= n; i++) {
            if (sorted[i + most - 1] - sorted[i] < best[1] - best[0]) {
                best = new double[] {sorted[i], sorted[i + most - 1]};
            }
        }
        double room = ROOM * (best[1] - best[0]);
        double[] ends = {Math.max(all[0], best[0] - room), Math.min(all[1], best[1] + room)};
        return ends[1] > ends[0] && all[1] - all[0] > FAR * (ends[1] - ends[0]) ? ends : all;
    }

    /** Whether a value can be shown. */
    boolean admits(double value) {
        return Double.isFinite(value) && (!logarithmic || value > 0);
    }
}
