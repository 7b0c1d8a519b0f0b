package dev.kossel.engine.observe;

import dev.kossel.engine.record.HistogramFile;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Collects how long batches of loop steps take, and writes {@code latency.hgrm} at the end. The loop's thread records
 * into an HdrHistogram, and is the only one that touches it; values over an hour count as an hour. Three significant digits; some
 * 8 kB for each doubling from a microsecond to the longest, so that it allocates while these are new.
 * Sums over restarts.
 */
public final class LatencyObserver implements EventObserver {

    private static final long HIGHEST_NANOS = 3_600_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final HistogramFile file;
    private final Histogram total = new Histogram(SIGNIFICANT_DIGITS);

    public LatencyObserver(HistogramFile file) {
        this.file = file;
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public boolean wantsLoopNanos() {
        return true;
    }

    @Override
    public void onLoopNanos(long nanos) {
        total.recordValue(Math.min(Math.max(0, nanos), HIGHEST_NANOS));
    }

    @Override
    public void save(DataOutput out) throws IOException {
        // A histogram keeps the buffers that it was encoded in.
        Histogram copy = total.copy();
        ByteBuffer bytes = ByteBuffer.allocate(copy.getNeededByteBufferCapacity());
        int length = copy.encodeIntoCompressedByteBuffer(bytes);
        out.writeInt(length);
        out.write(bytes.array(), 0, length);
    }

    @Override
    public void restore(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        try {
            total.reset();
            total.add(Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), HIGHEST_NANOS));
        } catch (DataFormatException e) {
            throw new IOException("the checkpoint's latency histogram cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        file.write(total);
    }
}
