package dev.kossel.engine.select;

/** The rates of the classes, checked once when they are set. */
final class ClassRates {

    private final int itemCount;

    /** One rate a class. Read it in the hot loop, write it through {@link #set} only. */
    final double[] values;

    /** @throws IllegalArgumentException if there is no item, or no class besides class 0 */
    ClassRates(int itemCount, int classCount) {
        if (itemCount < 1) {
            throw new IllegalArgumentException("item count " + itemCount + ": expected at least 1");
        }
        if (classCount < 2) {
            throw new IllegalArgumentException(
                    "class count " + classCount + ": expected class 0 and at least one more");
        }
        this.itemCount = itemCount;
        this.values = new double[classCount];
    }

    /** Takes over {@code rates}, or throws and leaves everything as it was. */
    void set(double[] rates) {
        if (rates.length != values.length) {
            throw new IllegalArgumentException(rates.length + " rates for " + values.length + " classes");
        }
        for (int c = 0; c < rates.length; c++) {
            double rate = rates[c];
            if (!(rate >= 0) || rate == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "rate of class " + c + " is " + rate + ": expected a finite number, at least 0");
            }
            // Every item is in one class, so this bounds the sum of all rates.
            if (rate * itemCount == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "rate of class " + c + " is " + rate + ": the sum over " + itemCount + " items overflows");
            }
        }
        if (rates[0] != 0) {
            throw new IllegalArgumentException("rate of class 0 is " + rates[0] + ": expected 0");
        }
        System.arraycopy(rates, 0, values, 0, rates.length);
    }
}
