package dev.kossel.scenarios;

import dev.kossel.scenarios.file.Protocol;
import dev.kossel.scenarios.units.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a protocol step during which one thing is held: the current density or the overpotential.
 *
 * @param galvanostatic whether the current density is held; otherwise the overpotential is
 * @param setpoint A/m² (plating positive), or V (plating negative)
 * @param durationSeconds how long, if the step does not end before; may be infinite
 */
record Segment(boolean galvanostatic, double setpoint, double durationSeconds) {

    /** Sweeps are staircases of steps this high, as digital potentiostats make them. */
    static final double SWEEP_STEP_VOLTS = 1e-3;

    /** The n-th segment of a step, counted from 0; null if the step has no more. */
    static @Nullable Segment of(Protocol.Step step, long n) {
        if (step instanceof Protocol.Galvanostatic galvanostatic) {
            return n > 0
                    ? null
                    : new Segment(
                            true, galvanostatic.currentDensity().amperesPerSquareMetre(), Double.POSITIVE_INFINITY);
        } else if (step instanceof Protocol.Potentiostatic potentiostatic) {
            return n > 0
                    ? null
                    : new Segment(false, potentiostatic.overpotential().volts(), Double.POSITIVE_INFINITY);
        } else if (step instanceof Protocol.Rest) {
            return n > 0 ? null : new Segment(true, 0, Double.POSITIVE_INFINITY);
        } else if (step instanceof Protocol.Pulse pulse) {
            return of(n % 2 == 0 ? pulse.on() : pulse.off());
        }
        return of((Protocol.Sweep) step, n);
    }

    private static Segment of(Protocol.PulsePhase phase) {
        Quantity current = phase.currentDensity();
        Quantity potential = phase.overpotential();
        double duration = phase.time().seconds();
        if (potential != null) {
            return new Segment(false, potential.volts(), duration);
        }
        return new Segment(true, current == null ? 0 : current.amperesPerSquareMetre(), duration);
    }

    private static @Nullable Segment of(Protocol.Sweep sweep, long n) {
        double from = sweep.from().volts();
        double to = sweep.to().volts();
        Quantity turn = sweep.via();
        double via = turn == null ? to : turn.volts();
        long out = stairs(from, via);
        long back = turn == null ? 0 : stairs(via, to);
        if (n >= out + back) {
            return null;
        }
        boolean outward = n < out;
        double start = outward ? from : via;
        double end = outward ? via : to;
        long stair = outward ? n : n - out;
        long count = outward ? out : back;
        // The middle of each stair, so that the mean follows the ramp.
        double overpotential = start + (end - start) * (stair + 0.5) / count;
        return new Segment(
                false,
                overpotential,
                Math.abs(end - start) / count / sweep.rate().voltsPerSecond());
    }

    private static long stairs(double from, double to) {
        return from == to ? 0 : Math.max(1, Math.round(Math.abs(to - from) / SWEEP_STEP_VOLTS));
    }

    /** How many segments a sweep has; 0 for other steps, whose length is not known beforehand. */
    static long count(Protocol.Step step) {
        if (!(step instanceof Protocol.Sweep sweep)) {
            return 0;
        }
        Quantity via = sweep.via();
        double from = sweep.from().volts();
        double to = sweep.to().volts();
        return via == null ? stairs(from, to) : stairs(from, via.volts()) + stairs(via.volts(), to);
    }
}
