package dev.kossel.scenarios.file;

import dev.kossel.scenarios.units.Measure;
import dev.kossel.scenarios.units.Quantity;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The reference page of scenario files, made from the records and their annotations. */
final class ScenarioReference {

    private static final String INTRODUCTION = """
            # Scenario reference

            <!-- Made from the records in dev.kossel.scenarios.file: mvn test -pl scenarios -am -Dtest=ScenarioDocumentationTest -Dkossel.docs.write=true -->

            A scenario file is YAML 1.2. It declares species, energies, processes and a protocol; no Java is needed. `./kossel check my.yaml` reports everything that is
            wrong with it by line and column, and otherwise prints what the run would be. For completion and checks while you write, point your editor to
            [scenario.schema.json](scenario.schema.json), for instance by the first line `# yaml-language-server: $schema=…/docs/scenario.schema.json`.

            ## What holds everywhere

            * **Quantities** carry their unit: `0.5 mA/cm^2`. The unit may be written `mA/cm2`, `mA cm^-2`, `mA·cm⁻²` too; a space is a product, and what could be read in two ways
              (`mA/cm^2 s`) is refused. Known are m, g, s, A, K, mol, Hz, N, Pa, J, W, C, V, Ohm (Ω), S, F, eV, L, M (mol/L) and Ah with the prefixes from a to P (µ may be u), and Å,
              min, h, d, °C without. A range in the tables is in the unit named there; give any unit of the dimension. Energies of a mole (`72.96 kJ/mol`) are taken where an energy of one
              particle is expected, and divided by Avogadro's number.
            * **Sources.** Every quantity and number may be given as `{value: -1.564 eV, source: xia2022}`. A source is a key of `references`, or text that begins with `calibrated`,
              `assumed`, `derived` or `default`. `check` lists the numbers that are claims about nature, marked ◆ here, with their sources.
            * **Names** of species, site types, processes and references begin with a letter and hold no space, dot, comma, colon or bracket: `Zn2+`, `top-V`.
            * **Reactions** are written with spaces: `Na + vacant -> vacant + Na`. `->` is one way; `<->` adds the reverse, whose rate follows from detailed balance. As many species stand on
              the right as on the left, in the order of the sites. A process that would count the same event twice is refused.
            * **Files** are looked for from the directory of the scenario.
            * **Overrides**: `--set protocol.steps.0.current-density="1 mA/cm^2"` puts a value in place of the file's; entries of a list go by number from 0.

            In the tables, *required* means that the key has no default; — that it may be left out.
            """;

    private final StringBuilder page = new StringBuilder(INTRODUCTION);
    private final Deque<Class<?>> pending = new ArrayDeque<>();
    private final Set<Class<?>> seen = new LinkedHashSet<>();

    /** The page as Markdown. */
    static String write() {
        ScenarioReference reference = new ScenarioReference();
        reference.mention(Scenario.class);
        while (!reference.pending.isEmpty()) {
            reference.section(reference.pending.removeFirst());
        }
        return reference.page.toString();
    }

    private void mention(Class<?> type) {
        if (seen.add(type)) {
            pending.add(type);
        }
    }

    private void section(Class<?> type) {
        page.append("\n## ")
                .append(title(type))
                .append("\n\n")
                .append(type.getAnnotation(Doc.class).value())
                .append('\n');
        if (type.isEnum()) {
            constants(type);
        } else if (type.isSealed()) {
            String by = type.getAnnotation(Variants.class).by();
            Map<String, Class<?>> variants = Binder.variants(type);
            page.append("The key `")
                    .append(by)
                    .append("` says which: ")
                    .append(codes(List.copyOf(variants.keySet())))
                    .append(".\n");
            variants.forEach((name, variant) -> {
                page.append("\n### `").append(by).append(": ").append(name).append("`\n\n");
                page.append(variant.getAnnotation(Doc.class).value()).append("\n");
                table(variant);
            });
        } else {
            table(type);
        }
    }

    private void constants(Class<?> type) {
        page.append('\n');
        for (Object constant : type.getEnumConstants()) {
            page.append("* `").append(Binder.kebab((Enum<?>) constant)).append("`: ");
            page.append(doc((Enum<?>) constant)).append('\n');
        }
    }

    private static String doc(Enum<?> constant) {
        try {
            return constant.getDeclaringClass()
                    .getField(constant.name())
                    .getAnnotation(Doc.class)
                    .value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private void table(Class<?> type) {
        page.append("\n| key | value | default | meaning | example |\n| --- | --- | --- | --- | --- |\n");
        Binder.components(type).forEach((name, component) -> {
            Key key = component.getAnnotation(Key.class);
            String unset = Binder.isOptional(component) ? "—" : "*required*";
            page.append("| `")
                    .append(name)
                    .append('`')
                    .append(key.physical() ? " ◆" : "")
                    .append(" | ");
            page.append(value(component)).append(" | ");
            page.append(key.fallback().isEmpty() ? unset : code(key.fallback())).append(" | ");
            page.append(key.value().replace("|", "\\|")).append(" | ");
            page.append(code(key.example())).append(" |\n");
        });
    }

    private String value(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        String range = Binder.range(key, "");
        String kind = kind(component.getAnnotatedType(), key.count());
        return kind + (range.isEmpty() ? "" : "; " + range);
    }

    private String kind(AnnotatedType type, int count) {
        Class<?> raw = Binder.raw(type);
        if (raw == List.class) {
            return "list of " + (count < 0 ? "" : count + ": ") + kind(argument(type, 0), -1);
        }
        if (raw == Map.class) {
            return "names, each with " + kind(argument(type, 1), -1);
        }
        if (raw == Quantity.class) {
            Measure measure = Binder.measure(type);
            return measure.noun() + ", " + measure.unit().symbol();
        }
        if (raw == EnergyBySite.class) {
            return "an energy, eV, or site types, each with an energy";
        }
        if (raw == LayerRange.class) {
            return "[first, last]";
        }
        if (raw == boolean.class) {
            return "true or false";
        }
        if (raw == String.class) {
            return "text";
        }
        if (raw == Path.class) {
            return "name of a file";
        }
        if (raw.isAnnotationPresent(Text.class)) {
            return raw.getAnnotation(Text.class).value();
        }
        if (raw.isEnum() && !raw.isAnnotationPresent(Doc.class)) {
            List<String> names = new ArrayList<>();
            for (Object constant : raw.getEnumConstants()) {
                names.add(Binder.kebab((Enum<?>) constant));
            }
            return codes(names);
        }
        if (raw.isRecord() || raw.isSealed() || raw.isEnum()) {
            mention(raw);
            return "[" + title(raw) + "](#" + title(raw).replace(' ', '-') + ")";
        }
        return raw == double.class || raw == Double.class ? "number" : "whole number";
    }

    /** {@code ElementaryProcess} → {@code elementary process}. */
    private static String title(Class<?> type) {
        return Binder.kebab(type.getSimpleName()).replace('-', ' ');
    }

    private static String codes(List<String> names) {
        return "`" + String.join("`, `", names) + "`";
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }

    private static AnnotatedType argument(AnnotatedType type, int index) {
        return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[index];
    }
}
