package dev.kossel.scenarios;

import dev.kossel.engine.record.CsvWriter;
import java.io.IOException;
import java.util.List;

/** Writes {@code currents.csv}: at each snapshot a row for each layer of the grid of the fields in which metal is deposited. */
final class CurrentTable extends RunTable {

    static final List<String> COLUMNS = List.of("time_s", "events", "height_nm", "reduction_A_per_m2", "current_ratio");

    private final double surfaceNm;

    /** @param surfaceNm mean height of the initial surface, nm */
    CurrentTable(CsvWriter file, double surfaceNm) {
        super(file);
        this.surfaceNm = surfaceNm;
    }

    /** Adds the layers of the last solution. */
    void add(Simulation simulation, Electrolyte electrolyte) throws IOException {
        for (int layer = 0; layer < electrolyte.grid().boxLayers(); layer++) {
            double ratio = electrolyte.currents().currentRatio(layer);
            if (!Double.isNaN(ratio)) {
                file.add(simulation.timeSeconds())
                        .add(simulation.kmc().events())
                        .add(electrolyte.grid().middleNm(layer) - surfaceNm)
                        .add(electrolyte.currents().reductionPerSecond(layer) * simulation.chargeDensity(1))
                        .add(ratio)
                        .endRow();
            }
        }
        file.flush();
    }
}
