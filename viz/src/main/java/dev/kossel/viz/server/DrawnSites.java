package dev.kossel.viz.server;

import dev.kossel.lattice.LatticeGeometry;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The sites that are drawn of a snapshot, by place ({@link SpeciesGrid}), each group in ascending order:
 *
 * <ol>
 *   <li>the exposed: solid, and one of the nearest neighbours is not, or would lie above the box; all solid sites of a
 *       two-dimensional lattice;
 *   <li>the sides: solid, not exposed, but with a neighbour across the box, which is periodic and shown cut;
 *   <li>those behind: solid nearest neighbours of these, without which light would fall through the gaps between
 *       the spheres.
 * </ol>
 *
 * <p>Immutable. Finding them takes O(sites), on all processors, and a byte a site.
 */
final class DrawnSites {

    private static final byte EXPOSED = 1;
    private static final byte SIDE = 2;
    private static final byte BEHIND = 3;

    /** Of what a cut lays open so much is drawn, in distances of nearest neighbours: no gap shows what lies deeper. */
    private static final double CUT_DEPTH = 2.1;

    private final int[] places;
    private final int exposed;
    private final int sides;

    private DrawnSites(IntArrayList places, int exposed, int sides) {
        this.places = places.toIntArray();
        this.exposed = exposed;
        this.sides = sides;
    }

    /** @param cut null for all of a snapshot; else what the cut lays open and would not be drawn without it */
    static DrawnSites of(SpeciesGrid grid, @Nullable Cut cut) {
        return cut == null ? whole(grid) : laidOpen(grid, cut);
    }

    private static DrawnSites whole(SpeciesGrid grid) {
        Neighbors[] nearest = Neighbors.nearest(grid.geometry);
        byte[] marks = new byte[grid.places()];
        grid.forEachPlane(z -> {
            int place = grid.place(0, 0, z, 0);
            for (int y = 0; y < grid.ny; y++) {
                for (int x = 0; x < grid.nx; x++) {
                    for (int b = 0; b < grid.basisSize; b++, place++) {
                        if (grid.isSolid(place)) {
                            marks[place] = isExposed(grid, x, y, z, nearest[b])
                                    ? EXPOSED
                                    : isCutFree(grid, x, y, z, nearest[b]) ? SIDE : 0;
                        }
                    }
                }
            }
        });
        // Reads of neighbouring planes see no mark or this one: neither makes a difference to what is sought.
        grid.forEachPlane(z -> {
            int place = grid.place(0, 0, z, 0);
            for (int y = 0; y < grid.ny; y++) {
                for (int x = 0; x < grid.nx; x++) {
                    for (int b = 0; b < grid.basisSize; b++, place++) {
                        if (marks[place] == 0 && grid.isSolid(place) && isBehind(grid, marks, x, y, z, nearest[b])) {
                            marks[place] = BEHIND;
                        }
                    }
                }
            }
        });
        IntArrayList found = new IntArrayList();
        int exposed = collect(marks, EXPOSED, found);
        int sides = collect(marks, SIDE, found);
        collect(marks, BEHIND, found);
        return new DrawnSites(found, exposed, sides);
    }

    private static int collect(byte[] marks, byte mark, IntArrayList into) {
        int before = into.size();
        for (int place = 0; place < marks.length; place++) {
            if (marks[place] == mark) {
                into.add(place);
            }
        }
        return into.size() - before;
    }

    private static DrawnSites laidOpen(SpeciesGrid grid, Cut cut) {
        LatticeGeometry g = grid.geometry;
        Neighbors[] nearest = Neighbors.nearest(g);
        double depthNm = CUT_DEPTH * 2 * SurfaceFrame.radiusNm(g);
        IntArrayList[] found = new IntArrayList[grid.nz];
        grid.forEachPlane(z -> {
            IntArrayList here = new IntArrayList();
            int place = grid.place(0, 0, z, 0);
            for (int y = 0; y < grid.ny; y++) {
                for (int x = 0; x < grid.nx; x++) {
                    for (int b = 0; b < grid.basisSize; b++, place++) {
                        if (!grid.isSolid(place)) {
                            continue;
                        }
                        int site = g.site(x, y, z, b);
                        if (cut.showsInside(g.xNm(site), g.yNm(site), g.zNm(site), depthNm)
                                && !isExposed(grid, x, y, z, nearest[b])) {
                            here.add(place);
                        }
                    }
                }
            }
            found[z] = here;
        });
        IntArrayList all = new IntArrayList();
        for (IntArrayList here : found) {
            all.addAll(here);
        }
        return new DrawnSites(all, 0, all.size());
    }

    static boolean isExposed(SpeciesGrid grid, int x, int y, int z, Neighbors nearest) {
        if (grid.geometry.layerCount() == 1) {
            return true;
        }
        for (int k = 0; k < nearest.count(); k++) {
            int neighbor = grid.neighbor(x, y, z, nearest, k);
            if (neighbor >= 0 ? !grid.isSolid(neighbor) : neighbor == SpeciesGrid.OPEN) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCutFree(SpeciesGrid grid, int x, int y, int z, Neighbors nearest) {
        if (x > 0 && x < grid.nx - 1 && y > 0 && y < grid.ny - 1) {
            return false;
        }
        for (int k = 0; k < nearest.count(); k++) {
            if (grid.isAcross(x, y, nearest, k) && grid.neighbor(x, y, z, nearest, k) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBehind(SpeciesGrid grid, byte[] marks, int x, int y, int z, Neighbors nearest) {
        for (int k = 0; k < nearest.count(); k++) {
            int neighbor = grid.neighbor(x, y, z, nearest, k);
            if (neighbor >= 0 && (marks[neighbor] == EXPOSED || marks[neighbor] == SIDE)) {
                return true;
            }
        }
        return false;
    }

    int count() {
        return places.length;
    }

    int place(int i) {
        return places[i];
    }

    /** How many are exposed: the first. */
    int exposed() {
        return exposed;
    }

    /** How many are exposed or at the sides: the first. */
    int surface() {
        return exposed + sides;
    }
}
