package dev.kossel.scenarios.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import org.junit.jupiter.api.Test;

class ColumnTest {

    private static final double DIFFUSIVITY = 1e-9;
    private static final double BULK = 1000;

    /** A box of 40 nm, of which 10 nm are solid, below a layer of 100 µm. */
    private static Column column(double growth, double longestStep) {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SC, "100", 10, 1, 4, 4, 4);
        return new Column(new FieldGrid(geometry, 40, 1e5, growth), 10e-9, DIFFUSIVITY, BULK, longestStep);
    }

    @Test
    void shouldCarryTheLimitingCurrentInTheEnd() {
        Column column = column(1.2, 1);
        column.hold(100, 1e6, 0);
        assertThat(column.hold(1, 1e6, 0)).isCloseTo(DIFFUSIVITY * BULK / 100.03e-6, within(1e-9));
        assertThat(column.surface()).isCloseTo(0, within(1e-6));
    }

    @Test
    void shouldStandStillWhereWhatReactsIsInEquilibrium() {
        Column column = column(1.2, 1);
        assertThat(column.hold(10, 0.5, 0.5 * BULK)).isCloseTo(0, within(1e-12));
        assertThat(column.surface()).isCloseTo(BULK, within(1e-9));
    }

    @Test
    void shouldApproachTheLawsAsGridAndStepsBecomeFine() {
        double seconds = 0.3;
        double flux = 0.4 * BULK * Math.sqrt(Math.PI * DIFFUSIVITY / seconds);
        double transition = Math.PI * DIFFUSIVITY * Math.pow(BULK / (2 * flux), 2);
        double spent = 2 * BULK * Math.sqrt(DIFFUSIVITY * seconds / Math.PI);
        double surface = BULK - 2 * flux * Math.sqrt(seconds / (Math.PI * DIFFUSIVITY));
        double[] errors = new double[2];
        for (int n = 0; n < 2; n++) {
            double growth = n == 0 ? 1.4 : 1.02;
            double step = n == 0 ? 1e-2 : 2e-4;
            Column held = column(growth, step);
            held.hold(seconds, 0, -flux);
            double concentration = held.surface() / surface - 1;
            double charge = column(growth, step).hold(seconds, 1e6, 0) / spent - 1;
            double dry = column(growth, step).supply(10, flux) / transition - 1;
            errors[n] = Math.max(Math.abs(concentration), Math.max(Math.abs(charge), Math.abs(dry)));
        }
        assertThat(errors[0]).isBetween(5e-3, 0.1);
        assertThat(errors[1]).isLessThan(4e-3);
    }
}
