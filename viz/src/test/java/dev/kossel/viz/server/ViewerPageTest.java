package dev.kossel.viz.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser. Skipped where none is installed; {@code .ci/run} installs one. */
@Timeout(60)
class ViewerPageTest {

    /** The stage without what lies upon it: titles above, legend and scale bar below. */
    private static final int LEFT = 20;

    private static final int RIGHT = 910;
    private static final int TOP = 130;
    private static final int BOTTOM = 540;
    private static final int CENTER_X = 460;
    private static final int CENTER_Y = 380;

    private static Browser browser;

    @TempDir
    private Path place;

    private ViewerServer server;
    private boolean mayFail;

    @BeforeAll
    static void startBrowser() throws IOException {
        browser = Browser.shared();
    }

    @BeforeEach
    void requireABrowser() {
        assumeTrue(browser != null, Browser.MISSING);
    }

    private void serve(List<Path> runs) throws IOException {
        server = ViewerServer.start(runs, 0);
    }

    private void view(List<Path> runs) throws IOException {
        serve(runs);
        browser.open(server.address());
    }

    @AfterEach
    void requireACleanConsole() {
        if (server == null) {
            return;
        }
        // Before the server ends, which is an error to a page that listens to it.
        List<String> errors = browser.errors().toList();
        browser.leave();
        server.close();
        if (!mayFail) {
            assertThat(errors).isEmpty();
        }
    }

    private static long count(BufferedImage image, IntPredicate color) {
        return count(image, LEFT, RIGHT, color);
    }

    private static long count(BufferedImage image, int left, int right, IntPredicate color) {
        long found = 0;
        for (int y = TOP; y < BOTTOM; y++) {
            for (int x = left; x < right; x++) {
                found += color.test(image.getRGB(x, y)) ? 1 : 0;
            }
        }
        return found;
    }

    private static boolean isRed(int rgb) {
        return (rgb >> 16 & 255) > 1.4 * (rgb & 255) + 20 && (rgb >> 16 & 255) > 1.4 * (rgb >> 8 & 255) + 20;
    }

    private static boolean isBlue(int rgb) {
        return (rgb & 255) > 1.4 * (rgb >> 16 & 255) + 20 && (rgb & 255) > 1.4 * (rgb >> 8 & 255) + 20;
    }

    private static boolean isSkyBlue(int rgb) {
        return (rgb & 255) > 1.6 * (rgb >> 16 & 255) && (rgb >> 8 & 255) > 1.3 * (rgb >> 16 & 255) && (rgb & 255) > 60;
    }

    private static boolean isCyan(int rgb) {
        return Math.min(rgb >> 8 & 255, rgb & 255) > 1.6 * (rgb >> 16 & 255) + 60;
    }

    private static boolean isYellow(int rgb) {
        return Math.min(rgb >> 16 & 255, rgb >> 8 & 255) > 1.4 * (rgb & 255) + 20;
    }

    private static boolean isMagenta(int rgb) {
        return Math.min(rgb >> 16 & 255, rgb & 255) > 2 * (rgb >> 8 & 255) + 60;
    }

    private static long differing(BufferedImage a, BufferedImage b) {
        long found = 0;
        for (int y = TOP; y < BOTTOM; y++) {
            for (int x = LEFT; x < RIGHT; x++) {
                found += a.getRGB(x, y) != b.getRGB(x, y) ? 1 : 0;
            }
        }
        return found;
    }

    @Test
    void shouldShowTheLastFrameLitInTheColoursOfTheSpecies() throws IOException {
        view(List.of(SmallRun.finished(place.resolve("run"), 4)));
        browser.awaitFrames("3");
        BufferedImage picture = browser.picture("species");

        assertThat(count(picture, ViewerPageTest::isRed)).isGreaterThan(20_000);
        assertThat(picture.getRGB(LEFT, TOP) & 0xffffff).isEqualTo(0xeef1f5);
        // Lit: the same red in many shades.
        assertThat(IntStream.range(LEFT, RIGHT)
                        .map(x -> picture.getRGB(x, CENTER_Y))
                        .filter(ViewerPageTest::isRed)
                        .distinct()
                        .count())
                .isGreaterThan(30);
        assertThat(browser.text("legend")).contains("Li", "Na").doesNotContain("vacant");
        assertThat(browser.text("time")).isEqualTo("3 s · frame 4 of 4");
        assertThat(browser.text("scale-text")).matches("[125]0* nm|0.[125] nm");
        assertThat(browser.text("charts")).contains("Overpotential", "−53 mV", "Roughness", "Islands");
    }

    @Test
    void shouldScrubPlayAndStep() throws IOException {
        view(List.of(SmallRun.finished(place.resolve("run"), 4)));
        browser.awaitFrames("3");
        BufferedImage last = browser.picture("last");
        browser.press(Keys.HOME);
        browser.awaitFrames("0");
        BufferedImage first = browser.picture("first");

        assertThat(count(first, ViewerPageTest::isRed)).isZero();
        assertThat(count(first, ViewerPageTest::isBlue)).isGreaterThan(20_000);
        assertThat(differing(first, last)).isGreaterThan(20_000);
        browser.press(Keys.ARROW_RIGHT);
        browser.awaitFrames("1");
        browser.find("play").click();
        browser.awaitFrames("3");
        browser.await("the end of playing", b -> b.text("play").equals("Play"));
        // In the middle of a chart lies the middle of the time.
        browser.click(1119, 165);
        browser.await(
                "the moment clicked",
                b -> b.script("document.body.dataset.frames").matches("[12]"));
    }

    private void colorBy(String key) {
        browser.script("void (document.getElementById('coloring').value = '" + key + "',"
                + " document.getElementById('coloring').dispatchEvent(new Event('change')))");
        browser.await(
                "colours by " + key,
                b -> b.script("document.body.dataset.colored").equals(key));
    }

    @Test
    void shouldColourByEverythingThatIsKnown() throws IOException {
        view(List.of(SmallRun.withNeedles(place.resolve("run"))));
        browser.awaitFrames("1");
        browser.press("c");
        browser.await("the heights", b -> b.text("legend").contains("Height above"));
        BufferedImage height = browser.picture("height");
        assertThat(count(height, ViewerPageTest::isRed)).isZero();
        // In the middle of the range the floor, at its end the needle.
        assertThat(count(height, ViewerPageTest::isYellow)).isBetween(1000L, 30_000L);

        colorBy("coordination");
        BufferedImage coordination = browser.picture("coordination");
        assertThat(browser.text("legend")).contains("nearest neighbours", "8");
        assertThat(differing(height, coordination)).isGreaterThan(20_000);

        colorBy("filled");
        assertThat(browser.text("legend")).contains("last filled", "s");
        // All that came in the second of two frames: the end of the map, yellow, and nearly all that is seen.
        assertThat(count(browser.picture("filled"), ViewerPageTest::isYellow)).isGreaterThan(20_000);

        colorBy("dead");
        assertThat(browser.text("legend")).contains("connected", "cut off");
        BufferedImage dead = browser.picture("dead");
        assertThat(count(dead, ViewerPageTest::isRed))
                .as("the piece in the air")
                .isBetween(300L, 8000L);

        colorBy("curvature");
        assertThat(browser.text("legend")).contains("curvature", "nm⁻¹", "tip");
        BufferedImage curvature = browser.picture("curvature");
        assertThat(count(curvature, ViewerPageTest::isYellow)).as("needles").isGreaterThan(500);

        colorBy("local_current_density_A_per_m2");
        assertThat(browser.text("legend")).contains("Local current density, kA/m²", "grey: not at the surface");
        BufferedImage current = browser.picture("local-current");
        // The needles carry most, and have the end of the map; the floor has its beginning, and the sides of the box
        // none.
        assertThat(count(current, ViewerPageTest::isYellow)).as("tips").isBetween(300L, 20_000L);
        assertThat(differing(curvature, current)).isGreaterThan(20_000);
        colorBy("local_Na+_mol_per_L");
        assertThat(browser.text("legend")).contains("Local Na+, mol/L", "0.");
        assertThat(count(browser.picture("local-concentration"), ViewerPageTest::isYellow))
                .as("the floor")
                .isGreaterThan(5000);

        colorBy("facet");
        assertThat(browser.text("legend")).contains("Plane that the surface faces", "{110}", "{100}", "{112}", "other");
        // A flat floor of bcc(100): the colour of the second family, a light blue, nearly everywhere.
        assertThat(count(browser.picture("facets"), ViewerPageTest::isSkyBlue)).isGreaterThan(20_000);

        colorBy("site-type");
        assertThat(browser.text("legend")).contains("Site type", "plain", "hollow");
        colorBy("species");
        assertThat(count(browser.picture("species-again"), ViewerPageTest::isRed))
                .isGreaterThan(20_000);
        assertThat(browser.script("document.querySelectorAll('#coloring option:disabled').length"))
                .isEqualTo("0");
    }

    @Test
    void shouldTellWhyARunHasNoLocalCurrent() throws IOException {
        view(List.of(SmallRun.finished(place.resolve("run"), 1)));
        browser.awaitFrames("0");
        assertThat(browser.script("[...document.querySelectorAll('#coloring option:disabled')]"
                        + ".filter(o => o.value.startsWith('local_')).map(o => o.text + ': ' + o.title).join('; ')"))
                .startsWith("local current density – no data: This run computes no electrolyte: "
                        + "its scenario has no transport of type continuum.; local overpotential – no data")
                .contains("local concentration – no data");
        assertThat(browser.find("coloring").getAttribute("title")).contains("This run computes no electrolyte");
    }

    @Test
    void shouldHideASpeciesByItsNameInTheLegend() throws IOException {
        view(List.of(SmallRun.finished(place.resolve("run"), 3)));
        browser.awaitFrames("2");
        browser.clickOn("#legend [data-species=Na]");
        BufferedImage hidden = browser.picture("hidden");
        assertThat(count(hidden, ViewerPageTest::isRed)).isZero();
        assertThat(count(hidden, ViewerPageTest::isBlue)).isGreaterThan(2000);
        browser.clickOn("#legend [data-species=Na]");
        assertThat(count(browser.picture("shown-again"), ViewerPageTest::isRed)).isGreaterThan(20_000);
    }

    @Test
    void shouldCutOpenAndCropAndShowWhatIsInside() throws IOException {
        view(List.of(SmallRun.finished(place.resolve("run"), 6)));
        browser.awaitFrames("5");
        browser.press("f");
        BufferedImage whole = browser.picture("front");
        // What a plane across y lays open is drawn where the front was: as wide, as high, of both metals.
        browser.press("qq");
        browser.await("the cut", b -> b.script("document.body.dataset.cut").equals("done"));
        assertThat(browser.find("slice-axis").getAttribute("value")).isEqualTo("y");
        BufferedImage sliced = browser.picture("sliced");
        long red = count(whole, ViewerPageTest::isRed);
        long blue = count(whole, ViewerPageTest::isBlue);
        assertThat(differing(whole, sliced)).isGreaterThan(5000);
        assertThat(count(sliced, ViewerPageTest::isRed)).isBetween(red / 2, red);
        assertThat(count(sliced, ViewerPageTest::isBlue)).isBetween(blue / 2, blue);
        browser.press("]]]]");
        assertThat(differing(sliced, browser.picture("sliced-elsewhere"))).isGreaterThan(2000);

        browser.press("u");
        browser.press("v");
        browser.script("void (document.getElementById('crop-x-high').value = '500',"
                + " document.getElementById('crop-x-high').dispatchEvent(new Event('input')))");
        BufferedImage cropped = browser.picture("cropped");
        assertThat(count(cropped, CENTER_X + 15, RIGHT, ViewerPageTest::isRed)).isZero();
        assertThat(count(cropped, ViewerPageTest::isRed)).isBetween(red / 3, red * 2 / 3);
        browser.find("crop-reset").click();
        browser.press("v");
        assertThat(differing(whole, browser.picture("whole-again"))).isLessThan(500);
    }

    @Test
    void shouldTurnChangeProjectionAndComeBack() throws IOException {
        view(List.of(SmallRun.finished(place.resolve("run"), 2)));
        browser.awaitFrames("1");
        BufferedImage before = browser.picture("before");
        browser.drag(CENTER_X, CENTER_Y, 150, -60);
        BufferedImage turned = browser.picture("turned");
        browser.press("p");
        BufferedImage orthographic = browser.picture("orthographic");
        browser.press("p");
        browser.press("r");
        BufferedImage after = browser.picture("after");

        assertThat(differing(before, turned)).isGreaterThan(20_000);
        assertThat(differing(turned, orthographic)).isGreaterThan(20_000);
        assertThat(differing(before, after)).isZero();
    }

    @Test
    void shouldTurnByOneFingerAndZoomByTwo() throws IOException {
        view(List.of(SmallRun.finished(place.resolve("run"), 2)));
        browser.awaitFrames("1");
        BufferedImage before = browser.picture("before-touch");
        browser.touch(new int[] {CENTER_X, CENTER_Y, CENTER_X + 150, CENTER_Y - 40});
        BufferedImage turned = browser.picture("turned-by-touch");
        assertThat(differing(before, turned)).isGreaterThan(20_000);
        long red = count(turned, ViewerPageTest::isRed);
        browser.touch(
                new int[] {CENTER_X - 60, CENTER_Y, CENTER_X - 20, CENTER_Y},
                new int[] {CENTER_X + 60, CENTER_Y, CENTER_X + 20, CENTER_Y});
        assertThat(count(browser.picture("pinched"), ViewerPageTest::isRed)).isBetween(red / 30, red * 2 / 3);
    }

    @Test
    void shouldFillAScreenOfFourThousandPixels() throws IOException {
        try {
            browser.resize(1920, 1080, 2);
            view(List.of(SmallRun.finished(place.resolve("run"), 2)));
            browser.awaitFrames("1");
            BufferedImage picture = browser.picture("4k");
            assertThat(picture.getWidth()).isEqualTo(3840);
            long red = 0;
            for (int y = 0; y < picture.getHeight(); y++) {
                for (int x = 0; x < picture.getWidth(); x++) {
                    red += isRed(picture.getRGB(x, y)) ? 1 : 0;
                }
            }
            assertThat(red).isGreaterThan(500_000);
            // Drawn in the screen's own pixels, and nothing runs over its edges.
            assertThat(browser.script("document.getElementById('canvas').width >= 2 * document.getElementById('canvas')"
                            + ".clientWidth && document.documentElement.scrollWidth <= innerWidth"
                            + " && document.documentElement.scrollHeight <= innerHeight"))
                    .isEqualTo("true");
        } finally {
            browser.resize(1280, 720);
        }
    }

    @Test
    void shouldShowTheDepositInTheSizeOfTheScaleBar() throws IOException {
        view(List.of(SmallRun.finished(place.resolve("run"), 4)));
        browser.awaitFrames("3");
        browser.press("p");
        browser.press("a");
        BufferedImage above = browser.picture("above");
        double widthNm = SmallRun.GEOMETRY.widthNm() - 0.43 / 2 + 0.43 * Math.sqrt(3) / 2;
        double barNm = Double.parseDouble(browser.text("scale-text").split(" ")[0]);
        double barPixels =
                Double.parseDouble(browser.script("parseFloat(document.getElementById('scale-bar').style.width)"));
        long widest = IntStream.range(TOP, BOTTOM)
                .mapToLong(y -> IntStream.range(LEFT, RIGHT)
                        .filter(x -> isRed(above.getRGB(x, y)))
                        .count())
                .max()
                .orElse(0);

        assertThat(widest * barNm / barPixels).isBetween(0.97 * widthNm, 1.03 * widthNm);
    }

    @Test
    void shouldFlyToTheTipsTheMostProminentFirst() throws IOException {
        view(List.of(SmallRun.withNeedles(place.resolve("run"))));
        browser.awaitFrames("1");
        BufferedImage before = browser.picture("before-tips");
        browser.press("n");
        browser.await("the first tip", b -> b.text("tip-text").startsWith("1/3"));
        assertThat(browser.find("tip-text").getAttribute("title")).contains("Radius", "aspect ratio");
        BufferedImage first = browser.picture("tip");
        assertThat(differing(before, first)).isGreaterThan(20_000);
        // The tip is in the middle of the picture.
        assertThat(IntStream.range(CENTER_Y - 60, CENTER_Y + 60)
                        .filter(y -> isRed(first.getRGB(CENTER_X - 10, y)))
                        .count())
                .isGreaterThan(20);
        browser.press("n");
        browser.await("the second tip", b -> b.text("tip-text").startsWith("2/3"));
        browser.press("b");
        browser.await("the first tip again", b -> b.text("tip-text").startsWith("1/3"));
        assertThat(differing(first, browser.picture("tip-again"))).isLessThan(2000);
    }

    @Test
    void shouldSayWhatAClickedSiteIsAndShowItsNeighbours() throws IOException {
        view(List.of(SmallRun.finished(place.resolve("run"), 2)));
        browser.awaitFrames("1");
        browser.click(CENTER_X, CENTER_Y);
        browser.await("the site", b -> b.text("site").contains("Around it"));

        assertThat(browser.text("site"))
                .contains(
                        "Na",
                        "site",
                        "nm",
                        "of 8 occupied",
                        "plain",
                        "this snapshot",
                        "connected to the substrate",
                        "4 Li",
                        "vacant");
        BufferedImage picture = browser.picture("site");
        assertThat(count(picture, ViewerPageTest::isMagenta)).isGreaterThan(10);
        assertThat(count(picture, ViewerPageTest::isCyan)).isGreaterThan(30);
        browser.clickOn("#site li button");
        browser.await("the neighbour", b -> b.text("site").contains("of 8 occupied"));
        browser.press(Keys.ESCAPE);
        assertThat(browser.find("site").isDisplayed()).isFalse();
        assertThat(count(browser.picture("no-site"), ViewerPageTest::isCyan)).isZero();
    }

    @Test
    void shouldComeBackWhenTheGraphicsCardWasLost() throws IOException {
        view(List.of(SmallRun.finished(place.resolve("run"), 2)));
        browser.awaitFrames("1");
        BufferedImage before = browser.picture("before-loss");
        browser.script("void (window.card = document.getElementById('canvas').getContext('webgl2')"
                + ".getExtension('WEBGL_lose_context')).loseContext()");
        browser.await("word of the loss", b -> b.text("notice").contains("graphics card was lost"));
        browser.script("void window.card.restoreContext()");
        browser.await("the picture", b -> !b.find("notice").isDisplayed());

        assertThat(differing(before, browser.picture("after-loss"))).isZero();
    }

    @Test
    void shouldSayThatItNeedsWebGl() throws IOException {
        serve(List.of(SmallRun.finished(place.resolve("run"), 1)));
        mayFail = true; // three.js says so in the console, too.
        browser.openWithoutWebGl(server.address());
        browser.await("word of what is missing", b -> b.text("notice").contains("needs WebGL2"));
    }

    @Test
    void shouldFollowARunThatGrows() throws IOException {
        Path root = place.resolve("growing");
        try (SmallRun run = new SmallRun(root)) {
            view(List.of(root));
            browser.await("word that there is nothing yet", b -> b.text("panes").contains("No snapshot yet"));
            run.grow(0);
            browser.awaitFrames("0");
            run.grow(1);
            browser.awaitFrames("1");
            assertThat(browser.find("follow").isDisplayed()).isTrue();
            // Whoever looks at the past is left there.
            browser.press(Keys.HOME);
            run.grow(2);
            browser.await("the third frame in the timeline", b -> b.text("time").contains("of 3"));
            assertThat(browser.script("document.body.dataset.frames")).isEqualTo("0");
            browser.press(Keys.END);
            browser.awaitFrames("2");
            run.end();
            browser.await("the end", b -> b.text("runs").contains("completed"));
            assertThat(browser.find("follow").isDisplayed()).isFalse();
        }
    }

    @Test
    void shouldCompareTwoRunsAtEqualTimeWithOneCamera() throws IOException {
        List<Path> runs =
                List.of(SmallRun.finished(place.resolve("one"), 2), SmallRun.finished(place.resolve("two"), 4));
        view(runs);
        browser.awaitFrames("1 3");
        browser.press(Keys.HOME);
        browser.awaitFrames("0 0");
        BufferedImage picture = browser.picture("compare");
        browser.press(Keys.ARROW_RIGHT);
        browser.awaitFrames("1 1");

        long left = count(picture, LEFT, CENTER_X - 10, ViewerPageTest::isBlue);
        assertThat(left).isGreaterThan(5000);
        assertThat(count(picture, CENTER_X + 10, RIGHT, ViewerPageTest::isBlue))
                .isBetween(left * 9 / 10, left * 11 / 10);
    }

    @Test
    void shouldSayWhatIsWrongWithARunAndShowTheOther() throws IOException {
        Path empty = Files.createDirectory(place.resolve("empty"));
        Path torn = SmallRun.finished(place.resolve("torn"), 1);
        Files.write(torn.resolve("snapshots/000000.vtp"), new byte[] {1, 2, 3});
        mayFail = true; // The browser itself notes answers that are errors.
        List<Path> runs = List.of(SmallRun.finished(place.resolve("good"), 2), empty, torn);
        view(runs);
        browser.await(
                "both messages",
                b -> b.text("panes").contains("no manifest.json")
                        && b.text("panes").contains("cannot be read as a snapshot"));

        assertThat(count(browser.picture("broken"), LEFT, 300, ViewerPageTest::isRed))
                .isGreaterThan(1000);
        server.close();
        browser.await("word that the viewer has stopped", b -> b.text("notice").contains("stopped answering"));
    }

    @Test
    void shouldGiveAHintTheFirstTimeOnly() throws IOException {
        serve(List.of(SmallRun.finished(place.resolve("run"), 1)));
        browser.forget(server.address());
        browser.openForTheFirstTime(server.address());
        browser.awaitFrames("0");
        assertThat(browser.text("hint")).contains("Watching a deposit grow");
        browser.find("hint-close").click();
        browser.openForTheFirstTime(server.address());
        browser.awaitFrames("0");
        assertThat(browser.find("hint").isDisplayed()).isFalse();
        browser.press("t");
        assertThat(browser.picture("dark").getRGB(LEFT, TOP) & 0xffffff).isEqualTo(0x10141a);
    }
}
