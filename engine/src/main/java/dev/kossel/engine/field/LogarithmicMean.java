package dev.kossel.engine.field;

/**
 * L(a, b) = (b − a)/ln(b/a), and a where they are equal: what conducts like a rod whose conductivity changes linearly from a to b (B. C. Carlson, American Mathematical Monthly 79 (1972) 615).
 *
 * <p>A pure function, to some 10⁻¹⁴.
 */
public final class LogarithmicMean {

    /** Nearer to one another than this part of their sum, the difference of two logarithms loses digits, and the series has them. */
    private static final double NEAR = 0.01;

    private LogarithmicMean() {}

    /** Of two positive numbers. */
    public static double of(double a, double b) {
        double part = (b - a) / (a + b);
        double square = part * part;
        // artanh(x)/x = 1 + x²/3 + x⁴/5 + …, as ln(b/a) = 2 artanh((b − a)/(a + b)).
        return Math.abs(part) < NEAR
                ? (a + b) / 2 / (1 + square * (1.0 / 3 + square * (0.2 + square / 7)))
                : (b - a) / Math.log(b / a);
    }
}
