package dev.kossel.viz;

import dev.kossel.engine.record.AtomicFile;
import dev.kossel.engine.record.CsvTable;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunManifest;
import dev.kossel.engine.record.Snapshot;
import dev.kossel.engine.record.SnapshotReader;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SnapshotStamp;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.SpeciesSet;
import dev.kossel.lattice.morphology.HeightMap;
import dev.kossel.lattice.morphology.Substrate;
import dev.kossel.viz.plot.LinePlot;
import dev.kossel.viz.plot.RunPlots;
import dev.kossel.viz.render.ColorMap;
import dev.kossel.viz.render.HeightMapImage;
import dev.kossel.viz.render.MorphologyRenderer;
import dev.kossel.viz.render.MorphologyStyle;
import dev.kossel.viz.render.RunLook;
import dev.kossel.viz.render.SiteColoring;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * The standard pictures of a run, drawn from its directory alone: line plots of its statistics, and the height map and
 * a shaded 3D picture of its last snapshot.
 *
 * <p>A picture for which the run has no data is left out, so a run that was stopped, failed or is still going has the
 * pictures it can have. Reads only; runs on the caller's thread. It never opens a display, but the JDK tries to where
 * {@code DISPLAY} is set, unless the program sets {@code java.awt.headless}.
 */
public final class RunPictures {

    private static final int WIDTH = 1200;
    private static final int PLOT_HEIGHT = 750;
    private static final int PICTURE_HEIGHT = 900;

    private final RunDirectory run;
    private final RunManifest manifest;
    private final RunLook look;

    private RunPictures(RunDirectory run, RunManifest manifest) {
        this.run = run;
        this.manifest = manifest;
        look = RunLook.of(manifest.layout());
    }

    /** @throws IOException if the run's manifest cannot be read */
    public static RunPictures of(RunDirectory run) throws IOException {
        return new RunPictures(run, run.manifest());
    }

    /**
     * Writes all pictures as PNG files into {@code directory}, which is made if need be; each file appears whole or not
     * at all.
     *
     * @return the files written
     * @throws IOException if the run cannot be read or a file cannot be written
     */
    public List<Path> write(Path directory) throws IOException {
        Files.createDirectories(directory);
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, LinePlot> plot : plots().entrySet()) {
            written.add(png(directory, plot.getKey(), plot.getValue().image(WIDTH, PLOT_HEIGHT)));
        }
        List<SnapshotSeries.Entry> snapshots = SnapshotSeries.list(run);
        if (!snapshots.isEmpty()) {
            Snapshot first = SnapshotReader.read(snapshots.get(0).file());
            Snapshot last =
                    SnapshotReader.read(snapshots.get(snapshots.size() - 1).file());
            if (first.lattice().geometry().layerCount() > 1) {
                written.add(png(directory, "height-map", heightMap(first, last)));
            }
            written.add(png(directory, "morphology", morphology(first, last)));
        }
        return written;
    }

    /**
     * Writes the shaded 3D picture of a snapshot of the run as a PNG file, which appears whole or not at all.
     *
     * @throws IOException if the run's first snapshot cannot be read or the file cannot be written
     */
    public void writeMorphology(Snapshot snapshot, Path file) throws IOException {
        Snapshot first = SnapshotReader.read(SnapshotSeries.list(run).get(0).file());
        png(file, morphology(first, snapshot));
    }

    /** The line plots by file name without extension. */
    private Map<String, LinePlot> plots() throws IOException {
        Map<String, LinePlot> plots = new LinkedHashMap<>();
        if (Files.exists(run.statisticsFile())) {
            plots.putAll(RunPlots.ofStatistics(CsvTable.read(run.statisticsFile()), manifest.scenario()));
        }
        if (Files.exists(run.cyclesFile())) {
            plots.putAll(RunPlots.ofCycles(CsvTable.read(run.cyclesFile()), manifest.scenario()));
        }
        if (Files.exists(run.profilesFile())) {
            plots.put("density-profile", RunPlots.ofProfiles(CsvTable.read(run.profilesFile()), manifest.scenario()));
        }
        if (Files.exists(run.scalingFile())) {
            plots.put(
                    "scaling",
                    RunPlots.ofScaling(
                            CsvTable.read(run.scalingFile(), Set.of(RunPlots.SCALED_PROCESS)), manifest.scenario()));
        }
        if (Files.exists(run.curvatureFile())) {
            plots.put(
                    "curvature-distribution",
                    RunPlots.ofCurvature(CsvTable.read(run.curvatureFile()), manifest.scenario()));
        }
        if (Files.exists(run.currentsFile())) {
            plots.put("current-profile", RunPlots.ofCurrents(CsvTable.read(run.currentsFile()), manifest.scenario()));
        }
        if (Files.exists(run.eventsFile())) {
            plots.put(
                    "events",
                    RunPlots.ofEvents(
                            CsvTable.read(run.eventsFile()), manifest.layout().processes(), manifest.scenario()));
        }
        return plots;
    }

    private BufferedImage heightMap(Snapshot first, Snapshot last) {
        SpeciesSet solid = look.solids();
        HeightMap map = new HeightMap(Substrate.of(first.lattice(), solid), solid).measure(last.lattice());
        return HeightMapImage.render(map, title(last.stamp()), ColorMap.VIRIDIS, WIDTH, PICTURE_HEIGHT);
    }

    /** Coloured by species where there are several, else by height above the substrate. */
    private BufferedImage morphology(Snapshot first, Snapshot last) {
        Lattice lattice = last.lattice();
        MorphologyStyle style = MorphologyStyle.of(look.species())
                .withTitle(title(last.stamp()))
                .withCamera(RunLook.camera(lattice.geometry(), look.highestNm(lattice)));
        if (look.solidSpecies(lattice) < 2) {
            style = style.withColoring(new SiteColoring.ByHeight(ColorMap.VIRIDIS))
                    .withSubstrateLayers(look.filledLayers(first.lattice()));
        }
        return MorphologyRenderer.render(lattice, style);
    }

    private String title(SnapshotStamp stamp) {
        return RunPlots.title(manifest.scenario(), stamp.timeSeconds(), stamp.readings());
    }

    private static Path png(Path directory, String name, BufferedImage image) throws IOException {
        return png(directory.resolve(name + ".png"), image);
    }

    private static Path png(Path file, BufferedImage image) throws IOException {
        AtomicFile.write(file, out -> {
            // In memory: the default goes through a file in a temporary directory that may be full or missing.
            try (MemoryCacheImageOutputStream buffer = new MemoryCacheImageOutputStream(out)) {
                ImageIO.write(image, "png", buffer);
            }
        });
        return file;
    }
}
