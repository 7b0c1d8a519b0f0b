package dev.kossel.viz.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a deposit that is cut along planes: where {@code nx·x + ny·y + nz·z ≤ d} for all of them, with unit normals
 * n, lengths in nm. Immutable.
 */
final class Cut {

    /** The six faces of a box and a plane of any direction. */
    private static final int MOST_PLANES = 7;

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(\\.\\d{1,9})?");

    private final double[] planes;

    private Cut(double[] planes) {
        this.planes = planes;
    }

    /** Reads {@code nx,ny,nz,d} of each plane, joined by {@code _}; null if that is not what the text says. */
    static @Nullable Cut parse(String text) {
        List<double[]> found = new ArrayList<>();
        for (String plane : text.split("_", MOST_PLANES + 1)) {
            String[] numbers = plane.split(",", 5);
            if (numbers.length != 4 || found.size() == MOST_PLANES) {
                return null;
            }
            double[] values = new double[4];
            for (int i = 0; i < 4; i++) {
                if (!NUMBER.matcher(numbers[i]).matches()) {
                    return null;
                }
                values[i] = Double.parseDouble(numbers[i]);
            }
            double length = Math.sqrt(values[0] * values[0] + values[1] * values[1] + values[2] * values[2]);
            if (Math.abs(length - 1) > 1e-3) {
                return null;
            }
            found.add(values);
        }
        return new Cut(found.stream().flatMapToDouble(Arrays::stream).toArray());
    }

    /** Whether a place is left and lies no deeper than {@code depthNm} below one of the planes. */
    boolean showsInside(double x, double y, double z, double depthNm) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < planes.length; i += 4) {
            double inside = planes[i + 3] - planes[i] * x - planes[i + 1] * y - planes[i + 2] * z;
            if (inside < 0) {
                return false;
            }
            least = Math.min(least, inside);
        }
        return least <= depthNm;
    }
}
