package dev.kossel.scenarios;

import dev.kossel.scenarios.file.Sampling;
import dev.kossel.scenarios.units.Measure;
import dev.kossel.scenarios.units.Quantity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * When to record: after every n-th part of the protocol, or every interval of simulated time or of charge passed.
 *
 * <p>Asked between slices of the loop, so a sample falls on the first slice that reaches its mark; the trajectory does not know of it.
 */
final class SamplePlan {

    private final Sampling sampling;
    private double next;

    SamplePlan(Sampling sampling) {
        this.sampling = sampling;
        next = step();
    }

    private double step() {
        Quantity interval = sampling.interval();
        if (interval != null) {
            return interval.base();
        }
        return sampling.count() == 0 ? Double.POSITIVE_INFINITY : 1.0 / sampling.count();
    }

    /**
     * Whether a mark has been reached since the last call that said so.
     *
     * @param progress of the simulation, which several plans share
     */
    boolean isDue(Simulation simulation, double progress) {
        double position = position(simulation, progress);
        // Against rounding in sums of steps: a mark counts as reached a billionth before it.
        if (position < next * (1 - 1e-9)) {
            return false;
        }
        double step = step();
        next = (Math.floor(position / step * (1 + 1e-9)) + 1) * step;
        return true;
    }

    private double position(Simulation simulation, double progress) {
        Quantity interval = sampling.interval();
        if (interval == null) {
            return progress;
        }
        return interval.measure() == Measure.TIME ? simulation.timeSeconds() : simulation.passedChargeDensity();
    }

    void save(DataOutput out) throws IOException {
        out.writeDouble(next);
    }

    void restore(DataInput in) throws IOException {
        next = in.readDouble();
    }
}
