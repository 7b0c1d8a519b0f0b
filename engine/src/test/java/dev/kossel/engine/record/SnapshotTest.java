package dev.kossel.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class SnapshotTest {

    @TempDir
    private Path directory;

    static Stream<LatticeGeometry> geometries() {
        return Stream.of(
                LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 7, 5, 9),
                LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 70, 70, 60),
                LatticeGeometry.of(LatticeKind.SQUARE, "2d", 0.3, 1, 7, 5, 1),
                LatticeGeometry.of(LatticeKind.BCC, "110", 0.42906, 1, 6, 6, 6),
                LatticeGeometry.of(LatticeKind.FCC, "111", 0.3615, 1, 6, 6, 6),
                LatticeGeometry.of(LatticeKind.HCP, "100", 0.2665, 1.856, 6, 6, 6),
                LatticeGeometry.of(LatticeKind.TRIANGULAR, "2d", 0.3, 1, 6, 6, 1));
    }

    static Lattice random(LatticeGeometry geometry, boolean typed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(7L);
        Lattice lattice =
                new Lattice(geometry, new byte[geometry.siteCount()], new byte[typed ? geometry.siteCount() : 0]);
        for (int site = 0; site < geometry.siteCount(); site++) {
            lattice.setSpecies(site, Math.max(0, random.nextInt(6) - 2));
            if (typed) {
                lattice.setSiteType(site, Math.max(0, random.nextInt(6) - 3));
            }
        }
        return lattice;
    }

    private static SnapshotStamp stamp() {
        Map<String, Double> readings = new LinkedHashMap<>();
        readings.put("charge_C_per_m2", 12.5);
        readings.put("a <strange> & name", -1e-300);
        return new SnapshotStamp(1.25, 1L << 40, readings);
    }

    private Path write(Lattice lattice) throws IOException {
        Path file = directory.resolve("s." + SnapshotWriter.extension(lattice.geometry()));
        SnapshotWriter.write(file, lattice, stamp(), FillTimes.unknown(), SiteFields.none());
        return file;
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void shouldReadBackWhatWasWritten(LatticeGeometry geometry) throws IOException {
        for (boolean typed : new boolean[] {false, true}) {
            Lattice lattice = random(geometry, typed);
            Snapshot back = SnapshotReader.read(write(lattice));
            assertThat(back.stamp()).isEqualTo(stamp());
            assertThat(back.stamp().readings().keySet())
                    .containsExactlyElementsOf(stamp().readings().keySet());
            LatticeGeometry g = back.lattice().geometry();
            assertThat(g.kind()).isEqualTo(geometry.kind());
            assertThat(g.orientation()).isEqualTo(geometry.orientation());
            assertThat(g.siteCount()).isEqualTo(geometry.siteCount());
            assertThat(g.heightNm()).isEqualTo(geometry.heightNm());
            assertThat(Arrays.equals(back.lattice().speciesArray(), lattice.speciesArray()))
                    .isTrue();
            assertThat(Arrays.equals(back.lattice().siteTypeArray(), lattice.siteTypeArray()))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void shouldReadBackWhenSitesWereFilled(LatticeGeometry geometry) throws IOException {
        Lattice lattice = random(geometry, false);
        assertThat(SnapshotReader.read(write(lattice)).filled().known()).isFalse();
        float[] seconds = new float[geometry.siteCount()];
        for (int site = 0; site < seconds.length; site++) {
            seconds[site] = lattice.species(site) == 0 ? Float.NaN : site * 0.1f;
        }
        Path file = directory.resolve("t." + SnapshotWriter.extension(geometry));
        SnapshotWriter.write(file, lattice, stamp(), FillTimes.of(seconds), SiteFields.none());
        FillTimes back = SnapshotReader.read(file).filled();
        for (int site = 0; site < seconds.length; site++) {
            assertThat(Float.compare(back.seconds(site), seconds[site])).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void shouldReadBackTheFieldsOfSites(LatticeGeometry geometry) throws IOException {
        Lattice lattice = random(geometry, false);
        assertThat(SnapshotReader.read(write(lattice)).fields().names()).isEmpty();
        SiteFields fields = new SiteFields(
                List.of("local_current_density_A_per_m2", "local_Zn2+_mol_per_L"),
                (field, site) -> lattice.species(site) == 0 || site % 3 == 0 ? Float.NaN : site * 0.1f - field);
        Path file = directory.resolve("f." + SnapshotWriter.extension(geometry));
        SnapshotWriter.write(file, lattice, stamp(), FillTimes.unknown(), fields);
        Snapshot back = SnapshotReader.read(file);
        assertThat(back.filled().known()).isFalse();
        assertThat(back.fields().names()).isEqualTo(fields.names());
        for (int site = 0; site < geometry.siteCount(); site++) {
            for (int field = 0; field < 2; field++) {
                assertThat(Float.compare(back.fields().value(field, site), fields.value(field, site)))
                        .isZero();
            }
        }
        assertThat(SnapshotReader.readStamp(file).readings()).isEqualTo(stamp().readings());
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void shouldReadBackAnEmptyLattice(LatticeGeometry geometry) throws IOException {
        Lattice empty = new Lattice(geometry);
        Snapshot back = SnapshotReader.read(write(empty));
        assertThat(Arrays.equals(back.lattice().speciesArray(), empty.speciesArray()))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void shouldBeXmlAsVtkDescribesIt(LatticeGeometry geometry) throws Exception {
        Path file = write(random(geometry, true));
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        int start = bytes.indexOf("<AppendedData encoding=\"raw\">");
        assertThat(bytes).endsWith("\n</AppendedData>\n</VTKFile>\n");
        String head =
                new String(bytes.substring(0, start).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new java.io.ByteArrayInputStream((head + "</VTKFile>").getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        boolean image = file.toString().endsWith("vti");
        assertThat(root.getAttribute("type")).isEqualTo(image ? "ImageData" : "PolyData");
        assertThat(root.getAttribute("compressor")).isEqualTo("vtkZLibDataCompressor");
        var arrays = root.getElementsByTagName("DataArray");
        long previous = -1;
        for (int i = 0; i < arrays.getLength(); i++) {
            Element array = (Element) arrays.item(i);
            if (array.getAttribute("format").equals("appended")) {
                long offset = Long.parseLong(array.getAttribute("offset"));
                assertThat(offset).isGreaterThan(previous);
                previous = offset;
            }
        }
        if (image) {
            Element piece = (Element) root.getElementsByTagName("ImageData").item(0);
            assertThat(piece.getAttribute("WholeExtent"))
                    .isEqualTo("0 " + (geometry.cellsX() - 1) + " 0 " + (geometry.cellsY() - 1) + " 0 "
                            + (geometry.cellsZ() - 1));
        }
    }

    @Test
    void shouldRefuseAFileThatIsDamagedAnywhereOrReadItRight() throws IOException {
        Lattice lattice = random(LatticeGeometry.of(LatticeKind.BCC, "110", 0.42906, 1, 6, 6, 6), false);
        Path file = write(lattice);
        byte[] intact = Files.readAllBytes(file);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3L);
        int refused = 0;
        for (int trial = 0; trial < 80; trial++) {
            byte[] damaged = intact.clone();
            int appended = new String(intact, StandardCharsets.ISO_8859_1).indexOf("\n_") + 2;
            damaged[appended + random.nextInt(intact.length - appended)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            try {
                Snapshot back = SnapshotReader.read(file);
                assertThat(Arrays.equals(back.lattice().speciesArray(), lattice.speciesArray()))
                        .isTrue();
            } catch (IOException e) {
                refused++;
                assertThat(e).hasMessageContaining("cannot be read as a snapshot");
            }
        }
        assertThat(refused).isGreaterThan(10);
        Files.write(file, Arrays.copyOf(intact, intact.length * 2 / 3));
        assertThatIOException().isThrownBy(() -> SnapshotReader.read(file));
        Files.writeString(file, "<VTKFile/>");
        assertThatIOException()
                .isThrownBy(() -> SnapshotReader.read(file))
                .withMessageContaining("it is not a snapshot written by Kossel");
    }

    @Test
    void shouldIndexTheSnapshotsAndForgetThoseAfterTheCheckpoint() throws IOException {
        Lattice lattice = new Lattice(LatticeGeometry.of(LatticeKind.SC, "100", 0.3, 1, 4, 4, 4));
        Path run = directory.resolve("run");
        try (RunDirectory runDirectory = RunDirectory.create(run)) {
            runDirectory.writeText(runDirectory.manifestFile(), "{}");
            assertThat(SnapshotSeries.list(runDirectory)).isEmpty();
            SnapshotSeries series = SnapshotSeries.begin(runDirectory);
            for (int i = 0; i < 4; i++) {
                series.append(lattice, new SnapshotStamp(i * 1e-3, i, Map.of()));
            }
            assertThat(series.count()).isEqualTo(4);
        }
        try (RunDirectory runDirectory = RunDirectory.resume(run)) {
            SnapshotSeries series = SnapshotSeries.begin(runDirectory);
            assertThatIOException().isThrownBy(() -> series.resumeAt(5)).withMessageContaining("lists 4 files");
            series.resumeAt(2);
            lattice.fill(1);
            series.append(lattice, new SnapshotStamp(0.5, 9, Map.of()));
            assertThat(SnapshotSeries.list(runDirectory))
                    .extracting(SnapshotSeries.Entry::timeSeconds)
                    .containsExactly(0.0, 1e-3, 0.5);
            assertThat(SnapshotReader.read(
                                    SnapshotSeries.list(runDirectory).get(2).file())
                            .lattice()
                            .species(0))
                    .isEqualTo(1);
            try (var files = Files.list(runDirectory.snapshotDirectory())) {
                assertThat(files).hasSize(3);
            }
        }
        try (RunDirectory runDirectory = RunDirectory.resume(run)) {
            SnapshotSeries series = SnapshotSeries.begin(runDirectory);
            assertThat(SnapshotSeries.list(runDirectory)).hasSize(3);
            series.append(lattice, SnapshotStamp.initial());
            assertThat(SnapshotSeries.list(runDirectory)).hasSize(1);
        }
    }
}
