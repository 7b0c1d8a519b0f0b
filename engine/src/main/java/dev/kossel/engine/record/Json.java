package dev.kossel.engine.record;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.deser.std.StdConvertingDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdConvertingSerializer;
import tools.jackson.databind.util.StdConverter;

/**
 * JSON files of a run directory: records with {@code snake_case} keys, times in ISO 8601, colours as {@code #rrggbb}.
 */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule("kossel")
                    .addSerializer(new StdConvertingSerializer(LatticeGeometry.class, new GeometryToJson()))
                    .addDeserializer(LatticeGeometry.class, new StdConvertingDeserializer<>(new GeometryFromJson()))
                    .addSerializer(new StdConvertingSerializer(SpeciesLabel.class, new SpeciesToJson()))
                    .addDeserializer(SpeciesLabel.class, new StdConvertingDeserializer<>(new SpeciesFromJson())))
            .build();

    private Json() {}

    static void write(OutputStream out, Object value) throws IOException {
        try {
            out.write(MAPPER.writeValueAsBytes(value));
            out.write('\n');
        } catch (JacksonException e) {
            throw new IOException("cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    static <T> T read(Path file, Class<T> type) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        T value;
        try {
            value = MAPPER.readValue(Files.readAllBytes(file), type);
        } catch (StreamReadException e) {
            // Without where an object began, which is of no use without the text.
            String what = e.getOriginalMessage().replaceFirst(" \\(start marker.*", "");
            throw new IOException(
                    file + ": half-written or damaged at line "
                            + e.getLocation().getLineNr() + ": " + what,
                    e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        if (value == null) {
            throw new IOException(file + ": empty, expected " + type.getSimpleName());
        }
        return value;
    }

    /** On one line. */
    static String compact(Object value) {
        return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    }

    /** @throws IllegalArgumentException if the text is not JSON for the type */
    static <T> T parse(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    record GeometryJson(
            String lattice, String orientation, double latticeConstantNm, double axialRatio, int nx, int ny, int nz) {
        GeometryJson {
            require("lattice", lattice);
            require("orientation", orientation);
        }
    }

    record SpeciesJson(String name, boolean metal, boolean vacant, String color) {
        SpeciesJson {
            require("name", name);
            require("color", color);
        }
    }

    /** A key left out of a file arrives as null, whatever the types say. */
    static void require(String key, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("'" + key + "' is missing");
        }
    }

    private static final class GeometryToJson extends StdConverter<LatticeGeometry, GeometryJson> {
        @Override
        public GeometryJson convert(LatticeGeometry g) {
            return new GeometryJson(
                    g.kind().name().toLowerCase(Locale.ROOT),
                    g.orientation(),
                    g.latticeConstantNm(),
                    g.axialRatio(),
                    g.cellsX(),
                    g.cellsY(),
                    g.cellsZ());
        }
    }

    private static final class GeometryFromJson extends StdConverter<GeometryJson, LatticeGeometry> {
        @Override
        public LatticeGeometry convert(GeometryJson g) {
            return LatticeGeometry.of(
                    LatticeKind.valueOf(g.lattice().toUpperCase(Locale.ROOT)),
                    g.orientation(),
                    g.latticeConstantNm(),
                    g.axialRatio(),
                    g.nx(),
                    g.ny(),
                    g.nz());
        }
    }

    private static final class SpeciesToJson extends StdConverter<SpeciesLabel, SpeciesJson> {
        @Override
        public SpeciesJson convert(SpeciesLabel s) {
            return new SpeciesJson(s.name(), s.metal(), s.vacant(), s.colorCode());
        }
    }

    private static final class SpeciesFromJson extends StdConverter<SpeciesJson, SpeciesLabel> {
        @Override
        public SpeciesLabel convert(SpeciesJson s) {
            return new SpeciesLabel(s.name(), s.metal(), s.vacant(), Integer.decode(s.color()));
        }
    }
}
