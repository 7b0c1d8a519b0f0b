package dev.kossel.engine.record;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Generations of a run's state, of which the newest intact one counts.
 *
 * <p>A checkpoint is written beside the older ones, made durable, and only then renamed into place; the {@value
 * #KEPT_GENERATIONS} newest are kept. On loading, the whole file is checked before a byte of it is used, and a damaged
 * generation is passed over for the one before. The state streams: memory does not grow with it. One thread.
 */
public final class CheckpointStore {

    /** Generations that stay on disk. */
    public static final int KEPT_GENERATIONS = 2;

    /**
     * The layout of a checkpoint file, big-endian:
     *
     * <pre>
     *    0      4      8            16           24       28              32
     *   +------+------+------------+------------+--------+---------------+-------------------
     *   | KOSC | vers | generation | body bytes | CRC of | CRC of header | body: zlib stream
     *   | u4   | i4   | i8         | i8         | body u4| bytes 0–27 u4 | to the file's end
     *   +------+------+------------+------------+--------+---------------+-------------------
     * </pre>
     *
     * <p>Both CRCs are CRC-32C.
     */
    public static final int FORMAT_VERSION = 4;

    private static final int MAGIC = 0x4B4F5343; // KOSC
    private static final int HEADER_BYTES = 32;
    private static final int BUFFER_BYTES = 1 << 16;

    /** Writes a state. */
    @FunctionalInterface
    public interface StateWriter {
        void writeTo(DataOutputStream out) throws IOException;
    }

    /** Reads a state back. */
    @FunctionalInterface
    public interface StateReader {
        void readFrom(DataInputStream in) throws IOException;
    }

    private static final long NONE = -1;

    private final Path directory;
    private long current = NONE;

    /** @param directory an existing directory that holds nothing but checkpoints */
    public CheckpointStore(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes the next generation, then removes those beyond the kept ones. The next generation is that after the one
     * loaded or written last, so that a damaged generation is replaced and does not count among the kept.
     *
     * @return its number
     * @throws IOException if it cannot be written; the older generations are then as before
     */
    public long write(StateWriter state) throws IOException {
        List<Long> existing = generations();
        long newest = existing.isEmpty() ? NONE : existing.get(0);
        long generation = (current == NONE ? newest : current) + 1;
        AtomicFile.writeSeekable(file(generation), channel -> {
            channel.position(HEADER_BYTES);
            CrcOutput body = new CrcOutput(new AtomicFile.ChannelOutput(channel));
            Deflater deflater = new Deflater(Deflater.BEST_SPEED);
            try {
                DeflaterOutputStream zip = new DeflaterOutputStream(body, deflater, BUFFER_BYTES);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(zip, BUFFER_BYTES));
                state.writeTo(out);
                out.flush();
                zip.finish();
            } finally {
                deflater.end();
            }
            ByteBuffer header = header(generation, body.length, (int) body.crc.getValue());
            while (header.hasRemaining()) {
                channel.write(header, header.position());
            }
        });
        current = generation;
        for (long other : existing) {
            if (other > generation || other <= generation - KEPT_GENERATIONS) {
                Files.deleteIfExists(file(other));
            }
        }
        return generation;
    }

    /**
     * Loads the newest intact generation.
     *
     * @return its number, or empty if there is no checkpoint at all
     * @throws IOException if there are checkpoints but none is intact (the message says what is wrong with each), or
     *     the reader throws
     */
    public OptionalLong load(StateReader state) throws IOException {
        List<Long> existing = generations();
        List<String> defects = new ArrayList<>();
        for (long generation : existing) {
            Path file = file(generation);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                String defect = defect(channel, generation);
                if (defect.isEmpty()) {
                    channel.position(HEADER_BYTES);
                    Inflater inflater = new Inflater();
                    try {
                        InputStream body =
                                new InflaterInputStream(Channels.newInputStream(channel), inflater, BUFFER_BYTES);
                        state.readFrom(new DataInputStream(new BufferedInputStream(body, BUFFER_BYTES)));
                    } finally {
                        inflater.end();
                    }
                    current = generation;
                    return OptionalLong.of(generation);
                }
                defects.add(file.getFileName() + " " + defect);
            }
        }
        if (!existing.isEmpty()) {
            throw new IOException(directory + ": no intact checkpoint: " + String.join("; ", defects));
        }
        return OptionalLong.empty();
    }

    /** The generations on disk, newest first, intact or not. */
    public List<Long> generations() throws IOException {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.matches("\\d{6,18}\\.ckpt")) {
                    found.add(Long.parseLong(name.substring(0, name.length() - 5)));
                }
            }
        }
        found.sort(Collections.reverseOrder());
        return found;
    }

    private Path file(long generation) {
        return directory.resolve(String.format(Locale.ROOT, "%06d.ckpt", generation));
    }

    private static ByteBuffer header(long generation, long bodyBytes, int bodyCrc) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putInt(MAGIC)
                .putInt(FORMAT_VERSION)
                .putLong(generation)
                .putLong(bodyBytes)
                .putInt(bodyCrc);
        header.putInt(headerCrc(header));
        return header.flip();
    }

    private static int headerCrc(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, HEADER_BYTES - 4);
        return (int) crc.getValue();
    }

    /** What is wrong with a file, or an empty text. Reads it through. */
    private static String defect(FileChannel channel, long generation) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        while (header.hasRemaining() && channel.read(header) >= 0) {
            continue;
        }
        if (header.hasRemaining()) {
            return "is too short to be a checkpoint";
        }
        if (header.getInt(0) != MAGIC) {
            return "is not a Kossel checkpoint";
        }
        if (header.getInt(28) != headerCrc(header)) {
            return "has a damaged header";
        }
        if (header.getInt(4) != FORMAT_VERSION) {
            return "has format version " + header.getInt(4) + ", but this version of Kossel reads " + FORMAT_VERSION;
        }
        if (header.getLong(8) != generation) {
            return "says it is generation " + header.getLong(8);
        }
        long bodyBytes = header.getLong(16);
        if (channel.size() - HEADER_BYTES != bodyBytes) {
            return "has " + (channel.size() - HEADER_BYTES) + " of " + bodyBytes + " bytes";
        }
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (channel.read(buffer) >= 0) {
            crc.update(buffer.flip());
            buffer.clear();
        }
        return (int) crc.getValue() == header.getInt(24) ? "" : "has a damaged body";
    }

    private static final class CrcOutput extends OutputStream {
        private final OutputStream out;
        final CRC32C crc = new CRC32C();
        long length;

        CrcOutput(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            crc.update(b);
            length++;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
            crc.update(bytes, offset, count);
            length += count;
        }
    }
}
