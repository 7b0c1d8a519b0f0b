package dev.kossel.engine.observe;

import dev.kossel.engine.record.CsvWriter;
import dev.kossel.lattice.LatticeGeometry;
import java.io.IOException;
import java.util.List;

/**
 * Writes {@code events.trace.csv}: every single event, its sites by rank. Some 30 bytes an event, so for short runs; flushed a batch at a
 * time.
 */
public final class TraceObserver extends CsvObserver {

    /** {@code target} is empty for an event that changed one site. */
    public static final List<String> COLUMNS = List.of("time_s", "site", "target", "process");

    private final LatticeGeometry geometry;
    private final List<String> processes;

    /** @param file begun with {@link #COLUMNS}; closed with this observer */
    public TraceObserver(CsvWriter file, LatticeGeometry geometry, List<String> processes) {
        super(file);
        this.geometry = geometry;
        this.processes = List.copyOf(processes);
    }

    @Override
    public String name() {
        return "trace";
    }

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public void onEvents(EventBatch batch) throws IOException {
        for (int i = 0; i < batch.size(); i++) {
            int target = batch.target(i);
            file.add(batch.timeSeconds(i))
                    .add(geometry.rank(batch.site(i)))
                    .add(target == EventBatch.NO_TARGET ? Double.NaN : geometry.rank(target))
                    .add(processes.get(batch.process(i)))
                    .endRow();
        }
        file.flush();
    }
}
