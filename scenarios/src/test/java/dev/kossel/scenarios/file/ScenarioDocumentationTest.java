package dev.kossel.scenarios.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema and the reference page are those of the code, and right. */
class ScenarioDocumentationTest {

    private static final Path DOCS = Path.of("../docs");

    @Test
    void shouldCommitTheSchemaOfTheCode() throws IOException {
        requireCurrent(DOCS.resolve("scenario.schema.json"), ScenarioSchema.write());
    }

    @Test
    void shouldCommitTheReferenceOfTheCode() throws IOException {
        requireCurrent(DOCS.resolve("scenario-reference.md"), ScenarioReference.write());
    }

    @Test
    void shouldGiveEveryTypeASectionOfItsOwn() {
        assertThat(ScenarioReference.write().lines().filter(line -> line.startsWith("## ")))
                .doesNotHaveDuplicates();
    }

    private static void requireCurrent(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("kossel.docs.write")) {
            Files.writeString(file, expected);
        }
        assertThat(file)
                .as("make it anew: mvn test -pl scenarios -am -Dtest=ScenarioDocumentationTest -Dkossel.docs.write=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .content()
                .isEqualTo(expected);
    }

    static Stream<Path> files() throws IOException {
        try (Stream<Path> builtIn = Files.walk(Path.of("src/main/resources"));
                Stream<Path> examples = Files.walk(DOCS.resolve("examples"))) {
            return Stream.concat(
                    ScenarioReaderTest.files(),
                    Stream.concat(builtIn, examples)
                            .filter(file -> file.toString().endsWith(".yaml")))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldHaveASchemaThatAcceptsWhatTheReaderAccepts(Path file) throws IOException {
        assertThat(schemaErrors(Files.readString(file))).isEmpty();
    }

    /** What the reader writes, with every default, too. */
    @ParameterizedTest
    @MethodSource("dev.kossel.scenarios.file.ScenarioReaderTest#files")
    void shouldHaveASchemaThatAcceptsWhatTheWriterWrites(Path file) throws ScenarioException {
        assertThat(schemaErrors(ScenarioWriter.write(ScenarioReader.read(file, List.of()))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "temperature-without-unit",
                "unknown-key",
                "unknown-key-in-law",
                "missing-protocol",
                "unknown-step-type",
                "electrons-not-whole",
                "cycles-zero",
                "box-of-two-edges"
            })
    void shouldHaveASchemaThatRefusesPlainMistakes(String name) throws IOException {
        assertThat(schemaErrors(Files.readString(BrokenScenarioTest.DIRECTORY.resolve(name + ".yaml"))))
                .isNotEmpty();
    }

    private static List<?> schemaErrors(String yaml) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(ScenarioSchema.write(), InputFormat.JSON);
        Object tree =
                new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(yaml);
        return schema.validate(JsonMapper.builder().build().writeValueAsString(tree), InputFormat.JSON);
    }

    static Stream<RecordComponent> keys() {
        List<RecordComponent> keys = new ArrayList<>();
        List<Class<?>> types = new ArrayList<>(List.of(Scenario.class));
        for (int i = 0; i < types.size(); i++) {
            keys.addAll(Binder.components(types.get(i)).values());
            Stream.of(Scenario.class, Energies.class, ElementaryProcess.class, Protocol.class, Box.class)
                    .flatMap(type -> Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses())))
                    .forEach(type -> addOnce(types, type));
            Stream.of(RateLaw.class, Protocol.Step.class, SitePattern.class, Morphology.class)
                    .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
                    .forEach(type -> addOnce(types, type));
        }
        return keys.stream();
    }

    private static void addOnce(List<Class<?>> types, Class<?> type) {
        if (type.isRecord() && !types.contains(type)) {
            types.add(type);
        }
    }

    /** Examples stand in for what cannot be read, so one that could not be read would have no end. */
    @ParameterizedTest
    @MethodSource("keys")
    void shouldReadTheExampleOfEveryKey(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        Document document = new Document("example");
        Binder.value(key.example(), component.getAnnotatedType(), key, document);
        assertThat(document.problems()).isEmpty();
        assertThat(key.value()).matches("(?s)\\S.*\\S");
    }
}
