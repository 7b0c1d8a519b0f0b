package dev.kossel.scenarios.file;

import static dev.kossel.scenarios.file.Document.child;

import dev.kossel.scenarios.file.Scenario.Figure;
import dev.kossel.scenarios.units.Measure;
import dev.kossel.scenarios.units.Quantity;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads nodes of YAML into the records of this package, as the {@link Key} annotations of their components say.
 *
 * <p>Never stops at a problem: a value that cannot be read is reported, marked as broken in the document and replaced by the key's example, so that
 * the rest of the file can be read and checked too. Single-threaded, used once.
 */
final class Binder {

    /** What names may look like: those of species, site types, processes and references. */
    static final Pattern NAME = Pattern.compile("\\p{L}[^\\s.,:;=<>|&#\"\\[\\]{}]{0,63}");

    static final String NAME_RULE =
            "a letter, then up to 63 characters without spaces, dots, commas, colons, brackets and the like";

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final String VALUE = "value";
    private static final String SOURCE = "source";

    private final Document document;
    private final Path directory;
    private final List<Figure> figures = new ArrayList<>();

    /** The source of figures that give none: {@code default} while fallbacks are read. */
    private @Nullable String impliedSource;

    /** @param directory what relative paths in the file are relative to */
    Binder(Document document, Path directory) {
        this.document = document;
        this.directory = directory;
    }

    /** A component of a record as the target of a value: its description and the whole of its type. */
    record Slot(Key key, AnnotatedType type) {}

    Scenario scenario(MappingNode root) {
        Scenario scenario = (Scenario) record(Scenario.class, root, "", null);
        return scenario.withFigures(List.copyOf(figures));
    }

    /** Reads {@code node} as the value of {@code key}, where {@code type} is the type of {@code slot} or a part of it. */
    private Object value(Node node, AnnotatedType type, Slot slot, String key) {
        place(key, node);
        Class<?> raw = raw(type);
        if (node.getTag().equals(Tag.NULL)) {
            return broken(raw, slot, key, node, "is empty: give a value, e.g. " + slot.key.example());
        }
        if (raw == List.class) {
            return list(node, ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[0], slot, key);
        }
        if (raw == Map.class) {
            return map(node, ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[1], slot, key);
        }
        if (raw == EnergyBySite.class) {
            return energyBySite(node, slot, key);
        }
        if (raw == LayerRange.class) {
            return layerRange(node, slot, key);
        }
        if (raw.isSealed()) {
            return variant(raw, node, slot, key);
        }
        if (raw.isRecord() && !raw.isAnnotationPresent(Text.class)) {
            return node instanceof MappingNode mapping
                    ? record(raw, mapping, key, null)
                    : broken(raw, slot, key, node, "is not a mapping, e.g. " + slot.key.example());
        }
        Node cited = node;
        String source = impliedSource;
        if (isNumeric(raw) && node instanceof MappingNode mapping) {
            Node value = Yaml.entry(mapping, VALUE);
            if (value != null) {
                cited = value;
                source = source(mapping, key);
            }
        }
        if (!(cited instanceof ScalarNode scalar)) {
            return broken(raw, slot, key, cited, "is not a single value, e.g. " + slot.key.example());
        }
        if (cited != node) {
            place(key, cited);
        }
        Object bound = scalar(scalar, raw, type, slot, key);
        if (isNumeric(raw) && (cited != node && source != null || slot.key.physical()) && document.sound(key)) {
            figures.add(new Figure(key, bound instanceof Double number ? plain(number) : bound.toString(), source));
        }
        return bound;
    }

    private static boolean isNumeric(Class<?> raw) {
        return raw == Quantity.class || raw.isPrimitive() && raw != boolean.class || Number.class.isAssignableFrom(raw);
    }

    private @Nullable String source(MappingNode mapping, String key) {
        for (NodeTuple tuple : mapping.getValue()) {
            String name = Yaml.nameOf(tuple);
            if (!name.equals(VALUE) && !name.equals(SOURCE)) {
                document.report(
                        child(key, name),
                        tuple.getKeyNode(),
                        "is not a key of a number: expected value and source",
                        "");
            }
        }
        Node source = Yaml.entry(mapping, SOURCE);
        if (source == null) {
            return impliedSource;
        }
        place(child(key, SOURCE), source);
        if (source instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            return scalar.getValue().strip();
        }
        document.report(child(key, SOURCE), source, "is not a text", "");
        return impliedSource;
    }

    private Object scalar(ScalarNode node, Class<?> raw, AnnotatedType type, Slot slot, String key) {
        String text = node.getValue().strip();
        if (raw == String.class) {
            return text;
        }
        if (raw == boolean.class) {
            if (!text.equals("true") && !text.equals("false")) {
                return broken(raw, slot, key, node, "is neither true nor false");
            }
            return Boolean.valueOf(text);
        }
        if (raw.isEnum()) {
            return constant(node, raw, slot, key);
        }
        if (raw == Path.class) {
            try {
                return directory.resolve(text).toAbsolutePath().normalize();
            } catch (InvalidPathException e) {
                return broken(raw, slot, key, node, "is not the name of a file");
            }
        }
        try {
            if (raw == Quantity.class) {
                Quantity quantity = Quantity.parse(text, measure(type));
                Measure measure = quantity.measure();
                return inRange(
                        quantity.base(),
                        quantity,
                        raw,
                        slot,
                        key,
                        node,
                        " " + measure.unit().symbol());
            }
            if (raw.isAnnotationPresent(Text.class)) {
                return parse(raw, text);
            }
        } catch (IllegalArgumentException e) {
            return broken(raw, slot, key, node, String.valueOf(e.getMessage()));
        }
        return number(node, text, raw, slot, key);
    }

    private Object number(ScalarNode node, String text, Class<?> raw, Slot slot, String key) {
        if (!NUMBER.matcher(text).matches() || text.length() > 60) {
            return broken(raw, slot, key, node, "is not a number, e.g. " + slot.key.example());
        }
        double magnitude = Double.parseDouble(text);
        if (raw == double.class || raw == Double.class) {
            if (Double.isInfinite(magnitude)) {
                return broken(raw, slot, key, node, "is beyond what a number can hold");
            }
            return inRange(magnitude, magnitude, raw, slot, key, node, "");
        }
        boolean isInt = raw == int.class || raw == Integer.class;
        if (Math.abs(magnitude) > (isInt ? Integer.MAX_VALUE : 9e18)) {
            return broken(
                    raw, slot, key, node, "is too large: expected at most " + (isInt ? Integer.MAX_VALUE : "9e18"));
        }
        BigDecimal decimal = new BigDecimal(text);
        if (decimal.stripTrailingZeros().scale() > 0) {
            return broken(raw, slot, key, node, "is not a whole number, e.g. " + slot.key.example());
        }
        Object number = isInt ? (Object) decimal.intValueExact() : (Object) decimal.longValueExact();
        return inRange(magnitude, number, raw, slot, key, node, "");
    }

    private Object inRange(
            double magnitude, Object bound, Class<?> raw, Slot slot, String key, Node node, String unit) {
        Key range = slot.key;
        if (magnitude < range.min() || magnitude > range.max() || range.aboveMin() && magnitude == range.min()) {
            return broken(raw, slot, key, node, "is out of range: expected " + range(range, unit));
        }
        return bound;
    }

    /** {@code at least 1 K and at most 5000 K}. */
    static String range(Key key, String unit) {
        if (key.min() == key.max()) {
            return plain(key.min()) + unit;
        }
        List<String> parts = new ArrayList<>();
        if (key.min() != Double.NEGATIVE_INFINITY) {
            parts.add((key.aboveMin() ? "more than " : "at least ") + plain(key.min()) + unit);
        }
        if (key.max() != Double.POSITIVE_INFINITY) {
            parts.add("at most " + plain(key.max()) + unit);
        }
        return String.join(" and ", parts);
    }

    static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private Object constant(ScalarNode node, Class<?> raw, Slot slot, String key) {
        List<String> names = new ArrayList<>();
        for (Object constant : raw.getEnumConstants()) {
            String name = kebab((Enum<?>) constant);
            names.add(name);
            if (name.equals(node.getValue().strip())) {
                return constant;
            }
        }
        return broken(
                raw,
                slot,
                key,
                node,
                "is not one of " + String.join(", ", names),
                Document.suggestion(node.getValue().strip(), names));
    }

    private Object list(Node node, AnnotatedType element, Slot slot, String key) {
        if (!(node instanceof SequenceNode sequence)) {
            return broken(List.class, slot, key, node, "is not a list, e.g. " + slot.key.example());
        }
        List<Object> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(value(item, element, slot, child(key, items.size())));
        }
        int count = slot.key.count();
        if (count >= 0 && items.size() != count) {
            return broken(
                    List.class,
                    slot,
                    key,
                    node,
                    "has " + items.size() + " entries, expected " + count + ", e.g. " + slot.key.example());
        }
        return Collections.unmodifiableList(items);
    }

    private Object map(Node node, AnnotatedType element, Slot slot, String key) {
        if (!(node instanceof MappingNode mapping)) {
            return broken(Map.class, slot, key, node, "is not a mapping, e.g. " + slot.key.example());
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = Yaml.nameOf(tuple);
            if (!NAME.matcher(name).matches()) {
                document.report(child(key, name), tuple.getKeyNode(), "is not a name: expected " + NAME_RULE, "");
            }
            if (entries.containsKey(name)) {
                document.report(child(key, name), tuple.getKeyNode(), "is given twice", "");
            } else {
                entries.put(name, value(tuple.getValueNode(), element, slot, child(key, name)));
            }
        }
        return Collections.unmodifiableMap(entries);
    }

    private Object energyBySite(Node node, Slot slot, String key) {
        if (!(node instanceof MappingNode mapping) || Yaml.entry(mapping, VALUE) != null) {
            return new EnergyBySite((Quantity) value(node, EnergyBySite.UNIFORM, slot, key), Map.of());
        }
        Map<String, Quantity> bySiteType = new LinkedHashMap<>();
        ((Map<?, ?>) map(node, EnergyBySite.UNIFORM, slot, key))
                .forEach((name, energy) -> bySiteType.put((String) name, (Quantity) energy));
        Quantity other = bySiteType.remove(EnergyBySite.OTHER);
        return new EnergyBySite(other, Collections.unmodifiableMap(bySiteType));
    }

    private Object layerRange(Node node, Slot slot, String key) {
        if (node instanceof SequenceNode sequence && sequence.getValue().size() == 2) {
            List<Integer> ends = new ArrayList<>();
            for (Node end : sequence.getValue()) {
                if (end instanceof ScalarNode scalar && scalar.getValue().matches("\\d{1,9}")) {
                    ends.add(Integer.valueOf(scalar.getValue()));
                }
            }
            if (ends.size() == 2 && ends.get(0) <= ends.get(1)) {
                return new LayerRange(ends.get(0), ends.get(1));
            }
        }
        return broken(
                LayerRange.class,
                slot,
                key,
                node,
                "is not a range of layers [first, last], e.g. " + slot.key.example());
    }

    private Object variant(Class<?> raw, Node node, Slot slot, String key) {
        String by = raw.getAnnotation(Variants.class).by();
        Map<String, Class<?>> variants = variants(raw);
        if (!(node instanceof MappingNode mapping)) {
            return broken(raw, slot, key, node, "is not a mapping, e.g. " + slot.key.example());
        }
        Node name = Yaml.entry(mapping, by);
        if (name == null) {
            return broken(
                    raw, slot, key, node, "'" + by + "' is missing: one of " + String.join(", ", variants.keySet()));
        }
        String given = name instanceof ScalarNode scalar ? scalar.getValue() : "";
        Class<?> variant = variants.get(given);
        if (variant == null) {
            document.report(
                    child(key, by),
                    name,
                    "is not one of " + String.join(", ", variants.keySet()),
                    Document.suggestion(given, variants.keySet()));
            return broken(raw, slot, key);
        }
        return record(variant, mapping, key, by);
    }

    /** Reads a mapping into a record; {@code discriminator} is a key that is no component. */
    private Object record(Class<?> type, MappingNode mapping, String key, @Nullable String discriminator) {
        place(key, mapping);
        Map<String, RecordComponent> components = components(type);
        Set<String> free = new TreeSet<>(components.keySet());
        mapping.getValue().forEach(tuple -> free.remove(Yaml.nameOf(tuple)));
        Map<String, Node> given = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = Yaml.nameOf(tuple);
            if (given.putIfAbsent(name, tuple.getValueNode()) != null) {
                document.report(child(key, name), tuple.getKeyNode(), "is given twice", "");
            } else if (!components.containsKey(name) && !name.equals(discriminator)) {
                String meant = Document.nearest(name, free);
                if (meant != null) {
                    free.remove(meant);
                    document.breakOff(child(key, meant));
                }
                String alike = Document.nearest(name, components.keySet());
                String remedy = meant != null
                        ? "did you mean '" + meant + "'?"
                        : alike != null ? "did you mean '" + alike + "', which is given too?" : "";
                document.report(
                        child(key, name),
                        tuple.getKeyNode(),
                        remedy.isEmpty()
                                ? "is not a key here: expected " + String.join(", ", components.keySet())
                                : "is not a key here",
                        remedy);
            }
        }
        List<@Nullable Object> arguments = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Key annotation = component.getAnnotation(Key.class);
            arguments.add(annotation == null ? List.of() : argument(component, annotation, mapping, given, free, key));
        }
        return construct(type, arguments.toArray());
    }

    private @Nullable Object argument(
            RecordComponent component,
            Key annotation,
            Node mapping,
            Map<String, Node> given,
            Set<String> free,
            String in) {
        String name = kebab(component.getName());
        String key = child(in, name);
        Slot slot = new Slot(annotation, component.getAnnotatedType());
        Node node = given.get(name);
        if (node != null) {
            return value(node, slot.type, slot, key);
        }
        if (!annotation.fallback().isEmpty()) {
            String outer = impliedSource;
            impliedSource = "default";
            Object fallback = value(yaml(annotation.fallback()), slot.type, slot, key);
            impliedSource = outer;
            return fallback;
        }
        if (isOptional(component)) {
            return null;
        }
        boolean misspelt = !free.contains(name);
        if (!misspelt) {
            document.report(key, mapping, "is missing", "add e.g. '" + name + ": " + annotation.example() + "'");
        }
        return broken(raw(slot.type), slot, key);
    }

    private Object broken(Class<?> raw, Slot slot, String key, Node node, String message) {
        return broken(raw, slot, key, node, message, "");
    }

    private Object broken(Class<?> raw, Slot slot, String key, Node node, String message, String remedy) {
        document.report(key, node, message, remedy);
        return broken(raw, slot, key);
    }

    /** Marks {@code key} as broken and stands in for it: the example of the slot, or the part of it that is of type {@code raw}. */
    private Object broken(Class<?> raw, Slot slot, String key) {
        document.breakOff(key);
        Object example = value(slot.key.example(), slot.type, slot.key, new Document("example"));
        while (!(raw.isInstance(example)
                || raw.isPrimitive() && !(example instanceof Iterable || example instanceof Map))) {
            if (example instanceof List<?> list) {
                example = list.get(0);
            } else if (example instanceof Map<?, ?> map) {
                example = map.values().iterator().next();
            } else {
                example = ((EnergyBySite) example)
                        .bySiteType()
                        .values()
                        .iterator()
                        .next();
            }
        }
        return example;
    }

    /** Reads a text as the value of a key. */
    static Object value(String yaml, AnnotatedType type, Key key, Document document) {
        return new Binder(document, Path.of("")).value(yaml(yaml), type, new Slot(key, type), "");
    }

    private void place(String key, Node node) {
        if (impliedSource == null) {
            document.place(key, node);
        }
    }

    private static Node yaml(String text) {
        try {
            return Yaml.compose(text, "an annotation");
        } catch (ScenarioException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The components of {@code type} that are keys, by name. */
    static Map<String, RecordComponent> components(Class<?> type) {
        Map<String, RecordComponent> components = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(Key.class)) {
                components.put(kebab(component.getName()), component);
            }
        }
        return components;
    }

    /** The records of a sealed interface, by name. */
    static Map<String, Class<?>> variants(Class<?> type) {
        Map<String, Class<?>> variants = new LinkedHashMap<>();
        for (Class<?> variant : type.getPermittedSubclasses()) {
            variants.put(kebab(variant.getSimpleName()), variant);
        }
        return variants;
    }

    static boolean isOptional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    static Measure measure(AnnotatedType type) {
        return type.getAnnotation(Of.class).value();
    }

    static Class<?> raw(AnnotatedType type) {
        return (Class<?>) (type.getType() instanceof ParameterizedType generic ? generic.getRawType() : type.getType());
    }

    /** {@code exchangeCurrentDensity} → {@code exchange-current-density}. */
    static String kebab(String name) {
        return HUMP.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Object construct(Class<?> type, @Nullable Object[] arguments) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made of " + Arrays.toString(arguments), e);
        }
    }

    private static Object parse(Class<?> type, String text) {
        try {
            return type.getMethod("parse", String.class).invoke(null, text);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(type + " cannot read '" + text + "'", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no parse(String)", e);
        }
    }
}
