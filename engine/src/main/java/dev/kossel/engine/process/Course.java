package dev.kossel.engine.process;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How far a run has come, and how far it may go on: the clock, what has been counted, and limits.
 *
 * <p>The clock is a compensated sum (Kahan–Neumaier), because a run adds 10¹⁰ steps that may each be 10¹⁵ times smaller than the time reached. One thread.
 */
public final class Course {

    /** How a stretch of a run ends. */
    public enum End {
        /** Not yet. */
        UNDER_WAY,
        /** The next event would lie beyond the horizon: it does not happen. */
        HORIZON,
        /** All draws have been made. */
        DRAWS,
        /** As many watched events as were allowed have happened. */
        WATCHED,
        /** Nothing can happen: the sum of all rates is zero. */
        NOTHING
    }

    /** By process. */
    final long[] eventCounts;

    final boolean[] watched;
    double timeSum;
    double timeCarry;
    long events;
    long nullEvents;
    long watchedEvents;
    long drawsLeft;
    long watchedLeft;

    /** @param watched which processes are watched, one entry a process */
    public Course(boolean[] watched) {
        this.watched = watched.clone();
        eventCounts = new long[watched.length];
    }

    public double timeSeconds() {
        return timeSum + timeCarry;
    }

    /** What adding {@code step} to {@code sum} loses, {@code next} being the rounded sum. */
    static double lost(double sum, double step, double next) {
        return Math.abs(sum) >= step ? (sum - next) + step : (step - next) + sum;
    }

    /** A waiting time passes. */
    public void pass(double seconds) {
        double next = timeSum + seconds;
        timeCarry += lost(timeSum, seconds, next);
        timeSum = next;
    }

    /** Moves the clock to a time that no event reaches. */
    public void clampTo(double timeSeconds) {
        timeSum = timeSeconds;
        timeCarry = 0;
    }

    /** Sets the limits, both at least 1. */
    public void allow(long draws, long newWatchedEvents) {
        drawsLeft = draws;
        watchedLeft = newWatchedEvents;
    }

    /** A draw has led to an event. */
    public void count(int process) {
        drawsLeft--;
        events++;
        eventCounts[process]++;
        if (watched[process]) {
            watchedEvents++;
            watchedLeft--;
        }
    }

    /** A draw has led to nothing. */
    public void countNull() {
        drawsLeft--;
        nullEvents++;
    }

    /** A draw has led to nothing, which a process stands for. */
    public void countNull(int process) {
        countNull();
        eventCounts[process]++;
    }

    /** Which limit of counts is reached. */
    public End end() {
        return watchedLeft <= 0 ? End.WATCHED : drawsLeft <= 0 ? End.DRAWS : End.UNDER_WAY;
    }

    /** Events so far. */
    public long events() {
        return events;
    }

    /** Null events so far. */
    public long nullEvents() {
        return nullEvents;
    }

    /** Events of a process so far; of one that stands for null events, these. */
    public long eventCount(int process) {
        return eventCounts[process];
    }

    /** Writes clock and counters. */
    public void save(DataOutput out) throws IOException {
        out.writeDouble(timeSum);
        out.writeDouble(timeCarry);
        out.writeLong(events);
        out.writeLong(nullEvents);
        out.writeLong(watchedEvents);
        for (long count : eventCounts) {
            out.writeLong(count);
        }
    }

    /** Restores what {@link #save} wrote. */
    public void restore(DataInput in) throws IOException {
        timeSum = in.readDouble();
        timeCarry = in.readDouble();
        events = in.readLong();
        nullEvents = in.readLong();
        watchedEvents = in.readLong();
        for (int process = 0; process < eventCounts.length; process++) {
            eventCounts[process] = in.readLong();
        }
    }
}
