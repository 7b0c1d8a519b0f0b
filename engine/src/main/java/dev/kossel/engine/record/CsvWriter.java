package dev.kossel.engine.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * A growing CSV file: a header line, then rows in order; comma-separated, {@code \n} line ends, UTF-8, no quoting.
 *
 * <p>Rows reach the file at {@link #flush}, always whole, so that the file can be read while it grows. The writer knows
 * how long the file is, so that a resumed run cuts off the rows written after its checkpoint. Numbers are written so
 * that they read back exactly; a missing value (NaN) is an empty field. One thread.
 */
public final class CsvWriter implements AutoCloseable {

    private static final double EXACT_INTEGERS = 1L << 53;

    private final Path file;
    private final FileChannel channel;
    private final int columns;
    private final StringBuilder pending = new StringBuilder();
    private int field;
    private long position;

    private CsvWriter(Path file, FileChannel channel, int columns) {
        this.file = file;
        this.channel = channel;
        this.columns = columns;
    }

    /**
     * Begins a file, replacing what is there.
     *
     * @throws IllegalArgumentException if there is no column, or a name is blank or holds a comma, quote or line break
     */
    public static CsvWriter create(Path file, List<String> columns) throws IOException {
        String header = header(columns);
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        CsvWriter writer = new CsvWriter(file, channel, columns.size());
        writer.pending.append(header);
        try {
            writer.flush();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return writer;
    }

    /**
     * Opens a file that an earlier process has written, to go on. Its rows stay until {@link #resumeAt} is called or
     * the first row is flushed; without {@code resumeAt}, the file begins again after its header.
     *
     * @throws IOException if the file's header is not that of {@code columns}
     */
    public static CsvWriter reopen(Path file, List<String> columns) throws IOException {
        byte[] header = header(columns).getBytes(StandardCharsets.UTF_8);
        byte[] found;
        try (InputStream in = Files.newInputStream(file)) {
            found = in.readNBytes(header.length);
        }
        if (!Arrays.equals(found, Arrays.copyOf(header, found.length))) {
            throw new IOException(file + ": the columns differ from those of the run to resume; expected "
                    + String.join(",", columns));
        }
        if (found.length < header.length) {
            // The earlier process was killed while it began the file.
            return create(file, columns);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        CsvWriter writer = new CsvWriter(file, channel, columns.size());
        writer.position = header.length;
        return writer;
    }

    private static String header(List<String> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a CSV file needs a column");
        }
        columns.forEach(column -> RunLayout.requirePlainName("column", column));
        return String.join(",", columns) + "\n";
    }

    /** Appends a field to the row under construction. */
    public CsvWriter add(double value) {
        separate();
        if (value == Math.rint(value) && Math.abs(value) < EXACT_INTEGERS) {
            pending.append((long) value);
        } else if (Double.isInfinite(value)) {
            pending.append(value > 0 ? "inf" : "-inf");
        } else if (!Double.isNaN(value)) {
            pending.append(value);
        }
        return this;
    }

    /** Appends a field to the row under construction. */
    public CsvWriter add(long value) {
        separate();
        pending.append(value);
        return this;
    }

    /** Appends a field, which must hold no comma, quote or line break, to the row under construction. */
    public CsvWriter add(String value) {
        separate();
        pending.append(value);
        return this;
    }

    /** @throws IllegalStateException if the row has not one field a column */
    public void endRow() {
        if (field != columns) {
            throw new IllegalStateException(file + ": a row of " + field + " fields for " + columns + " columns");
        }
        pending.append('\n');
        field = 0;
    }

    /**
     * Hands all ended rows to the operating system; from then on other programs see them and a kill cannot lose them.
     */
    public void flush() throws IOException {
        if (field != 0) {
            throw new IllegalStateException(file + ": flushed within a row");
        }
        if (pending.isEmpty()) {
            return;
        }
        if (channel.size() != position) {
            // Rows after the position at which this process goes on.
            channel.truncate(position);
        }
        ByteBuffer bytes = ByteBuffer.wrap(pending.toString().getBytes(StandardCharsets.UTF_8));
        long end = position + bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, end - bytes.remaining());
            }
        } catch (IOException e) {
            dropHalfARow(e);
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        position = end;
        pending.setLength(0);
    }

    /** What a full disk has left of the rows must not be taken for a row. */
    private void dropHalfARow(IOException cause) {
        try {
            channel.truncate(position);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Flushes and makes the file durable against power failure. */
    public void sync() throws IOException {
        flush();
        channel.force(false);
    }

    /** Bytes flushed so far, header included: what {@link #resumeAt} takes. */
    public long position() {
        return position;
    }

    /**
     * Cuts the file to a position it has had before, dropping the rows after it.
     *
     * @throws IOException if the file is shorter
     */
    public void resumeAt(long newPosition) throws IOException {
        if (newPosition < position || newPosition > channel.size()) {
            throw new IOException(file + ": cannot resume at byte " + newPosition + " of " + channel.size()
                    + "; the file has been changed or lost its end since the checkpoint");
        }
        channel.truncate(newPosition);
        position = newPosition;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (field == 0) {
                flush();
            }
        }
    }

    private void separate() {
        if (field++ > 0) {
            pending.append(',');
        }
    }
}
