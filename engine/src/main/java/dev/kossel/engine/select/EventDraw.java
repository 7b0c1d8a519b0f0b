package dev.kossel.engine.select;

import org.apache.commons.rng.UniformRandomProvider;

/** What the event loop asks of an {@link EventSelector} for every event. */
public interface EventDraw {

    /**
     * Moves {@code item} from the class it is in to another. {@code from} must be the class it is in (asserted, not
     * checked).
     */
    void move(int item, int from, int to);

    /** Exchanges the classes of two items: {@code item} is in {@code its}, {@code other} in {@code others}. */
    default void exchange(int item, int its, int other, int others) {
        move(item, its, others);
        move(other, others, its);
    }

    /** The sum of all rates. Zero exactly when no item has a rate. */
    double totalRate();

    /**
     * Draws an item.
     *
     * @throws IllegalStateException if the total rate is zero
     */
    int select(UniformRandomProvider random);
}
