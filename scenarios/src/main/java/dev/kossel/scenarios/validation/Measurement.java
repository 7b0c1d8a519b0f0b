package dev.kossel.scenarios.validation;

import java.util.Locale;

/**
 * One number against what it should be.
 *
 * @param quantity what is measured, with its unit
 * @param comparison how
 * @param expected the exact value, or the bound
 * @param measured the value found
 * @param standardError of it, from the scatter of replicas; 0 where it has none
 * @param tolerance by which it may differ beyond {@link #SIGMAS} standard errors: what the law leaves out, stated with the check
 * @param largestError the standard error from which on the measurement proves nothing
 */
public record Measurement(
        String quantity,
        Comparison comparison,
        double expected,
        double measured,
        double standardError,
        double tolerance,
        double largestError) {

    /** Standard errors by which a measurement may miss: once in 16,000. */
    public static final double SIGMAS = 4;

    /** How a measurement is compared. */
    public enum Comparison {
        EQUAL,
        AT_LEAST,
        AT_MOST
    }

    /** Equal within the error, which must not exceed {@code largestError}. */
    static Measurement equal(String quantity, double expected, Statistics measured, double largestError) {
        return within(quantity, expected, measured, 0, largestError);
    }

    static Measurement within(
            String quantity, double expected, Statistics measured, double tolerance, double largestError) {
        return new Measurement(
                quantity,
                Comparison.EQUAL,
                expected,
                measured.mean(),
                measured.standardError(),
                tolerance,
                largestError);
    }

    static Measurement within(
            String quantity,
            double expected,
            double measured,
            double standardError,
            double tolerance,
            double largestError) {
        return new Measurement(quantity, Comparison.EQUAL, expected, measured, standardError, tolerance, largestError);
    }

    /** Equal to the last digit. */
    static Measurement exactly(String quantity, double expected, double measured) {
        return new Measurement(quantity, Comparison.EQUAL, expected, measured, 0, 0, Double.POSITIVE_INFINITY);
    }

    static Measurement atLeast(String quantity, double bound, double measured) {
        return new Measurement(quantity, Comparison.AT_LEAST, bound, measured, 0, 0, Double.POSITIVE_INFINITY);
    }

    static Measurement atMost(String quantity, double bound, double measured) {
        return new Measurement(quantity, Comparison.AT_MOST, bound, measured, 0, 0, Double.POSITIVE_INFINITY);
    }

    /** More than its error away from zero, on the side of {@code sign}. */
    static Measurement signed(String quantity, int sign, Statistics measured) {
        return new Measurement(
                quantity,
                sign > 0 ? Comparison.AT_LEAST : Comparison.AT_MOST,
                // Where nothing at all has happened there is no sign either.
                sign * Math.max(SIGMAS * measured.standardError(), Double.MIN_NORMAL),
                measured.mean(),
                measured.standardError(),
                0,
                Double.POSITIVE_INFINITY);
    }

    public Verdict verdict() {
        boolean holds = switch (comparison) {
            case EQUAL -> Math.abs(measured - expected) <= SIGMAS * standardError + tolerance;
            case AT_LEAST -> measured >= expected;
            case AT_MOST -> measured <= expected;
        };
        if (!holds) {
            return Verdict.FAIL;
        }
        return standardError <= largestError ? Verdict.PASS : Verdict.IMPRECISE;
    }

    /** The expected value as text, with its comparison. */
    public String expectation() {
        String number = number(expected);
        return switch (comparison) {
            case EQUAL -> tolerance > 0 ? number + " (± " + number(tolerance) + ")" : number;
            case AT_LEAST -> "≥ " + number;
            case AT_MOST -> "≤ " + number;
        };
    }

    /** The measured value as text, with its standard error. */
    public String result() {
        return standardError > 0 ? number(measured) + " ± " + number(standardError, 2) : number(measured);
    }

    private static String number(double value) {
        return number(value, 6);
    }

    private static String number(double value, int digits) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.format(Locale.ROOT, "%d", (long) value);
        }
        String text = String.format(Locale.ROOT, "%." + digits + "g", value);
        return text.contains("e") || !text.contains(".")
                ? text
                : text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
    }
}
