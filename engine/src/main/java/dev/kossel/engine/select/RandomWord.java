package dev.kossel.engine.select;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * 64 random bits from which numbers are taken one after the other, so that two small choices need not cost a word each.
 *
 * <p>A word is read as a fraction of 63 bits. Times {@code count} its whole part is the number, and the rest is the fraction for the next one, as digits are taken from a
 * fraction in any base. So all sequences of numbers are equally probable to n·m·… parts in 2⁶³, n, m, … being the counts: of the 10⁶ items of a class and 12 directions, to 1 part in
 * 2³⁹. Nothing is lost to rounding, and a number and what comes after it are as independent as that.
 */
public final class RandomWord {

    private long bits;

    /** A word of its own, for who draws seldom. */
    public static RandomWord of(UniformRandomProvider random) {
        RandomWord word = new RandomWord();
        word.draw(random);
        return word;
    }

    /** Forgets what is left and takes a new word. */
    public void draw(UniformRandomProvider random) {
        bits = random.nextLong();
    }

    /** Takes over what a loop has left of a word in a local variable. */
    public RandomWord holding(long left) {
        bits = left;
        return this;
    }

    /** A number from 0 to {@code count} − 1, count &gt; 0; what is left of the word is for the next one. */
    public int below(int count) {
        int number = below(count, bits);
        bits = rest(count, bits);
        return number;
    }

    /** The same of bits in a local variable. */
    public static int below(int count, long bits) {
        return (int) Math.multiplyHigh(bits >>> 1, (long) count << 1);
    }

    /** What is left of the bits after {@link #below(int, long)}. */
    public static long rest(int count, long bits) {
        return (bits >>> 1) * ((long) count << 1);
    }
}
