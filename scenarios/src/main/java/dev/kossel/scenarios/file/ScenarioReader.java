package dev.kossel.scenarios.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads scenario files: YAML 1.2, every quantity with its unit. What may stand in one is described by {@link Scenario}.
 *
 * <p>All that is wrong with a file is reported together. Stateless.
 */
public final class ScenarioReader {

    /** Greatest size of a file, bytes. */
    public static final long GREATEST_SIZE = 1L << 20;

    private static final String BASE = "base";

    private ScenarioReader() {}

    /**
     * Reads a file.
     *
     * @param overrides values put in place of the file's: {@code key.path=value}, list entries by number, as in
     *     {@code protocol.steps.0.current-density=1 mA/cm^2}; the value is YAML
     * @throws ScenarioException if there is no such file, or the scenario cannot be run
     */
    public static Scenario read(Path file, List<String> overrides) throws ScenarioException {
        Path directory = file.toAbsolutePath().getParent();
        return read(text(file), file.toString(), directory == null ? Path.of("/") : directory, overrides);
    }

    /**
     * Reads a scenario from a text.
     *
     * @param name what to call it in messages
     * @param directory what relative paths in it are relative to
     * @param overrides as in {@link #read(Path, List)}
     */
    public static Scenario read(String text, String name, Path directory, List<String> overrides)
            throws ScenarioException {
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (!(Yaml.compose(unmarked, name) instanceof MappingNode root)) {
            throw refusal(name, "not a scenario: expected keys and values", "begin with 'kossel: 1'");
        }
        List<Problem> refused = new ArrayList<>();
        Node resolved = onItsBase(root, name, directory, List.of());
        for (String override : overrides) {
            resolved = overridden(resolved, override, refused);
        }
        resolved = new ForEach(name, refused).expand(resolved);
        Document document = new Document(name);
        Scenario scenario = new Binder(document, directory).scenario((MappingNode) resolved);
        new Validator(scenario, document).validate();
        refused.addAll(document.problems());
        if (!refused.isEmpty()) {
            throw new ScenarioException(refused);
        }
        return scenario;
    }

    /** A scenario put into the one it is based on, if there is one, and so on. */
    private static MappingNode onItsBase(MappingNode root, String name, Path directory, List<String> above)
            throws ScenarioException {
        Node base = Yaml.entry(root, BASE);
        if (base == null) {
            return root;
        }
        if (!(base instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            throw refusal(name, base, "is not the name of a scenario", "write e.g. 'base: na-bare'");
        }
        String wanted = scalar.getValue().strip();
        if (above.contains(wanted) || above.size() == Yaml.GREATEST_DEPTH) {
            throw refusal(name, base, "is based on itself", "");
        }
        String text;
        Path directoryOfBase = directory;
        if (ScenarioLibrary.contains(wanted)) {
            text = ScenarioLibrary.text(wanted);
        } else if (wanted.endsWith(".yaml")) {
            Path file = directory.resolve(wanted);
            text = text(file);
            directoryOfBase = file.toAbsolutePath().normalize().getParent();
        } else {
            throw refusal(
                    name,
                    base,
                    "names no built-in scenario, and no file that ends in .yaml",
                    ScenarioLibrary.suggestion(wanted));
        }
        if (!(Yaml.compose(text, wanted) instanceof MappingNode below)) {
            throw refusal(wanted, "not a scenario: expected keys and values", "begin with 'kossel: 1'");
        }
        mark(below, Document.FILE, wanted);
        List<String> seen = new ArrayList<>(above);
        seen.add(wanted);
        MappingNode whole = onItsBase(below, wanted, directoryOfBase, seen);
        return Yaml.merged(whole, Yaml.without(root, BASE));
    }

    private static Node overridden(Node root, String override, List<Problem> refused) {
        String origin = "--set " + override;
        int equals = override.indexOf('=');
        if (equals < 1 || override.substring(equals + 1).isBlank()) {
            refused.add(new Problem(
                    origin, 0, 0, "", "", "is not of the form key=value", "e.g. --set temperature=\"313 K\""));
            return root;
        }
        String key = override.substring(0, equals).strip();
        try {
            Node value = Yaml.compose(override.substring(equals + 1), origin);
            mark(value, Document.OVERRIDE, origin);
            return Yaml.with(root, key.split("\\.", -1), 0, value);
        } catch (IllegalArgumentException e) {
            refused.add(new Problem(origin, 0, 0, key, "", String.valueOf(e.getMessage()), ""));
        } catch (ScenarioException e) {
            e.problems().forEach(p -> refused.add(new Problem(origin, 0, 0, key, "", p.message(), "")));
        }
        return root;
    }

    private static void mark(Node node, String property, String origin) {
        node.setProperty(property, origin);
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> mark(item, property, origin));
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                mark(tuple.getKeyNode(), property, origin);
                mark(tuple.getValueNode(), property, origin);
            }
        }
    }

    private static String text(Path file) throws ScenarioException {
        String name = file.toString();
        try {
            if (!Files.exists(file)) {
                throw refusal(name, "no such file", "");
            }
            if (!Files.isRegularFile(file)) {
                throw refusal(
                        name,
                        Files.isDirectory(file) ? "is a directory, expected a scenario file" : "is not a file",
                        "");
            }
            long size = Files.size(file);
            if (size > GREATEST_SIZE) {
                throw refusal(
                        name,
                        "is " + (size + (1 << 20) - 1 >> 20) + " MB, expected at most " + (GREATEST_SIZE >> 20) + " MB",
                        "");
            }
            byte[] bytes = Files.readAllBytes(file);
            for (byte b : bytes) {
                if (b == 0) {
                    throw refusal(name, "not a text file: it holds control characters", "");
                }
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refusal(name, "not a text in UTF-8", "");
        } catch (AccessDeniedException e) {
            throw refusal(name, "may not be read: permission denied", "");
        } catch (IOException e) {
            throw refusal(name, "cannot be read: " + e.getMessage(), "");
        }
    }

    private static ScenarioException refusal(String file, Node at, String message, String remedy) {
        Document document = new Document(file);
        document.report(BASE, at, message, remedy);
        return new ScenarioException(document.problems());
    }

    private static ScenarioException refusal(String file, String message, String remedy) {
        return new ScenarioException(List.of(new Problem(file, 0, 0, "", "", message, remedy)));
    }
}
