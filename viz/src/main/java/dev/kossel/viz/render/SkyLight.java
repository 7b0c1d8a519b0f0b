package dev.kossel.viz.render;

/**
 * How much light of an overcast sky reaches each sphere of a surface, with what of it the others hold off: ambient
 * occlusion, for renderers that shade the spheres themselves. The method and its source are those of {@link Illumination}.
 *
 * <p>Stateless; up to 64 passes over the spheres, and 30 bytes a sphere.
 */
public final class SkyLight {

    /** Spheres times directions to look along: what a viewer waits for. */
    private static final int WORK = 8_000_000;

    private SkyLight() {}

    /**
     * The light of every sphere as mean and gradient: a surface with the normal n receives {@code mean + gradient · n}, 1
     * if it is open and horizontal.
     *
     * @param positionsNm x, y, z of every sphere
     * @param directions outward direction of the surface at every sphere, of unit length, or 0
     * @param radiusNm of the spheres
     * @return mean, gradient x, y, z of every sphere
     */
    public static float[] of(float[] positionsNm, float[] directions, double radiusNm) {
        SphereCloud cloud = new SphereCloud(radiusNm);
        for (int i = 0; i < positionsNm.length; i += 3) {
            cloud.add(
                    positionsNm[i],
                    positionsNm[i + 1],
                    positionsNm[i + 2],
                    0,
                    false,
                    directions[i],
                    directions[i + 1],
                    directions[i + 2]);
        }
        int work = WORK / Math.max(1, cloud.surfaceCount());
        return Illumination.ofSky(cloud, Math.max(12, Math.min(64, work))).sky();
    }
}
