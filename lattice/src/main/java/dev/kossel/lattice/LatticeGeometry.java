package dev.kossel.lattice;

import java.util.List;

/**
 * Which sites a box has, where they lie and who their neighbours are.
 *
 * <p>The box is made of {@code nx × ny × nz} copies of an orthogonal cell of {@link #basisSize()} sites, chosen so that the requested crystal
 * orientation points along +z (towards the electrolyte). x and y are periodic, z is open. Sites are numbered 0 … {@link #siteCount()} − 1; the
 * numbering is a private matter of this class, so use the conversions.
 *
 * <p>Immutable and thread-safe; no method but the factories and {@link #shells()} allocates.
 */
public final class LatticeGeometry {

    /**
     * @param kind the lattice
     * @param orientation the plane normal to +z: sc {@code 100}; bcc {@code 100}, {@code 110}; fcc {@code 100}, {@code 110}, {@code 111}; hcp
     *     {@code 002} (basal plane up), {@code 100} (prismatic plane up: lying on its side); square and triangular: {@code 2d}
     * @param latticeConstantNm a, nm
     * @param axialRatio c/a, used by hcp only
     * @param nx cells along x; 1 (then nothing is its own neighbour), or at least what keeps all neighbours of a site distinct
     * @param ny cells along y, as nx
     * @param nz cells along z; 1 for the two-dimensional lattices
     * @throws IllegalArgumentException if the orientation is unknown for the lattice, a size is refused, or there would be more than 2³¹ − 1 sites
     */
    public static LatticeGeometry of(
            LatticeKind kind, String orientation, double latticeConstantNm, double axialRatio, int nx, int ny, int nz) {
        throw new UnsupportedOperationException("skeleton");
    }

    private LatticeGeometry() {}

    public LatticeKind kind() {
        throw new UnsupportedOperationException("skeleton");
    }

    public String orientation() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** The orientations {@link #of} accepts for {@code kind}, the default first. */
    public static List<String> orientations(LatticeKind kind) {
        throw new UnsupportedOperationException("skeleton");
    }

    public double latticeConstantNm() {
        throw new UnsupportedOperationException("skeleton");
    }

    public double axialRatio() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Cells along x. */
    public int cellsX() {
        throw new UnsupportedOperationException("skeleton");
    }

    public int cellsY() {
        throw new UnsupportedOperationException("skeleton");
    }

    public int cellsZ() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Sites per cell. */
    public int basisSize() {
        throw new UnsupportedOperationException("skeleton");
    }

    public int siteCount() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Edges of the box in nm. */
    public double widthNm() {
        throw new UnsupportedOperationException("skeleton");
    }

    public double depthNm() {
        throw new UnsupportedOperationException("skeleton");
    }

    public double heightNm() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Position of a site, nm; 0 ≤ x < width, 0 ≤ y < depth, 0 ≤ z < height. The lowest layer lies at z = 0. */
    public double xNm(int site) {
        throw new UnsupportedOperationException("skeleton");
    }

    public double yNm(int site) {
        throw new UnsupportedOperationException("skeleton");
    }

    public double zNm(int site) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Site of basis atom {@code b} in cell (x, y, z); the inverse of the four methods below. */
    public int site(int cellX, int cellY, int cellZ, int b) {
        throw new UnsupportedOperationException("skeleton");
    }

    public int cellX(int site) {
        throw new UnsupportedOperationException("skeleton");
    }

    public int cellY(int site) {
        throw new UnsupportedOperationException("skeleton");
    }

    public int cellZ(int site) {
        throw new UnsupportedOperationException("skeleton");
    }

    public int basis(int site) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Atomic layers: the distinct heights z, counted from 0 at the bottom. */
    public int layerCount() {
        throw new UnsupportedOperationException("skeleton");
    }

    public int layer(int site) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Height of a layer, nm (layers need not be equally spaced, as in hcp lying on its side). */
    public double layerHeightNm(int layer) {
        throw new UnsupportedOperationException("skeleton");
    }

    public int sitesPerLayer() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Columns: the distinct (x, y) positions, 0 … columnCount − 1; {@link #site(int, int)} lists a column's sites upwards. */
    public int columnCount() {
        throw new UnsupportedOperationException("skeleton");
    }

    public int column(int site) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** The {@code step}-th site of a column counted from the bottom, or −1 above the top. */
    public int columnSite(int column, int step) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** The shells, nearest first; neighbour slots are numbered through them in this order. */
    public List<Shell> shells() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Neighbour slots of a site over all shells: the sum of the shells' sizes. */
    public int neighborCount() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** The shell (index into {@link #shells()}) that neighbour slot {@code k} belongs to. */
    public int shellOf(int k) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** First neighbour slot of a shell; the shell's slots are consecutive. */
    public int firstSlot(int shell) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * The neighbour of {@code site} in slot {@code k}, or −1 where it would lie below the bottom or above the top (or would be the site itself in a
     * box one cell wide). O(1), allocation-free, meant for the hot loop.
     */
    public int neighbor(int site, int k) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Writes all neighbours of {@code site} in slot order into {@code out} (−1 as in {@link #neighbor}). Faster than single calls. */
    public void neighbors(int site, int[] out) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** The slot under which {@code site} is the neighbour of its neighbour in slot {@code k}. Depends on the site's basis atom only. */
    public int reverseSlot(int basis, int k) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Layers climbed by going to slot {@code k} from basis atom {@code basis}: 0 within a layer, positive towards the electrolyte. */
    public int layerStep(int basis, int k) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Displacement (dx, dy, dz) in nm to slot {@code k} from basis atom {@code basis}. */
    public double[] displacementNm(int basis, int k) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * The site at displacement (dx, dy, dz), in units of the lattice constant along the box axes, from {@code site}: periodic in x and y, −1 beyond
     * bottom or top, −2 where no site lies there (within 0.01 a). Not for the hot loop.
     */
    public int siteAt(int site, double dx, double dy, double dz) {
        throw new UnsupportedOperationException("skeleton");
    }
}
