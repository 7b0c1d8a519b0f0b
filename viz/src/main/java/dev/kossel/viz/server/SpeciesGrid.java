package dev.kossel.viz.server;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import dev.kossel.lattice.SpeciesSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Which sites of a lattice are solid, by place: the sites in order of cells, along x first, then y, then z, and within a
 * cell by basis atom, {@code place = ((z · ny + y) · nx + x) · basis + b}. This is how the page numbers sites, too, whatever
 * numbers the lattice gives them.
 *
 * <p>Immutable; a byte a site.
 */
final class SpeciesGrid {

    /** Returned by {@link #neighbor} for what lies below the bottom, and for nothing. */
    static final int BELOW = -1;

    /** Returned by {@link #neighbor} for what lies above the top, or across a box one cell wide. */
    static final int OPEN = -2;

    final LatticeGeometry geometry;
    final int nx;
    final int ny;
    final int nz;
    final int basisSize;
    private final byte[] species;
    private final boolean[] solid = new boolean[128];

    /** O(sites), on all processors. */
    SpeciesGrid(LatticeView lattice, SpeciesSet solids) {
        geometry = lattice.geometry();
        nx = geometry.cellsX();
        ny = geometry.cellsY();
        nz = geometry.cellsZ();
        basisSize = geometry.basisSize();
        species = new byte[geometry.siteCount()];
        for (int s = 0; s < solid.length - 1; s++) {
            solid[s] = solids.contains(s);
        }
        forEachPlane(z -> {
            int place = z * ny * nx * basisSize;
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    for (int b = 0; b < basisSize; b++) {
                        species[place++] = (byte) lattice.species(geometry.site(x, y, z, b));
                    }
                }
            }
        });
    }

    /** Does something for every z of a cell; all at once, so that only what belongs to z may be written. */
    void forEachPlane(IntConsumer work) {
        IntStream.range(0, nz).parallel().forEach(work);
    }

    int places() {
        return species.length;
    }

    int species(int place) {
        return species[place];
    }

    boolean isSolid(int place) {
        return solid[species[place]];
    }

    int place(int x, int y, int z, int b) {
        return ((z * ny + y) * nx + x) * basisSize + b;
    }

    int x(int place) {
        return place / basisSize % nx;
    }

    int y(int place) {
        return place / (basisSize * nx) % ny;
    }

    int z(int place) {
        return place / (basisSize * nx * ny);
    }

    /** The number that the lattice gives to the site at a place. */
    int site(int place) {
        return geometry.site(x(place), y(place), z(place), place % basisSize);
    }

    /** The place of the {@code k}-th neighbour of cell (x, y, z), periodic in x and y; {@link #BELOW}, {@link #OPEN}. */
    int neighbor(int x, int y, int z, Neighbors of, int k) {
        int toZ = z + of.dz(k);
        if (toZ < 0 || toZ >= nz) {
            return toZ < 0 ? BELOW : OPEN;
        }
        int toX = x + of.dx(k);
        int toY = y + of.dy(k);
        if (toX < 0 || toX >= nx) {
            if (nx == 1) {
                return OPEN;
            }
            toX = Math.floorMod(toX, nx);
        }
        if (toY < 0 || toY >= ny) {
            if (ny == 1) {
                return OPEN;
            }
            toY = Math.floorMod(toY, ny);
        }
        return place(toX, toY, toZ, of.to(k));
    }

    /** Whether the {@code k}-th neighbour of cell (x, y, ·) lies beyond a side of the box. */
    boolean isAcross(int x, int y, Neighbors of, int k) {
        int toX = x + of.dx(k);
        int toY = y + of.dy(k);
        return toX < 0 || toX >= nx || toY < 0 || toY >= ny;
    }
}
