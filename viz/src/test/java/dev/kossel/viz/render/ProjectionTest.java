package dev.kossel.viz.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionTest {

    private static final Bounds BOX = new Bounds(-1, -2, 0, 9, 14, 5);

    @ParameterizedTest
    @CsvSource({"0,0,0", "30,25,0", "30,25,24", "200,80,50", "0,90,60", "-45,-30,24"})
    void shouldFitTheBoxIntoTheRectangleAndTouchItsEdges(double azimuth, double elevation, double fieldOfView) {
        Projection projection = Projection.fit(new Camera(azimuth, elevation, fieldOfView), BOX, 50, 60, 700, 400);
        double minX = 1e9;
        double maxX = -1e9;
        double minY = 1e9;
        double maxY = -1e9;
        for (int corner = 0; corner < 8; corner++) {
            double x = projection.pixelX(BOX.cornerX(corner), BOX.cornerY(corner), BOX.cornerZ(corner));
            double y = projection.pixelY(BOX.cornerX(corner), BOX.cornerY(corner), BOX.cornerZ(corner));
            minX = Math.min(minX, x);
            maxX = Math.max(maxX, x);
            minY = Math.min(minY, y);
            maxY = Math.max(maxY, y);
        }
        assertThat(minX).isGreaterThanOrEqualTo(50 - 1e-6);
        assertThat(maxX).isLessThanOrEqualTo(750 + 1e-6);
        assertThat(minY).isGreaterThanOrEqualTo(60 - 1e-6);
        assertThat(maxY).isLessThanOrEqualTo(460 + 1e-6);
        assertThat(Math.min(700 - (maxX - minX), 400 - (maxY - minY))).isEqualTo(0, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "24,30", "50,80"})
    void shouldScaleLengthsInTheMiddlePlaneAsStated(double fieldOfView, double elevation) {
        Projection projection = Projection.fit(new Camera(0, elevation, fieldOfView), BOX, 0, 0, 700, 400);
        double x = BOX.centerX();
        double y = BOX.centerY();
        double z = BOX.centerZ();

        assertThat(projection.pixelX(x + 1, y, z) - projection.pixelX(x, y, z))
                .isEqualTo(projection.scaleAt(0), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0,0,1", "24,1.05,3"})
    void shouldEnlargeWhatIsNearOnlyInPerspective(double fieldOfView, double least, double most) {
        Projection projection = Projection.fit(new Camera(0, 20, fieldOfView), BOX, 0, 0, 700, 400);

        assertThat(projection.scaleAt(5) / projection.scaleAt(-5)).isBetween(least, most);
    }
}
