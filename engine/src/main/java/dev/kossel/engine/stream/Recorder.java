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

    /** Sites that are compared at once where a whole copy has come. */
    private static final int BLOCK = 1024;

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

    /** Up to here whole copies have been taken over, and their buffer is free. */
    private volatile long takenOver = RingBuffer.INITIAL_CURSOR_VALUE;

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

    long takenOver() {
        return takenOver;
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
            takeOver(slot, sequence);
            slot.fill(sample);
        }
        for (int i = 0; i < observers.length; i++) {
            if (!failed[i]) {
                show(slot, i);
            }
        }
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
    private void takeOver(EventPipeline.Slot slot, long sequence) {
        changes.clear();
        byte[] whole = slot.whole;
        if (whole != null) {
            compare(whole);
            takenOver = sequence;
        } else {
            follow(slot.log);
        }
        if (!begun) {
            // Nobody has seen the lattice before.
            changes.forget();
            begun = true;
        }
    }

    private void compare(byte[] whole) {
        for (int from = 0; from < whole.length; from += BLOCK) {
            int to = Math.min(whole.length, from + BLOCK);
            int first = Arrays.mismatch(replica, from, to, whole, from, to);
            if (first < 0) {
                continue;
            }
            for (int site = from + first; site < to; site++) {
                if (replica[site] != whole[site]) {
                    changes.add(site, replica[site]);
                }
            }
            System.arraycopy(whole, from, replica, from, to - from);
        }
    }

    /** From the last entry to the first, so that of several changes of a site the last counts, and each site once. */
    private void follow(ChangeLog log) {
        for (int i = log.size - 1; i >= 0; i--) {
            int site = log.sites[i];
            byte before = replica[site];
            if (before >= 0) {
                if (before != log.species[i]) {
                    changes.add(site, before);
                }
                replica[site] = (byte) (log.species[i] | SEEN);
            }
        }
        for (int i = 0; i < log.size; i++) {
            replica[log.sites[i]] &= ~SEEN;
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
