package dev.kossel.scenarios.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinarySaltTest {

    private static final double KT = 0.0257;
    private static final double D = 3e8;

    /** Diffusivity, transference number, conductivity and both fluxes from the equations of Nernst and Planck of two ions, whatever their charges. */
    @ParameterizedTest
    @CsvSource({"1, -1, 0.3", "2, -1, 0.4", "1, -2, 0.6", "3, -2, 0.2", "-2, 1, 0.45"})
    void shouldBeTwoIonsThatFollowNernstAndPlanck(int z, int other, double transference) {
        BinarySalt salt = new BinarySalt(z, other, transference);
        double own = salt.diffusivity(D);
        double counter = salt.counterDiffusivity(D);
        double charge = Math.abs(z);
        double opposite = Math.abs(other);
        assertThat((charge + opposite) * own * counter / (charge * own + opposite * counter))
                .isCloseTo(D, within(1e-12 * D));
        assertThat(charge * own / (charge * own + opposite * counter)).isCloseTo(transference, within(1e-12));

        double c = 0.4;
        double counterC = -c * z / other;
        double conductivity = (z * z * own * c + other * other * counter * counterC) / KT;
        assertThat(salt.conductivityPerParticle(D, KT) * c).isCloseTo(conductivity, within(1e-12 * conductivity));

        // Any gradients of both.
        double ofC = 0.02;
        double ofPhi = -0.013;
        double flux = -own * (ofC + z * c * ofPhi / KT);
        double counterFlux = -counter * (-ofC * z / other + other * counterC * ofPhi / KT);
        double current = z * flux + other * counterFlux;
        double ofPsi = ofPhi + salt.diffusionPotential() * KT * ofC / c;
        assertThat(-conductivity * ofPsi).isCloseTo(current, within(1e-12 * Math.abs(current)));
        assertThat(-D * ofC + salt.broughtPerCharge() * current).isCloseTo(flux, within(1e-12 * Math.abs(flux)));
    }

    @Test
    void shouldRefuseWhatIsNoSalt() {
        for (BinarySaltArguments wrong : new BinarySaltArguments[] {
            new BinarySaltArguments(1, 1, 0.5), new BinarySaltArguments(0, -1, 0.5),
            new BinarySaltArguments(1, -1, 0), new BinarySaltArguments(1, -1, 1),
            new BinarySaltArguments(1, -1, Double.NaN)
        }) {
            assertThatThrownBy(() -> new BinarySalt(wrong.charge, wrong.counterCharge, wrong.transferenceNumber))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected opposite signs, and a number between 0 and 1");
        }
    }

    private record BinarySaltArguments(int charge, int counterCharge, double transferenceNumber) {}
}
