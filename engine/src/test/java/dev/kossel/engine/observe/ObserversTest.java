package dev.kossel.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.record.CsvTable;
import dev.kossel.engine.record.FieldSeries;
import dev.kossel.engine.record.HistogramFile;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.RunManifest;
import dev.kossel.engine.record.Snapshot;
import dev.kossel.engine.record.SnapshotReader;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SpeciesLabel;
import dev.kossel.engine.stream.EventPipeline;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.morphology.MeanCurvature;
import dev.kossel.lattice.morphology.SiteNumbers;
import dev.kossel.lattice.morphology.Substrate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObserversTest {

    private static final LatticeGeometry GEOMETRY = LatticeGeometry.of(LatticeKind.SC, "100", 0.5, 1, 4, 4, 6);
    private static final RunLayout LAYOUT = new RunLayout(
            GEOMETRY,
            List.of(new SpeciesLabel("electrolyte", false, true, 0xFFFFFF), new SpeciesLabel("M", true, false, 0)),
            List.of("plain", "grain-boundary"),
            List.of("deposit", "hop"),
            List.of("overpotential_V"));

    private static final Substrate SUBSTRATE = Substrate.of(initial(), LAYOUT.solids());

    @TempDir
    private Path temporary;

    /** A substrate of one layer on which site after site is covered, one at each sample; a column of site type 1. */
    private static Lattice initial() {
        Lattice lattice = new Lattice(GEOMETRY).withSiteTypes();
        for (int x = 0; x < 4; x++) {
            for (int y = 0; y < 4; y++) {
                lattice.setSpecies(GEOMETRY.site(x, y, 0, 0), 1);
                if (x == 0) {
                    lattice.setSiteType(GEOMETRY.site(x, y, 1, 0), 1);
                }
            }
        }
        return lattice;
    }

    private EventPipeline observe(RunDirectory directory) throws IOException {
        SurfaceMeasurement surface = new SurfaceMeasurement(SUBSTRATE, LAYOUT.metals());
        List<Instrument> instruments =
                new ArrayList<>(Instruments.thorough(LAYOUT, SUBSTRATE, LAYOUT.metals(), surface, new SiteNumbers()));
        // A site weighs 2 g/m²; the first process takes up an electron of 0.01 mol/m² for each, the second makes
        // nothing.
        instruments.add(new BalanceInstrument(new double[] {0, 2e-3}, new double[] {1e-2, 0}, initial()));
        return EventPipeline.start(
                initial(),
                2,
                1,
                List.of(
                        new StatisticsObserver(
                                directory.csv(directory.statisticsFile(), StatisticsObserver.columns(instruments)),
                                instruments),
                        new ProcessCountsObserver(
                                directory.csv(
                                        directory.eventsFile(), ProcessCountsObserver.columns(LAYOUT.processes())),
                                2),
                        new TraceObserver(
                                directory.csv(directory.traceFile(), TraceObserver.COLUMNS),
                                GEOMETRY,
                                LAYOUT.processes()),
                        new ProfileObserver(
                                directory.csv(directory.profilesFile(), ProfileObserver.columns(LAYOUT)),
                                LAYOUT,
                                SUBSTRATE,
                                LAYOUT.metals()),
                        new CurvatureObserver(
                                directory.csv(directory.curvatureFile(), CurvatureObserver.COLUMNS), surface),
                        new SnapshotObserver(SnapshotSeries.begin(directory), LAYOUT),
                        new LatencyObserver(new HistogramFile(directory.latencyFile()))));
    }

    /** Samples {@code from} to {@code to} − 1 of a run that is a function of the sample's number. */
    private static void run(EventPipeline pipeline, int from, int to) {
        Lattice lattice = initial();
        for (int index = 0; index < to; index++) {
            if (index > 0) {
                lattice.setSpecies(GEOMETRY.site((index - 1) % 4, (index - 1) / 4, 1, 0), 1);
            }
            if (index >= from) {
                if (index > 0) {
                    pipeline.event(index * 0.5 - 0.25, index, EventBatch.NO_TARGET, 0);
                    pipeline.event(index * 0.5 - 0.125, index, index + 1, 1);
                    pipeline.loopNanos(1000);
                }
                pipeline.sample(
                        index,
                        index * 0.5,
                        2L * index,
                        0,
                        new long[] {index, index},
                        new double[] {-0.01 * index},
                        lattice.speciesArray(),
                        index % 2 == 0);
            }
        }
    }

    @Test
    void shouldNoteInEachSnapshotSinceWhenASiteHoldsWhatItHolds() throws IOException {
        try (RunDirectory directory = RunDirectory.create(temporary.resolve("run"))) {
            try (EventPipeline pipeline = observe(directory)) {
                run(pipeline, 0, 6);
            }
            // Snapshots are samples 0, 2 and 4; sample n has n sites of the second layer filled.
            Snapshot last =
                    SnapshotReader.read(SnapshotSeries.list(directory).get(2).file());
            assertThat(last.filled().seconds(GEOMETRY.site(3, 3, 0, 0))).isZero();
            assertThat(IntStream.range(0, 4).mapToObj(x -> last.filled().seconds(GEOMETRY.site(x, 0, 1, 0))))
                    .containsExactly(1f, 1f, 2f, 2f);
            assertThat(last.filled().seconds(GEOMETRY.site(0, 1, 1, 0))).isNaN();
        }
    }

    @Test
    void shouldRememberWhenMetalWasDepositedThatHasLostContactSince() throws IOException {
        RunLayout layout = new RunLayout(
                GEOMETRY,
                List.of(
                        new SpeciesLabel("electrolyte", false, true, 0xFFFFFF),
                        new SpeciesLabel("M", true, false, 0),
                        new SpeciesLabel("N", true, false, 0),
                        new SpeciesLabel("M (isolated)", true, false, 0)),
                List.of("plain"),
                List.of("deposit"),
                List.of());
        try (RunDirectory directory = RunDirectory.create(temporary.resolve("run"))) {
            directory.write(RunManifest.begin("0", "0", "test", 1, layout));
            Lattice lattice = new Lattice(GEOMETRY);
            int site = GEOMETRY.site(1, 1, 1, 0);
            int[] species = {0, 1, 3, 1, 3, 2, 0};
            for (boolean resume : new boolean[] {false, true}) {
                try (EventPipeline pipeline = EventPipeline.start(
                        Lattice.copyOf(lattice),
                        1,
                        0,
                        List.of(new SnapshotObserver(SnapshotSeries.begin(directory), layout)))) {
                    if (resume) {
                        directory.checkpoints().load(pipeline::restore);
                    }
                    for (int index = resume ? 4 : 0; index < (resume ? species.length : 4); index++) {
                        lattice.setSpecies(site, species[index]);
                        pipeline.sample(
                                index, index, index, 0, new long[1], new double[0], lattice.speciesArray(), true);
                    }
                    directory.checkpoints().write(pipeline::save);
                }
            }
            List<Float> times = new ArrayList<>();
            for (SnapshotSeries.Entry entry : SnapshotSeries.list(directory)) {
                times.add(SnapshotReader.read(entry.file()).filled().seconds(site));
            }
            assertThat(times).containsExactly(Float.NaN, 1f, 1f, 1f, 1f, 5f, Float.NaN);
        }
    }

    /** A field at the surface and one in space, both a function of cell and time; also after a restart. */
    @Test
    void shouldWriteFieldsBesideTheSnapshots() throws IOException {
        FieldGrid grid = new FieldGrid(GEOMETRY, 1, 4, 1.5);
        List<String> names = List.of("local_current_density_A_per_m2");
        Path straight = temporary.resolve("straight");
        Path resumed = temporary.resolve("resumed");
        for (Path root : List.of(straight, resumed)) {
            try (RunDirectory directory = RunDirectory.create(root);
                    EventPipeline pipeline = observeFields(directory, grid, names)) {
                directory.write(RunManifest.begin("0", "0", "test", 1, LAYOUT));
                sampleFields(pipeline, grid, 0, 2);
                directory.checkpoints().write(pipeline::save);
                sampleFields(pipeline, grid, 2, 4);
            }
        }
        try (RunDirectory directory = RunDirectory.resume(resumed);
                EventPipeline pipeline = observeFields(directory, grid, names)) {
            directory.checkpoints().load(pipeline::restore);
            sampleFields(pipeline, grid, 2, 4);
        }
        for (String name : List.of(
                "fields.pvd", "snapshots.pvd", "fields/000000.vtr", "fields/000003.vtr", "snapshots/000003.vti")) {
            assertThat(resumed.resolve(name)).hasSameBinaryContentAs(straight.resolve(name));
        }
        Snapshot last = SnapshotReader.read(straight.resolve("snapshots/000003.vti"));
        assertThat(last.fields().names()).isEqualTo(names);
        assertThat(last.fields().value(0, GEOMETRY.site(2, 1, 0, 0)))
                .isEqualTo(300 + grid.cellOf(GEOMETRY.site(2, 1, 0, 0)));
        assertThat(last.fields().value(0, GEOMETRY.site(2, 1, 1, 0)))
                .isEqualTo(300 + grid.cellOf(GEOMETRY.site(2, 1, 1, 0)));
        // Not at the surface.
        assertThat(last.fields().value(0, GEOMETRY.site(2, 1, 2, 0))).isNaN();
    }

    private static EventPipeline observeFields(RunDirectory directory, FieldGrid grid, List<String> names)
            throws IOException {
        FieldSeries series = FieldSeries.begin(directory, FieldObserver.edges(grid), List.of("potential_V"));
        return EventPipeline.start(
                initial(),
                1,
                1,
                List.of(
                        new SnapshotObserver(
                                SnapshotSeries.begin(directory),
                                LAYOUT,
                                new SurfaceFields(grid, names, LAYOUT.metals())),
                        new FieldObserver(series, grid, 1)));
    }

    private static void sampleFields(EventPipeline pipeline, FieldGrid grid, int from, int to) {
        for (int index = from; index < to; index++) {
            double[][] fields = new double[2][grid.cellCount()];
            for (int cell = 0; cell < grid.cellCount(); cell++) {
                fields[0][cell] = 100 * index + cell;
                fields[1][cell] = -fields[0][cell];
            }
            byte[] species = initial().speciesArray();
            EventPipeline.SpeciesCopier copier = (first, count, out) -> System.arraycopy(species, first, out, 0, count);
            pipeline.sample(index, index, index, 0, new long[1], new double[1], copier, true, fields);
        }
    }

    @Test
    void shouldMeasureWhatIsThere() throws IOException {
        try (RunDirectory directory = RunDirectory.create(temporary.resolve("run"))) {
            try (EventPipeline pipeline = observe(directory)) {
                run(pipeline, 0, 6);
            }
            CsvTable statistics = CsvTable.read(directory.statisticsFile());
            assertThat(statistics.column("time_s")).containsExactly(0, 0.5, 1, 1.5, 2, 2.5);
            assertThat(statistics.column("overpotential_V")[5]).isEqualTo(-0.05);
            assertThat(statistics.column("coverage")[5]).isEqualTo(5.0 / 16);
            assertThat(statistics.column("coverage_grain-boundary")[5]).isEqualTo(0.5);
            assertThat(statistics.column("mean_height_nm")[5]).isEqualTo(0.5 * 5 / 16);
            assertThat(statistics.column("rms_roughness_nm")[0]).isZero();
            assertThat(statistics.column("max_height_nm")[5]).isEqualTo(0.5);
            assertThat(statistics.column("island_count")).containsExactly(0, 0, 1, 1, 1, 1);
            assertThat(statistics.column("adatom_count")).containsExactly(0, 1, 0, 0, 0, 0);
            assertThat(statistics.column("mean_island_sites")[5]).isEqualTo(5);
            assertThat(statistics.column("sites_M")[5]).isEqualTo(21);
            assertThat(statistics.column("cluster_count")).containsExactly(1, Double.NaN, 1, Double.NaN, 1, Double.NaN);
            assertThat(statistics.column("surface_area_ratio")[0]).isEqualTo(1);
            assertThat(statistics.column("facet_fraction_100")[0]).isEqualTo(1);
            assertThat(statistics.column("mean_curvature_per_nm")[0]).isEqualTo(0);
            assertThat(statistics.column("branch_count")).containsExactly(0, Double.NaN, 0, Double.NaN, 0, Double.NaN);
            assertThat(statistics.column("acceptance")).containsExactly(Double.NaN, 1, 1, 1, 1, 1);
            assertThat(statistics.column("mass_change_kg_per_m2")[5]).isEqualTo(10e-3);
            assertThat(statistics.column("mass_per_electron_g_per_mol")[0]).isNaN();
            assertThat(statistics.column("mass_per_electron_g_per_mol")[5]).isCloseTo(200, within(1e-9));
            assertThat(statistics.column("tip_count")).containsExactly(0, Double.NaN, 0, Double.NaN, 0, Double.NaN);

            CsvTable profiles = CsvTable.read(directory.profilesFile());
            assertThat(profiles.columns())
                    .containsExactly("time_s", "events", "layer", "height_nm", "deposit_fraction", "fraction_M");
            assertThat(profiles.column("time_s")).containsExactly(0, 1, 1, 2, 2);
            assertThat(profiles.column("layer")).containsExactly(0, 0, 1, 0, 1);
            assertThat(profiles.column("height_nm")).containsExactly(0, 0, 0.5, 0, 0.5);
            assertThat(profiles.column("deposit_fraction")).containsExactly(1, 1, 2.0 / 16, 1, 4.0 / 16);
            assertThat(profiles.column("fraction_M")).containsExactly(1, 1, 2.0 / 16, 1, 4.0 / 16);

            CsvTable curvature = CsvTable.read(directory.curvatureFile());
            assertThat(curvature.column("time_s")).hasSize(3 * MeanCurvature.BINS);
            assertThat(Arrays.stream(curvature.column("density_nm")).sum())
                    .isCloseTo(
                            3
                                    / (curvature.column("curvature_per_nm")[1]
                                            - curvature.column("curvature_per_nm")[0]),
                            within(1e-9));

            CsvTable events = CsvTable.read(directory.eventsFile());
            assertThat(events.column("deposit_count")).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(events.column("hop_rate_per_s")).containsExactly(Double.NaN, 2, 2, 2, 2, 2);
            assertThat(Files.readAllLines(directory.traceFile()))
                    .hasSize(11)
                    .contains("0.25,1,,deposit", "2.375,5,6,hop");
            List<SnapshotSeries.Entry> snapshots = SnapshotSeries.list(directory);
            assertThat(snapshots).extracting(SnapshotSeries.Entry::timeSeconds).containsExactly(0.0, 1.0, 2.0);
            assertThat(SnapshotReader.read(snapshots.get(2).file()).stamp().readings())
                    .containsEntry("overpotential_V", -0.04);
            assertThat(directory.latencyFile())
                    .content()
                    .contains("Percentile")
                    .contains("Total count    =            5");
        }
    }

    @Test
    void shouldLeaveTheSameFilesWhetherInterruptedOrNot() throws IOException {
        Path straight = temporary.resolve("straight");
        Path resumed = temporary.resolve("resumed");
        try (RunDirectory directory = RunDirectory.create(straight);
                EventPipeline pipeline = observe(directory)) {
            directory.write(RunManifest.begin("0", "0", "test", 1, LAYOUT));
            run(pipeline, 0, 12);
        }
        try (RunDirectory directory = RunDirectory.create(resumed);
                EventPipeline pipeline = observe(directory)) {
            directory.write(RunManifest.begin("0", "0", "test", 1, LAYOUT));
            run(pipeline, 0, 5);
            directory.checkpoints().write(pipeline::save);
            // What the process did between its last checkpoint and its end is done again.
            run(pipeline, 5, 9);
        }
        try (RunDirectory directory = RunDirectory.resume(resumed);
                EventPipeline pipeline = observe(directory)) {
            directory.checkpoints().load(pipeline::restore);
            run(pipeline, 5, 12);
        }
        for (String name : List.of(
                "statistics.csv", "events.csv", "profiles.csv", "curvature.csv", "events.trace.csv", "snapshots.pvd")) {
            assertThat(resumed.resolve(name)).hasSameBinaryContentAs(straight.resolve(name));
        }
        for (int i = 0; i < 6; i++) {
            String name = "snapshots/00000" + i + ".vti";
            assertThat(resumed.resolve(name)).hasSameBinaryContentAs(straight.resolve(name));
        }
        assertThat(resumed.resolve("latency.hgrm")).content().contains("Total count    =           11");
    }
}
