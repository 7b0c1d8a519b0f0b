package dev.kossel.engine.record;

import dev.kossel.lattice.LatticeView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of a run in order of time, with the index {@code snapshots.pvd} that ParaView opens as an animation.
 * The index is rewritten, atomically, after each snapshot, so it never names a file that is not complete, whenever the process is killed; {@link #sync}
 * makes what there is durable against power failure. One thread.
 */
public final class SnapshotSeries {

    private static final Pattern ENTRY = Pattern.compile("<DataSet timestep=\"([^\"]*)\" file=\"([^\"]*)\"/>");

    /**
     * An entry of the index.
     *
     * @param timeSeconds simulated time
     * @param file the snapshot
     */
    public record Entry(double timeSeconds, Path file) {}

    private final RunDirectory directory;
    private final List<Entry> entries;
    private final List<Path> notDurable = new ArrayList<>();
    private final CountingBlocks numbers = new CountingBlocks();

    private SnapshotSeries(RunDirectory directory, List<Entry> entries) {
        this.directory = directory;
        this.entries = entries;
    }

    /**
     * An empty series, to be written. In a resumed run the earlier snapshots stay until {@link #resumeAt} or the first
     * {@link #append}.
     */
    public static SnapshotSeries begin(RunDirectory directory) {
        return new SnapshotSeries(directory, new ArrayList<>());
    }

    /**
     * What a run's index lists; empty where there is no index yet.
     *
     * @throws IOException if the index cannot be read
     */
    public static List<Entry> list(RunDirectory directory) throws IOException {
        Path index = directory.snapshotIndexFile();
        List<Entry> found = new ArrayList<>();
        if (Files.exists(index)) {
            Matcher entry = ENTRY.matcher(Files.readString(index, StandardCharsets.UTF_8));
            while (entry.find()) {
                try {
                    double timeSeconds = Double.parseDouble(entry.group(1));
                    found.add(new Entry(timeSeconds, directory.root().resolve(entry.group(2))));
                } catch (NumberFormatException e) {
                    throw new IOException(index + ": '" + entry.group(1) + "' is not a time", e);
                }
            }
        }
        return found;
    }

    /** The snapshot written last, in this process or the one before, or null. */
    public @Nullable Path last() {
        return entries.isEmpty() ? null : entries.get(entries.size() - 1).file;
    }

    /** Snapshots so far. */
    public int count() {
        return entries.size();
    }

    /** As {@link #append(LatticeView, SnapshotStamp, FillTimes)}, where it is not known when sites were filled. */
    public void append(LatticeView lattice, SnapshotStamp stamp) throws IOException {
        append(lattice, stamp, FillTimes.unknown());
    }

    /** Writes the next snapshot and the index. */
    public void append(LatticeView lattice, SnapshotStamp stamp, FillTimes filled) throws IOException {
        if (entries.isEmpty() && directory.resumed()) {
            resumeAt(0);
        }
        String extension = SnapshotWriter.extension(lattice.geometry());
        Path file =
                directory.snapshotDirectory().resolve(String.format(Locale.ROOT, "%06d.%s", entries.size(), extension));
        SnapshotWriter.writeLazily(file, lattice, stamp, filled, numbers);
        notDurable.add(file);
        entries.add(new Entry(stamp.timeSeconds(), file));
        writeIndex();
    }

    /** Makes the snapshots so far, and their index, durable. */
    public void sync() throws IOException {
        AtomicFile.force(notDurable);
        notDurable.clear();
        if (!entries.isEmpty()) {
            AtomicFile.force(List.of(directory.snapshotIndexFile()));
        }
    }

    /**
     * Goes on after the first {@code count} snapshots of an earlier process and removes later ones.
     *
     * @throws IOException if the index lists fewer
     */
    public void resumeAt(int count) throws IOException {
        List<Entry> existing = list(directory);
        if (existing.size() < count) {
            throw new IOException(directory.snapshotIndexFile() + ": lists " + existing.size()
                    + " snapshots, but the checkpoint was taken after " + count);
        }
        entries.clear();
        notDurable.clear();
        entries.addAll(existing.subList(0, count));
        writeIndex();
        try (Stream<Path> files = Files.list(directory.snapshotDirectory())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (entries.stream().noneMatch(entry -> entry.file.equals(file))) {
                    Files.delete(file);
                }
            }
        }
    }

    private void writeIndex() throws IOException {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n"
                + "<VTKFile type=\"Collection\" version=\"0.1\" byte_order=\"LittleEndian\">\n<Collection>\n");
        for (Entry entry : entries) {
            xml.append("<DataSet timestep=\"")
                    .append(entry.timeSeconds)
                    .append("\" file=\"snapshots/")
                    .append(entry.file.getFileName())
                    .append("\"/>\n");
        }
        directory.writeTextLazily(
                directory.snapshotIndexFile(),
                xml.append("</Collection>\n</VTKFile>\n").toString());
    }
}
