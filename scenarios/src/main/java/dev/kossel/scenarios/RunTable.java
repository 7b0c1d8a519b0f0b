package dev.kossel.scenarios;

import dev.kossel.engine.record.CsvWriter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A CSV file that the loop itself fills, because no sample holds what is in it: where the file ends is its restart state. */
abstract sealed class RunTable implements AutoCloseable permits CurrentTable, CycleTable, ScalingTable {

    final CsvWriter file;

    /** @param file closed with this table */
    RunTable(CsvWriter file) {
        this.file = file;
    }

    void save(DataOutput out) throws IOException {
        file.sync();
        out.writeLong(file.position());
    }

    void restore(DataInput in) throws IOException {
        file.resumeAt(in.readLong());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
