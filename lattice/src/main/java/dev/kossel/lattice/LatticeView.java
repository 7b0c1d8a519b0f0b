package dev.kossel.lattice;

/** A read-only view of which species sits where. What a view shows may change under the reader unless it is a copy. */
public interface LatticeView {

    /** The geometry: which sites there are, where they lie, who their neighbours are. */
    LatticeGeometry geometry();

    /** The species at {@code site}, 0 … 126; 0 is by convention the vacant (electrolyte) species. */
    int species(int site);

    /** The site type at {@code site}, 0 … 126; 0 is the plain site. */
    int siteType(int site);
}
