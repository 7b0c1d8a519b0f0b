package dev.kossel.scenarios.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.file.ScenarioLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValidationSuiteTest {

    private static final List<String> FAST =
            List.of("clock", "ruin", "langmuir", "detailed-balance", "faraday", "seeds", "charge-transfer");

    static Stream<Check> fast() {
        return ValidationSuite.checks().stream().filter(check -> FAST.contains(check.name()));
    }

    static Stream<Check> others() {
        return ValidationSuite.checks().stream().filter(check -> !FAST.contains(check.name()));
    }

    @ParameterizedTest
    @MethodSource("fast")
    void shouldPass(Check check, @TempDir Path directory) throws ScenarioException, IOException {
        assertPass(check, directory);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("others")
    void shouldPassInTheNightlyBuild(Check check, @TempDir Path directory) throws ScenarioException, IOException {
        assertPass(check, directory);
    }

    private static void assertPass(Check check, Path directory) throws ScenarioException, IOException {
        Findings findings = check.run(Effort.QUICK, directory);
        assertThat(findings.measurements())
                .allSatisfy(measurement -> assertThat(measurement.verdict())
                        .as("%s: %s, expected %s", check.name(), measurement.result(), measurement.expectation())
                        .isEqualTo(Verdict.PASS));
    }

    @Test
    void shouldNameEveryCheckOnceAndUseEveryScenario() {
        assertThat(ValidationSuite.checks()).extracting(Check::name).doesNotHaveDuplicates();
        assertThat(ValidationSuite.checks()).allSatisfy(check -> {
            assertThat(check.name()).matches("[a-z0-9-]+");
            assertThat(check.law()).isNotBlank();
            assertThat(check.source()).isNotBlank();
        });
        assertThat(ScenarioLibrary.validationNames()).contains("validation/clock", "validation/cell");
    }

    @Test
    void shouldFailWhatIsTooFarOff() {
        Statistics sample = new Statistics();
        for (int n = 0; n < 100; n++) {
            sample.add(n % 2 == 0 ? 9 : 11);
        }
        // Mean 10, standard error 0.1.
        assertThat(Measurement.equal("x", 10.35, sample, 1).verdict()).isEqualTo(Verdict.PASS);
        assertThat(Measurement.equal("x", 10.45, sample, 1).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Measurement.within("x", 10.45, sample, 0.1, 1).verdict()).isEqualTo(Verdict.PASS);
        assertThat(Measurement.equal("x", 10, sample, 0.05).verdict()).isEqualTo(Verdict.IMPRECISE);
        assertThat(Measurement.equal("x", Double.NaN, sample, 1).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Measurement.exactly("x", 3, 3).verdict()).isEqualTo(Verdict.PASS);
        assertThat(Measurement.exactly("x", 3, 4).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Measurement.atLeast("x", 3, 2.9).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Measurement.atMost("x", 3, 3.1).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Measurement.signed("x", 1, sample).verdict()).isEqualTo(Verdict.PASS);
        assertThat(Measurement.signed("x", -1, sample).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void shouldTellWavesFromNoiseByKolmogorovAndSmirnov() {
        // Kolmogorov's distribution: 5 % beyond 1.358, 1 % beyond 1.628.
        assertThat(Statistics.kolmogorovProbability(1.358 / 1000, 1_000_000)).isBetween(0.049, 0.051);
        assertThat(Statistics.kolmogorovProbability(1.628 / 1000, 1_000_000)).isBetween(0.0098, 0.0102);
    }
}
