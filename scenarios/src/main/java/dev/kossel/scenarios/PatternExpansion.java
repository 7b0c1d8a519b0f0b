package dev.kossel.scenarios;

import dev.kossel.engine.process.ElementaryProcess.PatternProcess.Entry;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.file.ElementaryProcess.PatternSite;
import dev.kossel.scenarios.file.ElementaryProcess.Symmetry;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Expands a pattern over symmetry operations of the lattice: those that map the neighbours of every site onto those of a site, the same or, as a screw axis of hcp
 * does, one of another kind. A form has its place where all its sites exist.
 */
final class PatternExpansion {

    private static final double TOLERANCE = 1e-6;

    private PatternExpansion() {}

    /** The distinct forms of a pattern, the given one first. */
    static List<List<Entry>> expand(
            List<PatternSite> pattern,
            List<Symmetry> symmetries,
            LatticeGeometry geometry,
            ToIntFunction<String> species,
            Function<List<String>, BitSet> siteTypes) {
        Map<String, List<Entry>> variants = new LinkedHashMap<>();
        for (double[][] operation : operations(symmetries, geometry)) {
            List<Entry> variant = new ArrayList<>();
            for (PatternSite site : pattern) {
                double[] at = apply(operation, site.at());
                variant.add(new Entry(
                        at[0],
                        at[1],
                        at[2],
                        species.applyAsInt(site.reaction().before().get(0)),
                        species.applyAsInt(site.reaction().after().get(0)),
                        siteTypes.apply(site.siteTypes())));
            }
            variants.putIfAbsent(signature(variant), variant);
        }
        return List.copyOf(variants.values());
    }

    private static String signature(List<Entry> variant) {
        return variant.stream()
                .map(entry -> Math.round(entry.dx() * 1e4) + "," + Math.round(entry.dy() * 1e4) + ","
                        + Math.round(entry.dz() * 1e4) + ":" + entry.before() + ">" + entry.after()
                        + entry.siteTypes())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static double[] apply(double[][] operation, List<Double> at) {
        double[] image = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                image[i] += operation[i][j] * at.get(j);
            }
        }
        return image;
    }

    /** Identity first, then every other product of the named generators that is a symmetry of the lattice. */
    private static List<double[][]> operations(List<Symmetry> symmetries, LatticeGeometry geometry) {
        boolean all = symmetries.contains(Symmetry.ALL);
        boolean rotations = all || symmetries.contains(Symmetry.ROTATIONS_Z);
        boolean mirrors = all || symmetries.contains(Symmetry.MIRRORS);
        List<double[][]> candidates = new ArrayList<>();
        if (all) {
            candidates.addAll(spaceOperations(geometry));
        } else {
            for (int mirror = 0; mirror < (mirrors ? 2 : 1); mirror++) {
                for (int twelfth = 0; twelfth < 12; twelfth++) {
                    // Mirror planes through z lie at half the angle of the improper operation; without rotations only
                    // these remain.
                    if (mirror == 1 || rotations || twelfth == 0) {
                        candidates.add(aboutZ(Math.PI * twelfth / 6, mirror == 1));
                    }
                }
            }
        }
        List<double[][]> kept = new ArrayList<>();
        for (double[][] candidate : candidates) {
            if (keepsNeighbors(candidate, geometry)) {
                kept.add(candidate);
            }
        }
        return kept;
    }

    private static double[][] aboutZ(double angle, boolean mirrored) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        return mirrored
                ? new double[][] {{c, s, 0}, {s, -c, 0}, {0, 0, 1}}
                : new double[][] {{c, -s, 0}, {s, c, 0}, {0, 0, 1}};
    }

    /** Orthogonal maps that take three independent first-shell vectors to first-shell vectors: all of the point group is among them. */
    private static List<double[][]> spaceOperations(LatticeGeometry geometry) {
        List<double[]> vectors = vectors(geometry, 0);
        int[] base = independent(vectors);
        List<double[][]> found = new ArrayList<>();
        found.add(aboutZ(0, false));
        if (base.length < 3) {
            return found;
        }
        double[][] inverse = inverse(columns(vectors, base));
        for (int basis = 0; basis < geometry.basisSize(); basis++) {
            List<double[]> images = vectors(geometry, basis);
            for (int a = 0; a < images.size(); a++) {
                for (int b = 0; b < images.size(); b++) {
                    for (int c = 0; c < images.size(); c++) {
                        double[][] map = product(columns(images, new int[] {a, b, c}), inverse);
                        if (isOrthogonal(map) && !isIdentity(map)) {
                            found.add(map);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static int[] independent(List<double[]> vectors) {
        for (int a = 0; a < vectors.size(); a++) {
            for (int b = a + 1; b < vectors.size(); b++) {
                for (int c = b + 1; c < vectors.size(); c++) {
                    if (Math.abs(determinant(columns(vectors, new int[] {a, b, c}))) > TOLERANCE) {
                        return new int[] {a, b, c};
                    }
                }
            }
        }
        return new int[0];
    }

    private static List<double[]> vectors(LatticeGeometry geometry, int basis) {
        List<double[]> vectors = new ArrayList<>();
        for (int k = 0; k < geometry.neighborCount(); k++) {
            vectors.add(geometry.displacementNm(basis, k));
        }
        return vectors;
    }

    private static boolean keepsNeighbors(double[][] operation, LatticeGeometry geometry) {
        for (int from = 0; from < geometry.basisSize(); from++) {
            boolean found = false;
            for (int to = 0; to < geometry.basisSize() && !found; to++) {
                found = mapsNeighbors(operation, geometry, from, to);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static boolean mapsNeighbors(double[][] operation, LatticeGeometry geometry, int from, int to) {
        for (double[] d : vectors(geometry, from)) {
            double[] image = apply(operation, List.of(d[0], d[1], d[2]));
            boolean found = false;
            for (int m = 0; m < geometry.neighborCount() && !found; m++) {
                double[] e = geometry.displacementNm(to, m);
                found = Math.abs(image[0] - e[0]) + Math.abs(image[1] - e[1]) + Math.abs(image[2] - e[2])
                        < 1e-3 * geometry.latticeConstantNm();
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static double[][] columns(List<double[]> vectors, int[] chosen) {
        double[][] matrix = new double[3][3];
        for (int j = 0; j < 3; j++) {
            for (int i = 0; i < 3; i++) {
                matrix[i][j] = vectors.get(chosen[j])[i];
            }
        }
        return matrix;
    }

    private static double determinant(double[][] m) {
        return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    }

    private static double[][] inverse(double[][] m) {
        double d = determinant(m);
        double[][] r = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                int i1 = (i + 1) % 3;
                int i2 = (i + 2) % 3;
                int j1 = (j + 1) % 3;
                int j2 = (j + 2) % 3;
                r[j][i] = (m[i1][j1] * m[i2][j2] - m[i1][j2] * m[i2][j1]) / d;
            }
        }
        return r;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] r = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    r[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return r;
    }

    private static boolean isOrthogonal(double[][] m) {
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double dot = m[0][i] * m[0][j] + m[1][i] * m[1][j] + m[2][i] * m[2][j];
                if (Math.abs(dot - (i == j ? 1 : 0)) > TOLERANCE) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isIdentity(double[][] m) {
        return Math.abs(m[0][0] - 1) + Math.abs(m[1][1] - 1) + Math.abs(m[2][2] - 1) < TOLERANCE;
    }
}
