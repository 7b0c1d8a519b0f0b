package dev.kossel.scenarios.file;

import dev.kossel.scenarios.units.Measure;
import dev.kossel.scenarios.units.Quantity;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema of scenario files, for editors, made from the records and their annotations. */
final class ScenarioSchema {

    private static final String NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";

    /** Definitions by name, each made when it is first referred to. */
    private final Map<String, Object> definitions = new TreeMap<>();

    /** The schema as text. */
    static String write() {
        ScenarioSchema schema = new ScenarioSchema();
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "Kossel scenario");
        Map<String, Object> whole = schema.object(Scenario.class, null, "");
        root.put("description", whole.remove("description"));
        // What is put into another scenario may leave out anything anywhere.
        root.put("if", Map.of("required", List.of("base")));
        root.put("then", Map.of("type", "object"));
        root.put("else", whole);
        root.put("$defs", schema.definitions);
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private Map<String, Object> object(Class<?> type, @Nullable String discriminator, String name) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        if (discriminator != null) {
            properties.put(discriminator, Map.of("const", name));
            required.add(discriminator);
        }
        Binder.components(type).forEach((key, component) -> {
            properties.put(key, property(component));
            if (component.getAnnotation(Key.class).fallback().isEmpty() && !Binder.isOptional(component)) {
                required.add(key);
            }
        });
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("description", type.getAnnotation(Doc.class).value());
        object.put("type", "object");
        object.put("properties", properties);
        object.put("required", required);
        object.put("additionalProperties", false);
        return object;
    }

    private Map<String, Object> property(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        Map<String, Object> property = new LinkedHashMap<>();
        property.put(
                "description",
                key.value() + " Example: " + key.example()
                        + (key.fallback().isEmpty() ? "" : " Default: " + key.fallback()));
        property.putAll(value(component.getAnnotatedType(), key));
        return property;
    }

    private Map<String, Object> value(AnnotatedType type, Key key) {
        Class<?> raw = Binder.raw(type);
        if (raw == List.class) {
            Map<String, Object> list =
                    new LinkedHashMap<>(Map.of("type", "array", "items", value(argument(type, 0), key)));
            if (key.count() >= 0) {
                list.put("minItems", key.count());
                list.put("maxItems", key.count());
            }
            return new TreeMap<>(list);
        }
        if (raw == Map.class) {
            return names(value(argument(type, 1), key));
        }
        if (raw == EnergyBySite.class) {
            Map<String, Object> energy = value(EnergyBySite.UNIFORM, key);
            return Map.of("anyOf", List.of(energy, names(energy)));
        }
        if (raw == LayerRange.class) {
            Map<String, Object> layer = new TreeMap<>(Map.of("type", "integer", "minimum", 0));
            return new TreeMap<>(Map.of("type", "array", "items", layer, "minItems", 2, "maxItems", 2));
        }
        if (raw == Quantity.class) {
            return quantity(Binder.measure(type));
        }
        if (raw == boolean.class) {
            return Map.of("type", "boolean");
        }
        if (raw.isEnum()) {
            List<String> names = new ArrayList<>();
            for (Object constant : raw.getEnumConstants()) {
                names.add(Binder.kebab((Enum<?>) constant));
            }
            return Map.of("enum", names);
        }
        if (raw == String.class || raw == Path.class) {
            // A word that looks like a number or a truth value is still a word: orientation: 100.
            return Map.of("type", List.of("string", "number", "boolean"));
        }
        if (raw.isAnnotationPresent(Text.class)) {
            return Map.of("type", List.of("string", "integer"));
        }
        if (raw.isSealed() || raw.isRecord()) {
            return structure(raw);
        }
        return number(raw, key);
    }

    private Map<String, Object> number(Class<?> raw, Key key) {
        Map<String, Object> number = new LinkedHashMap<>();
        number.put("type", raw == double.class || raw == Double.class ? "number" : "integer");
        if (key.min() != Double.NEGATIVE_INFINITY) {
            number.put(key.aboveMin() ? "exclusiveMinimum" : "minimum", key.min());
        }
        if (key.max() != Double.POSITIVE_INFINITY) {
            number.put("maximum", key.max());
        }
        return cited(number);
    }

    private Map<String, Object> quantity(Measure measure) {
        String name = measure.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        definitions.computeIfAbsent(name, n -> {
            Map<String, Object> text = new LinkedHashMap<>();
            text.put("description", measure.noun() + " with its unit, e.g. " + measure.example());
            text.put("type", "string");
            text.put("pattern", "^\\s*" + NUMBER + "\\s*[^\\s0-9].*$");
            return cited(text);
        });
        return reference(name);
    }

    /** A plain value, or {@code {value: …, source: …}}. */
    private static Map<String, Object> cited(Map<String, Object> plain) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("value", plain);
        properties.put("source", Map.of("type", "string"));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put("required", List.of("value"));
        object.put("additionalProperties", false);
        return Map.of("anyOf", List.of(plain, object));
    }

    private static Map<String, Object> names(Map<String, Object> values) {
        Map<String, Object> names = new LinkedHashMap<>();
        names.put("type", "object");
        names.put("additionalProperties", values);
        return names;
    }

    private Map<String, Object> structure(Class<?> type) {
        String name = Binder.kebab(type.getSimpleName());
        if (!definitions.containsKey(name)) {
            definitions.put(name, Map.of());
            definitions.put(name, type.isSealed() ? variants(type) : object(type, null, ""));
        }
        return reference(name);
    }

    private Map<String, Object> variants(Class<?> type) {
        List<Object> variants = new ArrayList<>();
        String by = type.getAnnotation(Variants.class).by();
        Binder.variants(type).forEach((name, variant) -> variants.add(object(variant, by, name)));
        Map<String, Object> either = new LinkedHashMap<>();
        either.put("description", type.getAnnotation(Doc.class).value());
        either.put("oneOf", variants);
        return either;
    }

    private static Map<String, Object> reference(String name) {
        return Map.of("$ref", "#/$defs/" + name);
    }

    private static AnnotatedType argument(AnnotatedType type, int index) {
        return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[index];
    }
}
