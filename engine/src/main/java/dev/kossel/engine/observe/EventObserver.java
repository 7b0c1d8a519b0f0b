package dev.kossel.engine.observe;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Keeps something of a run.
 *
 * <p>{@link #onSample} and {@link #onEvents} are called on the recorder's thread, in the order in which the
 * loop published, one observer after the other; two observers share nothing. Whatever they throw ends the run with the observer's {@link #name} and
 * the cause; the observer is not called again except for {@link #close}. The other methods are called while the
 * recorder's thread is idle or gone, so no method needs a lock, {@link #onLoopNanos} excepted.
 */
public interface EventObserver extends AutoCloseable {

    /** The observer's name in messages, thread names and checkpoints; unique within a run. */
    String name();

    /** Whether {@link #onEvents} shall be called. Publishing single events costs the loop, samples hardly do. */
    default boolean wantsEvents() {
        return false;
    }

    /** The state at a sample point. The slot is reused: copy what is kept. */
    default void onSample(Sample sample) throws IOException {}

    /** Events since the last call. The slot is reused: copy what is kept. */
    default void onEvents(EventBatch batch) throws IOException {}

    /** Whether {@link #onLoopNanos} shall be called. */
    default boolean wantsLoopNanos() {
        return false;
    }

    /**
     * Wall-clock nanoseconds that a batch of loop steps took. Called on the <em>loop's</em> thread: must neither block
     * nor allocate nor throw. {@link #save}, {@link #restore} and {@link #close} are never called at the same time.
     */
    default void onLoopNanos(long nanos) {}

    /**
     * Writes what a restart needs to go on without gap or repetition, such as the length of a file; makes durable what
     * that refers to. Called on the loop's thread after a drain.
     */
    default void save(DataOutput out) throws IOException {}

    /**
     * Reads what {@link #save} wrote and undoes whatever happened after it, such as rows of a file. Called before the
     * first sample, if at all.
     */
    default void restore(DataInput in) throws IOException {}

    /** Finishes files. Called once, after the last sample, also when the run or this observer has failed. */
    @Override
    default void close() throws IOException {}
}
