package dev.kossel.engine.record;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes files that are there completely or not at all, whatever is killed in between: a temporary file beside the
 * target, made durable, then renamed onto it.
 *
 * <p>At most one writer a target (run directories are locked). A left-over temporary file is overwritten by the next
 * attempt.
 */
public final class AtomicFile {

    /** Writes a file's content to a buffered stream, which it need not close. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a file's content to a channel that can seek back. */
    @FunctionalInterface
    interface SeekableContent {
        void writeTo(FileChannel channel) throws IOException;
    }

    private AtomicFile() {}

    /** Writes or replaces {@code target}. */
    public static void write(Path target, Content content) throws IOException {
        writeSeekable(target, channel -> {
            OutputStream out = new BufferedOutputStream(new ChannelOutput(channel), 1 << 16);
            content.writeTo(out);
            out.flush();
        });
    }

    /** Writes or replaces {@code target} with UTF-8 text. */
    public static void writeString(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    static void writeSeekable(Path target, SeekableContent content) throws IOException {
        write(target, content, true);
    }

    /** Writes or replaces {@code target}, whole whatever process is killed; power failure may lose it until {@link #force}. */
    static void writeSeekableLazily(Path target, SeekableContent content) throws IOException {
        write(target, content, false);
    }

    /** The same with UTF-8 text. */
    static void writeStringLazily(Path target, String text) throws IOException {
        writeSeekableLazily(target, channel -> new ChannelOutput(channel).write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Makes files of one directory durable that were written lazily. */
    static void force(List<Path> files) throws IOException {
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
        if (!files.isEmpty()) {
            forceDirectory(files.get(0).toAbsolutePath().getParent());
        }
    }

    private static void write(Path target, SeekableContent content, boolean durable) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                if (durable) {
                    channel.force(true);
                }
            }
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException | RuntimeException | Error e) {
            Files.deleteIfExists(temporary);
            throw e;
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            // A channel says that the disk is full, but not which file did not fit.
            throw new IOException(absolute + ": " + e.getMessage(), e);
        }
        if (durable) {
            forceDirectory(absolute.getParent());
        }
    }

    /**
     * Makes renames and deletions in a directory durable, where the system lets a directory be opened (Windows does
     * not).
     */
    static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // The content is durable; only the name may be lost on power failure, and then the previous file is still
            // there.
            return;
        }
    }

    /** A channel as a stream, at the channel's own position. */
    static final class ChannelOutput extends OutputStream {
        private final FileChannel channel;

        ChannelOutput(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }
}
