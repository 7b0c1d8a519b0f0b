package dev.kossel.lattice;

import java.util.function.IntUnaryOperator;

/** A place in the box, nm; periodic in x and y. */
public record Place(double xNm, double yNm, double zNm) {

    public Place {
        if (!Double.isFinite(xNm + yNm + zNm)) {
            throw new IllegalArgumentException(
                    "place (" + xNm + ", " + yNm + ", " + zNm + ") nm: expected finite coordinates");
        }
    }

    /** The nearest of {@code count} sites, at least one; the first of those equally near. */
    int nearest(LatticeGeometry geometry, int count, IntUnaryOperator sites) {
        Face face = new Face(geometry);
        double tolerance = Face.EDGE * geometry.latticeConstantNm() * geometry.latticeConstantNm();
        double best = Double.POSITIVE_INFINITY;
        int nearest = -1;
        for (int index = 0; index < count; index++) {
            int site = sites.applyAsInt(index);
            double dx = face.alongXNm(geometry.xNm(site) - xNm);
            double dy = face.alongYNm(geometry.yNm(site) - yNm);
            double dz = geometry.zNm(site) - zNm;
            double square = dx * dx + dy * dy + dz * dz;
            if (square < best - tolerance) {
                best = square;
                nearest = site;
            }
        }
        return nearest;
    }
}
