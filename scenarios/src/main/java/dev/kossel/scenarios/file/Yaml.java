package dev.kossel.scenarios.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML text into nodes, within limits that keep hostile text from exhausting memory or stack. */
final class Yaml {

    static final int GREATEST_DEPTH = 30;
    private static final int MOST_VALUES = 200_000;
    private static final int MOST_ALIASES = 200;
    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

    private final String file;
    private int visited;

    private Yaml(String file) {
        this.file = file;
    }

    /** The one document in {@code text}. */
    static Node compose(String text, String file) throws ScenarioException {
        Yaml yaml = new Yaml(file);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowNonScalarKeys(false)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        try {
            yaml.requireSmall(new Parse(settings).parseString(text));
            Node root = new Compose(settings).composeString(text).orElse(null);
            if (root == null || root.getTag().equals(Tag.NULL)) {
                throw yaml.refusal(null, "the file is empty", "begin with 'kossel: 1'");
            }
            yaml.requireTree(root, 0);
            return root;
        } catch (MarkedYamlEngineException e) {
            throw yaml.refusal(e.getProblemMark().orElse(null), "not valid YAML: " + explain(e), "");
        } catch (YamlEngineException e) {
            String message = String.valueOf(e.getMessage());
            throw yaml.refusal(
                    null,
                    message.contains("special characters")
                            ? "not a text file: it holds control characters"
                            : "not valid YAML: " + message,
                    "");
        }
    }

    /** A node that holds {@code value} like a plain word of YAML, at no position. */
    static ScalarNode scalar(String value) {
        return new ScalarNode(Tag.STR, value, ScalarStyle.PLAIN);
    }

    /** The value of {@code name} in {@code mapping}, or null. */
    static @Nullable Node entry(MappingNode mapping, String name) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (nameOf(tuple).equals(name)) {
                return tuple.getValueNode();
            }
        }
        return null;
    }

    static String nameOf(NodeTuple tuple) {
        return ((ScalarNode) tuple.getKeyNode()).getValue();
    }

    /** A copy of {@code mapping} without a key. */
    static MappingNode without(MappingNode mapping, String name) {
        List<NodeTuple> kept = new ArrayList<>(mapping.getValue());
        kept.removeIf(tuple -> nameOf(tuple).equals(name));
        return new MappingNode(
                Tag.MAP, true, kept, mapping.getFlowStyle(), mapping.getStartMark(), mapping.getEndMark());
    }

    /**
     * {@code over} put into {@code base}: a key of both has the value of {@code over}, merged where both are mappings, unless these are numbers with a source or of different {@code type};
     * {@code null} takes a key out. A key that {@code over} gives twice stays so.
     */
    static MappingNode merged(MappingNode base, MappingNode over) {
        List<NodeTuple> tuples = new ArrayList<>();
        for (NodeTuple tuple : base.getValue()) {
            Node replacement = entry(over, nameOf(tuple));
            if (replacement == null) {
                tuples.add(tuple);
            } else if (!replacement.getTag().equals(Tag.NULL)) {
                tuples.add(new NodeTuple(tuple.getKeyNode(), merged(tuple.getValueNode(), replacement)));
            }
        }
        List<String> met =
                new ArrayList<>(base.getValue().stream().map(Yaml::nameOf).toList());
        for (NodeTuple tuple : over.getValue()) {
            if (!met.remove(nameOf(tuple))) {
                tuples.add(tuple);
            }
        }
        return new MappingNode(Tag.MAP, true, tuples, over.getFlowStyle(), over.getStartMark(), over.getEndMark());
    }

    private static Node merged(Node base, Node over) {
        boolean alike = base instanceof MappingNode below
                && over instanceof MappingNode above
                && entry(above, "value") == null
                && entry(below, "value") == null
                && (entry(above, "type") == null || isSame(entry(below, "type"), entry(above, "type")));
        return alike ? merged((MappingNode) base, (MappingNode) over) : over;
    }

    private static boolean isSame(@Nullable Node a, @Nullable Node b) {
        return a instanceof ScalarNode one
                && b instanceof ScalarNode other
                && one.getValue().equals(other.getValue());
    }

    /**
     * A copy of the tree under {@code node} in which the value at {@code path}, from its {@code depth}-th name on, is {@code value}. Mappings that are
     * missing on the way are made; a list can be changed within its length or made longer by one.
     *
     * @throws IllegalArgumentException if the path leads nowhere
     */
    static Node with(@Nullable Node node, String[] path, int depth, Node value) {
        if (depth == path.length) {
            return value;
        }
        if (node instanceof SequenceNode sequence) {
            List<Node> items = new ArrayList<>(sequence.getValue());
            if (!path[depth].matches("\\d{1,6}") || Integer.parseInt(path[depth]) > items.size()) {
                throw new IllegalArgumentException("'" + path[depth] + "' is not a place in a list of " + items.size()
                        + ": expected 0 to " + (items.size() - 1) + ", or " + items.size() + " to add to it");
            }
            int index = Integer.parseInt(path[depth]);
            if (index == items.size()) {
                items.add(with(null, path, depth + 1, value));
            } else {
                items.set(index, with(items.get(index), path, depth + 1, value));
            }
            return new SequenceNode(
                    Tag.SEQ, true, items, sequence.getFlowStyle(), node.getStartMark(), node.getEndMark());
        }
        if (node == null || node instanceof MappingNode) {
            List<NodeTuple> tuples =
                    new ArrayList<>(node instanceof MappingNode mapping ? mapping.getValue() : List.of());
            int index = 0;
            while (index < tuples.size() && !nameOf(tuples.get(index)).equals(path[depth])) {
                index++;
            }
            if (index < tuples.size()) {
                NodeTuple old = tuples.get(index);
                tuples.set(index, new NodeTuple(old.getKeyNode(), with(old.getValueNode(), path, depth + 1, value)));
            } else {
                Node key = scalar(path[depth]);
                key.setProperty(Document.OVERRIDE, value.getProperty(Document.OVERRIDE));
                tuples.add(new NodeTuple(key, with(null, path, depth + 1, value)));
            }
            MappingNode made = node == null
                    ? new MappingNode(Tag.MAP, tuples, FlowStyle.AUTO)
                    : new MappingNode(Tag.MAP, true, tuples, FlowStyle.AUTO, node.getStartMark(), node.getEndMark());
            if (node == null) {
                made.setProperty(Document.OVERRIDE, value.getProperty(Document.OVERRIDE));
            }
            return made;
        }
        throw new IllegalArgumentException("'" + path[depth] + "' leads into a plain value");
    }

    private void requireSmall(Iterable<Event> events) throws ScenarioException {
        int depth = 0;
        int aliases = 0;
        int values = 0;
        for (Event event : events) {
            if (++values > MOST_VALUES) {
                throw refusal(event.getStartMark().orElse(null), "holds more than " + MOST_VALUES + " values", "");
            }
            if (event instanceof CollectionStartEvent && ++depth > GREATEST_DEPTH) {
                throw refusal(
                        event.getStartMark().orElse(null),
                        "nested more than " + GREATEST_DEPTH + " deep",
                        "no scenario needs that; is a bracket or a quote missing?");
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof AliasEvent && ++aliases > MOST_ALIASES) {
                throw refusal(event.getStartMark().orElse(null), "more than " + MOST_ALIASES + " aliases", "");
            }
        }
    }

    /** Aliases make a graph of the nodes: refuses one that would not end, or blow up, when it is gone through like a tree. */
    private void requireTree(Node node, int depth) throws ScenarioException {
        Mark mark = node.getStartMark().orElse(null);
        if (depth > GREATEST_DEPTH) {
            throw refusal(mark, "aliases nest more than " + GREATEST_DEPTH + " deep, or without end", "");
        }
        if (++visited > MOST_VALUES) {
            throw refusal(
                    mark, "holds more than " + MOST_VALUES + " values, aliases counted as what they stand for", "");
        }
        if (!PLAIN_TAGS.contains(node.getTag())) {
            throw refusal(mark, "the tag " + node.getTag() + " has no meaning in a scenario", "leave it out");
        }
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                requireTree(item, depth + 1);
            }
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode)) {
                    throw refusal(tuple.getKeyNode().getStartMark().orElse(null), "a key must be a plain word", "");
                }
                requireTree(tuple.getKeyNode(), depth + 1);
                requireTree(tuple.getValueNode(), depth + 1);
            }
        }
    }

    private ScenarioException refusal(@Nullable Mark mark, String message, String remedy) {
        return new ScenarioException(List.of(new Problem(
                file,
                mark == null ? 0 : mark.getLine() + 1,
                mark == null ? 0 : mark.getColumn() + 1,
                "",
                "",
                message,
                remedy)));
    }

    private static String explain(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem())
                .replaceAll("\\. Do not use.*|\\(Do not use.*", "")
                .strip();
        if (problem.contains("TAB")) {
            return "a tab where only spaces may be";
        }
        if (problem.contains("mapping values are not allowed")) {
            return problem + " (a text with a colon in it needs quotes; or the indentation is wrong)";
        }
        String context = e.getContext() == null ? "" : e.getContext().strip();
        return context.isEmpty() ? problem : problem + ", " + context;
    }
}
