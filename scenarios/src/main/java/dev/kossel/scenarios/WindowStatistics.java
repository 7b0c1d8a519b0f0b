package dev.kossel.scenarios;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Compares what was found in unscaled windows with the scaled stretches before them: means, and their errors from the
 * scatter between windows (Welford 1962, doi 10.1080/00401706.1962.10490022) but no less than what counting leaves open: windows that all saw nothing do
 * not scatter, and yet tell little of what is rare.
 */
final class WindowStatistics {

    private long windows;
    private final double[] scaled;
    private final double[] difference;
    private final double[] squares;
    private final double[] counting;

    WindowStatistics(int quantities) {
        scaled = new double[quantities];
        difference = new double[quantities];
        squares = new double[quantities];
        counting = new double[quantities];
    }

    /**
     * Adds a window.
     *
     * @param inScaled by quantity, before the window
     * @param inWindow by quantity, unscaled
     * @param variance by quantity, that counting alone gives {@code inWindow} if it is {@code inScaled} on the average
     */
    void add(double[] inScaled, double[] inWindow, double[] variance) {
        windows++;
        for (int q = 0; q < scaled.length; q++) {
            double value = inScaled[q] - inWindow[q];
            double off = value - difference[q];
            scaled[q] += (inScaled[q] - scaled[q]) / windows;
            difference[q] += off / windows;
            squares[q] += off * (value - difference[q]);
            counting[q] += variance[q];
        }
    }

    long windows() {
        return windows;
    }

    /** Mean over the scaled stretches. */
    double scaled(int quantity) {
        return scaled[quantity];
    }

    /** Mean of scaled less unscaled: the bias. */
    double bias(int quantity) {
        return windows == 0 ? Double.NaN : difference[quantity];
    }

    /** Standard error of {@link #bias}; NaN before the second window. */
    double error(int quantity) {
        return windows < 2
                ? Double.NaN
                : Math.sqrt(Math.max(squares[quantity] / (windows - 1.0), counting[quantity] / windows) / windows);
    }

    void clear() {
        windows = 0;
        for (int q = 0; q < scaled.length; q++) {
            scaled[q] = 0;
            difference[q] = 0;
            squares[q] = 0;
            counting[q] = 0;
        }
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(windows);
        EventTally.Doubles.write(out, scaled);
        EventTally.Doubles.write(out, difference);
        EventTally.Doubles.write(out, squares);
        EventTally.Doubles.write(out, counting);
    }

    void restore(DataInput in) throws IOException {
        windows = in.readLong();
        EventTally.Doubles.read(in, scaled);
        EventTally.Doubles.read(in, difference);
        EventTally.Doubles.read(in, squares);
        EventTally.Doubles.read(in, counting);
    }
}
