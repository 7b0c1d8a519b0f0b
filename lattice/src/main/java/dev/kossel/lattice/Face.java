package dev.kossel.lattice;

import java.util.Arrays;
import java.util.List;

/** The face of a box seen from above: distances along it, and what stands on it, by column. */
final class Face {

    /** Distances within this fraction of a count as equal, so that sites on an edge do not depend on rounding. */
    static final double EDGE = 1e-6;

    private final LatticeGeometry geometry;

    Face(LatticeGeometry geometry) {
        this.geometry = geometry;
    }

    /** What takes part of a column in a round area. */
    interface ColumnVisitor {
        void visit(int column, double distanceNm);
    }

    /** The shortest of the differences {@code differenceNm} + whole boxes along x. */
    double alongXNm(double differenceNm) {
        return differenceNm - geometry.widthNm() * Math.rint(differenceNm / geometry.widthNm());
    }

    double alongYNm(double differenceNm) {
        return differenceNm - geometry.depthNm() * Math.rint(differenceNm / geometry.depthNm());
    }

    /** Visits the columns whose axis is no farther than {@code radiusNm} from {@code point}; a few may come twice. */
    void around(Placement.Point point, double radiusNm, ColumnVisitor visitor) {
        double cellWidthNm = geometry.widthNm() / geometry.cellsX();
        double cellDepthNm = geometry.depthNm() / geometry.cellsY();
        int reachX = (int) Math.min(Math.ceil(radiusNm / cellWidthNm) + 1, geometry.cellsX() / 2 + 1);
        int reachY = (int) Math.min(Math.ceil(radiusNm / cellDepthNm) + 1, geometry.cellsY() / 2 + 1);
        long middleX = (long) Math.floor(point.xNm() / cellWidthNm);
        long middleY = (long) Math.floor(point.yNm() / cellDepthNm);
        for (int j = -reachY; j <= reachY; j++) {
            int y = Math.floorMod(middleY + j, geometry.cellsY());
            for (int i = -reachX; i <= reachX; i++) {
                int x = Math.floorMod(middleX + i, geometry.cellsX());
                for (int b = 0; b < geometry.basisSize(); b++) {
                    int site = geometry.site(x, y, 0, b);
                    double distance = Math.hypot(
                            alongXNm(geometry.xNm(site) - point.xNm()), alongYNm(geometry.yNm(site) - point.yNm()));
                    if (distance <= radiusNm + EDGE * geometry.latticeConstantNm()) {
                        visitor.visit(geometry.column(site), distance);
                    }
                }
            }
        }
    }

    /**
     * By column, the height of bodies of height 1 at {@code points}, the greatest where they overlap; −1 where there is none.
     */
    double[] relief(List<Placement.Point> points, double radiusNm, Form form) {
        double[] relief = new double[geometry.columnCount()];
        Arrays.fill(relief, -1);
        for (Placement.Point point : points) {
            around(
                    point,
                    radiusNm,
                    (column, distanceNm) ->
                            relief[column] = Math.max(relief[column], form.height(Math.min(1, distanceNm / radiusNm))));
        }
        return relief;
    }
}
