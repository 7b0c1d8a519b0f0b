package dev.kossel.engine.record;

import dev.kossel.lattice.SpeciesSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Binary glTF 2.0. One mesh of one primitive a species, each with a material that bears the species' name and colour;
 * the primitives share the vertices. No normals: viewers then shade each face flat, which is what the cells are. A unit
 * is 1 nm, and the node turns the box's z upwards, which is y in glTF; time, events and readings are the asset's
 * {@code extras}.
 *
 * <pre>
 *   +------+---------+--------+----------------------+------------------------------------------+
 *   | glTF | 2 (u4)  | length | length, JSON (u4 u4) | length, BIN (u4 u4)                      |
 *   | (u4) |         | (u4)   | text, padded to 4    | 12 bytes a vertex, 4 a triangle's corner |
 *   +------+---------+--------+----------------------+------------------------------------------+
 * </pre>
 *
 * @see <a href="https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html">Khronos: glTF 2.0</a>
 */
final class GlbSurface implements FrameWriter.Format {

    private static final int MAGIC = 0x46546C67; // glTF
    private static final int VERSION = 2;
    private static final int JSON_CHUNK = 0x4E4F534A;
    private static final int BINARY_CHUNK = 0x004E4942;
    private static final int FLOAT = 5126;
    private static final int UNSIGNED_INT = 5125;
    private static final int ARRAY_BUFFER = 34962;
    private static final int ELEMENT_ARRAY_BUFFER = 34963;
    private static final int VERTEX_BYTES = 12;
    private static final int TRIANGLE_BYTES = 12;

    /** A quarter turn about x, as a quaternion. */
    private static final List<Double> Z_TO_Y = List.of(-Math.sqrt(0.5), 0.0, 0.0, Math.sqrt(0.5));

    private final List<SpeciesLabel> species;
    private final SpeciesSet solid;

    GlbSurface(List<SpeciesLabel> species) {
        this.species = List.copyOf(species);
        solid = RunLayout.having(species, label -> !label.vacant());
    }

    @Override
    public void write(OutputStream out, Snapshot snapshot) throws IOException {
        SurfaceMesh mesh = SurfaceMesh.of(snapshot.lattice(), solid);
        int[] triangles = new int[species.size()];
        for (int t = 0; t < mesh.triangleCount(); t++) {
            triangles[mesh.speciesOfTriangle(t)]++;
        }
        byte[] json = Json.compact(scene(mesh, triangles, snapshot.stamp())).getBytes(StandardCharsets.UTF_8);
        int padding = -json.length & 3;
        long binary = (long) VERTEX_BYTES * mesh.vertexCount() + (long) TRIANGLE_BYTES * mesh.triangleCount();
        ByteBuffer head = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(MAGIC).putInt(VERSION);
        head.putInt((int) (20 + json.length + padding + (binary > 0 ? 8 + binary : 0)));
        head.putInt(json.length + padding).putInt(JSON_CHUNK);
        out.write(head.array());
        out.write(json);
        out.write("   ".getBytes(StandardCharsets.US_ASCII), 0, padding);
        if (binary > 0) {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) binary)
                    .putInt(BINARY_CHUNK)
                    .array());
            writeBinary(out, mesh, triangles);
        }
    }

    private static void writeBinary(OutputStream out, SurfaceMesh mesh, int[] triangles) throws IOException {
        ByteBuffer three = ByteBuffer.allocate(VERTEX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int v = 0; v < mesh.vertexCount(); v++) {
            three.clear();
            three.putFloat(mesh.coordinate(v, 0))
                    .putFloat(mesh.coordinate(v, 1))
                    .putFloat(mesh.coordinate(v, 2));
            out.write(three.array());
        }
        for (int s = 0; s < triangles.length; s++) {
            for (int t = 0; triangles[s] > 0 && t < mesh.triangleCount(); t++) {
                if (mesh.speciesOfTriangle(t) == s) {
                    three.clear();
                    three.putInt(mesh.vertex(t, 0)).putInt(mesh.vertex(t, 1)).putInt(mesh.vertex(t, 2));
                    out.write(three.array());
                }
            }
        }
    }

    /** The JSON part: accessor 0 is the vertices, accessor n ≥ 1 the triangles of the n-th species that has any. */
    private Map<String, Object> scene(SurfaceMesh mesh, int[] triangles, SnapshotStamp stamp) {
        Map<String, Object> scene = new LinkedHashMap<>();
        Map<String, Object> extras = new LinkedHashMap<>();
        extras.put("length_unit", "nm");
        extras.put("time_s", stamp.timeSeconds());
        extras.put("events", stamp.events());
        extras.put("readings", finite(stamp.readings()));
        scene.put("asset", Map.of("version", "2.0", "generator", "Kossel", "extras", extras));
        scene.put("scene", 0);
        scene.put("scenes", List.of(Map.of("nodes", List.of(0))));
        if (mesh.triangleCount() == 0) {
            scene.put("nodes", List.of(Map.of("name", "surface", "rotation", Z_TO_Y)));
            return scene;
        }
        List<Map<String, Object>> accessors = new ArrayList<>();
        List<Map<String, Object>> views = new ArrayList<>();
        List<Map<String, Object>> materials = new ArrayList<>();
        List<Map<String, Object>> primitives = new ArrayList<>();
        accessors.add(vertices(mesh));
        long offset = (long) VERTEX_BYTES * mesh.vertexCount();
        views.add(view(0, offset, ARRAY_BUFFER));
        for (int s = 0; s < triangles.length; s++) {
            if (triangles[s] > 0) {
                int number = accessors.size();
                primitives.add(
                        Map.of("attributes", Map.of("POSITION", 0), "indices", number, "material", materials.size()));
                materials.add(material(species.get(s)));
                accessors.add(Map.of(
                        "bufferView",
                        number,
                        "componentType",
                        UNSIGNED_INT,
                        "count",
                        3 * triangles[s],
                        "type",
                        "SCALAR"));
                long bytes = (long) TRIANGLE_BYTES * triangles[s];
                views.add(view(offset, bytes, ELEMENT_ARRAY_BUFFER));
                offset += bytes;
            }
        }
        scene.put("nodes", List.of(Map.of("name", "surface", "mesh", 0, "rotation", Z_TO_Y)));
        scene.put("meshes", List.of(Map.of("name", "surface", "primitives", primitives)));
        scene.put("materials", materials);
        scene.put("accessors", accessors);
        scene.put("bufferViews", views);
        scene.put("buffers", List.of(Map.of("byteLength", offset)));
        return scene;
    }

    private static Map<String, Object> vertices(SurfaceMesh mesh) {
        List<Float> least = new ArrayList<>();
        List<Float> most = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int v = 0; v < mesh.vertexCount(); v++) {
                low = Math.min(low, mesh.coordinate(v, axis));
                high = Math.max(high, mesh.coordinate(v, axis));
            }
            least.add(low);
            most.add(high);
        }
        Map<String, Object> accessor = new LinkedHashMap<>();
        accessor.put("bufferView", 0);
        accessor.put("componentType", FLOAT);
        accessor.put("count", mesh.vertexCount());
        accessor.put("type", "VEC3");
        accessor.put("min", least);
        accessor.put("max", most);
        return accessor;
    }

    private static Map<String, Object> view(long offset, long bytes, int target) {
        return Map.of("buffer", 0, "byteOffset", offset, "byteLength", bytes, "target", target);
    }

    private static Map<String, Object> material(SpeciesLabel label) {
        int rgb = label.color();
        List<Double> color = List.of(linear(rgb >> 16), linear(rgb >> 8), linear(rgb), 1.0);
        return Map.of(
                "name",
                label.name(),
                "pbrMetallicRoughness",
                Map.of("baseColorFactor", color, "metallicFactor", 0, "roughnessFactor", 0.8));
    }

    /** A channel of a colour as glTF wants it: linear light, where {@code SpeciesLabel} has sRGB (IEC 61966-2-1). */
    private static double linear(int channel) {
        double encoded = (channel & 0xFF) / 255.0;
        return encoded <= 0.04045 ? encoded / 12.92 : Math.pow((encoded + 0.055) / 1.055, 2.4);
    }

    /** JSON has no word for what is not a number. */
    private static Map<String, Double> finite(Map<String, Double> readings) {
        Map<String, Double> kept = new LinkedHashMap<>(readings);
        kept.values().removeIf(value -> !Double.isFinite(value));
        return kept;
    }
}
