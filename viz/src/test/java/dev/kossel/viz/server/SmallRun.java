package dev.kossel.viz.server;

import dev.kossel.engine.record.CsvWriter;
import dev.kossel.engine.record.FillTimes;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.RunManifest;
import dev.kossel.engine.record.RunStatus;
import dev.kossel.engine.record.SiteFields;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SnapshotStamp;
import dev.kossel.engine.record.SpeciesLabel;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A run on a small lattice, written as the simulator would: three layers of blue metal on which red metal grows. */
final class SmallRun implements AutoCloseable {

    static final LatticeGeometry GEOMETRY = LatticeGeometry.of(LatticeKind.BCC, "100", 0.43, 1, 20, 20, 12);
    static final RunLayout LAYOUT = new RunLayout(
            GEOMETRY,
            List.of(
                    new SpeciesLabel("vacant", false, true, 0xffffff),
                    new SpeciesLabel("Li", true, false, 0x2040e0),
                    new SpeciesLabel("Na", true, false, 0xe03020)),
            List.of("plain", "hollow"),
            List.of("reduction"),
            List.of("overpotential_V"));
    private static final RunLayout WITH_FIELDS = new RunLayout(
            GEOMETRY,
            LAYOUT.species(),
            LAYOUT.siteTypes(),
            LAYOUT.processes(),
            LAYOUT.readings(),
            List.of("local_current_density_A_per_m2", "local_Na+_mol_per_L"));
    static final int SUBSTRATE_LAYERS = 3;

    private final RunDirectory directory;
    private final RunManifest manifest;
    private final SnapshotSeries snapshots;
    private final CsvWriter statistics;

    SmallRun(Path root) throws IOException {
        this(root, LAYOUT);
    }

    private SmallRun(Path root, RunLayout layout) throws IOException {
        directory = RunDirectory.create(root);
        manifest = RunManifest.begin("0.1", "unknown", "small", 1, layout);
        directory.write(manifest);
        snapshots = SnapshotSeries.begin(directory);
        statistics = directory.csv(
                directory.statisticsFile(),
                List.of("time_s", "overpotential_V", "rms_roughness_nm", "coverage", "island_count"));
        statistics.flush();
    }

    /** A finished run of {@code frames} frames, each one layer higher. */
    static Path finished(Path root, int frames) throws IOException {
        try (SmallRun run = new SmallRun(root)) {
            for (int i = 0; i < frames; i++) {
                run.grow(i);
            }
            run.end();
        }
        return root;
    }

    /**
     * A finished run of two frames: three layers of red, upon which a high and a low needle grow, and a piece that hangs in
     * the air; with numbers of the sites at the surface in the second.
     */
    static Path withNeedles(Path root) throws IOException {
        try (SmallRun run = new SmallRun(root, WITH_FIELDS)) {
            run.grow(0);
            Lattice lattice = layers(3);
            fill(lattice, 9, 9, 0, 11);
            fill(lattice, 15, 4, 0, 7);
            fill(lattice, 3, 15, 8, 10);
            run.snapshots.append(lattice, new SnapshotStamp(1, 100, Map.of()), FillTimes.unknown(), fields(lattice));
            run.end();
        }
        return root;
    }

    /** Where a neighbour of a site is vacant: 1,000 A/m² and a tenth more for each layer, and 1 mol/L and a hundredth less. */
    private static SiteFields fields(Lattice lattice) {
        return new SiteFields(WITH_FIELDS.siteFields(), (field, site) -> {
            boolean exposed = IntStream.range(0, 8)
                    .map(slot -> GEOMETRY.neighbor(site, slot))
                    .anyMatch(neighbor -> neighbor >= 0 && lattice.species(neighbor) == 0);
            int layer = GEOMETRY.layer(site);
            return exposed ? field == 0 ? 1000 + 100 * layer : 1 - 0.01f * layer : Float.NaN;
        });
    }

    /** Two by two cells wide. */
    private static void fill(Lattice lattice, int x, int y, int fromZ, int toZ) {
        for (int site = 0; site < GEOMETRY.siteCount(); site++) {
            if (GEOMETRY.cellX(site) / 2 == x / 2
                    && GEOMETRY.cellY(site) / 2 == y / 2
                    && GEOMETRY.cellZ(site) >= fromZ
                    && GEOMETRY.cellZ(site) < toZ
                    && GEOMETRY.layer(site) >= SUBSTRATE_LAYERS) {
                lattice.setSpecies(site, 2);
            }
        }
    }

    /** Frame and row number {@code i}, at {@code i} seconds: {@code i} complete layers of red upon the blue. */
    void grow(int i) throws IOException {
        statistics
                .add((double) i)
                .add(-0.05 - 0.001 * i)
                .add(0.1 * i)
                .add(Math.min(1.0, i))
                .add(i)
                .endRow();
        statistics.flush();
        snapshots.append(layers(i), new SnapshotStamp(i, 100L * i, Map.of()));
    }

    static Lattice layers(int red) {
        Lattice lattice = new Lattice(GEOMETRY);
        for (int site = 0; site < GEOMETRY.siteCount(); site++) {
            int layer = GEOMETRY.layer(site);
            lattice.setSpecies(site, layer < SUBSTRATE_LAYERS ? 1 : layer < SUBSTRATE_LAYERS + red ? 2 : 0);
        }
        return lattice;
    }

    void end() throws IOException {
        directory.write(manifest.ended(RunStatus.COMPLETED, "the protocol is done"));
    }

    @Override
    public void close() throws IOException {
        statistics.close();
        directory.close();
    }
}
