package dev.kossel.scenarios.validation;

import dev.kossel.viz.plot.Curve;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Mean and spread of independent values, summed up as they come (Welford 1962, doi 10.1080/00401706.1962.10490022). */
final class Statistics {

    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double difference = value - mean;
        mean += difference / count;
        squares += difference * (value - mean);
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    /** Of one value, about the mean of all. */
    double variance() {
        return squares / (count - 1);
    }

    /** Of the mean. */
    double standardError() {
        return Math.sqrt(variance() / count);
    }

    /**
     * Standard error of what is estimated from all of some samples, by those estimates that leave one out (Quenouille 1956, doi 10.1093/biomet/43.3-4.353).
     *
     * @param without the estimate that leaves out a sample, by its number
     */
    static double jackknife(int samples, IntToDoubleFunction without) {
        Statistics partial = new Statistics();
        for (int n = 0; n < samples; n++) {
            partial.add(without.applyAsDouble(n));
        }
        return (samples - 1) * partial.standardError();
    }

    static Statistics[] series(int length) {
        Statistics[] series = new Statistics[length];
        Arrays.setAll(series, n -> new Statistics());
        return series;
    }

    /** What was measured at each abscissa, with its error. */
    static Curve points(double[] x, Statistics[] y) {
        return points("simulation", x, y);
    }

    static Curve points(String name, double[] x, Statistics[] y) {
        return new Curve(
                name,
                x,
                Arrays.stream(y).mapToDouble(Statistics::mean).toArray(),
                Arrays.stream(y).mapToDouble(Statistics::standardError).toArray());
    }

    /** Slope of the straight line through points, by least squares. */
    static double slope(double[] x, double[] y) {
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < x.length; i++) {
            meanX += x[i] / x.length;
            meanY += y[i] / x.length;
        }
        double products = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            products += (x[i] - meanX) * (y[i] - meanY);
            squares += (x[i] - meanX) * (x[i] - meanX);
        }
        return products / squares;
    }

    /**
     * How probable a Kolmogorov–Smirnov distance as large as this one is: Kolmogorov's limit with Stephens' correction for
     * finite n (Stephens 1970, doi 10.1111/j.2517-6161.1970.tb00821.x).
     */
    static double kolmogorovProbability(double distance, int n) {
        double root = Math.sqrt(n);
        double lambda = distance * (root + 0.12 + 0.11 / root);
        double sum = 0;
        for (int j = 1; j <= 100; j++) {
            sum += (j % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * j * j * lambda * lambda);
        }
        return Math.min(1, Math.max(0, sum));
    }
}
