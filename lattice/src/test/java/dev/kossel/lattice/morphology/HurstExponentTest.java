package dev.kossel.lattice.morphology;

import static dev.kossel.lattice.morphology.Specimen.SOLID;
import static dev.kossel.lattice.morphology.Specimen.flat;
import static dev.kossel.lattice.morphology.Specimen.pile;
import static dev.kossel.lattice.morphology.Specimen.sc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.Lattice;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

/** The roughness exponent of {@link HeightCorrelation} on profiles whose exponent is known. */
class HurstExponentTest {

    private static final int WIDTH = 512;

    private static HeightCorrelation of(int depth, int height, IntBinaryOperator piled) {
        Lattice lattice = flat(sc(WIDTH, depth, height + 2), 1);
        Substrate substrate = Substrate.of(lattice, SOLID);
        for (int y = 0; y < depth; y++) {
            for (int x = 0; x < WIDTH; x++) {
                pile(lattice, x, y, 1, piled.applyAsInt(x, y));
            }
        }
        return HeightCorrelation.of(new HeightMap(substrate, SOLID).measure(lattice));
    }

    @Test
    void shouldBeOneOnASlope() {
        HeightCorrelation roof = of(8, 257, (x, y) -> Math.abs(x - WIDTH / 2));
        assertThat(roof.hurstExponent()).isCloseTo(1, within(0.05));
        // Along the ridge nothing changes: that axis has no exponent.
        assertThat(roof.exponentY()).isNaN();
    }

    @Test
    void shouldBeAHalfOnRandomWalks() {
        // Independent walks that come back: half of the steps of each row lead down, in random order.
        Random random = new Random(1);
        int depth = 64;
        int[][] heights = new int[depth][WIDTH];
        int lowest = 0;
        int highest = 0;
        for (int[] row : heights) {
            int up = WIDTH / 2;
            for (int x = 0, h = 0; x < WIDTH; x++) {
                row[x] = h;
                boolean rises = random.nextInt(WIDTH - x) < up;
                up -= rises ? 1 : 0;
                h += rises ? 1 : -1;
                lowest = Math.min(lowest, h);
                highest = Math.max(highest, h);
            }
        }
        int ground = lowest;
        HeightCorrelation walks = of(depth, highest - lowest, (x, y) -> heights[y][x] - ground);
        // The way back bends a walk a little: its mean square difference is r (1 − r/L).
        assertThat(walks.exponentX()).isCloseTo(0.5, within(0.06));
    }

    @Test
    void shouldNotExistWhereHeightsAreUncorrelated() {
        Random random = new Random(2);
        HeightCorrelation deposit = of(8, 20, (x, y) -> random.nextInt(20));
        assertThat(deposit.hurstExponent()).isNaN();
    }
}
