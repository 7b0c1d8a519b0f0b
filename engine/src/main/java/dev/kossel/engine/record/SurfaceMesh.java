package dev.kossel.engine.record;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.bytes.ByteArrayList;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.ints.Int2IntOpenCustomHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntHash;
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
 * <p>A corner where faces of sites of one species meet is one vertex, so that the mesh is connected within a species;
 * where two species meet, each has vertices of its own, so that a colour ends where the species does.
 *
 * <p>O(sites); about 20 bytes a triangle, and as much again while it is made. Immutable.
 */
final class SurfaceMesh {

    /**
     * Vertices of neighbouring cells are computed on different ways; rounded to this part of a they are the same
     * number.
     */
    private static final double GRID = 0x1p-16;

    private static final double EPSILON = 1e-9;

    private final float[] vertices;
    private final byte[] species;
    private final int[] triangles;

    private SurfaceMesh(float[] vertices, byte[] species, int[] triangles) {
        this.vertices = vertices;
        this.species = species;
        this.triangles = triangles;
    }

    /** Vertices in the order of their first use. Two at one place and of one species are the same. */
    private static final class Vertices implements IntHash.Strategy {
        private static final int ABSENT = -1;

        private final double grid;
        private final FloatArrayList coordinates = new FloatArrayList();
        private final ByteArrayList species = new ByteArrayList();
        private final Int2IntOpenCustomHashMap numbers = new Int2IntOpenCustomHashMap(this);

        Vertices(double grid) {
            this.grid = grid;
            numbers.defaultReturnValue(ABSENT);
        }

        /** The number of the vertex at a place. */
        int number(double x, double y, double z, byte ofSpecies) {
            int candidate = species.size();
            coordinates.add(onGrid(x, grid));
            coordinates.add(onGrid(y, grid));
            coordinates.add(onGrid(z, grid));
            species.add(ofSpecies);
            int known = numbers.putIfAbsent(candidate, candidate);
            if (known == ABSENT) {
                return candidate;
            }
            coordinates.size(3 * candidate);
            species.size(candidate);
            return known;
        }

        @Override
        public int hashCode(int vertex) {
            int hash = species.getByte(vertex);
            for (int i = 3 * vertex; i < 3 * vertex + 3; i++) {
                hash = 0x9E3779B1 * (hash ^ Float.floatToRawIntBits(coordinates.getFloat(i)));
                hash ^= hash >>> 15;
            }
            return hash;
        }

        @Override
        public boolean equals(int a, int b) {
            return species.getByte(a) == species.getByte(b)
                    && coordinates.getFloat(3 * a) == coordinates.getFloat(3 * b)
                    && coordinates.getFloat(3 * a + 1) == coordinates.getFloat(3 * b + 1)
                    && coordinates.getFloat(3 * a + 2) == coordinates.getFloat(3 * b + 2);
        }
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
        Vertices vertices = new Vertices(g.latticeConstantNm() * GRID);
        IntArrayList triangles = new IntArrayList();
        for (var sites = g.sites(); sites.hasNext(); ) {
            int site = sites.nextInt();
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
                if (triangles.size() > 3 << 27) {
                    throw new IllegalArgumentException("the surface has more than 2^27 triangles");
                }
                byte species = (byte) lattice.species(site);
                double[][] c = face.corners;
                int[] rim = new int[c.length];
                for (int i = 0; i < c.length; i++) {
                    rim[i] = vertices.number(x + c[i][0], y + c[i][1], z + c[i][2], species);
                }
                for (int i = 1; i + 1 < c.length; i++) {
                    triangles.add(rim[0]);
                    triangles.add(rim[i]);
                    triangles.add(rim[i + 1]);
                }
            }
        }
        return new SurfaceMesh(
                vertices.coordinates.toFloatArray(), vertices.species.toByteArray(), triangles.toIntArray());
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
        return triangles.length / 3;
    }

    int vertexCount() {
        return species.length;
    }

    /** The vertex at a corner of a triangle; corners are anticlockwise seen from outside. */
    int vertex(int triangle, int corner) {
        return triangles[3 * triangle + corner];
    }

    /** Coordinate {@code axis} of a vertex, nm. */
    float coordinate(int vertex, int axis) {
        return vertices[3 * vertex + axis];
    }

    /** The species whose surface a vertex lies on. */
    int species(int vertex) {
        return species[vertex];
    }

    /** The species whose surface a triangle is part of. */
    int speciesOfTriangle(int triangle) {
        return species[vertex(triangle, 0)];
    }

    /** Coordinate {@code axis} of corner {@code corner} of a triangle, nm. */
    float corner(int triangle, int corner, int axis) {
        return coordinate(vertex(triangle, corner), axis);
    }

    /** Unit normal of a triangle, outwards; 0 where it has no area. */
    double[] normal(int triangle) {
        double[] p = point(triangle, 0);
        double[] normal = cross(minus(point(triangle, 1), p), minus(point(triangle, 2), p));
        double length = Math.sqrt(dot(normal, normal));
        for (int axis = 0; length > 0 && axis < 3; axis++) {
            normal[axis] /= length;
        }
        return normal;
    }

    private double[] point(int triangle, int corner) {
        return new double[] {corner(triangle, corner, 0), corner(triangle, corner, 1), corner(triangle, corner, 2)};
    }
}
