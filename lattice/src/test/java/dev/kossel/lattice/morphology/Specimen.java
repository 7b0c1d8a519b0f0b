package dev.kossel.lattice.morphology;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.SpeciesSet;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** Lattices of known shape. Species 1 is the substrate, 2 the deposit; both are solid. */
final class Specimen {

    static final double A = 0.4;
    static final int SUBSTRATE = 1;
    static final int METAL = 2;
    static final SpeciesSet SOLID = SpeciesSet.of(SUBSTRATE, METAL);
    static final SpeciesSet DEPOSIT = SpeciesSet.of(METAL);

    private Specimen() {}

    static LatticeGeometry sc(int nx, int ny, int nz) {
        return LatticeGeometry.of(LatticeKind.SC, "100", A, 1, nx, ny, nz);
    }

    /** Every lattice and orientation that has a third dimension, in a box of 4 × 4 × 4 cells. */
    static Stream<LatticeGeometry> crystals() {
        return Arrays.stream(LatticeKind.values())
                .filter(kind -> kind != LatticeKind.SQUARE && kind != LatticeKind.TRIANGULAR)
                .flatMap(kind -> LatticeGeometry.orientations(kind).stream()
                        .map(orientation -> LatticeGeometry.of(kind, orientation, A, Math.sqrt(8.0 / 3), 4, 4, 4)));
    }

    /** {@code layers} full layers of substrate. */
    static Lattice flat(LatticeGeometry geometry, int layers) {
        Lattice lattice = new Lattice(geometry);
        fill(lattice, SUBSTRATE, site -> geometry.layer(site) < layers);
        return lattice;
    }

    static void fill(Lattice lattice, int species, IntPredicate where) {
        for (int site = 0; site < lattice.geometry().siteCount(); site++) {
            if (where.test(site)) {
                lattice.setSpecies(site, species);
            }
        }
    }

    /** On sc: deposits {@code height} sites upwards from layer {@code bottom} in the column at (x, y). */
    static void pile(Lattice lattice, int x, int y, int bottom, int height) {
        for (int z = bottom; z < bottom + height; z++) {
            lattice.setSpecies(lattice.geometry().site(x, y, z, 0), METAL);
        }
    }
}
