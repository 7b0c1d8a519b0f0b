package dev.kossel.viz.server;

import dev.kossel.engine.record.CsvWriter;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunManifest;
import dev.kossel.engine.record.RunStatus;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SnapshotStamp;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A run of two cycles that each plate and strip: on the half of the box at small x stands a ridge of red metal that grows
 * and shrinks by a layer a row. Rows and frames lie a second apart, at 0 … 8 s; a row moves {@code charge} C/m².
 */
final class CycledRun {

    /** Layers of the ridge at each row: two are plated, two stripped, twice. */
    static final int[] RIDGE = {0, 1, 2, 1, 0, 1, 2, 1, 0};

    private CycledRun() {}

    static Path write(Path root, double charge) throws IOException {
        return write(root, charge, 0);
    }

    /** @param late by how many seconds rows and frames after the first come late */
    static Path write(Path root, double charge, double late) throws IOException {
        try (RunDirectory directory = RunDirectory.create(root)) {
            RunManifest manifest = RunManifest.begin("0.1", "unknown", "cycled", 1, SmallRun.LAYOUT);
            directory.write(manifest);
            SnapshotSeries snapshots = SnapshotSeries.begin(directory);
            try (CsvWriter statistics = directory.csv(
                            directory.statisticsFile(),
                            List.of(
                                    "time_s",
                                    "overpotential_V",
                                    "charge_C_per_m2",
                                    "cycle",
                                    "step",
                                    "rms_roughness_nm",
                                    "dendrite_tips",
                                    "sites_Na (isolated)",
                                    "facet_100",
                                    "exotic_A_per_m2"));
                    CsvWriter events = directory.csv(
                            directory.eventsFile(),
                            List.of("time_s", "events", "null_events", "plating_rate_per_s", "hop_rate_per_s"))) {
                for (int i = 0; i < RIDGE.length; i++) {
                    double timeSeconds = i == 0 ? 0 : i + late;
                    statistics
                            .add(timeSeconds)
                            .add(-0.05 - 0.01 * RIDGE[i])
                            .add(charge * RIDGE[i])
                            .add(i <= 4 ? 1 : 2)
                            .add(i <= 2 || i == 5 || i == 6 ? 1 : 2)
                            .add(0.1 * RIDGE[i])
                            .add(i)
                            .add(2 * i)
                            .add(0.25 + 0.05 * i)
                            .add(1000.0 * i)
                            .endRow();
                    events.add(timeSeconds).add(100 * i).add(i);
                    events.add(10.0 + i).add(1000.0 + i).endRow();
                    snapshots.append(ridge(RIDGE[i]), new SnapshotStamp(timeSeconds, 100L * i, Map.of()));
                }
            }
            Files.writeString(directory.latencyFile(), """
                           Value     Percentile TotalCount 1/(1-Percentile)

                           2.000 0.000000000000          1           1.00
                           4.000 0.500000000000        100           2.00
                          80.000 0.990000000000        198         100.00
                         160.000 1.000000000000        200
                    #[Mean    =        5.000, StdDeviation   =       37.358]
                    #[Max     =      160.000, Total count    =          200]
                    """);
            directory.write(manifest.ended(RunStatus.COMPLETED, "the protocol is done"));
        }
        return root;
    }

    static Lattice ridge(int layers) {
        Lattice lattice = new Lattice(SmallRun.GEOMETRY);
        LatticeGeometry g = SmallRun.GEOMETRY;
        for (int site = 0; site < g.siteCount(); site++) {
            int layer = g.layer(site) - SmallRun.SUBSTRATE_LAYERS;
            lattice.setSpecies(site, layer < 0 ? 1 : layer < layers && g.cellX(site) < g.cellsX() / 2 ? 2 : 0);
        }
        return lattice;
    }
}
