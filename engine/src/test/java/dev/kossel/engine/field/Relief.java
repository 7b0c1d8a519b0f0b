package dev.kossel.engine.field;

import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.SpeciesSet;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** Solids on a simple cubic lattice of 1 nm, given by their height; a site is solid if its middle, half a site above its place, is. */
final class Relief {

    static final SpeciesSet SOLID = SpeciesSet.of(1);

    private Relief() {}

    static LatticeGeometry box(int nx, int ny, int nz) {
        return LatticeGeometry.of(LatticeKind.SC, "100", 1.0, 1.0, nx, ny, nz);
    }

    /** All cells of a grid: anything may be absorbed or released anywhere. */
    static IntArrayList anywhere(FieldGrid grid) {
        return IntArrayList.toList(IntStream.range(0, grid.cellCount()));
    }

    /** @param height of the solid over the middle (x, y) of a stack of sites, nm */
    static Lattice of(LatticeGeometry box, DoubleBinaryOperator height) {
        Lattice lattice = new Lattice(box);
        for (int site = 0; site < box.siteCount(); site++) {
            double top = height.applyAsDouble(box.cellX(site) + 0.5, box.cellY(site) + 0.5);
            lattice.setSpecies(site, box.cellZ(site) + 0.5 < top ? 1 : 0);
        }
        return lattice;
    }
}
