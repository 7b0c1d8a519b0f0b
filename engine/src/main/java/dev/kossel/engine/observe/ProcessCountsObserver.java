package dev.kossel.engine.observe;

import dev.kossel.engine.record.CsvWriter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code events.csv}: at each sample and for each process its events since the start of the run and its mean
 * rate since the sample before, s⁻¹ (empty in the first row and where no time has passed).
 */
public final class ProcessCountsObserver extends CsvObserver {

    private final long[] previousCounts;
    private double previousTimeSeconds = Double.NaN;

    /** @param file begun with {@link #columns} of the same processes; closed with this observer */
    public ProcessCountsObserver(CsvWriter file, int processCount) {
        super(file);
        this.previousCounts = new long[processCount];
    }

    /**
     * {@code time_s, events, null_events}, then {@code <process>_count} and {@code <process>_rate_per_s} for each
     * process.
     */
    public static List<String> columns(List<String> processes) {
        List<String> columns = new ArrayList<>(List.of("time_s", "events", "null_events"));
        for (String process : processes) {
            columns.add(process + "_count");
            columns.add(process + "_rate_per_s");
        }
        return columns;
    }

    @Override
    public String name() {
        return "process-counts";
    }

    @Override
    public void onSample(Sample sample) throws IOException {
        double elapsedSeconds = sample.timeSeconds() - previousTimeSeconds;
        file.add(sample.timeSeconds()).add(sample.events()).add(sample.nullEvents());
        for (int process = 0; process < previousCounts.length; process++) {
            long count = sample.eventCount(process);
            long since = count - previousCounts[process];
            file.add(count).add(elapsedSeconds > 0 ? since / elapsedSeconds : Double.NaN);
            previousCounts[process] = count;
        }
        previousTimeSeconds = sample.timeSeconds();
        file.endRow();
        file.flush();
    }

    @Override
    public void save(DataOutput out) throws IOException {
        super.save(out);
        out.writeDouble(previousTimeSeconds);
        for (long count : previousCounts) {
            out.writeLong(count);
        }
    }

    @Override
    public void restore(DataInput in) throws IOException {
        super.restore(in);
        previousTimeSeconds = in.readDouble();
        for (int process = 0; process < previousCounts.length; process++) {
            previousCounts[process] = in.readLong();
        }
    }
}
