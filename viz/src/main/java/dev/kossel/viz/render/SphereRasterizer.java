package dev.kossel.viz.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/**
 * Draws a {@link SphereCloud} into an image: z-buffered spheres, several samples a pixel, shaded once all are placed.
 *
 * <p>Works through the image in horizontal bands, so memory is bounded by {@link #BAND_SAMPLES} whatever the size of
 * the image: 8 bytes a sample. Spheres are placed exactly in depth, and in perspective each with the scale at its own
 * middle. Single-threaded.
 */
final class SphereRasterizer {

    private static final int BAND_SAMPLES = 12_000_000;
    private static final int NONE = -1;

    /**
     * Radii in samples between which the surface's normal gives way to the sphere's own: below, single spheres are not
     * resolved.
     */
    private static final float UNRESOLVED = 1.2f;

    private static final float RESOLVED = 3.5f;

    private static final float SMALLEST = 0.8f;

    private static final float AMBIENT = 0.66f;
    private static final float KEY = 0.6f;
    private static final float SPECULAR = 0.16f;
    private static final float DEPTH_CUE = 0.05f;
    /** The key light in view axes (right, up, towards the viewer): over the viewer's left shoulder. */
    private static final double[] KEY_IN_VIEW = {-0.48, 0.66, 0.58};

    private final SphereCloud cloud;
    private final Projection projection;
    private final int samples;
    private final int width;
    private final int height;
    private final Background background;
    private final int[] pixels;
    private final float[] nearest;
    private final float[] depth;
    private final int[] sphere;

    private final float[] right;
    private final float[] up;
    private final float[] toward;
    private final float[] keyDirection;
    private final float[] halfway;

    /** A vertical gradient in linear light. */
    record Background(int topRgb, int bottomRgb) {

        float channel(int shift, float fraction) {
            float top = Colors.linear(topRgb >> shift);
            float bottom = Colors.linear(bottomRgb >> shift);
            return top + (bottom - top) * fraction;
        }
    }

    private SphereRasterizer(
            SphereCloud cloud, Projection projection, int samples, BufferedImage image, Background background) {
        this.cloud = cloud;
        this.projection = projection.magnified(samples);
        this.samples = samples;
        this.background = background;
        width = image.getWidth();
        height = image.getHeight();
        pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        nearest = new float[width * height];
        int rows = Math.max(1, Math.min(height, BAND_SAMPLES / (width * samples * samples)));
        depth = new float[rows * width * samples * samples];
        sphere = new int[depth.length];
        right = floats(projection.right());
        up = floats(projection.up());
        toward = floats(projection.toward());
        keyDirection = floats(keyDirection(projection));
        halfway = halfway(keyDirection, toward);
    }

    /** Unit vector towards the key light. */
    static double[] keyDirection(Projection projection) {
        double[] key = projection.toWorld(KEY_IN_VIEW[0], KEY_IN_VIEW[1], KEY_IN_VIEW[2]);
        double length = Math.sqrt(key[0] * key[0] + key[1] * key[1] + key[2] * key[2]);
        return new double[] {key[0] / length, key[1] / length, key[2] / length};
    }

    /**
     * Draws into {@code image}, which must hold packed RGB integers.
     *
     * @param samples samples along each edge of a pixel
     * @return depth towards the viewer of the nearest sphere in each pixel, nm; −∞ where there is none
     */
    static float[] draw(
            SphereCloud cloud,
            Illumination light,
            Projection projection,
            int samples,
            BufferedImage image,
            Background background) {
        SphereRasterizer rasterizer = new SphereRasterizer(cloud, projection, samples, image, background);
        rasterizer.draw(light);
        return rasterizer.nearest;
    }

    private void draw(Illumination light) {
        int rows = depth.length / (width * samples * samples);
        float[] range = depthRange();
        for (int top = 0; top < height; top += rows) {
            int bottom = Math.min(height, top + rows);
            Arrays.fill(depth, Float.NEGATIVE_INFINITY);
            Arrays.fill(sphere, NONE);
            for (int i = 0; i < cloud.count(); i++) {
                place(i, top * samples, bottom * samples);
            }
            for (int y = top; y < bottom; y++) {
                for (int x = 0; x < width; x++) {
                    resolve(x, y, top, light, range);
                }
            }
        }
    }

    private float[] depthRange() {
        float[] range = {Float.MAX_VALUE, -Float.MAX_VALUE};
        for (int i = 0; i < cloud.count(); i++) {
            float d = (float) projection.depth(cloud.x(i), cloud.y(i), cloud.z(i));
            range[0] = Math.min(range[0], d);
            range[1] = Math.max(range[1], d);
        }
        return range;
    }

    /** Enters sphere {@code i} into the samples of rows {@code top} … {@code bottom} − 1 that it covers. */
    private void place(int i, int top, int bottom) {
        double x = cloud.x(i);
        double y = cloud.y(i);
        double z = cloud.z(i);
        float middle = (float) projection.depth(x, y, z);
        float scale = (float) projection.scaleAt(middle);
        float px = (float) projection.pixelX(x, y, z);
        float py = (float) projection.pixelY(x, y, z);
        float radius = cloud.radiusNm(i) * scale;
        int stride = width * samples;
        if (radius < SMALLEST) {
            // The circle might miss the samples' middles and leave a hole in the surface: take the four samples around
            // its own.
            int column = (int) Math.floor(px - 0.5f);
            int row = (int) Math.floor(py - 0.5f);
            for (int r = Math.max(row, top); r <= Math.min(row + 1, bottom - 1); r++) {
                for (int c = Math.max(column, 0); c <= Math.min(column + 1, stride - 1); c++) {
                    enter((r - top) * stride + c, middle, i);
                }
            }
            return;
        }
        int firstRow = Math.max(top, (int) Math.ceil(py - radius - 0.5f));
        int lastRow = Math.min(bottom - 1, (int) Math.floor(py + radius - 0.5f));
        float square = radius * radius;
        float perSample = 1 / scale;
        for (int row = firstRow; row <= lastRow; row++) {
            float dy = row + 0.5f - py;
            float chord = square - dy * dy;
            if (chord <= 0) {
                continue;
            }
            float reach = (float) Math.sqrt(chord);
            int first = Math.max(0, (int) Math.ceil(px - reach - 0.5f));
            int last = Math.min(stride - 1, (int) Math.floor(px + reach - 0.5f));
            int at = (row - top) * stride + first;
            for (int column = first; column <= last; column++, at++) {
                float dx = column + 0.5f - px;
                float bulge = (float) Math.sqrt(Math.max(0f, chord - dx * dx));
                enter(at, middle + bulge * perSample, i);
            }
        }
    }

    private void enter(int at, float sampleDepth, int i) {
        if (sampleDepth > depth[at]) {
            depth[at] = sampleDepth;
            sphere[at] = i;
        }
    }

    /** Shades the samples of pixel (x, y) and writes their mean. */
    private void resolve(int x, int y, int top, Illumination light, float[] range) {
        float fraction = height == 1 ? 0 : (float) y / (height - 1);
        float backRed = background.channel(16, fraction);
        float backGreen = background.channel(8, fraction);
        float backBlue = background.channel(0, fraction);
        float red = 0;
        float green = 0;
        float blue = 0;
        float front = Float.NEGATIVE_INFINITY;
        float perDepth = 1 / Math.max(range[1] - range[0], 1e-6f);
        int stride = width * samples;
        for (int row = y * samples; row < (y + 1) * samples; row++) {
            int at = (row - top * samples) * stride + x * samples;
            for (int column = x * samples; column < (x + 1) * samples; column++, at++) {
                int i = sphere[at];
                if (i == NONE) {
                    red += backRed;
                    green += backGreen;
                    blue += backBlue;
                    continue;
                }
                front = Math.max(front, depth[at]);
                double sx = cloud.x(i);
                double sy = cloud.y(i);
                double sz = cloud.z(i);
                float middle = (float) projection.depth(sx, sy, sz);
                float radius = cloud.radiusNm(i) * (float) projection.scaleAt(middle);
                float a = (column + 0.5f - (float) projection.pixelX(sx, sy, sz)) / radius;
                float b = -(row + 0.5f - (float) projection.pixelY(sx, sy, sz)) / radius;
                float c = (float) Math.sqrt(Math.max(0f, 1 - a * a - b * b));
                float nx = a * right[0] + b * up[0] + c * toward[0];
                float ny = a * right[1] + b * up[1] + c * toward[1];
                float nz = a * right[2] + b * up[2] + c * toward[2];
                float own = Math.max(0f, Math.min(1f, (radius - UNRESOLVED) / (RESOLVED - UNRESOLVED)));
                if (own < 1) {
                    nx = own * nx + (1 - own) * cloud.normalX(i);
                    ny = own * ny + (1 - own) * cloud.normalY(i);
                    nz = own * nz + (1 - own) * cloud.normalZ(i);
                    float length = (float) Math.sqrt(nx * nx + ny * ny + nz * nz);
                    if (length > 1e-3f) {
                        nx /= length;
                        ny /= length;
                        nz /= length;
                    }
                }
                float cosine = nx * keyDirection[0] + ny * keyDirection[1] + nz * keyDirection[2];
                float key = light.key(i) * Math.max(0f, cosine);
                float diffuse = AMBIENT * Math.max(0.06f, light.sky(i, nx, ny, nz)) + KEY * key;
                float gloss = Math.max(0f, nx * halfway[0] + ny * halfway[1] + nz * halfway[2]);
                // A facet of unresolved spheres is rough: it has no highlight of its own.
                float shine = SPECULAR * key * own * power32(gloss);
                float haze = DEPTH_CUE * (range[1] - middle) * perDepth;
                int rgb = cloud.rgb(i);
                red += haze * backRed + (1 - haze) * Math.min(1, Colors.linear(rgb >> 16) * diffuse + shine);
                green += haze * backGreen + (1 - haze) * Math.min(1, Colors.linear(rgb >> 8) * diffuse + shine);
                blue += haze * backBlue + (1 - haze) * Math.min(1, Colors.linear(rgb) * diffuse + shine);
            }
        }
        float share = 1f / (samples * samples);
        nearest[y * width + x] = front;
        pixels[y * width + x] =
                Colors.display(red * share) << 16 | Colors.display(green * share) << 8 | Colors.display(blue * share);
    }

    private static float power32(float v) {
        float p = v * v;
        p *= p;
        p *= p;
        p *= p;
        return p * p;
    }

    private static float[] floats(double[] v) {
        return new float[] {(float) v[0], (float) v[1], (float) v[2]};
    }

    private static float[] halfway(float[] a, float[] b) {
        float[] h = {a[0] + b[0], a[1] + b[1], a[2] + b[2]};
        float length = (float) Math.sqrt(h[0] * h[0] + h[1] * h[1] + h[2] * h[2]);
        return new float[] {h[0] / length, h[1] / length, h[2] / length};
    }
}
