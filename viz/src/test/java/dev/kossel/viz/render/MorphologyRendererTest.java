package dev.kossel.viz.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MorphologyRendererTest {

    private static final int RED = 1;
    private static final int BLUE = 2;
    private static final int ION = 3;
    private static final List<SpeciesStyle> SPECIES = List.of(
            SpeciesStyle.hidden("vacant"),
            SpeciesStyle.solid("red", 0xc02020),
            SpeciesStyle.solid("blue", 0x2040c0),
            SpeciesStyle.dispersed("ion", 0x20a040));
    private static final MorphologyStyle STYLE =
            MorphologyStyle.of(SPECIES).withSize(240, 180, 2).withCamera(Camera.orthographic(0, 90));

    private static Lattice box(LatticeKind kind, int cells) {
        boolean flat = kind == LatticeKind.SQUARE || kind == LatticeKind.TRIANGULAR;
        String orientation = LatticeGeometry.orientations(kind).get(0);
        return new Lattice(LatticeGeometry.of(kind, orientation, 0.3, 1.6, cells, cells, flat ? 1 : cells));
    }

    private static Lattice filled(LatticeKind kind, int cells, double heightNm, int species) {
        Lattice lattice = box(kind, cells);
        for (int site = 0; site < lattice.geometry().siteCount(); site++) {
            lattice.setSpecies(site, lattice.geometry().zNm(site) < heightNm ? species : 0);
        }
        return lattice;
    }

    private static boolean isRed(int rgb) {
        Color color = new Color(rgb);
        return color.getRed() > 1.5 * color.getBlue() && color.getRed() > 1.5 * color.getGreen();
    }

    private static boolean isBlue(int rgb) {
        Color color = new Color(rgb);
        return color.getBlue() > 1.5 * color.getRed() && color.getBlue() > 1.5 * color.getGreen();
    }

    private static long count(BufferedImage image, IntPredicate matches) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return Arrays.stream(pixels).filter(matches).count();
    }

    @ParameterizedTest
    @EnumSource(LatticeKind.class)
    void shouldCoverAFilledBoxSeenFromAboveWithoutGaps(LatticeKind kind) {
        BufferedImage image = MorphologyRenderer.render(filled(kind, 8, 1, RED), STYLE);

        for (int y = 70; y < 110; y++) {
            for (int x = 100; x < 130; x++) {
                assertThat(isRed(image.getRGB(x, y))).as("pixel %d, %d", x, y).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"SC,20,35", "BCC,10,60", "FCC,140,25", "HCP,-70,40"})
    void shouldShowNoBackgroundThroughASolidBlock(LatticeKind kind, double azimuth, double elevation) {
        MorphologyStyle style = STYLE.withSize(300, 300, 2).withCamera(Camera.orthographic(azimuth, elevation));
        BufferedImage image = MorphologyRenderer.render(filled(kind, 12, 99, RED), style);

        int[] middle = image.getRGB(100, 100, 90, 90, null, 0, 90);
        assertThat(Arrays.stream(middle).allMatch(MorphologyRendererTest::isRed))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(LatticeKind.class)
    void shouldGiveAPictureOfAnEmptyLattice(LatticeKind kind) {
        BufferedImage image = MorphologyRenderer.render(box(kind, 6), STYLE.withTitle("nothing yet"));

        assertThat(image.getWidth()).isEqualTo(240);
        assertThat(count(image, rgb -> isRed(rgb) || isBlue(rgb))).isZero();
    }

    @Test
    void shouldHideTheFartherSphereBehindTheNearer() {
        Lattice lattice = box(LatticeKind.SC, 7);
        LatticeGeometry geometry = lattice.geometry();
        int lower = geometry.site(3, 3, 0, 0);
        int upper = geometry.site(3, 3, 6, 0);

        lattice.setSpecies(lower, BLUE);
        assertThat(count(MorphologyRenderer.render(lattice, STYLE), MorphologyRendererTest::isBlue))
                .isGreaterThan(50);

        lattice.setSpecies(upper, RED);
        BufferedImage image = MorphologyRenderer.render(lattice, STYLE);
        // The legend still names the blue species, in the right margin.
        BufferedImage scene = image.getSubimage(0, 0, 180, 180);
        assertThat(count(scene, MorphologyRendererTest::isRed)).isGreaterThan(50);
        assertThat(count(scene, MorphologyRendererTest::isBlue)).isZero();
    }

    @Test
    void shouldDrawEachSpeciesWhereItSits() {
        Lattice lattice = box(LatticeKind.SC, 8);
        LatticeGeometry geometry = lattice.geometry();
        for (int site = 0; site < geometry.siteCount(); site++) {
            if (geometry.zNm(site) < 0.5) {
                lattice.setSpecies(site, geometry.xNm(site) < 0.5 * geometry.widthNm() ? RED : BLUE);
            }
        }
        BufferedImage image = MorphologyRenderer.render(lattice, STYLE);

        int first = 0;
        while (!isRed(image.getRGB(first, 90))) {
            first++;
        }
        assertThat(isRed(image.getRGB(first + 20, 90))).isTrue();
        assertThat(isBlue(image.getRGB(first + 100, 90))).isTrue();
    }

    @Test
    void shouldDarkenWhatAWallShades() {
        Lattice open = filled(LatticeKind.SC, 30, 0.4, RED);
        Lattice walled = filled(LatticeKind.SC, 30, 0.4, RED);
        for (int z = 2; z < 30; z++) {
            for (int y = 0; y < 30; y++) {
                walled.setSpecies(walled.geometry().site(12, y, z, 0), BLUE);
            }
        }
        // The key light comes from the left: the strip right of the wall lies in its shadow.
        MorphologyStyle style = STYLE.withFrameHeightNm(9);
        double lit = brightness(MorphologyRenderer.render(open, style));
        double shaded = brightness(MorphologyRenderer.render(walled, style));

        assertThat(shaded).isLessThan(0.75 * lit);
    }

    private static double brightness(BufferedImage image) {
        double sum = 0;
        int n = 0;
        for (int y = 60; y < 120; y++) {
            for (int x = 100; x < 115; x++) {
                int rgb = image.getRGB(x, y);
                if (isRed(rgb)) {
                    sum += new Color(rgb).getRed();
                    n++;
                }
            }
        }
        assertThat(n).isGreaterThan(100);
        return sum / n;
    }

    @Test
    void shouldNotDrawTheInside() {
        Lattice block = filled(LatticeKind.SC, 20, 99, RED);
        Lattice cored = filled(LatticeKind.SC, 20, 99, RED);
        for (int site = 0; site < cored.geometry().siteCount(); site++) {
            if (inner(cored.geometry().cellX(site), 20)
                    && inner(cored.geometry().cellY(site), 20)
                    && inner(cored.geometry().cellZ(site), 20)) {
                cored.setSpecies(site, BLUE);
            }
        }
        assertThat(count(MorphologyRenderer.render(cored, STYLE), MorphologyRendererTest::isBlue))
                .isEqualTo(count(MorphologyRenderer.render(block, STYLE), MorphologyRendererTest::isBlue));
    }

    private static boolean inner(int cell, int cells) {
        return cell >= 5 && cell < cells - 5;
    }

    @Test
    void shouldGiveTheSameBytesForTheSameLattice() {
        Lattice lattice = filled(LatticeKind.BCC, 10, 1.2, RED);
        MorphologyStyle style = STYLE.withCamera(Camera.perspective(30, 25))
                .withColoring(new SiteColoring.ByHeight(ColorMap.CIVIDIS))
                .withTitle("t = 1 s");

        assertThat(pixels(MorphologyRenderer.render(lattice, style)))
                .isEqualTo(pixels(MorphologyRenderer.render(lattice, style)));
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void shouldDrawAScaleBarOfTheLengthItStates() {
        BufferedImage image = new BufferedImage(400, 100, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        // 3.7 pixels per nm, at most 150 pixels: 20 nm fit, 50 nm do not.
        double length = Annotations.scaleBar(graphics, Backdrop.LIGHT, 10, 90, 3.7, 150, 1);
        graphics.dispose();

        assertThat(length).isEqualTo(74, within(1e-9));
        assertThat(image.getRGB(11, 87) & 0xffffff).isEqualTo(0x1f2933);
        assertThat(image.getRGB(10 + 73, 87) & 0xffffff).isEqualTo(0x1f2933);
        assertThat(image.getRGB(10 + 76, 87) & 0xffffff).isZero();
    }

    @Test
    void shouldColourByHeightAboveTheSubstrate() {
        Lattice lattice = filled(LatticeKind.SC, 8, 0.5, RED);
        lattice.setSpecies(lattice.geometry().site(4, 4, 2, 0), RED);
        MorphologyStyle style =
                STYLE.withColoring(new SiteColoring.ByHeight(ColorMap.VIRIDIS)).withSubstrateLayers(1);
        BufferedImage image = MorphologyRenderer.render(lattice, style);

        assertThat(count(image, MorphologyRendererTest::isRed)).isZero();
        // The adatom is the highest site: the yellow end of the map, beside the colour bar in the right margin.
        BufferedImage scene = image.getSubimage(0, 0, 200, 180);
        assertThat(count(scene, rgb -> (rgb >> 16 & 0xff) > 2 * (rgb & 0xff) && (rgb >> 8 & 0xff) > 2 * (rgb & 0xff)))
                .isGreaterThan(20);
    }

    @Test
    void shouldPaintValuesThatAreNotNumbersGrey() {
        Lattice lattice = filled(LatticeKind.SC, 8, 0.2, RED);
        MorphologyStyle style =
                STYLE.withColoring(new SiteColoring.ByValue(site -> Double.NaN, "Deposited at (s)", ColorMap.VIRIDIS));

        int rgb = MorphologyRenderer.render(lattice, style).getRGB(115, 90);
        assertThat(Math.abs((rgb >> 16 & 0xff) - (rgb & 0xff))).isLessThan(12);
    }

    @Test
    void shouldDrawDispersedSpeciesSmaller() {
        Lattice solid = box(LatticeKind.SC, 7);
        solid.setSpecies(solid.geometry().site(3, 3, 3, 0), RED);
        Lattice ion = box(LatticeKind.SC, 7);
        ion.setSpecies(ion.geometry().site(3, 3, 3, 0), ION);
        long atom = count(MorphologyRenderer.render(solid, STYLE), MorphologyRendererTest::isRed);
        long dot = count(MorphologyRenderer.render(ion, STYLE), rgb -> (rgb >> 8 & 0xff) > 1.5 * (rgb >> 16 & 0xff));

        // Half the radius, a quarter of the area.
        assertThat((double) dot / atom).isBetween(0.15, 0.35);
    }

    @Test
    void shouldRenderAnyImageInBandsAsInOne() {
        Lattice lattice = filled(LatticeKind.FCC, 6, 1.2, RED);
        BufferedImage large = MorphologyRenderer.render(lattice, STYLE.withSize(2400, 1800, 4));

        assertThat(isRed(large.getRGB(1150, 300))).isTrue();
        assertThat(isRed(large.getRGB(1150, 1400))).isTrue();
    }

    @Test
    void shouldRefuseAnImageThatIsTooSmall() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STYLE.withSize(10, 180, 2))
                .withMessage("width: 10, expected 64 … 16384");
    }

    @Test
    void shouldRefuseACameraBelowTheNadir() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Camera.orthographic(0, -91))
                .withMessageContaining("elevationDegrees: -91.0");
    }
}
