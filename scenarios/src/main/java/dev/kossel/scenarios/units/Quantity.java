package dev.kossel.scenarios.units;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number with a unit, of a known measure: {@code 0.5 mA/cm^2}.
 *
 * <p>The number and the unit are kept as given, so a scenario can be written back as it was; the accessors convert, correctly rounded. Each accessor
 * throws {@link IllegalStateException} on a quantity of another measure. Immutable. Conversion happens once, on reading: an accessor costs a comparison and
 * allocates nothing, so that the loop may ask as often as it likes.
 */
public final class Quantity {

    private static final Pattern NUMBER_AND_UNIT =
            Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*(.*)", Pattern.DOTALL);

    private final Measure measure;
    private final BigDecimal number;
    private final Unit unit;
    private final double base;

    private Quantity(Measure measure, BigDecimal number, Unit unit) {
        this.measure = measure;
        this.number = number;
        this.unit = unit;
        base = base(measure, number, unit);
    }

    /**
     * Reads a quantity.
     *
     * @throws IllegalArgumentException with what is wrong and what was expected, as the second half of a sentence
     */
    public static Quantity parse(String text, Measure measure) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not " + measure.noun() + ": e.g. " + measure.example());
        }
        BigDecimal number = number(matcher.group(1));
        if (matcher.group(2).isEmpty()) {
            throw new IllegalArgumentException("needs a unit: e.g. " + measure.example());
        }
        if (matcher.group(2).matches(",\\d.*")) {
            throw new IllegalArgumentException("has a decimal comma: write a decimal point, e.g. " + measure.example());
        }
        Unit unit;
        try {
            unit = Unit.parse(matcher.group(2));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "has a unit that cannot be read (" + e.getMessage() + "); expected " + measure.noun() + ", e.g. "
                            + measure.example(),
                    e);
        }
        if (!measure.accepts(unit)) {
            throw new IllegalArgumentException(
                    "is " + nounOf(unit) + ", expected " + measure.noun() + ", e.g. " + measure.example());
        }
        return new Quantity(measure, number, unit);
    }

    private static BigDecimal number(String text) {
        double magnitude = Math.abs(Double.parseDouble(text));
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.signum() == 0 || magnitude > 1e-300 && magnitude < 1e300 && text.length() < 100) {
                return number;
            }
        } catch (NumberFormatException e) {
            // An exponent of more than ten digits: refused below like any other number out of reach.
        }
        throw new IllegalArgumentException("is beyond what a number can hold");
    }

    private static String nounOf(Unit unit) {
        for (Measure measure : Measure.values()) {
            if (measure.accepts(unit)) {
                return measure.noun();
            }
        }
        return "in " + unit.symbol();
    }

    public double kelvin() {
        return in(Measure.TEMPERATURE);
    }

    public double nanometres() {
        return in(Measure.LENGTH);
    }

    public double seconds() {
        return in(Measure.TIME);
    }

    public double kilogramsPerMole() {
        return in(Measure.MOLAR_MASS);
    }

    public double perSecond() {
        return in(Measure.RATE);
    }

    public double electronVolts() {
        return in(Measure.ENERGY);
    }

    public double volts() {
        return in(Measure.POTENTIAL);
    }

    public double amperesPerSquareMetre() {
        return in(Measure.CURRENT_DENSITY);
    }

    public double perSquareMetreAndSecond() {
        return in(Measure.FLUX);
    }

    public double coulombsPerSquareMetre() {
        return in(Measure.CHARGE_DENSITY);
    }

    public double voltsPerSecond() {
        return in(Measure.SCAN_RATE);
    }

    public double molesPerLitre() {
        return in(Measure.CONCENTRATION);
    }

    public double squareMetresPerSecond() {
        return in(Measure.DIFFUSIVITY);
    }

    public double siemensPerMetre() {
        return in(Measure.CONDUCTIVITY);
    }

    private static double base(Measure measure, BigDecimal number, Unit unit) {
        BigDecimal size = number.multiply(unit.size(), MathContext.DECIMAL128);
        if (unit.isCelsius()) {
            size = size.add(Unit.CELSIUS_ZERO);
        }
        if (!unit.dimension().equals(measure.unit().dimension())) {
            size = size.divide(Unit.AVOGADRO, MathContext.DECIMAL128);
        }
        return size.divide(measure.unit().size(), MathContext.DECIMAL128).doubleValue();
    }

    public Measure measure() {
        return measure;
    }

    public BigDecimal number() {
        return number;
    }

    public Unit unit() {
        return unit;
    }

    /** The number in the unit of its measure ({@link Measure#unit}). */
    public double base() {
        return base;
    }

    private double in(Measure expected) {
        if (measure != expected) {
            throw new IllegalStateException(this + " is " + measure.noun() + ", not " + expected.noun());
        }
        return base;
    }

    /** Whether measure, number and unit are the same as written: {@code 1000 nm} is not {@code 1 µm}. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quantity that
                && measure == that.measure
                && number.equals(that.number)
                && unit.equals(that.unit);
    }

    @Override
    public int hashCode() {
        return Objects.hash(measure, number, unit);
    }

    /** As one would write it: {@code 0.5 mA/cm^2}. */
    @Override
    public String toString() {
        return number.toString().replace("E+", "e").replace("E", "e") + " " + unit.symbol();
    }
}
