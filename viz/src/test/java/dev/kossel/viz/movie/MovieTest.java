package dev.kossel.viz.movie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kossel.engine.record.FillTimes;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.RunManifest;
import dev.kossel.engine.record.SiteFields;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SnapshotStamp;
import dev.kossel.engine.record.SpeciesLabel;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.viz.render.Backdrop;
import dev.kossel.viz.render.Camera;
import dev.kossel.viz.render.Region;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MovieTest {

    private static final LatticeGeometry GEOMETRY = LatticeGeometry.of(LatticeKind.SC, "100", 0.4, 1, 12, 12, 14);
    private static final int RED = 0xd02010;
    private static final RunLayout LAYOUT = new RunLayout(
            GEOMETRY,
            List.of(
                    new SpeciesLabel("vacant", false, true, 0xffffff),
                    new SpeciesLabel("M", true, false, RED),
                    new SpeciesLabel("film", false, false, 0x1040d0)),
            List.of("plain", "step"),
            List.of("reduction"),
            List.of("charge_C_per_m2", "overpotential_V"),
            List.of("local_overpotential_V"));

    @TempDir
    private Path place;

    /** A film of two layers on which a pillar grows by two layers a second, and a site that hangs in the air. */
    private Path run(String name, int snapshots, double chargePerSecond, boolean filled) throws IOException {
        Path root = place.resolve(name);
        try (RunDirectory run = RunDirectory.create(root)) {
            run.write(RunManifest.begin("0.1", "unknown", name, 1, LAYOUT));
            SnapshotSeries series = SnapshotSeries.begin(run);
            for (int i = 0; i < snapshots; i++) {
                float[] seconds = new float[GEOMETRY.siteCount()];
                Lattice lattice = new Lattice(GEOMETRY).withSiteTypes();
                for (int site = 0; site < seconds.length; site++) {
                    int layer = GEOMETRY.layer(site);
                    boolean pillar = Math.abs(GEOMETRY.cellX(site) - 5) < 3 && Math.abs(GEOMETRY.cellY(site) - 5) < 3;
                    lattice.setSpecies(site, layer < 2 ? 2 : pillar && layer < 2 + 2 * i ? 1 : 0);
                    lattice.setSiteType(site, GEOMETRY.cellX(site) % 2);
                    seconds[site] = layer < 2 ? 0 : lattice.species(site) == 0 ? Float.NaN : (layer - 2) / 2 + 1;
                }
                lattice.setSpecies(GEOMETRY.site(1, 1, 12, 0), 1);
                series.append(
                        lattice,
                        new SnapshotStamp(
                                i,
                                10L * i,
                                Map.of("charge_C_per_m2", chargePerSecond * i, "overpotential_V", -0.01 * i)),
                        filled ? FillTimes.of(seconds) : FillTimes.unknown(),
                        new SiteFields(LAYOUT.siteFields(), (field, site) -> GEOMETRY.layer(site) < 2 ? -0.1f : -0.2f));
            }
        }
        return root;
    }

    private static MovieStyle style(Coloring coloring, Region region) {
        return new MovieStyle(
                240,
                180,
                1,
                Camera.orthographic(32, 30),
                coloring,
                region,
                Backdrop.DARK,
                EnumSet.allOf(Annotation.class),
                Alignment.TIME);
    }

    private static MovieStyle plain() {
        return style(Coloring.Known.SPECIES, Region.everything());
    }

    private static Movie.Scenes all(Movie movie) throws IOException {
        return movie.scenes(IntStream.range(0, movie.frameCount()).boxed().toList());
    }

    private static long reddish(BufferedImage image) {
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
                .filter(rgb -> (rgb >> 16 & 255) > 60 && (rgb >> 16 & 255) > 3 * (rgb & 255))
                .count();
    }

    @Test
    void shouldWriteAnAnimatedGifOfAllFrames() throws IOException {
        Movie movie = Movie.of(List.of(run("growth", 5, 1, true)), plain());
        Path file = place.resolve("growth.gif");
        List<Integer> done = new ArrayList<>();
        MovieFile.GIF.write(file, all(movie), 8, 2, done::add);

        assertThat(done).containsExactly(1, 2, 3, 4, 5);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .startsWith("GIF89a")
                .contains("NETSCAPE2.0\3\1\0\0");
        List<Integer> delays = new ArrayList<>();
        List<Integer> areas = new ArrayList<>();
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
            reader.setInput(in);
            for (int i = 0; i < reader.getNumImages(true); i++) {
                IIOMetadataNode root =
                        (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
                IIOMetadataNode control = (IIOMetadataNode)
                        root.getElementsByTagName("GraphicControlExtension").item(0);
                delays.add(Integer.parseInt(control.getAttribute("delayTime")));
                areas.add(reader.getWidth(i) * reader.getHeight(i));
                assertThat(root.getElementsByTagName("LocalColorTable").getLength())
                        .isZero();
            }
            assertThat(reader.getWidth(0)).isEqualTo(240);
            BufferedImage first = reader.read(0);
            assertThat(distance(first, all(movie).image(0))).isLessThan(4);
        }
        // 12.5 hundredths each, and two seconds more for the last.
        assertThat(delays).containsExactly(13, 12, 13, 12, 13 + 200);
        assertThat(areas.get(0)).isEqualTo(240 * 180);
        assertThat(areas.subList(1, 5)).allMatch(area -> area > 100 && area < 240 * 180);
    }

    /** Mean difference of channels, of 255. */
    private static double distance(BufferedImage a, BufferedImage b) {
        double sum = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    sum += Math.abs((a.getRGB(x, y) >> shift & 255) - (b.getRGB(x, y) >> shift & 255));
                }
            }
        }
        return sum / (3.0 * a.getWidth() * a.getHeight());
    }

    @Test
    void shouldShowMoreMetalFromFrameToFrameAtOneScale() throws IOException {
        Movie.Scenes scenes = all(Movie.of(List.of(run("growth", 5, 1, true)), plain()));
        long before = 0;
        for (int frame = 0; frame < 5; frame++) {
            BufferedImage image = scenes.image(frame);
            assertThat(reddish(image)).isGreaterThan(before + 20);
            before = reddish(image);
            // The lower left, where the film and the scale bar are, stays where it is.
            assertThat(image.getRGB(12, 172)).isEqualTo(scenes.image(0).getRGB(12, 172));
        }
    }

    @ParameterizedTest
    @EnumSource(Coloring.Known.class)
    void shouldColorBy(Coloring coloring) throws IOException {
        Path root = run("growth", 4, 1, true);
        BufferedImage image = Movie.of(List.of(root), style(coloring, Region.everything()))
                .scenes(List.of(3))
                .image(0);
        Set<Integer> colors = new HashSet<>();
        for (int y = 60; y < 150; y++) {
            for (int x = 20; x < 180; x++) {
                colors.add(image.getRGB(x, y));
            }
        }
        assertThat(colors).hasSizeGreaterThan(100);
        if (coloring != Coloring.Known.SPECIES) {
            assertThat(distance(
                            image,
                            Movie.of(List.of(root), plain()).scenes(List.of(3)).image(0)))
                    .isGreaterThan(1);
        }
    }

    /** The film at one end of the colours, the pillar at the other. */
    @ParameterizedTest
    @ValueSource(strings = {"overpotential", "local_overpotential_V"})
    void shouldColorByWhatTheRunHasComputedAtItsSurface(String name) throws IOException {
        Path root = run("growth", 4, 1, true);
        MovieStyle style = style(new Coloring.Field(name), Region.everything());
        BufferedImage image = Movie.of(List.of(root), style).scenes(List.of(3)).image(0);
        int yellow = 0;
        int violet = 0;
        for (int y = 60; y < 150; y++) {
            for (int x = 20; x < 180; x++) {
                int rgb = image.getRGB(x, y);
                int red = rgb >> 16 & 255;
                int green = rgb >> 8 & 255;
                int blue = rgb & 255;
                yellow += red > 1.5 * blue && green > 1.5 * blue && red > 60 ? 1 : 0;
                violet += blue > 1.2 * green && red > 1.2 * green ? 1 : 0;
            }
        }
        assertThat(yellow).isGreaterThan(1000);
        assertThat(violet).isGreaterThan(300);

        Movie unknown = Movie.of(List.of(root), style(new Coloring.Field("field-strength"), Region.everything()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unknown.scenes(List.of(3)))
                .withMessageEndingWith("holds no 'field-strength' of its sites; what it holds are overpotential");
    }

    @Test
    void shouldShowTheInsideWhereItIsCut() throws IOException {
        Path root = run("growth", 4, 1, true);
        double half = 0.5 * GEOMETRY.depthNm();
        double infinity = Double.POSITIVE_INFINITY;
        Region behind = new Region(-infinity, infinity, half, infinity, -infinity, infinity);
        BufferedImage cut = Movie.of(List.of(root), style(Coloring.Known.SPECIES, behind))
                .scenes(List.of(3))
                .image(0);
        BufferedImage whole =
                Movie.of(List.of(root), plain()).scenes(List.of(3)).image(0);
        assertThat(reddish(cut)).isGreaterThan(50);
        assertThat(distance(cut, whole)).isGreaterThan(2);
        // Nothing is left where no metal is.
        Region corner = new Region(-infinity, 0.5, -infinity, 0.5, -infinity, 3);
        assertThat(reddish(Movie.of(List.of(root), style(Coloring.Known.SPECIES, corner))
                        .scenes(List.of(3))
                        .image(0)))
                .isZero();
    }

    @Test
    void shouldPutRunsSideBySideAtEqualTimeOrCharge() throws IOException {
        Path slow = run("slow", 3, 1, true);
        Path fast = run("fast", 5, 2, true);
        MovieStyle byTime = plain();
        Movie movie = Movie.of(List.of(slow, fast), byTime);
        assertThat(movie.frameCount()).isEqualTo(5);
        BufferedImage image = all(movie).image(2);
        BufferedImage left = image.getSubimage(0, 0, 120, 180);
        BufferedImage right = image.getSubimage(120, 0, 120, 180);
        assertThat(reddish(left)).isGreaterThan(20);
        assertThat(reddish(right)).isBetween(reddish(left) - 10, reddish(left) + 10);
        // At 4 s the slow run has no newer snapshot than that of 2 s.
        assertThat(reddish(all(movie).image(4).getSubimage(120, 0, 120, 180))).isGreaterThan(reddish(left) + 20);

        MovieStyle byCharge = new MovieStyle(
                240,
                180,
                1,
                byTime.camera(),
                Coloring.Known.SPECIES,
                Region.everything(),
                Backdrop.LIGHT,
                Set.of(),
                Alignment.CHARGE);
        // Charges 0, 1, 2 and 0, 2, 4, 6, 8.
        assertThat(Movie.of(List.of(slow, fast), byCharge).frameCount()).isEqualTo(6);
    }

    @Test
    void shouldRefuseWhatARunDoesNotHave() throws IOException {
        Path old = run("old", 2, 1, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all(Movie.of(List.of(old), style(Coloring.Known.AGE, Region.everything()))))
                .withMessageContaining("does not say when its sites were filled");
        Path stripped = run("stripped", 3, -1, true);
        MovieStyle byCharge = new MovieStyle(
                240, 180, 1, null, null, Region.everything(), Backdrop.LIGHT, Set.of(), Alignment.CHARGE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Movie.of(List.of(stripped), byCharge))
                .withMessageContaining("the charge falls between its snapshots 0 and 1");
        Path empty = run("empty", 0, 1, true);
        assertThatIOException()
                .isThrownBy(() -> Movie.of(List.of(empty), plain()))
                .withMessageContaining("has no snapshot yet");
    }

    @Test
    void shouldLeaveNothingBehindIfASnapshotIsGone() throws IOException {
        Path root = run("growth", 4, 1, true);
        Movie.Scenes scenes = all(Movie.of(List.of(root), plain()));
        Files.delete(root.resolve("snapshots/000002.vti"));
        Path file = place.resolve("out/growth.gif");
        Files.createDirectories(file.getParent());
        assertThatIOException().isThrownBy(() -> MovieFile.GIF.write(file, scenes, 10, 0, done -> {}));
        try (var files = Files.list(file.getParent())) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MP4", "WEBM"})
    void shouldWriteAMovieByFfmpeg(MovieFile format) throws Exception {
        assumeTrue(Ffmpeg.find().isPresent(), "skipped: no ffmpeg on PATH (apt-get install ffmpeg)");
        Movie movie = Movie.of(List.of(run("growth", 4, 1, true)), plain());
        Path file = place.resolve("growth." + format.name().toLowerCase(Locale.ROOT));
        format.write(file, all(movie), 10, 0.2, done -> {});

        // Two more of the last frame: 0.2 s.
        Process probe = new ProcessBuilder(
                        Ffmpeg.find().orElseThrow().toString(),
                        "-i",
                        file.toString(),
                        "-vsync",
                        "0",
                        place.resolve("movie-%d.png").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(probe.waitFor()).as(said).isZero();
        assertThat(said).contains("240x180");
        assertThat(place.resolve("movie-6.png")).exists();
        assertThat(place.resolve("movie-7.png")).doesNotExist();
        BufferedImage last = ImageIO.read(place.resolve("movie-6.png").toFile());
        assertThat(distance(last, all(movie).image(3))).isLessThan(8);
        try (var files = Files.list(place)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }
}
