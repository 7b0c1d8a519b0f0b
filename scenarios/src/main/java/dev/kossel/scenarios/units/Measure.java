package dev.kossel.scenarios.units;

/** What a quantity of a scenario measures: a dimension with a name to call it by, a unit to count in and an example for messages. */
public enum Measure {
    TEMPERATURE("a temperature", "K", "298.15 K"),
    LENGTH("a length", "nm", "0.43 nm"),
    TIME("a time", "s", "10 s"),
    RATE("a rate", "1/s", "1e13 /s"),
    /** Energy of one particle; energies of a mole are accepted and divided by Avogadro's number. */
    ENERGY("an energy", "eV", "0.18 eV"),
    POTENTIAL("a potential", "V", "-50 mV"),
    CURRENT_DENSITY("a current density", "A/m^2", "0.5 mA/cm^2"),
    FLUX("a flux of particles", "1/(m^2 s)", "1e18 /(m^2 s)"),
    CHARGE_DENSITY("a charge per area", "C/m^2", "1 mAh/cm^2"),
    SCAN_RATE("a scan rate", "V/s", "100 mV/s"),
    MOLAR_MASS("a molar mass", "kg/mol", "22.99 g/mol"),
    DENSITY("a density", "kg/m^3", "0.968 g/cm^3"),
    CONCENTRATION("a concentration", "M", "1 M"),
    DIFFUSIVITY("a diffusivity", "m^2/s", "1e-9 m^2/s"),
    CONDUCTIVITY("a conductivity", "S/m", "5 S/m");

    private final String noun;
    private final Unit unit;
    private final String example;

    Measure(String noun, String unit, String example) {
        this.noun = noun;
        this.unit = Unit.parse(unit);
        this.example = example;
    }

    /** The name in a sentence, with its article: {@code a current density}. */
    public String noun() {
        return noun;
    }

    /** The unit in which quantities of this measure are counted. */
    public Unit unit() {
        return unit;
    }

    /** A quantity of this measure as one would write it. */
    public String example() {
        return example;
    }

    /** Whether a quantity in {@code candidate} is of this measure. */
    public boolean accepts(Unit candidate) {
        return candidate.dimension().equals(unit.dimension())
                || this == ENERGY && candidate.dimension().equals(Unit.MOLAR_ENERGY.dimension());
    }
}
