package dev.kossel.scenarios.file;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Where the keys of a scenario stand in its file, and the problems found in it so far. */
final class Document {

    /** Property of a node that an override put in: the override as written. */
    static final String OVERRIDE = "override";

    /** Property of a node of another file than the document's: the name of that file. */
    static final String FILE = "file";

    private final String file;
    private final Map<String, Node> nodes = new HashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    Document(String file) {
        this.file = file;
    }

    static String child(String key, Object name) {
        return key.isEmpty() ? name.toString() : key + "." + name;
    }

    void place(String key, Node node) {
        nodes.put(key, node);
    }

    /** Marks a value as unreadable: nothing is said about what depends on it. */
    void breakOff(String key) {
        broken.add(key);
    }

    /** Reports a problem at {@code at} with the key {@code key}. */
    void report(String key, Node at, String message, String remedy) {
        String value = at instanceof ScalarNode scalar ? shortened(scalar.getValue()) : "";
        Object override = at.getProperty(OVERRIDE);
        Optional<Mark> mark = at.getStartMark();
        if (override != null) {
            problems.add(new Problem(override.toString(), 0, 0, key, value, message, remedy));
        } else {
            Object other = at.getProperty(FILE);
            problems.add(new Problem(
                    other == null ? file : other.toString(),
                    mark.map(m -> m.getLine() + 1).orElse(0),
                    mark.map(m -> m.getColumn() + 1).orElse(0),
                    key,
                    value,
                    message,
                    remedy));
        }
    }

    /** Reports a problem with the value of {@code key}, unless what is said there could not even be read. */
    void report(String key, String message, String remedy) {
        if (!readable(key)) {
            return;
        }
        String placed = key;
        while (!nodes.containsKey(placed)) {
            placed = parent(placed);
        }
        report(key, nodes.get(placed), message, remedy);
    }

    void report(String key, String message) {
        report(key, message, "");
    }

    /** Whether {@code key}, and everything it is a part of, could be read; parts of it may not. */
    boolean readable(String key) {
        for (String above = key; !above.isEmpty(); above = parent(above)) {
            if (broken.contains(above)) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code key}, everything it is a part of and every part of it could be read. */
    boolean sound(String key) {
        return readable(key) && broken.stream().noneMatch(b -> b.startsWith(key + "."));
    }

    /** Overrides first, then in the order of the file. */
    List<Problem> problems() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .distinct()
                .toList();
    }

    private static String parent(String key) {
        return key.substring(0, Math.max(0, key.lastIndexOf('.')));
    }

    private static String shortened(String value) {
        String line = value.strip().replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 57) + "…";
    }

    /** {@code did you mean 'x'?} for the name that is nearest to {@code wrong}, or the empty text if none is near. */
    static String suggestion(String wrong, Collection<String> names) {
        String nearest = nearest(wrong, names);
        return nearest == null ? "" : "did you mean '" + nearest + "'?";
    }

    static @Nullable String nearest(String wrong, Collection<String> names) {
        String best = null;
        int least = Math.max(1, Math.min(wrong.length(), 40) / 3) + 1;
        for (String name : names) {
            boolean abbreviated = wrong.length() > 2 && name.startsWith(wrong);
            int distance = abbreviated ? 1 : editDistance(comparable(wrong), comparable(name));
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return best;
    }

    private static String comparable(String name) {
        String start = name.length() > 80 ? name.substring(0, 80) : name;
        return start.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", "-")
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[_ ]", "-");
    }

    /** Insertions, deletions, substitutions and transpositions of neighbours (optimal string alignment). */
    private static int editDistance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int substituted = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(substituted, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
