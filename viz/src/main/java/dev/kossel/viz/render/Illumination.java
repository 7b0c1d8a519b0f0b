package dev.kossel.viz.render;

import java.util.Arrays;

/**
 * How much of the sky and of the key light each sphere sees: ambient occlusion and soft shadows.
 *
 * <p>For each of several directions all spheres are splatted into a depth map looking along it; a sphere is lit from
 * there if nothing lies in front of it. Over directions spread evenly on the sphere this gives the sky's irradiance for
 * any surface normal n to first order in spherical harmonics, E(n) = L₀ + 2 L₁·n with L₀ = ⟨vL⟩ and L₁ = ⟨vL d⟩ (v
 * visibility, L radiance, d direction); after R. Ramamoorthi and P. Hanrahan, SIGGRAPH 2001, doi:10.1145/383259.383317,
 * and, for the maps, M. Tarini et al., IEEE TVCG 12, 1237 (2006), doi:10.1109/TVCG.2006.115. A second, narrow bundle of
 * directions is the key light.
 *
 * <p>Cost: directions × spheres. Memory: 20 bytes a sphere and one map of at most 1024² floats.
 */
final class Illumination {

    private static final int MAP_SIZE = 1024;
    /** Spheres times directions that may be spent on the sky while it has enough directions. */
    private static final int WORK = 30_000_000;

    /** Half-angle of the key light as the tangent: how soft its shadows are. */
    private static final double KEY_SPREAD = 0.16;
    /** The share of the sky that spheres below the surface are given. */
    private static final float DIM = 0.3f;

    private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

    private final float[] sky;
    private final float[] key;

    private Illumination(int count) {
        sky = new float[4 * count];
        key = new float[count];
    }

    /** @param keyDirection unit vector towards the key light */
    static Illumination of(SphereCloud cloud, double[] keyDirection) {
        Illumination light = new Illumination(cloud.surfaceCount());
        if (cloud.surfaceCount() == 0) {
            return light;
        }
        DepthMap map = new DepthMap(cloud);
        int directions = Math.max(12, Math.min(64, WORK / cloud.surfaceCount()));
        light.gatherSky(map, directions);
        light.gatherKey(map, keyDirection, directions / 4);
        return light;
    }

    /** The light of the sky alone, from so many directions. */
    static Illumination ofSky(SphereCloud cloud, int directions) {
        Illumination light = new Illumination(cloud.surfaceCount());
        if (cloud.surfaceCount() > 0) {
            light.gatherSky(new DepthMap(cloud), directions);
        }
        return light;
    }

    private void gatherSky(DepthMap map, int directions) {
        double total = 0;
        for (int k = 0; k < directions; k++) {
            double dz = 1 - (2 * k + 1.0) / directions;
            double across = Math.sqrt(1 - dz * dz);
            double dx = across * StrictMath.cos(GOLDEN_ANGLE * k);
            double dy = across * StrictMath.sin(GOLDEN_ANGLE * k);
            double radiance = radiance(dz);
            total += radiance * Math.max(0, dz);
            map.look(dx, dy, dz);
            for (int i = 0; i < key.length; i++) {
                if (map.isLit(i)) {
                    sky[4 * i] += (float) radiance;
                    sky[4 * i + 1] += (float) (radiance * dx);
                    sky[4 * i + 2] += (float) (radiance * dy);
                    sky[4 * i + 3] += (float) (radiance * dz);
                }
            }
        }
        // An open horizontal surface receives 1: the mean of 4 L cos over the sphere.
        float scale = (float) (1 / (4 * total));
        for (int i = 0; i < key.length; i++) {
            sky[4 * i] *= scale;
            sky[4 * i + 1] *= 2 * scale;
            sky[4 * i + 2] *= 2 * scale;
            sky[4 * i + 3] *= 2 * scale;
        }
    }

    private void gatherKey(DepthMap map, double[] keyDirection, int directions) {
        for (int k = 0; k < directions; k++) {
            double radius = KEY_SPREAD * Math.sqrt((k + 0.5) / directions);
            double[] d = tilted(
                    keyDirection, radius * StrictMath.cos(GOLDEN_ANGLE * k), radius * StrictMath.sin(GOLDEN_ANGLE * k));
            map.look(d[0], d[1], d[2]);
            for (int i = 0; i < key.length; i++) {
                if (map.isLit(i)) {
                    key[i] += 1f / directions;
                }
            }
        }
    }

    /** A bright sky, a dimmer ground. */
    private static double radiance(double dz) {
        return dz >= 0 ? 0.8 + 0.2 * dz : 0.8 + 0.45 * dz;
    }

    /**
     * Irradiance from the sky on a surface of sphere {@code i} with normal (nx, ny, nz); 1 on an open horizontal
     * surface.
     */
    float sky(int i, float nx, float ny, float nz) {
        if (i >= key.length) {
            return DIM;
        }
        int at = 4 * i;
        return sky[at] + sky[at + 1] * nx + sky[at + 2] * ny + sky[at + 3] * nz;
    }

    /** Per sphere L₀ and 2 L₁, so that the irradiance is L₀ + 2 L₁·n. */
    float[] sky() {
        return sky;
    }

    /** The share 0 … 1 of the key light that sphere {@code i} sees. */
    float key(int i) {
        return i < key.length ? key[i] : 0;
    }

    private static double[] tilted(double[] axis, double a, double b) {
        double[][] frame = frame(axis[0], axis[1], axis[2]);
        double[] d = new double[3];
        for (int i = 0; i < 3; i++) {
            d[i] = axis[i] + a * frame[0][i] + b * frame[1][i];
        }
        double length = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
        return new double[] {d[0] / length, d[1] / length, d[2] / length};
    }

    /** Two unit vectors perpendicular to a unit vector and to each other. */
    private static double[][] frame(double dx, double dy, double dz) {
        double[] u = Math.abs(dz) < 0.9 ? new double[] {-dy, dx, 0} : new double[] {0, -dz, dy};
        double length = Math.sqrt(u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
        for (int i = 0; i < 3; i++) {
            u[i] /= length;
        }
        double[] v = {dy * u[2] - dz * u[1], dz * u[0] - dx * u[2], dx * u[1] - dy * u[0]};
        return new double[][] {u, v};
    }

    /** The nearest surface along one direction, as seen from there. */
    private static final class DepthMap {

        private final SphereCloud cloud;
        private final float[] depth = new float[MAP_SIZE * MAP_SIZE];
        private final float centerX;
        private final float centerY;
        private final float centerZ;
        private final float texelNm;
        private final int size;
        private float ux;
        private float uy;
        private float uz;
        private float vx;
        private float vy;
        private float vz;
        private float wx;
        private float wy;
        private float wz;

        DepthMap(SphereCloud cloud) {
            this.cloud = cloud;
            float[] min = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
            float[] max = {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
            for (int i = 0; i < cloud.surfaceCount(); i++) {
                min[0] = Math.min(min[0], cloud.x(i));
                max[0] = Math.max(max[0], cloud.x(i));
                min[1] = Math.min(min[1], cloud.y(i));
                max[1] = Math.max(max[1], cloud.y(i));
                min[2] = Math.min(min[2], cloud.z(i));
                max[2] = Math.max(max[2], cloud.z(i));
            }
            centerX = 0.5f * (min[0] + max[0]);
            centerY = 0.5f * (min[1] + max[1]);
            centerZ = 0.5f * (min[2] + max[2]);
            double dx = max[0] - min[0];
            double dy = max[1] - min[1];
            double dz = max[2] - min[2];
            double diagonal = Math.sqrt(dx * dx + dy * dy + dz * dz) + 4 * cloud.radiusNm();
            texelNm = (float) Math.max(0.6 * cloud.radiusNm(), diagonal / (MAP_SIZE - 2));
            size = Math.min(MAP_SIZE, (int) (diagonal / texelNm) + 2);
        }

        void look(double dx, double dy, double dz) {
            double[][] frame = frame(dx, dy, dz);
            ux = (float) frame[0][0];
            uy = (float) frame[0][1];
            uz = (float) frame[0][2];
            vx = (float) frame[1][0];
            vy = (float) frame[1][1];
            vz = (float) frame[1][2];
            wx = (float) dx;
            wy = (float) dy;
            wz = (float) dz;
            Arrays.fill(depth, 0, size * size, -Float.MAX_VALUE);
            for (int i = 0; i < cloud.surfaceCount(); i++) {
                float x = cloud.x(i) - centerX;
                float y = cloud.y(i) - centerY;
                float z = cloud.z(i) - centerZ;
                splat(
                        0.5f * size + (x * ux + y * uy + z * uz) / texelNm,
                        0.5f * size + (x * vx + y * vy + z * vz) / texelNm,
                        x * wx + y * wy + z * wz,
                        0.95f * cloud.radiusNm(i) / texelNm);
            }
        }

        private void splat(float u, float v, float w, float radius) {
            int firstV = Math.max(0, (int) (v - radius));
            int lastV = Math.min(size - 1, (int) (v + radius));
            int firstU = Math.max(0, (int) (u - radius));
            int lastU = Math.min(size - 1, (int) (u + radius));
            float reach = Math.max(radius * radius, 0.5f);
            for (int j = firstV; j <= lastV; j++) {
                float dv = j + 0.5f - v;
                for (int i = firstU; i <= lastU; i++) {
                    float du = i + 0.5f - u;
                    int at = j * size + i;
                    if (du * du + dv * dv <= reach && depth[at] < w) {
                        depth[at] = w;
                    }
                }
            }
        }

        /** Whether the top of the surface at sphere {@code i} sees out along the direction. */
        boolean isLit(int i) {
            float lift = Math.max(cloud.radiusNm(i), 1.5f * texelNm);
            float x = cloud.x(i) - centerX + lift * cloud.normalX(i);
            float y = cloud.y(i) - centerY + lift * cloud.normalY(i);
            float z = cloud.z(i) - centerZ + lift * cloud.normalZ(i);
            int u = (int) (0.5f * size + (x * ux + y * uy + z * uz) / texelNm);
            int v = (int) (0.5f * size + (x * vx + y * vy + z * vz) / texelNm);
            if (u < 0 || v < 0 || u >= size || v >= size) {
                return true;
            }
            return depth[v * size + u] <= x * wx + y * wy + z * wz + 0.5f * lift;
        }
    }
}
