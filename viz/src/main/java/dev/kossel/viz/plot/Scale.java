package dev.kossel.viz.plot;

import dev.kossel.viz.draw.NiceNumbers;
import java.util.ArrayList;
import java.util.List;

/** From the values of an axis to pixels. Immutable. */
final class Scale {

    private final boolean logarithmic;
    /** Ends of the axis: values, or their decimal logarithms. */
    private final double low;

    private final double high;
    private final double lowPixel;
    private final double highPixel;

    /**
     * @param min smallest value to show; NaN if there is none
     * @param max largest value to show
     * @param margin room left at both ends, as a share of the span; none where an end is 0 or the axis counts decades
     */
    Scale(Axis axis, double min, double max, double margin, double lowPixel, double highPixel) {
        logarithmic = axis.logarithmic();
        this.lowPixel = lowPixel;
        this.highPixel = highPixel;
        if (Double.isNaN(min)) {
            low = 0;
            high = 1;
        } else if (logarithmic) {
            low = Math.floor(StrictMath.log10(min) + 1e-9);
            high = Math.max(low + 1, Math.ceil(StrictMath.log10(max) - 1e-9));
        } else if (!(max - min > 1e-9 * Math.max(Math.abs(min), Math.abs(max)))) {
            double half = min == 0 ? 1 : 0.5 * Math.abs(min);
            low = min - half;
            high = max + half;
        } else {
            double extra = margin * (max - min);
            low = min == 0 ? 0 : min - extra;
            high = max == 0 ? 0 : max + extra;
        }
    }

    double pixel(double value) {
        double position = logarithmic ? Math.log10(value) : value;
        return lowPixel + (position - low) / (high - low) * (highPixel - lowPixel);
    }

    /** A mark on the axis. */
    record Tick(double pixel, String text) {}

    /** About {@code wanted} marks at round values. */
    List<Tick> ticks(int wanted) {
        List<Tick> ticks = new ArrayList<>();
        if (logarithmic) {
            int stride = (int) Math.max(1, Math.ceil((high - low) / wanted));
            for (int decade = (int) low; decade <= high; decade += stride) {
                ticks.add(new Tick(at(decade), label(decade)));
            }
        } else {
            for (double value : NiceNumbers.ticks(low, high, NiceNumbers.step(high - low, wanted))) {
                ticks.add(new Tick(at(value), NiceNumbers.text(value)));
            }
        }
        return ticks;
    }

    private static String label(int decade) {
        return decade >= -3 && decade <= 3
                ? NiceNumbers.text(StrictMath.pow(10, decade))
                : NiceNumbers.powerOfTen(decade);
    }

    private double at(double position) {
        return lowPixel + (position - low) / (high - low) * (highPixel - lowPixel);
    }
}
