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
    private static final int TOP = 110;
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

    @Test
    void shouldColourByHeightCoordinationAndSpeciesAgain() throws IOException {
        view(List.of(SmallRun.finished(place.resolve("run"), 4)));
        browser.awaitFrames("3");
        browser.press("c");
        BufferedImage height = browser.picture("height");
        assertThat(browser.text("legend")).contains("Height", "nm");
        assertThat(count(height, ViewerPageTest::isYellow)).isGreaterThan(20_000);
        assertThat(count(height, ViewerPageTest::isRed)).isZero();
        browser.press("c");
        BufferedImage coordination = browser.picture("coordination");
        assertThat(browser.text("legend")).contains("nearest neighbours", "8");
        assertThat(differing(height, coordination)).isGreaterThan(20_000);
        browser.press("c");
        assertThat(browser.text("legend")).contains("Site type", "plain", "hollow");
        browser.press("c");
        assertThat(count(browser.picture("species-again"), ViewerPageTest::isRed))
                .isGreaterThan(20_000);
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
    void shouldSayWhatAClickedSiteIs() throws IOException {
        view(List.of(SmallRun.finished(place.resolve("run"), 2)));
        browser.awaitFrames("1");
        browser.click(CENTER_X, CENTER_Y);
        browser.await("the site", b -> b.text("site").contains("neighbours"));

        assertThat(browser.text("site")).contains("Na", "site", "nm", "of 8 occupied", "plain");
        assertThat(count(browser.picture("site"), ViewerPageTest::isMagenta)).isGreaterThan(10);
        browser.press(Keys.ESCAPE);
        assertThat(browser.find("site").isDisplayed()).isFalse();
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
