package dev.kossel.viz.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.HeightMap;
import dev.kossel.lattice.morphology.Substrate;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.w3c.dom.Document;

/** Timeline, instruments, comparison and what can be taken away, in a real browser. Skipped where none is installed. */
@Timeout(60)
class ViewerInstrumentsTest {

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

    private void view(Path... runs) throws IOException {
        server = ViewerServer.start(List.of(runs), 0);
        browser.open(server.address());
        browser.await("the page", b -> b.script("document.body?.dataset.ready").equals("true"));
    }

    @AfterEach
    void requireACleanConsole() {
        if (server == null) {
            return;
        }
        List<String> errors = browser.errors().toList();
        browser.leave();
        server.close();
        if (!mayFail) {
            assertThat(errors).isEmpty();
        }
    }

    private Path cycled() throws IOException {
        return CycledRun.write(place.resolve("cycled"), 3);
    }

    private void choose(String id, String value) {
        browser.evaluate(
                "const s = document.getElementById(arguments[0]); s.value = arguments[1]; s.dispatchEvent(new Event('change'))",
                id,
                value);
    }

    private static String chartText(String key) {
        return String.valueOf(browser.evaluate(
                "return document.querySelector(`[data-chart=\"${arguments[0]}\"]`)?.innerText ?? ''", key));
    }

    /** How many pixels of a canvas are of a kind: red where mostly red. */
    private static long pixels(String css, String condition) {
        return ((Number) browser.evaluate(
                        "const c = document.querySelector(arguments[0]);"
                                + "const p = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0;"
                                + "for (let i = 0; i < p.length; i += 4) { const [r, g, b, a] = [p[i], p[i+1], p[i+2], p[i+3]];"
                                + "if (" + condition + ") n++; } return n;",
                        css))
                .longValue();
    }

    @Test
    void shouldScrubByTimeChargeAndCycleAndStepFromMarkToMark() throws IOException {
        view(cycled());
        browser.awaitFrames("8");
        assertThat(browser.text("time")).isEqualTo("8 s · frame 9 of 9");
        browser.clickIn("#position", 0.5, 0.5);
        browser.awaitFrames("4");
        browser.press(Keys.PAGE_DOWN);
        browser.awaitFrames("6");
        browser.press(Keys.PAGE_UP);
        browser.awaitFrames("4");
        browser.press(Keys.PAGE_UP);
        browser.awaitFrames("2");

        // 3 C/m² a row flow one way or the other: stripping passes charge too.
        browser.press("x");
        browser.press(Keys.END);
        browser.await("charge", b -> b.text("time").equals("24 C/m² · frame 9 of 9"));
        browser.clickIn("#position", 0.38, 0.5);
        browser.awaitFrames("3");
        assertThat(browser.text("time")).startsWith("9 C/m²");

        browser.press("x");
        browser.press(Keys.END);
        browser.await("cycles", b -> b.text("time").equals("2 cycles · frame 9 of 9"));
        browser.press(Keys.ARROW_LEFT);
        browser.awaitFrames("7");
        assertThat(browser.text("time")).startsWith("1.75 cycles");
        assertThat(chartText("overpotential_V")).contains("−60 mV");
    }

    @Test
    void shouldPlayFasterAndAroundAgain() throws IOException {
        view(cycled());
        browser.awaitFrames("8");
        browser.press("l");
        browser.press("...");
        assertThat(browser.script("document.getElementById('speed').value")).isEqualTo("30/s");
        browser.evaluate("window.seen = []; new MutationObserver(() => window.seen.push(document.body.dataset.frames))"
                + ".observe(document.body, {attributes: true, attributeFilter: ['data-frames']})");
        browser.press(" ");
        browser.await(
                "the second time around",
                b -> Long.parseLong(b.script(
                                "window.seen.filter((f, i) => f === '1' && window.seen[i - 1] !== '1').length"))
                        >= 2);
        browser.press(" ");

        assertThat(browser.text("play")).isEqualTo("Play");
        assertThat(browser.find("loop").getAttribute("aria-pressed")).isEqualTo("true");
    }

    @Test
    void shouldCompareRunsAtEqualTimeAndAtEqualCharge() throws IOException {
        view(CycledRun.write(place.resolve("slow"), 1), CycledRun.write(place.resolve("fast"), 2));
        browser.awaitFrames("8 8");
        choose("axis", "charge");
        browser.press(Keys.HOME);
        browser.awaitFrames("0 0");
        browser.await("charge", b -> b.text("time").startsWith("0 C/m²"));
        browser.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        browser.awaitFrames("4 2");
        assertThat(browser.text("time")).startsWith("4 C/m²");
        // A curve a run, in colours of their own, and the values of both.
        assertThat(chartText("overpotential_V")).contains("−50 | −70 mV");
        String canvas = "[data-chart=overpotential_V] canvas";
        assertThat(pixels(canvas, "b > r + 60 && b > 120")).isGreaterThan(50);
        assertThat(pixels(canvas, "r > b + 80 && r > 150")).isGreaterThan(50);
        choose("axis", "time");
        browser.await("time", b -> b.text("time").contains("s · frame"));
        browser.press(Keys.HOME, Keys.ARROW_RIGHT);
        browser.awaitFrames("1 1");
    }

    @Test
    void shouldTakeFramesThatAllButCoincideForOneMoment() throws IOException {
        view(CycledRun.write(place.resolve("prompt"), 1), CycledRun.write(place.resolve("late"), 1, 0.03));
        browser.awaitFrames("8 8.03");
        assertThat(browser.text("time")).isEqualTo("8.03 s · frame 9 of 9");
        browser.press(Keys.HOME, Keys.ARROW_RIGHT);
        browser.awaitFrames("1 1.03");
    }

    @Test
    void shouldChartWhateverIsRecordedAndReadItOut() throws IOException {
        view(cycled());
        browser.awaitFrames("8");
        assertThat(browser.text("charts"))
                .contains(
                        "Overpotential",
                        "Roughness Sq",
                        "Dendrite tips",
                        "Dead metal, sites of Na",
                        "Coulombic efficiency",
                        "Event rates");
        // Stripped as much as was plated: 100 %.
        assertThat(chartText("coulombic_efficiency")).contains("\n1\n");
        assertThat(chartText("event-rates")).contains("plating 18", "hop 1010");

        String exotic = "[data-chart=exotic_A_per_m2] canvas";
        browser.evaluate("const s = document.querySelector('#charts select'); s.value = 'exotic_A_per_m2';"
                + "s.dispatchEvent(new Event('change'))");
        assertThat(chartText("exotic_A_per_m2")).contains("Exotic");
        browser.await("the value", b -> chartText("exotic_A_per_m2").contains("8 kA/m²"));
        browser.hover(exotic, 0.58, 0.5);
        browser.await(
                "the value under the pointer",
                b -> chartText("exotic_A_per_m2").matches("(?s).*\\n4 kA/m² at 4\\.\\d+ s\\n.*"));
        browser.clickIn(exotic, 0.58, 0.5);
        browser.awaitFrames("4");

        browser.evaluate("document.querySelector('[data-chart=exotic_A_per_m2] [aria-label^=Log]').click()");
        assertThat(browser.script(
                        "document.querySelector('[data-chart=exotic_A_per_m2] [aria-label^=Log]').ariaPressed"))
                .isEqualTo("true");
        browser.press("+++");
        browser.await("a way back", b -> b.text("charts").contains("Whole range"));
        browser.press("------");
        browser.await("the whole range", b -> !b.text("charts").contains("Whole range"));
        browser.evaluate("document.querySelector('[data-chart=exotic_A_per_m2] [aria-label^=Remove]').click()");
        assertThat(chartText("exotic_A_per_m2")).isEmpty();
    }

    @Test
    void shouldShowTheHeightMapAndAProfileAlongALine() throws IOException {
        view(cycled());
        browser.press("2");
        browser.press(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        browser.awaitFrames("2");
        SpeciesSet solid = SmallRun.LAYOUT.solids();
        double sqNm = new HeightMap(Substrate.of(CycledRun.ridge(0), solid), solid)
                .measure(CycledRun.ridge(2))
                .rmsRoughnessNm();
        double layerNm = SmallRun.GEOMETRY.layerSpacingNm();
        String sq = "Sq %.3f nm".formatted(sqNm);
        browser.await("the height map", b -> b.text("topography").contains(sq));
        String map = "#topography .maps canvas";
        long high = pixels(map, "r > 180 && g > 180 && b < 120");
        long low = pixels(map, "b > r && b < 130");
        assertThat((double) high / low).isCloseTo(1, within(0.15));
        assertThat(browser.text("topography")).contains("Rz %.2f nm".formatted(2 * layerNm));
        browser.picture("height-map");
        // A line drawn from top to bottom where the ridge stands is flat.
        browser.dragIn(map, 0.2, 0.1, 0.2, 0.9);
        browser.await("a flat profile", b -> b.text("topography").contains("Rq 0 nm"));
        assertThat(browser.text("topography")).contains("over 6.9");
        // Dragged as a whole across the edge, and by an end.
        browser.dragIn(map, 0.2, 0.5, 0.8, 0.5);
        browser.await("the profile of the ground", b -> b.text("topography").contains("Rq 0 nm"));
        browser.dragIn(map, 0.8, 0.1, 0.2, 0.1);
        browser.await(
                "a profile over the edge", b -> b.text("topography").contains("Rz %.2f nm".formatted(2 * layerNm)));
    }

    @Test
    void shouldCutADepositWhereverItIsAsked() throws IOException {
        view(cycled());
        browser.press("3");
        browser.press(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        browser.awaitFrames("2");
        String cut = "#section .sections canvas";
        String red = "r > 1.5 * b && r > 80 && a > 0";
        browser.await(
                "the cut",
                b -> b.script("document.querySelector('" + cut + "')?.height ?? 0")
                                .length()
                        > 1);
        browser.await("the ridge", b -> pixels(cut, red) > 200);
        long across = pixels(cut, red);
        browser.picture("section");
        choose("section-axis", "x");
        browser.evaluate(
                "const p = document.getElementById('section-place'); p.value = 0.25; p.dispatchEvent(new Event('input'))");
        browser.await("a cut along the ridge", b -> pixels(cut, red) > 1.5 * across);
        assertThat(browser.text("section")).contains("x = 2.15 nm");
        browser.evaluate(
                "const p = document.getElementById('section-place'); p.value = 0.75; p.dispatchEvent(new Event('input'))");
        browser.await("a cut beside it", b -> pixels(cut, red) == 0);
    }

    @Test
    void shouldShowDensityTextureAndSpeedOrSayThatTheyAreNotRecorded() throws IOException {
        view(cycled());
        browser.press("4");
        browser.awaitFrames("8");
        browser.await("the texture", b -> b.text("depth").contains("Facet 100"));
        assertThat(browser.text("depth")).contains("Density profile", "0.65");
        assertThat(pixels("#depth canvas", "b > r + 60 && b > 120")).isGreaterThan(100);
        browser.press("5");
        browser.await("the latency", b -> b.text("speeds").contains("808000 draws/s"));
        assertThat(browser.text("speeds")).contains("median 4 µs", "99 % 80 µs");
        browser.leave();
        server.close();
        view(SmallRun.finished(place.resolve("plain"), 2));
        browser.awaitFrames("1");
        browser.press("4");
        browser.await("word of the texture", b -> b.text("depth").contains("Not recorded"));
        browser.press("5");
        browser.await("word of the speed", b -> b.text("speeds").contains("Not recorded"));
    }

    private Path saved(String name) {
        Path file = place.resolve("saved").resolve(name);
        browser.await(name, b -> Files.exists(file));
        return file;
    }

    private void click(String id) {
        browser.evaluate("document.getElementById(arguments[0]).click()", id);
    }

    private void fill(String id, Object value) {
        browser.evaluate("document.getElementById(arguments[0]).value = arguments[1]", id, value);
    }

    @Test
    void shouldSavePicturesFilmsAndCharts() throws Exception {
        Files.createDirectory(place.resolve("saved"));
        view(cycled());
        browser.awaitFrames("8");
        browser.press(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        browser.awaitFrames("2");
        browser.saveTo(place.resolve("saved"));
        browser.press("s");

        fill("png-width", 1700);
        fill("png-height", 900);
        click("take-png");
        BufferedImage png = ImageIO.read(saved("cycled.png").toFile());
        assertThat(png.getWidth()).isEqualTo(1700);
        assertThat(png.getHeight()).isEqualTo(900);
        assertThat(count(png, 0xe03020)).as("the legend's swatch").isGreaterThan(50);
        assertThat(redOf(png)).isGreaterThan(20_000);
        fill("png-width", 100_000);
        click("take-png");
        browser.await("a limit", b -> b.text("take-status").contains("16384"));

        fill("film-width", 320);
        fill("film-height", 240);
        browser.evaluate("document.getElementById('speed').value = '30/s'");
        click("take-gif");
        List<BufferedImage> gif = gif(saved("cycled.gif"));
        assertThat(gif)
                .hasSize(9)
                .allSatisfy(frame -> assertThat(frame.getWidth()).isEqualTo(320));
        // The ridge comes and goes.
        assertThat(gif.stream()
                        .mapToLong(ViewerInstrumentsTest::redOf)
                        .map(n -> n > 500 ? 1 : 0)
                        .toArray())
                .containsExactly(0, 1, 1, 1, 0, 1, 1, 1, 0);
        browser.await(
                "the frame as before",
                b -> b.script("document.body.dataset.frames").equals("2"));
        click("take-webm");
        assertThat(webmBlocks(saved("cycled.webm"))).isGreaterThanOrEqualTo(9);

        click("take-svg");
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(saved("cycled-charts.svg").toFile());
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("Overpotential, mV", "Event rates, s⁻¹", "time, s");
        assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(30);
        click("take-csv");
        List<String> csv = Files.readAllLines(saved("cycled-charts.csv"));
        assertThat(csv).hasSize(10);
        assertThat(csv.get(0)).startsWith("run,time_s,overpotential_V,rms_roughness_nm");
        assertThat(csv.get(3)).startsWith("cycled,2,-0.07,0.2,");
    }

    private static long count(BufferedImage image, int rgb) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .filter(pixel -> (pixel & 0xffffff) == rgb)
                .count();
    }

    private static long redOf(BufferedImage image) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .filter(rgb ->
                        (rgb >> 16 & 255) > 1.4 * (rgb & 255) + 20 && (rgb >> 16 & 255) > 1.4 * (rgb >> 8 & 255) + 20)
                .count();
    }

    private static List<BufferedImage> gif(Path file) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            reader.setInput(in);
            List<BufferedImage> frames = new ArrayList<>();
            for (int i = 0; i < reader.getNumImages(true); i++) {
                frames.add(reader.read(i));
            }
            return frames;
        }
    }

    /** The blocks of a WebM file, that is, its encoded pictures: walks the elements, descending into segment and clusters. */
    private static int webmBlocks(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        assertThat(in.getInt(0)).isEqualTo(0x1a45dfa3);
        int blocks = 0;
        while (in.hasRemaining()) {
            long id = variable(in, false);
            long size = variable(in, true);
            blocks += id == 0xa3 || id == 0xa0 ? 1 : 0;
            if (id != 0x18538067 && id != 0x1f43b675) {
                in.position(in.position() + (int) size);
            }
        }
        return blocks;
    }

    private static long variable(ByteBuffer in, boolean unmarked) {
        int first = in.get() & 255;
        int length = Integer.numberOfLeadingZeros(first) - 23;
        long value = unmarked ? first & (0xff >> length) : first;
        for (int i = 1; i < length; i++) {
            value = value << 8 | in.get() & 255;
        }
        return value;
    }

    @Test
    void shouldOfferTheFrameInTheFormatsOfOtherPrograms() throws Exception {
        view(cycled());
        browser.press(Keys.HOME, Keys.ARROW_RIGHT);
        browser.awaitFrames("1");
        browser.press("s");

        ByteBuffer stl = offered("stl");
        int triangles = stl.getInt(80);
        assertThat(triangles).isGreaterThan(1000);
        assertThat(stl.capacity()).isEqualTo(84 + 50 * triangles);
        assertThat(text(offered("ply"))).startsWith("ply\nformat binary_little_endian 1.0\n");
        ByteBuffer glb = offered("glb");
        assertThat(text(glb)).startsWith("glTF");
        assertThat(glb.getInt(4)).isEqualTo(2);
        assertThat(glb.getInt(8)).isEqualTo(glb.capacity());
        assertThat(text(offered("extxyz"))).contains("Properties=species:S:1:pos:R:3");
    }

    /** What the link of a format leads to. */
    private static ByteBuffer offered(String format) {
        Object base64 = browser.evaluate(
                "return fetch(document.querySelector(`#take-frames a[data-format=${arguments[0]}]`).href)"
                        + ".then(answer => answer.arrayBuffer()).then(bytes => { let text = '';"
                        + "new Uint8Array(bytes).forEach(b => { text += String.fromCharCode(b); }); return btoa(text); })",
                format);
        return ByteBuffer.wrap(Base64.getDecoder().decode(String.valueOf(base64)))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(ByteBuffer bytes) {
        return new String(bytes.array(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldRestoreTheViewFromALink() throws IOException {
        view(cycled());
        browser.awaitFrames("8");
        browser.press("x");
        browser.press("c");
        browser.press("p");
        browser.press(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        browser.awaitFrames("2");
        browser.drag(460, 380, 120, -50);
        browser.evaluate("const s = document.querySelector('#charts select'); s.value = 'exotic_A_per_m2';"
                + "s.dispatchEvent(new Event('change'))");
        browser.press("2");
        browser.await("the map", b -> b.text("topography").contains("Sq"));
        browser.dragIn("#topography .maps canvas", 0.2, 0.1, 0.2, 0.9);
        browser.press("s");
        String link = browser.script("document.getElementById('link').value");
        browser.evaluate("document.getElementById('take').close()");
        browser.evaluate("document.activeElement.blur()");
        browser.await("the profile", b -> b.text("topography").contains("Rq 0 nm"));
        BufferedImage before = browser.picture("link-before");

        browser.follow(link);
        browser.await("the page", b -> b.script("document.body?.dataset.ready").equals("true"));
        browser.awaitFrames("2");
        browser.await("the profile again", b -> b.text("topography").contains("Rq 0 nm"));
        assertThat(browser.text("time")).isEqualTo("6 C/m² · frame 3 of 9");
        assertThat(browser.script("document.getElementById('coloring').value")).isEqualTo("height");
        assertThat(browser.find("projection").getAttribute("aria-pressed")).isEqualTo("true");
        BufferedImage after = browser.picture("link-after");
        assertThat(differing(before, after)).isLessThan(200);
        browser.press("1");
        assertThat(chartText("exotic_A_per_m2")).contains("Exotic");
    }

    /** Pixels of which a channel differs by more than rounding makes the edge of a line differ. */
    private static long differing(BufferedImage a, BufferedImage b) {
        long found = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                int p = a.getRGB(x, y);
                int q = b.getRGB(x, y);
                found +=
                        IntStream.of(0, 8, 16).anyMatch(shift -> Math.abs((p >> shift & 255) - (q >> shift & 255)) > 32)
                                ? 1
                                : 0;
            }
        }
        return found;
    }

    @Test
    void shouldPollWhereThereIsNoStreamOfEvents() throws IOException {
        Path root = place.resolve("growing");
        mayFail = true; // The browser itself notes what is blocked.
        try (SmallRun run = new SmallRun(root)) {
            run.grow(0);
            browser.block("*/api/events");
            view(root);
            browser.awaitFrames("0");
            browser.await("polling", b -> b.script("document.body.dataset.news").equals("polling"));
            run.grow(1);
            browser.awaitFrames("1");
            assertThat(browser.find("notice").isDisplayed()).isFalse();
            browser.block();
            run.grow(2);
            browser.awaitFrames("2");
        } finally {
            browser.block();
        }
    }

    @Test
    void shouldKeepWhatWasSeenOfARunThatVanishesAndGoOnWhenItIsBack() throws IOException {
        Path root = cycled();
        Path away = place.resolve("away");
        mayFail = true; // The browser itself notes answers that are errors.
        view(root);
        browser.awaitFrames("8");
        Files.move(root, away);
        browser.await("word that it is gone", b -> b.text("panes").contains("no such directory"));
        assertThat(redOrBlue(browser.picture("gone"))).isGreaterThan(20_000);
        browser.press(Keys.HOME);
        browser.press(" ");
        assertThat(browser.text("charts")).contains("Overpotential");
        assertThat(browser.text("time")).contains("of 9");
        Files.move(away, root);
        browser.await("it again", b -> !b.text("panes").contains("no such directory"));
        browser.press(Keys.END);
        browser.awaitFrames("8");
    }

    @Test
    void shouldSayWhatADirectoryIsThatIsNoRunAndShowTheRunOnceItIsOne() throws IOException {
        Path root = Files.createDirectory(place.resolve("later"));
        Files.writeString(root.resolve("notes.txt"), "not a run");
        view(root);
        assertThat(browser.text("panes")).contains("later: this is not a run directory: it has no manifest.json");
        assertThat(browser.text("charts")).contains("No statistics yet");
        assertThat(browser.text("time")).isEqualTo("no frame yet");
        assertThat(browser.picture("no-run").getRGB(100, 500) & 0xffffff).isEqualTo(0xeef1f5);
        // Nothing to play, zoom, cut or take away, and nothing breaks.
        browser.press(" x2345+-1s");
        browser.await("the dialogue", b -> b.text("take-frames").contains("None"));
        browser.press(Keys.ESCAPE);
        Files.delete(root.resolve("notes.txt"));
        try (SmallRun run = new SmallRun(root)) {
            run.grow(0);
            run.grow(1);
            browser.await("the run", b -> b.text("runs").contains("running"));
            browser.press("x");
            browser.press("x");
            browser.awaitFrames("1");
            assertThat(browser.text("charts")).contains("Overpotential");
        }
    }

    private static long redOrBlue(BufferedImage image) {
        long found = 0;
        for (int y = 110; y < 540; y++) {
            for (int x = 20; x < 900; x++) {
                int rgb = image.getRGB(x, y);
                found += Math.abs((rgb >> 16 & 255) - (rgb & 255)) > 50 ? 1 : 0;
            }
        }
        return found;
    }

    @Test
    void shouldFitTheScreenAndNameEveryControl() throws IOException {
        view(CycledRun.write(place.resolve("one"), 1), CycledRun.write(place.resolve("two"), 2));
        browser.awaitFrames("8 8");
        try {
            for (int[] size : new int[][] {{1280, 720}, {1024, 768}, {3840, 2160}}) {
                browser.resize(size[0], size[1]);
                assertThat(browser.script("document.documentElement.scrollWidth <= innerWidth"
                                + " && document.documentElement.scrollHeight <= innerHeight"))
                        .as("%d × %d", size[0], size[1])
                        .isEqualTo("true");
                assertThat(
                                browser.script(
                                        "[...document.querySelectorAll('header *, footer *, #panel *')]"
                                                + ".filter(e => e.offsetParent && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.id || e.outerHTML)"))
                        .isEqualTo("[]");
            }
        } finally {
            browser.resize(1280, 720);
        }
        assertThat(
                        browser.script(
                                "[...document.querySelectorAll('button, input, select, canvas:not([aria-hidden]), a')]"
                                        + ".filter(e => !(e.ariaLabel || e.textContent.trim() || e.labels?.length)).map(e => e.outerHTML)"))
                .isEqualTo("[]");
        browser.press("?");
        assertThat(browser.text("keys")).contains("Space", "play, pause", "take away", "loop");
        browser.press(Keys.ESCAPE);
    }
}
