package dev.kossel.viz.movie;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

/**
 * 255 colours that fit a movie best, and a transparent one.
 *
 * <p>Median cut (P. Heckbert, SIGGRAPH 1982, doi:10.1145/800064.801294) of the colours of a few frames, then a few
 * rounds of Lloyd's algorithm. A colour weighs less than its area, so that a thin coloured line is not lost beside the
 * background. Colours are told apart at 5 bits a channel when the palette is made, and at 6 when it is used.
 */
final class GifPalette {

    static final int COLORS = 255;
    static final int TRANSPARENT = 255;

    private static final int BINS = 1 << 15;
    private static final double WEIGHT_EXPONENT = 0.55;
    private static final int ROUNDS = 8;
    private static final int CACHE_BITS = 6;

    private final float[] red = new float[COLORS];
    private final float[] green = new float[COLORS];
    private final float[] blue = new float[COLORS];
    private final short[] nearest = new short[1 << 3 * CACHE_BITS];
    private int count;

    /** Colours of frames, counted. */
    static final class Histogram {
        private final long[] counts = new long[BINS];
        private final long[] reds = new long[BINS];
        private final long[] greens = new long[BINS];
        private final long[] blues = new long[BINS];

        void add(BufferedImage image) {
            int[] row = new int[image.getWidth()];
            for (int y = 0; y < image.getHeight(); y++) {
                image.getRGB(0, y, row.length, 1, row, 0, row.length);
                for (int rgb : row) {
                    int bin = (rgb >> 19 & 31) << 10 | (rgb >> 11 & 31) << 5 | rgb >> 3 & 31;
                    counts[bin]++;
                    reds[bin] += rgb >> 16 & 255;
                    greens[bin] += rgb >> 8 & 255;
                    blues[bin] += rgb & 255;
                }
            }
        }
    }

    /** Means and weights of the bins that hold anything: red, green, blue, weight. */
    private final float[][] colors;

    GifPalette(Histogram histogram) {
        int used = 0;
        float[][] found = new float[BINS][];
        for (int bin = 0; bin < BINS; bin++) {
            long n = histogram.counts[bin];
            if (n > 0) {
                found[used++] = new float[] {
                    (float) histogram.reds[bin] / n,
                    (float) histogram.greens[bin] / n,
                    (float) histogram.blues[bin] / n,
                    (float) Math.pow(n, WEIGHT_EXPONENT)
                };
            }
        }
        colors = Arrays.copyOf(found, used);
        cut(0, used, Math.min(COLORS, used));
        refine();
        Arrays.fill(nearest, (short) -1);
    }

    /** Divides colours {@code from} to {@code to} − 1 among so many entries: along their widest channel, by weight. */
    private void cut(int from, int to, int entries) {
        if (entries == 1 || to - from == 1) {
            mean(from, to);
            return;
        }
        int channel = 0;
        float widest = -1;
        for (int c = 0; c < 3; c++) {
            float least = Float.MAX_VALUE;
            float most = 0;
            for (int i = from; i < to; i++) {
                least = Math.min(least, colors[i][c]);
                most = Math.max(most, colors[i][c]);
            }
            if (most - least > widest) {
                widest = most - least;
                channel = c;
            }
        }
        int along = channel;
        Arrays.sort(colors, from, to, (a, b) -> Float.compare(a[along], b[along]));
        double total = 0;
        for (int i = from; i < to; i++) {
            total += colors[i][3];
        }
        int middle = from;
        double below = 0;
        while (middle < to - 1 && below + colors[middle][3] <= total / 2) {
            below += colors[middle++][3];
        }
        middle = Math.max(from + 1, middle);
        // No side may get more entries than it has colours.
        int first = Math.max(Math.min(entries / 2, middle - from), entries - (to - middle));
        cut(from, middle, first);
        cut(middle, to, entries - first);
    }

    private void mean(int from, int to) {
        double weight = 0;
        double[] sum = new double[3];
        for (int i = from; i < to; i++) {
            weight += colors[i][3];
            for (int c = 0; c < 3; c++) {
                sum[c] += colors[i][3] * colors[i][c];
            }
        }
        set(count++, sum, weight);
    }

    private void set(int entry, double[] sum, double weight) {
        red[entry] = (float) (sum[0] / weight);
        green[entry] = (float) (sum[1] / weight);
        blue[entry] = (float) (sum[2] / weight);
    }

    private void refine() {
        for (int round = 0; round < ROUNDS; round++) {
            double[][] sums = new double[count][3];
            double[] weights = new double[count];
            for (float[] color : colors) {
                int entry = search(color[0], color[1], color[2]);
                weights[entry] += color[3];
                for (int c = 0; c < 3; c++) {
                    sums[entry][c] += color[3] * color[c];
                }
            }
            for (int entry = 0; entry < count; entry++) {
                if (weights[entry] > 0) {
                    set(entry, sums[entry], weights[entry]);
                }
            }
        }
    }

    private int search(float r, float g, float b) {
        int best = 0;
        float least = Float.MAX_VALUE;
        for (int entry = 0; entry < count; entry++) {
            float dr = r - red[entry];
            float dg = g - green[entry];
            float db = b - blue[entry];
            // Weights of the channels: what the eye makes of them, roughly.
            float distance = 3 * dr * dr + 6 * dg * dg + 2 * db * db;
            if (distance < least) {
                least = distance;
                best = entry;
            }
        }
        return best;
    }

    /** The entry nearest to a colour 0xRRGGBB. */
    int entry(int rgb) {
        int key = (rgb >> 18 & 63) << 12 | (rgb >> 10 & 63) << 6 | rgb >> 2 & 63;
        if (nearest[key] < 0) {
            nearest[key] = (short) search((rgb >> 16 & 252) + 1.5f, (rgb >> 8 & 252) + 1.5f, (rgb & 252) + 1.5f);
        }
        return nearest[key];
    }

    /** With {@link #TRANSPARENT} as the last entry. */
    IndexColorModel model() {
        byte[] r = new byte[COLORS + 1];
        byte[] g = new byte[COLORS + 1];
        byte[] b = new byte[COLORS + 1];
        for (int entry = 0; entry < count; entry++) {
            r[entry] = (byte) Math.round(red[entry]);
            g[entry] = (byte) Math.round(green[entry]);
            b[entry] = (byte) Math.round(blue[entry]);
        }
        return new IndexColorModel(8, COLORS + 1, r, g, b, TRANSPARENT);
    }
}
