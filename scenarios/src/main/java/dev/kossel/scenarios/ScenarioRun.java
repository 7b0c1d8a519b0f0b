package dev.kossel.scenarios;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.observe.CoordinationObserver;
import dev.kossel.engine.observe.CurvatureObserver;
import dev.kossel.engine.observe.DeadMetalInstrument;
import dev.kossel.engine.observe.DetachedInstrument;
import dev.kossel.engine.observe.EventBatch;
import dev.kossel.engine.observe.EventObserver;
import dev.kossel.engine.observe.FieldObserver;
import dev.kossel.engine.observe.Instrument;
import dev.kossel.engine.observe.Instruments;
import dev.kossel.engine.observe.LatencyObserver;
import dev.kossel.engine.observe.ProcessCountsObserver;
import dev.kossel.engine.observe.ProfileObserver;
import dev.kossel.engine.observe.SnapshotObserver;
import dev.kossel.engine.observe.StatisticsObserver;
import dev.kossel.engine.observe.SurfaceFields;
import dev.kossel.engine.observe.SurfaceMeasurement;
import dev.kossel.engine.observe.TraceObserver;
import dev.kossel.engine.process.Event;
import dev.kossel.engine.process.Phase;
import dev.kossel.engine.process.Species;
import dev.kossel.engine.record.CheckpointStore;
import dev.kossel.engine.record.CsvTable;
import dev.kossel.engine.record.FieldSeries;
import dev.kossel.engine.record.HistogramFile;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.RunManifest;
import dev.kossel.engine.record.RunStatus;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SpeciesLabel;
import dev.kossel.engine.stream.EventPipeline;
import dev.kossel.engine.stream.ObserverFailedException;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.SiteNumbers;
import dev.kossel.lattice.morphology.Substrate;
import dev.kossel.scenarios.file.Scenario;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.scenarios.file.ScenarioReader;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.scenarios.units.Quantity;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run from beginning to end: a simulation, its observers, its directory.
 *
 * <p>The loop works on the caller's thread. Between slices it hands samples to the observers and, now and then, writes a checkpoint: first everything
 * published is drained to the files, then the state and the files' positions are saved together, so that a resumed run continues files and trajectory
 * without gap or repetition, whenever the process was killed.
 */
public final class ScenarioRun implements AutoCloseable {

    /** How often the clock on the wall is looked at, at least. */
    private static final long GLANCE_NANOS = 20_000_000;

    /** Colours of species that name none: distinguishable with colour-vision deficiencies (Okabe and Ito 2008). */
    private static final int[] COLORS = {0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7, 0x999999
    };

    private final RunDirectory directory;
    private final Model model;
    private final RunLayout layout;
    private final EventPipeline pipeline;
    private final CycleTable cycles;
    private final @Nullable ScalingTable scaling;
    private final @Nullable CurrentTable currents;
    /** Those of the three that there are. */
    private final List<RunTable> tables = new ArrayList<>();

    private final SamplePlan statisticsPlan;
    private final SamplePlan snapshotPlan;
    private final double[] readings;
    private final long[] counts;
    /** Fields at the surface, then in space, a row each; no rows without an electrolyte. */
    private final double[][] surfaceFields;

    private final double[][] spaceFields;
    private final double[][] fields;

    private final Simulation simulation;

    private RunManifest manifest;
    private long sampleIndex;
    private long sampledEvents = -1;
    private double sampledSeconds;
    private long wallNanosBefore;
    private String stopReason = "";
    private final long wallStart = System.nanoTime();

    /** What the run tells while it goes on, and how it is asked to stop. */
    public interface Monitor {
        /** Nobody watches, and nobody stops the run. */
        Monitor NOBODY = new Monitor() {};

        /** Called a few times a second, on the loop's thread. */
        default void progress(ScenarioRun run) {}

        /** Whether to stop at the next opportunity, with a checkpoint. */
        default boolean stopRequested() {
            return false;
        }

        /** How long a slice of the loop took; called after each, on the loop's thread. */
        default void slice(long nanos) {}

        /** The loop has come to its end; what it has published last may not have been recorded yet. */
        default void loopEnded() {}
    }

    /** @param now what the lattice looks like */
    private ScenarioRun(RunDirectory directory, RunManifest manifest, Model model, Lattice now) throws IOException {
        this.directory = directory;
        this.manifest = manifest;
        this.model = model;
        layout = manifest.layout();
        Scenario scenario = model.scenario();
        statisticsPlan = new SamplePlan(scenario.output().statistics());
        snapshotPlan = new SamplePlan(scenario.output().snapshots());
        readings = new double[layout.readings().size()];
        counts = new long[layout.processes().size()];
        simulation = SimulationAssembler.simulation(
                model, now, scenario.output().trace() ? this::trace : null, new ChangeTeller());
        TransportModel transport = model.transport();
        Electrolyte electrolyte = simulation.electrolyte();
        int cells = electrolyte == null ? 0 : electrolyte.grid().cellCount();
        surfaceFields =
                new double[transport == null ? 0 : transport.surfaceFields().size()][cells];
        spaceFields = new double[transport == null ? 0 : transport.spaceFields().size()][cells];
        fields = Stream.of(surfaceFields, spaceFields).flatMap(Stream::of).toArray(double[][]::new);
        List<EventObserver> observers = new ArrayList<>();
        try {
            cycles = table(new CycleTable(directory.csv(directory.cyclesFile(), CycleTable.COLUMNS)));
            scaling = simulation.separation() == null
                    ? null
                    : table(new ScalingTable(directory.csv(directory.scalingFile(), ScalingTable.COLUMNS)));
            currents = electrolyte == null ? null : table(currentTable());
            addObserversTo(observers);
            pipeline = EventPipeline.start(model.initial(), now, counts.length, readings.length, observers);
        } catch (IOException | RuntimeException | Error e) {
            observers.forEach(observer -> closeAfter(e, observer));
            tables.forEach(table -> closeAfter(e, table));
            throw e;
        }
    }

    private <T extends RunTable> T table(T table) {
        tables.add(table);
        return table;
    }

    /**
     * Begins a run in a new directory.
     *
     * @param scenarioText the resolved scenario, as it is to be kept in the directory
     * @throws IOException if the directory is not empty or cannot be written
     */
    public static ScenarioRun begin(Model model, String scenarioText, Path path, String version, String commit)
            throws IOException {
        RunLayout layout = layout(model);
        RunDirectory directory = RunDirectory.create(path);
        try {
            directory.writeText(directory.scenarioFile(), scenarioText);
            RunManifest manifest = RunManifest.begin(
                    version, commit, model.scenario().title(), model.scenario().seed(), layout);
            directory.write(manifest);
            return begin(directory, manifest, model);
        } catch (IOException | RuntimeException | Error e) {
            closeAfter(e, directory);
            throw e;
        }
    }

    /** From time 0, in a directory that says it is running: if it does not come to that, the directory says so. */
    private static ScenarioRun begin(RunDirectory directory, RunManifest manifest, Model model) throws IOException {
        ScenarioRun run;
        try {
            run = new ScenarioRun(directory, manifest, model, model.initial());
        } catch (IOException | RuntimeException | Error e) {
            closeAfter(e, () -> directory.write(manifest.ended(RunStatus.FAILED, reason(e))));
            throw e;
        }
        try {
            run.sample(true);
            run.checkpoint();
            return run;
        } catch (IOException | RuntimeException | Error e) {
            run.fail(e);
            throw e;
        }
    }

    private void closeAfter(Throwable failure) {
        closeAfter(failure, pipeline);
        tables.forEach(table -> closeAfter(failure, table));
    }

    private static void closeAfter(Throwable failure, AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception | Error e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Goes on with a run where its last checkpoint left it, from the very beginning if it has none.
     *
     * @throws IOException if it is no run directory, is being written by another process, has ended already, or its checkpoints are damaged
     * @throws ScenarioException if its scenario cannot be read
     */
    public static ScenarioRun resume(Path path) throws IOException, ScenarioException {
        RunDirectory directory = RunDirectory.resume(path);
        try {
            RunManifest manifest = directory.manifest();
            if (manifest.status() == RunStatus.COMPLETED) {
                throw new IOException(path + " is complete (" + manifest.reason() + "): there is nothing to resume");
            }
            Scenario scenario = ScenarioReader.read(directory.scenarioFile(), List.of());
            Resumed resumed = new Resumed(scenario, directory, manifest);
            OptionalLong generation = directory.checkpoints().load(resumed::read);
            if (generation.isEmpty()) {
                Model model = SimulationAssembler.model(scenario);
                RunManifest again = manifest.resumed(0, 0);
                directory.write(again);
                return begin(directory, again, model);
            }
            ScenarioRun run = resumed.run();
            try {
                run.manifest = manifest.resumed(run.simulation.kmc().events(), run.simulation.timeSeconds());
                directory.write(run.manifest);
            } catch (IOException | RuntimeException | Error e) {
                run.closeAfter(e);
                throw e;
            }
            return run;
        } catch (IOException | ScenarioException | RuntimeException | Error e) {
            closeAfter(e, directory);
            throw e;
        }
    }

    /** Rebuilds a run while its checkpoint is read. */
    private static final class Resumed {
        private final Scenario scenario;
        private final RunDirectory directory;
        private final RunManifest manifest;
        private @Nullable ScenarioRun run;

        Resumed(Scenario scenario, RunDirectory directory, RunManifest manifest) {
            this.scenario = scenario;
            this.directory = directory;
            this.manifest = manifest;
        }

        private void requireUnchanged(boolean unchanged) throws IOException {
            if (!unchanged) {
                throw new IOException(directory.scenarioFile() + " is no longer the scenario of this run: its lattice, "
                        + "species, site types or processes differ from those in manifest.json");
            }
        }

        private void requireSameLayout(RunLayout made) throws IOException {
            RunLayout begun = manifest.layout();
            requireUnchanged(made.geometry().equals(begun.geometry())
                    && made.species().equals(begun.species())
                    && made.siteTypes().equals(begun.siteTypes())
                    && made.processes().equals(begun.processes()));
            if (!made.equals(begun)) {
                throw new IOException("this run was begun by another version of Kossel (" + manifest.version()
                        + ", commit " + manifest.commit() + "), which recorded other columns and fields: then "
                        + recorded(begun) + ", now " + recorded(made) + ". Go on with that version, or begin anew");
            }
        }

        private static String recorded(RunLayout layout) {
            return Stream.concat(layout.readings().stream(), layout.siteFields().stream())
                    .collect(Collectors.joining(", "));
        }

        void read(DataInputStream in) throws IOException {
            requireUnchanged(
                    scenario.lattice().geometry().equals(manifest.layout().geometry()));
            LatticeGeometry geometry = manifest.layout().geometry();
            String siteOrder = in.readUTF();
            if (!siteOrder.equals(geometry.siteOrder())) {
                throw new IOException("the checkpoint was written by a version of Kossel that numbered sites in "
                        + siteOrder + ", this one does in " + geometry.siteOrder()
                        + ": go on with the version that is named in " + directory.manifestFile());
            }
            boolean typed = in.readBoolean();
            byte[] initial = SiteBytes.read(in, geometry);
            byte[] types = typed ? SiteBytes.read(in, geometry) : new byte[0];
            byte[] now = SiteBytes.read(in, geometry);
            Model model = ModelCompiler.compile(scenario, initial, types);
            requireSameLayout(layout(model));
            ScenarioRun restored =
                    new ScenarioRun(directory, manifest, model, new Lattice(model.geometry(), now, types));
            try {
                restored.restore(in);
            } catch (IOException | RuntimeException | Error e) {
                restored.closeAfter(e);
                throw e;
            }
            run = restored;
        }

        ScenarioRun run() {
            if (run == null) {
                throw new IllegalStateException("no checkpoint was read");
            }
            return run;
        }
    }

    private static RunLayout layout(Model model) {
        TransportModel transport = model.transport();
        List<SpeciesLabel> labels = new ArrayList<>();
        for (int s = 0; s < model.catalog().species().size(); s++) {
            Species of = model.catalog().species().get(s);
            List<String> names = model.scenario().speciesNames();
            String color = model.scenario().species().get(model.scenarioName(s)).color();
            int rgb = color == null
                    ? COLORS[names.indexOf(model.scenarioName(s)) % COLORS.length]
                    : Integer.parseInt(color.replace("#", ""), 16);
            labels.add(new SpeciesLabel(
                    of.name(),
                    of.phase() == Phase.METAL,
                    of.phase() == Phase.VACANT,
                    model.isolatedSpecies().contains(s) ? darkened(rgb) : rgb));
        }
        return new RunLayout(
                model.geometry(),
                labels,
                model.scenario().siteTypeNames(),
                model.catalog().processes().stream()
                        .map(process -> process.name())
                        .toList(),
                Readings.columns(model),
                transport == null ? List.of() : transport.surfaceFields());
    }

    /** Half as bright: dead metal stands out from the live, and shows of which kind it is. */
    private static int darkened(int rgb) {
        return rgb >> 1 & 0x7f7f7f;
    }

    private CurrentTable currentTable() throws IOException {
        return new CurrentTable(
                directory.csv(directory.currentsFile(), CurrentTable.COLUMNS),
                Substrate.of(model.initial(), having(Phase.METAL, Phase.FILM, Phase.INERT))
                        .meanHeightNm());
    }

    /** One after the other, so that those begun can be closed if the next cannot begin. */
    private void addObserversTo(List<EventObserver> observers) throws IOException {
        SpeciesSet solids = having(Phase.METAL, Phase.FILM, Phase.INERT);
        Substrate substrate = Substrate.of(model.initial(), solids);
        SurfaceMeasurement surface =
                layout.geometry().layerCount() > 1 ? new SurfaceMeasurement(substrate, solids) : null;
        SiteNumbers numbers = new SiteNumbers();
        List<Instrument> instruments =
                new ArrayList<>(Instruments.thorough(layout, substrate, solids, surface, numbers));
        if (model.contact() != null) {
            instruments.add(deadMetal(substrate, solids));
        }
        if (!model.detaching().isEmpty()) {
            instruments.add(detached());
        }
        instruments.addAll(ElectrodeInstruments.of(model, numbers));
        observers.add(new StatisticsObserver(
                directory.csv(directory.statisticsFile(), StatisticsObserver.columns(instruments)), instruments));
        observers.add(new ProcessCountsObserver(
                directory.csv(directory.eventsFile(), ProcessCountsObserver.columns(layout.processes())),
                counts.length));
        observers.add(new ProfileObserver(
                directory.csv(directory.profilesFile(), ProfileObserver.columns(layout)), layout, substrate, solids));
        int[] coordination = ElectrodeInstruments.coordination(model);
        if (IntStream.of(coordination).anyMatch(number -> number >= 0)) {
            observers.add(new CoordinationObserver(
                    directory.csv(directory.coordinationFile(), CoordinationObserver.columns(layout, coordination)),
                    layout.geometry(),
                    solids,
                    coordination));
        }
        if (surface != null) {
            observers.add(new CurvatureObserver(
                    directory.csv(directory.curvatureFile(), CurvatureObserver.COLUMNS), surface));
        }
        addSnapshotsTo(observers, solids);
        observers.add(new LatencyObserver(new HistogramFile(directory.latencyFile())));
        if (model.scenario().output().trace()) {
            observers.add(new TraceObserver(
                    directory.csv(directory.traceFile(), TraceObserver.COLUMNS),
                    layout.geometry(),
                    layout.processes()));
        }
    }

    private void addSnapshotsTo(List<EventObserver> observers, SpeciesSet solids) throws IOException {
        SnapshotSeries snapshots = SnapshotSeries.begin(directory);
        TransportModel transport = model.transport();
        Electrolyte electrolyte = simulation.electrolyte();
        if (transport == null || electrolyte == null) {
            observers.add(new SnapshotObserver(snapshots, layout));
            return;
        }
        FieldGrid grid = electrolyte.grid();
        observers.add(
                new SnapshotObserver(snapshots, layout, new SurfaceFields(grid, transport.surfaceFields(), solids)));
        FieldSeries series = FieldSeries.begin(directory, FieldObserver.edges(grid), transport.spaceFields());
        observers.add(new FieldObserver(series, grid, surfaceFields.length));
    }

    private Instrument deadMetal(Substrate substrate, SpeciesSet solids) {
        long[] electrons = model.electronsOfSpecies();
        double[] mass = new double[electrons.length];
        double[] charge = new double[electrons.length];
        for (int s = 0; s < electrons.length; s++) {
            Quantity molar =
                    model.scenario().species().get(model.scenarioName(s)).molarMass();
            double perSite = model.scenario().lattice().atomsPerSite() / Constants.AVOGADRO / model.areaSquareMetres();
            mass[s] = molar == null ? Double.NaN : molar.kilogramsPerMole() * perSite;
            charge[s] = electrons[s] * Constants.ELEMENTARY_CHARGE / model.areaSquareMetres();
        }
        return new DeadMetalInstrument(substrate, solids, model.isolatedSpecies(), mass, charge);
    }

    private Instrument detached() {
        List<String> names = new ArrayList<>();
        List<SpeciesSet> species = new ArrayList<>();
        for (int n = 0; n < model.detaching().size(); n++) {
            names.add(String.join("+", model.scenario().detachment().get(n).species()));
            species.add(model.detaching().get(n).members());
        }
        return new DetachedInstrument(names, species, model.catalog().processes(), model.initial());
    }

    private SpeciesSet having(Phase... phases) {
        List<Phase> wanted = List.of(phases);
        List<Species> all = model.catalog().species();
        return SpeciesSet.of(IntStream.range(0, all.size())
                .filter(s -> wanted.contains(all.get(s).phase()))
                .toArray());
    }

    /** Tells the pipeline what has changed. */
    private final class ChangeTeller implements SimulationAssembler.Witness {
        @Override
        public void changed(Event event) {
            for (int m = 0; m < event.count(); m++) {
                pipeline.changed(event.site(m), event.species(m));
            }
        }

        @Override
        public boolean looks() {
            return pipeline.wantsChanges();
        }
    }

    private void trace(double timeSeconds, Event event) {
        if (event.process() < 0) {
            return;
        }
        int target = event.count() > 1 ? event.site(1) : EventBatch.NO_TARGET;
        pipeline.event(timeSeconds, event.site(0), target, event.process());
    }

    public Simulation simulation() {
        return simulation;
    }

    public RunManifest manifest() {
        return manifest;
    }

    public Path path() {
        return directory.root();
    }

    /** Wall-clock seconds of the loop so far, over all processes that worked on the run. */
    public double wallSeconds() {
        return (wallNanosBefore + System.nanoTime() - wallStart) * 1e-9;
    }

    /**
     * Runs to the end, or until it is asked to stop.
     *
     * @return what the run came to; also written to the directory
     * @throws ObserverFailedException if an observer fails; the directory then says so and stays readable
     */
    public RunSummary run(Monitor monitor) throws IOException {
        try {
            RunStatus status = loop(monitor);
            return finish(status, String.valueOf(status == RunStatus.STOPPED ? stopReason : simulation.endReason()));
        } catch (IOException | RuntimeException | Error e) {
            // Errors as well: a run that has run out of memory did not vanish, as one that was killed did.
            fail(e);
            throw e;
        }
    }

    private RunStatus loop(Monitor monitor) throws IOException {
        Scenario scenario = model.scenario();
        long checkpointNanos = nanos(scenario.output().checkpoint());
        Quantity wallLimit = scenario.stop().wallTime();
        long wallLimitNanos = wallLimit == null ? Long.MAX_VALUE : nanos(wallLimit);
        long lastCheckpoint = System.nanoTime();
        long glance = System.nanoTime();
        while (simulation.endReason() == null) {
            long before = System.nanoTime();
            simulation.advance();
            long now = System.nanoTime();
            Cycle ended = simulation.takeFinishedCycle();
            if (ended != null) {
                cycles.add(ended, simulation.chargeDensity(1));
            }
            pipeline.loopNanos(now - before);
            monitor.slice(now - before);
            double progress = simulation.progress();
            boolean snapshot = snapshotPlan.isDue(simulation, progress);
            if (statisticsPlan.isDue(simulation, progress) || snapshot) {
                sample(snapshot);
            }
            if (now - glance > GLANCE_NANOS) {
                glance = now;
                pipeline.check();
                monitor.progress(this);
                if (monitor.stopRequested() || now - wallStart > wallLimitNanos) {
                    stopReason =
                            monitor.stopRequested() ? "stopped on request" : "the limit of wall-clock time is reached";
                    checkpoint();
                    // After the checkpoint, so that a resumed run cuts it off: straight through there is no such row.
                    sampleTheEnd();
                    return RunStatus.STOPPED;
                }
                if (now - lastCheckpoint > checkpointNanos) {
                    checkpoint();
                    lastCheckpoint = System.nanoTime();
                }
            }
        }
        monitor.loopEnded();
        sampleTheEnd();
        checkpoint();
        return simulation.failed() ? RunStatus.FAILED : RunStatus.COMPLETED;
    }

    private void sampleTheEnd() throws IOException {
        if (sampledEvents != simulation.kmc().events() || sampledSeconds != simulation.timeSeconds()) {
            sample(true);
        }
    }

    private static long nanos(Quantity time) {
        return (long) Math.min(time.seconds() * 1e9, Long.MAX_VALUE / 2.0);
    }

    private void sample(boolean snapshot) throws IOException {
        simulation.kmc().recall();
        AdaptiveSeparation separation = simulation.separation();
        if (scaling != null && separation != null) {
            scaling.add(simulation.timeSeconds(), separation, model.catalog());
        }
        Readings.take(simulation, readings);
        simulation.kmc().copyEventCounts(counts);
        Electrolyte electrolyte = simulation.electrolyte();
        if (snapshot && electrolyte != null) {
            electrolyte.copySurface(simulation.overpotentialVolts(), surfaceFields);
            electrolyte.copySpace(spaceFields);
            if (currents != null) {
                currents.add(simulation, electrolyte);
            }
        }
        pipeline.sample(
                sampleIndex++,
                simulation.timeSeconds(),
                simulation.kmc().events(),
                simulation.kmc().nullEvents(),
                counts,
                readings,
                simulation.lattice()::copySpecies,
                snapshot,
                fields);
        sampledEvents = simulation.kmc().events();
        sampledSeconds = simulation.timeSeconds();
    }

    // Checkpoints

    private void checkpoint() throws IOException {
        pipeline.drain();
        CheckpointStore store = directory.checkpoints();
        store.write(this::save);
    }

    private void save(DataOutputStream out) throws IOException {
        Lattice initial = model.initial();
        boolean typed = initial.siteTypeArray().length != 0;
        out.writeUTF(model.geometry().siteOrder());
        out.writeBoolean(typed);
        SiteBytes.write(out, model.geometry(), initial::species);
        if (typed) {
            SiteBytes.write(out, model.geometry(), initial::siteType);
        }
        SiteBytes.write(out, model.geometry(), simulation.lattice()::species);
        simulation.save(out);
        statisticsPlan.save(out);
        snapshotPlan.save(out);
        saveCounters(out);
        for (RunTable table : tables) {
            table.save(out);
        }
        pipeline.save(out);
    }

    private void saveCounters(DataOutput out) throws IOException {
        out.writeLong(sampleIndex);
        out.writeLong(sampledEvents);
        out.writeDouble(sampledSeconds);
        out.writeLong(wallNanosBefore + System.nanoTime() - wallStart);
    }

    private void restore(DataInput in) throws IOException {
        simulation.restore(in);
        statisticsPlan.restore(in);
        snapshotPlan.restore(in);
        sampleIndex = in.readLong();
        sampledEvents = in.readLong();
        sampledSeconds = in.readDouble();
        wallNanosBefore = in.readLong();
        for (RunTable table : tables) {
            table.restore(in);
        }
        pipeline.restore(in);
    }

    // The end

    private RunSummary finish(RunStatus status, String reason) throws IOException {
        double wall = wallSeconds();
        pipeline.close();
        RunSummary summary = summary(status, reason, wall);
        directory.writeJson(directory.summaryFile(), summary.entries());
        directory.writeText(directory.summaryTextFile(), summary.text());
        manifest = manifest.ended(status, reason);
        directory.write(manifest);
        return summary;
    }

    private void fail(Throwable failure) {
        closeAfter(failure, pipeline);
        manifest = manifest.ended(RunStatus.FAILED, reason(failure));
        closeAfter(failure, () -> directory.write(manifest));
    }

    private static String reason(Throwable failure) {
        return failure instanceof Error || failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private RunSummary summary(RunStatus status, String reason, double wall) throws IOException {
        CsvTable statistics = CsvTable.read(directory.statisticsFile());
        ChronopotentiogramSummary trace = ChronopotentiogramSummary.of(statistics);
        double charge = simulation.chargeDensity();
        CellLife life = CellLife.of(
                CsvTable.read(directory.cyclesFile()),
                model.scenario().protocol().life(),
                simulation.shortCircuitSeconds());
        return new RunSummary(
                model.scenario().title(),
                status,
                reason,
                simulation.kmc().events(),
                simulation.kmc().nullEvents(),
                simulation.timeSeconds(),
                wall,
                simulation.kmc().events() / wall,
                model.scenario().seed(),
                depositedAtoms(),
                charge * model.areaSquareMetres(),
                charge,
                simulation.coulombicEfficiency(),
                simulation.chargeDensity(simulation.sideElectrons()),
                life.cycles(),
                life.meanEfficiency(),
                life.endedIn(),
                deadSites() * model.scenario().lattice().atomsPerSite(),
                life.residueSites() * model.scenario().lattice().atomsPerSite(),
                simulation.shortCircuitSeconds(),
                trace.nucleationVolts(),
                trace.dipVolts(),
                trace.plateauVolts(),
                simulation.overpotentialVolts(),
                last(statistics, "mean_height_nm"),
                last(statistics, "rms_roughness_nm"),
                last(statistics, "max_height_nm"),
                last(statistics, "coverage"),
                largest(statistics, "island_density_per_m2"),
                model.slowdown(),
                ScalingSummary.of(simulation.separation()),
                FieldsSummary.of(simulation.electrolyte()),
                simulation.stateHash());
    }

    private long deadSites() {
        SpeciesSet isolated = model.isolatedSpecies();
        return IntStream.range(0, model.geometry().siteCount())
                .filter(site -> isolated.contains(simulation.lattice().species(site)))
                .count();
    }

    private long depositedAtoms() {
        SpeciesSet metal = having(Phase.METAL);
        long sites = 0;
        for (int site = 0; site < model.geometry().siteCount(); site++) {
            sites += metal.contains(simulation.lattice().species(site)) ? 1 : 0;
            sites -= metal.contains(model.initial().species(site)) ? 1 : 0;
        }
        return sites * model.scenario().lattice().atomsPerSite();
    }

    private static double last(CsvTable table, String column) {
        double[] values = table.column(column);
        return values[values.length - 1];
    }

    private static double largest(CsvTable table, String column) {
        double largest = Double.NaN;
        for (double value : table.column(column)) {
            largest = Double.isNaN(largest) ? value : Math.max(largest, value);
        }
        return largest;
    }

    /** Ends the observers and releases the directory. */
    @Override
    public void close() throws IOException {
        try {
            pipeline.close();
            for (RunTable table : tables) {
                table.close();
            }
        } finally {
            directory.close();
        }
    }
}
