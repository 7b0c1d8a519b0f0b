package dev.kossel.engine.record;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The surface of the occupied sites as a closed mesh of triangles, nm.
 *
 * <p>A site's body is its Wigner–Seitz (Voronoi) cell: a cube in sc, a truncated octahedron in bcc, a rhombic
 * dodecahedron in fcc, the corresponding polyhedron in hcp, a prism of height a in the two-dimensional lattices. The
 * cells fill space face to face, so that the faces between a solid site and one that is not solid enclose the solid
 * without a gap: the mesh is watertight, its normals point outwards, and its volume is the number of solid sites times
 * the volume of a cell. The periodic box is cut: what lies on its sides is closed there (with whole cells, which reach
 * half a cell beyond it). Where two solid cells touch along an edge only, four triangles share that edge.
 *
 * <p>O(sites); 36 bytes a triangle. Immutable.
 */
final class SurfaceMesh {

    /**
     * Vertices of neighbouring cells are computed on different ways; rounded to this part of a they are the same
     * number.
     */
    private static final double GRID = 0x1p-16;

    private static final double EPSILON = 1e-9;

    private final float[] corners;

    private SurfaceMesh(float[] corners) {
        this.corners = corners;
    }

    /**
     * A face of a cell: its corners, anticlockwise seen from outside, relative to the site, and the neighbour slot
     * behind it or −1.
     */
    record Face(double[][] corners, int slot) {}

    /**
     * The surface of the sites whose species is solid.
     *
     * @param solid which species are
     * @throws IllegalArgumentException if the mesh would have more than 2²⁷ triangles
     */
    static SurfaceMesh of(LatticeView lattice, SpeciesSet solid) {
        LatticeGeometry g = lattice.geometry();
        List<List<Face>> cells = new ArrayList<>();
        for (int basis = 0; basis < g.basisSize(); basis++) {
            cells.add(cell(g, basis));
        }
        double grid = g.latticeConstantNm() * GRID;
        FloatArrayList triangles = new FloatArrayList();
        for (int site = 0; site < g.siteCount(); site++) {
            if (!solid.contains(lattice.species(site))) {
                continue;
            }
            double x = g.xNm(site);
            double y = g.yNm(site);
            double z = g.zNm(site);
            int basis = g.basis(site);
            for (Face face : cells.get(basis)) {
                if (hidden(lattice, solid, site, basis, face.slot)) {
                    continue;
                }
                if (triangles.size() > 9 << 27) {
                    throw new IllegalArgumentException("the surface has more than 2^27 triangles");
                }
                double[][] c = face.corners;
                for (int i = 1; i + 1 < c.length; i++) {
                    for (double[] corner : new double[][] {c[0], c[i], c[i + 1]}) {
                        triangles.add(onGrid(x + corner[0], grid));
                        triangles.add(onGrid(y + corner[1], grid));
                        triangles.add(onGrid(z + corner[2], grid));
                    }
                }
            }
        }
        return new SurfaceMesh(triangles.toFloatArray());
    }

    /** Equal for equal points, down to the bits: adding 0 turns −0 into 0. */
    private static float onGrid(double coordinate, double grid) {
        return (float) (Math.rint(coordinate / grid) * grid + 0.0);
    }

    /** Whether the neighbour behind a face is solid too, and not across the box's side. */
    private static boolean hidden(LatticeView lattice, SpeciesSet solid, int site, int basis, int slot) {
        if (slot < 0) {
            return false;
        }
        LatticeGeometry g = lattice.geometry();
        int neighbor = g.neighbor(site, slot);
        if (neighbor < 0 || !solid.contains(lattice.species(neighbor))) {
            return false;
        }
        double[] step = g.displacementNm(basis, slot);
        double near = 0.5 * g.latticeConstantNm();
        return Math.abs(g.xNm(site) + step[0] - g.xNm(neighbor)) < near
                && Math.abs(g.yNm(site) + step[1] - g.yNm(neighbor)) < near;
    }

    /** The Voronoi cell of a basis atom: a large cube cut by the planes halfway to its neighbours. */
    static List<Face> cell(LatticeGeometry g, int basis) {
        double a = g.latticeConstantNm();
        boolean flat = g.layerCount() == 1 && g.cellsZ() == 1 && isPlanar(g, basis);
        double reach = 3 * a * Math.max(1, g.axialRatio());
        List<Face> faces = box(reach, flat ? a / 2 : reach);
        for (int slot = 0; slot < g.neighborCount(); slot++) {
            double[] d = g.displacementNm(basis, slot);
            faces = cut(faces, d, slot);
        }
        return faces;
    }

    private static boolean isPlanar(LatticeGeometry g, int basis) {
        for (int slot = 0; slot < g.neighborCount(); slot++) {
            if (Math.abs(g.displacementNm(basis, slot)[2]) > EPSILON) {
                return false;
            }
        }
        return true;
    }

    private static List<Face> box(double half, double halfHeight) {
        double x = half;
        double z = halfHeight;
        return List.of(
                new Face(new double[][] {{-x, -x, z}, {x, -x, z}, {x, x, z}, {-x, x, z}}, -1),
                new Face(new double[][] {{-x, -x, -z}, {-x, x, -z}, {x, x, -z}, {x, -x, -z}}, -1),
                new Face(new double[][] {{-x, -x, -z}, {x, -x, -z}, {x, -x, z}, {-x, -x, z}}, -1),
                new Face(new double[][] {{-x, x, -z}, {-x, x, z}, {x, x, z}, {x, x, -z}}, -1),
                new Face(new double[][] {{-x, -x, -z}, {-x, -x, z}, {-x, x, z}, {-x, x, -z}}, -1),
                new Face(new double[][] {{x, -x, -z}, {x, x, -z}, {x, x, z}, {x, -x, z}}, -1));
    }

    /** Cuts a convex polyhedron by the plane halfway to {@code d} and closes it with a face for {@code slot}. */
    private static List<Face> cut(List<Face> faces, double[] d, int slot) {
        double limit = (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]) / 2;
        double slack = EPSILON * limit;
        List<Face> kept = new ArrayList<>();
        List<double[]> rim = new ArrayList<>();
        for (Face face : faces) {
            List<double[]> corners = new ArrayList<>();
            for (int i = 0; i < face.corners.length; i++) {
                double[] p = face.corners[i];
                double[] q = face.corners[(i + 1) % face.corners.length];
                double atP = dot(p, d) - limit;
                double atQ = dot(q, d) - limit;
                if (atP <= slack) {
                    corners.add(p);
                    if (atP >= -slack) {
                        addOnce(rim, p, slack);
                    }
                }
                if ((atP > slack && atQ < -slack) || (atP < -slack && atQ > slack)) {
                    double t = atP / (atP - atQ);
                    double[] between = {p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1]), p[2] + t * (q[2] - p[2])};
                    corners.add(between);
                    addOnce(rim, between, slack);
                }
            }
            if (corners.size() >= 3) {
                kept.add(new Face(corners.toArray(double[][]::new), face.slot));
            }
        }
        boolean cutSomething = kept.size() < faces.size() || changed(faces, kept);
        if (cutSomething && rim.size() >= 3) {
            kept.add(new Face(around(rim, d), slot));
        }
        return kept;
    }

    private static boolean changed(List<Face> before, List<Face> after) {
        for (int i = 0; i < before.size(); i++) {
            double[][] b = before.get(i).corners;
            double[][] a = after.get(i).corners;
            if (a.length != b.length) {
                return true;
            }
            for (int k = 0; k < a.length; k++) {
                if (a[k] != b[k]) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void addOnce(List<double[]> points, double[] p, double slack) {
        double near = Math.sqrt(slack) * 1e-3;
        for (double[] q : points) {
            if (Math.abs(p[0] - q[0]) < near && Math.abs(p[1] - q[1]) < near && Math.abs(p[2] - q[2]) < near) {
                return;
            }
        }
        points.add(p);
    }

    /** The points of a plane normal to {@code d} in anticlockwise order seen against {@code d}. */
    private static double[][] around(List<double[]> points, double[] d) {
        double[] centre = new double[3];
        for (double[] p : points) {
            for (int i = 0; i < 3; i++) {
                centre[i] += p[i] / points.size();
            }
        }
        double[] u = minus(points.get(0), centre);
        double[] v = cross(d, u);
        double scale = Math.sqrt(dot(u, u) / dot(v, v));
        List<double[]> sorted = new ArrayList<>(points);
        sorted.sort((p, q) -> Double.compare(
                Math.atan2(dot(minus(p, centre), v) * scale, dot(minus(p, centre), u)),
                Math.atan2(dot(minus(q, centre), v) * scale, dot(minus(q, centre), u))));
        return sorted.toArray(double[][]::new);
    }

    private static double dot(double[] p, double[] q) {
        return p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
    }

    private static double[] minus(double[] p, double[] q) {
        return new double[] {p[0] - q[0], p[1] - q[1], p[2] - q[2]};
    }

    private static double[] cross(double[] p, double[] q) {
        return new double[] {p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]};
    }

    int triangleCount() {
        return corners.length / 9;
    }

    /** Coordinate {@code axis} of corner {@code corner} of a triangle, nm. */
    float corner(int triangle, int corner, int axis) {
        return corners[9 * triangle + 3 * corner + axis];
    }

    /**
     * Binary STL: 80 bytes of title, a count, then 50 bytes a triangle (normal, three corners, two bytes 0),
     * little-endian.
     */
    void writeStl(OutputStream out, String title) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(84).order(ByteOrder.LITTLE_ENDIAN);
        byte[] name = ("Kossel, nm: " + title).getBytes(StandardCharsets.US_ASCII);
        head.put(name, 0, Math.min(80, name.length));
        head.putInt(80, triangleCount());
        out.write(head.array());
        ByteBuffer record = ByteBuffer.allocate(50).order(ByteOrder.LITTLE_ENDIAN);
        for (int t = 0; t < triangleCount(); t++) {
            double[] p = point(t, 0);
            double[] normal = cross(minus(point(t, 1), p), minus(point(t, 2), p));
            double length = Math.sqrt(dot(normal, normal));
            record.clear();
            for (double component : normal) {
                record.putFloat((float) (length > 0 ? component / length : 0));
            }
            for (int i = 9 * t; i < 9 * t + 9; i++) {
                record.putFloat(corners[i]);
            }
            record.putShort((short) 0);
            out.write(record.array());
        }
    }

    private double[] point(int triangle, int corner) {
        return new double[] {corner(triangle, corner, 0), corner(triangle, corner, 1), corner(triangle, corner, 2)};
    }
}
