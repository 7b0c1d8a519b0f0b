package dev.kossel.viz.plot;

import java.util.Locale;

/**
 * The unit in which a column of a run directory is shown: that of the laboratory, with the prefix that fits the largest
 * value.
 *
 * @param symbol unit symbol, empty for a pure number
 * @param perStored shown number per stored number
 */
public record DisplayUnit(String symbol, double perStored) {

    private static final int SIGNIFICANT = 4;

    /** One C m⁻² in mAh cm⁻². */
    private static final double MILLIAMPERE_HOURS = 1 / 36_000.0;

    /**
     * The unit for a column whose name ends in a unit.
     *
     * @param largest the largest magnitude in the column, in the column's own unit; may be 0
     */
    public static DisplayUnit of(String column, double largest) {
        if (column.endsWith("_C_per_m2")) {
            return largest * MILLIAMPERE_HOURS >= 0.01 || largest == 0
                    ? new DisplayUnit("mAh cm⁻²", MILLIAMPERE_HOURS)
                    : largest * MILLIAMPERE_HOURS >= 1e-5
                            ? new DisplayUnit("µAh cm⁻²", 1e3 * MILLIAMPERE_HOURS)
                            : new DisplayUnit("nAh cm⁻²", 1e6 * MILLIAMPERE_HOURS);
        }
        if (column.endsWith("_A_per_m2")) {
            return largest >= 0.1 || largest == 0 ? new DisplayUnit("mA cm⁻²", 0.1) : new DisplayUnit("µA cm⁻²", 100);
        }
        if (column.endsWith("_mol_per_m2")) {
            return largest >= 1e-4 || largest == 0
                    ? new DisplayUnit("µmol cm⁻²", 100)
                    : new DisplayUnit("nmol cm⁻²", 1e5);
        }
        if (column.endsWith("_V")) {
            return largest >= 2 ? new DisplayUnit("V", 1) : new DisplayUnit("mV", 1e3);
        }
        if (column.endsWith("_mol_per_L")) {
            return largest >= 0.01 || largest == 0 ? new DisplayUnit("mol/L", 1) : new DisplayUnit("mmol/L", 1e3);
        }
        if (column.endsWith("_nm")) {
            return largest >= 2e3 ? new DisplayUnit("µm", 1e-3) : new DisplayUnit("nm", 1);
        }
        if (column.endsWith("_s")) {
            return time(largest);
        }
        return new DisplayUnit("", 1);
    }

    private static DisplayUnit time(double largest) {
        if (largest >= 3 * 86_400) {
            return new DisplayUnit("d", 1 / 86_400.0);
        } else if (largest >= 3 * 3_600) {
            return new DisplayUnit("h", 1 / 3_600.0);
        } else if (largest >= 5 * 60) {
            return new DisplayUnit("min", 1 / 60.0);
        } else if (largest >= 1 || largest == 0) {
            return new DisplayUnit("s", 1);
        } else if (largest >= 1e-3) {
            return new DisplayUnit("ms", 1e3);
        } else if (largest >= 1e-6) {
            return new DisplayUnit("µs", 1e6);
        }
        return new DisplayUnit("ns", 1e9);
    }

    /** A quantity's name with this unit. */
    public String label(String quantity) {
        return symbol.isEmpty() ? quantity : quantity + " (" + symbol + ")";
    }

    double[] shown(double[] stored) {
        double[] shown = new double[stored.length];
        for (int i = 0; i < stored.length; i++) {
            shown[i] = stored[i] * perStored;
        }
        return shown;
    }

    /**
     * A stored value with this unit, with as many decimals as {@code largest} leaves of four digits, so that values
     * that follow one another stand still.
     */
    public String text(double stored, double largest) {
        double most = Math.abs(largest * perStored);
        int digits = most > 0 ? (int) Math.floor(StrictMath.log10(most)) + 1 : 1;
        int decimals = Math.max(0, Math.min(SIGNIFICANT - 1, SIGNIFICANT - Math.max(1, digits)));
        double shown = stored * perStored;
        String text = String.format(Locale.ROOT, "%." + decimals + "f", shown);
        // Neither −0.00 nor a hyphen for a minus.
        text = text.matches("-0\\.?0*") ? text.substring(1) : text.replace('-', '\u2212');
        return symbol.isEmpty() ? text : text + "\u202f" + symbol;
    }
}
