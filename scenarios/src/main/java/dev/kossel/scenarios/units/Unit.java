package dev.kossel.scenarios.units;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A unit of measurement: a symbol, its size in SI base units and its dimension.
 *
 * <p>Symbols are products and quotients of SI units, their decimal prefixes and a few others (eV, Å, min, h, d, Ah, L, M, °C), written as people write
 * them: {@code mA/cm^2}, {@code mA/cm2}, {@code mA cm^-2}, {@code mA cm⁻²}, {@code mA·cm^-2}, {@code /s}, {@code J/(mol K)}. A space is a product; since
 * {@code mA/cm^2 s} could mean two things it is refused. Sizes are exact decimals (CODATA 2018, where the SI fixes e and N_A exactly) unless a unit of
 * time other than the second divides, which rounds to 34 digits.
 *
 * @param symbol as written
 * @param size in SI base units
 * @param dimension exponents of m, kg, s, A, K, mol
 */
public record Unit(String symbol, BigDecimal size, List<Integer> dimension) {

    private static final MathContext DIGITS = MathContext.DECIMAL128;

    private static final Map<String, Integer> PREFIXES = Map.ofEntries(
            Map.entry("P", 15),
            Map.entry("T", 12),
            Map.entry("G", 9),
            Map.entry("M", 6),
            Map.entry("k", 3),
            Map.entry("h", 2),
            Map.entry("d", -1),
            Map.entry("c", -2),
            Map.entry("m", -3),
            Map.entry("u", -6),
            Map.entry("µ", -6),
            Map.entry("n", -9),
            Map.entry("p", -12),
            Map.entry("f", -15),
            Map.entry("a", -18));

    private static final Map<String, Unit> SYMBOLS = Map.ofEntries(
            //                 size                m  kg  s  A  K  mol
            entry("m", "1", 1, 0, 0, 0, 0, 0),
            entry("g", "1e-3", 0, 1, 0, 0, 0, 0),
            entry("s", "1", 0, 0, 1, 0, 0, 0),
            entry("A", "1", 0, 0, 0, 1, 0, 0),
            entry("K", "1", 0, 0, 0, 0, 1, 0),
            entry("mol", "1", 0, 0, 0, 0, 0, 1),
            entry("Hz", "1", 0, 0, -1, 0, 0, 0),
            entry("N", "1", 1, 1, -2, 0, 0, 0),
            entry("Pa", "1", -1, 1, -2, 0, 0, 0),
            entry("J", "1", 2, 1, -2, 0, 0, 0),
            entry("W", "1", 2, 1, -3, 0, 0, 0),
            entry("C", "1", 0, 0, 1, 1, 0, 0),
            entry("V", "1", 2, 1, -3, -1, 0, 0),
            entry("Ohm", "1", 2, 1, -3, -2, 0, 0),
            entry("Ω", "1", 2, 1, -3, -2, 0, 0),
            entry("S", "1", -2, -1, 3, 2, 0, 0),
            entry("F", "1", -2, -1, 4, 2, 0, 0),
            entry("eV", "1.602176634e-19", 2, 1, -2, 0, 0, 0),
            entry("Å", "1e-10", 1, 0, 0, 0, 0, 0),
            entry("L", "1e-3", 3, 0, 0, 0, 0, 0),
            entry("M", "1e3", -3, 0, 0, 0, 0, 1),
            entry("Ah", "3600", 0, 0, 1, 1, 0, 0),
            entry("min", "60", 0, 0, 1, 0, 0, 0),
            entry("h", "3600", 0, 0, 1, 0, 0, 0),
            entry("d", "86400", 0, 0, 1, 0, 0, 0));

    private static final Set<String> UNPREFIXED = Set.of("min", "h", "d", "Å");

    /** Degrees Celsius, the one unit with an offset: only by itself. */
    private static final Unit CELSIUS = new Unit("°C", BigDecimal.ONE, List.of(0, 0, 0, 0, 1, 0));

    static final BigDecimal CELSIUS_ZERO = new BigDecimal("273.15");
    static final BigDecimal AVOGADRO = new BigDecimal("6.02214076e23");
    static final Unit MOLAR_ENERGY = parse("kJ/mol");

    /**
     * Reads a unit.
     *
     * @throws IllegalArgumentException with a message that names what is wrong
     */
    public static Unit parse(String text) {
        String symbol = Normalizer.normalize(text.strip(), Normalizer.Form.NFC).replace('μ', 'µ');
        if (symbol.equals("°C") || symbol.equals("degC")) {
            return CELSIUS;
        }
        if (symbol.length() > 60) {
            throw new IllegalArgumentException("'" + symbol.substring(0, 60) + "…' is too long");
        }
        Parser parser = new Parser(symbol);
        Unit product = parser.product();
        if (parser.position < symbol.length()) {
            throw new IllegalArgumentException(
                    "'" + symbol + "' makes no sense from '" + symbol.substring(parser.position) + "' on");
        }
        return new Unit(symbol, product.size, product.dimension);
    }

    boolean isCelsius() {
        return symbol.equals(CELSIUS.symbol);
    }

    private Unit times(Unit other, int exponent) {
        BigDecimal power = other.size.pow(Math.abs(exponent), DIGITS);
        Integer[] sum = new Integer[dimension.size()];
        Arrays.setAll(sum, i -> dimension.get(i) + exponent * other.dimension.get(i));
        return new Unit(symbol, exponent < 0 ? size.divide(power, DIGITS) : size.multiply(power, DIGITS), List.of(sum));
    }

    private static Map.Entry<String, Unit> entry(String symbol, String size, Integer... dimension) {
        return Map.entry(symbol, new Unit(symbol, new BigDecimal(size), List.of(dimension)));
    }

    private static Unit symbol(String name) {
        Unit plain = SYMBOLS.get(name);
        if (plain != null) {
            return plain;
        }
        if (name.length() > 1) {
            Integer prefix = PREFIXES.get(name.substring(0, 1));
            Unit prefixed = SYMBOLS.get(name.substring(1));
            if (prefix != null && prefixed != null && !UNPREFIXED.contains(name.substring(1))) {
                return new Unit(name, prefixed.size.scaleByPowerOfTen(prefix), prefixed.dimension);
            }
        }
        for (String known : new TreeSet<>(SYMBOLS.keySet())) {
            if (known.equalsIgnoreCase(name)) {
                throw new IllegalArgumentException("'" + name + "' is unknown: did you mean '" + known + "'?");
            }
        }
        throw new IllegalArgumentException("'" + name + "' is unknown");
    }

    /** product = [factor] { (" " | "·" | "*" | "/") factor }, factor = symbol [exponent] | "(" product ")". */
    private static final class Parser {
        private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
        private static final String PLAIN = "0123456789-";

        private final String text;
        private int position;

        Parser(String text) {
            this.text = text;
        }

        Unit product() {
            Unit result = new Unit(text, BigDecimal.ONE, List.of(0, 0, 0, 0, 0, 0));
            if (text.startsWith("1/", position)) {
                position++;
            }
            boolean divided = false;
            for (boolean first = true; position < text.length() && text.charAt(position) != ')'; first = false) {
                int sign = 1;
                char c = text.charAt(position);
                boolean separated = false;
                while (c == ' ' || c == '·' || c == '⋅' || c == '*' || c == '/') {
                    if (c == '/') {
                        if (sign < 0) {
                            throw new IllegalArgumentException("'" + text + "' has one '/' after another");
                        }
                        sign = -1;
                    }
                    separated = true;
                    if (++position == text.length()) {
                        throw new IllegalArgumentException("'" + text + "' ends in '" + c + "'");
                    }
                    c = text.charAt(position);
                }
                if (!separated && !first) {
                    throw new IllegalArgumentException(
                            "'" + text + "' makes no sense from '" + text.substring(position) + "' on");
                }
                if (divided && sign > 0) {
                    throw new IllegalArgumentException(
                            "'" + text + "' is ambiguous: write the divisor in parentheses or with negative exponents");
                }
                divided |= sign < 0;
                result = result.times(factor(), sign);
            }
            return result;
        }

        private Unit factor() {
            Unit base;
            if (text.charAt(position) == '(') {
                position++;
                base = product();
                if (position == text.length()) {
                    throw new IllegalArgumentException("'" + text + "' lacks a ')'");
                }
                position++;
            } else {
                int start = position;
                while (position < text.length() && (Character.isLetter(text.charAt(position)))) {
                    position++;
                }
                if (start == position) {
                    throw new IllegalArgumentException(
                            "'" + text + "' makes no sense from '" + text.substring(start) + "' on");
                }
                base = symbol(text.substring(start, position));
            }
            return new Unit(text, BigDecimal.ONE, List.of(0, 0, 0, 0, 0, 0)).times(base, exponent());
        }

        private int exponent() {
            boolean marked = position < text.length() && text.charAt(position) == '^';
            if (marked) {
                position++;
            }
            StringBuilder exponent = new StringBuilder();
            while (position < text.length()) {
                int raised = SUPERSCRIPTS.indexOf(text.charAt(position));
                char c = raised < 0 ? text.charAt(position) : PLAIN.charAt(raised);
                if (PLAIN.indexOf(c) < 0) {
                    break;
                }
                exponent.append(c);
                position++;
            }
            if (exponent.isEmpty() && !marked) {
                return 1;
            }
            if (exponent.isEmpty()) {
                throw new IllegalArgumentException("'" + text + "' lacks an exponent after '^'");
            }
            if (!exponent.toString().matches("-?[1-9]")) {
                throw new IllegalArgumentException("'" + text + "' has the exponent '" + exponent + "'");
            }
            return Integer.parseInt(exponent.toString());
        }
    }
}
