package dev.kossel.scenarios;

import dev.kossel.engine.process.EventClasses.EventClass;
import dev.kossel.engine.process.ProcessCatalog;
import dev.kossel.engine.record.CsvWriter;
import java.io.IOException;
import java.util.List;

/** Writes {@code scaling.csv}: with every row of statistics, a row for each class of events that has happened of late. */
final class ScalingTable extends RunTable {

    static final List<String> COLUMNS = List.of(
            "time_s",
            "process",
            "from_eV",
            "to_eV",
            "layer_step",
            "scale",
            "rate_per_s",
            "imbalance",
            "bias",
            "bias_error",
            "separation",
            "windows");

    ScalingTable(CsvWriter file) {
        super(file);
    }

    void add(double timeSeconds, AdaptiveSeparation separation, ProcessCatalog catalog) throws IOException {
        for (int c = 0; c < separation.classes().classCount(); c++) {
            if (separation.events(c) >= 1) {
                EventClass of = separation.classes().eventClass(c);
                file.add(timeSeconds)
                        .add(catalog.processes().get(of.process()).name())
                        .add(of.from().energy())
                        .add(of.to().energy())
                        .add(of.layerStep())
                        .add(separation.scale(c))
                        .add(separation.rate(c))
                        .add(of.directed() ? separation.imbalance(c) : Double.NaN)
                        .add(separation.bias(c))
                        .add(separation.biasError(c))
                        .add(separation.separation())
                        .add(separation.windows())
                        .endRow();
            }
        }
        file.flush();
    }
}
