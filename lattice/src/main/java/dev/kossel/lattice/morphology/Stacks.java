package dev.kossel.lattice.morphology;

import dev.kossel.lattice.LatticeGeometry;
import java.util.Arrays;

/**
 * The stacks of a geometry (see the package documentation): a one-to-one map between sites and (layer, stack).
 *
 * <p>Stacks are numbered {@code (cellY · cellsX + cellX) · perCell + s}. Within one cell height the site of each layer is
 * matched to the site of the lowest layer that lies laterally nearest; over a whole cell height the stack returns to
 * where it was, so stacks stand upright. Immutable and thread-safe.
 */
final class Stacks {

    private static final double TOLERANCE = 1e-6;

    private final LatticeGeometry geometry;
    private final int perCell;
    private final int layersPerCell;

    // All three indexed by (layer modulo layersPerCell) · perCell + s.
    private final int[] basis;
    private final int[] shiftX;
    private final int[] shiftY;

    /** Where a basis atom stands in the three arrays above. */
    private final int[] slot;

    /** What a cell along an axis, or a basis atom, adds to the number of a site: such numbers are sums of these, as bricks divide the box. */
    private final int[] ofX;

    private final int[] ofY;
    private final int[] ofBasis;

    Stacks(LatticeGeometry geometry) {
        this.geometry = geometry;
        layersPerCell = geometry.layerCount() / geometry.cellsZ();
        perCell = geometry.basisSize() / layersPerCell;
        basis = new int[geometry.basisSize()];
        shiftX = new int[basis.length];
        shiftY = new int[basis.length];
        int[] filled = new int[layersPerCell];
        for (int b = 0; b < basis.length; b++) {
            int layer = geometry.layer(geometry.site(0, 0, 0, b));
            basis[layer * perCell + filled[layer]++] = b;
        }
        for (int layer = 1; layer < layersPerCell; layer++) {
            matchToLowestLayer(layer);
        }
        slot = new int[basis.length];
        for (int k = 0; k < basis.length; k++) {
            slot[basis[k]] = k;
        }
        int origin = geometry.site(0, 0, 0, 0);
        ofX = new int[geometry.cellsX()];
        ofY = new int[geometry.cellsY()];
        ofBasis = new int[basis.length];
        Arrays.setAll(ofX, x -> geometry.site(x, 0, 0, 0) - origin);
        Arrays.setAll(ofY, y -> geometry.site(0, y, 0, 0) - origin);
        Arrays.setAll(ofBasis, b -> geometry.site(0, 0, 0, b) - origin);
    }

    private void matchToLowestLayer(int layer) {
        int[] candidates = Arrays.copyOfRange(basis, layer * perCell, (layer + 1) * perCell);
        boolean[] taken = new boolean[perCell];
        for (int candidate : candidates) {
            double best = Double.POSITIVE_INFINITY;
            int bestSlot = -1;
            int bestX = 0;
            int bestY = 0;
            for (int s = 0; s < perCell; s++) {
                for (int n = 0; n < 9 && !taken[s]; n++) {
                    int x = n % 3 - 1;
                    int y = n / 3 - 1;
                    double distance = lateralDistanceNm(basis[s], candidate, x, y);
                    if (distance < best - TOLERANCE * geometry.latticeConstantNm()) {
                        best = distance;
                        bestSlot = s;
                        bestX = x;
                        bestY = y;
                    }
                }
            }
            taken[bestSlot] = true;
            basis[layer * perCell + bestSlot] = candidate;
            shiftX[layer * perCell + bestSlot] = bestX;
            shiftY[layer * perCell + bestSlot] = bestY;
        }
    }

    private double lateralDistanceNm(int lower, int upper, int cellsAlongX, int cellsAlongY) {
        int from = geometry.site(0, 0, 0, lower);
        int to = geometry.site(0, 0, 0, upper);
        double dx = geometry.xNm(to) - geometry.xNm(from) + cellsAlongX * geometry.widthNm() / geometry.cellsX();
        double dy = geometry.yNm(to) - geometry.yNm(from) + cellsAlongY * geometry.depthNm() / geometry.cellsY();
        return Math.hypot(dx, dy);
    }

    LatticeGeometry geometry() {
        return geometry;
    }

    int count() {
        return geometry.sitesPerLayer();
    }

    /** Stacks per cell. */
    int perCell() {
        return perCell;
    }

    /** Room for the stacks of a row of cells along x, which have consecutive numbers. */
    int[] row() {
        return new int[geometry.cellsX() * perCell];
    }

    /**
     * Writes the site that each stack of a row has in {@code layer}.
     *
     * @param firstStack of the row: a multiple of its length
     * @param row from {@link #row()}
     */
    void sites(int layer, int firstStack, int[] row) {
        int cellsX = geometry.cellsX();
        int cellsY = geometry.cellsY();
        int bottom = geometry.site(0, 0, layer / layersPerCell, 0);
        int y = firstStack / row.length;
        int first = layer % layersPerCell * perCell;
        for (int k = first; k < first + perCell; k++) {
            int ofRow = bottom + ofBasis[basis[k]] + ofY[wrap(y + shiftY[k], cellsY)];
            int i = k - first;
            for (int x = 0; x < cellsX; x++, i += perCell) {
                row[i] = ofRow + ofX[wrap(x + shiftX[k], cellsX)];
            }
        }
    }

    /** The site of {@code stack} in {@code layer}. */
    int site(int layer, int stack) {
        int cell = stack / perCell;
        int k = layer % layersPerCell * perCell + stack % perCell;
        return geometry.site(
                wrap(cell % geometry.cellsX() + shiftX[k], geometry.cellsX()),
                wrap(cell / geometry.cellsX() + shiftY[k], geometry.cellsY()),
                layer / layersPerCell,
                basis[k]);
    }

    /** The stack that {@code site} belongs to. */
    int stack(int site) {
        int k = slot[geometry.basis(site)];
        int x = Math.floorMod(geometry.cellX(site) - shiftX[k], geometry.cellsX());
        int y = Math.floorMod(geometry.cellY(site) - shiftY[k], geometry.cellsY());
        return (y * geometry.cellsX() + x) * perCell + k % perCell;
    }

    /** The stack whose site in the lowest layer is laterally nearest to (x, y), in nm within the box. */
    int nearest(double xNm, double yNm) {
        double cellWidthNm = geometry.widthNm() / geometry.cellsX();
        double cellDepthNm = geometry.depthNm() / geometry.cellsY();
        int cellX = (int) (xNm / cellWidthNm);
        int cellY = (int) (yNm / cellDepthNm);
        double best = Double.POSITIVE_INFINITY;
        int nearest = 0;
        for (int y = cellY - 1; y <= cellY + 1; y++) {
            for (int x = cellX - 1; x <= cellX + 1; x++) {
                for (int s = 0; s < perCell; s++) {
                    int origin = geometry.site(0, 0, 0, basis[s]);
                    double distance = Math.hypot(
                            geometry.xNm(origin) + x * cellWidthNm - xNm, geometry.yNm(origin) + y * cellDepthNm - yNm);
                    if (distance < best) {
                        best = distance;
                        nearest = (Math.floorMod(y, geometry.cellsY()) * geometry.cellsX()
                                                + Math.floorMod(x, geometry.cellsX()))
                                        * perCell
                                + s;
                    }
                }
            }
        }
        return nearest;
    }

    private static int wrap(int cell, int cells) {
        return cell < 0 ? cell + cells : cell >= cells ? cell - cells : cell;
    }
}
