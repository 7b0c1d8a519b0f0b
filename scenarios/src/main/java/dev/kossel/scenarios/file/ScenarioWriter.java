package dev.kossel.scenarios.file;

import static dev.kossel.scenarios.file.Document.child;

import dev.kossel.scenarios.file.Scenario.Figure;
import dev.kossel.scenarios.units.Quantity;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Writes a scenario back as a file: units as given, defaults filled in, file names made absolute, overrides in place, sources kept. Reading it gives an
 * equal scenario. Comments are lost. Stateless.
 */
public final class ScenarioWriter {

    private static final int WIDTH = 110;
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setWidth(WIDTH + 40)
            .setIndent(2)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .build();

    private final Map<String, String> sources = new HashMap<>();

    private ScenarioWriter(Scenario scenario) {
        for (Figure figure : scenario.figures()) {
            if (figure.source() != null) {
                sources.put(figure.key(), figure.source());
            }
        }
    }

    /** The scenario as YAML. */
    public static String write(Scenario scenario) {
        Node root = new ScenarioWriter(scenario).mapping(scenario, "");
        String text = new Present(SETTINGS)
                .emitToString(new Serialize(SETTINGS).serializeOne(root).iterator());
        return text.endsWith("\n") ? text : text + "\n";
    }

    private Node node(Object value, String key) {
        if (value instanceof Quantity || value instanceof Number) {
            Node number = number(value instanceof Double d ? Binder.plain(d) : value.toString());
            String source = sources.get(key);
            if (source == null) {
                return number;
            }
            Map<String, Node> cited = new LinkedHashMap<>();
            cited.put("value", number);
            cited.put("source", text(source));
            return mapping(cited);
        }
        if (value instanceof EnergyBySite energy) {
            if (energy.bySiteType().isEmpty()) {
                return node(Objects.requireNonNull(energy.other()), key);
            }
            Map<String, Object> entries = new LinkedHashMap<>(energy.bySiteType());
            if (energy.other() != null) {
                entries.put(EnergyBySite.OTHER, energy.other());
            }
            return node(entries, key);
        }
        if (value instanceof Boolean) {
            return new ScalarNode(Tag.BOOL, value.toString(), ScalarStyle.PLAIN);
        }
        if (value instanceof Enum<?> constant) {
            return text(Binder.kebab(constant));
        }
        if (value instanceof LayerRange range) {
            return sequence(List.of(number(Integer.toString(range.from())), number(Integer.toString(range.to()))));
        }
        if (value instanceof List<?> list) {
            List<Node> items = new ArrayList<>();
            list.forEach(item -> items.add(node(item, child(key, items.size()))));
            return sequence(items);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Node> entries = new LinkedHashMap<>();
            map.forEach((name, entry) -> entries.put((String) name, node(entry, child(key, name))));
            return mapping(entries);
        }
        if (value.getClass().isAnnotationPresent(Text.class)) {
            return number(value.toString());
        }
        return value instanceof Record record ? mapping(record, key) : text(value.toString());
    }

    private Node mapping(Record record, String key) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (Class<?> variants : record.getClass().getInterfaces()) {
            entries.put(
                    variants.getAnnotation(Variants.class).by(),
                    text(Binder.kebab(record.getClass().getSimpleName())));
        }
        Binder.components(record.getClass()).forEach((name, component) -> {
            Object value = value(component, record);
            if (value != null) {
                Node node = node(value, child(key, name));
                if (!isEmpty(node)) {
                    entries.put(name, node);
                }
            }
        });
        return mapping(entries);
    }

    private static @Nullable Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private static boolean isEmpty(Node node) {
        return node instanceof MappingNode mapping && mapping.getValue().isEmpty()
                || node instanceof SequenceNode sequence && sequence.getValue().isEmpty()
                || node instanceof ScalarNode scalar && scalar.getValue().isEmpty();
    }

    private static Node number(String text) {
        return new ScalarNode(SETTINGS.getSchema().getScalarResolver().resolve(text, true), text, ScalarStyle.PLAIN);
    }

    private static Node text(String text) {
        return new ScalarNode(Tag.STR, text, text.contains("\n") ? ScalarStyle.LITERAL : ScalarStyle.PLAIN);
    }

    private static Node mapping(Map<String, Node> entries) {
        List<NodeTuple> tuples = new ArrayList<>();
        entries.forEach((name, node) -> tuples.add(new NodeTuple(text(name), node)));
        MappingNode block = new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
        return length(block) > WIDTH ? block : new MappingNode(Tag.MAP, tuples, FlowStyle.FLOW);
    }

    private static Node sequence(List<Node> items) {
        SequenceNode block = new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
        return length(block) > WIDTH ? block : new SequenceNode(Tag.SEQ, items, FlowStyle.FLOW);
    }

    /** The width of a node on one line, or more than any line if it cannot be on one. */
    private static int length(Node node) {
        int length = 2;
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().contains("\n")
                    ? WIDTH + 1
                    : scalar.getValue().length();
        }
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                length += 2 + length(item);
            }
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                length += 4 + length(tuple.getKeyNode()) + length(tuple.getValueNode());
            }
        }
        return length;
    }
}
