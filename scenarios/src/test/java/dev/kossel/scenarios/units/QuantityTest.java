package dev.kossel.scenarios.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuantityTest {

    /** Exact: each expected number is the double nearest to the true one. */
    @ParameterizedTest
    @CsvSource({
        "CURRENT_DENSITY, 0.5 mA/cm^2,    5",
        "CURRENT_DENSITY, 0.5 mA/cm2,     5",
        "CURRENT_DENSITY, 0.5 mA cm^-2,   5",
        "CURRENT_DENSITY, 0.5 mA cm-2,    5",
        "CURRENT_DENSITY, 0.5 mA cm⁻²,    5",
        "CURRENT_DENSITY, 0.5 mA·cm⁻²,    5",
        "CURRENT_DENSITY, 0.5mA/cm²,      5",
        "CURRENT_DENSITY, -20 A/(m m),  -20",
        "ENERGY,          1.2 eV,         1.2",
        "ENERGY,          -180 meV,      -0.18",
        "ENERGY,          96.4853321233100184 kJ/mol, 1",
        "ENERGY,          1.602176634e-19 J, 1",
        "LENGTH,          40 nm,         40",
        "LENGTH,          4.291 Å,        0.4291",
        "LENGTH,          1 µm,        1000",
        "LENGTH,          1 um,        1000",
        "CHARGE_DENSITY,  1 mAh/cm^2, 36000",
        "CHARGE_DENSITY,  1 µC/cm^2,      0.01",
        "RATE,            1e13 /s,     1e13",
        "RATE,            1e13 s^-1,   1e13",
        "RATE,            1e13 1/s,    1e13",
        "RATE,            2 GHz,        2e9",
        "RATE,            6 /min,         0.1",
        "MOLAR_MASS,      22.99 g/mol,    0.02299",
        "DENSITY,         0.968 g/cm^3, 968",
        "DENSITY,         7.14 kg/L,   7140",
        "SCAN_RATE,       100 mV/s,       0.1",
        "POTENTIAL,       -50 mV,        -0.05",
        "TIME,            1.5 h,       5400",
        "TIME,            2 min,        120",
        "TEMPERATURE,     25 °C,        298.15",
        "TEMPERATURE,     298.15 K,     298.15",
        "TEMPERATURE,     .3e3 K,       300"
    })
    void shouldConvertToTheUnitOfTheMeasure(Measure measure, String text, double expected) {
        assertThat(Quantity.parse(text, measure).base()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadItsOwnExampleAndItsOwnText(Measure measure) {
        Quantity example = Quantity.parse(measure.example(), measure);
        assertThat(Quantity.parse(example.toString(), measure)).isEqualTo(example);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CURRENT_DENSITY | 0.5          | needs a unit: e.g. 0.5 mA/cm^2",
                "CURRENT_DENSITY | 0.5 mA       | is in mA, expected a current density, e.g. 0.5 mA/cm^2",
                "CURRENT_DENSITY | 40 nm        | is a length, expected a current density, e.g. 0.5 mA/cm^2",
                "CURRENT_DENSITY | much         | is not a current density: e.g. 0.5 mA/cm^2",
                "LENGTH          | 40 NM        | ('NM' is unknown)",
                "TIME            | 3 S          | is in S, expected a time",
                "TIME            | 3 kmin       | ('kmin' is unknown)",
                "ENERGY          | 1 EV         | did you mean 'eV'?",
                "TEMPERATURE     | 25 m°C       | cannot be read",
                "LENGTH          | 1e400 nm     | beyond what a number can hold",
                "LENGTH          | 1e-400 nm    | beyond what a number can hold",
                "LENGTH          | 1,5 nm       | has a decimal comma",
                "LENGTH          | 1 m^0        | has the exponent '0'",
                "LENGTH          | 1 m^         | lacks an exponent",
                "LENGTH          | 1 (m         | lacks a ')'",
                "LENGTH          | 1 m)         | makes no sense from ')' on",
                "LENGTH          | 1 m/         | ends in '/'",
                "LENGTH          | 1 m//s       | has one '/' after another",
                "LENGTH          | 1 m/s m      | is ambiguous",
                "LENGTH          | NaN nm       | is not a length",
            })
    void shouldSayWhatIsWrongAndWhatIsExpected(Measure measure, String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantity.parse(text, measure))
                .withMessageContaining(message);
    }

    @Test
    void shouldRefuseTheAccessorOfAnotherMeasure() {
        Quantity length = Quantity.parse("1 nm", Measure.LENGTH);
        assertThat(length.nanometres()).isEqualTo(1);
        assertThatIllegalStateException().isThrownBy(length::volts).withMessage("1 nm is a length, not a potential");
    }
}
