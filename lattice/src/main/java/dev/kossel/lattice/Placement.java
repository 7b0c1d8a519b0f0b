package dev.kossel.lattice;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** Where on the face of a box things are put: pits, protrusions, particles, discs. */
public sealed interface Placement {

    /**
     * A place on the face.
     *
     * @param xNm along x, nm; places a whole box apart are the same
     * @param yNm along y, nm
     */
    record Point(double xNm, double yNm) {
        public Point {
            if (!Double.isFinite(xNm) || !Double.isFinite(yNm)) {
                throw new IllegalArgumentException("place (" + xNm + ", " + yNm + ") nm: expected finite coordinates");
            }
        }
    }

    /** The places in a box; the same for the same state of the generator. */
    List<Point> points(LatticeGeometry geometry, UniformRandomProvider rng);

    /** At given places. Draws nothing. */
    record At(List<Point> points) implements Placement {
        public At {
            points = List.copyOf(points);
        }

        /** At one place. */
        public static At of(double xNm, double yNm) {
            return new At(List.of(new Point(xNm, yNm)));
        }

        @Override
        public List<Point> points(LatticeGeometry geometry, UniformRandomProvider rng) {
            return points;
        }
    }

    /** At {@code count} places drawn independently and uniformly; two numbers each. They may coincide. */
    record Random(int count) implements Placement {
        public Random {
            requireCount(count);
        }

        @Override
        public List<Point> points(LatticeGeometry geometry, UniformRandomProvider rng) {
            List<Point> points = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                double x = rng.nextDouble() * geometry.widthNm();
                points.add(new Point(x, rng.nextDouble() * geometry.depthNm()));
            }
            return points;
        }
    }

    /**
     * At the centres of {@code count} equal fields, in as many rows and columns as make the fields most nearly square (a
     * prime count gives a single row). Draws nothing.
     */
    record Grid(int count) implements Placement {
        public Grid {
            requireCount(count);
        }

        @Override
        public List<Point> points(LatticeGeometry geometry, UniformRandomProvider rng) {
            int columns = 1;
            double best = Double.POSITIVE_INFINITY;
            for (int divisor = 1; divisor <= count; divisor++) {
                double shape = Math.log(geometry.widthNm() / divisor / (geometry.depthNm() / (count / divisor)));
                if (count % divisor == 0 && Math.abs(shape) < best) {
                    best = Math.abs(shape);
                    columns = divisor;
                }
            }
            int rows = count / columns;
            List<Point> points = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                points.add(new Point(
                        (i % columns + 0.5) * geometry.widthNm() / columns,
                        (i / columns + 0.5) * geometry.depthNm() / rows));
            }
            return points;
        }
    }

    private static void requireCount(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count " + count + ": expected at least 1 place");
        }
    }
}
