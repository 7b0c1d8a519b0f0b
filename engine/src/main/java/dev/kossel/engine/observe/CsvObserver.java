package dev.kossel.engine.observe;

import dev.kossel.engine.record.CsvWriter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** An observer that fills a CSV file: where the file ends is its restart state. */
abstract sealed class CsvObserver implements EventObserver
        permits StatisticsObserver,
                ProcessCountsObserver,
                ProfileObserver,
                CurvatureObserver,
                CoordinationObserver,
                TraceObserver {

    final CsvWriter file;

    /** @param file closed with this observer */
    CsvObserver(CsvWriter file) {
        this.file = file;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        file.sync();
        out.writeLong(file.position());
    }

    @Override
    public void restore(DataInput in) throws IOException {
        file.resumeAt(in.readLong());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
