package dev.kossel.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kossel.engine.record.CsvTable;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunLayout;
import dev.kossel.engine.record.RunManifest;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SpeciesLabel;
import dev.kossel.engine.record.StateHash;
import dev.kossel.engine.stream.EventPipeline;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.morphology.Substrate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that records a run is killed at any moment and started again until it gets through. */
@Tag("slow")
class KilledRunTest {

    private static final int SAMPLES = 600;
    private static final int KILLS = 8;

    @TempDir
    private Path temporary;

    /** Records a run of {@value #SAMPLES} samples, or goes on with it; each changes a random site. */
    static final class Recorder {

        private final Lattice lattice =
                new Lattice(LatticeGeometry.of(LatticeKind.BCC, "110", 0.43, 1, 12, 12, 12)).withSiteTypes();
        private final RunLayout layout = new RunLayout(
                lattice.geometry(),
                List.of(new SpeciesLabel("electrolyte", false, true, 0), new SpeciesLabel("M", true, false, 0)),
                List.of("plain", "rare"),
                List.of("deposit"),
                List.of("overpotential_V"));
        private int next;

        public static void main(String[] arguments) throws IOException {
            System.out.println("started");
            new Recorder().run(Path.of(arguments[0]), Long.parseLong(arguments[1]));
        }

        void run(Path path, long pauseMillis) throws IOException {
            boolean resume = Files.exists(path.resolve("manifest.json"));
            lattice.setSiteType(5, 1);
            Substrate substrate = Substrate.of(lattice, layout.metals());
            List<Instrument> instruments = Instruments.standard(layout, substrate, layout.metals());
            try (RunDirectory directory = resume ? RunDirectory.resume(path) : RunDirectory.create(path)) {
                if (!resume) {
                    directory.write(RunManifest.begin("0", "0", "killed", 1, layout));
                }
                try (EventPipeline pipeline = EventPipeline.start(
                        lattice,
                        1,
                        1,
                        List.of(
                                new StatisticsObserver(
                                        directory.csv(
                                                directory.statisticsFile(), StatisticsObserver.columns(instruments)),
                                        instruments),
                                new ProcessCountsObserver(
                                        directory.csv(
                                                directory.eventsFile(),
                                                ProcessCountsObserver.columns(layout.processes())),
                                        1),
                                new TraceObserver(
                                        directory.csv(directory.traceFile(), TraceObserver.COLUMNS),
                                        layout.geometry(),
                                        layout.processes()),
                                new SnapshotObserver(SnapshotSeries.begin(directory), layout)))) {
                    directory.checkpoints().load(in -> {
                        next = in.readInt();
                        in.readFully(lattice.speciesArray());
                        pipeline.restore(in);
                    });
                    while (next < SAMPLES) {
                        sample(pipeline);
                        if (next % 7 == 0) {
                            directory.checkpoints().write(out -> {
                                out.writeInt(next);
                                out.write(lattice.speciesArray());
                                pipeline.save(out);
                            });
                        }
                        TimeUnit.MILLISECONDS.sleep(pauseMillis);
                    }
                    String hash = new StateHash().add(lattice.speciesArray()).hex();
                    directory.writeText(directory.summaryTextFile(), hash);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        private void sample(EventPipeline pipeline) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create((long) next);
            int site = random.nextInt(lattice.geometry().siteCount());
            lattice.setSpecies(site, 1);
            double timeSeconds = next + random.nextDouble();
            pipeline.event(timeSeconds, site, EventBatch.NO_TARGET, 0);
            pipeline.sample(
                    next,
                    timeSeconds,
                    next,
                    0,
                    new long[] {next},
                    new double[] {random.nextDouble()},
                    lattice.speciesArray(),
                    next % 5 == 0);
            next++;
        }
    }

    @Test
    void shouldLeaveWhatAnUninterruptedRunLeavesHoweverOftenItIsKilled() throws Exception {
        Path straight = temporary.resolve("straight");
        new Recorder().run(straight, 0);

        Path killed = temporary.resolve("killed");
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(5L);
        for (int kill = 0; kill < KILLS; kill++) {
            Process recorder = record(killed, 1);
            recorder.inputReader().readLine();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
            recorder.destroyForcibly();
            assertThat(recorder.waitFor(30, TimeUnit.SECONDS)).isTrue();
            if (Files.exists(killed.resolve("manifest.json"))) {
                assertThat(RunDirectory.read(killed).isBeingWritten()).isFalse();
            }
            if (Files.exists(killed.resolve("snapshots.pvd"))) {
                CsvTable.read(killed.resolve("statistics.csv"));
            }
        }
        assertThat(record(killed, 0).waitFor()).isZero();

        assertThat(CsvTable.read(killed.resolve("statistics.csv")).rowCount()).isEqualTo(SAMPLES);
        for (String name :
                List.of("statistics.csv", "events.csv", "events.trace.csv", "snapshots.pvd", "summary.txt")) {
            assertThat(killed.resolve(name)).hasSameBinaryContentAs(straight.resolve(name));
        }
        try (var snapshots = Files.list(straight.resolve("snapshots"))) {
            for (Path snapshot : snapshots.toList()) {
                assertThat(killed.resolve("snapshots").resolve(snapshot.getFileName()))
                        .hasSameBinaryContentAs(snapshot);
            }
        }
        try (var snapshots = Files.list(killed.resolve("snapshots"))) {
            assertThat(snapshots.filter(file -> !file.getFileName().toString().startsWith(".")))
                    .hasSize(SAMPLES / 5);
        }
    }

    private static Process record(Path path, long pauseMillis) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Recorder.class.getName(),
                        path.toString(),
                        Long.toString(pauseMillis))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
