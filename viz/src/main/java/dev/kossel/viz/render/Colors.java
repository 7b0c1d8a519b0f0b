package dev.kossel.viz.render;

/** Colours packed as 0xRRGGBB, and the step between display (sRGB, IEC 61966-2-1) and linear light. */
final class Colors {

    /**
     * Number of steps in the table that encodes linear light; fine enough that neighbouring dark 8-bit values stay
     * apart.
     */
    private static final int STEPS = 1 << 14;

    private static final float[] LINEAR = new float[256];
    private static final byte[] ENCODED = new byte[STEPS + 1];

    static {
        for (int i = 0; i < 256; i++) {
            double v = i / 255.0;
            LINEAR[i] = (float) (v <= 0.04045 ? v / 12.92 : StrictMath.pow((v + 0.055) / 1.055, 2.4));
        }
        for (int i = 0; i <= STEPS; i++) {
            double v = (double) i / STEPS;
            double s = v <= 0.0031308 ? 12.92 * v : 1.055 * StrictMath.pow(v, 1 / 2.4) - 0.055;
            ENCODED[i] = (byte) Math.round(255 * s);
        }
    }

    private Colors() {}

    /** Linear light, 0 … 1, of an 8-bit display value. */
    static float linear(int display) {
        return LINEAR[display & 0xff];
    }

    /** 8-bit display value of linear light, clamped to 0 … 1. */
    static int display(float linear) {
        return ENCODED[(int) (Math.max(0f, Math.min(1f, linear)) * STEPS + 0.5f)] & 0xff;
    }

    /** The mixture of two colours, {@code share} of the second. */
    static int mix(int first, int second, double share) {
        int r = mixChannel(first >> 16, second >> 16, share);
        int g = mixChannel(first >> 8, second >> 8, share);
        int b = mixChannel(first, second, share);
        return r << 16 | g << 8 | b;
    }

    private static int mixChannel(int first, int second, double share) {
        int a = first & 0xff;
        int b = second & 0xff;
        return (int) Math.round(a + (b - a) * share);
    }
}
