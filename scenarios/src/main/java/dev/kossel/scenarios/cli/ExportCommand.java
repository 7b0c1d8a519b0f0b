package dev.kossel.scenarios.cli;

import dev.kossel.engine.record.ExportFormat;
import dev.kossel.engine.record.FrameWriter;
import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.Snapshot;
import dev.kossel.engine.record.SnapshotReader;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SnapshotWriter;
import dev.kossel.viz.RunPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kossel export}. */
@Command(
        name = "export",
        description = "Write snapshots of a run for other programs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kossel export runs/na-vn-1 --to extxyz --frame all",
            "  kossel export runs/na-vn-1 --to glb --frame 12 --out tip.glb",
            "",
            "extxyz and lammps are read by ASE and OVITO, vtk by ParaView,",
            "stl, ply and glb by mesh programs and Blender; ply and glb are coloured by species."
        })
final class ExportCommand implements Runnable {

    /** What the command line calls the formats. */
    enum Format {
        EXTXYZ(ExportFormat.EXTXYZ),
        LAMMPS(ExportFormat.LAMMPS),
        VTK(ExportFormat.VTK),
        CSV(ExportFormat.CSV),
        STL(ExportFormat.STL),
        PLY(ExportFormat.PLY),
        GLB(ExportFormat.GLB),
        PNG(null);

        /** Null for a picture. */
        private final @Nullable ExportFormat data;

        Format(@Nullable ExportFormat data) {
            this.data = data;
        }

        String extension(Snapshot snapshot) {
            if (data == null) {
                return "png";
            }
            return data == ExportFormat.VTK
                    ? SnapshotWriter.extension(snapshot.lattice().geometry())
                    : data.extension();
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The run directory.")
    private Path path;

    @Option(
            names = {"--to", "--format"},
            required = true,
            paramLabel = "FORMAT",
            description =
                    "extxyz, lammps, vtk, csv (a line a site), stl, ply or glb (the surface), or png (a picture).")
    private Format format;

    @Option(
            names = "--frame",
            paramLabel = "N",
            defaultValue = "last",
            description = "A snapshot by number, from 0; or last (the default) or all.")
    private String frame;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write, which must not exist; for all frames of a format of one frame a file, "
                    + "each has its number added. Without it, a name like that of the run, in the current directory.")
    private @Nullable Path out;

    @Override
    public void run() {
        try (RunDirectory directory = RunDirectory.read(path)) {
            List<SnapshotSeries.Entry> snapshots = SnapshotSeries.list(directory);
            List<Integer> frames = frames(snapshots.size());
            boolean together = format.data != null && format.data.multiFrame();
            if (together) {
                exportTogether(directory, snapshots, frames);
            } else {
                exportEach(directory, snapshots, frames);
            }
        } catch (NoSuchFileException | IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CommandFailure.failed("the export failed: " + e.getMessage());
        }
    }

    private List<Integer> frames(int count) {
        if (count == 0) {
            throw CommandFailure.usage(path + " has no snapshot yet");
        }
        if (frame.equals("all")) {
            return IntStream.range(0, count).boxed().toList();
        } else if (frame.equals("last")) {
            return List.of(count - 1);
        } else if (frame.matches("\\d{1,9}") && Integer.parseInt(frame) < count) {
            return List.of(Integer.parseInt(frame));
        }
        throw CommandFailure.usage("--frame " + frame + ": expected 0 to " + (count - 1) + ", last or all");
    }

    private void exportTogether(RunDirectory directory, List<SnapshotSeries.Entry> snapshots, List<Integer> frames)
            throws IOException {
        Snapshot first = SnapshotReader.read(snapshots.get(frames.get(0)).file());
        Path file = file(first, "");
        try (FrameWriter writer =
                data().open(file, directory.manifest().layout().species())) {
            for (int number : frames) {
                writer.write(SnapshotReader.read(snapshots.get(number).file()));
            }
        }
        wrote(file);
    }

    private void exportEach(RunDirectory directory, List<SnapshotSeries.Entry> snapshots, List<Integer> frames)
            throws IOException {
        for (int number : frames) {
            Snapshot snapshot = SnapshotReader.read(snapshots.get(number).file());
            Path file = file(snapshot, frames.size() > 1 ? String.format(Locale.ROOT, "-%06d", number) : "");
            if (format.data == null) {
                RunPictures.of(directory).writeMorphology(snapshot, file);
            } else {
                try (FrameWriter writer =
                        data().open(file, directory.manifest().layout().species())) {
                    writer.write(snapshot);
                }
            }
            wrote(file);
        }
    }

    private ExportFormat data() {
        if (format.data == null) {
            throw new IllegalStateException("a picture is no data format");
        }
        return format.data;
    }

    private Path file(Snapshot snapshot, String number) throws IOException {
        Path file = out;
        if (file == null) {
            file = Path.of(path.toRealPath().getFileName() + "." + format.extension(snapshot));
        }
        if (!number.isEmpty()) {
            String name = file.getFileName().toString();
            int dot = name.lastIndexOf('.');
            file = file.resolveSibling(dot < 1 ? name + number : name.substring(0, dot) + number + name.substring(dot));
        }
        if (Files.exists(file)) {
            throw CommandFailure.usage(file + " exists already; remove it or give another --out");
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return file;
    }

    private void wrote(Path file) {
        spec.commandLine().getOut().println(file);
        spec.commandLine().getOut().flush();
    }
}
