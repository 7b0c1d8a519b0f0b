package dev.kossel.viz.render;

import java.util.Arrays;

/**
 * The spheres of a picture: positions in nm, colours, and the outward direction of the surface each sphere belongs to.
 * The spheres of the surface come first; those added after {@link #endSurface} lie right below it and only show, dim,
 * through its gaps. Grows as spheres are added; 20 bytes a sphere.
 */
final class SphereCloud {

    /** Radius of a dispersed sphere relative to that of a solid one. */
    static final float DISPERSED_RADIUS = 0.5f;

    private static final int DISPERSED = 1 << 24;

    private final float radiusNm;
    private float[] x = new float[1024];
    private float[] y = new float[1024];
    private float[] z = new float[1024];
    private int[] color = new int[1024];
    private int[] normal = new int[1024];
    private int count;
    private int surfaceCount = -1;

    SphereCloud(double radiusNm) {
        this.radiusNm = (float) radiusNm;
    }

    /** Adds a sphere; the outward direction need not be normalised, and is zero where there is none. */
    void add(double xNm, double yNm, double zNm, int rgb, boolean dispersed, double nx, double ny, double nz) {
        if (count == x.length) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - 8, 2L * count);
            x = Arrays.copyOf(x, capacity);
            y = Arrays.copyOf(y, capacity);
            z = Arrays.copyOf(z, capacity);
            color = Arrays.copyOf(color, capacity);
            normal = Arrays.copyOf(normal, capacity);
        }
        x[count] = (float) xNm;
        y[count] = (float) yNm;
        z[count] = (float) zNm;
        color[count] = rgb & 0xffffff | (dispersed ? DISPERSED : 0);
        double length = Math.sqrt(nx * nx + ny * ny + nz * nz);
        double scale = length > 1e-9 ? 127 / length : 0;
        normal[count] = ((int) Math.rint(nx * scale) & 0xff) << 16
                | ((int) Math.rint(ny * scale) & 0xff) << 8
                | (int) Math.rint(nz * scale) & 0xff;
        count++;
    }

    int count() {
        return count;
    }

    /** From here on, spheres below the surface are added. */
    void endSurface() {
        surfaceCount = count;
    }

    int surfaceCount() {
        return surfaceCount < 0 ? count : surfaceCount;
    }

    float x(int i) {
        return x[i];
    }

    float y(int i) {
        return y[i];
    }

    float z(int i) {
        return z[i];
    }

    /** 0xRRGGBB. */
    int rgb(int i) {
        return color[i] & 0xffffff;
    }

    void recolor(int i, int rgb) {
        color[i] = color[i] & DISPERSED | rgb & 0xffffff;
    }

    boolean dispersed(int i) {
        return (color[i] & DISPERSED) != 0;
    }

    /** Radius of an ordinary sphere, nm. */
    float radiusNm() {
        return radiusNm;
    }

    float radiusNm(int i) {
        return dispersed(i) ? radiusNm * DISPERSED_RADIUS : radiusNm;
    }

    float normalX(int i) {
        return (byte) (normal[i] >> 16) * (1 / 127f);
    }

    float normalY(int i) {
        return (byte) (normal[i] >> 8) * (1 / 127f);
    }

    float normalZ(int i) {
        return (byte) normal[i] * (1 / 127f);
    }
}
