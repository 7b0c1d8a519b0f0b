package dev.kossel.engine.record;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;

/**
 * {@code latency.hgrm}: percentiles of a histogram of nanoseconds, in microseconds, in the text format of HdrHistogram
 * and its plotters.
 */
public final class HistogramFile {

    private static final int TICKS_PER_HALF_DISTANCE = 5;
    private static final double NANOS_PER_MICRO = 1000;

    private final Path file;

    public HistogramFile(Path file) {
        this.file = file;
    }

    /** Writes or replaces the file, atomically. */
    public void write(Histogram nanos) throws IOException {
        AtomicFile.write(file, out -> {
            PrintStream text = new PrintStream(out, false, StandardCharsets.UTF_8);
            nanos.outputPercentileDistribution(text, TICKS_PER_HALF_DISTANCE, NANOS_PER_MICRO);
            text.flush();
            if (text.checkError()) {
                throw new IOException(file + ": could not be written");
            }
        });
    }
}
