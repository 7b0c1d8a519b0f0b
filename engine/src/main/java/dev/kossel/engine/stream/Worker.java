package dev.kossel.engine.stream;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import dev.kossel.engine.observe.EventObserver;
import dev.kossel.engine.observe.Sample;
import java.util.concurrent.TimeUnit;

/**
 * An observer's thread. After a failure it goes on emptying the ring, without calling the observer, so that nobody
 * waits for it.
 */
final class Worker implements EventHandler<EventPipeline.Slot>, ExceptionHandler<EventPipeline.Slot> {

    interface FailureSink {
        void fail(String observer, String what, Throwable cause);
    }

    private final EventObserver observer;
    private final boolean wantsEvents;
    private final FailureSink failures;
    private final BatchEventProcessor<EventPipeline.Slot> processor;
    private final Thread thread;
    private boolean failed;
    private boolean givenUp;

    Worker(EventObserver observer, RingBuffer<EventPipeline.Slot> ring, FailureSink failures) {
        this.observer = observer;
        this.wantsEvents = observer.wantsEvents();
        this.failures = failures;
        // One message a turn, so that each slot is free again as soon as it has been handled.
        processor = new BatchEventProcessorBuilder().setMaxBatchSize(1).build(ring, ring.newBarrier(), this);
        processor.setExceptionHandler(this);
        thread = new Thread(processor, "kossel-" + observer.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    String name() {
        return observer.name();
    }

    Sequence sequence() {
        return processor.getSequence();
    }

    boolean alive() {
        return thread.isAlive();
    }

    /** No longer waits for this thread: it is stuck. Called by the producer. */
    void giveUp() {
        givenUp = true;
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
        if (failed) {
            return;
        }
        try {
            Sample sample = slot.sample;
            if (sample != null) {
                observer.onSample(sample);
            } else if (wantsEvents) {
                observer.onEvents(slot.batch);
            }
        } catch (Throwable e) {
            failed = true;
            failures.fail(name(), "failed", e);
        }
    }

    @Override
    public void handleEventException(Throwable e, long sequence, EventPipeline.Slot slot) {
        failed = true;
        failures.fail(name(), "failed", e);
    }

    @Override
    public void handleOnStartException(Throwable e) {
        failures.fail(name(), "failed to start", e);
    }

    @Override
    public void handleOnShutdownException(Throwable e) {
        failures.fail(name(), "failed to shut down", e);
    }
}
