package dev.kossel.engine.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/**
 * The numbers 0, 1, 2, … as compressed blocks of 32-bit integers, little-endian: every snapshot of a crystal lists its points so, and to compress them anew
 * would be a fifth of its cost. Keeps up to {@value #MOST_KEPT} blocks of some 6 kB. One thread.
 */
final class CountingBlocks {

    static final int NUMBERS = 1 << 12;
    private static final int MOST_KEPT = 1 << 10;

    private final List<byte[]> kept = new ArrayList<>();

    /** The compressed block of the numbers from {@code index} · {@value #NUMBERS} on. */
    byte[] block(int index) {
        while (kept.size() <= index && kept.size() < MOST_KEPT) {
            kept.add(compressed(kept.size() * NUMBERS, NUMBERS));
        }
        return index < kept.size() ? kept.get(index) : compressed(index * NUMBERS, NUMBERS);
    }

    static byte[] compressed(int first, int count) {
        ByteBuffer numbers = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            numbers.putInt(first + i);
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(numbers.array());
            deflater.finish();
            byte[] bytes = new byte[numbers.capacity() + 64];
            int size = 0;
            while (!deflater.finished()) {
                size += deflater.deflate(bytes, size, bytes.length - size);
            }
            return Arrays.copyOf(bytes, size);
        } finally {
            deflater.end();
        }
    }
}
