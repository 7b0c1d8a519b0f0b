package dev.kossel.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExportFormatTest {

    private static final List<SpeciesLabel> SPECIES = List.of(
            new SpeciesLabel("electrolyte", false, true, 0xFFFFFF),
            new SpeciesLabel("Na", true, false, 0xFF8800),
            new SpeciesLabel("solvated Na+", false, false, 0x0000FF),
            new SpeciesLabel("gas", false, true, 0xEEEEEE));

    private static final Set<ExportFormat> NAMES_SPECIES =
            EnumSet.of(ExportFormat.EXTXYZ, ExportFormat.LAMMPS, ExportFormat.CSV);

    @TempDir
    private Path directory;

    private Lattice lattice;

    @BeforeEach
    void place() {
        LatticeGeometry geometry = LatticeGeometry.of(LatticeKind.SC, "100", 0.25, 1, 4, 5, 6);
        lattice = new Lattice(geometry).withSiteTypes();
        lattice.setSpecies(geometry.site(1, 2, 3, 0), 1);
        lattice.setSiteType(geometry.site(1, 2, 3, 0), 4);
        lattice.setSpecies(geometry.site(0, 0, 4, 0), 2);
        lattice.setSpecies(geometry.site(0, 0, 5, 0), 3);
    }

    private Snapshot snapshot(int frame) {
        SnapshotStamp stamp = new SnapshotStamp(frame * 0.5, frame, Map.of("charge_C_per_m2", 1.5));
        return frame == 0 ? new Snapshot(lattice, stamp) : new Snapshot(lattice, stamp, filledAt(0.25f));
    }

    private FillTimes filledAt(float seconds) {
        float[] times = new float[lattice.geometry().siteCount()];
        Arrays.fill(times, seconds);
        return FillTimes.of(times);
    }

    private Path export(ExportFormat format, String name, int frames) throws IOException {
        Path file = directory.resolve(name);
        try (FrameWriter writer = format.open(file, SPECIES)) {
            for (int frame = 0; frame < frames; frame++) {
                writer.write(snapshot(frame));
            }
        }
        return file;
    }

    @Test
    void shouldWriteExtendedXyzInAngstrom() throws IOException {
        List<String> lines = Files.readAllLines(export(ExportFormat.EXTXYZ, "a.xyz", 2));
        assertThat(lines).hasSize(8);
        assertThat(lines.get(4)).isEqualTo("2");
        assertThat(lines.get(5))
                .isEqualTo(
                        "Lattice=\"10.0 0.0 0.0 0.0 12.5 0.0 0.0 0.0 15.0\" Properties=species:S:1:pos:R:3:kind:S:1:"
                                + "kind_number:I:1:site:I:1:site_type:I:1:filled_at:R:1 pbc=\"T T F\" time_s=0.5 events=1 charge_C_per_m2=1.5");
        int site = lattice.geometry().site(1, 2, 3, 0);
        assertThat(lines.get(1)).contains(":site_type:I:1 pbc=");
        assertThat(lines.subList(2, 4)).contains("Na 2.5 5.0 7.5 Na 1 " + site + " 4");
        assertThat(lines.subList(6, 8))
                .contains("Na 2.5 5.0 7.5 Na 1 " + site + " 4 0.25")
                .anyMatch(line -> line.startsWith("X 0.0 0.0 10.0 solvated_Na+ 2 "));
    }

    @Test
    void shouldWriteALammpsDump() throws IOException {
        List<String> lines = Files.readAllLines(export(ExportFormat.LAMMPS, "a.lammpstrj", 1));
        assertThat(lines.subList(0, 11))
                .containsExactly(
                        "ITEM: TIME",
                        "0.0",
                        "ITEM: TIMESTEP",
                        "0",
                        "ITEM: NUMBER OF ATOMS",
                        "2",
                        "ITEM: BOX BOUNDS pp pp ff",
                        "0.0 10.0",
                        "0.0 12.5",
                        "0.0 15.0",
                        "ITEM: ATOMS id type element x y z site_type");
        int site = lattice.geometry().site(1, 2, 3, 0);
        assertThat(lines.subList(11, 13)).contains((site + 1) + " 1 Na 2.5 5.0 7.5 4");
    }

    @Test
    void shouldWriteATableOfSites() throws IOException {
        List<String> lines = Files.readAllLines(export(ExportFormat.CSV, "a.csv", 1));
        int site = lattice.geometry().site(1, 2, 3, 0);
        assertThat(lines).hasSize(3).contains(site + ",0.25,0.5,0.75,3,Na,1,4,");
        try (FrameWriter writer = ExportFormat.CSV.open(directory.resolve("b.csv"), SPECIES)) {
            writer.write(snapshot(1));
        }
        assertThat(directory.resolve("b.csv"))
                .content()
                .startsWith("site,x_nm,y_nm,z_nm,layer,species,species_number,site_type,filled_at_s\n")
                .contains("\n" + site + ",0.25,0.5,0.75,3,Na,1,4,0.25\n");
    }

    @Test
    void shouldCompressWhereTheNameSaysSo() throws IOException {
        Path zipped = export(ExportFormat.LAMMPS, "a.dump.gz", 3);
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(zipped))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(Files.readString(export(ExportFormat.LAMMPS, "a.dump", 3)));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExportFormat.VTK.open(directory.resolve("a.gz"), SPECIES));
    }

    @Test
    void shouldWriteVtkThatReadsBack() throws IOException {
        Path file = export(ExportFormat.VTK, "a.vti", 1);
        assertThat(SnapshotReader.read(file).lattice().speciesArray()).isEqualTo(lattice.speciesArray());
    }

    @Test
    void shouldRefuseAnEndingByWhichVtkWouldTakeTheFileForAnother() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> export(ExportFormat.VTK, "a.vtp", 1))
                .withMessageEndingWith("a.vtp: the file of this lattice must end in .vti");
    }

    @Test
    void shouldWriteTheFacesOfTwoCubesAsBinaryStl() throws IOException {
        ByteBuffer stl = ByteBuffer.wrap(Files.readAllBytes(export(ExportFormat.STL, "a.stl", 1)))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(stl.getInt(80)).isEqualTo(24);
        assertThat(stl.capacity()).isEqualTo(84 + 50 * 24);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveNothingBehindIfAFrameFails(ExportFormat format) throws IOException {
        Path file = directory.resolve("bad." + format.extension());
        lattice.setSpecies(0, 9);
        try (FrameWriter writer = format.open(file, SPECIES.subList(0, 2))) {
            if (NAMES_SPECIES.contains(format)) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> writer.write(new Snapshot(lattice, SnapshotStamp.initial())))
                        .withMessageContaining("but only 2 are named");
            }
        }
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void shouldWriteTheFacesOfTwoCubesAsColouredPly() throws IOException {
        byte[] file = Files.readAllBytes(export(ExportFormat.PLY, "a.ply", 1));
        String text = new String(file, StandardCharsets.ISO_8859_1);
        // Two cubes that do not touch: 8 corners and 12 triangles each.
        assertThat(text)
                .startsWith("ply\nformat binary_little_endian 1.0\n")
                .contains("element vertex 16\n", "element face 24\n");
        int body = text.indexOf("end_header\n") + "end_header\n".length();
        assertThat(file).hasSize(body + 16 * 15 + 24 * 13);
        ByteBuffer ply = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, Integer> colors = new TreeMap<>();
        for (int vertex = 0; vertex < 16; vertex++) {
            int at = body + 15 * vertex;
            assertThat(Math.rint(ply.getFloat(at) / 0.125f)).isEqualTo(ply.getFloat(at) / 0.125f);
            colors.merge(ply.getInt(at + 11) >>> 8, 1, Integer::sum);
        }
        // Bytes red, green, blue, read as one little-endian number.
        assertThat(colors).isEqualTo(Map.of(0x0088FF, 8, 0xFF0000, 8));
        for (int face = 0; face < 24; face++) {
            int at = body + 16 * 15 + 13 * face;
            assertThat(ply.get(at)).isEqualTo((byte) 3);
            assertThat(ply.getInt(at + 1) / 8).isEqualTo(ply.getInt(at + 5) / 8).isEqualTo(ply.getInt(at + 9) / 8);
        }
    }

    @Test
    void shouldWriteAGlbWithAMaterialASpecies() throws IOException {
        byte[] file = Files.readAllBytes(export(ExportFormat.GLB, "a.glb", 1));
        ByteBuffer glb = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(file, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("glTF");
        assertThat(glb.getInt(4)).isEqualTo(2);
        assertThat(glb.getInt(8)).isEqualTo(file.length);
        int json = glb.getInt(12);
        assertThat(json % 4).isZero();
        int binary = 20 + json;
        assertThat(glb.getInt(binary)).isEqualTo(16 * 12 + 24 * 12).isEqualTo(file.length - binary - 8);
        JsonNode scene = new JsonMapper().readTree(new String(file, 20, json, StandardCharsets.UTF_8));
        assertThat(scene.get("asset")
                        .get("extras")
                        .get("readings")
                        .get("charge_C_per_m2")
                        .doubleValue())
                .isEqualTo(1.5);
        assertThat(scene.get("materials")).hasSize(2);
        assertThat(scene.get("materials").get(0).get("name").stringValue()).isEqualTo("Na");
        assertThat(scene.get("materials").get(1).get("name").stringValue()).isEqualTo("solvated Na+");
        assertThat(scene.get("accessors").get(0).get("max").get(2).doubleValue())
                .isEqualTo(1.125);
        int triangles = 0;
        for (JsonNode primitive : scene.get("meshes").get(0).get("primitives")) {
            JsonNode accessor =
                    scene.get("accessors").get(primitive.get("indices").intValue());
            JsonNode view =
                    scene.get("bufferViews").get(accessor.get("bufferView").intValue());
            int count = accessor.get("count").intValue();
            assertThat(view.get("byteLength").intValue()).isEqualTo(4 * count);
            for (int i = 0; i < count; i++) {
                assertThat(glb.getInt(binary + 8 + view.get("byteOffset").intValue() + 4 * i))
                        .isBetween(0, 15);
            }
            triangles += count / 3;
        }
        assertThat(triangles).isEqualTo(24);
    }

    @Test
    void shouldWriteAGlbOfNothing() throws IOException {
        lattice.fill(0);
        byte[] file = Files.readAllBytes(export(ExportFormat.GLB, "a.glb", 1));
        assertThat(new String(file, StandardCharsets.US_ASCII)).doesNotContain("meshes", "buffers");
        assertThat(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(8))
                .isEqualTo(file.length);
    }

    @ParameterizedTest
    @EnumSource(value = ExportFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "VTK")
    void shouldStreamWhatItWritesIntoAFile(ExportFormat format) throws IOException {
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();
        format.write(streamed, snapshot(0), SPECIES);
        assertThat(export(format, "a", 1)).hasBinaryContent(streamed.toByteArray());
    }

    @Test
    void shouldRefuseASecondFrameWhereAFileHoldsOne() throws IOException {
        assertThatIllegalStateException()
                .isThrownBy(() -> export(ExportFormat.CSV, "a.csv", 2))
                .withMessageContaining("csv holds a single frame");
    }
}
