package dev.kossel.engine.stream;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import dev.kossel.engine.observe.EventBatch;
import dev.kossel.engine.observe.EventObserver;
import dev.kossel.engine.observe.Sample;
import dev.kossel.lattice.Lattice;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Carries samples and events from the loop to the observers: one ring, one producer, one thread an observer.
 *
 * <p>At a sample point the loop hands over a <em>copy</em> of its state, so that no observer can disturb it. Single
 * events travel in batches of {@value #BATCH_SIZE}, and only if an observer wants them.
 *
 * <p><b>Back-pressure.</b> The ring has {@value #RING_SIZE} slots and a few copies of the lattice (as many as fit in 64
 * MB, at least two). While observers lag behind, publishing waits, asleep; nothing is dropped and the order is kept.
 *
 * <p><b>Failure.</b> The first thing that an observer throws is kept; that observer is called no more, the others go
 * on. The next call of the loop into this class (publish, {@link #drain}, {@link #check}) throws {@link
 * ObserverFailedException}. So does a wait for an observer whose thread has died or which has finished nothing for the
 * stall timeout: no wait is endless. {@link #close} delivers what was published to the observers still well, joins the
 * threads and closes the observers.
 *
 * <p><b>Threads.</b> All methods belong to the loop's thread; {@link #close} may also be called by another thread once
 * the loop has ended. An interrupt does not cut a wait short; it stays set. Publishing allocates nothing once each copy
 * has been used.
 */
public final class EventPipeline implements AutoCloseable {

    /** Events that travel together. */
    public static final int BATCH_SIZE = 1024;

    static final int RING_SIZE = 16;

    private static final Duration STALL_TIMEOUT = Duration.ofMinutes(10);
    private static final long COPY_BYTES = 64L << 20;
    private static final long NAP_NANOS = 100_000;

    private final RingBuffer<Slot> ring;
    private final Worker[] workers;
    private final EventObserver[] observers;
    private final boolean wantsEvents;
    private final long stallNanos;
    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

    private final Lattice reference;
    private final int processCount;
    private final int readingCount;
    private final @Nullable Sample[] copies;
    private final long[] copyPublishedAs;
    private int nextCopy;

    private @Nullable EventBatch openBatch;
    private long openSequence;
    private boolean failureReported;
    private boolean closed;

    /** One message: either a sample or a batch of events. */
    static final class Slot {
        @Nullable
        Sample sample;

        final EventBatch batch;

        Slot(int batchSize) {
            batch = new EventBatch(batchSize);
        }
    }

    record Failure(String observer, String what, Throwable cause) {}

    private EventPipeline(
            Lattice reference,
            int processCount,
            int readingCount,
            List<? extends EventObserver> observerList,
            Duration stallTimeout) {
        this.reference = reference;
        this.processCount = processCount;
        this.readingCount = readingCount;
        this.stallNanos = stallTimeout.toNanos();
        observers = observerList.toArray(EventObserver[]::new);
        wantsEvents = observerList.stream().anyMatch(EventObserver::wantsEvents);
        int batchSize = wantsEvents ? BATCH_SIZE : 0;
        ring = RingBuffer.createSingleProducer(() -> new Slot(batchSize), RING_SIZE, new BlockingWaitStrategy());
        long affordable = COPY_BYTES / Math.max(1, reference.geometry().siteCount());
        copies = new Sample[(int) Math.max(2, Math.min(RING_SIZE, affordable))];
        copyPublishedAs = new long[copies.length];
        Arrays.fill(copyPublishedAs, RingBuffer.INITIAL_CURSOR_VALUE);
        workers = new Worker[observers.length];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(observers[i], ring, this::fail);
        }
        for (Worker worker : workers) {
            ring.addGatingSequences(worker.sequence());
        }
    }

    /**
     * Starts the observers' threads.
     *
     * @param reference a lattice of the run, for its geometry and site types; not read for its species
     * @param processCount processes with event counts
     * @param readingCount readings that come with each sample
     * @param observers with unique names; owned and closed by the pipeline from here on
     * @throws IllegalArgumentException if two observers share a name
     */
    public static EventPipeline start(
            Lattice reference, int processCount, int readingCount, List<? extends EventObserver> observers) {
        return start(reference, processCount, readingCount, observers, STALL_TIMEOUT);
    }

    /**
     * As {@link #start(Lattice, int, int, List)}.
     *
     * @param stallTimeout how long an observer may work on one message before the run is given up
     */
    public static EventPipeline start(
            Lattice reference,
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
        EventPipeline pipeline = new EventPipeline(reference, processCount, readingCount, observers, stallTimeout);
        for (Worker worker : pipeline.workers) {
            worker.start();
        }
        return pipeline;
    }

    /** Whether any observer wants single events; if not, {@link #event} need not be called. */
    public boolean wantsEvents() {
        return wantsEvents;
    }

    /**
     * Hands a copy of the state to the observers, after the events published so far. O(sites) for the copy; waits while
     * all copies are in use.
     *
     * @param index sample number, which goes on over a restart
     * @param timeSeconds simulated time
     * @param events executed events since the start of the run
     * @param nullEvents rejected events since the start of the run
     * @param eventCounts events per process since the start of the run
     * @param readings values in the order of the layout's readings
     * @param species one byte a site
     * @param snapshot whether a snapshot of the lattice is due
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
            byte[] species,
            boolean snapshot) {
        requireOpen();
        check();
        if (workers.length == 0) {
            return;
        }
        publishOpenBatch();
        awaitHandled(copyPublishedAs[nextCopy]);
        Sample sample = copies[nextCopy];
        if (sample == null) {
            sample = new Sample(reference, processCount, readingCount);
            copies[nextCopy] = sample;
        }
        sample.set(index, timeSeconds, events, nullEvents, eventCounts, readings, species, snapshot);
        long sequence = claim();
        ring.get(sequence).sample = sample;
        ring.publish(sequence);
        copyPublishedAs[nextCopy] = sequence;
        nextCopy = nextCopy + 1 == copies.length ? 0 : nextCopy + 1;
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
        for (EventObserver observer : observers) {
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
        for (Worker worker : workers) {
            interrupted |= finish(worker);
        }
        for (int i = 0; i < workers.length; i++) {
            interrupted |= workers[i].halt(stallNanos);
            if (workers[i].alive()) {
                fail(observers[i].name(), "did not end", new IllegalStateException("its thread is still running"));
                continue;
            }
            try {
                observers[i].close();
            } catch (Throwable e) {
                fail(observers[i].name(), "failed to close", e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!failureReported) {
            check();
        }
    }

    private EventBatch openBatch() {
        requireOpen();
        check();
        openSequence = claim();
        Slot slot = ring.get(openSequence);
        slot.sample = null;
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
        long progress = ring.getMinimumGatingSequence();
        if (progress >= sequence) {
            return;
        }
        boolean interrupted = false;
        long lastProgressNanos = System.nanoTime();
        try {
            while (progress < sequence) {
                check();
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(this, NAP_NANOS);
                long now = ring.getMinimumGatingSequence();
                if (now > progress) {
                    progress = now;
                    lastProgressNanos = System.nanoTime();
                } else {
                    detectDeath(sequence, System.nanoTime() - lastProgressNanos);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void detectDeath(long sequence, long waitedNanos) {
        for (Worker worker : workers) {
            if (worker.sequence().get() < sequence) {
                if (!worker.alive()) {
                    fail(worker.name(), "died", new IllegalStateException("its thread has ended"));
                } else if (waitedNanos > stallNanos) {
                    giveUp(worker, waitedNanos);
                }
            }
        }
    }

    /**
     * Lets a worker handle all that was published, as long as it makes progress. Returns whether this thread was
     * interrupted.
     */
    private boolean finish(Worker worker) {
        boolean interrupted = false;
        long end = ring.getCursor();
        long progress = worker.sequence().get();
        long lastProgressNanos = System.nanoTime();
        while (progress < end && worker.alive() && !worker.givenUp()) {
            LockSupport.parkNanos(this, NAP_NANOS);
            interrupted |= Thread.interrupted();
            long now = worker.sequence().get();
            if (now > progress) {
                progress = now;
                lastProgressNanos = System.nanoTime();
            } else if (System.nanoTime() - lastProgressNanos > stallNanos) {
                giveUp(worker, System.nanoTime() - lastProgressNanos);
            }
        }
        return interrupted;
    }

    private void giveUp(Worker worker, long waitedNanos) {
        worker.giveUp();
        fail(worker.name(), "is stuck", worker.whereItIs(waitedNanos));
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
