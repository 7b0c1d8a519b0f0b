package dev.kossel.engine.record;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.LatticeView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

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
 * unknown).
 *
 * <p>Field data: {@code TimeValue} (simulated seconds, which ParaView takes as the time), {@code events}, every reading
 * under its name, and {@code geometry} (JSON). O(sites); memory does not grow with the lattice. Stateless.
 */
public final class SnapshotWriter {

    static final String FILLED_AT = "filled_at";

    private SnapshotWriter() {}

    /** {@code vti} or {@code vtp}: the ending of a snapshot's file name. */
    public static String extension(LatticeGeometry geometry) {
        return isImage(geometry) ? "vti" : "vtp";
    }

    private static boolean isImage(LatticeGeometry geometry) {
        return geometry.kind() == LatticeKind.SC || geometry.kind() == LatticeKind.SQUARE;
    }

    /** Writes or replaces {@code file}, atomically. */
    public static void write(Path file, LatticeView lattice, SnapshotStamp stamp, FillTimes filled) throws IOException {
        VtkArrays vtk = isImage(lattice.geometry()) ? image(lattice, stamp, filled) : points(lattice, stamp, filled);
        AtomicFile.writeSeekable(file, vtk::writeTo);
    }

    private static VtkArrays image(LatticeView lattice, SnapshotStamp stamp, FillTimes filled) {
        LatticeGeometry g = lattice.geometry();
        int sites = g.siteCount();
        String extent = "0 " + (g.cellsX() - 1) + " 0 " + (g.cellsY() - 1) + " 0 " + (g.cellsZ() - 1);
        double a = g.latticeConstantNm();
        VtkArrays vtk = new VtkArrays("ImageData");
        vtk.xml("<ImageData WholeExtent=\"" + extent + "\" Origin=\"0 0 0\" Spacing=\"" + a + " " + a + " " + a
                + "\">\n");
        fields(vtk, g, stamp).xml("</FieldData>\n<Piece Extent=\"" + extent + "\">\n<PointData Scalars=\"species\">\n");
        vtk.array("UInt8", "species", "", sites, sink -> {
            for (var all = g.sites(); all.hasNext(); ) {
                sink.putByte(lattice.species(all.nextInt()));
            }
        });
        if (hasSiteTypes(lattice)) {
            vtk.array("UInt8", "site_type", "", sites, sink -> {
                for (var all = g.sites(); all.hasNext(); ) {
                    sink.putByte(lattice.siteType(all.nextInt()));
                }
            });
        }
        if (filled.known()) {
            vtk.array("Float32", FILLED_AT, "", 4L * sites, sink -> {
                for (var all = g.sites(); all.hasNext(); ) {
                    sink.putFloat(filled.seconds(all.nextInt()));
                }
            });
        }
        return vtk.xml("</PointData>\n<CellData/>\n</Piece>\n</ImageData>\n");
    }

    private static VtkArrays points(LatticeView lattice, SnapshotStamp stamp, FillTimes filled) {
        LatticeGeometry g = lattice.geometry();
        long listed = 0;
        long bare = 0;
        for (int site = 0; site < g.siteCount(); site++) {
            if (lattice.species(site) != 0) {
                listed++;
            } else if (lattice.siteType(site) != 0) {
                bare++;
            }
        }
        long points = listed;
        boolean typed = hasSiteTypes(lattice);
        VtkArrays vtk = new VtkArrays("PolyData").xml("<PolyData>\n");
        fields(vtk, g, stamp);
        if (bare > 0) {
            String tuples = "NumberOfTuples=\"" + bare + "\"";
            vtk.array("Int32", "bare_site", tuples, 4 * bare, sink -> {
                for (var all = g.sites(); all.hasNext(); ) {
                    int site = all.nextInt();
                    if (lattice.species(site) == 0 && lattice.siteType(site) != 0) {
                        sink.putInt(g.rank(site));
                    }
                }
            });
            vtk.array("UInt8", "bare_site_type", tuples, bare, sink -> {
                for (var all = g.sites(); all.hasNext(); ) {
                    int site = all.nextInt();
                    if (lattice.species(site) == 0 && lattice.siteType(site) != 0) {
                        sink.putByte(lattice.siteType(site));
                    }
                }
            });
        }
        vtk.xml(
                "</FieldData>\n<Piece NumberOfPoints=\"" + points + "\" NumberOfVerts=\"" + Math.min(1, points)
                        + "\" NumberOfLines=\"0\" NumberOfStrips=\"0\" NumberOfPolys=\"0\">\n<PointData Scalars=\"species\">\n");
        vtk.array("UInt8", "species", "", points, sink -> {
            for (var all = g.sites(); all.hasNext(); ) {
                int site = all.nextInt();
                if (lattice.species(site) != 0) {
                    sink.putByte(lattice.species(site));
                }
            }
        });
        vtk.array("Int32", "site", "", 4 * points, sink -> {
            for (var all = g.sites(); all.hasNext(); ) {
                int site = all.nextInt();
                if (lattice.species(site) != 0) {
                    sink.putInt(g.rank(site));
                }
            }
        });
        if (typed) {
            vtk.array("UInt8", "site_type", "", points, sink -> {
                for (var all = g.sites(); all.hasNext(); ) {
                    int site = all.nextInt();
                    if (lattice.species(site) != 0) {
                        sink.putByte(lattice.siteType(site));
                    }
                }
            });
        }
        if (filled.known()) {
            vtk.array("Float32", FILLED_AT, "", 4 * points, sink -> {
                for (var all = g.sites(); all.hasNext(); ) {
                    int site = all.nextInt();
                    if (lattice.species(site) != 0) {
                        sink.putFloat(filled.seconds(site));
                    }
                }
            });
        }
        vtk.xml("</PointData>\n<CellData/>\n<Points>\n");
        vtk.array("Float32", "Points", "NumberOfComponents=\"3\"", 12 * points, sink -> {
            for (var all = g.sites(); all.hasNext(); ) {
                int site = all.nextInt();
                if (lattice.species(site) != 0) {
                    sink.putFloat((float) g.xNm(site));
                    sink.putFloat((float) g.yNm(site));
                    sink.putFloat((float) g.zNm(site));
                }
            }
        });
        vtk.xml("</Points>\n<Verts>\n");
        // One vertex cell of all points: they show in ParaView without further ado.
        vtk.array("Int32", "connectivity", "", 4 * points, sink -> {
            for (int point = 0; point < points; point++) {
                sink.putInt(point);
            }
        });
        vtk.array("Int32", "offsets", "", 4 * Math.min(1, points), sink -> {
            if (points > 0) {
                sink.putInt((int) points);
            }
        });
        return vtk.xml("</Verts>\n</Piece>\n</PolyData>\n");
    }

    /** Opens the field data element. */
    private static VtkArrays fields(VtkArrays vtk, LatticeGeometry geometry, SnapshotStamp stamp) {
        vtk.xml("<FieldData>\n");
        value(vtk, "TimeValue", stamp.timeSeconds());
        vtk.array("Int64", "events", "NumberOfTuples=\"1\"", 8, sink -> sink.putLong(stamp.events()));
        for (Map.Entry<String, Double> reading : stamp.readings().entrySet()) {
            value(vtk, reading.getKey(), reading.getValue());
        }
        return vtk.text("geometry", Json.compact(geometry));
    }

    private static void value(VtkArrays vtk, String name, double value) {
        vtk.array("Float64", name, "NumberOfTuples=\"1\"", 8, sink -> sink.putDouble(value));
    }

    private static boolean hasSiteTypes(LatticeView lattice) {
        for (int site = 0; site < lattice.geometry().siteCount(); site++) {
            if (lattice.siteType(site) != 0) {
                return true;
            }
        }
        return false;
    }
}
