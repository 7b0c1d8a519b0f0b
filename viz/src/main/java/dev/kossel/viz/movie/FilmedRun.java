package dev.kossel.viz.movie;

import dev.kossel.engine.record.RunDirectory;
import dev.kossel.engine.record.RunManifest;
import dev.kossel.engine.record.Snapshot;
import dev.kossel.engine.record.SnapshotReader;
import dev.kossel.engine.record.SnapshotSeries;
import dev.kossel.engine.record.SnapshotStamp;
import dev.kossel.viz.render.RunLook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A run and the snapshots that it had when it was opened, each with what tells its place in the movie. Immutable; only
 * stamps are kept, snapshots are read when they are drawn.
 */
record FilmedRun(Path path, RunManifest manifest, RunLook look, List<Path> files, List<SnapshotStamp> stamps) {

    static final String CHARGE = "charge_C_per_m2";
    static final String POTENTIAL = "overpotential_V";

    /** @throws IOException if it is no run directory, has no snapshot, or one cannot be read */
    static FilmedRun open(Path path) throws IOException {
        try (RunDirectory directory = RunDirectory.read(path)) {
            List<Path> files = SnapshotSeries.list(directory).stream()
                    .map(SnapshotSeries.Entry::file)
                    .toList();
            if (files.isEmpty()) {
                throw new IOException(path + " has no snapshot yet");
            }
            List<SnapshotStamp> stamps = new ArrayList<>();
            for (Path file : files) {
                stamps.add(SnapshotReader.readStamp(file));
            }
            RunManifest manifest = directory.manifest();
            return new FilmedRun(path, manifest, RunLook.of(manifest.layout()), files, stamps);
        }
    }

    Snapshot snapshot(int number) throws IOException {
        return SnapshotReader.read(files.get(number));
    }

    /** The moments of its snapshots, ascending. */
    double[] moments(Alignment alignment) {
        double[] moments = new double[stamps.size()];
        for (int i = 0; i < moments.length; i++) {
            SnapshotStamp stamp = stamps.get(i);
            moments[i] = alignment == Alignment.TIME
                    ? stamp.timeSeconds()
                    : stamp.readings().getOrDefault(CHARGE, Double.NaN);
            if (Double.isNaN(moments[i])) {
                throw new IllegalArgumentException(path + " does not record its charge; align by time");
            }
            if (i > 0 && moments[i] < moments[i - 1]) {
                throw new IllegalArgumentException(path + ": the charge falls between its snapshots " + (i - 1)
                        + " and " + i + ", so it does not tell the moment; align by time");
            }
        }
        return moments;
    }

    /** The last snapshot that is not later than a moment; the first where all are. */
    static int at(double[] moments, double moment) {
        int number = 0;
        while (number + 1 < moments.length && moments[number + 1] <= moment) {
            number++;
        }
        return number;
    }
}
