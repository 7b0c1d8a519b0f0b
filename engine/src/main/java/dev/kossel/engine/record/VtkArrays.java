package dev.kossel.engine.record;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/**
 * Writes a VTK XML file with raw appended, zlib-compressed arrays, streaming.
 *
 * <p>The XML comes first and says at which offset each array begins, which is known only after the arrays before it
 * have been compressed: blanks are left for the numbers and filled in at the end, as VTK itself does. An array's bytes
 * are, with u8 little-endian:
 *
 * <pre>
 *   +-----------+--------------+---------------------+--------------------+- … -+---------+- … -+
 *   | blocks u8 | block bytes  | bytes of the last   | compressed bytes   |     | zlib    |     |
 *   |           | u8           | block if partial u8 | of block 0 u8      |     | block 0 |     |
 *   +-----------+--------------+---------------------+--------------------+- … -+---------+- … -+
 * </pre>
 *
 * @see <a href="https://docs.vtk.org/en/latest/vtk_file_formats/vtkxml_file_format.html">VTK XML formats</a>
 */
final class VtkArrays {

    /** As VTK has it. */
    static final int BLOCK_BYTES = 1 << 15;

    /** The end of a complete file. */
    static final String END = "\n</AppendedData>\n</VTKFile>\n";

    private static final int OFFSET_WIDTH = 20;

    /** Produces an array's values, little-endian. */
    @FunctionalInterface
    interface Values {
        void writeTo(Sink sink) throws IOException;
    }

    private record Pending(long bytes, int blockBytes, Values values) {}

    private final StringBuilder xml = new StringBuilder();
    private final List<Pending> arrays = new ArrayList<>();

    VtkArrays(String type) {
        xml.append("<?xml version=\"1.0\"?>\n<VTKFile type=\"")
                .append(type)
                .append("\" version=\"1.0\" byte_order=\"LittleEndian\" header_type=\"UInt64\"")
                .append(" compressor=\"vtkZLibDataCompressor\">\n");
    }

    VtkArrays xml(String text) {
        xml.append(text);
        return this;
    }

    /** An array of {@code bytes} bytes; {@code more} are further attributes. */
    VtkArrays array(String type, String name, String more, long bytes, Values values) {
        return array(type, name, more, bytes, BLOCK_BYTES, values);
    }

    /** An array of the numbers 0 … count − 1, Int32. */
    VtkArrays counting(String name, int count, CountingBlocks blocks) {
        return array("Int32", name, "", 4L * count, 4 * CountingBlocks.NUMBERS, sink -> {
            int whole = count / CountingBlocks.NUMBERS;
            for (int block = 0; block < whole; block++) {
                sink.putBlock(blocks.block(block), 4 * CountingBlocks.NUMBERS);
            }
            for (int i = whole * CountingBlocks.NUMBERS; i < count; i++) {
                sink.putInt(i);
            }
        });
    }

    private VtkArrays array(String type, String name, String more, long bytes, int blockBytes, Values values) {
        xml.append("<DataArray type=\"")
                .append(type)
                .append("\" Name=\"")
                .append(escape(name))
                .append("\" ")
                .append(more)
                .append(" format=\"appended\" offset=\"")
                .append(mark(arrays.size()))
                .append("/>\n");
        arrays.add(new Pending(bytes, blockBytes, values));
        return this;
    }

    /** A text, as VTK stores one: the codes of its characters, 0 at the end. */
    VtkArrays text(String name, String text) {
        xml.append("<DataArray type=\"String\" Name=\"")
                .append(name)
                .append("\" NumberOfTuples=\"1\" format=\"ascii\">");
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            xml.append(b & 0xFF).append(' ');
        }
        xml.append("0</DataArray>\n");
        return this;
    }

    /** The place of an array's offset: a closing quote and blanks to be overwritten by number, quote and blanks. */
    private static String mark(int array) {
        return "@" + array + "\""
                + " ".repeat(OFFSET_WIDTH - Integer.toString(array).length());
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Writes everything from the channel's start. */
    void writeTo(FileChannel channel, VtkScratch scratch) throws IOException {
        xml.append("<AppendedData encoding=\"raw\">\n_");
        String head = xml.toString();
        OutputStream out = new AtomicFile.ChannelOutput(channel);
        out.write(head.getBytes(StandardCharsets.UTF_8));
        long base = channel.position();
        try (Sink sink = new Sink(channel, scratch)) {
            for (int i = 0; i < arrays.size(); i++) {
                String mark = mark(i);
                String offset = (channel.position() - base) + "\"";
                int at = head.indexOf("offset=\"" + mark) + "offset=\"".length();
                channel.write(
                        ByteBuffer.wrap((offset + " ".repeat(mark.length() - offset.length()))
                                .getBytes(StandardCharsets.US_ASCII)),
                        head.substring(0, at).getBytes(StandardCharsets.UTF_8).length);
                Pending array = arrays.get(i);
                sink.begin(array.bytes, array.blockBytes);
                array.values.writeTo(sink);
                sink.end();
            }
        }
        out.write(END.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Collects an array's bytes into blocks and appends each, compressed, to the file. A block that is like the one before is not compressed again: in a box
     * that is mostly empty nearly all are.
     */
    static final class Sink implements AutoCloseable {
        private final FileChannel channel;
        private final OutputStream out;
        private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        private final byte[] compressed;
        private ByteBuffer block;
        private ByteBuffer before;
        private int compressedSize;
        private ByteBuffer header = ByteBuffer.allocate(0);
        private long expectedBytes;
        private long start;
        private long bytes;

        Sink(FileChannel channel, VtkScratch scratch) {
            this.channel = channel;
            out = new AtomicFile.ChannelOutput(channel);
            compressed = scratch.compressed;
            block = scratch.block;
            before = scratch.before;
            before.position(0).limit(0);
        }

        /** Begins an array of so many bytes, in blocks of {@code blockBytes}, a multiple of eight of at most {@value #BLOCK_BYTES}. */
        void begin(long arrayBytes, int blockBytes) throws IOException {
            expectedBytes = arrayBytes;
            bytes = 0;
            block.clear().limit(blockBytes);
            long blocks = (arrayBytes + blockBytes - 1) / blockBytes;
            start = channel.position();
            header = ByteBuffer.allocate(Math.toIntExact(8 * (3 + blocks))).order(ByteOrder.LITTLE_ENDIAN);
            header.putLong(blocks).putLong(blockBytes).putLong(arrayBytes % blockBytes);
            channel.position(start + header.capacity());
        }

        void putInt(int value) throws IOException {
            room(4).putInt(value);
        }

        void putLong(long value) throws IOException {
            room(8).putLong(value);
        }

        void putFloat(float value) throws IOException {
            room(4).putFloat(value);
        }

        void putDouble(double value) throws IOException {
            room(8).putDouble(value);
        }

        /** The first so many of some values. */
        void putBytes(byte[] values, int count) throws IOException {
            for (int done = 0; done < count; ) {
                ByteBuffer free = room(1);
                int next = Math.min(count - done, free.remaining());
                free.put(values, done, next);
                done += next;
            }
        }

        /** The first so many of some values; those of a Float32 array as their bits. */
        void putInts(int[] values, int count) throws IOException {
            for (int done = 0; done < count; ) {
                ByteBuffer free = room(Integer.BYTES);
                int next = Math.min(count - done, free.remaining() / Integer.BYTES);
                free.asIntBuffer().put(values, done, next);
                free.position(free.position() + next * Integer.BYTES);
                done += next;
            }
        }

        /** A block that has been compressed already; between blocks. */
        void putBlock(byte[] ready, int rawBytes) throws IOException {
            bytes += rawBytes;
            header.putLong(ready.length);
            out.write(ready, 0, ready.length);
        }

        /** Blocks are a multiple of eight bytes, so that a value never straddles two. */
        private ByteBuffer room(int needed) throws IOException {
            if (block.remaining() < needed) {
                writeBlock();
            }
            return block;
        }

        private void writeBlock() throws IOException {
            int limit = block.limit();
            bytes += block.position();
            block.flip();
            if (!block.equals(before)) {
                compress();
            }
            header.putLong(compressedSize);
            out.write(compressed, 0, compressedSize);
            block.rewind();
            ByteBuffer free = before;
            before = block;
            block = free;
            block.clear().limit(limit);
        }

        private void compress() {
            deflater.reset();
            deflater.setInput(block);
            deflater.finish();
            compressedSize = 0;
            while (!deflater.finished()) {
                compressedSize += deflater.deflate(compressed, compressedSize, compressed.length - compressedSize);
            }
        }

        /** Ends the array. */
        void end() throws IOException {
            if (block.position() > 0) {
                writeBlock();
            }
            if (bytes != expectedBytes) {
                throw new IllegalStateException("an array of " + bytes + " bytes was announced as " + expectedBytes);
            }
            header.flip();
            while (header.hasRemaining()) {
                channel.write(header, start + header.position());
            }
        }

        @Override
        public void close() {
            deflater.end();
        }
    }
}
