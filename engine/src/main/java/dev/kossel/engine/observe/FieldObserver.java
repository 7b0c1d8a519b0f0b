package dev.kossel.engine.observe;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.record.FieldSeries;
import dev.kossel.engine.record.SnapshotStamp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/** Writes fields in space to {@code fields/} at each sample that asks for a snapshot. O(cells) there. */
public final class FieldObserver implements EventObserver {

    private final FieldSeries series;
    private final FieldGrid grid;
    private final int first;

    /**
     * @param series where they go
     * @param grid that they are on
     * @param first which of a sample's fields is the first of the series
     */
    public FieldObserver(FieldSeries series, FieldGrid grid, int first) {
        this.series = series;
        this.grid = grid;
        this.first = first;
    }

    /** Where the cells of a grid meet. */
    public static FieldSeries.Edges edges(FieldGrid grid) {
        double[] x = new double[grid.cellsX() + 1];
        double[] y = new double[grid.cellsY() + 1];
        double[] z = new double[grid.layers() + 1];
        for (int n = 1; n < x.length; n++) {
            x[n] = x[n - 1] + grid.widthNm(n - 1);
        }
        for (int n = 1; n < y.length; n++) {
            y[n] = y[n - 1] + grid.depthNm(n - 1);
        }
        for (int n = 1; n < z.length; n++) {
            z[n] = z[n - 1] + grid.heightNm(n - 1);
        }
        return new FieldSeries.Edges(x, y, z);
    }

    @Override
    public String name() {
        return "fields";
    }

    @Override
    public void onSample(Sample sample) throws IOException {
        if (sample.snapshot()) {
            series.append(
                    new SnapshotStamp(sample.timeSeconds(), sample.events(), Map.of()),
                    (field, x, y, z) -> sample.field(first + field, grid.cell(x, y, z)));
        }
    }

    @Override
    public void save(DataOutput out) throws IOException {
        series.sync();
        out.writeInt(series.count());
    }

    @Override
    public void restore(DataInput in) throws IOException {
        series.resumeAt(in.readInt());
    }
}
