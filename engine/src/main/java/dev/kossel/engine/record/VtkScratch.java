package dev.kossel.engine.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What one file after the other can use again when it is written: blocks before and after compression, 0.1 MB, and compressed numbers. One thread. */
final class VtkScratch {

    final CountingBlocks numbers = new CountingBlocks();
    final ByteBuffer block = ByteBuffer.allocate(VtkArrays.BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    final ByteBuffer before = ByteBuffer.allocate(VtkArrays.BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    final byte[] compressed = new byte[VtkArrays.BLOCK_BYTES + VtkArrays.BLOCK_BYTES / 1000 + 64];
}
