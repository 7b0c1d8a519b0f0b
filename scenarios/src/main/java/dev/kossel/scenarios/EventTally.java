package dev.kossel.scenarios;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** What happened over some time, by class of events: the sums that {@link AdaptiveSeparation} judges by. */
final class EventTally {

    /** Events of a class forth and back, by class. */
    final double[] forth;

    final double[] back;
    /** Of a class the time, each second multiplied by the scale that it had; s. */
    final double[] scaledSeconds;

    double seconds;
    /** Events of processes that are never scaled. */
    double slow;
    /** Overpotential integrated over time, V s. */
    double voltSeconds;

    EventTally(int classes) {
        forth = new double[classes];
        back = new double[classes];
        scaledSeconds = new double[classes];
    }

    double events(int eventClass) {
        return forth[eventClass] + back[eventClass];
    }

    /** Of a class, events per second at the scale 1; 0 where none has happened. */
    double rate(int eventClass) {
        return scaledSeconds[eventClass] > 0 ? events(eventClass) / scaledSeconds[eventClass] : 0;
    }

    /** Difference of events forth and back over their sum; 0 where none has happened. */
    double imbalance(int eventClass) {
        double events = events(eventClass);
        return events == 0 ? 0 : Math.abs(forth[eventClass] - back[eventClass]) / events;
    }

    void multiply(double factor) {
        for (double[] sums : new double[][] {forth, back, scaledSeconds}) {
            for (int c = 0; c < sums.length; c++) {
                sums[c] *= factor;
            }
        }
        seconds *= factor;
        slow *= factor;
        voltSeconds *= factor;
    }

    void clear() {
        Arrays.fill(forth, 0);
        Arrays.fill(back, 0);
        Arrays.fill(scaledSeconds, 0);
        seconds = 0;
        slow = 0;
        voltSeconds = 0;
    }

    void save(DataOutput out) throws IOException {
        Doubles.write(out, forth);
        Doubles.write(out, back);
        Doubles.write(out, scaledSeconds);
        out.writeDouble(seconds);
        out.writeDouble(slow);
        out.writeDouble(voltSeconds);
    }

    void restore(DataInput in) throws IOException {
        Doubles.read(in, forth);
        Doubles.read(in, back);
        Doubles.read(in, scaledSeconds);
        seconds = in.readDouble();
        slow = in.readDouble();
        voltSeconds = in.readDouble();
    }

    /** Arrays in a checkpoint. */
    static final class Doubles {
        private Doubles() {}

        static void write(DataOutput out, double[] values) throws IOException {
            for (double value : values) {
                out.writeDouble(value);
            }
        }

        static void read(DataInput in, double[] values) throws IOException {
            for (int n = 0; n < values.length; n++) {
                values[n] = in.readDouble();
            }
        }
    }
}
