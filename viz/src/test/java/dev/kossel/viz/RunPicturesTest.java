package dev.kossel.viz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.engine.record.CsvWriter;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.RunManifest;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SnapshotStamp;
import dev.kossel.engine.record.SpeciesLabel;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPicturesTest {

    private static final LatticeGeometry GEOMETRY = LatticeGeometry.of(LatticeKind.BCC, "110", 0.43, 1, 16, 12, 8);
    private static final RunLayout LAYOUT = new RunLayout(
            GEOMETRY,
            List.of(
                    new SpeciesLabel("vacant", false, true, 0xffffff),
                    new SpeciesLabel("Na", true, false, 0xe0b040),
                    new SpeciesLabel("film", false, false, 0x4a7fb5)),
            List.of("plain", "VN-top"),
            List.of("reduction", "hop"),
            List.of("overpotential_V", "charge_C_per_m2"));

    @TempDir
    private Path place;

    private Path root;
    private Path pictures;

    @BeforeEach
    void choosePlaces() {
        root = place.resolve("run");
        pictures = place.resolve("pictures");
    }

    private RunDirectory begin() throws IOException {
        RunDirectory run = RunDirectory.create(root);
        run.write(RunManifest.begin("0.1", "unknown", "na-bare", 1, LAYOUT));
        return run;
    }

    private List<String> write(RunDirectory run) throws IOException {
        return RunPictures.of(run).write(pictures).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private static Lattice surface(int layers, int species) {
        Lattice lattice = new Lattice(GEOMETRY);
        for (int site = 0; site < GEOMETRY.siteCount(); site++) {
            lattice.setSpecies(site, GEOMETRY.layer(site) < 3 ? 1 : GEOMETRY.layer(site) < layers ? species : 0);
        }
        return lattice;
    }

    private static void statistics(RunDirectory run, int rows) throws IOException {
        List<String> columns = List.of(
                "time_s",
                "charge_C_per_m2",
                "overpotential_V",
                "current_density_A_per_m2",
                "mean_height_nm",
                "max_height_nm",
                "rms_roughness_nm",
                "coverage",
                "coverage_VN-top",
                "island_count");
        try (CsvWriter csv = run.csv(run.statisticsFile(), columns)) {
            for (int i = 0; i < rows; i++) {
                csv.add(i * 0.1).add(i * 0.5).add(i == 0 ? Double.NaN : -0.05).add(5.0);
                csv.add(i * 0.01)
                        .add(i * 0.02)
                        .add(i * 0.003)
                        .add(i / 100.0)
                        .add(i / 50.0)
                        .add(i % 7);
                csv.endRow();
            }
            csv.flush();
        }
    }

    @Test
    void shouldWriteTheStandardSetOfARun() throws IOException {
        try (RunDirectory run = begin()) {
            statistics(run, 40);
            try (CsvWriter csv = run.csv(
                    run.eventsFile(),
                    List.of("time_s", "reduction_count", "reduction_rate_per_s", "hop_count", "hop_rate_per_s"))) {
                csv.add(0.0).add(0L).add(Double.NaN).add(0L).add(Double.NaN).endRow();
                csv.add(1.0).add(30L).add(30.0).add(20_000L).add(2e4).endRow();
                csv.flush();
            }
            SnapshotSeries snapshots = SnapshotSeries.begin(run);
            snapshots.append(surface(3, 1), SnapshotStamp.initial());
            snapshots.append(surface(6, 1), new SnapshotStamp(12.5, 1000, Map.of("charge_C_per_m2", 3.1)));

            assertThat(write(run))
                    .containsExactly(
                            "overpotential.png",
                            "overpotential-charge.png",
                            "current-density.png",
                            "roughness.png",
                            "height.png",
                            "coverage.png",
                            "islands.png",
                            "events.png",
                            "height-map.png",
                            "morphology.png");
            for (Path file : Files.list(pictures).toList()) {
                BufferedImage image = ImageIO.read(file.toFile());
                assertThat(image.getWidth()).as(file.toString()).isEqualTo(1200);
            }
        }
    }

    @Test
    void shouldWriteTheSameBytesAgain() throws IOException {
        try (RunDirectory run = begin()) {
            statistics(run, 5);
            SnapshotSeries.begin(run).append(surface(5, 2), SnapshotStamp.initial());
            write(run);
            byte[] plot = Files.readAllBytes(pictures.resolve("coverage.png"));
            byte[] picture = Files.readAllBytes(pictures.resolve("morphology.png"));
            write(run);

            assertThat(pictures.resolve("coverage.png")).hasBinaryContent(plot);
            assertThat(pictures.resolve("morphology.png")).hasBinaryContent(picture);
        }
    }

    @Test
    void shouldWriteNothingForARunThatHasNothingYet() throws IOException {
        try (RunDirectory run = begin()) {
            assertThat(write(run)).isEmpty();
        }
    }

    @Test
    void shouldDrawEmptyAxesForStatisticsWithoutRows() throws IOException {
        try (RunDirectory run = begin()) {
            statistics(run, 0);

            assertThat(write(run)).contains("overpotential.png", "roughness.png", "coverage.png");
        }
    }

    @Test
    void shouldReadARunThatAnotherProcessWrites() throws IOException {
        try (RunDirectory writer = begin()) {
            statistics(writer, 3);
            try (RunDirectory reader = RunDirectory.read(root)) {
                assertThat(write(reader)).contains("overpotential.png");
            }
        }
    }

    @Test
    void shouldTellSpeciesApartByTheirColoursWhereThereAreSeveral() throws IOException {
        try (RunDirectory run = begin()) {
            SnapshotSeries.begin(run).append(surface(4, 2), SnapshotStamp.initial());
            write(run);
            BufferedImage image =
                    ImageIO.read(pictures.resolve("morphology.png").toFile());
            int top = image.getRGB(560, 400);

            assertThat(top & 0xff).isGreaterThan((top >> 16 & 0xff) * 3 / 2);
        }
    }
}
