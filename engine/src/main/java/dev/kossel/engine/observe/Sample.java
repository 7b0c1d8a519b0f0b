package dev.kossel.engine.observe;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;

/**
 * The state of a run at one moment, copied: what an observer sees of it.
 *
 * <p>A slot that is filled again and again. An observer may read it until its {@code onSample} returns and must copy
 * what it wants to keep. Filled by the loop's thread, then read by any number of observers' threads; nobody writes
 * while somebody reads. Footprint: one byte a site.
 */
public final class Sample {

    private final Lattice lattice;
    private final long[] eventCounts;
    private final double[] readings;
    private long index;
    private double timeSeconds;
    private long events;
    private long nullEvents;
    private boolean snapshot;

    /**
     * An empty slot.
     *
     * @param reference a lattice of the run: its geometry and its site types (which do not change) are shared, its
     *     species are not
     * @param processCount how many processes have counts
     * @param readingCount how many readings come with a sample
     */
    public Sample(Lattice reference, int processCount, int readingCount) {
        LatticeGeometry geometry = reference.geometry();
        this.lattice = new Lattice(geometry, new byte[geometry.siteCount()], reference.siteTypeArray());
        this.eventCounts = new long[processCount];
        this.readings = new double[readingCount];
    }

    /**
     * Fills the slot with copies. O(sites), a plain array copy; allocates nothing.
     *
     * @param index 0, 1, …: continues over a restart
     * @param timeSeconds simulated time
     * @param events executed events since the start of the run
     * @param nullEvents rejected events since the start of the run
     * @param eventCounts events per process since the start of the run
     * @param readings values in the order of the layout's readings
     * @param species one byte a site
     * @param snapshot whether a snapshot of the lattice is due at this sample
     * @throws IllegalArgumentException if an array has the wrong length
     */
    public void set(
            long index,
            double timeSeconds,
            long events,
            long nullEvents,
            long[] eventCounts,
            double[] readings,
            byte[] species,
            boolean snapshot) {
        requireLength("event counts", eventCounts.length, this.eventCounts.length);
        requireLength("readings", readings.length, this.readings.length);
        requireLength("species", species.length, lattice.speciesArray().length);
        this.index = index;
        this.timeSeconds = timeSeconds;
        this.events = events;
        this.nullEvents = nullEvents;
        this.snapshot = snapshot;
        System.arraycopy(eventCounts, 0, this.eventCounts, 0, eventCounts.length);
        System.arraycopy(readings, 0, this.readings, 0, readings.length);
        System.arraycopy(species, 0, lattice.speciesArray(), 0, species.length);
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

    /** The lattice at this moment; a copy that no one writes until {@code onSample} returns. */
    public LatticeView lattice() {
        return lattice;
    }

    /** Whether a snapshot is due. */
    public boolean snapshot() {
        return snapshot;
    }

    private static void requireLength(String what, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(what + ": " + length + " entries, but expected " + expected);
        }
    }
}
