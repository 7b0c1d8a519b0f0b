package dev.kossel.scenarios.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PointSinksTest {

    private static final double DIFFUSIVITY = 1e9;
    private static final double THETA = 0.01;

    private static double[] seconds(double end, int steps) {
        double[] seconds = new double[steps + 1];
        Arrays.setAll(seconds, n -> end * Math.pow((double) n / steps, 2));
        return seconds;
    }

    private static PointSinks sinks(double edgeNm) {
        return new PointSinks(edgeNm, edgeNm, DIFFUSIVITY, THETA, 1e-6, 0);
    }

    /** θ = S²/2 (1 − √π S/2 exp(S²/4) erfc(S/2)): 0.01 for S = 0.151027, and √(2θ) where θ is small. */
    @Test
    void shouldGrowABallAsFrankDoes() {
        assertThat(PointSinks.frank(THETA)).isCloseTo(0.151027, within(1e-6));
        assertThat(PointSinks.frank(1e-8)).isCloseTo(Math.sqrt(2e-8), within(1e-7));
    }

    /** R = S√(Dt) from its birth on, where no image is near. */
    @Test
    void shouldGrowANucleusThatIsAloneAsABall() {
        double[] grown = sinks(1000).grown(List.of(new PointSinks.Nucleus(3, 4, 40e-9)), seconds(140e-9, 40));
        double volume = 2 * Math.PI / 3 * Math.pow(0.151027 * Math.sqrt(DIFFUSIVITY * 100e-9), 3);
        assertThat(grown[40]).isCloseTo(volume, within(0.01 * volume));
    }

    /** What diffuses to the plane, 2 c √(Dt/π), less what it took until zones overlapped; whatever the places, and none takes what is not there. */
    @Test
    void shouldTakeWhatDiffusesToThePlaneInTheEnd() {
        List<PointSinks.Nucleus> nuclei = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            nuclei.add(new PointSinks.Nucleus(7 * n % 30, 11 * n % 30, 0));
        }
        double early = 1;
        for (double end : new double[] {0.3e-6, 1e-6, 3e-6}) {
            double plane = THETA * 900 * 2 * Math.sqrt(DIFFUSIVITY * end / Math.PI);
            double missing = 1 - sinks(30).grown(nuclei, seconds(end, 60))[60] / plane;
            assertThat(missing).isBetween(0.0, early / 2);
            early = missing;
        }
        assertThat(early).isLessThan(0.01);
    }

    /** As if there were one box of four times the area. */
    @Test
    void shouldCountTheImagesOfItsBox() {
        List<PointSinks.Nucleus> one = List.of(new PointSinks.Nucleus(1, 2, 0));
        List<PointSinks.Nucleus> four = List.of(
                new PointSinks.Nucleus(1, 2, 0),
                new PointSinks.Nucleus(21, 2, 0),
                new PointSinks.Nucleus(1, 22, 0),
                new PointSinks.Nucleus(21, 22, 0));
        double small = sinks(20).grown(one, seconds(2e-6, 40))[40];
        double large = sinks(40).grown(four, seconds(2e-6, 40))[40];
        assertThat(large).isCloseTo(4 * small, within(1e-4 * large));
    }
}
