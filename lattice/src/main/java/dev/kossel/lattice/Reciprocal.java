package dev.kossel.lattice;

/**
 * Division by a divisor that does not change, as one multiplication.
 *
 * <p>m = ⌊2⁶²/d⌋ + 1 = (2⁶² + e)/d with 0 < e ≤ d. Then n·m/2⁶² exceeds n/d by n·e/(2⁶²·d), which is less than 1/d, and so never reaches the next whole
 * number, for all 0 ≤ n, d < 2³¹.
 *
 * <p>T. Granlund and P. L. Montgomery, Division by invariant integers using multiplication, PLDI 1994, doi:10.1145/178243.178249.
 */
final class Reciprocal {

    private Reciprocal() {}

    static long of(int divisor) {
        return (1L << 62) / divisor + 1;
    }

    /** ⌊dividend / divisor⌋ from {@code of(divisor)}. */
    static int quotient(int dividend, long reciprocal) {
        return (int) Math.multiplyHigh((long) dividend << 2, reciprocal);
    }
}
