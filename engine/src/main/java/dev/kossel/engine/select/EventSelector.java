package dev.kossel.engine.select;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Draws an item with a probability proportional to its rate.
 *
 * <p>Items 0 … {@link #itemCount()} − 1 each belong to a <em>rate class</em> 0 … {@link #classCount()} − 1; all items
 * of a class have the class's rate. Class 0 has rate zero for good, and every item starts in it. This is what makes a
 * change of all rates (a new overpotential, a new temperature) cost classes instead of items.
 *
 * <p>Sums never drift: every implementation re-sums from class counts (exact integers) or along a tree path.
 * Implementations are final, used by one thread, allocate only when a list must grow, and are deterministic: the same
 * calls in the same order with the same generator give the same draws.
 */
public interface EventSelector {

    int itemCount();

    int classCount();

    /** The rate of an item of {@code rateClass}, in the caller's unit (s⁻¹). */
    double rate(int rateClass);

    /**
     * Sets the rates of all classes: Σ factor × part.
     *
     * @param parts by [part][class], finite and not negative; 0 for class 0. Copied
     * @param factors one a part
     * @throws IllegalArgumentException if a rate is negative, NaN, infinite or so high that the sum over all items
     *     could overflow, or a count is wrong; names the class and the value
     */
    void reweigh(double[][] parts, double[] factors);

    /** Sets the rates of all classes, as a single part with the factor 1. */
    default void reweigh(double[] rates) {
        reweigh(new double[][] {rates}, new double[] {1});
    }

    /**
     * Sets the factors of the parts of the rates.
     *
     * @throws IllegalArgumentException as {@link #reweigh(double[][], double[])}
     */
    void refactor(double[] factors);

    /** The sum of a part of the rates over all items, its factor left out. */
    double partRate(int part);

    /** How many items are in {@code rateClass}; for class 0 unspecified. */
    int count(int rateClass);

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

    /**
     * Tells where the class of an item can be looked up, so that a selector need not keep track of all items. What is found there must be what {@link #move} and
     * {@link #exchange} were told, whenever an item is selected or a state restored.
     */
    default void lookUpIn(ItemClasses classes) {}

    /** Items and their classes, as their owner knows them. */
    interface ItemClasses {

        /** The item of a rank, 0 … {@link #itemCount()} − 1: the owner's order, which need not be that of the items' numbers. */
        int item(int rank);

        int rateClass(int item);
    }

    /** The sum of all rates. Zero exactly when no item has a rate. */
    double totalRate();

    /**
     * Draws an item.
     *
     * @param word from which a number may be taken; what is left is independent of the item
     * @param random for all other choices
     * @throws IllegalStateException if the total rate is zero
     */
    int select(RandomWord word, UniformRandomProvider random);

    /**
     * Everything a restart needs to draw the same items in the same order: the order of internal lists, not the rates.
     */
    void save(java.io.DataOutput out) throws java.io.IOException;

    /**
     * Restores what {@link #save} wrote, into a selector made with the same item and class counts. Call {@link
     * #reweigh} before.
     */
    void restore(java.io.DataInput in) throws java.io.IOException;
}
