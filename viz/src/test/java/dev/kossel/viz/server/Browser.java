package dev.kossel.viz.server;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium without a display, drawing WebGL on the processor. One thread. */
final class Browser implements AutoCloseable {

    static final String MISSING =
            "no browser, so the viewer's page is not tested; get one by: apt-get install chromium chromium-driver";

    private static final int TOUCH_STEPS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> BROWSERS = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private static @Nullable Browser shared;

    private final ChromeDriver driver;
    private final Path screenshots;

    /** Names the script that makes every page one whose user has read the hint. */
    private @Nullable String greeting;

    private Browser(ChromeDriver driver, Path screenshots) throws IOException {
        this.driver = driver;
        this.screenshots = Files.createDirectories(screenshots);
    }

    private static @Nullable Path installed() {
        return BROWSERS.stream()
                .map(Path::of)
                .filter(browser -> Files.isExecutable(browser) && Files.isExecutable(DRIVER))
                .findFirst()
                .orElse(null);
    }

    /**
     * The browser of all tests of this JVM, which ends with it: starting one takes longer than most tests. Null, with a
     * line on how to get one, where none is installed.
     */
    static synchronized @Nullable Browser shared() throws IOException {
        if (shared == null) {
            shared = start(Files.createTempDirectory("kossel-browser"));
            if (shared != null) {
                Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
            }
        }
        return shared;
    }

    private static @Nullable Browser start(Path profile) throws IOException {
        Path browser = installed();
        if (browser == null) {
            System.out.println(MISSING);
            return null;
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toString());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader",
                "--hide-scrollbars",
                "--force-color-profile=srgb",
                "--window-size=1280,863",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER.toString()))
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options), Path.of("target", "screenshots"));
    }

    /** Opens the page as a user who has read the hint. */
    void open(URI address) {
        if (greeting == null) {
            greeting = String.valueOf(driver.executeCdpCommand(
                            "Page.addScriptToEvaluateOnNewDocument",
                            Map.of(
                                    "source",
                                    "if (location.protocol === 'http:' && localStorage.getItem('kossel.hint') === null) {"
                                            + " localStorage.setItem('kossel.hint', 'read');"
                                            + " localStorage.setItem('kossel.theme', 'light'); }"))
                    .get("identifier"));
        }
        driver.get(address.toString());
    }

    /** Forgets what pages at this address have stored; an earlier server may have had the same port. */
    void forget(URI address) {
        driver.executeCdpCommand(
                "Storage.clearDataForOrigin",
                Map.of("origin", "http://" + address.getAuthority(), "storageTypes", "local_storage"));
    }

    /** Opens the page as somebody who sees it for the first time. */
    void openForTheFirstTime(URI address) {
        if (greeting != null) {
            driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", greeting));
            greeting = null;
        }
        driver.get(address.toString());
    }

    /** Leaves the page, and with it what it has in the console. */
    void leave() {
        driver.get("about:blank");
        errors().count();
    }

    WebElement find(String id) {
        return driver.findElement(By.id(id));
    }

    String text(String id) {
        return find(id).getText();
    }

    String script(String expression) {
        return String.valueOf(driver.executeScript("return " + expression));
    }

    /** Waits until the page draws these frames, by the simulated times of the runs. */
    void awaitFrames(String times) {
        await("frames " + times, b -> b.script("document.body.dataset.frames").equals(times));
    }

    void await(String what, Predicate<Browser> condition) {
        new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
                .withMessage(what + "; the page says: "
                        + driver.findElement(By.tagName("body")).getText())
                .until(d -> condition.test(this));
    }

    /** What a script returns, to which the arguments are {@code arguments[0]} …; a promise is waited for. */
    Object evaluate(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Opens an address that may have a fragment, as a user who has read the hint. */
    void follow(String address) {
        driver.get("about:blank");
        driver.get(address);
    }

    /** Sets the size of the page in CSS pixels. */
    void resize(int width, int height) {
        resize(width, height, 1);
    }

    /** The same on a screen with so many pixels to a CSS pixel along each edge. */
    void resize(int width, int height, int scale) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", false));
    }

    /**
     * Touches the page and moves the fingers evenly.
     *
     * @param fingers of each: x and y of the beginning and of the end, CSS pixels
     */
    void touch(int[]... fingers) {
        driver.executeCdpCommand(
                "Emulation.setTouchEmulationEnabled", Map.of("enabled", true, "maxTouchPoints", fingers.length));
        for (int step = 0; step <= TOUCH_STEPS; step++) {
            List<Map<String, Object>> points = new ArrayList<>();
            for (int[] finger : fingers) {
                points.add(Map.of(
                        "x", finger[0] + (finger[2] - finger[0]) * step / TOUCH_STEPS,
                        "y", finger[1] + (finger[3] - finger[1]) * step / TOUCH_STEPS,
                        "id", points.size()));
            }
            driver.executeCdpCommand(
                    "Input.dispatchTouchEvent",
                    Map.of("type", step == 0 ? "touchStart" : "touchMove", "touchPoints", points));
        }
        driver.executeCdpCommand("Input.dispatchTouchEvent", Map.of("type", "touchEnd", "touchPoints", List.of()));
        driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", false));
    }

    /** Lets the page have nothing from addresses of this pattern; none again if empty. */
    void block(String... patterns) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(patterns)));
    }

    /** Where files go that the page saves. */
    void saveTo(Path directory) {
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", directory.toString()));
    }

    /** Clicks in an element, at parts of its width and height from its upper left corner. */
    void clickIn(String css, double right, double down) {
        at(css, right, down, new Actions(driver)).click().perform();
    }

    /** Moves the mouse there. */
    void hover(String css, double right, double down) {
        at(css, right, down, new Actions(driver)).perform();
    }

    /** Drags within an element. */
    void dragIn(String css, double right, double down, double toRight, double toDown) {
        Actions actions = at(css, right, down, new Actions(driver)).clickAndHold();
        at(css, toRight, toDown, actions).release().perform();
    }

    private Actions at(String css, double right, double down, Actions actions) {
        WebElement element = driver.findElement(By.cssSelector(css));
        Dimension size = element.getSize();
        int x = (int) Math.round((right - 0.5) * size.getWidth());
        int y = (int) Math.round((down - 0.5) * size.getHeight());
        return actions.moveToElement(element, x, y);
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void press(Keys key) {
        new Actions(driver).sendKeys(key).perform();
    }

    /** Opens the page in a browser that has no WebGL2. */
    void openWithoutWebGl(URI address) {
        Object id = driver.executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument",
                        Map.of("source", "HTMLCanvasElement.prototype.getContext = () => null"))
                .get("identifier");
        try {
            open(address);
        } finally {
            driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id));
        }
    }

    /** Clicks what a selector of CSS names. */
    void clickOn(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** Clicks at a place of the page, CSS pixels. */
    void click(int x, int y) {
        new Actions(driver).moveToLocation(x, y).click().perform();
    }

    void drag(int x, int y, int byX, int byY) {
        new Actions(driver)
                .moveToLocation(x, y)
                .clickAndHold()
                .moveByOffset(byX, byY)
                .release()
                .perform();
    }

    /** What is on the screen; kept under {@code target/screenshots}. */
    BufferedImage picture(String name) throws IOException {
        script("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await(
                "the picture to come to rest",
                b -> b.script("document.body.dataset.still + document.body.dataset.cut")
                        .matches("true(done|undefined)"));
        byte[] png = driver.getScreenshotAs(OutputType.BYTES);
        Files.write(screenshots.resolve(name + ".png"), png);
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    /** Errors in the console since the last call. */
    Stream<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::toString);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
