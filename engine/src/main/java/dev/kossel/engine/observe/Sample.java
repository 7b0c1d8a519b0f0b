package dev.kossel.engine.observe;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeView;

/**
 * The state of a run at one moment, as an observer sees it.
 *
 * <p>Its lattice is the recorder's replica of the loop's. All of it is filled anew for every sample: an observer may read it until its {@code onSample}
 * returns and must copy what it wants to keep.
 */
public final class Sample {

    private final Lattice lattice;
    private final Changes changes;
    private final long[] eventCounts;
    private final double[] readings;
    private long index;
    private double timeSeconds;
    private long events;
    private long nullEvents;
    private boolean snapshot;
    private double[][] fields = {};

    /**
     * A sample to be filled.
     *
     * @param lattice the replica; kept up to date by whoever fills the sample
     * @param changes of the replica since the sample before; likewise
     * @param processCount how many processes have counts
     * @param readingCount how many readings come with a sample
     */
    public Sample(Lattice lattice, Changes changes, int processCount, int readingCount) {
        this.lattice = lattice;
        this.changes = changes;
        this.eventCounts = new long[processCount];
        this.readings = new double[readingCount];
    }

    /**
     * Copies everything but the lattice; allocates nothing.
     *
     * @param newIndex 0, 1, …: continues over a restart
     * @param newTimeSeconds simulated time
     * @param newEvents executed events since the start of the run
     * @param newNullEvents rejected events since the start of the run
     * @param newEventCounts events per process since the start of the run
     * @param newReadings values in the order of the layout's readings
     * @param newSnapshot whether a snapshot of the lattice is due at this sample
     * @param newFields what is computed on a grid, a row a field, one number a cell, where a snapshot is due; not copied
     */
    public void set(
            long newIndex,
            double newTimeSeconds,
            long newEvents,
            long newNullEvents,
            long[] newEventCounts,
            double[] newReadings,
            boolean newSnapshot,
            double[][] newFields) {
        index = newIndex;
        timeSeconds = newTimeSeconds;
        events = newEvents;
        nullEvents = newNullEvents;
        snapshot = newSnapshot;
        fields = newFields;
        System.arraycopy(newEventCounts, 0, eventCounts, 0, eventCounts.length);
        System.arraycopy(newReadings, 0, readings, 0, readings.length);
    }

    public long index() {
        return index;
    }

    public double timeSeconds() {
        return timeSeconds;
    }

    /** Executed events since the start of the run. */
    public long events() {
        return events;
    }

    /** Rejected events since the start of the run. */
    public long nullEvents() {
        return nullEvents;
    }

    /** Events of a process since the start of the run. */
    public long eventCount(int process) {
        return eventCounts[process];
    }

    /** The value of a reading, in the unit its column name states. */
    public double reading(int reading) {
        return readings[reading];
    }

    /** The number that a field has in a cell, in the unit its name states; only where a snapshot is due. */
    public double field(int field, int cell) {
        return fields[field][cell];
    }

    /** The lattice at this moment; no one writes it until {@code onSample} returns. */
    public LatticeView lattice() {
        return lattice;
    }

    /** How it differs from that of the sample before. */
    public Changes changes() {
        return changes;
    }

    /** Whether a snapshot is due. */
    public boolean snapshot() {
        return snapshot;
    }
}
