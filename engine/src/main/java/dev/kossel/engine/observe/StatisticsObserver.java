package dev.kossel.engine.observe;

import dev.kossel.engine.record.CsvWriter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code statistics.csv}: one row a sample, from a list of instruments, flushed at once. Allocates per row what
 * the text needs.
 */
public final class StatisticsObserver extends CsvObserver {

    private final List<Instrument> instruments;
    private final double[] row;

    /** @param file begun with {@link #columns} of the same instruments; closed with this observer */
    public StatisticsObserver(CsvWriter file, List<Instrument> instruments) {
        super(file);
        this.instruments = List.copyOf(instruments);
        this.row = new double[columns(instruments).size()];
    }

    /** The columns of all instruments, in order. */
    public static List<String> columns(List<Instrument> instruments) {
        List<String> columns = new ArrayList<>();
        instruments.forEach(instrument -> columns.addAll(instrument.columns()));
        return columns;
    }

    @Override
    public String name() {
        return "statistics";
    }

    @Override
    public void onSample(Sample sample) throws IOException {
        int offset = 0;
        for (Instrument instrument : instruments) {
            instrument.measure(sample, row, offset);
            offset += instrument.columns().size();
        }
        for (double value : row) {
            file.add(value);
        }
        file.endRow();
        file.flush();
    }

    @Override
    public void save(DataOutput out) throws IOException {
        super.save(out);
        for (Instrument instrument : instruments) {
            instrument.save(out);
        }
    }

    @Override
    public void restore(DataInput in) throws IOException {
        super.restore(in);
        for (Instrument instrument : instruments) {
            instrument.restore(in);
        }
    }
}
