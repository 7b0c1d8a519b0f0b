package dev.kossel.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kossel.scenarios.file.RateLaw.Electrochemical;
import dev.kossel.scenarios.file.Scenario.Figure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioReaderTest {

    static final Path DIRECTORY = Path.of("src/test/resources/good");
    private static final Path SODIUM = DIRECTORY.resolve("sodium.yaml");

    @TempDir
    Path temporary;

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @Test
    void shouldReadEverySectionIntoItsRecord() throws ScenarioException {
        Scenario scenario = ScenarioReader.read(SODIUM, List.of());

        assertThat(scenario.title()).isEqualTo("Sodium on a VN interlayer");
        assertThat(scenario.seed()).isEqualTo(7);
        assertThat(scenario.temperature().kelvin()).isEqualTo(298.15);
        assertThat(scenario.lattice().geometry()).hasToString("bcc(100) 16 × 16 × 12 cells, a = 0.4291 nm");
        assertThat(scenario.speciesNames()).containsExactly("vacant", "Na", "foil");
        assertThat(scenario.siteTypeNames()).containsExactly("plain", "bridge", "hollow", "top-V", "top-N");
        assertThat(scenario.energies().site().get(0).energy().electronVolts()).isEqualTo(-1.564);
        ElementaryProcess deposition = scenario.processes().get("deposition");
        assertThat(deposition.reaction()).isEqualTo(new Reaction(List.of("vacant"), List.of("Na"), true, false));
        assertThat(deposition.law()).isInstanceOfSatisfying(Electrochemical.class, law -> {
            assertThat(law.electrons()).isEqualTo(1);
            assertThat(law.exchangeCurrentDensity().amperesPerSquareMetre()).isEqualTo(0.68);
            assertThat(law.rateConstant()).isNull();
        });
        assertThat(scenario.protocol().steps()).singleElement().satisfies(step -> {
            assertThat(((Protocol.Galvanostatic) step).currentDensity().amperesPerSquareMetre())
                    .isEqualTo(5);
            assertThat(step.until().charge().coulombsPerSquareMetre()).isEqualTo(0.036);
            assertThat(step.until().shortCircuit()).isTrue();
        });
        assertThat(scenario.stop().events()).isEqualTo(1_000_000_000L);
        assertThat(scenario.output().statistics()).isEqualTo(new Sampling(200, null));
    }

    @Test
    void shouldKeepTheSourceOfEveryFigure() throws ScenarioException {
        assertThat(ScenarioReader.read(SODIUM, List.of()).figures())
                .contains(
                        new Figure("energies.site.0.energy", "-1.564 eV", "xia2022"),
                        new Figure("energies.pairs.0.energy", "-0.18338 eV", "calibrated: cohesive energy"),
                        new Figure("processes.hop.law.barrier", "0.1 eV", null),
                        new Figure("processes.deposition.law.transfer-coefficient", "0.5", "default"));
    }

    @Test
    void shouldNumberTheVacantSpeciesFirst() throws ScenarioException {
        assertThat(ScenarioReader.read(DIRECTORY.resolve("zinc.yaml"), List.of())
                        .speciesNames())
                .containsExactly("water", "Zn", "Zn2+", "ZnOH+·H2O", "H2", "foil");
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldReadBackWhatItWrites(Path file) throws ScenarioException {
        Scenario scenario = ScenarioReader.read(file, List.of());
        String written = ScenarioWriter.write(scenario);
        Scenario again = ScenarioReader.read(written, "written", Path.of("/nowhere"), List.of());
        assertThat(again).isEqualTo(scenario);
        assertThat(ScenarioWriter.write(again)).isEqualTo(written);
    }

    @Test
    void shouldPutAScenarioIntoItsBase() throws ScenarioException {
        Scenario base = ScenarioLibrary.read("na-bare", List.of());
        Scenario based = ScenarioReader.read(DIRECTORY.resolve("based.yaml"), List.of("seed=9"));
        assertThat(based.base()).isNull();
        assertThat(based.title()).isEqualTo("A sodium foil under another film");
        assertThat(based.seed()).isEqualTo(9);
        assertThat(based.lattice()).isEqualTo(base.lattice());
        assertThat(based.speciesNames()).containsExactly("vacant", "Na", "foil", "film");
        assertThat(based.processes()).containsOnlyKeys("deposition", "hop", "break");
        RateLaw.Electrochemical before =
                (RateLaw.Electrochemical) base.processes().get("deposition").law();
        RateLaw.Electrochemical law =
                (RateLaw.Electrochemical) based.processes().get("deposition").law();
        assertThat(law.kinkFraction()).isEqualTo(0.02);
        assertThat(law.activationEnergy()).isNull();
        assertThat(law.exchangeCurrentDensity()).isEqualTo(before.exchangeCurrentDensity());
        assertThat(based.protocol().steps()).hasSize(1);
        assertThat(based.figures())
                .contains(new Figure("processes.deposition.law.exchange-current-density", "0.068 mA/cm^2", "xia2022"))
                .contains(new Figure("processes.deposition.law.kink-fraction", "0.02", null));
    }

    @Test
    void shouldPutOverridesInPlace() throws ScenarioException {
        Scenario scenario = ScenarioReader.read(
                SODIUM,
                List.of(
                        "temperature=40 °C",
                        "protocol.steps.0.current-density=1 mA/cm^2",
                        "protocol.steps.1={type: rest, until: {time: 1 s}}",
                        "species.Na.molar-mass={value: 23 g/mol, source: assumed}",
                        "output.snapshots=3",
                        "title=Two = two"));
        assertThat(scenario.temperature().kelvin()).isEqualTo(313.15);
        assertThat(scenario.protocol().steps()).hasSize(2);
        assertThat(((Protocol.Galvanostatic) scenario.protocol().steps().get(0))
                        .currentDensity()
                        .amperesPerSquareMetre())
                .isEqualTo(10);
        assertThat(scenario.figures()).contains(new Figure("species.Na.molar-mass", "23 g/mol", "assumed"));
        assertThat(scenario.output().snapshots().count()).isEqualTo(3);
        assertThat(scenario.title()).isEqualTo("Two = two");
    }

    @Test
    void shouldBlameTheOverrideAndStillReportTheFile() {
        Path broken = BrokenScenarioTest.DIRECTORY.resolve("many-problems.yaml");
        assertThat(refusal(
                                broken,
                                "seed=one",
                                "protocol.steps.7.until=x",
                                "seed",
                                "output.stat=3",
                                "seed.x=3",
                                "a=[",
                                "title=")
                        .problems())
                .extracting(Problem::toString)
                .contains(
                        "--set seed=one: seed: 'one' is not a number, e.g. 7",
                        "--set protocol.steps.7.until=x: protocol.steps.7.until: '7' is not a place in a list of 1:"
                                + " expected 0 to 0, or 1 to add to it",
                        "--set title=: is not of the form key=value; e.g. --set temperature=\"313 K\"",
                        "--set seed: is not of the form key=value; e.g. --set temperature=\"313 K\"",
                        "--set output.stat=3: output.stat: 'stat' is not a key here; did you mean 'statistics'?",
                        "--set seed.x=3: seed.x: 'x' leads into a plain value",
                        broken + ":6:50: lattice.constant: '0.4291' needs a unit: e.g. 0.43 nm")
                .anyMatch(text -> text.startsWith("--set a=[: a: not valid YAML"));
    }

    @Test
    void shouldAcceptAByteOrderMarkAndLineEndsOfWindows() throws IOException, ScenarioException {
        String text = "\uFEFF" + Files.readString(SODIUM).replace("\n", "\r\n");
        Path file = Files.writeString(temporary.resolve("windows.yaml"), text);
        assertThat(ScenarioReader.read(file, List.of())).isEqualTo(ScenarioReader.read(SODIUM, List.of()));
    }

    @Test
    void shouldSayWhatIsWrongWithAFileAsAWhole() throws IOException {
        Path huge = temporary.resolve("huge.yaml");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(ScenarioReader.GREATEST_SIZE + (1 << 20));
        }
        Path binary = Files.write(temporary.resolve("binary.yaml"), new byte[] {'a', 0, 'b'});
        Path control = Files.write(temporary.resolve("control.yaml"), new byte[] {'a', 7, 'b'});
        Path latin = Files.write(temporary.resolve("latin.yaml"), "title: Å".getBytes(StandardCharsets.ISO_8859_1));
        Path empty = Files.createFile(temporary.resolve("empty.yaml"));

        assertThat(refusal(temporary.resolve("absent.yaml"))).hasMessageEndingWith("absent.yaml: no such file");
        assertThat(refusal(temporary)).hasMessageEndingWith(": is a directory, expected a scenario file");
        assertThat(refusal(huge)).hasMessageEndingWith("huge.yaml: is 2 MB, expected at most 1 MB");
        assertThat(refusal(binary)).hasMessageEndingWith(": not a text file: it holds control characters");
        assertThat(refusal(control)).hasMessageEndingWith(": not a text file: it holds control characters");
        assertThat(refusal(latin)).hasMessageEndingWith(": not a text in UTF-8");
        assertThat(refusal(empty)).hasMessageEndingWith(": the file is empty; begin with 'kossel: 1'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "[x, x, x],", "a:\n", "'x\n", "- x\n"})
    void shouldRefuseMuchOfAnythingInLittleTime(String unit) throws IOException {
        int length = (int) ScenarioReader.GREATEST_SIZE - 10;
        String text = ("a: [" + unit.repeat(length / unit.length() + 1)).substring(0, length);
        assertThat(refusal(Files.writeString(temporary.resolve("much.yaml"), text))
                        .problems())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void shouldRefuseEndlessNestingInLittleTime(String unit) throws IOException {
        Path file = Files.writeString(temporary.resolve("deep.yaml"), unit.repeat(200_000));
        assertThat(refusal(file).problems()).hasSize(1);
    }

    /** Whatever a file holds, the answer is a scenario or a ScenarioException with a position inside the file. */
    @ParameterizedTest
    @MethodSource("files")
    void shouldSurviveMutilatedFiles(Path file) throws IOException {
        String text = Files.readString(file);
        Random random = new Random(20261120);
        int refused = 0;
        for (int i = 0; i < 150; i++) {
            String mutilated = mutilated(text, random);
            long lines = mutilated.lines().count() + 1;
            try {
                ScenarioReader.read(mutilated, "mutilated", DIRECTORY, List.of());
            } catch (ScenarioException e) {
                refused++;
                assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.message()).isNotEmpty();
                    // What the base says may not fit any more, in lines of its own.
                    assertThat((long) problem.line())
                            .isBetween(0L, problem.file().equals("mutilated") ? lines : Long.MAX_VALUE);
                });
            }
        }
        assertThat(refused).isGreaterThan(50);
    }

    private static String mutilated(String text, Random random) {
        StringBuilder mutilated = new StringBuilder(text);
        if (random.nextInt(4) == 0) {
            mutilated.setLength(random.nextInt(text.length()));
        }
        String alphabet = "{}[]:,-#&*!|>'\"%@`\n\t 09eE.+aZ\u00e9\u2028\u0000";
        for (int edits = random.nextInt(4); edits >= 0 && mutilated.length() > 10; edits--) {
            int at = random.nextInt(mutilated.length() - 9);
            switch (random.nextInt(4)) {
                case 0 -> mutilated.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                case 1 -> mutilated.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                case 2 -> mutilated.delete(at, at + 1 + random.nextInt(8));
                default -> {
                    int from = random.nextInt(mutilated.length() - 9);
                    mutilated.insert(at, mutilated.substring(from, from + 9));
                }
            }
        }
        return mutilated.toString();
    }

    private static ScenarioException refusal(Path file, String... overrides) {
        return catchThrowableOfType(ScenarioException.class, () -> ScenarioReader.read(file, List.of(overrides)));
    }
}
