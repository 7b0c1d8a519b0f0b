package dev.kossel.engine.stream;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import dev.kossel.engine.observe.Changes;
import dev.kossel.engine.observe.EventBatch;
import dev.kossel.engine.observe.EventObserver;
import dev.kossel.engine.observe.Sample;
import dev.kossel.lattice.Lattice;
import it.unimi.dsi.fastutil.bytes.ByteArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries samples and events from the loop to the observers: one ring, one producer, one recorder's thread that shows each message to all observers
 * (decision 0017).
 *
 * <p>At a sample point the loop hands over what has {@linkplain #changed changed} since the sample before; where that was too much to log, it finds what
 * differs from a copy of what it has handed over so far (decision 0024). The recorder brings its replica up to date, so that no observer can disturb the loop.
 * Single events travel in batches of {@value #BATCH_SIZE}, and only if an observer wants them.
 *
 * <p><b>Back-pressure.</b> The ring has {@value #RING_SIZE} slots, and changes and fields may wait in it that take {@value #LEAST_WAITING_BYTES} bytes, or
 * half a byte a site of a larger box. While observers lag farther behind, publishing waits, asleep; nothing is dropped and the order is kept.
 *
 * <p><b>Failure.</b> The first thing that an observer throws is kept; that observer is called no more, the others go
 * on. The next call of the loop into this class (publish, {@link #drain}, {@link #check}) throws {@link
 * ObserverFailedException}. So does a wait for an observer whose thread has died or which has finished nothing for the
 * stall timeout (it is interrupted then): no wait is endless. {@link #close} delivers what was published to the observers still well, joins the
 * thread and closes the observers.
 *
 * <p><b>Threads.</b> All methods belong to the loop's thread; {@link #close} may also be called by another thread once
 * the loop has ended. An interrupt does not cut a wait short; it stays set. A sample allocates what it hands over, an event nothing.
 */
public final class EventPipeline implements AutoCloseable {

    /** Events that travel together. */
    public static final int BATCH_SIZE = 1024;

    static final int RING_SIZE = 256;

    static final int LEAST_WAITING_BYTES = 1 << 24;

    private static final Duration STALL_TIMEOUT = Duration.ofMinutes(10);
    private static final long NAP_NANOS = 100_000;
    private static final double[][] NO_FIELDS = {};
    private static final int[] NO_SITES = {};
    private static final byte[] NO_SPECIES = {};

    /** To log so many changes costs about as much as to compare so many times more sites. */
    private static final int SITES_PER_CHANGE = 32;

    private static final int LEAST_CHANGES = 256;
    private static final int MOST_CHANGES = 1 << 20;
    private static final int BYTES_PER_CHANGE = 5;

    /** Sites that are compared at once. */
    private static final int BLOCK = 1 << 12;

    private final RingBuffer<Slot> ring;
    private final Recorder recorder;
    private final LongSupplier handled;
    private final LongSupplier released;
    private final EventObserver[] observers;
    private final EventObserver[] timers;
    private final boolean wantsEvents;
    private final long stallNanos;
    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

    private final int siteCount;
    private final long waitingBytes;
    private final ChangeLog log;

    /** What somebody keeps anyway. */
    private final byte[] base;

    /**
     * What the recorder's replica holds once all samples have been handled, block by block; null where that is still as in {@link #base}. Made when a log is
     * first lost.
     */
    private byte @Nullable [] @Nullable [] handedOver;

    private final byte[] block = new byte[BLOCK];

    /** Bytes of changes and fields that have been handed over so far. */
    private long publishedBytes;

    private @Nullable EventBatch openBatch;
    private long openSequence;
    private boolean failureReported;
    private boolean closed;

    /** One message: either a sample or a batch of events. */
    static final class Slot {
        boolean isSample;
        final EventBatch batch;

        /** What has changed since the sample before, in order, with what it became. */
        int[] changedSites = NO_SITES;

        byte[] changedSpecies = NO_SPECIES;

        private final long[] eventCounts;
        private final double[] readings;
        private long index;
        private double timeSeconds;
        private long events;
        private long nullEvents;
        private boolean snapshot;
        private double[][] fields = NO_FIELDS;

        Slot(int batchSize, int processCount, int readingCount) {
            batch = new EventBatch(batchSize);
            eventCounts = new long[processCount];
            readings = new double[readingCount];
        }

        void fill(Sample sample) {
            sample.set(index, timeSeconds, events, nullEvents, eventCounts, readings, snapshot, fields);
        }

        /** What changes and fields take. */
        long bytes() {
            long bytes = (long) BYTES_PER_CHANGE * changedSites.length;
            for (double[] field : fields) {
                bytes += (long) Double.BYTES * field.length;
            }
            return bytes;
        }

        /** Forgets changes and fields: the slot may not be used again for long. */
        void release() {
            changedSites = NO_SITES;
            changedSpecies = NO_SPECIES;
            fields = NO_FIELDS;
        }
    }

    /** Writes the species of {@code count} sites from {@code first} on, one byte each, to the beginning of an array. */
    @FunctionalInterface
    public interface SpeciesCopier {
        void copy(int first, int count, byte[] species);
    }

    record Failure(String observer, String what, Throwable cause) {}

    private EventPipeline(
            Lattice kept,
            Lattice initial,
            int processCount,
            int readingCount,
            List<? extends EventObserver> observerList,
            Duration stallTimeout) {
        this.stallNanos = stallTimeout.toNanos();
        observers = observerList.toArray(EventObserver[]::new);
        timers = observerList.stream().filter(EventObserver::wantsLoopNanos).toArray(EventObserver[]::new);
        wantsEvents = observerList.stream().anyMatch(EventObserver::wantsEvents);
        siteCount = initial.geometry().siteCount();
        base = kept.speciesArray();
        int batchSize = wantsEvents ? BATCH_SIZE : 0;
        int changes = Math.max(LEAST_CHANGES, Math.min(MOST_CHANGES, siteCount / SITES_PER_CHANGE));
        ring = RingBuffer.createSingleProducer(
                () -> new Slot(batchSize, processCount, readingCount), RING_SIZE, new BlockingWaitStrategy());
        waitingBytes = Math.max(LEAST_WAITING_BYTES, siteCount / 2);
        log = new ChangeLog(changes);
        byte[] replica = observers.length == 0
                ? new byte[siteCount]
                : initial.speciesArray().clone();
        recorder = new Recorder(
                observers,
                new Lattice(initial.geometry(), replica, initial.siteTypeArray()),
                new Changes(),
                processCount,
                readingCount,
                ring,
                this::fail);
        ring.addGatingSequences(recorder.sequence());
        handled = ring::getMinimumGatingSequence;
        released = recorder::releasedBytes;
    }

    /**
     * Starts the recorder's thread.
     *
     * @param initial the lattice as the run begins; not to be changed while the pipeline is open
     * @param processCount processes with event counts
     * @param readingCount readings that come with each sample
     * @param observers with unique names; owned and closed by the pipeline from here on
     * @throws IllegalArgumentException if two observers share a name
     */
    public static EventPipeline start(
            Lattice initial, int processCount, int readingCount, List<? extends EventObserver> observers) {
        return start(initial, initial, processCount, readingCount, observers, STALL_TIMEOUT);
    }

    /**
     * As {@link #start(Lattice, int, int, List)}, of a run that goes on.
     *
     * @param kept the lattice as the run once began, which is kept anyway and does not change: of what still is as it was there, no copy need be kept
     */
    public static EventPipeline start(
            Lattice kept,
            Lattice initial,
            int processCount,
            int readingCount,
            List<? extends EventObserver> observers) {
        return start(kept, initial, processCount, readingCount, observers, STALL_TIMEOUT);
    }

    /**
     * As {@link #start(Lattice, int, int, List)}.
     *
     * @param stallTimeout how long an observer may work on one message before the run is given up
     */
    public static EventPipeline start(
            Lattice initial,
            int processCount,
            int readingCount,
            List<? extends EventObserver> observers,
            Duration stallTimeout) {
        return start(initial, initial, processCount, readingCount, observers, stallTimeout);
    }

    private static EventPipeline start(
            Lattice kept,
            Lattice initial,
            int processCount,
            int readingCount,
            List<? extends EventObserver> observers,
            Duration stallTimeout) {
        Set<String> names = new HashSet<>();
        for (EventObserver observer : observers) {
            if (!names.add(observer.name())) {
                throw new IllegalArgumentException("two observers are named '" + observer.name() + "'");
            }
        }
        EventPipeline pipeline = new EventPipeline(kept, initial, processCount, readingCount, observers, stallTimeout);
        pipeline.recorder.start();
        return pipeline;
    }

    /** Whether any observer wants single events; if not, {@link #event} need not be called. */
    public boolean wantsEvents() {
        return wantsEvents;
    }

    /**
     * Notes that the loop has changed a site. A few array stores; to be called for every change between two samples until it is of no more {@linkplain
     * #wantsChanges use}.
     */
    public void changed(int site, int species) {
        log.add(site, species);
    }

    /** Whether {@link #changed} is of use until the next sample: not once there have been so many changes that the whole lattice will be compared. */
    public boolean wantsChanges() {
        return !log.lost();
    }

    /**
     * Hands the state to the observers, after the events published so far. O(changes since the sample before), or O(sites) where these were too many to log.
     * Waits while the ring is full, or more is waiting than may.
     *
     * @param index sample number, which goes on over a restart
     * @param timeSeconds simulated time
     * @param events executed events since the start of the run
     * @param nullEvents rejected events since the start of the run
     * @param eventCounts events per process since the start of the run
     * @param readings values in the order of the layout's readings
     * @param species copies a part of the lattice; asked for all of it, if need be
     * @param snapshot whether a snapshot of the lattice is due
     * @param fields what is computed on a grid, a row a field, one number a cell; copied if a snapshot is due, else not read
     * @throws ObserverFailedException if an observer has failed
     * @throws IllegalArgumentException if an array has the wrong length
     */
    public void sample(
            long index,
            double timeSeconds,
            long events,
            long nullEvents,
            long[] eventCounts,
            double[] readings,
            SpeciesCopier species,
            boolean snapshot,
            double[][] fields) {
        SpeciesCopier whole = log.lost() ? species : null;
        publish(index, timeSeconds, events, nullEvents, eventCounts, readings, whole, snapshot, fields);
    }

    /**
     * The same where no changes have been told, and without fields.
     *
     * @param species one byte a site
     */
    public void sample(
            long index,
            double timeSeconds,
            long events,
            long nullEvents,
            long[] eventCounts,
            double[] readings,
            byte[] species,
            boolean snapshot) {
        requireLength("species", species.length, siteCount);
        SpeciesCopier whole = (first, count, out) -> System.arraycopy(species, first, out, 0, count);
        publish(index, timeSeconds, events, nullEvents, eventCounts, readings, whole, snapshot, NO_FIELDS);
    }

    private void publish(
            long index,
            double timeSeconds,
            long events,
            long nullEvents,
            long[] eventCounts,
            double[] readings,
            @Nullable SpeciesCopier whole,
            boolean snapshot,
            double[][] fields) {
        requireOpen();
        check();
        if (observers.length == 0) {
            log.clear();
            return;
        }
        publishOpenBatch();
        long sequence = claim();
        Slot slot = ring.get(sequence);
        requireLength("event counts", eventCounts.length, slot.eventCounts.length);
        requireLength("readings", readings.length, slot.readings.length);
        slot.isSample = true;
        slot.index = index;
        slot.timeSeconds = timeSeconds;
        slot.events = events;
        slot.nullEvents = nullEvents;
        slot.snapshot = snapshot;
        slot.fields = snapshot ? Arrays.stream(fields).map(double[]::clone).toArray(double[][]::new) : NO_FIELDS;
        System.arraycopy(eventCounts, 0, slot.eventCounts, 0, eventCounts.length);
        System.arraycopy(readings, 0, slot.readings, 0, readings.length);
        if (whole == null) {
            handOverLog(slot);
        } else {
            handOverDifferences(slot, whole);
        }
        log.clear();
        publishedBytes += slot.bytes();
        ring.publish(sequence);
        awaitProgress(released, publishedBytes - waitingBytes);
    }

    private void handOverLog(Slot slot) {
        slot.changedSites = Arrays.copyOf(log.sites, log.size);
        slot.changedSpecies = Arrays.copyOf(log.species, log.size);
        byte[][] before = handedOver;
        for (int i = 0; before != null && i < log.size; i++) {
            int site = log.sites[i];
            own(before, site / BLOCK)[site % BLOCK] = log.species[i];
        }
    }

    private void handOverDifferences(Slot slot, SpeciesCopier whole) {
        byte[][] before = handedOver;
        if (before == null) {
            awaitHandled(ring.getCursor());
            before = recorder.copyOfReplica(base, BLOCK);
            handedOver = before;
        }
        IntArrayList sites = new IntArrayList();
        ByteArrayList species = new ByteArrayList();
        for (int first = 0; first < siteCount; first += BLOCK) {
            int count = Math.min(BLOCK, siteCount - first);
            whole.copy(first, count, block);
            byte[] held = before[first / BLOCK];
            int i = held == null
                    ? Arrays.mismatch(base, first, first + count, block, 0, count)
                    : Arrays.mismatch(held, 0, count, block, 0, count);
            if (i < 0) {
                continue;
            }
            held = own(before, first / BLOCK);
            for (; i < count; i++) {
                if (held[i] != block[i]) {
                    held[i] = block[i];
                    sites.add(first + i);
                    species.add(block[i]);
                }
            }
        }
        slot.changedSites = sites.toIntArray();
        slot.changedSpecies = species.toByteArray();
    }

    /** A block that differs from {@link #base}, or soon will. */
    private byte[] own(byte @Nullable [][] blocks, int number) {
        byte[] held = blocks[number];
        if (held == null) {
            int first = number * BLOCK;
            held = Arrays.copyOfRange(base, first, Math.min(first + BLOCK, siteCount));
            blocks[number] = held;
        }
        return held;
    }

    private static void requireLength(String what, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(what + ": " + length + " entries, but expected " + expected);
        }
    }

    /**
     * Adds an event to the open batch, and publishes the batch when it is full. A few array stores; ignored unless
     * {@link #wantsEvents}.
     *
     * @param target the second site, or {@link EventBatch#NO_TARGET}
     * @throws ObserverFailedException if an observer has failed (noticed once a batch)
     */
    public void event(double timeSeconds, int site, int target, int process) {
        if (!wantsEvents) {
            return;
        }
        EventBatch batch = openBatch;
        if (batch == null) {
            batch = openBatch();
        }
        batch.add(timeSeconds, site, target, process);
        if (batch.full()) {
            publishOpenBatch();
        }
    }

    /**
     * Reports how long a batch of loop steps took, wall-clock nanoseconds. Handled at once, on this thread, wait-free.
     */
    public void loopNanos(long nanos) {
        for (EventObserver observer : timers) {
            observer.onLoopNanos(nanos);
        }
    }

    /**
     * Waits until everything published has been handled by every observer. What they have written is then visible to
     * the caller.
     *
     * @throws ObserverFailedException if an observer has failed
     */
    public void drain() {
        requireOpen();
        publishOpenBatch();
        awaitHandled(ring.getCursor());
        check();
    }

    /** @throws ObserverFailedException if an observer has failed; otherwise one volatile read */
    public void check() {
        Failure first = failure.get();
        if (first != null) {
            failureReported = true;
            // A fresh exception each time: a caller may add one thrown by close() to one thrown before.
            throw new ObserverFailedException(
                    "observer '" + first.observer + "' " + first.what + ": " + first.cause, first.cause);
        }
    }

    /**
     * Drains, then writes the restart state of every observer.
     *
     * @throws ObserverFailedException if an observer has failed
     */
    public void save(DataOutput out) throws IOException {
        drain();
        out.writeInt(observers.length);
        for (EventObserver observer : observers) {
            ByteArrayOutputStream state = new ByteArrayOutputStream();
            observer.save(new DataOutputStream(state));
            out.writeUTF(observer.name());
            out.writeInt(state.size());
            out.write(state.toByteArray());
        }
    }

    /**
     * Restores observers from what {@link #save} wrote, by name; state of observers not attached now is skipped,
     * observers without state begin afresh. Call before the first sample.
     */
    public void restore(DataInput in) throws IOException {
        Map<String, byte[]> states = new HashMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            byte[] state = new byte[in.readInt()];
            in.readFully(state);
            states.put(name, state);
        }
        for (EventObserver observer : observers) {
            byte[] state = states.get(observer.name());
            if (state != null) {
                observer.restore(new DataInputStream(new ByteArrayInputStream(state)));
            }
        }
    }

    /**
     * Delivers what was published, ends and joins the threads, closes the observers. Idempotent. A thread that does not
     * end within the stall timeout is interrupted, then left behind (it is a daemon) and its observer is not closed.
     *
     * @throws ObserverFailedException if an observer has failed and no other method has reported it yet
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        publishOpenBatch();
        boolean interrupted = Thread.interrupted();
        interrupted |= finish();
        interrupted |= recorder.halt(stallNanos);
        if (recorder.alive()) {
            fail(recorder.name(), "did not end", new IllegalStateException("its thread is still running"));
        } else {
            closeObservers();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!failureReported) {
            check();
        }
    }

    private void closeObservers() {
        for (EventObserver observer : observers) {
            try {
                observer.close();
            } catch (Throwable e) {
                fail(observer.name(), "failed to close", e);
            }
        }
    }

    private EventBatch openBatch() {
        requireOpen();
        check();
        openSequence = claim();
        Slot slot = ring.get(openSequence);
        slot.isSample = false;
        slot.batch.clear();
        openBatch = slot.batch;
        return slot.batch;
    }

    private void publishOpenBatch() {
        if (openBatch != null) {
            openBatch = null;
            ring.publish(openSequence);
        }
    }

    /** A free slot, without the busy wait of {@code RingBuffer.next()}. */
    private long claim() {
        if (!ring.hasAvailableCapacity(1)) {
            awaitHandled(ring.getCursor() + 1 - RING_SIZE);
        }
        return ring.next();
    }

    /** Sleeps until every observer has handled {@code sequence}. */
    private void awaitHandled(long sequence) {
        awaitProgress(handled, sequence);
    }

    /** Sleeps until the recorder has come to {@code sequence} with something. */
    private void awaitProgress(LongSupplier with, long sequence) {
        if (with.getAsLong() >= sequence) {
            return;
        }
        boolean interrupted = false;
        long progress = recorder.sequence().get();
        long lastProgressNanos = System.nanoTime();
        try {
            while (with.getAsLong() < sequence) {
                check();
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(this, NAP_NANOS);
                long now = recorder.sequence().get();
                if (now > progress) {
                    progress = now;
                    lastProgressNanos = System.nanoTime();
                } else {
                    detectDeath(System.nanoTime() - lastProgressNanos);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void detectDeath(long waitedNanos) {
        if (!recorder.alive()) {
            fail(recorder.name(), "died", new IllegalStateException("its thread has ended"));
        } else if (waitedNanos > stallNanos) {
            giveUp(waitedNanos);
        }
    }

    /**
     * Lets the recorder handle all that was published, as long as it makes progress. Returns whether this thread was
     * interrupted.
     */
    private boolean finish() {
        boolean interrupted = false;
        long end = ring.getCursor();
        long progress = recorder.sequence().get();
        long lastProgressNanos = System.nanoTime();
        while (progress < end && recorder.alive()) {
            LockSupport.parkNanos(this, NAP_NANOS);
            interrupted |= Thread.interrupted();
            long now = recorder.sequence().get();
            if (now > progress) {
                progress = now;
                lastProgressNanos = System.nanoTime();
            } else if (System.nanoTime() - lastProgressNanos > patienceNanos()) {
                if (recorder.givenUp()) {
                    break;
                }
                giveUp(System.nanoTime() - lastProgressNanos);
                lastProgressNanos = System.nanoTime();
            }
        }
        return interrupted;
    }

    /** What has been interrupted ends soon or never. */
    private long patienceNanos() {
        return recorder.givenUp() ? Math.min(stallNanos, TimeUnit.SECONDS.toNanos(10)) : stallNanos;
    }

    private void giveUp(long waitedNanos) {
        fail(recorder.name(), "is stuck", recorder.whereItIs(waitedNanos));
        recorder.giveUp();
    }

    private void fail(String observer, String what, Throwable cause) {
        if (!failure.compareAndSet(null, new Failure(observer, what, cause))) {
            Failure first = failure.get();
            if (first != null && first.cause != cause) {
                first.cause.addSuppressed(cause);
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the pipeline is closed");
        }
    }
}
