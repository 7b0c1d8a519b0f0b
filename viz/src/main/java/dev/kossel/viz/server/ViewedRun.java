package dev.kossel.viz.server;

import dev.kossel.engine.record.ExportFormat;
import dev.kossel.engine.record.FillTimes;
import dev.kossel.engine.record.FrameWriter;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.RunManifest;
import dev.kossel.engine.record.RunStatus;
import dev.kossel.engine.record.Snapshot;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SnapshotWriter;
import dev.kossel.engine.record.SpeciesLabel;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.morphology.Facets;
import dev.kossel.viz.render.DeadMetal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One run that the viewer shows, read afresh at every request: it may grow, break or vanish meanwhile. Errors name the
 * run, never where it lies. Thread-safe.
 */
final class ViewedRun {

    /** Reading takes memory in proportion to the lattice, or the file, so few read at a time. */
    private static final Semaphore READERS = new Semaphore(2);

    /** One answer holds no more of a text file than this; of the statistics, at 300 bytes a row, a million rows. */
    private static final long MOST_TEXT_BYTES = 300L << 20;

    private static final int BLOCK_BYTES = 4096;

    /** The run in a list: what is wrong with it, if anything, and how it stands. */
    record Listing(
            int id,
            String name,
            @Nullable String error,
            @Nullable Description run,
            State state) {}

    /** What does not change while a run goes on. */
    record Description(
            String scenario,
            String version,
            long seed,
            String started,
            Box box,
            List<Drawn> species,
            List<String> siteTypes,
            List<String> processes,
            List<String> siteFields,
            List<String> facets) {}

    /**
     * The lattice, lengths in nm.
     *
     * @param cells how many cells there are along x, y, z
     * @param basis where in its cell each basis atom lies
     */
    record Box(
            String lattice,
            String orientation,
            double widthNm,
            double depthNm,
            double heightNm,
            double radiusNm,
            int mostNeighbors,
            int siteCount,
            int layers,
            List<Integer> cells,
            List<List<Double>> basis) {}

    /** A species and its colour, {@code #rrggbb}. */
    record Drawn(String name, boolean metal, boolean vacant, String color) {}

    /**
     * What changes as a run goes on.
     *
     * @param status {@code RUNNING}, {@code COMPLETED} …; {@code INTERRUPTED} where nobody writes a run that says it is
     *     running; {@code UNREADABLE}
     * @param frames number of snapshots
     * @param lastFrameSeconds simulated time of the last, 0 without any
     * @param statisticsBytes length of the statistics
     */
    record State(
            int id,
            String status,
            @Nullable String reason,
            int frames,
            double lastFrameSeconds,
            long statisticsBytes) {}

    /**
     * A part of a file.
     *
     * @param from where in the file it begins
     * @param total bytes of the file that could be asked for
     * @param tag changes with the file
     */
    record Part(byte[] bytes, long from, long total, String tag) {}

    private final int id;
    private final String name;
    private final Path path;
    private final SnapshotCache snapshots;
    private final FilledSince filled = new FilledSince();
    private final FilledSince.Snapshots inOrder = new FilledSince.Snapshots() {
        @Override
        public Snapshot read(int number) throws IOException, RequestFailure {
            return snapshot(number);
        }

        @Override
        public String tag(int number) throws RequestFailure {
            return frameTag(number);
        }
    };

    ViewedRun(int id, String name, Path path, SnapshotCache snapshots) {
        this.id = id;
        this.snapshots = snapshots;
        this.name = name;
        this.path = path.toAbsolutePath().normalize();
    }

    Listing listing() {
        try {
            return new Listing(id, name, null, describe(manifest()), state());
        } catch (RequestFailure e) {
            return new Listing(id, name, String.valueOf(e.getMessage()), null, state());
        }
    }

    private static Description describe(RunManifest m) {
        RunLayout layout = m.layout();
        LatticeGeometry g = layout.geometry();
        Box box = new Box(
                g.kind().name().toLowerCase(Locale.ROOT),
                g.orientation(),
                g.widthNm(),
                g.depthNm(),
                g.heightNm(),
                SurfaceFrame.radiusNm(g),
                g.nearestCount(),
                g.siteCount(),
                g.layerCount(),
                List.of(g.cellsX(), g.cellsY(), g.cellsZ()),
                IntStream.range(0, g.basisSize())
                        .map(b -> g.site(0, 0, 0, b))
                        .mapToObj(site -> List.of(g.xNm(site), g.yNm(site), g.zNm(site)))
                        .toList());
        List<Drawn> species = layout.species().stream().map(ViewedRun::drawn).toList();
        return new Description(
                m.scenario(),
                m.version(),
                m.seed(),
                m.started().toString(),
                box,
                species,
                layout.siteTypes(),
                layout.processes(),
                layout.siteFields(),
                g.layerCount() == 1 ? List.of() : Facets.families(g));
    }

    private static Drawn drawn(SpeciesLabel s) {
        return new Drawn(s.name(), s.metal(), s.vacant(), s.colorCode());
    }

    State state() {
        try (RunDirectory directory = open()) {
            RunManifest manifest = directory.manifest();
            boolean interrupted = manifest.status() == RunStatus.RUNNING && !directory.isBeingWritten();
            List<SnapshotSeries.Entry> frames = SnapshotSeries.list(directory);
            return new State(
                    id,
                    interrupted ? "INTERRUPTED" : manifest.status().name(),
                    manifest.reason(),
                    frames.size(),
                    frames.isEmpty() ? 0 : frames.get(frames.size() - 1).timeSeconds(),
                    Files.exists(directory.statisticsFile()) ? Files.size(directory.statisticsFile()) : 0);
        } catch (IOException | RuntimeException e) {
            return new State(id, "UNREADABLE", failure(e).getMessage(), 0, 0, 0);
        } catch (RequestFailure e) {
            return new State(id, "UNREADABLE", e.getMessage(), 0, 0, 0);
        }
    }

    /** Simulated times of the snapshots, s. */
    Map<String, Object> frames() throws RequestFailure {
        return Map.of(
                "times",
                entries().stream().map(SnapshotSeries.Entry::timeSeconds).toList());
    }

    /** What distinguishes this content of a snapshot from an earlier or later one under the same number. */
    String frameTag(int number) throws RequestFailure {
        return tag(frameFile(number));
    }

    /**
     * A snapshot as {@link SurfaceFrame}.
     *
     * @param cut null for the whole; else what the cut lays open
     */
    byte[] frame(int number, @Nullable Cut cut) throws RequestFailure {
        return of(number, (snapshot, layout) -> SurfaceFrame.encode(snapshot, layout.solids(), cut));
    }

    /** A number for each site of {@link #frame}: {@link SiteValues}. */
    byte[] values(int number, @Nullable Cut cut, SiteValues.Wanted wanted) throws RequestFailure {
        return of(number, (snapshot, layout) -> {
            SpeciesGrid grid = new SpeciesGrid(snapshot.lattice(), layout.solids());
            DrawnSites drawn = DrawnSites.of(grid, cut);
            return SiteValues.encode(
                    switch (wanted.kind()) {
                        case DEAD -> SiteValues.dead(DeadMetal.of(snapshot.lattice(), layout), grid, drawn);
                        case CURVATURE -> SiteValues.curvature(grid, drawn);
                        case FILLED -> SiteValues.filled(filled(number, snapshot, layout), grid, drawn);
                        case FACET -> {
                            if (layout.geometry().layerCount() == 1) {
                                throw new RequestFailure(404, name + " is flat: it has no facets");
                            }
                            yield SiteValues.facet(
                                    new Facets(layout.geometry(), layout.solids()).measure(snapshot.lattice()),
                                    grid,
                                    drawn);
                        }
                        case FIELD -> SiteValues.field(snapshot.fields(), field(layout, wanted), grid, drawn);
                    });
        });
    }

    private String field(RunLayout layout, SiteValues.Wanted wanted) throws RequestFailure {
        if (wanted.field() >= layout.siteFields().size()) {
            throw new RequestFailure(
                    404, name + " has " + layout.siteFields().size() + " fields of sites, no number " + wanted.field());
        }
        return layout.siteFields().get(wanted.field());
    }

    /** The {@link TipReport tips} of a snapshot. */
    List<TipReport> tips(int number) throws RequestFailure {
        return of(
                number, (snapshot, layout) -> TipReport.of(snapshot(0).lattice(), snapshot.lattice(), layout.solids()));
    }

    /**
     * What is known of a site.
     *
     * @param place {@link SpeciesGrid}
     */
    SiteReport site(int number, int place) throws RequestFailure {
        return of(number, (snapshot, layout) -> {
            SpeciesGrid grid = new SpeciesGrid(snapshot.lattice(), layout.solids());
            if (place >= grid.places()) {
                throw new RequestFailure(404, "there are " + grid.places() + " sites, no number " + place);
            }
            return SiteReport.of(snapshot, layout, grid, place, filled(number, snapshot, layout));
        });
    }

    private FillTimes filled(int number, Snapshot snapshot, RunLayout layout) throws IOException, RequestFailure {
        return snapshot.filled().known() ? snapshot.filled() : filled.at(number, inOrder, layout.originals());
    }

    /** A snapshot as {@link Topography}. */
    byte[] topography(int number) throws RequestFailure {
        return of(
                number,
                (snapshot, layout) ->
                        Topography.encode(snapshot(0).lattice(), snapshot, layout.species(), layout.solids()));
    }

    /** A snapshot as {@link CrossSection}. */
    byte[] section(int number, boolean acrossX, double atNm) throws RequestFailure {
        return of(
                number,
                (snapshot, layout) -> CrossSection.encode(
                        snapshot, layout.solids(), acrossX, atNm, 2 * SurfaceFrame.radiusNm(layout.geometry())));
    }

    /**
     * A snapshot in a format for other programs, as a file that is the caller's to delete.
     *
     * @param format by its name in lower case
     */
    Exported export(int number, String format) throws RequestFailure {
        ExportFormat to = Arrays.stream(ExportFormat.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(format))
                .findFirst()
                .orElseThrow(() -> new RequestFailure(404, "there is no format " + format));
        return of(number, (snapshot, layout) -> {
            String extension = to == ExportFormat.VTK ? SnapshotWriter.extension(layout.geometry()) : to.extension();
            Path directory = Files.createTempDirectory("kossel-export");
            // Formats note the name of the file, so it is the one under which it will be saved.
            Path file = directory.resolve(String.format(
                    Locale.ROOT, "%s-%06d.%s", name.replaceAll("[^A-Za-z0-9._-]", "_"), number, extension));
            try (FrameWriter writer = to.open(file, layout.species())) {
                writer.write(snapshot);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(file);
                Files.delete(directory);
                throw e;
            }
            return new Exported(file);
        });
    }

    /** A file made for one answer, alone in its directory. */
    record Exported(Path file) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.toAbsolutePath().getParent());
        }
    }

    /** Makes something of a snapshot. */
    @FunctionalInterface
    private interface Made<T> {
        T of(Snapshot snapshot, RunLayout layout) throws IOException, RequestFailure;
    }

    private <T> T of(int number, Made<T> made) throws RequestFailure {
        Path file = frameFile(number);
        READERS.acquireUninterruptibly();
        try {
            return made.of(snapshots.read(file, tag(file)), manifest().layout());
        } catch (IOException | RuntimeException e) {
            throw failure(e);
        } finally {
            READERS.release();
        }
    }

    private Snapshot snapshot(int number) throws IOException, RequestFailure {
        Path file = frameFile(number);
        return snapshots.read(file, tag(file));
    }

    private Path frameFile(int number) throws RequestFailure {
        List<SnapshotSeries.Entry> entries = entries();
        if (number >= entries.size()) {
            throw new RequestFailure(404, name + " has " + entries.size() + " snapshots, no number " + number);
        }
        try {
            // The index is only text: what it names must lie, links followed, within the run.
            Path file = entries.get(number).file().toRealPath();
            if (!file.startsWith(path.toRealPath())) {
                throw new RequestFailure(422, name + ": its index of snapshots names a file outside the run");
            }
            return file;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private List<SnapshotSeries.Entry> entries() throws RequestFailure {
        try (RunDirectory directory = open()) {
            return SnapshotSeries.list(directory);
        } catch (IOException | RuntimeException e) {
            throw failure(e);
        }
    }

    /** A text file of the run that is served as it is. */
    enum Text {
        STATISTICS("statistics.csv", RunDirectory::statisticsFile),
        EVENTS("events.csv", RunDirectory::eventsFile),
        LATENCY("latency.hgrm", RunDirectory::latencyFile);

        final String fileName;
        private final Function<RunDirectory, Path> file;

        Text(String fileName, Function<RunDirectory, Path> file) {
            this.fileName = fileName;
            this.file = file;
        }
    }

    /**
     * Of the whole lines of a text file the bytes {@code from} … {@code to} − 1, as far as there are any.
     *
     * @param from at least 0
     */
    Part text(Text text, long from, long to) throws RequestFailure {
        READERS.acquireUninterruptibly();
        try (RunDirectory directory = open()) {
            Path file = text.file.apply(directory);
            if (!Files.exists(file)) {
                return new Part(new byte[0], from, 0, "\"none\"");
            }
            if (!file.toRealPath().startsWith(path.toRealPath())) {
                throw new RequestFailure(422, name + ": " + text.fileName + " lies outside the run");
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                long total = wholeRows(channel);
                long length = Math.max(0, Math.min(Math.min(to, total) - from, MOST_TEXT_BYTES));
                ByteBuffer bytes = ByteBuffer.allocate((int) length);
                readFully(channel, bytes, from);
                long modified = Files.getLastModifiedTime(file).toMillis();
                String tag = "\"" + Long.toHexString(modified) + "-" + Long.toHexString(total) + "\"";
                return new Part(bytes.array(), from, total, tag);
            }
        } catch (IOException | RuntimeException e) {
            throw failure(e);
        } finally {
            READERS.release();
        }
    }

    /** Where the last row that has its line end ends. */
    private static long wholeRows(FileChannel channel) throws IOException {
        for (long end = channel.size(); end > 0; end = Math.max(0, end - BLOCK_BYTES)) {
            ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK_BYTES, end));
            long start = end - block.capacity();
            readFully(channel, block, start);
            for (int i = block.capacity() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return start + i + 1;
                }
            }
        }
        return 0;
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long from) throws IOException {
        for (long at = from; into.hasRemaining(); ) {
            int read = channel.read(into, at);
            if (read < 0) {
                throw new IOException("a file was cut while it was read");
            }
            at += read;
        }
    }

    private RunManifest manifest() throws RequestFailure {
        try (RunDirectory directory = open()) {
            return directory.manifest();
        } catch (IOException | RuntimeException e) {
            throw failure(e);
        }
    }

    private RunDirectory open() throws RequestFailure, IOException {
        if (!Files.isDirectory(path)) {
            throw new RequestFailure(410, name + ": there is no such directory (any more)");
        }
        return RunDirectory.read(path);
    }

    private String tag(Path file) throws RequestFailure {
        try {
            BasicFileAttributes of = Files.readAttributes(file, BasicFileAttributes.class);
            return "\"" + Long.toHexString(of.lastModifiedTime().toMillis()) + "-" + Long.toHexString(of.size()) + "\"";
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private RequestFailure failure(Exception e) {
        Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        String what = String.valueOf(cause.getMessage());
        if (cause instanceof NoSuchFileException && !what.contains(" ")) {
            return new RequestFailure(410, name + ": " + relative(what) + " is missing");
        }
        int status = cause instanceof NoSuchFileException ? 410 : 422;
        return new RequestFailure(status, name + ": " + relative(what));
    }

    /** A message without the place of the run. */
    private String relative(String message) {
        String text = message;
        try {
            text = without(text, path.toRealPath());
        } catch (IOException e) {
            // It is gone; then only the place that was given can occur.
        }
        return without(text, path).lines().findFirst().orElse("cannot be read");
    }

    private static String without(String text, Path root) {
        return text.replace(root + root.getFileSystem().getSeparator(), "").replace(root.toString(), "this");
    }
}
