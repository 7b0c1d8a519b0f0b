package dev.kossel.viz.draw;

import java.math.BigDecimal;
import java.math.MathContext;

/** Round numbers for scales: 1, 2 or 5 times a power of ten. */
public final class NiceNumbers {

    private NiceNumbers() {}

    /** The largest round number not above {@code limit} > 0. */
    public static double roundBelow(double limit) {
        double decade = StrictMath.pow(10, Math.floor(StrictMath.log10(limit) + 1e-9));
        double mantissa = limit / decade;
        return decade * (mantissa >= 4.999999 ? 5 : mantissa >= 1.999999 ? 2 : 1);
    }

    /** The round number that divides {@code span} > 0 into about {@code wanted} parts. */
    public static double step(double span, int wanted) {
        double ideal = span / wanted;
        double decade = StrictMath.pow(10, Math.floor(StrictMath.log10(ideal)));
        double mantissa = ideal / decade;
        return decade * (mantissa < 1.5 ? 1 : mantissa < 3.5 ? 2 : mantissa < 7.5 ? 5 : 10);
    }

    /**
     * The multiples of {@code step} that lie in {@code min} … {@code max}; {@code min} alone where the range is empty.
     */
    public static double[] ticks(double min, double max, double step) {
        if (!(max > min)) {
            return new double[] {min};
        }
        double first = Math.ceil(min / step - 1e-6);
        double last = Math.floor(max / step + 1e-6);
        double[] ticks = new double[(int) (last - first) + 1];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = (first + i) * step;
        }
        return ticks;
    }

    /** Up to six significant digits, without trailing zeros, with a true minus sign. */
    public static String text(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value, new MathContext(6)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        String text = exponent < -4 || exponent > 5 ? scientific(rounded, exponent) : rounded.toPlainString();
        return text.replace('-', '\u2212');
    }

    private static String scientific(BigDecimal value, int exponent) {
        String mantissa = value.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        return (mantissa.equals("1") ? "" : mantissa + "\u00d7") + powerOfTen(exponent);
    }

    /** 10 with a raised exponent. */
    public static String powerOfTen(int exponent) {
        StringBuilder power = new StringBuilder("10");
        for (char c : Integer.toString(exponent).toCharArray()) {
            power.append(
                    c == '-'
                            ? '\u207b'
                            : "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079".charAt(c - '0'));
        }
        return power.toString();
    }

    /** The unit a length of this size is told in, and its size in nm. */
    public record LengthUnit(String symbol, double nm) {

        public static LengthUnit forSpan(double spanNm) {
            return spanNm >= 2e6
                    ? new LengthUnit("mm", 1e6)
                    : spanNm >= 2e3 ? new LengthUnit("\u00b5m", 1e3) : new LengthUnit("nm", 1);
        }
    }

    /** A length with its unit: nm, µm or mm. */
    public static String length(double nm) {
        LengthUnit unit = nm >= 1e6
                ? new LengthUnit("mm", 1e6)
                : nm >= 1e3 ? new LengthUnit("\u00b5m", 1e3) : new LengthUnit("nm", 1);
        return text(nm / unit.nm) + "\u202f" + unit.symbol;
    }
}
