package dev.kossel.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderCommandTest {

    @TempDir
    private static Path place;

    private static Path run;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void runOnce() {
        run = place.resolve("run");
        int exitCode = Main.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .execute(
                        "run",
                        "na-bare",
                        "--out",
                        run.toString(),
                        "--set",
                        "lattice.size=[12, 12, 12]",
                        "--set",
                        "protocol.steps.0.until={charge: 0.2 mC/cm^2}",
                        "--no-pictures",
                        "--no-progress");
        assertThat(exitCode).isZero();
    }

    private int render(String... arguments) {
        List<String> all = new ArrayList<>(List.of("render", run.toString(), "--no-progress"));
        all.addAll(List.of(arguments));
        if (!all.contains("--size")) {
            all.addAll(List.of("--size", "160x128"));
        }
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void shouldWriteAGifAndNotWriteOverIt() throws IOException {
        Path file = place.resolve("made/growth.gif");
        assertThat(render("--out", file.toString(), "--frames", "0:3"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("growth.gif, 3 frames");
        byte[] before = Files.readAllBytes(file);
        assertThat(render("--out", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("exists already", "--force");
        assertThat(file).hasBinaryContent(before);
        assertThat(render("--out", file.toString(), "--frames", "1", "--force")).isZero();
        assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
    }

    @Test
    void shouldNumberPictures() throws IOException {
        String last = place.resolve("last.png").toString();
        assertThat(render("--out", last, "--view", "side", "--slice", "y=50%", "--perspective"))
                .as(err.toString())
                .isZero();
        assertThat(ImageIO.read(Path.of(last).toFile()).getWidth()).isEqualTo(160);
        assertThat(render("--out", place.resolve("n-%03d.png").toString(), "--frames", ":4:2"))
                .isZero();
        assertThat(place.resolve("n-000.png")).exists();
        assertThat(place.resolve("n-001.png")).exists();
        assertThat(render("--out", place.resolve("m.png").toString(), "--frames", ":4:2"))
                .isZero();
        assertThat(place.resolve("m-000002.png")).exists();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--out a.gif --frames 5000         | --frames 5000: there are none of these, only 0 to",
                "--out a.gif --frames some         | --frames some: expected all, last, a number or a:b:step",
                "--out a.gif --frames ::0          | --frames ::0: expected a step of 1 or more",
                "--out a.bmp                       | the ending says the format",
                "--out a.gif --size 10             | --size 10: expected width x height",
                "--out a.gif --size 20x20          | --size 20x20: expected at least 64x128",
                "--out a.gif --view up             | --view up: expected iso, top, front, side, or azimuth,elevation",
                "--out a.gif --view 0,100          | --view 0,100: elevationDegrees: 100.0",
                "--out a.gif --color mass          | --color mass: expected one of species, height, coordination, age, dead, facet, site-type",
                "--out a.gif --crop x=3            | --crop x=3: expected an axis and a range",
                "--out a.gif --crop x=-3:          | --crop x=-3:: expected 0.000 to",
                "--out a.gif --crop x=2:1          | x: from 2.0 to 1.0 nm",
                "--out a.gif --slice w=1           | --slice w=1: expected an axis and a place",
                "--out a.gif --slice z=1-1         | '1-1' is not a number",
                "--out a.gif --background red      | --background red: expected one of light, dark",
                "--out a.gif --annotate time,place | --annotate place: expected one of title, time, charge",
                "--out a.gif --fps 60              | expected up to 50 in a .gif",
                "--out a.gif --fps 0               | --fps 0.0: expected more than 0",
                "--out a.gif --hold -1             | --hold -1.0: expected 0 to 600",
                "--out a.gif --align cycle         | --align cycle: expected one of time, charge",
                "--out a.gif --quality 9           | --quality 9: expected 1 to 4"
            })
    void shouldRefuse(String arguments, String message) {
        assertThat(render(arguments.split(" +"))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(message);
        assertThat(Path.of("a.gif")).doesNotExist();
    }

    @Test
    void shouldRefuseWhatIsNoRun() {
        String[] nowhere = {
            "render", place.toString(), "--out", place.resolve("x.gif").toString()
        };
        assertThat(Main.commandLine().setErr(new PrintWriter(err)).execute(nowhere))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("is not a run directory");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all|0,1,2,3,4",
                "last|4",
                "-2|3",
                "2:|2,3,4",
                ":-3|0,1",
                "::2|0,2,4",
                "1:4:2|1,3",
                "3:1|''",
                "7|''"
            })
    void shouldChooseFramesAsPythonDoes(String wanted, String expected) {
        assertThat(RenderCommand.frames(wanted, 5).stream().map(String::valueOf))
                .containsExactly(expected.isEmpty() ? new String[0] : expected.split(","));
    }
}
