package dev.kossel.viz.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.HeightMap;
import dev.kossel.lattice.morphology.Substrate;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeightMapImageTest {

    private static final int LOW = ColorMap.VIRIDIS.rgb(0);
    private static final int HIGH = ColorMap.VIRIDIS.rgb(1);

    private static boolean shows(BufferedImage image, int rgb) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .anyMatch(pixel -> (pixel & 0xffffff) == rgb);
    }

    @ParameterizedTest
    @EnumSource(
            value = LatticeKind.class,
            names = {"SC", "BCC", "FCC", "HCP"})
    void shouldShowAnIslandInTheHighColourOnGroundInTheLow(LatticeKind kind) {
        LatticeGeometry geometry =
                LatticeGeometry.of(kind, LatticeGeometry.orientations(kind).get(0), 0.3, 1.6, 12, 12, 6);
        Lattice lattice = new Lattice(geometry);
        for (int site = 0; site < geometry.siteCount(); site++) {
            lattice.setSpecies(site, geometry.layer(site) == 0 ? 1 : 0);
        }
        SpeciesSet metal = SpeciesSet.of(1);
        Substrate substrate = Substrate.of(lattice, metal);
        for (int site = 0; site < geometry.siteCount(); site++) {
            if (geometry.layer(site) <= 2 && geometry.xNm(site) < 0.4 * geometry.widthNm()) {
                lattice.setSpecies(site, 1);
            }
        }
        HeightMap map = new HeightMap(substrate, metal).measure(lattice);
        BufferedImage image = HeightMapImage.render(map, "", ColorMap.VIRIDIS, 600, 450);
        int row = 200;
        int[] line = image.getRGB(0, row, 400, 1, null, 0, 400);

        int firstHigh = -1;
        int lastHigh = -1;
        int lastLow = -1;
        for (int x = 0; x < line.length; x++) {
            if ((line[x] & 0xffffff) == HIGH) {
                firstHigh = firstHigh < 0 ? x : firstHigh;
                lastHigh = x;
            }
            lastLow = (line[x] & 0xffffff) == LOW ? x : lastLow;
        }
        assertThat(firstHigh).isPositive();
        assertThat(lastLow).isGreaterThan(lastHigh);
        double share = (double) (lastHigh - firstHigh) / (lastLow - firstHigh);
        assertThat(share).isBetween(0.3, 0.5);
    }

    @Test
    void shouldPutTheFirstRowAtTheBottom() {
        HeightMapImage.Raster raster = (columns, rows) -> {
            double[] heights = new double[columns * rows];
            Arrays.fill(heights, 0, columns * rows / 2, 7);
            return heights;
        };
        BufferedImage image = HeightMapImage.render(raster, 10, 10, "", ColorMap.VIRIDIS, 400, 300);

        assertThat(image.getRGB(180, 60) & 0xffffff).isEqualTo(LOW);
        assertThat(image.getRGB(180, 230) & 0xffffff).isEqualTo(HIGH);
    }

    @Test
    void shouldDrawAFlatSurfaceAndOneWithoutAnyHeight() {
        HeightMapImage.Raster flat = (columns, rows) -> new double[columns * rows];
        HeightMapImage.Raster none = (columns, rows) -> {
            double[] heights = new double[columns * rows];
            Arrays.fill(heights, Double.NaN);
            return heights;
        };
        assertThat(shows(HeightMapImage.render(flat, 10, 2, "", ColorMap.VIRIDIS, 400, 300), ColorMap.VIRIDIS.rgb(0.5)))
                .isTrue();
        assertThat(shows(
                        HeightMapImage.render(none, 10, 2, "", ColorMap.VIRIDIS, 400, 300),
                        ColorMap.VIRIDIS.rgb(Double.NaN)))
                .isTrue();
    }

    @Test
    void shouldRefuseAnImageThatIsTooSmall() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> HeightMapImage.render((c, r) -> new double[c * r], 1, 1, "", ColorMap.VIRIDIS, 400, 20))
                .withMessageContaining("400 × 20");
    }
}
