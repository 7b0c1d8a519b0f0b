package dev.kossel.engine.record;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Writes lattices into an export file, one a frame. The file appears under its name at {@link #close}; if a frame has
 * failed it does not appear at all. Memory does not grow with the number of frames. One thread.
 */
public final class FrameWriter implements AutoCloseable {

    /** Writes one lattice in one format. */
    @FunctionalInterface
    interface Format {
        void write(OutputStream out, Snapshot snapshot) throws IOException;
    }

    private final ExportFormat format;
    private final Path file;
    private final Path temporary;
    private final Format frames;
    private final OutputStream out;
    private int count;
    private boolean failed;
    private boolean closed;

    FrameWriter(ExportFormat format, Path file, List<SpeciesLabel> species) throws IOException {
        this.format = format;
        this.file = file.toAbsolutePath();
        this.temporary = this.file.resolveSibling("." + this.file.getFileName() + ".tmp");
        this.frames = format == ExportFormat.VTK ? (stream, snapshot) -> writeVtk(snapshot) : format.frames(species);
        boolean zipped = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
        if (zipped && format == ExportFormat.VTK) {
            throw new IllegalArgumentException(file + ": VTK files are compressed already, leave out .gz");
        }
        if (format == ExportFormat.VTK) {
            out = OutputStream.nullOutputStream();
        } else {
            OutputStream raw = Files.newOutputStream(temporary);
            out = new BufferedOutputStream(zipped ? new GZIPOutputStream(raw, 1 << 16) : raw, 1 << 16);
        }
    }

    /** VTK's readers, ParaView among them, go by the ending. */
    private void writeVtk(Snapshot snapshot) throws IOException {
        String ending = "." + SnapshotWriter.extension(snapshot.lattice().geometry());
        if (!file.toString().endsWith(ending)) {
            throw new IllegalArgumentException(file + ": the file of this lattice must end in " + ending);
        }
        SnapshotWriter.write(temporary, snapshot.lattice(), snapshot.stamp(), snapshot.filled(), snapshot.fields());
    }

    /**
     * Appends a frame.
     *
     * @throws IllegalStateException if the format holds one frame only and has it
     */
    public void write(Snapshot snapshot) throws IOException {
        if (count > 0 && !format.multiFrame()) {
            throw new IllegalStateException(
                    file + ": " + format.name().toLowerCase(Locale.ROOT) + " holds a single frame");
        }
        failed = true;
        frames.write(out, snapshot);
        failed = false;
        count++;
    }

    /** Completes the file. Idempotent. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            out.close();
            if (!failed && count > 0) {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
