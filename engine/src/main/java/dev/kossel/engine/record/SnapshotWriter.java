package dev.kossel.engine.record;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.LatticeView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * Writes a lattice as a VTK XML file that ParaView opens and {@link SnapshotReader} reads back without loss. Lengths in
 * nm.
 *
 * <ul>
 *   <li>{@code sc} and {@code square}: ImageData ({@code .vti}); a point is a site; point data {@code species} (UInt8)
 *       and, where any site is not plain, {@code site_type} (UInt8).
 *   <li>The other lattices: PolyData ({@code .vtp}); a point is a site whose species is not 0; point data {@code
 *       species} (UInt8), {@code site} (Int32, its {@link LatticeGeometry#rank}) and, where any site is not plain,
 *       {@code site_type}.
 *       Site types of the sites left out are in the field data {@code bare_site} and {@code bare_site_type}.
 * </ul>
 *
 * <p>Where {@link FillTimes} are known, both have the point data {@code filled_at} (Float32, s; NaN where vacant or
 * unknown), and a Float32 array for each of the {@link SiteFields} under its name.
 *
 * <p>Field data: {@code TimeValue} (simulated seconds, which ParaView takes as the time), {@code events}, every reading
 * under its name, and {@code geometry} (JSON). O(sites); memory does not grow with the lattice. Stateless.
 */
public final class SnapshotWriter {

    static final String FILLED_AT = "filled_at";

    /** The number of a site. */
    @FunctionalInterface
    private interface SiteFloat {
        float of(int site);
    }

    /** Some sites of a row of cells, the first {@code count} of an array. */
    @FunctionalInterface
    private interface Row {
        void put(int[] sites, int count) throws IOException;
    }

    /** The sites that a file lists, of which there are so many; what is above the last is not looked at. */
    private record Listing(LatticeGeometry geometry, IntPredicate which, long count) {

        /** Those of a geometry that are as is said. */
        static Listing of(LatticeGeometry g, IntPredicate which) {
            long count = 0;
            for (int site = 0; site < g.siteCount(); site++) {
                count += which.test(site) ? 1 : 0;
            }
            return new Listing(g, which, count);
        }

        /** In canonical order. */
        private void forEachRow(Row task) throws IOException {
            int[] row = geometry.rowOfCells();
            long left = count;
            for (int z = 0; z < geometry.cellsZ() && left > 0; z++) {
                for (int y = 0; y < geometry.cellsY() && left > 0; y++) {
                    geometry.rowOfCells(y, z, row);
                    int listed = 0;
                    for (int site : row) {
                        if (which.test(site)) {
                            row[listed++] = site;
                        }
                    }
                    task.put(row, listed);
                    left -= listed;
                }
            }
        }

        VtkArrays.Values bytes(IntUnaryOperator value) {
            return sink -> {
                byte[] values = new byte[geometry.cellsX() * geometry.basisSize()];
                forEachRow((sites, n) -> {
                    for (int i = 0; i < n; i++) {
                        values[i] = (byte) value.applyAsInt(sites[i]);
                    }
                    sink.putBytes(values, n);
                });
            };
        }

        VtkArrays.Values ints(IntUnaryOperator value) {
            return sink -> {
                int[] values = geometry.rowOfCells();
                forEachRow((sites, n) -> {
                    for (int i = 0; i < n; i++) {
                        values[i] = value.applyAsInt(sites[i]);
                    }
                    sink.putInts(values, n);
                });
            };
        }

        VtkArrays.Values floats(SiteFloat value) {
            return ints(site -> Float.floatToRawIntBits(value.of(site)));
        }
    }

    private SnapshotWriter() {}

    /** {@code vti} or {@code vtp}: the ending of a snapshot's file name. */
    public static String extension(LatticeGeometry geometry) {
        return isImage(geometry) ? "vti" : "vtp";
    }

    private static boolean isImage(LatticeGeometry geometry) {
        return geometry.kind() == LatticeKind.SC || geometry.kind() == LatticeKind.SQUARE;
    }

    /** Writes or replaces {@code file}, atomically and durably. */
    public static void write(Path file, LatticeView lattice, SnapshotStamp stamp, FillTimes filled, SiteFields fields)
            throws IOException {
        VtkScratch scratch = new VtkScratch();
        VtkArrays arrays = arrays(lattice, stamp, filled, fields, scratch);
        AtomicFile.writeSeekable(file, channel -> arrays.writeTo(channel, scratch));
    }

    /** The same, durable only once {@link AtomicFile#force} has been called. */
    static void writeLazily(
            Path file,
            LatticeView lattice,
            SnapshotStamp stamp,
            FillTimes filled,
            SiteFields fields,
            VtkScratch scratch)
            throws IOException {
        VtkArrays arrays = arrays(lattice, stamp, filled, fields, scratch);
        AtomicFile.writeSeekableLazily(file, channel -> arrays.writeTo(channel, scratch));
    }

    private static VtkArrays arrays(
            LatticeView lattice, SnapshotStamp stamp, FillTimes filled, SiteFields fields, VtkScratch scratch) {
        return isImage(lattice.geometry())
                ? image(lattice, stamp, filled, fields)
                : points(lattice, stamp, filled, fields, scratch);
    }

    private static VtkArrays image(LatticeView lattice, SnapshotStamp stamp, FillTimes filled, SiteFields fields) {
        LatticeGeometry g = lattice.geometry();
        int sites = g.siteCount();
        String extent = "0 " + (g.cellsX() - 1) + " 0 " + (g.cellsY() - 1) + " 0 " + (g.cellsZ() - 1);
        double a = g.latticeConstantNm();
        VtkArrays vtk = new VtkArrays("ImageData");
        vtk.xml("<ImageData WholeExtent=\"" + extent + "\" Origin=\"0 0 0\" Spacing=\"" + a + " " + a + " " + a
                + "\">\n");
        fieldData(vtk, g, stamp)
                .xml("</FieldData>\n<Piece Extent=\"" + extent + "\">\n<PointData Scalars=\"species\">\n");
        Listing all = new Listing(g, site -> true, sites);
        vtk.array("UInt8", "species", "", sites, all.bytes(lattice::species));
        if (hasSiteTypes(lattice)) {
            vtk.array("UInt8", "site_type", "", sites, all.bytes(lattice::siteType));
        }
        if (filled.known()) {
            vtk.array("Float32", FILLED_AT, "", 4L * sites, all.floats(filled::seconds));
        }
        for (int i = 0; i < fields.names().size(); i++) {
            int field = i;
            vtk.array("Float32", fields.names().get(i), "", 4L * sites, all.floats(site -> fields.value(field, site)));
        }
        return vtk.xml("</PointData>\n<CellData/>\n</Piece>\n</ImageData>\n");
    }

    private static VtkArrays points(
            LatticeView lattice, SnapshotStamp stamp, FillTimes filled, SiteFields fields, VtkScratch scratch) {
        LatticeGeometry g = lattice.geometry();
        boolean typed = hasSiteTypes(lattice);
        Listing listed = Listing.of(g, site -> lattice.species(site) != 0);
        long points = listed.count();
        VtkArrays vtk = new VtkArrays("PolyData").xml("<PolyData>\n");
        fieldData(vtk, g, stamp);
        Listing bareSites =
                typed ? Listing.of(g, site -> lattice.species(site) == 0 && lattice.siteType(site) != 0) : null;
        if (bareSites != null && bareSites.count() > 0) {
            long bare = bareSites.count();
            String tuples = "NumberOfTuples=\"" + bare + "\"";
            vtk.array("Int32", "bare_site", tuples, 4 * bare, bareSites.ints(g::rank));
            vtk.array("UInt8", "bare_site_type", tuples, bare, bareSites.bytes(lattice::siteType));
        }
        vtk.xml(
                "</FieldData>\n<Piece NumberOfPoints=\"" + points + "\" NumberOfVerts=\"" + Math.min(1, points)
                        + "\" NumberOfLines=\"0\" NumberOfStrips=\"0\" NumberOfPolys=\"0\">\n<PointData Scalars=\"species\">\n");
        vtk.array("UInt8", "species", "", points, listed.bytes(lattice::species));
        vtk.array("Int32", "site", "", 4 * points, listed.ints(g::rank));
        if (typed) {
            vtk.array("UInt8", "site_type", "", points, listed.bytes(lattice::siteType));
        }
        if (filled.known()) {
            vtk.array("Float32", FILLED_AT, "", 4 * points, listed.floats(filled::seconds));
        }
        for (int i = 0; i < fields.names().size(); i++) {
            int field = i;
            vtk.array(
                    "Float32", fields.names().get(i), "", 4 * points, listed.floats(site -> fields.value(field, site)));
        }
        vtk.xml("</PointData>\n<CellData/>\n<Points>\n");
        vtk.array("Float32", "Points", "NumberOfComponents=\"3\"", 12 * points, positions(lattice, points));
        vtk.xml("</Points>\n<Verts>\n");
        // One vertex cell of all points: they show in ParaView without further ado.
        vtk.counting("connectivity", (int) points, scratch.numbers);
        vtk.array("Int32", "offsets", "", 4 * Math.min(1, points), sink -> {
            if (points > 0) {
                sink.putInt((int) points);
            }
        });
        return vtk.xml("</Verts>\n</Piece>\n</PolyData>\n");
    }

    /** Coordinates of the listed sites; those along an axis are few and looked up. */
    private static VtkArrays.Values positions(LatticeView lattice, long points) {
        LatticeGeometry g = lattice.geometry();
        int basisSize = g.basisSize();
        double[] xNm = new double[g.cellsX() * basisSize];
        double[] yNm = new double[g.cellsY() * basisSize];
        double[] zNm = new double[g.cellsZ() * basisSize];
        Arrays.setAll(xNm, i -> g.xNm(g.site(i / basisSize, 0, 0, i % basisSize)));
        Arrays.setAll(yNm, i -> g.yNm(g.site(0, i / basisSize, 0, i % basisSize)));
        Arrays.setAll(zNm, i -> g.zNm(g.site(0, 0, i / basisSize, i % basisSize)));
        return sink -> {
            int[] row = g.rowOfCells();
            int[] values = new int[3 * row.length];
            long left = points;
            for (int z = 0; left > 0; z += basisSize) {
                for (int y = 0; left > 0 && y < yNm.length; y += basisSize) {
                    g.rowOfCells(y / basisSize, z / basisSize, row);
                    int n = 0;
                    for (int i = 0; i < row.length; i++) {
                        if (lattice.species(row[i]) != 0) {
                            int b = i % basisSize;
                            values[n++] = Float.floatToRawIntBits((float) xNm[i]);
                            values[n++] = Float.floatToRawIntBits((float) yNm[y + b]);
                            values[n++] = Float.floatToRawIntBits((float) zNm[z + b]);
                        }
                    }
                    sink.putInts(values, n);
                    left -= n / 3;
                }
            }
        };
    }

    /** Opens the field data element. */
    private static VtkArrays fieldData(VtkArrays vtk, LatticeGeometry geometry, SnapshotStamp stamp) {
        return stamp(vtk, stamp).text("geometry", Json.compact(geometry));
    }

    /** As {@link #fieldData}, but only when it was. */
    static VtkArrays stamp(VtkArrays vtk, SnapshotStamp stamp) {
        vtk.xml("<FieldData>\n");
        value(vtk, "TimeValue", stamp.timeSeconds());
        vtk.array("Int64", "events", "NumberOfTuples=\"1\"", 8, sink -> sink.putLong(stamp.events()));
        for (Map.Entry<String, Double> reading : stamp.readings().entrySet()) {
            value(vtk, reading.getKey(), reading.getValue());
        }
        return vtk;
    }

    private static void value(VtkArrays vtk, String name, double value) {
        vtk.array("Float64", name, "NumberOfTuples=\"1\"", 8, sink -> sink.putDouble(value));
    }

    private static boolean hasSiteTypes(LatticeView lattice) {
        if (lattice instanceof Lattice plain && plain.siteTypeArray().length == 0) {
            return false;
        }
        for (int site = 0; site < lattice.geometry().siteCount(); site++) {
            if (lattice.siteType(site) != 0) {
                return true;
            }
        }
        return false;
    }
}
