package dev.kossel.engine.stream;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import dev.kossel.engine.observe.Changes;
import dev.kossel.engine.observe.EventObserver;
import dev.kossel.engine.observe.Sample;
import dev.kossel.lattice.Lattice;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The observers' thread: keeps the replica of the lattice up to date and shows each message to one observer after the other. An observer that fails is
 * called no more; the others go on, and the ring is emptied in any case, so that nobody waits for it.
 */
final class Recorder implements EventHandler<EventPipeline.Slot>, ExceptionHandler<EventPipeline.Slot> {

    interface FailureSink {
        void fail(String observer, String what, Throwable cause);
    }

    /** No species has it: marks sites of a log whose last entry has been seen. */
    private static final int SEEN = 0x80;

    private final EventObserver[] observers;
    private final boolean[] failed;
    private final FailureSink failures;
    private final byte[] replica;
    private final Changes changes;
    private final Sample sample;
    private final BatchEventProcessor<EventPipeline.Slot> processor;
    private final Thread thread;
    private boolean begun;
    private volatile boolean givenUp;

    /** Bytes of changes and fields in the messages handled so far. */
    private volatile long releasedBytes;

    /** The observer at work, for the message about a stall. */
    private volatile @Nullable EventObserver working;

    /** @param lattice the replica, which holds what the loop's lattice holds at the beginning */
    Recorder(
            EventObserver[] observers,
            Lattice lattice,
            Changes changes,
            int processCount,
            int readingCount,
            RingBuffer<EventPipeline.Slot> ring,
            FailureSink failures) {
        this.observers = observers;
        this.failures = failures;
        this.changes = changes;
        failed = new boolean[observers.length];
        replica = lattice.speciesArray();
        sample = new Sample(lattice, changes, processCount, readingCount);
        // One message a turn, so that each slot is free again as soon as it has been handled.
        processor = new BatchEventProcessorBuilder().setMaxBatchSize(1).build(ring, ring.newBarrier(), this);
        processor.setExceptionHandler(this);
        thread = new Thread(processor, "kossel-recorder");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Sequence sequence() {
        return processor.getSequence();
    }

    long releasedBytes() {
        return releasedBytes;
    }

    /** The blocks of the replica that differ from another lattice, null for those that do not; to be called when all messages have been handled. */
    byte[][] copyOfReplica(byte[] other, int blockLength) {
        byte[][] blocks = new byte[(replica.length + blockLength - 1) / blockLength][];
        for (int block = 0; block < blocks.length; block++) {
            int first = block * blockLength;
            int end = Math.min(first + blockLength, replica.length);
            if (!Arrays.equals(replica, first, end, other, first, end)) {
                blocks[block] = Arrays.copyOfRange(replica, first, end);
            }
        }
        return blocks;
    }

    boolean alive() {
        return thread.isAlive();
    }

    /** The name of the observer at work, or of the thread. */
    String name() {
        EventObserver at = working;
        return at == null ? "recorder" : at.name();
    }

    /** No longer waits for the observer at work, and wakes it in case it sleeps, so that the others are served. Called by the producer. */
    void giveUp() {
        givenUp = true;
        thread.interrupt();
    }

    boolean givenUp() {
        return givenUp;
    }

    /**
     * Ends and joins the thread, interrupting it if it takes longer than the patience. Returns whether the caller was
     * interrupted meanwhile.
     */
    boolean halt(long patienceNanos) {
        processor.halt();
        boolean interrupted = join(givenUp ? 0 : Math.min(patienceNanos, TimeUnit.SECONDS.toNanos(10)));
        if (thread.isAlive()) {
            thread.interrupt();
            interrupted |= join(TimeUnit.SECONDS.toNanos(1));
        }
        return interrupted;
    }

    private boolean join(long patienceNanos) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + patienceNanos;
        for (long left = patienceNanos; left > 0 && thread.isAlive(); left = deadline - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    /** An exception that carries the observer's present stack, for the message about a stall. */
    Throwable whereItIs(long waitedNanos) {
        IllegalStateException stuck = new IllegalStateException(
                "nothing handled for " + TimeUnit.NANOSECONDS.toMillis(waitedNanos) + " ms; its thread is here");
        stuck.setStackTrace(thread.getStackTrace());
        return stuck;
    }

    @Override
    public void onEvent(EventPipeline.Slot slot, long sequence, boolean endOfBatch) {
        if (slot.isSample) {
            takeOver(slot);
            slot.fill(sample);
        }
        for (int i = 0; i < observers.length; i++) {
            if (!failed[i]) {
                show(slot, i);
            }
        }
        if (slot.isSample) {
            release(slot);
        }
    }

    /** Writes {@link #releasedBytes}, as nobody else does. */
    private void release(EventPipeline.Slot slot) {
        long bytes = slot.bytes();
        slot.release();
        releasedBytes += bytes;
    }

    private void show(EventPipeline.Slot slot, int i) {
        EventObserver observer = observers[i];
        working = observer;
        try {
            if (slot.isSample) {
                observer.onSample(sample);
            } else if (observer.wantsEvents()) {
                observer.onEvents(slot.batch);
            }
        } catch (Throwable e) {
            failed[i] = true;
            failures.fail(observer.name(), "failed", e);
        } finally {
            working = null;
            if (givenUp) {
                // What woke this observer is not meant for the next.
                Thread.interrupted();
            }
        }
    }

    /** Brings the replica to the state of a sample. */
    private void takeOver(EventPipeline.Slot slot) {
        changes.clear();
        changes.reserve(slot.changedSites.length);
        follow(slot.changedSites, slot.changedSpecies);
        if (!begun) {
            // Nobody has seen the lattice before.
            changes.forget();
            begun = true;
        }
    }

    /** From the last entry to the first, so that of several changes of a site the last counts, and each site once. */
    private void follow(int[] sites, byte[] species) {
        for (int i = sites.length - 1; i >= 0; i--) {
            int site = sites[i];
            byte before = replica[site];
            if (before >= 0) {
                if (before != species[i]) {
                    changes.add(site, before);
                }
                replica[site] = (byte) (species[i] | SEEN);
            }
        }
        for (int site : sites) {
            replica[site] &= ~SEEN;
        }
    }

    @Override
    public void handleEventException(Throwable e, long sequence, EventPipeline.Slot slot) {
        Arrays.fill(failed, true);
        failures.fail("recorder", "failed", e);
    }

    @Override
    public void handleOnStartException(Throwable e) {
        failures.fail("recorder", "failed to start", e);
    }

    @Override
    public void handleOnShutdownException(Throwable e) {
        failures.fail("recorder", "failed to shut down", e);
    }
}
