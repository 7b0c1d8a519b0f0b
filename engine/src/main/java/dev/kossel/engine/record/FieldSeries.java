package dev.kossel.engine.record;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Fields in space at the moments of the snapshots: a VTK RectilinearGrid ({@code .vtr}) each in {@code fields/}, and the index {@code fields.pvd} that
 * ParaView opens as an animation. Cell data, Float32; field data as in snapshots but for the geometry. One thread.
 */
public final class FieldSeries {

    /** The number of a cell: of field {@code field}, at column {@code x}, {@code y} and layer {@code z}; NaN where there is none. */
    @FunctionalInterface
    public interface Values {
        double at(int field, int x, int y, int z);
    }

    /**
     * Where the cells meet, nm, ascending: one more than there are cells along each axis.
     *
     * @param x along x, as y and z
     */
    public record Edges(double[] x, double[] y, double[] z) {}

    private final VtkSeries series;
    private final Edges edges;
    private final List<String> names;

    private final VtkScratch scratch = new VtkScratch();

    private FieldSeries(VtkSeries series, Edges edges, List<String> names) {
        this.series = series;
        this.edges = edges;
        this.names = List.copyOf(names);
    }

    /**
     * An empty series, to be written; in a resumed run as {@link SnapshotSeries#begin}.
     *
     * @param names of the fields, with units
     * @throws IOException if the directory cannot be made
     */
    public static FieldSeries begin(RunDirectory directory, Edges edges, List<String> names) throws IOException {
        Files.createDirectories(directory.fieldDirectory());
        return new FieldSeries(
                new VtkSeries(directory, directory.fieldIndexFile(), directory.fieldDirectory()), edges, names);
    }

    /** Files so far. */
    public int count() {
        return series.count();
    }

    /** Writes the next file and the index. */
    public void append(SnapshotStamp stamp, Values values) throws IOException {
        series.append(
                stamp.timeSeconds(),
                "vtr",
                file -> AtomicFile.writeSeekableLazily(
                        file, channel -> grid(stamp, values).writeTo(channel, scratch)));
    }

    private VtkArrays grid(SnapshotStamp stamp, Values values) {
        int nx = edges.x.length - 1;
        int ny = edges.y.length - 1;
        int nz = edges.z.length - 1;
        String extent = "0 " + nx + " 0 " + ny + " 0 " + nz;
        VtkArrays vtk = new VtkArrays("RectilinearGrid");
        vtk.xml("<RectilinearGrid WholeExtent=\"" + extent + "\">\n");
        SnapshotWriter.stamp(vtk, stamp).xml("</FieldData>\n<Piece Extent=\"" + extent + "\">\n<PointData/>\n");
        vtk.xml("<CellData Scalars=\"" + VtkArrays.escape(names.get(0)) + "\">\n");
        for (int i = 0; i < names.size(); i++) {
            int field = i;
            vtk.array("Float32", names.get(i), "", 4L * nx * ny * nz, sink -> {
                for (int z = 0; z < nz; z++) {
                    for (int y = 0; y < ny; y++) {
                        for (int x = 0; x < nx; x++) {
                            sink.putFloat((float) values.at(field, x, y, z));
                        }
                    }
                }
            });
        }
        vtk.xml("</CellData>\n<Coordinates>\n");
        coordinates(vtk, "x_nm", edges.x);
        coordinates(vtk, "y_nm", edges.y);
        coordinates(vtk, "z_nm", edges.z);
        return vtk.xml("</Coordinates>\n</Piece>\n</RectilinearGrid>\n");
    }

    private static void coordinates(VtkArrays vtk, String name, double[] edges) {
        vtk.array("Float64", name, "", 8L * edges.length, sink -> {
            for (double edge : edges) {
                sink.putDouble(edge);
            }
        });
    }

    /** As {@link SnapshotSeries#sync}. */
    public void sync() throws IOException {
        series.sync();
    }

    /** As {@link SnapshotSeries#resumeAt}. */
    public void resumeAt(int count) throws IOException {
        series.resumeAt(count);
    }
}
