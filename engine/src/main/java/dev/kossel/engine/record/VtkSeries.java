package dev.kossel.engine.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files of a run, one a moment, in order of time, with an index that ParaView opens as an animation. The index grows
 * after each file, so it never names one that is not complete, whenever the process is killed; {@link #sync} makes what there is durable against power
 * failure. One thread.
 */
final class VtkSeries {

    private static final String END = "</Collection>\n</VTKFile>\n";
    private static final Pattern ENTRY = Pattern.compile("<DataSet timestep=\"([^\"]*)\" file=\"([^\"]*)\"/>");

    /** Writes one of the files, atomically; it need not be durable. */
    @FunctionalInterface
    interface Content {
        void write(Path file) throws IOException;
    }

    private final RunDirectory directory;
    private final Path index;
    private final Path parts;
    private final List<SnapshotSeries.Entry> entries = new ArrayList<>();
    private final List<Path> notDurable = new ArrayList<>();

    /**
     * Empty. In a resumed run the earlier files stay until {@link #resumeAt} or the first {@link #append}.
     *
     * @param index what lists the files
     * @param parts the directory that they lie in, beside the index
     */
    VtkSeries(RunDirectory directory, Path index, Path parts) {
        this.directory = directory;
        this.index = index;
        this.parts = parts;
    }

    /** What an index lists; nothing where there is none yet. */
    static List<SnapshotSeries.Entry> list(Path index) throws IOException {
        List<SnapshotSeries.Entry> found = new ArrayList<>();
        if (Files.exists(index)) {
            Matcher entry = ENTRY.matcher(Files.readString(index, StandardCharsets.UTF_8));
            while (entry.find()) {
                try {
                    double timeSeconds = Double.parseDouble(entry.group(1));
                    found.add(new SnapshotSeries.Entry(timeSeconds, index.resolveSibling(entry.group(2))));
                } catch (NumberFormatException e) {
                    throw new IOException(index + ": '" + entry.group(1) + "' is not a time", e);
                }
            }
        }
        return found;
    }

    @Nullable
    Path last() {
        return entries.isEmpty() ? null : entries.get(entries.size() - 1).file();
    }

    int count() {
        return entries.size();
    }

    /** Writes the next file and the index. */
    void append(double timeSeconds, String extension, Content content) throws IOException {
        if (entries.isEmpty() && directory.resumed()) {
            resumeAt(0);
        }
        Path file = parts.resolve(String.format(Locale.ROOT, "%06d.%s", entries.size(), extension));
        content.write(file);
        notDurable.add(file);
        SnapshotSeries.Entry entry = new SnapshotSeries.Entry(timeSeconds, file);
        entries.add(entry);
        if (entries.size() == 1) {
            writeIndex();
        } else {
            appendToIndex(entry);
        }
    }

    /** Makes the files so far, and the index, durable. */
    void sync() throws IOException {
        AtomicFile.force(notDurable);
        notDurable.clear();
        if (!entries.isEmpty()) {
            AtomicFile.force(List.of(index));
        }
    }

    /**
     * Goes on after the first {@code count} files of an earlier process and removes later ones.
     *
     * @throws IOException if the index lists fewer
     */
    void resumeAt(int count) throws IOException {
        List<SnapshotSeries.Entry> existing = list(index);
        if (existing.size() < count) {
            throw new IOException(
                    index + ": lists " + existing.size() + " files, but the checkpoint was taken after " + count);
        }
        entries.clear();
        notDurable.clear();
        entries.addAll(existing.subList(0, count));
        writeIndex();
        try (Stream<Path> files = Files.list(parts)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (entries.stream().noneMatch(entry -> entry.file().equals(file))) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Writes the entry over the index's end, and the end behind it, at once: replacing the file for every snapshot would wait for the disk. */
    private void appendToIndex(SnapshotSeries.Entry entry) throws IOException {
        try (FileChannel channel = FileChannel.open(index, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap((line(entry) + END).getBytes(StandardCharsets.UTF_8));
            for (long at = channel.size() - END.length(); bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
        }
    }

    private String line(SnapshotSeries.Entry entry) {
        return "<DataSet timestep=\"" + entry.timeSeconds() + "\" file=\"" + parts.getFileName() + "/"
                + entry.file().getFileName() + "\"/>\n";
    }

    private void writeIndex() throws IOException {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n"
                + "<VTKFile type=\"Collection\" version=\"0.1\" byte_order=\"LittleEndian\">\n<Collection>\n");
        for (SnapshotSeries.Entry entry : entries) {
            xml.append(line(entry));
        }
        directory.writeTextLazily(index, xml.append(END).toString());
    }
}
