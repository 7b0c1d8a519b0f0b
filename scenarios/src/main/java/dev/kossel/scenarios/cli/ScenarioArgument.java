package dev.kossel.scenarios.cli;

import dev.kossel.scenarios.MemoryNeed;
import dev.kossel.scenarios.Model;
import dev.kossel.scenarios.SimulationAssembler;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.file.ScenarioLibrary;
import dev.kossel.scenarios.file.ScenarioReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The scenario that a command works on, with what the command line changes in it. */
final class ScenarioArgument {

    @Parameters(
            index = "0",
            paramLabel = "SCENARIO",
            description = "A built-in scenario (see kossel list) or a scenario file.")
    private String scenario;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Replace a value of the scenario; may be given again. Entries of lists go by number, from 0: "
                    + "protocol.steps.0.current-density=\"1 mA/cm^2\".")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the random numbers; short for --set seed=N.")
    private @Nullable Long seed;

    /** What to call it: the name of a built-in scenario, or of the file without its ending. */
    String name() {
        return isBuiltIn()
                ? scenario.replace('/', '-')
                : Path.of(scenario)
                        .toAbsolutePath()
                        .normalize()
                        .getFileName()
                        .toString()
                        .replaceFirst("\\.ya?ml$", "");
    }

    private boolean isBuiltIn() {
        return ScenarioLibrary.contains(scenario);
    }

    /** @throws CommandFailure with all that is wrong with it */
    Scenario read() {
        List<String> changes = new ArrayList<>(overrides);
        if (seed != null) {
            changes.add("seed=" + seed);
        }
        return read(scenario, changes);
    }

    /**
     * Reads a built-in scenario or a file.
     *
     * @throws CommandFailure with all that is wrong with it
     */
    static Scenario read(String scenario, List<String> changes) {
        try {
            if (ScenarioLibrary.contains(scenario)) {
                return ScenarioLibrary.read(scenario, changes);
            }
            Path file = Path.of(scenario);
            if (!Files.exists(file) && !scenario.matches(".*(/|\\.ya?ml$).*")) {
                String meant = ScenarioLibrary.suggestion(scenario);
                throw CommandFailure.usage("no file and no built-in scenario is named '" + scenario + "'"
                        + (meant.isEmpty() ? "; built in are " : "; " + meant + " Built in are ")
                        + String.join(", ", ScenarioLibrary.names()));
            }
            return ScenarioReader.read(file, changes);
        } catch (ScenarioException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The model, once it is clear that there is memory enough.
     *
     * @param recorded whether it is to be run with its observers
     * @throws CommandFailure if the scenario cannot be carried out, or not in this memory
     */
    Model model(boolean recorded) {
        Scenario read = read();
        try {
            MemoryNeed need = MemoryNeed.of(read);
            Memory.require(name(), need.siteCount(), recorded ? need.bytes() : need.simulationBytes());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(scenario + ": " + e.getMessage());
        }
        return model(scenario, read);
    }

    /**
     * @param name of the scenario, for the message
     * @throws CommandFailure if the scenario cannot be carried out
     */
    static Model model(String name, Scenario read) {
        try {
            return SimulationAssembler.model(read);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(name + ": " + e.getMessage());
        }
    }
}
