package dev.kossel.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForEachTest {

    private static Scenario read(String processes, String... overrides) throws ScenarioException {
        String yaml = """
                kossel: 1
                title: Steps
                lattice: {type: sc, constant: 0.3 nm, size: [8, 8, 8]}
                species:
                  vacant: {phase: vacant}
                  M: {phase: metal}
                  A2: {phase: ion}
                  A1: {phase: ion}
                  A0: {phase: ion}
                processes:
                %s
                protocol: {steps: [{type: rest, until: {time: 1 s}}]}
                """.formatted(processes.indent(2).stripTrailing());
        return ScenarioReader.read(yaml, "steps.yaml", Path.of("/"), List.of(overrides));
    }

    private static final String STEPS = """
            lose:
              for-each: {FROM: [A2, A1], TO: [A1, A0]}
              reaction: FROM <-> TO
              where: [{species: [M, FROM], at-most: 2}]
              law: {type: constant, rate: 3 /s}
            hop:
              for-each: {ION: [A2, A1, A0]}
              reaction: ION + vacant -> vacant + ION
              law: {type: constant, rate: 1 /s}
            plain: {reaction: M -> vacant, law: {type: constant, rate: 1 /s}}""";

    @Test
    void shouldWriteAProcessOutForEveryName() throws ScenarioException {
        Scenario scenario = read(STEPS);
        assertThat(scenario.processes().keySet())
                .containsExactly("lose-A2", "lose-A1", "hop-A2", "hop-A1", "hop-A0", "plain");
        ElementaryProcess second = scenario.processes().get("lose-A1");
        assertThat(String.valueOf(second.reaction())).isEqualTo("A1 <-> A0");
        assertThat(second.where().get(0).species()).containsExactly("M", "A1");
        assertThat(second.forEach()).isEmpty();
        assertThat(String.valueOf(scenario.processes().get("hop-A0").reaction()))
                .isEqualTo("A0 + vacant -> vacant + A0");
    }

    @Test
    void shouldTakeOverridesBeforeItWrites() throws ScenarioException {
        assertThat(read(STEPS, "processes.hop.for-each.ION=[A2]").processes().keySet())
                .contains("hop-A2")
                .doesNotContain("hop-A0");
    }

    @Test
    void shouldReportListsOfDifferentLengthsWithTheirPlace() {
        assertThatThrownBy(() -> read(STEPS.replace("[A1, A0]", "[A1]")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("steps.yaml:12:")
                .hasMessageContaining("for-each.TO")
                .hasMessageContaining("has 1 names, and the list before it 2");
    }

    @Test
    void shouldReportAProblemWhereTheFileHasIt() {
        assertThatThrownBy(() -> read(STEPS.replace("ION: [A2, A1, A0]", "ION: [A2, A9]")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("steps.yaml:18:")
                .hasMessageContaining("A9");
    }
}
