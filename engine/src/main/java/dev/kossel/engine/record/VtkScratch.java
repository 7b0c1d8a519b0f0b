package dev.kossel.engine.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What one file after the other can use again when it is written: blocks before and after compression, and what compresses them, 0.2 MB. One thread. */
final class VtkScratch {

    final WordDeflater deflater = new WordDeflater();
    final ByteBuffer block = ByteBuffer.allocate(VtkArrays.BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    final ByteBuffer before = ByteBuffer.allocate(VtkArrays.BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    final byte[] compressed = new byte[WordDeflater.mostBytes(VtkArrays.BLOCK_BYTES)];
}
