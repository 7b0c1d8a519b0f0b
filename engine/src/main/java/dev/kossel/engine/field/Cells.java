package dev.kossel.engine.field;

import dev.kossel.lattice.LatticeGeometry;

/** A division of the sites of a lattice into cells, for quantities that differ from cell to cell and not within one. */
public interface Cells {

    int cellCount();

    /** The cell that a site lies in. O(1), allocation-free. */
    int cellOf(int site);

    /** Every site a cell of its own, numbered like the site. */
    static Cells ofSites(LatticeGeometry geometry) {
        return new Cells() {
            @Override
            public int cellCount() {
                return geometry.siteCount();
            }

            @Override
            public int cellOf(int site) {
                return site;
            }
        };
    }
}
