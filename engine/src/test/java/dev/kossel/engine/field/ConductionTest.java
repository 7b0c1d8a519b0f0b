package dev.kossel.engine.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.LatticeGeometry;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConductionTest {

    private static final double TOLERANCE = 1e-10;

    /** Wherever a flat surface cuts its cells, the flux is K/(distance from the middle of what is open of the cut cell to the top). */
    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 8, 11})
    void shouldConductExactlyAboveAFlatSurface(int height) {
        LatticeGeometry box = Relief.box(16, 12, 24);
        FieldGrid grid = new FieldGrid(box, 4, 1000, 1.5);
        OpenSpace space = new OpenSpace(grid).measure(Relief.of(box, (x, y) -> height), Relief.SOLID);
        Conduction conduction = new Conduction(grid);
        conduction.conduct(space, 2.5);
        double[] value = new double[grid.cellCount()];
        double[] absorption = new double[value.length];
        int layer = height / 4;
        double reach = (4 * (layer + 1) - height) / 2.0;
        double perCell = 3.0;
        for (int column = 0; column < 12; column++) {
            absorption[column * grid.layers() + layer] = perCell;
        }
        double inflow =
                conduction.solve(value, Relief.anywhere(grid), absorption, new double[value.length], 1, TOLERANCE);

        double resistance = (24 + 1000 - height - reach) / (2.5 * 16 * 12);
        assertThat(inflow).isCloseTo(1 / (resistance + 1 / (12 * perCell)), within(1e-9));
        for (int cell = 0; cell < value.length; cell++) {
            if (cell % grid.layers() >= layer && cell % grid.layers() < grid.boxLayers()) {
                assertThat(value[cell]).isCloseTo(value[cell % grid.layers()], within(1e-9));
            }
        }
    }

    /** What is released inside leaves through the top, to the last digit that the tolerance leaves. */
    @Test
    void shouldLetOutWhatIsReleased() {
        LatticeGeometry box = Relief.box(20, 14, 18);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(5);
        int[] height = new int[20 * 14];
        Arrays.setAll(height, n -> random.nextInt(15));
        FieldGrid grid = new FieldGrid(box, 2, 50, 1.5);
        OpenSpace space =
                new OpenSpace(grid).measure(Relief.of(box, (x, y) -> height[(int) y * 20 + (int) x]), Relief.SOLID);
        Conduction conduction = new Conduction(grid);
        double[] conductivity = new double[grid.cellCount()];
        Arrays.setAll(conductivity, n -> 0.1 + random.nextDouble());
        conduction.conduct(space, conductivity);
        double[] value = new double[grid.cellCount()];
        double[] source = new double[value.length];
        double released = 0;
        for (int cell = 0; cell < source.length; cell++) {
            source[cell] = space.open(cell) > 0 ? random.nextDouble() : 0;
            released += source[cell];
        }
        double inflow =
                conduction.solve(value, Relief.anywhere(grid), new double[value.length], source, 0.7, TOLERANCE);

        assertThat(inflow).isCloseTo(-released, within(1e-7 * released));
    }

    /** Where what conducts is what diffuses, and what it carries reacts, the potential is the logarithm of the concentration: on the grid, not only in the limit of small cells. */
    @Test
    void shouldHaveThePotentialOfWhatConductsAsItDiffuses() {
        LatticeGeometry box = Relief.box(24, 18, 17);
        FieldGrid grid = new FieldGrid(box, 3, 400, 1.5);
        OpenSpace space = new OpenSpace(grid)
                .measure(Relief.of(box, (x, y) -> 5 + 6 * Math.sin(x / 3) * Math.cos(y / 4)), Relief.SOLID);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(5);
        double[] concentration = new double[grid.cellCount()];
        double[] absorption = new double[concentration.length];
        Arrays.setAll(absorption, cell -> space.wallNm(cell) > 0 ? 5 * random.nextDouble() : 0);
        Conduction conduction = new Conduction(grid);
        conduction.conduct(space, 2.5);
        double bulk = 3;
        conduction.solve(concentration, Relief.anywhere(grid), absorption, new double[absorption.length], bulk, 1e-13);
        for (int cell = 0; cell < concentration.length; cell++) {
            concentration[cell] = space.open(cell) > 0 ? concentration[cell] : bulk;
        }
        assertThat(Arrays.stream(concentration).min().orElseThrow()).isLessThan(0.05 * bulk);

        double[] conductivity = Arrays.stream(concentration).map(c -> 2.5 * c).toArray();
        conduction.conductAsDissolved(space, conductivity, 2.5 * bulk);
        double[] current = new double[absorption.length];
        Arrays.setAll(current, cell -> -absorption[cell] * concentration[cell]);
        double[] potential = new double[absorption.length];
        conduction.solve(potential, Relief.anywhere(grid), new double[absorption.length], current, 0, 1e-13);
        for (int cell = 0; cell < potential.length; cell++) {
            if (space.open(cell) > 0) {
                assertThat(potential[cell]).isCloseTo(Math.log(concentration[cell] / bulk), within(1e-8));
            }
        }
    }

    /** The maximum principle, and the same solution from wherever the solver starts. */
    @Test
    void shouldFindOneSolutionWhereverItStarts() {
        LatticeGeometry box = Relief.box(33, 21, 17);
        FieldGrid grid = new FieldGrid(box, 3, 400, 1.5);
        OpenSpace space = new OpenSpace(grid)
                .measure(Relief.of(box, (x, y) -> 5 + 6 * Math.sin(x / 3) * Math.cos(y / 4)), Relief.SOLID);
        Conduction conduction = new Conduction(grid);
        conduction.conduct(space, 1);
        double[] absorption = new double[grid.cellCount()];
        for (int cell = 0; cell < absorption.length; cell++) {
            absorption[space.host(cell)] += space.open(cell) < 1 ? 0.3 : 0;
        }
        double[] nothing = new double[absorption.length];
        double[] cold = new double[absorption.length];
        conduction.solve(cold, Relief.anywhere(grid), absorption, nothing, 1, TOLERANCE);
        double[] warm = new double[absorption.length];
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(6);
        Arrays.setAll(warm, n -> 2 * random.nextDouble());
        conduction.solve(warm, Relief.anywhere(grid), absorption, nothing, 1, TOLERANCE);

        for (int cell = 0; cell < cold.length; cell++) {
            if (space.open(cell) > 0) {
                assertThat(cold[cell]).isBetween(0.0, 1.0);
                assertThat(warm[cell]).isCloseTo(cold[cell], within(1e-7));
            }
        }
    }

    /**
     * Columns merged above the surface against the plain grid: what is left where it reacts, with little of it taken (0.05 of what the wall would let through) or hardly any left (all of it), to 10⁻³
     * down to a hundredth of the most there is at the surface (2·10⁻³ where all of a surface that waves as high as a fifth of its length takes all it gets); and what flows in to 10⁻⁴. Columns even and odd in number, so that some are merged with none.
     */
    @ParameterizedTest
    @CsvSource({
        "tip, 48, 2, 1e-3",
        "tip, 48, 1, 1e-3",
        "tip, 50, 2, 1e-3",
        "tip, 27, 1, 1e-3",
        "rough, 48, 2, 1e-3",
        "rough, 48, 1, 1e-3",
        "pit, 44, 1, 1e-3",
        "wave, 50, 1, 2e-3"
    })
    void shouldChangeNothingAtTheSurfaceByMergingColumnsAboveIt(String shape, int width, double edge, double bound) {
        LatticeGeometry box = Relief.box(width, width, 48);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(7);
        int[] height = new int[width * width];
        Arrays.setAll(height, n -> 4 + random.nextInt(7));
        DoubleBinaryOperator relief = Map.<String, DoubleBinaryOperator>of(
                        "tip", (x, y) -> 4 + 15 * Math.max(0, 1 - Math.hypot(x - 13, y - 20) / 6),
                        "rough", (x, y) -> height[(int) y * width + (int) x],
                        "pit", (x, y) -> Math.hypot(x - 13, y - 20) < 6 ? 5 : 19,
                        "wave", (x, y) -> 10 + 5 * Math.sin(2 * Math.PI * x / width))
                .get(shape);
        FieldGrid grid = new FieldGrid(box, edge, 100, 1.5);
        OpenSpace space = new OpenSpace(grid).measure(Relief.of(box, relief), Relief.SOLID);
        Conduction merged = new Conduction(grid);
        Conduction plain = new Conduction(grid, Conduction.UNMERGED);
        merged.conduct(space, 1);
        plain.conduct(space, 1);
        for (double part : new double[] {0.05, 1}) {
            double[] absorption = new double[grid.cellCount()];
            Arrays.setAll(absorption, cell -> part * space.wallNm(cell));
            double[] near = new double[absorption.length];
            double[] exact = new double[absorption.length];
            double inflow =
                    merged.solve(near, Relief.anywhere(grid), absorption, new double[near.length], 1, TOLERANCE / 10);
            double exactInflow =
                    plain.solve(exact, Relief.anywhere(grid), absorption, new double[exact.length], 1, TOLERANCE / 10);
            double largest = 0;
            for (int cell = 0; cell < near.length; cell++) {
                largest = Math.max(largest, absorption[cell] > 0 ? exact[cell] : 0);
            }
            double worst = 0;
            double worstPart = 0;
            for (int cell = 0; cell < near.length; cell++) {
                if (absorption[cell] > 0) {
                    double error = Math.abs(near[cell] - exact[cell]);
                    worst = Math.max(worst, error / largest);
                    worstPart = Math.max(worstPart, exact[cell] > 0.01 * largest ? error / exact[cell] : 0);
                }
            }
            System.out.printf(
                    "%s, %d sites, cells of %.0f, %.2f absorbed: off by %.1e of the largest, %.1e of itself, inflow %.1e%n",
                    shape, width, edge, part, worst, worstPart, inflow / exactInflow - 1);
            assertThat(worst).isBetween(1e-9, bound);
            assertThat(worstPart).isLessThan(bound);
            assertThat(inflow).isCloseTo(exactInflow, within(1e-4 * exactInflow));
            assertThat(merged.iterations()).isLessThan(plain.iterations() + 5);
        }
    }

    /** However flat or tall the cells are and however many there are, a solution takes about as many iterations; from a solution, none. */
    @ParameterizedTest
    @CsvSource({"16, 1, 10", "32, 1, 10", "64, 1, 1e5", "48, 1, 1e6", "32, 2, 1e9"})
    void shouldTakeFewIterationsOnAnyGrid(int edge, double cell, double layerNm) {
        LatticeGeometry box = Relief.box(edge, edge, 24);
        FieldGrid grid = new FieldGrid(box, cell, layerNm, 1.5);
        OpenSpace space = new OpenSpace(grid)
                .measure(Relief.of(box, (x, y) -> 6 + 10 * Math.exp(-Math.hypot(x - 8, y - 8) / 4)), Relief.SOLID);
        Conduction conduction = new Conduction(grid);
        conduction.conduct(space, 1);
        double[] absorption = new double[grid.cellCount()];
        for (int c = 0; c < absorption.length; c++) {
            absorption[space.host(c)] += c % grid.layers() < 8 && space.open(c) == 0 ? 0.05 : 0;
        }
        double[] value = new double[absorption.length];
        conduction.solve(value, Relief.anywhere(grid), absorption, new double[value.length], 1, 1e-8);
        long cold = conduction.iterations();
        conduction.solve(value, Relief.anywhere(grid), absorption, new double[value.length], 1, 1e-8);

        assertThat(cold).isLessThanOrEqualTo(15);
        assertThat(conduction.iterations() - cold).isLessThanOrEqualTo(1);
    }

    /**
     * A conducting half ball on a plate in a uniform field: u = E (z − R³ z/r³), three times the field at its top (J. D. Jackson, Classical Electrodynamics,
     * 3rd ed., section 2.5). Its images in the other periods take S (R/W)³ E z off near it, S = Σ 1/n³ = 9.034 over the square lattice. The bound is
     * what cut cells allow, a staircase of sites for a ball: 4.5 % of E z with cells of R/4, 2 % with R/8.
     */
    @ParameterizedTest
    @CsvSource({"2, 0.045", "1, 0.02"})
    void shouldTripleTheFieldOnTopOfAHalfBall(double edge, double bound) {
        int radius = 8;
        int width = 80;
        int base = 2;
        double[] field = above(
                edge,
                width,
                4 * radius,
                (x, y) -> base + Math.sqrt(Math.max(0, radius * radius - Math.pow(x - 40, 2) - Math.pow(y - 40, 2))));
        double images = 9.034 * Math.pow((double) radius / width, 3);
        for (int n = (int) ((base + radius) / edge) + 1; n * edge < base + 2 * radius; n++) {
            double z = (n + 0.5) * edge - base;
            double r = Math.hypot(z, edge / Math.sqrt(2));
            double exact = z * (1 - Math.pow(radius / r, 3) - images);
            assertThat(field[n]).isCloseTo(exact, within(bound * z));
            if (n == (int) ((base + radius) / edge) + 1) {
                // Rise of u over the way from the top: towards 3 E at the surface itself.
                assertThat(field[n] / (z - radius)).isGreaterThan(2.3);
            }
        }
    }

    /** The opposite of a tip: at the bottom of a pit as deep as it is wide hardly any field is left. */
    @Test
    void shouldWeakenTheFieldInAPit() {
        double[] field = above(1, 40, 24, (x, y) -> Math.hypot(x - 20, y - 20) < 4 ? 4 : 12);

        // A cylinder of radius 4: the field decays as exp(−2.405 z/4), so to 0.0081 of that at the mouth over 8 nm.
        assertThat(field[4] / 0.5).isBetween(0.001, 0.03);
        assertThat(field[23] - field[22]).isCloseTo(1, within(0.02));
    }

    /** u above the middle of a relief at which u = 0, by layer, in units of the field that is uniform far above. */
    private static double[] above(double edge, int width, int height, DoubleBinaryOperator relief) {
        LatticeGeometry box = Relief.box(width, width, height);
        FieldGrid grid = new FieldGrid(box, edge, 5 * height, 1.3);
        OpenSpace space = new OpenSpace(grid).measure(Relief.of(box, relief), Relief.SOLID);
        Conduction conduction = new Conduction(grid);
        conduction.conduct(space, 1);
        double[] absorption = new double[grid.cellCount()];
        Arrays.setAll(absorption, space::wallNm);
        double[] value = new double[absorption.length];
        double inflow =
                conduction.solve(value, Relief.anywhere(grid), absorption, new double[value.length], 1, TOLERANCE);
        double[] above = new double[grid.boxLayers()];
        Arrays.setAll(
                above, layer -> value[grid.cell(grid.cellsX() / 2, grid.cellsY() / 2, layer)] * width * width / inflow);
        return above;
    }
}
