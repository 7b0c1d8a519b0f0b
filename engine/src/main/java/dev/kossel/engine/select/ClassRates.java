package dev.kossel.engine.select;

/** The rates of the classes, in parts that have a factor each, checked when they are set. */
final class ClassRates {

    private final int itemCount;
    private double[][] parts;
    private double[] factors = {1};
    /** Of each part the highest rate. */
    private double[] highest = {0};

    /** One rate a class. Read it in the hot loop; written by {@link #set}, and by {@link #evaluate} after new factors. */
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
        parts = new double[1][classCount];
        values = new double[classCount];
    }

    /** Takes over copies, or throws and leaves everything as it was. */
    void set(double[][] newParts, double[] newFactors) {
        refuseLengths(newParts, newFactors);
        for (int c = 0; c < values.length; c++) {
            refuseBadRate(c, rate(newParts, newFactors, c));
        }
        parts = new double[newParts.length][];
        highest = new double[newParts.length];
        for (int part = 0; part < parts.length; part++) {
            parts[part] = newParts[part].clone();
            for (double rate : parts[part]) {
                highest[part] = Math.max(highest[part], rate);
            }
        }
        factors = newFactors.clone();
        evaluate();
    }

    /** Takes over a copy, or throws and leaves everything as it was; the {@link #values} are left as they are. O(parts). */
    void setFactors(double[] newFactors) {
        refuseLengths(parts, newFactors);
        double bound = 0;
        for (int part = 0; part < newFactors.length; part++) {
            bound += highest[part] == 0 ? 0 : newFactors[part] * highest[part] * itemCount;
            bound = newFactors[part] >= 0 ? bound : Double.NaN;
        }
        if (!(bound < Double.POSITIVE_INFINITY)) {
            for (int c = 0; c < values.length; c++) {
                refuseBadRate(c, rate(parts, newFactors, c));
            }
        }
        System.arraycopy(newFactors, 0, factors, 0, factors.length);
    }

    void evaluate() {
        for (int c = 0; c < values.length; c++) {
            values[c] = rate(c);
        }
    }

    /** The rate of a class under the factors as they are. */
    double rate(int rateClass) {
        return rate(parts, factors, rateClass);
    }

    double[][] parts() {
        return parts;
    }

    /** The sum of a part, without its factor, over items of which {@code counts} tells how many are in each class. */
    double partRate(int part, int[] counts) {
        double sum = 0;
        for (int c = 1; c < values.length; c++) {
            sum += counts[c] * parts[part][c];
        }
        return sum;
    }

    double factor(int part) {
        return factors[part];
    }

    private static double rate(double[][] parts, double[] factors, int rateClass) {
        double rate = 0;
        for (int part = 0; part < parts.length; part++) {
            // A factor may overflow where nothing feels it.
            if (parts[part][rateClass] != 0) {
                rate += factors[part] * parts[part][rateClass];
            }
        }
        return rate;
    }

    private void refuseLengths(double[][] newParts, double[] newFactors) {
        if (newParts.length != newFactors.length) {
            throw new IllegalArgumentException(
                    newFactors.length + " factors for " + newParts.length + " parts of the rates");
        }
        for (double[] part : newParts) {
            if (part.length != values.length) {
                throw new IllegalArgumentException(part.length + " rates for " + values.length + " classes");
            }
        }
    }

    private void refuseBadRate(int rateClass, double rate) {
        if (!(rate >= 0) || rate == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "rate of class " + rateClass + " is " + rate + ": expected a finite number, at least 0");
        }
        // Every item is in one class, so this bounds the sum of all rates.
        if (rate * itemCount == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "rate of class " + rateClass + " is " + rate + ": the sum over " + itemCount + " items overflows");
        }
        if (rateClass == 0 && rate != 0) {
            throw new IllegalArgumentException("rate of class 0 is " + rate + ": expected 0");
        }
    }
}
