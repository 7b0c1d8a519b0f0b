package dev.kossel.engine.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.LatticeGeometry;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/** Exact results of electrochemistry for a flat electrode: A. J. Bard, L. R. Faulkner, Electrochemical Methods, 2nd ed., sections 1.4, 5.2, 8.2. */
class DiffusingFieldTest {

    private static final double TOLERANCE = 1e-10;
    /** 1 mol/L in nm⁻³, 10⁻⁹ m²/s in nm²/s. */
    private static final double MOLAR = 0.602214076;

    private static final double DIFFUSIVITY = 1e9;
    private static final double ELEMENTARY_CHARGE = 1.602176634e-19;
    private static final double SQUARE_METRES_PER_NM2 = 1e-18;

    private static final int EDGE = 8;

    private final LatticeGeometry box = Relief.box(EDGE, EDGE, 8);

    private record Electrode(FieldGrid grid, OpenSpace space, DiffusingField field, double[] wall) {
        double[] none() {
            return new double[wall.length];
        }

        IntArrayList anywhere() {
            return Relief.anywhere(grid);
        }

        /** Value at the wall where {@code flow} goes into each of its cells. */
        double surface(double flow) {
            int cell = 0;
            while (wall[cell] == 0) {
                cell++;
            }
            return field.values()[cell] - flow / (DIFFUSIVITY * wall[cell]);
        }
    }

    private Electrode flat(double layerNm, double growth) {
        FieldGrid grid = new FieldGrid(box, 2, layerNm - 4, growth);
        OpenSpace space = new OpenSpace(grid).measure(Relief.of(box, (x, y) -> 4), Relief.SOLID);
        DiffusingField field = new DiffusingField(grid, DIFFUSIVITY, MOLAR);
        field.space(space);
        double[] wall = new double[grid.cellCount()];
        Arrays.setAll(wall, space::wallNm);
        return new Electrode(grid, space, field, wall);
    }

    private static double amperesPerSquareMetre(double perSecond) {
        return perSecond * ELEMENTARY_CHARGE / (EDGE * EDGE * SQUARE_METRES_PER_NM2);
    }

    /** nFDc/δ: 96.5 mA/cm² for 10⁻⁹ m²/s, 1 M, 100 µm, n = 1. */
    @Test
    void shouldReachTheLimitingCurrent() {
        Electrode electrode = flat(100e3, 1.5);
        double[] absorption = electrode.none();
        Arrays.setAll(absorption, cell -> DIFFUSIVITY * electrode.wall[cell]);
        electrode.field.settle(electrode.anywhere(), absorption, electrode.none(), TOLERANCE);

        assertThat(amperesPerSquareMetre(electrode.field.inflowPerSecond())).isCloseTo(964.85, within(0.01));
    }

    /** i = nFc√(D/πt) until the layer is used up, then nFDc/δ. */
    @Test
    void shouldFallAsCottrellSaysAndThenLevelOff() {
        double layer = 100e3;
        Electrode electrode = flat(layer, 1.1);
        double[] absorption = electrode.none();
        Arrays.setAll(absorption, cell -> DIFFUSIVITY * electrode.wall[cell]);
        double time = 0;
        double step = 1e-9;
        double[] start = new double[absorption.length];
        for (double look = 1e-4; look < 0.2; look *= 10) {
            while (time < look * (1 - 1e-12)) {
                step = Math.min(Math.max(step, 0.01 * time), look - time);
                System.arraycopy(electrode.field.values(), 0, start, 0, start.length);
                electrode.field.advance(
                        electrode.space, step, start, electrode.anywhere(), absorption, electrode.none(), TOLERANCE);
                time += step;
            }
            double cottrell = ELEMENTARY_CHARGE * MOLAR * 1e27 * Math.sqrt(DIFFUSIVITY * 1e-18 / Math.PI / time);
            double absorbed = absorbed(electrode, absorption);
            assertThat(amperesPerSquareMetre(absorbed)).isCloseTo(cottrell, within(0.01 * cottrell));
        }
        while (time < 100) {
            step *= 1.1;
            System.arraycopy(electrode.field.values(), 0, start, 0, start.length);
            electrode.field.advance(
                    electrode.space, step, start, electrode.anywhere(), absorption, electrode.none(), TOLERANCE);
            time += step;
        }
        assertThat(amperesPerSquareMetre(electrode.field.inflowPerSecond())).isCloseTo(964.85, within(0.1));
    }

    private static double absorbed(Electrode electrode, double[] absorption) {
        double sum = 0;
        for (int cell = 0; cell < absorption.length; cell++) {
            sum += absorption[cell] * electrode.field.values()[cell];
        }
        return sum;
    }

    /** What holds twice as much takes twice as long. */
    @Test
    void shouldChangeAsSlowlyAsItHoldsMuch() {
        Electrode once = flat(1e3, 1.1);
        Electrode twice = flat(1e3, 1.1);
        double[] absorption = once.none();
        Arrays.setAll(absorption, cell -> DIFFUSIVITY * once.wall[cell]);
        double[] capacity = once.none();
        Arrays.fill(capacity, 2);
        double[] start = once.field.values().clone();
        once.field.advance(once.space, 1e-5, start, once.anywhere(), absorption, once.none(), TOLERANCE);
        twice.field.advance(twice.space, 2e-5, capacity, start, twice.anywhere(), absorption, twice.none(), TOLERANCE);
        assertThat(twice.field.values()).containsExactly(once.field.values());
        assertThat(absorbed(once, absorption))
                .isNotCloseTo(once.field.inflowPerSecond(), within(0.1 * absorbed(once, absorption)));
    }

    /** τ = πD(nFc/2i)²: 731 s for 10⁻⁹ m²/s, 1 M, 10 mA/cm², n = 1, in a layer that the depletion does not reach the end of. */
    @Test
    void shouldRunDryAtSandsTime() {
        Electrode electrode = flat(6e6, 1.1);
        double perSecond = 100 / ELEMENTARY_CHARGE * SQUARE_METRES_PER_NM2 * EDGE * EDGE;
        double[] source = electrode.none();
        double perCell = perSecond / (EDGE * EDGE / 4);
        Arrays.setAll(source, cell -> electrode.wall[cell] > 0 ? -perCell : 0);
        double[] start = electrode.none();
        double time = 0;
        double before = 0;
        double step = 1;
        while (true) {
            before = electrode.surface(perCell);
            System.arraycopy(electrode.field.values(), 0, start, 0, start.length);
            electrode.field.advance(
                    electrode.space, step, start, electrode.anywhere(), electrode.none(), source, TOLERANCE);
            double now = electrode.surface(perCell);
            if (now <= 0) {
                time += step * before / (before - now);
                break;
            }
            time += step;
        }
        double sand = Math.PI * 1e-9 * Math.pow(96485.33212 * 1000 / (2 * 100), 2);
        assertThat(sand).isCloseTo(731.2, within(0.1));
        assertThat(time).isCloseTo(sand, within(0.005 * sand));
    }

    /** What is in the space changes by what flows in, less what is absorbed, plus what is released. */
    @Test
    void shouldLoseNothingInATransient() {
        LatticeGeometry rough = Relief.box(18, 15, 16);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(11);
        int[] height = new int[18 * 15];
        Arrays.setAll(height, n -> 1 + random.nextInt(10));
        FieldGrid grid = new FieldGrid(rough, 3, 200, 1.3);
        OpenSpace space =
                new OpenSpace(grid).measure(Relief.of(rough, (x, y) -> height[(int) y * 18 + (int) x]), Relief.SOLID);
        DiffusingField field = new DiffusingField(grid, 2.5, 0.3);
        field.space(space);
        double[] absorption = new double[grid.cellCount()];
        double[] source = new double[grid.cellCount()];
        double[] start = new double[grid.cellCount()];
        double gained = 0;
        double before = field.content(space);
        for (int n = 0; n < 30; n++) {
            for (int cell = 0; cell < absorption.length; cell++) {
                boolean wet = space.wallNm(cell) > 0;
                absorption[cell] = wet ? random.nextDouble() : 0;
                source[cell] = wet ? 0.1 * random.nextDouble() : 0;
            }
            double step = Math.pow(10, 4 * random.nextDouble() - 2);
            System.arraycopy(field.values(), 0, start, 0, start.length);
            field.advance(space, step, start, Relief.anywhere(grid), absorption, source, TOLERANCE);
            gained += step * field.inflowPerSecond();
            for (int cell = 0; cell < absorption.length; cell++) {
                gained += step * (source[cell] - absorption[cell] * field.values()[cell]);
            }
        }
        assertThat(field.content(space) - before).isCloseTo(gained, within(1e-7 * before));
        assertThat(Arrays.stream(field.values()).min().orElseThrow()).isNotNegative();
    }
}
