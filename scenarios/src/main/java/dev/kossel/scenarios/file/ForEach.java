package dev.kossel.scenarios.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Writes processes out that a file states once for several names:
 *
 * <pre>
 *   strip:
 *     for-each: {A: [Zn6, Zn5], B: [Zn5, Zn4]}
 *     reaction: A &lt;-&gt; B
 * </pre>
 *
 * stands for {@code strip-Zn6} with {@code Zn6 <-> Zn5} and {@code strip-Zn5} with {@code Zn5 <-> Zn4}. Where a name of {@code for-each} stands as a whole word in the rest of the process, its value is
 * put; positions in the file stay those of the original. What is not of this form is left as it is, for the binder to report.
 */
final class ForEach {

    static final String KEY = "for-each";
    private static final String PROCESSES = "processes";
    private static final Pattern WORD = Pattern.compile("[^\\s,:;=<>|&#\"\\[\\]{}]+");

    private final String file;
    private final List<Problem> problems;

    /** @param problems receives what is wrong */
    ForEach(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    Node expand(Node root) {
        if (!(root instanceof MappingNode top) || !(Yaml.entry(top, PROCESSES) instanceof MappingNode processes)) {
            return root;
        }
        List<NodeTuple> written = new ArrayList<>();
        boolean any = false;
        for (NodeTuple process : processes.getValue()) {
            Map<String, List<Node>> values = values(process);
            any |= !values.isEmpty();
            if (values.isEmpty()) {
                written.add(process);
            } else {
                List<Node> first = values.values().iterator().next();
                for (int n = 0; n < first.size(); n++) {
                    written.add(write(process, values, n));
                }
            }
        }
        return any ? Yaml.with(root, new String[] {PROCESSES}, 0, copy(processes, written)) : root;
    }

    /** The lists of a process, of one length; empty where there are none, or where they are wrong. */
    private Map<String, List<Node>> values(NodeTuple process) {
        Map<String, List<Node>> values = new LinkedHashMap<>();
        if (!(process.getValueNode() instanceof MappingNode mapping)
                || !(Yaml.entry(mapping, KEY) instanceof MappingNode lists)) {
            return values;
        }
        int length = -1;
        for (NodeTuple list : lists.getValue()) {
            String name = Yaml.nameOf(list);
            if (!(list.getValueNode() instanceof SequenceNode sequence)
                    || sequence.getValue().isEmpty()) {
                report(process, list, "is not a list of names, e.g. [Zn6, Zn5]");
                return Map.of();
            }
            if (length >= 0 && sequence.getValue().size() != length) {
                report(
                        process,
                        list,
                        "has " + sequence.getValue().size() + " names, and the list before it " + length
                                + ": they are gone through side by side");
                return Map.of();
            }
            length = sequence.getValue().size();
            for (Node item : sequence.getValue()) {
                if (!(item instanceof ScalarNode)) {
                    report(process, list, "holds something that is not a name");
                    return Map.of();
                }
            }
            values.put(name, sequence.getValue());
        }
        return values;
    }

    private void report(NodeTuple process, NodeTuple list, String message) {
        int[] place = list.getKeyNode()
                .getStartMark()
                .map(mark -> new int[] {mark.getLine() + 1, mark.getColumn() + 1})
                .orElse(new int[2]);
        String key = PROCESSES + "." + Yaml.nameOf(process) + "." + KEY + "." + Yaml.nameOf(list);
        problems.add(new Problem(file, place[0], place[1], key, "", message, ""));
    }

    private static NodeTuple write(NodeTuple process, Map<String, List<Node>> values, int n) {
        MappingNode mapping = (MappingNode) process.getValueNode();
        List<NodeTuple> kept = mapping.getValue().stream()
                .filter(entry -> !Yaml.nameOf(entry).equals(KEY))
                .map(entry -> new NodeTuple(entry.getKeyNode(), put(entry.getValueNode(), values, n)))
                .toList();
        String own = text(values.values().iterator().next().get(n));
        ScalarNode key = (ScalarNode) process.getKeyNode();
        return new NodeTuple(copy(key, key.getValue() + "-" + own), copy(mapping, kept));
    }

    private static Node put(Node node, Map<String, List<Node>> values, int n) {
        if (node instanceof SequenceNode sequence) {
            List<Node> items = sequence.getValue().stream()
                    .map(item -> put(item, values, n))
                    .toList();
            return marked(
                    node,
                    new SequenceNode(
                            node.getTag(),
                            true,
                            items,
                            sequence.getFlowStyle(),
                            node.getStartMark(),
                            node.getEndMark()));
        } else if (node instanceof MappingNode mapping) {
            return copy(
                    mapping,
                    mapping.getValue().stream()
                            .map(entry -> new NodeTuple(entry.getKeyNode(), put(entry.getValueNode(), values, n)))
                            .toList());
        } else if (node instanceof ScalarNode scalar) {
            String text = WORD.matcher(scalar.getValue())
                    .replaceAll(word -> Matcher.quoteReplacement(
                            values.containsKey(word.group())
                                    ? text(values.get(word.group()).get(n))
                                    : word.group()));
            return copy(scalar, text);
        }
        return node;
    }

    private static String text(Node name) {
        return ((ScalarNode) name).getValue();
    }

    private static Node copy(MappingNode of, List<NodeTuple> entries) {
        return marked(
                of, new MappingNode(of.getTag(), true, entries, of.getFlowStyle(), of.getStartMark(), of.getEndMark()));
    }

    private static Node copy(ScalarNode of, String text) {
        return marked(
                of, new ScalarNode(of.getTag(), true, text, of.getScalarStyle(), of.getStartMark(), of.getEndMark()));
    }

    private static Node marked(Node original, Node copy) {
        Object override = original.getProperty(Document.OVERRIDE);
        if (override != null) {
            copy.setProperty(Document.OVERRIDE, override);
        }
        return copy;
    }
}
