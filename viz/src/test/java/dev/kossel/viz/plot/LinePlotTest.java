package dev.kossel.viz.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinePlotTest {

    private static final Axis TIME = Axis.linear("Time (s)");
    private static final Axis HEIGHT = Axis.linear("Height (nm)");

    private static BufferedImage draw(Axis x, Axis y, double[] xs, double[] ys) {
        return new LinePlot("", x, y, List.of(new Curve("height", xs, ys))).image(600, 375);
    }

    private static long count(BufferedImage image, int x, int y, int width, int height) {
        return Arrays.stream(image.getRGB(x, y, width, height, null, 0, width))
                .filter(pixel -> (pixel & 0xff) - (pixel >> 16 & 0xff) > 60)
                .count();
    }

    private static long count(BufferedImage image) {
        return count(image, 0, 0, image.getWidth(), image.getHeight());
    }

    @Test
    void shouldDrawARisingLineFromBottomLeftToTopRight() {
        BufferedImage image = draw(TIME, HEIGHT, new double[] {0, 1, 2}, new double[] {0, 1, 2});

        assertThat(count(image, 60, 200, 200, 140)).isPositive();
        assertThat(count(image, 400, 10, 200, 140)).isPositive();
        assertThat(count(image, 60, 10, 200, 100)).isZero();
        assertThat(count(image, 450, 250, 140, 90)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldDrawAxesAloneWhereThereIsNothingToShow(boolean logarithmic) {
        Axis y = new Axis("Events", logarithmic, false);

        assertThat(count(draw(TIME, y, new double[0], new double[0]))).isZero();
        assertThat(count(draw(TIME, y, new double[] {1, 2}, new double[] {Double.NaN, Double.NEGATIVE_INFINITY})))
                .isZero();
        assertThat(count(draw(TIME, y, new double[] {Double.NaN}, new double[] {1})))
                .isZero();
        assertThat(new LinePlot("no curves", TIME, y, List.of()).image(64, 64)).isNotNull();
    }

    @Test
    void shouldLeaveOutWhatALogarithmicAxisCannotShow() {
        BufferedImage image = draw(
                Axis.logarithmic("Time (s)"), Axis.logarithmic("Events"), new double[] {0, 1, 10, 100}, new double[] {
                    5, 0, -3, 20
                });

        // Of four points one is left: a dot, not a line.
        assertThat(count(image)).isBetween(3L, 60L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -3, 1e-300, 1e300, 7})
    void shouldDrawASinglePointAsADot(double value) {
        assertThat(count(draw(TIME, HEIGHT, new double[] {value}, new double[] {value})))
                .isBetween(3L, 60L);
    }

    @Test
    void shouldLeaveAGapWhereOrdinatesAreMissing() {
        double[] x = new double[300];
        double[] y = new double[300];
        for (int i = 0; i < 300; i++) {
            x[i] = i;
            y[i] = i >= 100 && i < 200 ? Double.NaN : i % 2;
        }
        BufferedImage image = draw(TIME, HEIGHT, x, y);

        assertThat(count(image, 60, 10, 120, 320)).isPositive();
        assertThat(count(image, 280, 10, 60, 320)).isZero();
        assertThat(count(image, 480, 10, 90, 320)).isPositive();
    }

    @Test
    void shouldKeepASpikeAmongAMillionPoints() {
        int n = 1_000_000;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = i;
        }
        y[500_000] = 1;
        BufferedImage image = draw(TIME, HEIGHT, x, y);

        // The mean line lies at the bottom; the pale band of the extremes reaches to the top.
        int[] upper = image.getRGB(200, 60, 250, 1, null, 0, 250);
        assertThat(Arrays.stream(upper)
                        .filter(pixel -> {
                            int red = pixel >> 16 & 0xff;
                            int blue = pixel & 0xff;
                            return blue - red > 15;
                        })
                        .count())
                .isBetween(1L, 4L);
    }

    @Test
    void shouldGiveTheSameBytesForTheSameData() {
        double[] x = {0, 1, 2, 5};
        double[] y = {3, 1, 4, 1};
        LinePlot plot = new LinePlot("twice", TIME, HEIGHT, List.of(new Curve("a", x, y), new Curve("b", y, x)));
        BufferedImage first = plot.image(300, 200);
        BufferedImage second = plot.image(300, 200);

        assertThat(first.getRGB(0, 0, 300, 200, null, 0, 300)).isEqualTo(second.getRGB(0, 0, 300, 200, null, 0, 300));
    }

    @Test
    void shouldRefuseACurveOfUnequalLengths() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Curve("height", new double[2], new double[3]))
                .withMessage("curve 'height': 2 abscissae, 3 ordinates");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Curve("height", new double[2], new double[2], new double[1]))
                .withMessage("curve 'height': 2 ordinates, 1 errors");
    }

    @Test
    void shouldDrawMeasuredPointsWithBarsAndWithoutALineBetweenThem() {
        double[] x = {0, 1, 2};
        double[] y = {1, 1, 1};
        BufferedImage exact = points(x, y, new double[] {0, 0, 0});
        BufferedImage uncertain = points(x, y, new double[] {0.2, 0.2, 1});

        // From one point to the next there is nothing; the bars are longer than the points, the third longer still.
        assertThat(count(exact, 120, 0, 120, 375)).isZero();
        assertThat(count(exact)).isPositive();
        assertThat(count(uncertain, 250, 0, 150, 375)).isGreaterThan(count(exact, 250, 0, 150, 375));
        assertThat(count(uncertain, 450, 0, 150, 375))
                .isGreaterThan(3 * count(exact, 450, 0, 150, 375) / 2)
                .isGreaterThan(count(uncertain, 250, 0, 150, 375));
    }

    @Test
    void shouldEndABarAtALogarithmicAxisThatCannotShowIt() {
        LinePlot plot = new LinePlot(
                "",
                TIME,
                Axis.logarithmic("N"),
                List.of(new Curve("n", new double[] {1, 2}, new double[] {1, 10}, new double[] {2, 1})));

        assertThat(count(plot.image(600, 375))).isPositive();
    }

    private static BufferedImage points(double[] x, double[] y, double[] errors) {
        return new LinePlot("", TIME, HEIGHT, List.of(new Curve("height", x, y, errors))).image(600, 375);
    }

    @Test
    void shouldSampleALawFromEndToEnd() {
        Curve law = Curve.law("square", -1, 3, x -> x * x);

        assertThat(law.x()[0]).isEqualTo(-1);
        assertThat(law.x()[law.x().length - 1]).isEqualTo(3);
        assertThat(law.y()[law.y().length - 1]).isEqualTo(9);
        assertThat(law.isPoints()).isFalse();
    }

    @Test
    void shouldCropAnAxisBeforeTheFewThatLieFarFromMost() {
        double[] plateau = new double[100];
        for (int i = 0; i < plateau.length; i++) {
            plateau[i] = i < 12 ? 650 : -50 + 10 * Math.sin(i);
        }
        assertThat(Axis.ends(plateau)[0]).isEqualTo(-60, within(0.1));
        assertThat(Axis.ends(plateau)[1]).isBetween(-40.1, -30.0);
        // A fifth and more belongs to the picture, and so does what is not far.
        double[] pulses = new double[100];
        double[] ramp = new double[100];
        for (int i = 0; i < 100; i++) {
            pulses[i] = i % 4 == 0 ? -300 : 0;
            ramp[i] = i;
        }
        assertThat(Axis.ends(pulses)).containsExactly(-300, 0);
        assertThat(Axis.ends(ramp)).containsExactly(0, 99);
        assertThat(Axis.ends(new double[] {5})).containsExactly(5, 5);
    }
}
