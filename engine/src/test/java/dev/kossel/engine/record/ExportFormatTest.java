package dev.kossel.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportFormatTest {

    private static final List<SpeciesLabel> SPECIES = List.of(
            new SpeciesLabel("electrolyte", false, true, 0xFFFFFF),
            new SpeciesLabel("Na", true, false, 0xFF8800),
            new SpeciesLabel("solvated Na+", false, false, 0x0000FF),
            new SpeciesLabel("gas", false, true, 0xEEEEEE));

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

    private Path export(ExportFormat format, String name, int frames) throws IOException {
        Path file = directory.resolve(name);
        try (FrameWriter writer = format.open(file, SPECIES)) {
            for (int frame = 0; frame < frames; frame++) {
                writer.write(lattice, new SnapshotStamp(frame * 0.5, frame, Map.of("charge_C_per_m2", 1.5)));
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
                                + "kind_number:I:1:site:I:1:site_type:I:1 pbc=\"T T F\" time_s=0.5 events=1 charge_C_per_m2=1.5");
        int site = lattice.geometry().site(1, 2, 3, 0);
        assertThat(lines.subList(6, 8))
                .contains("Na 2.5 5.0 7.5 Na 1 " + site + " 4")
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
        assertThat(lines).hasSize(3).contains(site + ",0.25,0.5,0.75,3,Na,1,4");
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
            if (format != ExportFormat.VTK && format != ExportFormat.STL) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> writer.write(lattice, SnapshotStamp.initial()))
                        .withMessageContaining("but only 2 are named");
            }
        }
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void shouldRefuseASecondFrameWhereAFileHoldsOne() throws IOException {
        assertThatIllegalStateException()
                .isThrownBy(() -> export(ExportFormat.CSV, "a.csv", 2))
                .withMessageContaining("csv holds a single frame");
    }
}
