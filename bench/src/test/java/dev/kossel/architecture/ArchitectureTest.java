package dev.kossel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules over the compiled classes. A rule that finds no class to check fails as well. */
class ArchitectureTest {

    private static final String ROOT = "dev.kossel";
    private static final String VIOLATIONS = "dev.kossel.architecture.violations";

    private static final ImportOption NOT_GENERATED = location -> !location.contains("jmh_generated");

    private static final JavaClasses KOSSEL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(NOT_GENERATED)
            .importPackages(ROOT);
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(VIOLATIONS);

    @ParameterizedTest
    @EnumSource
    void shouldHold(ArchitectureRule rule) {
        rule.below(ROOT).check(KOSSEL);
    }

    @ParameterizedTest
    @MethodSource
    void shouldCatch(ArchitectureRule rule, Class<?> violator) {
        assertThat(rule.below(VIOLATIONS).evaluate(BROKEN).getFailureReport().getDetails())
                .anySatisfy(violation -> assertThat(violation).contains(violator.getName()));
    }

    static Stream<Arguments> shouldCatch() {
        return Stream.of(ArchitectureRule.values())
                .flatMap(rule -> rule.violators().stream().map(type -> Arguments.of(rule, type)));
    }

    @Test
    void shouldShowEveryRuleToBeAbleToFail() {
        assertThat(ArchitectureRule.values())
                .allSatisfy(rule -> assertThat(rule.violators()).isNotEmpty());
    }
}
