package dev.kossel.scenarios;

import dev.kossel.engine.KineticMonteCarlo;
import dev.kossel.engine.process.EnumeratedRates;
import dev.kossel.engine.process.EventClasses;
import dev.kossel.engine.process.EventClasses.EventClass;
import dev.kossel.engine.process.EventClasses.Level;
import dev.kossel.scenarios.file.Scenario;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Slows what has come to quasi-equilibrium, class by class of events and both ways alike, until it is only so many times
 * more frequent than what has not: in the manner of Chatterjee and Voter 2010 (doi 10.1063/1.3409606) and Dybeck,
 * Plaisance and Neurock 2017 (doi 10.1021/acs.jctc.6b00859).
 *
 * <p>Every few thousand draws each class is judged by what it did of late: N events, |forth − back| of them net. It is balanced if
 * |forth − back| + 2 √N is at most {@code tolerance} · N, and until |forth − back| − 2 √N is more. Slow are all events of processes that are never scaled and, of what is not balanced, the net part beyond chance.
 * With J the rate of slow events and Γ the rate of a balanced class at scale 1, its scale is min(1, separation · m · J/Γ). m is 1, but for classes that lead from a level to the same
 * level (an adatom along a terrace): how often forth and back cannot be told there, so m is the number of steps after
 * which a walker has forgotten where it began, in the area that it reaches.
 *
 * <p>Now and then all scales are set to 1 for a <em>window</em>, and what the classes do in its second half is compared
 * with what they did before it: the bias. Where it is larger than the tolerance, the separation is doubled.
 *
 * <p>All is counted in events, so that a run depends on the scenario and its seed alone. One thread; work a slice is O(classes), an update O(sites).
 */
final class AdaptiveSeparation {

    /** Draws of a window, at least. */
    private static final long DRAWS = 16_384;

    /** The same, by site of a layer. */
    private static final long DRAWS_PER_SITE = 16;

    /** Events of processes that are never scaled that are remembered: then all that was counted is halved. */
    private static final double MEMORY = 200;

    /** A scale falls to no less than this part of itself at a time. */
    private static final double FALL = 1.0 / 64;

    /** Updates in as many draws as a window has: a class that is new makes most of the draws until the next update. */
    private static final int UPDATES = 4;

    /** A scale within this factor of what it should be is left as it is. */
    private static final double SLACK = 1.25;

    /**
     * Relaxation of the slowest mode of a walk on a periodic square of n sites, in steps: n/π² ≈ n/10 (4/(4 π²/n) for steps of
     * one site in four directions).
     */
    private static final double STEPS_PER_SITE = 0.1;

    /** Standard deviations that are put down to chance. */
    private static final double CHANCE = 2;

    private static final int WINDOWS_TO_JUDGE = 16;
    private static final double SIGMAS = 4;

    private final EnumeratedRates rates;
    private final EventClasses classes;
    private final KineticMonteCarlo kmc;
    private final Scenario.Adaptive settings;
    private final int layerSites;
    private final long draws;
    private final int[] from;
    private final int[] to;
    private final int levels;

    private final double[] scales;
    private final double[] ones;
    private final boolean[] balanced;
    private final EventTally memory;
    private final EventTally period;
    private final EventTally window;
    private final WindowStatistics comparison;
    private final double[] inScaled;
    private final double[] inWindow;
    private final double[] variance;

    private final long[] counted;
    private long countedEvents;
    private double unscaledEvents;
    private long countedDraws;
    private long sinceUpdate;
    private long periodDraws;
    private boolean inWindowNow;
    private long windowDraws;
    private double slowBeforeWindow = 1;
    private double separation;

    /** @param layerSites sites of a layer: a walker on the surface reaches no more */
    AdaptiveSeparation(
            KineticMonteCarlo kmc,
            EnumeratedRates rates,
            EventClasses classes,
            Scenario.Adaptive settings,
            int layerSites) {
        this.kmc = kmc;
        this.rates = rates;
        this.classes = classes;
        this.settings = settings;
        this.layerSites = layerSites;
        draws = Math.max(DRAWS, DRAWS_PER_SITE * layerSites);
        separation = settings.separation();
        int count = classes.classCount();
        scales = new double[count];
        ones = new double[count];
        balanced = new boolean[count];
        Arrays.fill(scales, 1);
        Arrays.fill(ones, 1);
        memory = new EventTally(count);
        period = new EventTally(count);
        window = new EventTally(count);
        // Quantities: the classes, everything that is scaled together, the overpotential.
        comparison = new WindowStatistics(count + 2);
        inScaled = new double[count + 2];
        inWindow = new double[count + 2];
        variance = new double[count + 2];
        counted = new long[2 * count];
        from = new int[count];
        to = new int[count];
        Map<Level, Integer> known = new HashMap<>();
        for (int c = 0; c < count; c++) {
            EventClass of = classes.eventClass(c);
            from[c] = known.computeIfAbsent(of.from(), unused -> known.size());
            to[c] = known.computeIfAbsent(of.to(), unused -> known.size());
        }
        levels = known.size();
    }

    /**
     * Takes in what has happened since the last call.
     *
     * @param seconds how long that took
     * @param volts the overpotential meanwhile
     * @param driven whether the electrode was driven: at rest nothing is slowed, as there only what is nearly balanced changes the surface
     */
    void follow(double seconds, double volts, boolean driven) {
        long nowDraws = kmc.events() + kmc.nullEvents();
        long drawn = nowDraws - countedDraws;
        countedDraws = nowDraws;
        if (inWindowNow) {
            windowDraws += drawn;
            take(seconds, volts, windowDraws > draws / 2 ? new EventTally[] {window} : new EventTally[0], ones);
            if (windowDraws >= draws || !driven) {
                endWindow(driven);
            }
            return;
        }
        take(seconds, volts, new EventTally[] {memory, period}, scales);
        sinceUpdate += drawn;
        periodDraws += drawn;
        if (sinceUpdate >= draws / UPDATES || !driven) {
            sinceUpdate = 0;
            update(driven);
        }
        if (driven && settings.windows() > 0 && period.slow >= slowBeforeWindow && leastScale() < 1) {
            beginWindow();
        }
    }

    private void take(double seconds, double volts, EventTally[] into, double[] scale) {
        double slow = kmc.events() - countedEvents;
        countedEvents = kmc.events();
        for (int c = 0; c < scales.length; c++) {
            long forth = rates.happened(c, false) - counted[2 * c];
            long back = rates.happened(c, true) - counted[2 * c + 1];
            counted[2 * c] += forth;
            counted[2 * c + 1] += back;
            slow -= forth + back;
            unscaledEvents += (forth + back) / scale[c];
            for (EventTally tally : into) {
                tally.forth[c] += forth;
                tally.back[c] += back;
                tally.scaledSeconds[c] += scale[c] * seconds;
            }
        }
        unscaledEvents += slow;
        for (EventTally tally : into) {
            tally.seconds += seconds;
            tally.slow += slow;
            tally.voltSeconds += volts * seconds;
        }
    }

    // Scales

    private void update(boolean driven) {
        boolean changed = false;
        judge();
        double slow = slowRate();
        double[] exchange = exchange();
        for (int c = 0; c < scales.length; c++) {
            double target = 1;
            double rate = memory.rate(c);
            if (driven && balanced[c] && rate > 0) {
                target = Math.min(1, separation * steps(c, rate, exchange) * slow / rate);
                target = Math.max(target, FALL * scales[c]);
            }
            boolean near = target < SLACK * scales[c] && SLACK * target > scales[c] && target < 1;
            if (!near && target != scales[c]) {
                scales[c] = target;
                changed = true;
            }
        }
        if (changed) {
            rates.rescale(scales);
        }
        if (memory.slow > MEMORY) {
            memory.multiply(0.5);
        }
    }

    /**
     * Finds out which classes are balanced: those of which even the largest net flux that is likely is within the tolerance, what was seen and twice what
     * chance makes of N events, √N. A class stays balanced until even the least likely net flux is beyond it: else each class with few events would be
     * let loose now and then, by chance, and make as many of them as there are draws.
     */
    private void judge() {
        for (int c = 0; c < scales.length; c++) {
            double events = memory.events(c);
            double chance = CHANCE * Math.sqrt(events);
            double allowed = settings.tolerance() * events;
            balanced[c] = balanced[c] ? net(c) - chance <= allowed : events > 0 && net(c) + chance <= allowed;
        }
    }

    /** Difference of events forth and back; 0 where they cannot be told from one another. */
    private double net(int c) {
        return classes.eventClass(c).directed() ? Math.abs(memory.forth[c] - memory.back[c]) : 0;
    }

    /**
     * Events a second that nothing undoes: all of what is never scaled and, of what is not balanced, the net flux beyond chance. At least one in the time that
     * is remembered.
     */
    private double slowRate() {
        double events = memory.slow;
        for (int c = 0; c < scales.length; c++) {
            if (memory.events(c) > 0 && !balanced[c]) {
                double beyondChance = Math.max(0, net(c) - CHANCE * Math.sqrt(memory.events(c)));
                events += beyondChance / memory.events(c) * memory.rate(c) * memory.seconds;
            }
        }
        return memory.seconds > 0 ? Math.max(1, events) / memory.seconds : 0;
    }

    /** By level, the rate of the events that lead to it or from it to another, or to another layer. */
    private double[] exchange() {
        double[] exchange = new double[levels];
        for (int c = 0; c < scales.length; c++) {
            if (classes.eventClass(c).directed()) {
                exchange[from[c]] += memory.rate(c);
                exchange[to[c]] += to[c] == from[c] ? 0 : memory.rate(c);
            }
        }
        return exchange;
    }

    /**
     * Steps within a level after which a walker has forgotten where it began. It makes r of them from one exchange to the next,
     * and sinks may lie along a line: then the area between them is of the order r².
     */
    private double steps(int c, double rate, double[] exchange) {
        if (classes.eventClass(c).directed()) {
            return 1;
        }
        double reach = exchange[from[c]] > 0 ? rate / exchange[from[c]] : Double.POSITIVE_INFINITY;
        return Math.max(1, STEPS_PER_SITE * Math.min(layerSites, reach * reach));
    }

    // Windows

    private void beginWindow() {
        inWindowNow = true;
        windowDraws = 0;
        window.clear();
        rates.rescale(ones);
    }

    private void endWindow(boolean driven) {
        inWindowNow = false;
        if (driven && window.seconds > 0 && period.seconds > 0) {
            int count = scales.length;
            Arrays.fill(inScaled, 0);
            Arrays.fill(inWindow, 0);
            Arrays.fill(variance, 0);
            for (int c = 0; c < count; c++) {
                inScaled[c] = period.rate(c);
                inWindow[c] = window.rate(c);
                // Of a number of events that is N on the average it is N.
                variance[c] = inScaled[c] / window.seconds;
                if (scales[c] < 1) {
                    inScaled[count] += scales[c] * inScaled[c];
                    inWindow[count] += scales[c] * inWindow[c];
                    variance[count] += scales[c] * scales[c] * variance[c];
                }
            }
            inScaled[count + 1] = period.voltSeconds / period.seconds;
            inWindow[count + 1] = window.voltSeconds / window.seconds;
            comparison.add(inScaled, inWindow, variance);
            raiseIfBiased();
        }
        double slowPerDraw = period.slow / Math.max(1, periodDraws);
        slowBeforeWindow = Math.max(1, Math.rint(slowPerDraw * draws * (1 / settings.windows() - 1)));
        period.clear();
        periodDraws = 0;
        rates.rescale(scales);
    }

    private void raiseIfBiased() {
        if (comparison.windows() < WINDOWS_TO_JUDGE) {
            return;
        }
        for (int c = 0; c < scales.length; c++) {
            double allowed = settings.tolerance() * comparison.scaled(c);
            // Rare events scatter so much between windows that they prove nothing.
            boolean known = scales[c] < 1 && comparison.error(c) <= allowed;
            if (known && Math.abs(comparison.bias(c)) > allowed + SIGMAS * comparison.error(c)) {
                separation *= 2;
                comparison.clear();
                return;
            }
        }
    }

    // What is reported

    EventClasses classes() {
        return classes;
    }

    /** Of a class, by which its rates are multiplied outside of windows. */
    double scale(int c) {
        return scales[c];
    }

    /** The smallest scale of any class. */
    double leastScale() {
        double least = 1;
        for (double scale : scales) {
            least = Math.min(least, scale);
        }
        return least;
    }

    /** Events that the same surfaces would have seen in the same time at scale 1: each event counts as many times as its class was slowed. */
    double unscaledEvents() {
        return unscaledEvents;
    }

    /** Events of a class that are remembered. */
    double events(int c) {
        return memory.events(c);
    }

    /** Of a class, events per second at scale 1, of late. */
    double rate(int c) {
        return memory.rate(c);
    }

    /** Of a class, |forth − back| over their sum, of late. */
    double imbalance(int c) {
        return memory.imbalance(c);
    }

    /** Rate of a class at scale 1 in scaled stretches less that in windows, over the former; NaN where unknown. */
    double bias(int c) {
        return comparison.bias(c) / comparison.scaled(c);
    }

    double biasError(int c) {
        return comparison.error(c) / comparison.scaled(c);
    }

    /** The same for all events that are slowed, each counted as often as it happens in the scaled run. */
    double meanBias() {
        return bias(scales.length);
    }

    double meanBiasError() {
        return biasError(scales.length);
    }

    /** Mean overpotential in scaled stretches less that in windows, V. */
    double overpotentialBiasVolts() {
        return comparison.bias(scales.length + 1);
    }

    double overpotentialBiasErrorVolts() {
        return comparison.error(scales.length + 1);
    }

    long windows() {
        return comparison.windows();
    }

    /** The separation that holds now: that of the scenario, or more where the windows asked for it. */
    double separation() {
        return separation;
    }

    // Restart

    void save(DataOutput out) throws IOException {
        EventTally.Doubles.write(out, scales);
        for (boolean of : balanced) {
            out.writeBoolean(of);
        }
        memory.save(out);
        period.save(out);
        window.save(out);
        comparison.save(out);
        for (long count : counted) {
            out.writeLong(count);
        }
        out.writeLong(countedEvents);
        out.writeDouble(unscaledEvents);
        out.writeLong(countedDraws);
        out.writeLong(sinceUpdate);
        out.writeLong(periodDraws);
        out.writeBoolean(inWindowNow);
        out.writeLong(windowDraws);
        out.writeDouble(slowBeforeWindow);
        out.writeDouble(separation);
    }

    /** Restores what {@link #save} wrote, and the scales of the rates with it. */
    void restore(DataInput in) throws IOException {
        EventTally.Doubles.read(in, scales);
        for (int c = 0; c < balanced.length; c++) {
            balanced[c] = in.readBoolean();
        }
        memory.restore(in);
        period.restore(in);
        window.restore(in);
        comparison.restore(in);
        for (int n = 0; n < counted.length; n++) {
            counted[n] = in.readLong();
        }
        countedEvents = in.readLong();
        unscaledEvents = in.readDouble();
        countedDraws = in.readLong();
        sinceUpdate = in.readLong();
        periodDraws = in.readLong();
        inWindowNow = in.readBoolean();
        windowDraws = in.readLong();
        slowBeforeWindow = in.readDouble();
        separation = in.readDouble();
        rates.rescale(inWindowNow ? ones : scales);
    }
}
